//! Why a row left the inbox, in words.

use super::row::called;
use crate::texts::{put, put_all, words};
use crate::ui::Ui;
use leptos::prelude::*;
use shared::wire::{GoneReason, InboxRow, MoveReason, RowState};

/// What the operator is told; nothing where they know. `asked`: they accepted or skipped it just before.
pub(super) fn told(ui: Ui, row: &InboxRow, reason: &GoneReason, asked: bool) -> Option<String> {
    let inbox = &words().inbox;
    let id = &row.session.conversation;
    let visitor = called(&row.name, id);
    // The open thread says it in its log.
    let open = ui.route.with_untracked(|route| route.chat().as_ref() == Some(id));
    match reason {
        GoneReason::Ended if open || matches!(row.state, RowState::Closing { .. } | RowState::Missed) => None,
        GoneReason::Ended => Some(put(inbox.ended, visitor)),
        GoneReason::Moved(MoveReason::Skipped) | GoneReason::Hidden if asked => None,
        GoneReason::Moved(reason) => Some(put(inbox.moved_on.of(*reason), visitor)),
        GoneReason::Taken { by } if open && ui.me().is_some_and(|me| me.name == *by) => None,
        GoneReason::Taken { by } => Some(put_all(inbox.taken, &[by, &visitor])),
        // Whoever takes a break is told so already.
        GoneReason::Hidden if !ui.inbox.available.get_untracked() => None,
        GoneReason::Hidden => Some(inbox.hidden.to_owned()),
        GoneReason::Left => Some(put(inbox.has_left, visitor)),
    }
}
