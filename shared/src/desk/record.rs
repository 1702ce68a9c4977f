//! What a desk stores: a row for each session that is not over, for each operator it hears of, and for each visitor who
//! looks on.

use crate::api::VersionedSettings;
use crate::id::{ConversationId, Epoch, OperatorId, SessionId};
use crate::note::{Face, Standing, Topic};
use crate::reject::Broken;
use crate::time::Timestamp;
use crate::why::Why;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The settings and their version.
pub type Versioned = VersionedSettings;

/// One stored value of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "made and consumed one at a time")]
pub enum Record {
    /// The channel's settings.
    Settings(Box<Versioned>),
    /// An operator's presence.
    Seat(Seat),
    /// An operator who is no longer of interest.
    SeatGone(OperatorId),
    /// A session that is not over.
    Session(SessionRow),
    /// A session that is over: its row is removed.
    Forgotten(SessionId),
    /// A visitor without a session, who is told whether somebody is free until the time given.
    Watcher(ConversationId, Timestamp),
    /// A visitor who looks on no longer.
    WatcherGone(ConversationId),
    /// What those who look on have heard.
    Heard(Heard),
}

/// What visitors who look on have heard of whether somebody is free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// What all of them heard.
    pub available: bool,
    /// Whether somebody who came since has heard otherwise.
    pub uneven: bool,
}

/// What the desk knows of an operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who.
    pub face: Face,
    /// Whether a tab of theirs is open.
    pub online: bool,
    /// Whether they are not on a break.
    pub available: bool,
    /// When a session was last placed with them.
    #[serde(default)]
    pub last_assigned: Timestamp,
    /// How many offers in a row they have let pass.
    #[serde(default)]
    pub missed: u32,
    /// Since when they have been offline.
    #[serde(default)]
    pub away_since: Option<Timestamp>,
    /// Whether that has been longer than the grace: their sessions may move on.
    #[serde(default)]
    pub orphaned: bool,
    /// Not a member: somebody responsible, or who took a session over.
    #[serde(default)]
    pub guest: bool,
    /// Whether nothing was heard of them yet, so that it is only assumed that they are there.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub assumed: bool,
}

impl Seat {
    /// A member of whom nothing was heard yet.
    pub(super) const fn member(face: Face) -> Self {
        Self {
            face,
            online: false,
            available: true,
            last_assigned: Timestamp(0),
            missed: 0,
            away_since: None,
            orphaned: false,
            guest: false,
            assumed: false,
        }
    }

    /// Somebody else of whom nothing was heard yet: whoever took a session over is there, and who is responsible may be.
    pub(super) fn guest(face: Face) -> Self {
        Self { online: true, guest: true, assumed: true, ..Self::member(face) }
    }
}

/// A session, as the desk knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Which.
    pub session: SessionId,
    /// How often it came to a desk before.
    #[serde(default)]
    pub run: u32,
    /// When it arrived: its place in the line, whatever happens to it.
    pub since: Timestamp,
    /// Since when it waits for an owner; of a session that has one, when it last began to wait.
    #[serde(default)]
    pub waiting_since: Timestamp,
    /// Counts the changes of ownership.
    pub epoch: Epoch,
    /// Where it is.
    pub place: Place,
    /// Who skipped it or let its offer pass in this round.
    #[serde(default)]
    pub tried: BTreeSet<OperatorId>,
    /// Where it stands with its owner.
    #[serde(default)]
    pub standing: Standing,
    /// Whether it stays with its owner whatever happens.
    #[serde(default)]
    pub pinned: bool,
    /// Why it is where it is.
    #[serde(default)]
    pub why: Option<Why>,
}

/// Where a session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the line.
    Line {
        /// When those who were tried may be asked again; none while nobody could be.
        next_round: Option<Timestamp>,
        /// Who sees it, where sessions are shown to everyone.
        #[serde(default)]
        shown: BTreeSet<OperatorId>,
    },
    /// Offered.
    Offered {
        /// To whom.
        to: Face,
        /// Until when.
        until: Timestamp,
    },
    /// Owned.
    Owned {
        /// By whom.
        owner: Face,
        /// Whether the conversation was told that the owner has been away for too long.
        #[serde(default)]
        away: bool,
    },
}

impl Place {
    /// The end of the line of those who just came to wait.
    pub(super) const fn line() -> Self {
        Self::Line { next_round: None, shown: BTreeSet::new() }
    }
}

impl SessionRow {
    /// To whom it is offered or who owns it.
    pub const fn holder(&self) -> Option<&Face> {
        match &self.place {
            Place::Line { .. } => None,
            Place::Offered { to, .. } => Some(to),
            Place::Owned { owner, .. } => Some(owner),
        }
    }

    /// Who owns it.
    pub const fn owner(&self) -> Option<&Face> {
        match &self.place {
            Place::Owned { owner, .. } => Some(owner),
            Place::Line { .. } | Place::Offered { .. } => None,
        }
    }

    pub(super) fn topic(&self) -> Topic {
        Topic::of(&self.session, self.run)
    }
}

const SETTINGS: &str = "settings";
const SEAT: &str = "seat/";
const SESSION: &str = "session/";
const WATCHER: &str = "watch/";
const HEARD: &str = "heard";

impl crate::core::Record for Record {
    fn key(&self) -> String {
        match self {
            Self::Settings(_) => SETTINGS.into(),
            Self::Seat(seat) => format!("{SEAT}{}", seat.face.id),
            Self::SeatGone(operator) => format!("{SEAT}{operator}"),
            Self::Session(row) => format!("{SESSION}{}", row.session),
            Self::Forgotten(session) => format!("{SESSION}{session}"),
            Self::Watcher(conversation, _) | Self::WatcherGone(conversation) => {
                format!("{WATCHER}{conversation}")
            }
            Self::Heard(_) => HEARD.into(),
        }
    }

    fn value(&self) -> Option<String> {
        match self {
            Self::Settings(versioned) => serde_json::to_string(versioned).ok(),
            Self::Seat(seat) => serde_json::to_string(seat).ok(),
            Self::Session(row) => serde_json::to_string(row).ok(),
            Self::Watcher(_, until) => serde_json::to_string(until).ok(),
            Self::Heard(heard) => serde_json::to_string(heard).ok(),
            Self::SeatGone(_) | Self::Forgotten(_) | Self::WatcherGone(_) => None,
        }
    }

    fn read(key: &str, value: &str) -> Result<Self, Broken> {
        let broken = |error: serde_json::Error| Broken(format!("{key}: {error}"));
        if key == SETTINGS {
            return serde_json::from_str(value).map(Self::Settings).map_err(broken);
        }
        if key == HEARD {
            return serde_json::from_str(value).map(Self::Heard).map_err(broken);
        }
        if key.starts_with(SEAT) {
            return serde_json::from_str(value).map(Self::Seat).map_err(broken);
        }
        if key.starts_with(SESSION) {
            let mut row: SessionRow = serde_json::from_str(value).map_err(broken)?;
            // Rows of the first version have no such time.
            if row.waiting_since == Timestamp::default() {
                row.waiting_since = row.since;
            }
            return Ok(Self::Session(row));
        }
        if let Some(conversation) = key.strip_prefix(WATCHER) {
            let conversation = conversation.parse().map_err(|error| Broken(format!("{key}: {error}")))?;
            return Ok(Self::Watcher(conversation, serde_json::from_str(value).map_err(broken)?));
        }
        Err(Broken(format!("a desk does not store {key}")))
    }
}
