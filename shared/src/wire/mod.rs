//! The frames on the three sockets, version 1. A frame is one JSON text: an object with one key, the frame's name.
//!
//! The contract is additive: a reader ignores fields that it does not know, new fields have defaults, and a frame whose
//! name is unknown is answered with [`Code::UnknownFrame`] by the worker and skipped by a client.

mod inbox;
mod read;

pub use inbox::{FromInbox, GoneReason, InboxRow, RowState, ToInbox};
pub use read::{Frame, read};

use crate::id::{ChannelId, ConversationId, Epoch, MessageId, OperatorId, Seq};
use crate::reject::Code;
use crate::settings::{LocalText, Position};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The version of this contract.
pub const VERSION: u16 = 1;
/// The WebSocket subprotocol that the worker answers with.
pub const SUBPROTOCOL: &str = "guichet.v1";
/// What stands before the visitor's secret in `Sec-WebSocket-Protocol`.
pub const SECRET_PREFIX: &str = "secret.";
/// The heartbeat that a client sends, and the platform answers without waking the object.
pub const PING: &str = "ping";
/// The answer to [`PING`].
pub const PONG: &str = "pong";
/// The worker asks a client that has been silent for a [`PING`]: a hidden page's timers are slow, but its messages are not.
pub const ASK: &str = "ask";

/// Codes with which the worker closes a socket. A client reconnects after all but the final ones.
pub mod close {
    /// The client broke the contract too often. Final.
    pub const BAD_CLIENT: u16 = 4400;
    /// The sign-in has ended. Final until signed in again.
    pub const SIGNED_OUT: u16 = 4401;
    /// Too many sockets on the object. Final.
    pub const TOO_MANY: u16 = 4429;
    /// The operator may not read this conversation. Final.
    pub const FORBIDDEN: u16 = 4403;
    /// The object failed and was rebuilt: reconnect.
    pub const INTERNAL: u16 = 4500;
    /// No heartbeat for too long: reconnect.
    pub const SILENT: u16 = 4408;

    /// Whether a client that was closed with `code` has to stay away.
    pub const fn is_final(code: u16) -> bool {
        matches!(code, BAD_CLIENT | SIGNED_OUT | FORBIDDEN | TOO_MANY)
    }
}

/// Which side of a conversation a socket belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The visitor.
    Visitor,
    /// An operator.
    Operator,
}

/// From a client to a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToConversation {
    /// The first frame: which version the client speaks and what it has already seen.
    Hello {
        /// The client's [`VERSION`].
        v: u16,
        /// The last `seq` that the client holds; 0 for none.
        #[serde(default)]
        cursor: Seq,
        /// The reader's language, as in BCP 47 (`fr`, `en-GB`).
        #[serde(default)]
        locale: String,
    },
    /// A message. Repeating one is safe: the same `id` is answered with the same `seq`.
    Send {
        /// Made by the client before the first try.
        id: MessageId,
        /// What it says: 1 to [`crate::limits::TEXT_CHARS_MAX`] characters, not only white space.
        text: String,
        /// An internal note, never shown to the visitor. Operators only.
        #[serde(default)]
        note: bool,
        /// Operators: the ownership that the writer knows of. Visitors leave it out.
        #[serde(default)]
        epoch: Option<Epoch>,
    },
    /// The client's user began or stopped typing. Best effort, never stored.
    Typing {
        /// Whether they type now.
        on: bool,
    },
    /// The client's user has seen everything up to `seq`. Best effort.
    Read {
        /// The last entry seen.
        seq: Seq,
    },
    /// The visitor rates a session that has ended. May be sent again to change it.
    Rate {
        /// Which session of the conversation.
        session: u32,
        /// Thumb up or down.
        score: Score,
        /// What the visitor adds; may be empty.
        #[serde(default)]
        comment: String,
    },
    /// The visitor ends the session.
    End {},
    /// The owner closes the session.
    Close {
        /// The ownership that the owner knows of.
        epoch: Epoch,
    },
    /// Asks for the page of history before `before`.
    History {
        /// The first entry that the client holds.
        before: Seq,
    },
}

/// From a conversation to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromConversation {
    /// The answer to `hello`. Entries after the cursor follow.
    Welcome {
        /// The version that both speak.
        v: u16,
        /// Whose conversation this is.
        conversation: ConversationId,
        /// Which side the socket is on.
        side: Side,
        /// The worker's clock, so that a client can show times left.
        clock: Clock,
        /// The last entry that this reader may see.
        head: Seq,
        /// The state of the session.
        session: SessionView,
        /// How the channel presents itself.
        channel: ChannelView,
        /// Whether the channel is open by its schedule.
        hours: HoursView,
        /// The last entry the other side is known to have read.
        #[serde(default)]
        read: Seq,
    },
    /// Entries that the client missed or asked for, in order.
    Entries {
        /// In order of `seq`.
        entries: Vec<Entry>,
        /// Whether there are entries before the first of these.
        earlier: bool,
        /// Whether this is history that was asked for, older than what the client holds.
        #[serde(default)]
        history: bool,
    },
    /// A new entry.
    Entry(Entry),
    /// The message is stored, under this number.
    Ack {
        /// The message.
        id: MessageId,
        /// Its number.
        seq: Seq,
        /// When it was stored.
        at: Timestamp,
    },
    /// Something the client sent was refused; nothing has changed.
    Reject {
        /// Which message, if it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<MessageId>,
        /// Why.
        code: Code,
    },
    /// The session's state has changed.
    Session(SessionView),
    /// The channel opened or closed by its schedule, or its settings changed.
    Hours(HoursView),
    /// Somebody on the other side (for operators: also a colleague) types.
    Typing {
        /// Who.
        who: Author,
        /// Whether they type now.
        on: bool,
    },
    /// The other side has read up to `seq`.
    Read {
        /// The last entry seen.
        seq: Seq,
    },
}

