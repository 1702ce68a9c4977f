//! Why the chat is where it is, on request.

use super::state::Thread;
use crate::texts::words;
use crate::ui::ui;
use crate::why;
use leptos::prelude::*;

/// Shows and hides the explanation.
#[component]
pub(super) fn WhyButton(open: RwSignal<bool>) -> impl IntoView {
    let text = &words().why;
    view! {
        <button
            type="button"
            class="why-open"
            data-g="why-open"
            aria-expanded=move || open.get().to_string()
            aria-controls="why"
            aria-label=text.ask_whole
            title=text.ask_whole
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {text.ask}
        </button>
    }
}

#[component]
pub(super) fn Explanation(thread: Thread) -> impl IntoView {
    let me = ui().me().map(|me| me.id);
    let told =
        Memo::new(move |_| thread.why().map(|why| (why::sentences(&why, me.as_ref()), why::decided(&why))));
    let lines = move || {
        let sentences = told.with(|told| told.as_ref().map(|(sentences, _)| sentences.clone()));
        sentences.unwrap_or_default().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
    };
    let decided = move || told.with(|told| told.as_ref().map(|(_, decided)| decided.clone()));
    view! {
        <div class="explanation" id="why" data-g="why">
            {lines}
            <p class="explanation-time">{decided}</p>
        </div>
    }
}
