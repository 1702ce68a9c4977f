//! What a conversation is told, and by whom.

use crate::api::Role;
use crate::hours::Resolved;
use crate::id::{ChannelId, MessageId, Seq};
use crate::note::Face;
use crate::settings::Settings;
use crate::time::Timestamp;
use crate::verified::{Linked, Verified};
use crate::wire::Side;
use serde::{Deserialize, Serialize};

/// Who is behind a socket of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The visitor whose conversation it is.
    Visitor,
    /// The same visitor, who has signed in on the site since: a session that is open goes on here, the next one does not.
    SignedIn,
    /// Somebody who is signed in.
    Operator {
        /// Who.
        face: Face,
        /// What they may do.
        role: Role,
    },
}

impl Who {
    pub(super) const fn side(&self) -> Side {
        match self {
            Self::Visitor | Self::SignedIn => Side::Visitor,
            Self::Operator { .. } => Side::Operator,
        }
    }

    pub(super) const fn role(&self) -> Option<Role> {
        match self {
            Self::Visitor | Self::SignedIn => None,
            Self::Operator { role, .. } => Some(*role),
        }
    }
}

/// Inputs of conversations alone.
#[derive(Clone, Debug)]
pub enum Own {
    /// The channel's settings, as the directory has them: before the first visitor connects, and when they are newer.
    Rules {
        /// The channel.
        channel: ChannelId,
        /// The settings' version.
        version: u64,
        /// The settings.
        settings: Box<Settings>,
    },
    /// The channel's hours, resolved. Asked for by [`Conversation::wants_hours`].
    Hours(Resolved),
    /// Who is responsible for the contact, as the CRM says.
    Responsible(Option<Face>),
    /// A file that was announced is in the store.
    Stored {
        /// The message that it will be.
        id: MessageId,
        /// What it is, by its first bytes.
        kind: crate::file::Kind,
    },
    /// For whom a site vouches here.
    Verified(Verified),
    /// Another conversation that the same browser has opened.
    Linked(Linked),
    /// The channel takes no new sessions until then: too many have come.
    Paused(Timestamp),
}

/// Stored entries that a socket wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// A link to a file, which the shell signs.
    Link(crate::file::Link),
    /// Those after a cursor: all, unless they are too many, then the last page.
    After {
        /// For which side.
        side: Side,
        /// The last entry that the reader holds.
        cursor: Seq,
    },
    /// The page before an entry.
    Before {
        /// For which side.
        side: Side,
        /// The first entry that the reader holds.
        before: Seq,
    },
}
