//! What visitors hear of the desk while they wait or look on: their place, how long it may take, and whether somebody is
//! free. Best effort, and at most every ten seconds.

use super::index::LineKey;
use super::{Desk, Heard, Record};
use crate::core::Effect;
use crate::id::{ConversationId, SessionId};
use crate::note::{Address, Hint};
use crate::time::{Millis, Timestamp, earliest};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How often changes are told.
pub const TOLD_EVERY: Millis = Millis::seconds(10);
/// How long a visitor who looks on is told of changes without a new word from them.
pub(super) const WATCHED_FOR: Millis = Millis::hours(1);
/// Up to here each place is told exactly.
const EXACT: u32 = 20;
/// Beyond, only which of these has been passed.
const TIERS: [u32; 6] = [20, 50, 100, 200, 500, MOST];
/// Behind this one nobody hears of a change.
const MOST: u32 = 1000;
/// So many of the last ones served tell how fast the line moves.
const SERVED_MAX: usize = 20;
/// Fewer than these tell nothing.
const SERVED_MIN: usize = 3;

/// A place as it is told: exactly, or as later than the number.
type Place = (u32, bool);

/// What was told, and what has to be.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Those shown to everyone when that was last looked at.
    pub(super) window: BTreeSet<LineKey>,
    /// What those heard who are among the first, and those who came since all were told.
    places: BTreeMap<LineKey, Place>,
    places_at: Option<Timestamp>,
    places_due: Option<Timestamp>,
    entered: Vec<SessionId>,
    served: VecDeque<Timestamp>,
    /// Stored: a change may be held back for longer than the desk is awake.
    pub(super) heard: Heard,
    available_at: Option<Timestamp>,
    available_due: Option<Timestamp>,
}

impl Told {
    pub(super) fn due(&self) -> Option<Timestamp> {
        earliest(self.places_due, self.available_due)
    }

    /// Who may see the session has to be worked out anew.
    pub(super) fn reshow(&mut self, session: &SessionId) {
        self.window.retain(|(_, shown)| shown != session);
    }

    pub(super) fn entered(&mut self, session: SessionId) {
        self.entered.push(session);
    }

    pub(super) fn served(&mut self, now: Timestamp) {
        self.served.push_back(now);
        if self.served.len() > SERVED_MAX {
            self.served.pop_front();
        }
    }

    /// How long the one at `place` will wait if the line goes on as it did until now. A line that stands still makes it
    /// longer.
    fn wait(&self, now: Timestamp, place: u32) -> Option<Millis> {
        let first = *self.served.front().filter(|_| self.served.len() >= SERVED_MIN)?;
        let each = now.since(first).0 / self.served.len() as u64;
        let minute = Millis::minutes(1).0;
        Some(Millis((each * u64::from(place)).div_ceil(minute).max(1) * minute))
    }
}

/// When the next word may be told; none for now. A clock that jumped back silences nobody.
fn may_tell_at(now: Timestamp, last: Option<Timestamp>) -> Option<Timestamp> {
    last.filter(|at| *at <= now).map(|at| at + TOLD_EVERY).filter(|due| *due > now)
}

fn tier(place: u32) -> Place {
    if place <= EXACT {
        return (place, false);
    }
    (TIERS.into_iter().rev().find(|tier| *tier < place).unwrap_or(EXACT), true)
}

impl Desk {
    pub(super) fn tell_places(&mut self, now: Timestamp) {
        if !self.rules().is_some_and(|settings| settings.automatic.waiting_notice) {
            self.told.places_due = None;
            self.told.entered.clear();
            return;
        }
        self.tell_those_who_came(now);
        if !core::mem::take(&mut self.index.line_changed) && self.told.places_due.is_none_or(|due| due > now)
        {
            return;
        }
        let due = may_tell_at(now, self.told.places_at);
        self.told.places_due = due;
        if due.is_none() {
            self.told.places_at = Some(now);
            self.tell_all_places(now);
        }
    }

