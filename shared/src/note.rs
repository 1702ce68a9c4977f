//! What objects tell each other: notes, numbered per pair and topic and taken exactly once; and hints, best effort.

use crate::id::{ChannelId, ConversationId, Epoch, MessageId, OperatorId, SessionId};
use crate::reject::Code;
use crate::settings::Settings;
use crate::time::{Millis, Timestamp};
use crate::why::Why;
use crate::wire::{GoneReason, InboxRow, MoveReason, Target};
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
    /// The store of files (R2).
    Files,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conversation(id) => write!(f, "conversation:{id}"),
            Self::Desk(id) => write!(f, "desk:{id}"),
            Self::Operator(id) => write!(f, "operator:{id}"),
            Self::Directory => f.write_str("directory"),
            Self::Files => f.write_str("files"),
        }
    }
}

/// What a numbering of notes belongs to. The books of a session's topic are thrown away when it is over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Membership, presence and requests: lasts as long as the two objects.
    Standing,
    /// One session, from its arrival at a desk until it leaves that desk.
    Session(SessionId),
    /// The same session at a desk for another time, counted from 1: reopened, or transferred to another channel. Books
    /// that have ended cannot begin again, so each time has its own.
    Again(SessionId, u32),
}

impl Topic {
    /// The topic of a session at its desk for the `run`th time, counted from 0.
    pub fn of(session: &SessionId, run: u32) -> Self {
        match run {
            0 => Self::Session(session.clone()),
            run => Self::Again(session.clone(), run),
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standing => f.write_str("standing"),
            Self::Session(id) => write!(f, "session:{id}"),
            Self::Again(id, run) => write!(f, "session:{id}:{run}"),
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

/// A session that comes to a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Which.
    pub session: SessionId,
    /// How often it came to a desk before.
    #[serde(default)]
    pub run: u32,
    /// When it first arrived: its place in the line, whatever happens to it.
    pub since: Timestamp,
    /// The last ownership that the conversation knows of: the desk goes on from there.
    #[serde(default)]
    pub epoch: Epoch,
    /// The version of the settings that the conversation lives by.
    #[serde(default)]
    pub settings: u64,
    /// Who is responsible for the contact, if that is known.
    #[serde(default)]
    pub responsible: Option<Face>,
    /// Who opens it again, and so owns it at once.
    #[serde(default)]
    pub claim: Option<Face>,
}

/// Where a session stands with its owner, as far as its desk has to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The owner has not replied yet.
    #[default]
    Fresh,
    /// The owner has replied, and the visitor waits for another reply.
    Awaiting,
    /// The owner wrote last.
    Answered,
    /// It is closed, and may be resumed for a while.
    Closing,
}

/// What one object tells another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    // ---------------------------------------------------------------------------------------------- conversation to desk
    /// A session comes to the desk.
    Arrived(Box<Arrival>),
    /// A session has ended.
    Ended {
        /// Which.
        session: SessionId,
        /// Whether nobody had accepted it: it stays in some inboxes as missed.
        #[serde(default)]
        missed: bool,
    },
    /// Whether the visitor waits has changed, and the settings make that count.
    Standing {
        /// Which session.
        session: SessionId,
        /// The ownership it is true of.
        epoch: Epoch,
        /// Where it stands now.
        standing: Standing,
    },
    /// The owner's absence is noticed: the visitor waits for a reply.
    Abandoned {
        /// Which session.
        session: SessionId,
        /// The ownership it is true of.
        epoch: Epoch,
    },
    /// Nobody has answered in time: back to the line from the start.
    Unanswered {
        /// Which session.
        session: SessionId,
        /// The ownership it is true of.
        epoch: Epoch,
    },
    /// Somebody hands the session over. Who may was checked by the conversation.
    Transfer {
        /// Which session.
        session: SessionId,
        /// The ownership that they saw.
        epoch: Epoch,
        /// Who hands it over.
        by: Face,
        /// To whom or where.
        to: Target,
    },
    /// Somebody takes the session over. Who may was checked by the conversation.
    Intercept {
        /// Which session.
        session: SessionId,
        /// The ownership that they saw.
        epoch: Epoch,
        /// Who takes it over.
        by: Face,
    },
    /// The session is held where it is, or no longer.
    Pinned {
        /// Which session.
        session: SessionId,
        /// The ownership it is true of.
        epoch: Epoch,
        /// Whether it is.
        on: bool,
    },

    // ---------------------------------------------------------------------------------- operator or conversation to desk
    /// The operator takes an offer.
    Accept {
        /// Which session.
        session: SessionId,
        /// The ownership that the operator saw.
        epoch: Epoch,
        /// Who takes it.
        operator: OperatorId,
    },
    /// The operator passes an offer on.
    Skip {
        /// Which session.
        session: SessionId,
        /// The ownership that the operator saw.
        epoch: Epoch,
        /// Who passes it on.
        operator: OperatorId,
    },
    /// Whether the operator is there, and takes new sessions.
    Presence {
        /// Who.
        operator: Face,
        /// Whether a tab of theirs is open.
        online: bool,
        /// Whether they are not on a break.
        available: bool,
    },

