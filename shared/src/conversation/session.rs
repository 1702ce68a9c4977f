//! A session: from the first message to its end. What is stored of it, and the table of the ways it can go.

use super::Told;
use crate::id::{ChannelId, Epoch, OperatorId};
use crate::note::{Face, Standing};
use crate::rating::Given;
use crate::time::{Millis, Timestamp};
use crate::why::Why;
use crate::wire::Ending;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One episode of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// 1 for the first.
    pub number: u32,
    /// How often it came to a desk before: it was reopened, or transferred to another channel.
    #[serde(default)]
    pub run: u32,
    /// When its first message came.
    pub since: Timestamp,
    /// The last ownership that the desk told.
    pub epoch: Epoch,
    /// Where it stands.
    pub phase: Phase,
    /// The channel that it was transferred to.
    #[serde(default)]
    pub channel: Option<ChannelId>,
    /// Who was told of it in this run: they hear of its end.
    #[serde(default)]
    pub told: Told,
    /// Who has a row of it now.
    #[serde(default)]
    pub rows: Told,
    /// In whose inboxes it stays as missed.
    #[serde(default)]
    pub heirs: Told,
    /// Who takes part beside the owner: their names.
    #[serde(default)]
    pub joined: BTreeMap<OperatorId, String>,
    /// Since when the visitor waits for an answer.
    #[serde(default)]
    pub awaiting_since: Option<Timestamp>,
    /// Since when the visitor is silent after an answer.
    #[serde(default)]
    pub silence: Option<Silence>,
    /// Whether the owner has answered.
    #[serde(default)]
    pub replied: bool,
    /// Where the desk believes it stands with its owner.
    #[serde(default)]
    pub standing: Standing,
    /// Whether it neither closes nor moves on by itself.
    #[serde(default)]
    pub pinned: bool,
    /// Whether the desk said that the owner has been away for too long.
    #[serde(default)]
    pub away: bool,
    /// Whether the visitor was told that the channel is closed, and no operator has written since.
    #[serde(default)]
    pub off_hours_told: bool,
    /// Whether what happens when nobody answers has happened.
    #[serde(default)]
    pub no_answer_done: bool,
    /// Whether the visitor was asked how they can be reached.
    #[serde(default)]
    pub form: Form,
    /// Whether the start form is still to be filled in, where it comes after the first message.
    #[serde(default)]
    pub start_form: bool,
    /// Why it is where it is.
    #[serde(default)]
    pub why: Option<Why>,
    /// How many files were sent in it.
    #[serde(default)]
    pub files: u32,
}

/// Since when a visitor is silent, and how often they were reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The operator's last reply.
    pub since: Timestamp,
    /// How many reminders were sent.
    pub reminded: u32,
}

/// Whether a visitor was asked how they can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// They were not.
    #[default]
    Off,
    /// They were, outside of working hours.
    OffHours,
    /// They were, because nobody answered.
    NoAnswer,
    /// They have answered.
    Given,
}

/// Where a session stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nobody has accepted it.
    Waiting {
        /// To whom it is offered.
        offer: Option<Offer>,
        /// Where it stands in the line, as last heard.
        #[serde(default)]
        spot: Option<Spot>,
        /// To whom it is shown, where sessions are shown to everyone.
        #[serde(default)]
        shown: Told,
        /// Who opened it again, and will own it.
        #[serde(default)]
        claim: Option<Face>,
    },
    /// It has an owner.
    Active {
        /// Who.
        owner: Face,
    },
    /// It is closed, and a message of the visitor resumes it.
    Closing {
        /// Who owned it and will own it again.
        owner: Face,
        /// Until when.
        until: Timestamp,
        /// What closed it.
        by: Ending,
    },
    /// It has ended.
    Ended {
        /// When.
        at: Timestamp,
        /// Who owned it then.
        owner: Option<Face>,
        /// What ended it.
        #[serde(default = "by_operator")]
        by: Ending,
        /// The rating, as the first version stored it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rating: Option<Given>,
    },
}

const fn by_operator() -> Ending {
    Ending::Operator
}

/// A place in the line, as last heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// 1 for the next to be served.
    pub place: u32,
    /// Whether the place is a later one than `place`.
    pub beyond: bool,
    /// How long it will take, if that can be said.
    pub wait: Option<Millis>,
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// To whom.
    pub to: Face,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// The kinds of phases, as the table of transitions and the diagram in `docs/routing.md` name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Before the first message.
    None,
    /// In the line, or offered, or shown to everyone.
    Waiting,
    /// With an owner.
    Active,
    /// Closed, and may be resumed.
    Closing,
    /// Over.
    Ended,
    /// Over, and nobody had accepted it.
    Missed,
}

