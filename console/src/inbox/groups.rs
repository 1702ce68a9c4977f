//! The three groups, and the order within each.

use shared::id::{ChannelId, ConversationId};
use shared::wire::{InboxRow, RowState};
use std::collections::BTreeMap;

/// A part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    New,
    InWork,
    Answered,
}

impl Group {
    pub(crate) const ALL: [Self; 3] = [Self::New, Self::InWork, Self::Answered];

    /// The group a row stands in.
    pub(crate) const fn of(state: &RowState) -> Self {
        match state {
            RowState::Offered { .. } => Self::New,
            RowState::InWork => Self::InWork,
            RowState::Answered => Self::Answered,
        }
    }
}

/// The rows of `group`, of `channel` if one is given: what is new or waits by who came first, what is answered by the
/// latest word.
pub(crate) fn in_order(
    rows: &BTreeMap<ConversationId, InboxRow>,
    group: Group,
    channel: Option<&ChannelId>,
) -> Vec<ConversationId> {
    let wanted =
        |row: &&InboxRow| Group::of(&row.state) == group && channel.is_none_or(|c| *c == row.channel);
    let mut rows: Vec<&InboxRow> = rows.values().filter(wanted).collect();
    match group {
        Group::New => rows.sort_by_key(|row| row.since),
        Group::InWork => rows.sort_by_key(|row| row.at),
        Group::Answered => rows.sort_by_key(|row| core::cmp::Reverse(row.at)),
    }
    rows.into_iter().map(|row| row.session.conversation.clone()).collect()
}
