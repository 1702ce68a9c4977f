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

fn on_a_break() -> impl IntoView {
    view! { <div class="bar"><p>{words().shell.break_hint}</p></div> }
}

/// Who missed offers is told so, and comes back with one click.
#[component]
fn PutOnABreak() -> impl IntoView {
    let ui = ui();
    let shell = &words().shell;
    view! {
        <div class="bar" data-g="missed-banner" role="status">
            <p>{shell.missed_hint}</p>
            <button
                type="button"
                class="button primary"
                data-g="back-available"
                on:click=move |_| ui.inbox.set_available(true)
            >
                {shell.back_available}
            </button>
        </div>
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
            <Show when=move || ui.inbox.missed.get() fallback=on_a_break><PutOnABreak /></Show>
        </Show>
    }
}
