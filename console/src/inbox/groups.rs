//! The groups, and the order within each.

use core::cmp::Reverse;
use shared::id::{ChannelId, ConversationId};
use shared::wire::{InboxRow, RowState};
use std::collections::BTreeMap;

/// A part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    New,
    InWork,
    Answered,
    Joined,
    Missed,
}

impl Group {
    pub(crate) const ALL: [Self; 5] = [Self::New, Self::InWork, Self::Answered, Self::Joined, Self::Missed];

    /// The group a row stands in.
    pub(crate) const fn of(state: &RowState) -> Self {
        match state {
            RowState::Offered { .. } | RowState::Shown { .. } => Self::New,
            RowState::InWork => Self::InWork,
            RowState::Answered | RowState::Closing { .. } => Self::Answered,
            RowState::Joined { .. } => Self::Joined,
            RowState::Missed => Self::Missed,
        }
    }

    /// Whether it is shown only while there is something in it.
    pub(crate) const fn is_rare(self) -> bool {
        matches!(self, Self::Joined | Self::Missed)
    }
}

/// The rows of `group`, of `channel` if one is given: what is new or waits by who came first, and what has to be accepted
/// in time before what has not; what others answer, or the visitor has to, by the latest word.
pub(crate) fn in_order(
    rows: &BTreeMap<ConversationId, InboxRow>,
    group: Group,
    channel: Option<&ChannelId>,
) -> Vec<ConversationId> {
    let wanted =
        |row: &&InboxRow| Group::of(&row.state) == group && channel.is_none_or(|c| *c == row.channel);
    let mut rows: Vec<&InboxRow> = rows.values().filter(wanted).collect();
    match group {
        Group::New => rows.sort_by_key(|row| (matches!(row.state, RowState::Shown { .. }), row.since)),
        Group::InWork | Group::Missed => rows.sort_by_key(|row| row.at),
        Group::Answered | Group::Joined => rows.sort_by_key(|row| Reverse(row.at)),
    }
    rows.into_iter().map(|row| row.session.conversation.clone()).collect()
}
