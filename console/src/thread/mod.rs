//! One conversation on screen.

mod composer;
mod foot;
mod head;
mod items;
mod log;
mod state;

pub(crate) use composer::focus_composer;

use crate::icons;
use crate::inbox::visitor;
use crate::texts::{put, words};
use foot::Foot;
use head::Head;
use leptos::prelude::*;
use log::Log;
use shared::id::ConversationId;
use state::Thread;

#[component]
pub(crate) fn ThreadView(id: ConversationId) -> impl IntoView {
    let thread = Thread::open(&id);
    on_cleanup(move || thread.leave());
    let label = put(words().thread.log, visitor(&id));
    let name = id.to_string();
    view! {
        <article class="thread" data-g="thread" data-conversation=name aria-label=label>
            <Head thread id=id.clone() />
            <Log thread id=id.clone() />
            <Foot thread id />
        </article>
    }
}

/// What stands in a thread's place while none is chosen.
#[component]
pub(crate) fn NoThread() -> impl IntoView {
    let thread = &words().thread;
    view! {
        <div class="no-thread">
            {icons::mark()}
            <p class="blank-title">{thread.none_title}</p>
            <p>{thread.none_text}</p>
        </div>
    }
}
