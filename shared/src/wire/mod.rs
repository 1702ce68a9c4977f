//! The frames on the three sockets, version 1. A frame is one JSON text: an object with one key, the frame's name.
//!
//! The contract is additive: a reader ignores fields that it does not know, new fields have defaults, and a frame whose
//! name is unknown is answered with [`Code::UnknownFrame`] by the worker and skipped by a client.

mod entry;
mod inbox;
mod read;
mod view;

pub use entry::{Answer, Author, Body, Contact, Ending, Entry, Event, MoveReason, Score};
pub use inbox::{FromInbox, GoneReason, InboxRow, RowState, ToInbox};
pub use read::{Frame, read};
pub use view::{ChannelView, Clock, FilesView, FormView, HoursView, RatingView, ReviewView, SessionView};

use crate::id::{ChannelId, ConversationId, Epoch, MessageId, OperatorId, Seq};
use crate::reject::Code;
use crate::time::{Millis, Timestamp};
use crate::verified::Identity;
use serde::{Deserialize, Serialize};

/// The version of this contract.
pub const VERSION: u16 = 1;
/// The WebSocket subprotocol that the worker answers with.
pub const SUBPROTOCOL: &str = "guichet.v1";
/// What stands before the visitor's secret in `Sec-WebSocket-Protocol`.
pub const SECRET_PREFIX: &str = "secret.";
/// What stands before a token that vouches for the visitor, beside the secret.
pub const TOKEN_PREFIX: &str = "token.";
/// What stands before the number that proves work, beside the secret.
pub const WORK_PREFIX: &str = "work.";
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
    /// The sign-in has ended, or the token that vouches for a visitor was refused. Final until signed in again.
    pub const SIGNED_OUT: u16 = 4401;
    /// Too many sockets on the object. Final.
    pub const TOO_MANY: u16 = 4429;
    /// The operator may not read this conversation. Final.
    pub const FORBIDDEN: u16 = 4403;
    /// The visitor has signed in, and their next session opens in another conversation: reconnect.
    pub const MOVED: u16 = 4409;
    /// The channel wants some work before a new conversation. The reason is `<bits>.<text>`: a number is to be found whose
    /// SHA-256 with it (`<text>.<number>`) begins with so many zero bits. Reconnect with it.
    pub const WORK: u16 = 4410;
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
        /// The reader's time zone, as IANA names it; empty if it is not known.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        zone: String,
        /// Whether the client draws no buttons or forms, as a connector to another network: texts ask instead.
        #[serde(default, skip_serializing_if = "is_false")]
        plain: bool,
        /// Whether the client can draw a form that the worker describes. Who cannot is not asked to fill one in.
        #[serde(default, skip_serializing_if = "is_false")]
        forms: bool,
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
        /// Whether it is the file of this `id`, which was sent before; the text is then the file's name.
        #[serde(default, skip_serializing_if = "is_false")]
        file: bool,
    },
    /// Asks where to send a file, as the message `id`. Safe to repeat.
    Attach {
        /// Made by the client, as for a message.
        id: MessageId,
        /// Its name.
        name: String,
        /// How many bytes it has.
        size: u32,
    },
    /// Asks for a link to the file of a message.
    Fetch {
        /// The message.
        id: MessageId,
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
    /// The visitor rates a session. May be sent again to change it.
    Rate {
        /// Which session of the conversation.
        session: u32,
        /// Of the scale that was asked with.
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
    /// The owner, or a supervisor, hands the session over.
    Transfer {
        /// The ownership that they know of.
        epoch: Epoch,
        /// To whom or where.
        to: Target,
    },
    /// A supervisor takes the session over.
    Intercept {
        /// The ownership that they know of.
        epoch: Epoch,
    },
    /// An operator who may read the session takes part in it beside its owner.
    Join {},
    /// An operator who has joined takes part no longer.
    Leave {},
    /// The owner holds the session where it is, or lets it go: a pinned one neither closes nor moves on by itself.
    Pin {
        /// The ownership that they know of.
        epoch: Epoch,
        /// Whether it is held.
        on: bool,
    },
    /// The owner, or one to whom it is offered, closes the session as spam: no texts, no rating.
    Spam {
        /// The ownership that they know of.
        epoch: Epoch,
    },
    /// An operator who may read it opens the last session again, and owns it.
    Reopen {
        /// Which session.
        session: u32,
    },
    /// A supervisor rates a session that has ended. May be sent again to change it.
    Review {
        /// Which session of the conversation.
        session: u32,
        /// 1 to 5.
        score: u8,
        /// What they add; may be empty.
        #[serde(default)]
        comment: String,
    },
    /// The visitor says how they can be reached, or what else the form asks.
    Contact(Contact),
    /// Asks for the page of history before `before`.
    History {
        /// The first entry that the client holds.
        before: Seq,
    },
}

/// Where a session is handed over to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A member of its channel.
    Operator(OperatorId),
    /// Another channel.
    Channel(ChannelId),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
pub(crate) const fn is_false(value: &bool) -> bool {
    !*value
}

/// From a conversation to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "made and consumed one at a time")]
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
        /// For a visitor: whether they are asked how they can be reached.
        #[serde(default)]
        form: FormView,
        /// For a visitor: whether somebody could take a session now, if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        available: Option<bool>,
        /// For an operator: who the visitor is, as far as that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        identity: Option<Box<Identity>>,
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
    /// Where the client may send the file that it announced, or fetch the one that it asked for.
    Link {
        /// The message.
        id: MessageId,
        /// A path on the worker's origin, good for [`crate::limits::FILE_LINK`].
        path: String,
    },
    /// Something the client sent was refused; nothing has changed.
    Reject {
        /// Which message, if it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<MessageId>,
        /// Why.
        code: Code,
        /// How long to wait before it is tried again, if it was too often or too much.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<Millis>,
    },
    /// The session's state has changed.
    Session(SessionView),
    /// The channel opened or closed by its schedule, or its settings changed.
    Hours(HoursView),
    /// Whether the visitor is asked how they can be reached has changed.
    Form(FormView),
    /// Whether somebody could take a session now has changed.
    Available {
        /// Whether somebody could.
        now: bool,
    },
    /// For operators: more is known of who the visitor is.
    Identity(Box<Identity>),
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
