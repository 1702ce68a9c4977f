//! The frames of an operator's inbox.

use super::{Clock, MoveReason, is_false};
use crate::id::{ChannelId, ConversationId, Epoch, OperatorId, SessionId};
use crate::reject::Code;
use crate::time::Timestamp;
use crate::why::Why;
use serde::{Deserialize, Serialize};

/// From the console to an operator's inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToInbox {
    /// The first frame.
    Hello {
        /// The client's [`VERSION`].
        v: u16,
    },
    /// The presence switch: available, or on a break. A break stops new offers only.
    Presence {
        /// `true` for available.
        available: bool,
    },
    /// Takes a session that is offered.
    Accept {
        /// Which.
        session: SessionId,
        /// The ownership that the operator saw.
        epoch: Epoch,
    },
    /// Passes a session that is offered on to the next.
    Skip {
        /// Which.
        session: SessionId,
        /// The ownership that the operator saw.
        epoch: Epoch,
    },
}

/// From an operator's inbox to the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "made and consumed one at a time")]
pub enum FromInbox {
    /// The answer to `hello`: everything in the inbox.
    Welcome {
        /// The version that both speak.
        v: u16,
        /// The worker's clock.
        clock: Clock,
        /// Whose inbox this is.
        operator: OperatorId,
        /// Whether they take new sessions.
        available: bool,
        /// Whether they do not because they missed offers.
        #[serde(default)]
        missed: bool,
        /// The rows, in no particular order.
        rows: Vec<InboxRow>,
    },
    /// A row is new or has changed.
    Row(InboxRow),
    /// The row of this conversation is gone.
    Gone {
        /// Which.
        conversation: ConversationId,
        /// Why, for a word to the operator.
        reason: GoneReason,
    },
    /// The presence switch, as it is now in all tabs.
    Presence {
        /// `true` for available.
        available: bool,
        /// Whether it was switched off because offers were missed.
        #[serde(default)]
        missed: bool,
    },
    /// Something was refused; nothing has changed.
    Reject {
        /// Which session, if it was about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<SessionId>,
        /// Why.
        code: Code,
    },
}

/// One conversation in an operator's inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxRow {
    /// The session that is offered or owned.
    pub session: SessionId,
    /// The ownership.
    pub epoch: Epoch,
    /// The channel it came through.
    pub channel: ChannelId,
    /// What the operator has to do with it.
    pub state: RowState,
    /// When the visitor's session began.
    pub since: Timestamp,
    /// The first words of the last message.
    pub preview: String,
    /// When the last message was stored.
    pub at: Timestamp,
    /// How many of the visitor's messages nobody has read yet.
    pub unread: u32,
    /// The visitor's name, if they have told it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Whether it is held where it is.
    #[serde(default, skip_serializing_if = "is_false")]
    pub pinned: bool,
    /// Why it is in this inbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

/// What an operator has to do with a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// New: offered, until the response limit passes.
    Offered {
        /// Since when.
        since: Timestamp,
        /// When it moves on.
        until: Timestamp,
    },
    /// New: shown to everyone who can take it, until somebody does.
    Shown {
        /// Since when.
        since: Timestamp,
    },
    /// In work: the visitor waits for a reply.
    InWork,
    /// Answered: the operator wrote last.
    Answered,
    /// Another operator's, which this one has joined.
    Joined {
        /// The owner; empty while there is none.
        owner: String,
    },
    /// Closed, and may be resumed for a while.
    Closing {
        /// Until when.
        until: Timestamp,
    },
    /// Nobody accepted it in time. Answering opens it again.
    Missed,
}

impl RowState {
    /// Whether the operator may accept it.
    pub const fn is_offer(&self) -> bool {
        matches!(self, Self::Offered { .. } | Self::Shown { .. })
    }
}

/// Why a row left an inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoneReason {
    /// The session has ended.
    Ended,
    /// It moved on.
    Moved(MoveReason),
    /// Somebody else has it now.
    Taken {
        /// Who.
        by: String,
    },
    /// It was shown to everyone, and is not any more: the operator cannot take it now.
    Hidden,
    /// The operator has left it.
    Left,
}
