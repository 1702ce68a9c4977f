//! What objects tell each other: notes, numbered per pair and topic and taken exactly once; and hints, best effort.

use crate::id::{ChannelId, ConversationId, Epoch, OperatorId, SessionId};
use crate::reject::Code;
use crate::settings::Settings;
use crate::time::Timestamp;
use crate::wire::{GoneReason, InboxRow, MoveReason};
use core::fmt;
use serde::{Deserialize, Serialize};

/// Where a note goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// The conversation of this id.
    Conversation(ConversationId),
    /// The desk of this channel.
    Desk(ChannelId),
    /// The inbox of this person.
    Operator(OperatorId),
    /// The directory (D1), which keeps a projection of what objects own.
    Directory,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conversation(id) => write!(f, "conversation:{id}"),
            Self::Desk(id) => write!(f, "desk:{id}"),
            Self::Operator(id) => write!(f, "operator:{id}"),
            Self::Directory => f.write_str("directory"),
        }
    }
}

/// What a numbering of notes belongs to. The books of a session's topic are thrown away when the session has ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Membership, presence and requests: lasts as long as the two objects.
    Standing,
    /// One session.
    Session(SessionId),
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standing => f.write_str("standing"),
            Self::Session(id) => write!(f, "session:{id}"),
        }
    }
}

/// A person, as other objects know them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Face {
    /// The person.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
}

/// What one object tells another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Conversation to desk: a session has opened.
    Arrived {
        /// Which.
        session: SessionId,
        /// When: its place in the line for as long as it waits.
        since: Timestamp,
        /// The version of the settings that the conversation lives by.
        #[serde(default)]
        settings: u64,
    },
    /// Conversation to desk: a session has ended.
    Ended {
        /// Which.
        session: SessionId,
    },
    /// Operator or conversation (a reply) to desk: the operator takes an offer.
    Accept {
        /// Which session.
        session: SessionId,
        /// The ownership that the operator saw.
        epoch: Epoch,
        /// Who takes it.
        operator: OperatorId,
    },
    /// Operator to desk: the operator passes an offer on.
    Skip {
        /// Which session.
        session: SessionId,
        /// The ownership that the operator saw.
        epoch: Epoch,
        /// Who passes it on.
        operator: OperatorId,
    },
    /// Operator to desk: whether the operator is there, and takes new sessions.
    Presence {
        /// Who.
        operator: Face,
        /// Whether a tab of theirs is open.
        online: bool,
        /// Whether they are not on a break.
        available: bool,
    },
    /// Desk to conversation: the session waits in line.
    Waiting {
        /// Which session.
        session: SessionId,
        /// The new ownership.
        epoch: Epoch,
        /// From whom it moved on and why, if it was offered or owned.
        moved: Option<Moved>,
    },
    /// Desk to conversation: the session is offered to an operator.
    Offered {
        /// Which session.
        session: SessionId,
        /// The new ownership.
        epoch: Epoch,
        /// To whom.
        to: Face,
        /// Since when.
        since: Timestamp,
        /// Until when.
        until: Timestamp,
    },
    /// Desk to conversation: the session has an owner.
    Assigned {
        /// Which session.
        session: SessionId,
        /// The new ownership.
        epoch: Epoch,
        /// The owner.
        owner: Face,
    },
    /// Desk to operator or conversation: an accept or a skip was refused.
    Refused {
        /// Which session.
        session: SessionId,
        /// Whose request.
        operator: OperatorId,
        /// Why.
        code: Code,
    },
    /// Desk to operator: they are a member of the channel now, or no longer.
    Member {
        /// Which channel.
        channel: ChannelId,
        /// Whether they are.
        member: bool,
    },
    /// Desk to the conversations with open sessions, and to the directory: the channel's settings have changed.
    Settings {
        /// Which channel.
        channel: ChannelId,
        /// Grows by one with each change.
        version: u64,
        /// The settings.
        settings: Box<Settings>,
    },
    /// Conversation to operator: a row of the inbox is new or has changed.
    Row(InboxRow),
    /// Conversation to operator: the row is gone.
    Gone {
        /// Which session's.
        session: SessionId,
        /// Why.
        reason: GoneReason,
    },
}

impl Note {
    /// The session that a desk tells its conversation about.
    pub const fn from_desk_about(&self) -> Option<&SessionId> {
        match self {
            Self::Waiting { session, .. }
            | Self::Offered { session, .. }
            | Self::Assigned { session, .. }
            | Self::Refused { session, .. } => Some(session),
            Self::Arrived { .. }
            | Self::Ended { .. }
            | Self::Accept { .. }
            | Self::Skip { .. }
            | Self::Presence { .. }
            | Self::Member { .. }
            | Self::Settings { .. }
            | Self::Row(_)
            | Self::Gone { .. } => None,
        }
    }
}

/// From whom a session moved on, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// From whom.
    pub from: Face,
    /// Why.
    pub reason: MoveReason,
}

/// What one object mentions to another: only the latest matters, and it may be lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// Desk to conversation: the session's place in the line.
    Place {
        /// Which session.
        session: SessionId,
        /// 1 for the next to be served.
        place: u32,
    },
    /// Conversation to operator: what the row shows has changed (last message, unread count, who is to answer).
    Row(InboxRow),
}
