//! When operators are there: shifts, short breaks and lost connections.

use super::router::{Event, Operator};
use crate::random::Random;
use shared::time::{Millis, Timestamp};

/// How many of a hundred are on duty in each hour.
const ON_DUTY: [u64; 24] =
    [40, 40, 40, 40, 40, 44, 56, 72, 88, 100, 100, 100, 96, 100, 100, 100, 96, 90, 84, 78, 70, 60, 50, 44];

/// Who works when, and who is there.
#[derive(Debug)]
pub(super) struct Shifts {
    operators: Operator,
}

impl Shifts {
    pub(super) const fn new(operators: Operator) -> Self {
        Self { operators }
    }

    /// Whether an operator is on duty: those of each hour are others than those of the hour before, by a tenth.
    pub(super) fn works(&self, operator: Operator, hour: u64) -> bool {
        let all = u64::from(self.operators);
        let place = (u64::from(operator) + hour * all / 10) % all.max(1);
        // Into the next day for those whose sessions are not over.
        let of_hundred = ON_DUTY.get((hour % 24) as usize).copied().unwrap_or_default();
        place * 100 < of_hundred * all
    }

    /// What operators do over a day and the night after it, whatever happens.
    pub(super) fn events(&self, begin: Timestamp) -> impl Iterator<Item = (Timestamp, Event)> + '_ {
        (0..48).flat_map(move |hour| {
            (0..self.operators)
                .flat_map(move |operator| self.hour(begin + Millis::hours(hour), operator, hour))
        })
    }

    fn hour(&self, begin: Timestamp, operator: Operator, hour: u64) -> Vec<(Timestamp, Event)> {
        let mut chance = Random::new(hour << 32 | u64::from(operator));
        let mut events = Vec::new();
        let mut add = |minute: u64, second: u64, online, available| {
            let at = begin + Millis::minutes(minute) + Millis::seconds(second);
            events.push((at, Event::Presence { operator, online, available }));
        };
        let (before, now) = (hour > 0 && self.works(operator, hour - 1), self.works(operator, hour));
        let second = chance.below(60);
        match (before, now) {
            (false, true) => add(chance.below(5), second, true, true),
            (true, false) => {
                // No new sessions, then home.
                add(chance.below(5), second, true, false);
                add(15, second, false, false);
            }
            (true, true) if chance.below(100) < 5 => {
                let (minute, length) = (chance.between(20, 50), chance.between(20, 240));
                add(minute, 0, false, true);
                add(minute, length, true, true);
            }
            (true, true) if chance.below(100) < 20 => {
                let minute = chance.between(20, 40);
                add(minute, second, true, false);
                add(minute + 10, second, true, true);
            }
            (true, true) | (false, false) => {}
        }
        events
    }
}
