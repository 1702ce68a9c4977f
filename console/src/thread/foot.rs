//! A thread's foot: the offer, the composer, or why there is none and what may be done instead.

use super::composer::{Composer, focus_composer};
use super::review::{Opinion, Review, reviewed};
use super::state::Thread;
use crate::clock;
use crate::inbox::{Offer, Ring};
use crate::texts::{put, words};
use leptos::prelude::*;
use shared::wire::{InboxRow, RowState, SessionView, ToConversation};

#[component]
pub(super) fn Foot(thread: Thread) -> impl IntoView {
    let offer =
        Memo::new(move |_| thread.row.with(|row| row.clone().filter(|row: &InboxRow| row.state.is_offer())));
    let composes = Memo::new(move |_| {
        thread.welcomed.get() && (thread.may_write() || thread.draft.with(|draft| !draft.is_empty()))
    });
    view! {
        <footer class="foot">
            <Show when=move || offer.with(Option::is_some)><OfferBar row=offer /></Show>
            <Show when=move || thread.welcomed.get() && !thread.online.get()>
                <p class="foot-line">{words().thread.away}</p>
            </Show>
            <div role="alert">
                <Show when=move || thread.refusal.get().is_some()>
                    <p class="foot-line refused" data-g="refusal">{move || thread.refusal.get()}</p>
                </Show>
            </div>
            <Show when=move || thread.welcomed.get()><Hint thread /></Show>
            <Show when=move || composes.get()><Composer thread /></Show>
        </footer>
    }
}

#[component]
fn OfferBar(row: Memo<Option<InboxRow>>) -> impl IntoView {
    let text = &words().thread;
    let timed = Memo::new(move |_| {
        row.with(|row| row.as_ref().is_some_and(|row| matches!(row.state, RowState::Offered { .. })))
    });
    view! {
        <div class="offer-bar" class:timed=move || timed.get()>
            <Show when=move || timed.get()><Ring row /></Show>
            <p>{move || if timed.get() { text.reply_accepts } else { text.reply_accepts_shown }}</p>
            <Offer row />
        </div>
    }
}

/// Where the chat stands for who wants to write, and what they may do about it.
#[component]
fn Hint(thread: Thread) -> impl IntoView {
    let text = &words().actions;
    let hint = Memo::new(move |_| hint(thread));
    let reopens = Memo::new(move |_| reopened(thread));
    let reviewed = Memo::new(move |_| reviewed(thread));
    let opinion = Opinion::new();
    let reviews = move || opinion.open.get() && reviewed.with(Option::is_some);
    let reopen = move |_| {
        if let Some(session) = reopens.get_untracked() {
            focus_composer(&thread.id());
            thread.ask(ToConversation::Reopen { session });
        }
    };
    let review = move |_| {
        if let Some(reviewed) = reviewed.get_untracked() {
            opinion.begin(&reviewed);
        }
    };
    let name = move || {
        let again = reviewed.with(|reviewed| reviewed.as_ref().is_some_and(|it| it.before.is_some()));
        if again { text.review_again } else { text.review }
    };
    view! {
        <Show when=move || hint.with(Option::is_some)>
            <div class="hint">
                <p class="foot-line" data-g="hint">{move || hint.get()}</p>
                <div class="hint-actions">
                    <Show when=move || reopens.get().is_some()>
                        <button type="button" class="button" data-g="reopen" on:click=reopen>{text.reopen}</button>
                    </Show>
                    <Show when=move || reviewed.with(Option::is_some) && !opinion.open.get()>
                        <button type="button" class="button" data-g="review" on:click=review>{name}</button>
                    </Show>
                </div>
            </div>
        </Show>
        <Show when=reviews><Review thread opinion reviewed /></Show>
    }
}

/// The session that the operator may open again. What they missed, a reply opens.
fn reopened(thread: Thread) -> Option<u32> {
    let ended = thread.session.with(|session| match session {
        SessionView::Ended { number, reopens: true, .. } => Some(*number),
        _ => None,
    });
    ended.filter(|_| !thread.is_missed_here())
}

/// What writing here would do, if that is not plain; or why one may not, and that a draft is not lost.
fn hint(thread: Thread) -> Option<String> {
    let text = &words().thread;
    if thread.is_missed_here() {
        return Some(text.missed_reply.to_owned());
    }
    let (mine, joined, writes) = (thread.is_mine(), thread.has_joined(), thread.may_write());
    let hint = thread.session.with(|session| match session {
        SessionView::Closing { until, .. } if mine => {
            Some(put(text.closing_reply, clock::time_of_day(*until)))
        }
        SessionView::Closing { until, .. } => Some(put(text.closing_now, clock::time_of_day(*until))),
        SessionView::Active { operator, .. } if joined => Some(put(text.joined_now, operator)),
        SessionView::Waiting { offered: false, .. } if joined => Some(text.joined_waiting.to_owned()),
        _ if writes => None,
        SessionView::Active { operator, .. } => Some(put(text.other_now, operator)),
        SessionView::Waiting { .. } => Some(text.waiting_now.to_owned()),
        SessionView::Ended { missed: true, .. } => Some(text.missed_now.to_owned()),
        SessionView::Ended { .. } | SessionView::None => Some(text.ended.to_owned()),
    });
    let kept = !writes && thread.draft.with(|draft| !draft.is_empty());
    hint.map(|hint| if kept { format!("{hint} {}", text.draft_kept) } else { hint })
}
