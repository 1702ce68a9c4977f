//! Where a chat stands, as far as its operator is concerned: from its session, and from its row in the inbox.

use super::state::Thread;
use crate::inbox::called;
use leptos::prelude::*;
use shared::id::{ChannelId, ConversationId};
use shared::why::Why;
use shared::wire::{RowState, SessionView};

impl Thread {
    /// What the visitor is called.
    pub(super) fn called(self) -> String {
        called(&self.name(), &self.id())
    }

    /// The id, to tell nameless visitors apart.
    pub(super) fn id(self) -> ConversationId {
        self.id.get_value()
    }

    /// The visitor's name; empty if they have not told it.
    pub(super) fn name(self) -> String {
        let told = self.row.with(|row| row.as_ref().map(|row| row.name.clone())).unwrap_or_default();
        if told.is_empty() { self.known.with(|known| known.name.clone()) } else { told }
    }

    /// The channel that has it.
    pub(super) fn channel(self) -> Option<ChannelId> {
        let row = self.row.with(|row| row.as_ref().map(|row| row.channel.clone()));
        row.or_else(|| self.known.with(|known| known.channel.clone()))
    }

    /// Why it is where it is, as far as that is known.
    pub(super) fn why(self) -> Option<Why> {
        let now = self.session.with(|session| match session {
            SessionView::Waiting { why, .. } | SessionView::Active { why, .. } => why.as_deref().cloned(),
            SessionView::Closing { .. } | SessionView::Ended { .. } | SessionView::None => None,
        });
        now.or_else(|| self.row.with(|row| row.as_ref().and_then(|row| row.why.clone())))
    }

    /// Whether it ended unaccepted, and stays in this inbox: a reply opens it again.
    pub(super) fn is_missed_here(self) -> bool {
        let ended = self.session.with(|session| match session {
            SessionView::Ended { number, .. } => Some(*number),
            _ => None,
        });
        ended.is_some()
            && self.row.with(|row| {
                row.as_ref()
                    .is_some_and(|row| row.state == RowState::Missed && Some(row.session.number) == ended)
            })
    }

    /// Whether the operator takes part beside the owner.
    pub(super) fn has_joined(self) -> bool {
        self.session.with(|session| match session {
            SessionView::Active { joined, .. } => *joined,
            // Only the row tells it while there is no owner, or the chat is closed.
            SessionView::Waiting { number, .. } | SessionView::Closing { number, .. } => {
                self.row.with(|row| {
                    row.as_ref().is_some_and(|row| {
                        matches!(row.state, RowState::Joined { .. }) && row.session.number == *number
                    })
                })
            }
            SessionView::Ended { .. } | SessionView::None => false,
        })
    }

    /// Whether the operator owns it, also while it is closed but may go on.
    pub(super) fn is_mine(self) -> bool {
        self.session.with(|session| {
            matches!(
                session,
                SessionView::Active { mine: true, .. } | SessionView::Closing { mine: true, .. }
            )
        })
    }

    /// Whether it is offered or shown to the operator.
    pub(super) fn is_offered(self) -> bool {
        self.session.with(|session| matches!(session, SessionView::Waiting { offered: true, .. }))
    }

    /// Whether it is shown to everyone who can take it, the operator among them.
    pub(super) fn is_shown(self) -> bool {
        self.row.with(|row| row.as_ref().is_some_and(|row| matches!(row.state, RowState::Shown { .. })))
    }

    /// Whether the operator may write here now.
    pub(super) fn may_write(self) -> bool {
        self.is_offered() || self.is_mine() || self.has_joined() || self.is_missed_here()
    }
}
