//! What must hold after every step. The ledger remembers what was stored, and by whose right; the numbers of the rules are
//! those of the invariants of the behaviour.

mod desk;
mod logs;
mod moves;
mod phases;
mod placing;
mod ratings;
mod readers;
mod said;
mod talk;
mod timers;

pub(super) use desk::{Counter, stands_for_one};
pub(super) use talk::Talk;

use super::world::World;
use shared::core::Record;
use shared::desk::SessionRow;
use shared::id::{ChannelId, ConversationId, Epoch, MessageId, OperatorId, SessionId};
use shared::operator::Presence;
use shared::post::{KEY_PREFIX, Row};
use shared::time::Timestamp;
use shared::wire::InboxRow;
use std::collections::{BTreeMap, BTreeSet};

/// What was stored so far, and what was found wrong.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) checks: u64,
    /// How often what happened, to see that a run is not idle.
    pub(super) seen: BTreeMap<String, u64>,
    pub(super) violations: Vec<(&'static str, String)>,
    pub(super) talks: BTreeMap<ConversationId, Box<Talk>>,
    pub(super) counters: BTreeMap<ChannelId, Box<Counter>>,
    /// What the desks said of each ownership, in each run of a session.
    pub(super) rights: BTreeMap<(SessionId, u32, Epoch), Right>,
    /// When each session first came to a desk.
    pub(super) arrivals: BTreeMap<SessionId, Timestamp>,
    /// The ownerships that messages were written in.
    pub(super) written: BTreeMap<MessageId, BTreeSet<Option<Epoch>>>,
    /// What each message says, as it was written.
    pub(super) texts: BTreeMap<MessageId, String>,
    /// Messages that their writers gave up.
    pub(super) discarded: BTreeSet<MessageId>,
    people: BTreeMap<OperatorId, Box<Desktop>>,
}

/// What a desk said of one ownership of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Right {
    pub(super) owner: Option<OperatorId>,
    pub(super) offered: Option<OperatorId>,
    pub(super) shown: BTreeSet<OperatorId>,
}

/// What an operator's object has stored.
#[derive(Clone, Debug, Default)]
struct Desktop {
    presence: Presence,
    rows: BTreeMap<ConversationId, InboxRow>,
    /// When its alarm last rang, and how often at that time.
    rang: (Timestamp, u32),
}

impl Right {
    fn add(&mut self, row: &SessionRow) {
        use shared::desk::Place;
        match &row.place {
            Place::Line { shown, .. } => self.shown.extend(shown.iter().cloned()),
            Place::Offered { to, .. } => self.offered = Some(to.id.clone()),
            Place::Owned { owner, .. } => self.owner = Some(owner.id.clone()),
        }
    }
}

impl Ledger {
    pub(super) const fn is_violated(&self) -> bool {
        !self.violations.is_empty()
    }

    pub(super) fn count(&mut self, what: &str) {
        match self.seen.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                self.seen.insert(what.to_owned(), 1);
            }
        }
    }
}

impl World {
    pub(super) fn check(&mut self, holds: bool, rule: &'static str, words: impl FnOnce() -> String) {
        self.ledger.checks += 1;
        if !holds {
            self.violated(rule, words);
        }
    }

    pub(super) fn violated(&mut self, rule: &'static str, words: impl FnOnce() -> String) {
        let words = words();
        self.story.at(self.now);
        self.story.tell(|| format!("VIOLATED {rule}: {words}"));
        self.ledger.violations.push((rule, words));
    }

    /// What was found wrong, with names for ids.
    pub(super) fn named_violations(&self) -> Vec<(&'static str, String)> {
        self.ledger.violations.iter().map(|(rule, words)| (*rule, self.story.named(words))).collect()
    }

    /// What a turn has stored of the core's own. What was removed has no value.
    fn read_records<R: Record>(&mut self, rows: &[Row]) -> Vec<R> {
        let mut records = Vec::new();
        for (key, value) in rows.iter().filter(|(key, _)| !key.starts_with(KEY_PREFIX)) {
            match value.as_deref().map(|value| R::read(key, value)) {
                Some(Ok(record)) => records.push(record),
                Some(Err(broken)) => self.violated("10: a row cannot be read", || broken.to_string()),
                None => {}
            }
        }
        records
    }
}
