//! A thread's foot: the offer, the composer, or why there is none.

use super::composer::Composer;
use super::state::Thread;
use crate::inbox::Offer;
use crate::inbox::Ring;
use crate::texts::{put, words};
use crate::ui::ui;
use leptos::prelude::*;
use shared::id::ConversationId;
use shared::wire::{InboxRow, RowState, SessionView};

#[component]
pub(super) fn Foot(thread: Thread, id: ConversationId) -> impl IntoView {
    let ui = ui();
    let row =
        Memo::new(move |_| ui.inbox.rows.with(|rows| rows.get(&id).filter(|row| is_offered(row)).cloned()));
    let offered = Memo::new(move |_| row.with(Option::is_some));
    let closed = move || thread.welcomed.get() && !thread.may_write();
    let composes =
        move || thread.welcomed.get() && (thread.may_write() || thread.draft.with(|draft| !draft.is_empty()));
    let composes = Memo::new(move |_| composes());
    view! {
        <footer class="foot">
            <Show when=move || offered.get()><OfferBar row /></Show>
            <Show when=move || thread.welcomed.get() && !thread.online.get()>
                <p class="foot-line">{words().thread.away}</p>
            </Show>
            <div role="alert">
                <Show when=move || thread.refusal.get().is_some()>
                    <p class="foot-line refused" data-g="refusal">{move || thread.refusal.get()}</p>
                </Show>
            </div>
            <Show when=closed><p class="foot-line">{move || why_not(thread)}</p></Show>
            <Show when=move || composes.get()><Composer thread /></Show>
        </footer>
    }
}

const fn is_offered(row: &InboxRow) -> bool {
    matches!(row.state, RowState::Offered { .. })
}

#[component]
fn OfferBar(row: Memo<Option<InboxRow>>) -> impl IntoView {
    view! {
        <div class="offer-bar">
            <Ring row />
            <p>{words().thread.reply_accepts}</p>
            <Offer row />
        </div>
    }
}

/// Why one may not write, and that a draft is not lost.
fn why_not(thread: Thread) -> String {
    let text = &words().thread;
    let why = thread.session.with(|session| match session {
        SessionView::Active { operator, .. } => put(text.other_now, operator),
        SessionView::Waiting { .. } => text.waiting_now.to_owned(),
        SessionView::Ended { .. } | SessionView::None => text.ended.to_owned(),
    });
    // A refusal has said so already.
    let said = thread.refusal.with(Option::is_some);
    if said || thread.draft.with(String::is_empty) { why } else { format!("{why} {}", text.draft_kept) }
}
