//! Words that come and go: refusals, news, the state of the connection, and what a screen reader says.

use crate::icons;
use crate::inbox::LineState;
use crate::texts::words;
use crate::ui::ui;
use leptos::prelude::*;

#[component]
pub(super) fn Notices() -> impl IntoView {
    let ui = ui();
    let refusal = move || ui.notice.with(|notice| notice.as_ref().is_some_and(|notice| notice.refusal));
    let text = move || ui.notice.get().map(|notice| notice.text);
    view! {
        <div class="notices" role="status">
            <Show when=move || ui.notice.with(Option::is_some)>
                <div class="notice" class:refusal=refusal data-g=move || if refusal() { "refusal" } else { "notice" }>
                    <p>{text}</p>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=words().shell.dismiss
                        on:click=move |_| ui.notice.set(None)
                    >
                        {icons::line(icons::CLOSE)}
                    </button>
                </div>
            </Show>
        </div>
        <p class="visually-hidden" role="status">{move || ui.spoken.get()}</p>
    }
}

/// Says what only the operator can mend, and reminds of a break.
#[component]
pub(super) fn ConnectionBar() -> impl IntoView {
    let ui = ui();
    let shell = &words().shell;
    let ended = move || matches!(ui.inbox.line.get(), LineState::Ended { .. });
    view! {
        <Show when=ended>
            <div class="bar">
                <p>{shell.cut_off}</p>
                <button type="button" class="button" on:click=move |_| ui.inbox.retry()>{shell.retry}</button>
            </div>
        </Show>
        <Show when=move || !ended() && ui.inbox.told.get() && !ui.inbox.available.get()>
            <div class="bar"><p>{shell.break_hint}</p></div>
        </Show>
    }
}
