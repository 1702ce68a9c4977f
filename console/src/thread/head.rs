//! A thread's head: who it is with, where it stands, and the way to close it.

use super::state::Thread;
use crate::icons;
use crate::inbox::{initials, visitor};
use crate::texts::{put, words};
use crate::ui::{Route, ui};
use leptos::prelude::*;
use shared::client::Input;
use shared::id::ConversationId;
use shared::wire::SessionView;

#[component]
pub(super) fn Head(thread: Thread, id: ConversationId) -> impl IntoView {
    let text = &words().thread;
    let asking = RwSignal::new(false);
    let mine =
        Memo::new(move |_| thread.session.with(|s| matches!(s, SessionView::Active { mine: true, .. })));
    let close = move |_| {
        asking.set(true);
        request_animation_frame(|| {
            crate::browser::focus("[data-g=close-confirm]");
        });
    };
    view! {
        <header class="thread-head">
            <a class="icon-button back" data-g="back" href=Route::Inbox.fragment() aria-label=text.back>
                {icons::line(icons::BACK)}
            </a>
            <span class="face" aria-hidden="true">{initials(&id)}</span>
            <div class="thread-who">
                <h2 class="thread-name">{visitor(&id)}</h2>
                <Standing thread id />
            </div>
            <Show when=move || mine.get() && !asking.get()>
                <button type="button" class="button" data-g="close" on:click=close>{text.close}</button>
            </Show>
        </header>
        <Show when=move || mine.get() && asking.get()><AskToClose thread asking /></Show>
    }
}

/// The channel, and whose chat it is.
#[component]
fn Standing(thread: Thread, id: ConversationId) -> impl IntoView {
    let ui = ui();
    let channel = move || {
        let channel = ui.inbox.rows.with(|rows| rows.get(&id).map(|row| row.channel.clone()));
        channel.map(|channel| view! { <bdi class="thread-channel">{ui.inbox.channel_name(&channel)}</bdi> })
    };
    view! { <p class="thread-standing">{channel} <span>{move || thread.session.with(standing)}</span></p> }
}

fn standing(session: &SessionView) -> String {
    let text = &words().thread;
    match session {
        SessionView::None => String::new(),
        SessionView::Waiting { offered: true, .. } => text.offered.to_owned(),
        SessionView::Waiting { .. } => text.waiting.to_owned(),
        SessionView::Active { mine: true, .. } => text.yours.to_owned(),
        SessionView::Active { operator, .. } => put(text.other, operator),
        SessionView::Ended { .. } => text.ended_short.to_owned(),
    }
}

#[component]
fn AskToClose(thread: Thread, asking: RwSignal<bool>) -> impl IntoView {
    let text = &words().thread;
    let close = move |_| {
        asking.set(false);
        thread.input(Input::Close);
    };
    let keep = move || {
        asking.set(false);
        request_animation_frame(|| {
            crate::browser::focus("[data-g=close]");
        });
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            keep();
        }
    };
    view! {
        <div class="bar ask" role="group" aria-label=text.close on:keydown=escape>
            <p>{text.close_ask}</p>
            <div class="bar-buttons">
                <button type="button" class="button danger" data-g="close-confirm" on:click=close>
                    {text.close_confirm}
                </button>
                <button type="button" class="button" on:click=move |_| keep()>{text.close_cancel}</button>
            </div>
        </div>
    }
}