    /// Who has just come is told at once.
    fn tell_those_who_came(&mut self, now: Timestamp) {
        for session in core::mem::take(&mut self.told.entered) {
            let Some(since) = self.sessions.get(&session).map(|row| row.since) else { continue };
            let key = (since, session);
            if self.index.line.contains(&key) {
                let place = self.place_of(&key);
                self.mention_place(now, key, place);
            }
        }
    }

    /// Counted from the nearer end, and not further than matters.
    fn place_of(&self, key: &LineKey) -> Place {
        let line = &self.index.line;
        let (mut ahead, mut behind) = (line.range(..key), line.range(key..));
        let counted = (0..MOST).find_map(|steps| match (ahead.next(), behind.next()) {
            (None, _) => Some(steps),
            (Some(_), None) => Some(u32::try_from(line.len()).unwrap_or(u32::MAX).saturating_sub(steps)),
            (Some(_), Some(_)) => None,
        });
        tier(counted.unwrap_or(MOST).saturating_add(1))
    }

    /// Those at the front hear of their place if it is not the one that they last heard of. The line and what was told have
    /// the same order, so the two are walked together.
    fn tell_all_places(&mut self, now: Timestamp) {
        let mut line = self.index.line.iter().zip(1..=MOST).peekable();
        let mut changed = Vec::new();
        self.told.places.retain(|key, told| {
            while let Some((came, place)) = line.next_if(|(next, _)| *next < key) {
                changed.push((came.clone(), tier(place)));
            }
            let Some((_, place)) = line.next_if(|(next, _)| *next == key) else { return false };
            let is = tier(place);
            if *told != is {
                changed.push((key.clone(), is));
            }
            true
        });
        changed.extend(line.map(|(came, place)| (came.clone(), tier(place))));
        for (key, place) in changed {
            self.mention_place(now, key, place);
        }
    }

    fn mention_place(&mut self, now: Timestamp, key: LineKey, (place, beyond): Place) {
        let (wait, session) = (self.told.wait(now, place), key.1.clone());
        self.told.places.insert(key, (place, beyond));
        let to = Address::Conversation(session.conversation.clone());
        self.effects.push_back(Effect::Mention { to, hint: Hint::Place { session, place, beyond, wait } });
    }

    /// Visitors who look on hear whether somebody is free, when that changes.
    pub(super) fn tell_availability(&mut self, now: Timestamp) {
        let right = Heard { available: self.is_available(), uneven: false };
        if self.told.heard == right {
            self.told.available_due = None;
            return;
        }
        let due = may_tell_at(now, self.told.available_at);
        self.told.available_due = due;
        if due.is_none() {
            self.hears(right);
            self.told.available_at = Some(now);
            self.forget_old_watchers(now);
            for conversation in self.watchers.keys().cloned().collect::<Vec<_>>() {
                self.mention_availability(&conversation);
            }
        }
    }

    pub(super) fn mention_availability(&mut self, conversation: &ConversationId) {
        let now = self.is_available();
        let Heard { available, uneven } = self.told.heard;
        self.hears(Heard { available, uneven: uneven || now != available });
        let hint = Hint::Available { channel: self.channel.clone(), now };
        self.effects.push_back(Effect::Mention { to: Address::Conversation(conversation.clone()), hint });
    }

    fn hears(&mut self, heard: Heard) {
        if self.told.heard != heard {
            self.told.heard = heard;
            self.persist(Record::Heard(heard));
        }
    }

    pub(super) fn forget_old_watchers(&mut self, now: Timestamp) {
        let old: Vec<_> =
            self.watchers.iter().filter(|(_, until)| **until <= now).map(|(id, _)| id.clone()).collect();
        for conversation in old {
            self.watchers.remove(&conversation);
            self.persist(Record::WatcherGone(conversation));
        }
    }
}
