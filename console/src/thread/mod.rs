//! One conversation on screen.

mod actions;
mod composer;
mod confirm;
mod events;
mod explain;
mod file;
mod foot;
mod head;
mod identity;
mod items;
mod known;
mod log;
mod menu;
mod review;
mod standing;
mod state;
mod transfer;

pub(crate) use composer::focus_composer;

use crate::icons;
use crate::texts::{put, words};
use foot::Foot;
use head::Head;
use leptos::prelude::*;
use log::Log;
use shared::id::ConversationId;
use state::Thread;
use transfer::TransferDialog;

#[component]
pub(crate) fn ThreadView(id: ConversationId) -> impl IntoView {
    let thread = Thread::open(&id);
    on_cleanup(move || thread.leave());
    let label = move || put(words().thread.log, thread.called());
    let transferring = RwSignal::new(false);
    view! {
        <article
            on:dragover=|event| event.prevent_default()
            on:drop=move |event| thread.attach(&event)
            class="thread" data-g="thread" data-conversation=id.to_string() aria-label=label>
            <Head thread transferring />
            <Log thread />
            <Foot thread />
        </article>
        <Show when=move || transferring.get()><TransferDialog thread open=transferring /></Show>
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
