//! What a desk stores: a row for each session that is not over, and for each member it has heard of.

use crate::api::VersionedSettings;
use crate::id::{Epoch, OperatorId, SessionId};
use crate::note::Face;
use crate::reject::Broken;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The settings and their version.
pub type Versioned = VersionedSettings;

/// One stored value of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// The channel's settings.
    Settings(Versioned),
    /// A member's presence.
    Seat(Seat),
    /// A session that is not over.
    Session(SessionRow),
    /// A session that is over: its row is removed.
    Forgotten(SessionId),
}

/// What the desk knows of a member.
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
}

/// A session, as the desk knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Which.
    pub session: SessionId,
    /// When it arrived: its place in the line, whatever happens to it.
    pub since: Timestamp,
    /// Counts the changes of ownership.
    pub epoch: Epoch,
    /// Where it stands.
    pub place: Place,
    /// Who skipped it or let its offer pass in this round.
    #[serde(default)]
    pub tried: BTreeSet<OperatorId>,
}

/// Where a session stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the line.
    Line {
        /// When those who were tried may be asked again; none while nobody could be.
        next_round: Option<Timestamp>,
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
    },
}

impl SessionRow {
    /// To whom it is offered or who owns it.
    pub const fn holder(&self) -> Option<&Face> {
        match &self.place {
            Place::Line { .. } => None,
            Place::Offered { to, .. } => Some(to),
            Place::Owned { owner } => Some(owner),
        }
    }

    /// When it moves on by itself.
    pub(super) const fn timer(&self) -> Option<Timestamp> {
        match &self.place {
            Place::Line { next_round } => *next_round,
            Place::Offered { until, .. } => Some(*until),
            Place::Owned { .. } => None,
        }
    }
}

const SETTINGS: &str = "settings";
const SEAT: &str = "seat/";
const SESSION: &str = "session/";

impl crate::core::Record for Record {
    fn key(&self) -> String {
        match self {
            Self::Settings(_) => SETTINGS.into(),
            Self::Seat(seat) => format!("{SEAT}{}", seat.face.id),
            Self::Session(row) => format!("{SESSION}{}", row.session),
            Self::Forgotten(session) => format!("{SESSION}{session}"),
        }
    }

    fn value(&self) -> Option<String> {
        match self {
            Self::Settings(versioned) => serde_json::to_string(versioned).ok(),
            Self::Seat(seat) => serde_json::to_string(seat).ok(),
            Self::Session(row) => serde_json::to_string(row).ok(),
            Self::Forgotten(_) => None,
        }
    }

    fn read(key: &str, value: &str) -> Result<Self, Broken> {
        match key {
            SETTINGS => serde_json::from_str(value).map(Self::Settings),
            _ if key.starts_with(SEAT) => serde_json::from_str(value).map(Self::Seat),
            _ if key.starts_with(SESSION) => serde_json::from_str(value).map(Self::Session),
            _ => return Err(Broken(format!("a desk does not store {key}"))),
        }
        .map_err(|error| Broken(format!("{key}: {error}")))
    }
}