/// One entry of a conversation's log, as one reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number.
    pub seq: Seq,
    /// The number of the entry before it that this reader may see: a reader who holds less has missed something.
    pub prev: Seq,
    /// The sender's id; none for what the channel itself says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<MessageId>,
    /// When it was stored.
    pub at: Timestamp,
    /// Which session of the conversation it belongs to.
    pub session: u32,
    /// Who says it.
    pub author: Author,
    /// What it is.
    pub body: Body,
}

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The visitor.
    Visitor,
    /// An operator.
    Operator {
        /// As the reader knows them.
        name: String,
        /// Only operators learn it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<OperatorId>,
    },
    /// The channel: greetings, notices, closing texts.
    Channel,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A message.
    Text {
        /// Plain text: never markup.
        text: String,
    },
    /// An internal note: operators only.
    Note {
        /// Plain text.
        text: String,
    },
    /// Something that happened.
    Event(Event),
}

/// Something that happened in a session, kept in its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The session has an owner.
    Assigned {
        /// As the reader knows them.
        name: String,
    },
    /// The session lost its owner or its offer and waits again. Operators only.
    MovedOn {
        /// Why.
        reason: MoveReason,
        /// From whom.
        name: String,
    },
    /// The session has ended.
    Ended {
        /// Who ended it.
        by: Side,
    },
    /// The visitor rated the session, or changed the rating. Operators only.
    Rated {
        /// The score.
        score: Score,
        /// What the visitor added.
        comment: String,
    },
    /// Something that only a later version knows: a client counts it and shows nothing. Never written.
    #[serde(skip)]
    Unknown,
}

/// Why a session moved on from an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveReason {
    /// The response limit passed.
    TimeLimit,
    /// The operator skipped it.
    Skipped,
    /// The operator went offline before accepting.
    Offline,
    /// The operator is no longer a member of the channel.
    Removed,
}

/// A rating: thumb up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// Thumb up.
    Good,
    /// Thumb down.
    Bad,
}

/// The state of a conversation's last session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionView {
    /// There has been none.
    #[default]
    None,
    /// Nobody has accepted it yet.
    Waiting {
        /// Which session.
        number: u32,
        /// The ownership; operators send it back with what they write.
        epoch: Epoch,
        /// Place in the line, 1 for the next to be served; none while it is offered to somebody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<u32>,
        /// For an operator: whether the session is offered to them.
        #[serde(default)]
        offered: bool,
    },
    /// An operator owns it.
    Active {
        /// Which session.
        number: u32,
        /// The ownership.
        epoch: Epoch,
        /// As the reader knows the owner.
        operator: String,
        /// For an operator: whether they are the owner.
        #[serde(default)]
        mine: bool,
    },
    /// It has ended. A message opens a new one.
    Ended {
        /// Which session.
        number: u32,
        /// Who answered last, as the reader knows them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operator: Option<String>,
        /// Whether and how it is rated.
        rating: RatingView,
    },
}

/// Whether a session that ended may be rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatingView {
    /// It may not: rating is off, nobody answered, or the time is over.
    Off,
    /// It may, and has not been.
    Asked {
        /// Until when.
        until: Timestamp,
    },
    /// It has been, and may be changed until then.
    Given {
        /// The score.
        score: Score,
        /// Until when it may be changed.
        until: Timestamp,
    },
}

/// The worker's clock, as a client needs it to show times left.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// The time at the worker when the frame was sent.
    pub now: Timestamp,
    /// How many milliseconds pass there in one of the client's: 1, but for demonstrations and tests.
    pub rate: u32,
}
impl Eq for Clock {}

/// How a channel presents itself to a visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelView {
    /// The channel.
    pub id: Option<ChannelId>,
    /// The public title.
    pub title: LocalText,
    /// The line under it.
    pub welcome: LocalText,
    /// `#rrggbb`, or none for Guichet's own.
    #[serde(default)]
    pub accent: Option<String>,
    /// Which corner the launcher stands in.
    #[serde(default)]
    pub position: Position,
}

/// Whether the channel is open by its schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursView {
    /// Always open, or open until the time given.
    #[default]
    AlwaysOpen,
    /// Open.
    Open {
        /// When it closes.
        until: Timestamp,
    },
    /// Closed.
    Closed {
        /// When it opens next, if that is known.
        opens: Option<Timestamp>,
        /// What to tell a visitor before they write.
        notice: LocalText,
    },
}