    // ---------------------------------------------------------------------------------------------- desk to conversation
    /// The session waits in line.
    Waiting {
        /// Which session.
        session: SessionId,
        /// The new ownership.
        epoch: Epoch,
        /// From whom it moved on and why, if it was offered or owned.
        moved: Option<Moved>,
    },
    /// Nobody can take the session now.
    Explained {
        /// Which session.
        session: SessionId,
        /// The ownership it is true of.
        epoch: Epoch,
        /// Why it waits.
        why: Box<Why>,
    },
    /// The session is offered to an operator.
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
        /// Why to them.
        #[serde(default)]
        why: Option<Box<Why>>,
    },
    /// The session, which waits in line, is shown to more operators or to fewer.
    Shown {
        /// Which session.
        session: SessionId,
        /// The ownership it is true of.
        epoch: Epoch,
        /// Who sees it from now on.
        to: Vec<Face>,
        /// Who does not any more.
        hidden: Vec<OperatorId>,
        /// Why.
        why: Box<Why>,
    },
    /// The session has an owner.
    Assigned {
        /// Which session.
        session: SessionId,
        /// The new ownership.
        epoch: Epoch,
        /// The owner.
        owner: Face,
        /// From whom it was taken and why, if it was not theirs to accept.
        #[serde(default)]
        moved: Option<Moved>,
        /// Why they own it.
        #[serde(default)]
        why: Option<Box<Why>>,
    },
    /// The owner has been offline for longer than the grace, or is back.
    Away {
        /// Which session.
        session: SessionId,
        /// The ownership it is true of.
        epoch: Epoch,
        /// Whether they are away.
        away: bool,
    },
    /// The session was given up, or was never accepted: it is no longer this desk's.
    Missed {
        /// Which session.
        session: SessionId,
        /// The new ownership: nobody's.
        epoch: Epoch,
        /// In whose inboxes it stays, if it was offered to nobody.
        to: Vec<OperatorId>,
    },
    /// The session goes to another channel: it is no longer this desk's.
    Released {
        /// Which session.
        session: SessionId,
        /// The new ownership: nobody's.
        epoch: Epoch,
        /// From whom it goes and why.
        moved: Option<Moved>,
        /// Where it goes.
        to: ChannelId,
    },
    /// There is no such channel, so the session goes back to where it came from.
    NoChannel {
        /// Which session.
        session: SessionId,
        /// The last ownership that the desk was told.
        epoch: Epoch,
    },
    /// Also to an operator: a wish was refused.
    Refused {
        /// Which session.
        session: SessionId,
        /// Whose request.
        operator: OperatorId,
        /// Why.
        code: Code,
    },
    /// To the store of files: a file that came to nothing is thrown away.
    Discard {
        /// Whose it was.
        conversation: ConversationId,
        /// The message that it would have been.
        id: MessageId,
    },
    /// To the conversations with open sessions, and to the directory: the channel's settings have changed.
    Settings {
        /// Which channel.
        channel: ChannelId,
        /// Grows by one with each change.
        version: u64,
        /// The settings.
        settings: Box<Settings>,
    },

    // -------------------------------------------------------------------------------------------------- desk to operator
    /// The desk wants to know whether the operator is there, or no longer.
    Member {
        /// Which channel.
        channel: ChannelId,
        /// Whether it does.
        member: bool,
    },
    /// The operator let too many offers pass: they are on a break from now on.
    Break {
        /// Which channel.
        channel: ChannelId,
    },

    // ------------------------------------------------------------------------------------------ conversation to operator
    /// A row of the inbox is new or has changed.
    Row(InboxRow),
    /// The row is gone.
    Gone {
        /// Which session's.
        session: SessionId,
        /// The ownership in which it went; a row of a newer one stays.
        #[serde(default = "last_epoch")]
        epoch: Epoch,
        /// Why.
        reason: GoneReason,
        /// Whether nothing more will be told in this topic.
        #[serde(default)]
        last: bool,
    },
}

const fn last_epoch() -> Epoch {
    Epoch(u64::MAX)
}

impl Note {
    /// The session that a desk tells its conversation about.
    pub const fn from_desk_about(&self) -> Option<&SessionId> {
        match self {
            Self::Waiting { session, .. }
            | Self::Explained { session, .. }
            | Self::Offered { session, .. }
            | Self::Shown { session, .. }
            | Self::Assigned { session, .. }
            | Self::Away { session, .. }
            | Self::Missed { session, .. }
            | Self::Released { session, .. }
            | Self::NoChannel { session, .. }
            | Self::Refused { session, .. } => Some(session),
            Self::Arrived(_)
            | Self::Ended { .. }
            | Self::Standing { .. }
            | Self::Abandoned { .. }
            | Self::Unanswered { .. }
            | Self::Transfer { .. }
            | Self::Intercept { .. }
            | Self::Pinned { .. }
            | Self::Accept { .. }
            | Self::Skip { .. }
            | Self::Presence { .. }
            | Self::Settings { .. }
            | Self::Discard { .. }
            | Self::Member { .. }
            | Self::Break { .. }
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
#[allow(clippy::large_enum_variant, reason = "made and consumed one at a time")]
pub enum Hint {
    /// Desk to conversation: the session's place in the line.
    Place {
        /// Which session.
        session: SessionId,
        /// 1 for the next to be served.
        place: u32,
        /// Whether the place is a later one than `place`, so far back that it is not told exactly.
        #[serde(default)]
        beyond: bool,
        /// How long it will take, if the last ones served tell.
        #[serde(default)]
        wait: Option<Millis>,
    },
    /// Conversation to desk: a visitor without a session looks on, or no longer.
    Watch {
        /// Whose.
        conversation: ConversationId,
        /// Whether they do.
        on: bool,
    },
    /// Desk to conversation: whether somebody could take a session now.
    Available {
        /// Which channel.
        channel: ChannelId,
        /// Whether somebody could.
        now: bool,
    },
    /// Conversation to operator: what the row shows of the last message has changed, or how many are unread.
    Row(InboxRow),
}
