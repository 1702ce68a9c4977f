//! What people do, and how often. Each seed has habits of its own, so that what is rare with one is daily bread with another
//! (swarm testing).

use crate::random::Random;
use shared::time::Millis;

/// What a visitor may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visit {
    Write,
    OpenTab,
    CloseTab,
    End,
    /// In haste: the next session begins while the last is still spoken of.
    EndAndWrite,
    Rate,
    RateFormerly,
    Digit,
    Contact,
    BadContact,
    Typing,
    Read,
    History,
    Nudge,
    SettleRefused,
    Nonsense,
    Flood,
}

/// What somebody who answers may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Accept,
    Skip,
    ClickLate,
    TakeBreak,
    EndBreak,
    OpenInbox,
    CloseInbox,
    InboxNonsense,
    OpenThread,
    OpenAny,
    CloseTab,
    Write,
    Note,
    Close,
    Transfer,
    TransferAway,
    Intercept,
    Join,
    Leave,
    Pin,
    Unpin,
    Spam,
    Reopen,
    Review,
    Outdated,
    Typing,
    Read,
    History,
    SettleRefused,
    Nonsense,
    Nudge,
}

const VISITS: &[(Visit, u64)] = &[
    (Visit::Write, 45),
    (Visit::OpenTab, 4),
    (Visit::CloseTab, 4),
    (Visit::End, 3),
    (Visit::EndAndWrite, 2),
    (Visit::Rate, 7),
    (Visit::RateFormerly, 2),
    (Visit::Digit, 5),
    (Visit::Contact, 4),
    (Visit::BadContact, 1),
    (Visit::Typing, 2),
    (Visit::Read, 4),
    (Visit::History, 2),
    (Visit::Nudge, 3),
    (Visit::SettleRefused, 4),
    (Visit::Nonsense, 2),
    (Visit::Flood, 1),
];

const DEEDS: &[(Deed, u64)] = &[
    (Deed::Accept, 24),
    (Deed::Skip, 4),
    (Deed::ClickLate, 3),
    (Deed::TakeBreak, 1),
    (Deed::EndBreak, 4),
    (Deed::OpenInbox, 3),
    (Deed::CloseInbox, 1),
    (Deed::InboxNonsense, 1),
    (Deed::OpenThread, 20),
    (Deed::OpenAny, 3),
    (Deed::CloseTab, 3),
    (Deed::Write, 32),
    (Deed::Note, 3),
    (Deed::Close, 6),
    (Deed::Transfer, 3),
    (Deed::TransferAway, 2),
    (Deed::Intercept, 2),
    (Deed::Join, 4),
    (Deed::Leave, 3),
    (Deed::Pin, 3),
    (Deed::Unpin, 1),
    (Deed::Spam, 1),
    (Deed::Reopen, 3),
    (Deed::Review, 2),
    (Deed::Outdated, 2),
    (Deed::Typing, 1),
    (Deed::Read, 4),
    (Deed::History, 1),
    (Deed::SettleRefused, 4),
    (Deed::Nonsense, 1),
    (Deed::Nudge, 1),
];

/// How long nothing is done: up to so much, so often.
const PAUSES: &[(Millis, u64)] = &[
    (Millis(400), 620),
    (Millis::seconds(8), 160),
    (Millis::seconds(90), 90),
    (Millis::minutes(10), 70),
    (Millis::minutes(90), 30),
    (Millis::hours(12), 5),
    (Millis::days(3), 1),
];

/// The habits of one seed.
#[derive(Clone, Debug)]
pub(super) struct Habits {
    pub(super) visits: Vec<(Visit, u64)>,
    pub(super) deeds: Vec<(Deed, u64)>,
    pauses: Vec<(Millis, u64)>,
    /// Of 1,000 things, how many visitors do.
    pub(super) visitors: u64,
    /// How often somebody who acts in a thread goes to the one where something happened last, per mille.
    pub(super) crowding: u64,
    /// How often whoever can do something useful does it, rather than anything at all, per mille.
    pub(super) sense: u64,
}

/// Some never, some seldom, some often. What comes first in a list is what makes anything happen at all.
fn swarm<T: Copy>(random: &mut Random, from: &[(T, u64)], always: usize) -> Vec<(T, u64)> {
    let weights = from.iter().enumerate().map(|(index, (what, weight))| {
        let weight = match random.below(6) {
            0 if index >= always => 0,
            0 | 1 => weight.div_ceil(4),
            2..5 => *weight,
            _ => weight * 4,
        };
        (*what, weight)
    });
    weights.collect()
}

impl Habits {
    pub(super) fn of(random: &mut Random) -> Self {
        Self {
            visits: swarm(random, VISITS, 1),
            deeds: swarm(random, DEEDS, 1),
            pauses: swarm(random, PAUSES, 3),
            visitors: random.between(150, 500),
            crowding: random.between(0, 600),
            sense: random.between(600, 950),
        }
    }

    pub(super) fn pause(&self, random: &mut Random) -> Millis {
        let most = random.weighted(&self.pauses).unwrap_or(Millis(400));
        Millis(random.below(most.0))
    }
}