/// Every way from one phase to another, and what takes it. The simulation checks that there is no other, and that each is
/// taken.
pub const TRANSITIONS: &[(Kind, Kind, &str)] = &[
    (Kind::None, Kind::Waiting, "the visitor writes"),
    (Kind::Waiting, Kind::Active, "an operator accepts, takes over, or reopened it"),
    (Kind::Waiting, Kind::Missed, "it is given up, or the visitor ends it"),
    (Kind::Waiting, Kind::Ended, "it is spam"),
    (Kind::Active, Kind::Waiting, "it moves on"),
    (Kind::Active, Kind::Closing, "an operator closes it, or the visitor is silent for long"),
    (Kind::Active, Kind::Ended, "the visitor ends it, it is spam, or there is no closing period"),
    (Kind::Closing, Kind::Active, "the visitor or the owner writes"),
    (Kind::Closing, Kind::Ended, "the closing period is over, or the visitor ends it"),
    (Kind::Ended, Kind::Waiting, "the visitor writes (the next session), or an operator reopens it"),
    (Kind::Missed, Kind::Waiting, "the visitor writes (the next session), or an operator answers"),
];

impl Phase {
    /// Nobody has it yet.
    pub(super) const fn waiting() -> Self {
        Self::Waiting { offer: None, spot: None, shown: Told::new(), claim: None }
    }

    /// Which kind it is of.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Waiting { .. } => Kind::Waiting,
            Self::Active { .. } => Kind::Active,
            Self::Closing { .. } => Kind::Closing,
            Self::Ended { owner: None, by: Ending::GivenUp | Ending::Visitor, .. } => Kind::Missed,
            Self::Ended { .. } => Kind::Ended,
        }
    }
}

impl Session {
    /// Whether its desk has it: it waits, has an owner, or may be resumed.
    pub const fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Ended { .. })
    }

    /// Whether it ended unaccepted, and its desk has not said yet in whose inboxes it stays.
    pub(super) fn heirs_are_due(&self) -> bool {
        self.phase.kind() == Kind::Missed && self.heirs.is_empty()
    }

    /// Whether it waits or has an owner.
    pub const fn goes_on(&self) -> bool {
        matches!(self.phase, Phase::Waiting { .. } | Phase::Active { .. })
    }

    /// Who owns it, also while it is closed but may be resumed.
    pub const fn owner(&self) -> Option<&Face> {
        match &self.phase {
            Phase::Active { owner } | Phase::Closing { owner, .. } => Some(owner),
            Phase::Waiting { .. } | Phase::Ended { .. } => None,
        }
    }

    /// Whether `operator` owns it.
    pub fn is_owned_by(&self, operator: &OperatorId) -> bool {
        self.owner().is_some_and(|owner| owner.id == *operator)
    }

    /// Whether `operator` may write in it: they own it, have joined it, or a reply of theirs would accept or reopen it.
    pub fn takes_part(&self, operator: &OperatorId) -> bool {
        self.is_owned_by(operator)
            || self.joined.contains_key(operator)
            || self.is_for(operator)
            || self.heirs.contains(operator)
    }

    /// Whether a reply of `operator` would accept it: it is offered or shown to them, or they opened it again.
    pub fn is_for(&self, operator: &OperatorId) -> bool {
        match &self.phase {
            Phase::Waiting { offer, shown, claim, .. } => {
                offer.as_ref().is_some_and(|offer| offer.to.id == *operator)
                    || shown.contains(operator)
                    || claim.as_ref().is_some_and(|face| face.id == *operator)
            }
            Phase::Active { .. } | Phase::Closing { .. } | Phase::Ended { .. } => false,
        }
    }

    /// Whether `operator` opened it again, and waits for the desk to give it to them.
    pub fn is_claimed_by(&self, operator: &OperatorId) -> bool {
        matches!(&self.phase, Phase::Waiting { claim: Some(face), .. } if face.id == *operator)
    }

    /// Where it stands with its owner.
    pub(super) const fn present_standing(&self) -> Standing {
        match (&self.phase, self.replied, self.awaiting_since) {
            (Phase::Closing { .. }, ..) => Standing::Closing,
            (_, false, _) => Standing::Fresh,
            (_, true, Some(_)) => Standing::Awaiting,
            (_, true, None) => Standing::Answered,
        }
    }
}
