//! One conversation in the list.

use super::ring::{Countdown, Ring};
use crate::clock;
use crate::texts::{put, words};
use crate::ui::{Route, ui};
use leptos::prelude::*;
use shared::id::ConversationId;
use shared::wire::{InboxRow, RowState};

/// What a nameless visitor is called.
pub(crate) fn visitor(id: &ConversationId) -> String {
    put(words().inbox.visitor, id.short())
}

#[component]
pub(super) fn Row(id: ConversationId) -> impl IntoView {
    let ui = ui();
    let row = {
        let id = id.clone();
        Memo::new(move |_| ui.inbox.rows.with(|rows| rows.get(&id).cloned()))
    };
    let offered = Memo::new(move |_| {
        row.with(|row| row.as_ref().is_some_and(|row| matches!(row.state, RowState::Offered { .. })))
    });
    let unread = move || row.with(|row| row.as_ref().map_or(0, |row| row.unread));
    let current = {
        let id = id.clone();
        Memo::new(move |_| ui.route.with(|route| route.chat().as_ref() == Some(&id)))
    };
    let preview = move || {
        let text = row.with(|row| row.as_ref().map(|row| row.preview.clone()).unwrap_or_default());
        if text.is_empty() { words().inbox.no_preview.to_owned() } else { text }
    };
    let channel = move || row.get().map(|row| ui.inbox.channel_name(&row.channel));
    view! {
        <li
            class="row"
            class:current=current
            class:offered=offered
            class:has-unread=move || unread() != 0
            data-g="row"
            data-conversation=id.to_string()
        >
            <a
                class="row-open"
                href=Route::Chat(id.clone()).fragment()
                aria-current=move || current.get().then_some("true")
                on:click=move |_| crate::thread::focus_composer()
            >
                <span class="face" aria-hidden="true">
                    {initials(&id)}
                    <Show when=move || offered.get()><Ring row /></Show>
                </span>
                <span class="row-text">
                    <span class="row-top">
                        <span class="row-name">{visitor(&id)}</span>
                        <Show when=move || offered.get() fallback=move || view! { <Age row /> }>
                            <Countdown row />
                        </Show>
                    </span>
                    <span class="row-bottom">
                        <bdi class="row-preview">{preview}</bdi>
                        <Show when=move || unread() != 0><Unread count=Signal::derive(unread) /></Show>
                    </span>
                    <span class="row-channel">{channel}</span>
                </span>
            </a>
            <Show when=move || offered.get()><Offer row /></Show>
        </li>
    }
}

/// Two characters that tell visitors apart at a glance.
pub(crate) fn initials(id: &ConversationId) -> String {
    id.short().chars().take(2).collect()
}

#[component]
fn Age(row: Memo<Option<InboxRow>>) -> impl IntoView {
    let ui = ui();
    let age = move || row.get().map(|row| clock::age(ui.inbox.clock.get().now(ui.now.get()).since(row.at)));
    view! { <span class="row-age">{age}</span> }
}

#[component]
fn Unread(count: Signal<u32>) -> impl IntoView {
    let inbox = &words().inbox;
    let label = move || match count.get() {
        1 => inbox.unread_one.to_owned(),
        many => put(inbox.unread_many, many),
    };
    view! { <span class="badge" role="img" aria-label=label>{move || count.get().min(99)}</span> }
}

/// Accept and skip.
#[component]
pub(crate) fn Offer(#[prop(into)] row: Signal<Option<InboxRow>>) -> impl IntoView {
    let ui = ui();
    let inbox = &words().inbox;
    let asked =
        move || row.get().is_some_and(|row| ui.inbox.asked.with(|asked| asked.contains(&row.session)));
    let answer = move |accept: bool| {
        let Some(row) = row.get_untracked() else { return };
        if accept {
            ui.inbox.accept(row.session, row.epoch);
        } else {
            ui.inbox.skip(row.session, row.epoch);
        }
    };
    view! {
        <div class="offer">
            <button type="button" class="button primary" data-g="accept" disabled=asked on:click=move |_| answer(true)>
                {inbox.accept}
            </button>
            <button type="button" class="button" data-g="skip" disabled=asked on:click=move |_| answer(false)>
                {inbox.skip}
            </button>
        </div>
    }
}
