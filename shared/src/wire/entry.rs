//! The entries of a conversation's log.

use crate::file::File;
use crate::id::{ChannelId, MessageId, OperatorId, Seq};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

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
        /// Plain text: never markup. Of a file, its name.
        text: String,
        /// The file that it brings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<File>,
    },
    /// An internal note: operators only.
    Note {
        /// Plain text.
        text: String,
    },
    /// Something that happened.
    Event(Event),
}

impl Body {
    /// A message without a file.
    pub const fn text(text: String) -> Self {
        Self::Text { text, file: None }
    }
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
    /// A colleague has joined the session.
    Joined {
        /// As the reader knows them.
        name: String,
    },
    /// A colleague who had joined has left it.
    Left {
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
    /// The session goes to another channel. Operators only.
    Moved {
        /// Where it goes.
        channel: ChannelId,
        /// Who had it, or was offered it; empty if nobody was.
        name: String,
    },
    /// The session has ended, or is closed and may be resumed for a while.
    Ended {
        /// Who or what ended it.
        by: Ending,
    },
    /// A session that was closed goes on, because the visitor wrote.
    Resumed {},
    /// A session that had ended is open again.
    Reopened {
        /// As the reader knows who opened it.
        name: String,
    },
    /// The visitor was asked how they can be reached.
    ContactAsked {
        /// The words of the channel; empty for Guichet's own.
        text: String,
    },
    /// The visitor has said how they can be reached.
    Contact(Contact),
    /// The visitor rated the session, or changed the rating. Operators only.
    Rated {
        /// The score.
        score: Score,
        /// What the visitor added.
        comment: String,
    },
    /// A supervisor rated the session. Operators only.
    Reviewed {
        /// 1 to 5.
        score: u8,
        /// What they added.
        comment: String,
        /// Who.
        name: String,
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
    /// The owner was offline for too long while the visitor waited.
    OwnerAway,
    /// The members or the distribution have changed.
    QueueChanged,
    /// Nobody answered in time.
    NoAnswer,
    /// Somebody handed it over.
    Transferred,
    /// Somebody took it over.
    Intercepted,
}

/// Who or what ended a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The visitor.
    Visitor,
    /// An operator closed it.
    Operator,
    /// The visitor was silent for long after a reply.
    Silence,
    /// Nobody accepted it in time.
    GivenUp,
    /// An operator marked it as spam.
    Spam,
}

/// What a visitor has filled in: how they can be reached, and what else they were asked. Each part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their telephone number.
    pub phone: String,
    /// What else they were asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Answer>,
    /// The words that they have agreed to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub consent: String,
}

/// What a visitor has answered in a field of the channel's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The key of the field.
    pub key: String,
    /// What was asked, as the visitor read it. The worker knows it: a client leaves it out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The answer.
    pub value: String,
}

/// A rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// Thumb up.
    Good,
    /// Thumb down.
    Bad,
    /// One to five stars.
    Stars(u8),
}

impl Score {
    /// Whether it counts as positive: a thumb up, or at least four stars.
    pub const fn is_good(self) -> bool {
        match self {
            Self::Good => true,
            Self::Bad => false,
            Self::Stars(count) => count >= 4,
        }
    }
}
