//! Why a session is where it is: the rule that decided, who won, who came next, and how many could not take it.

use crate::id::OperatorId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What decided where a session went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Why {
    /// When it was decided.
    pub at: Timestamp,
    /// The rule.
    pub rule: Rule,
    /// Who got it; none while it waits or is shown to everyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winner: Option<Candidate>,
    /// Those who would have been next, best first; at most [`crate::limits::CANDIDATES_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Candidate>,
    /// How many members could not take it, and why.
    #[serde(default)]
    pub excluded: Excluded,
}

/// A rule of placing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The person responsible for the contact comes first.
    Responsible,
    /// The lowest load, then the longest since the last session, then the order of the members.
    Evenly,
    /// The first in the order of the members.
    InOrder,
    /// Shown to every eligible member: the first to accept has it.
    Everyone,
    /// Somebody handed it over.
    Transferred {
        /// Who did.
        by: String,
        /// Whether the new owner has more sessions than the limit now.
        over_limit: bool,
    },
    /// Somebody took it over.
    Intercepted,
    /// Somebody opened it again.
    Reopened,
    /// Nobody could take it: it waits.
    NobodyFree,
}

/// Somebody who can take a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Candidate {
    /// Who.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// How many sessions counted against them just before.
    pub load: u32,
}

/// Members who could not take a session, counted by the first reason that applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Excluded {
    /// They were offline.
    pub offline: u32,
    /// They were on a break.
    pub on_break: u32,
    /// They had as many sessions as the limit allows.
    pub full: u32,
    /// They had skipped it or let its offer pass in this round.
    pub tried: u32,
}

/// Whether a member can take a session now, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They can.
    Ready,
    /// They are offline.
    Offline,
    /// They are on a break.
    OnBreak,
    /// They have as many sessions as the limit allows.
    Full,
    /// The channel is switched off.
    ChannelClosed,
}
