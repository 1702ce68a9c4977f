//! One conversation in the list.

use super::ring::{Countdown, Ring};
use crate::clock;
use crate::icons;
use crate::texts::{put, words};
use crate::ui::{Route, ui};
use leptos::prelude::*;
use shared::id::ConversationId;
use shared::wire::{InboxRow, RowState};

/// What a visitor is called who may have told their name.
pub(crate) fn called(name: &str, id: &ConversationId) -> String {
    if name.trim().is_empty() { put(words().inbox.visitor, id.short()) } else { name.trim().to_owned() }
}

/// Two characters that tell visitors apart at a glance.
pub(crate) fn initials(name: &str, id: &ConversationId) -> String {
    let letters: String = name.split_whitespace().take(2).filter_map(|word| word.chars().next()).collect();
    if letters.is_empty() { id.short().chars().take(2).collect() } else { letters.to_uppercase() }
}

#[component]
pub(super) fn Row(id: ConversationId) -> impl IntoView {
    let ui = ui();
    let row = {
        let id = id.clone();
        Memo::new(move |_| ui.inbox.rows.with(|rows| rows.get(&id).cloned()))
    };
    let is = move |state: fn(&RowState) -> bool| {
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| state(&row.state))))
    };
    let offered = is(RowState::is_offer);
    let timed = is(|state| matches!(state, RowState::Offered { .. }));
    let unread = move || row.with(|row| row.as_ref().map_or(0, |row| row.unread));
    let current = {
        let id = id.clone();
        Memo::new(move |_| ui.route.with(|route| route.chat().as_ref() == Some(&id)))
    };
    let preview = move || {
        let text = row.with(|row| row.as_ref().map(|row| row.preview.clone()).unwrap_or_default());
        if text.is_empty() { words().inbox.no_preview.to_owned() } else { text }
    };
    let name = move || row.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
    let pinned = move || row.with(|row| row.as_ref().is_some_and(|row| row.pinned));
    let (hook, href, opened) = (id.to_string(), Route::Chat(id.clone()).fragment(), id.clone());
    let (letters, title) = {
        let other = id.clone();
        (move || initials(&name(), &other), move || called(&name(), &id))
    };
    view! {
        <li
            class="row"
            class:current=current
            class:offered=offered
            class:has-unread=move || unread() != 0
            data-g="row"
            data-conversation=hook
        >
            <a
                class="row-open"
                href=href
                aria-current=move || current.get().then_some("true")
                on:click=move |_| crate::thread::focus_composer(&opened)
            >
                <span class="face" aria-hidden="true">
                    {letters}
                    <Show when=move || timed.get()><Ring row /></Show>
                </span>
                <span class="row-text">
                    <span class="row-top">
                        <bdi class="row-name">{title}</bdi>
                        <Show when=pinned><Pinned words=words().inbox.pinned /></Show>
                        <Show when=move || timed.get() fallback=move || view! { <Age row /> }>
                            <Countdown row />
                        </Show>
                    </span>
                    <span class="row-bottom">
                        <bdi class="row-preview">{preview}</bdi>
                        <Show when=move || unread() != 0><Unread count=Signal::derive(unread) /></Show>
                    </span>
                    <Place row />
                </span>
            </a>
            <Show when=move || offered.get()><Offer row /></Show>
        </li>
    }
}

/// A pin, and what it means.
#[component]
pub(crate) fn Pinned(words: &'static str) -> impl IntoView {
    view! {
        <span class="pinned" role="img" aria-label=words title=words>{icons::line(icons::PIN)}</span>
    }
}

/// The channel, and what is special about the chat.
#[component]
fn Place(row: Memo<Option<InboxRow>>) -> impl IntoView {
    let ui = ui();
    let channel = move || row.get().map(|row| ui.inbox.channel_name(&row.channel));
    let standing =
        move || row.with(|row| row.as_ref().and_then(standing)).map(|words| view! { <span>{words}</span> });
    view! { <span class="row-channel"><bdi>{channel}</bdi> {standing}</span> }
}

fn standing(row: &InboxRow) -> Option<String> {
    let inbox = &words().inbox;
    match &row.state {
        RowState::Shown { .. } => Some(inbox.for_everyone.to_owned()),
        RowState::Joined { owner } if owner.is_empty() => Some(inbox.without_owner.to_owned()),
        RowState::Joined { owner } => Some(put(inbox.with_owner, owner)),
        RowState::Closing { until } => Some(put(inbox.closes_at, clock::time_of_day(*until))),
        RowState::Offered { .. } | RowState::InWork | RowState::Answered | RowState::Missed => None,
    }
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
