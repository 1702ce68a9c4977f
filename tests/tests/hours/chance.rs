//! Schedules and moments by chance, most of them near a change of clocks.

use crate::world::{NAMES, World, jiff_of, ours};
use serde::Serialize;
use shared::hours::{Date, DaySpan, Exception, HORIZON, Hours, Interval, resolve};
use shared::time::{Millis, Timestamp};
use std::collections::BTreeSet;

/// A schedule, its reader, and the times at which it is asked whether it is open.
#[derive(Debug, Serialize)]
pub(crate) struct Case {
    pub(crate) hours: Hours,
    pub(crate) reader: Option<String>,
    /// The first is when it is resolved; the others are within its horizon.
    pub(crate) asked: Vec<Timestamp>,
}

/// So many cases, the same for the same seed.
pub(crate) fn cases(seed: u64, count: usize, world: &World) -> Vec<Case> {
    let changes = NAMES.map(|name| changes(world, name));
    let mut chance = Chance(seed);
    (0..count).map(|_| chance.case(world, &changes)).collect()
}

/// 2000-01-01 to 2037-01-01.
const YEARS: core::ops::Range<u64> = 946_684_800_000..2_114_380_800_000;

fn changes(world: &World, name: &str) -> Vec<Timestamp> {
    let all = world.zone(name).following(jiff_of(Timestamp(YEARS.start)));
    all.map(|change| ours(change.timestamp())).take_while(|at| at.0 < YEARS.end).collect()
}

const MINUTE: u64 = 60_000;
const DAY: u64 = 1440;

/// SplitMix64.
struct Chance(u64);

impl Chance {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    const fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn small(&mut self, bound: u16) -> u16 {
        u16::try_from(self.below(bound.into())).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    /// A time at most so many minutes away.
    const fn near(&mut self, at: Timestamp, minutes: u64) -> Timestamp {
        Timestamp((at.0 - minutes * MINUTE).saturating_add(self.below(2 * minutes * MINUTE)))
    }

    fn case(&mut self, world: &World, changes: &[Vec<Timestamp>]) -> Case {
        let index = usize::try_from(self.below(NAMES.len() as u64)).unwrap();
        let (zone, changes) = (NAMES[index], &changes[index]);
        let pivot = if changes.is_empty() || self.one_in(4) {
            Timestamp(YEARS.start + self.below(YEARS.end - YEARS.start))
        } else {
            self.pick(changes)
        };
        let now = Timestamp(self.near(pivot, 9 * DAY).0 - 8 * DAY * MINUTE);
        let week = self.week();
        let exceptions = if self.one_in(3) { Vec::new() } else { self.exceptions(world, zone, pivot, now) };
        let hours = Hours { zone: zone.to_owned(), week, exceptions };
        assert_eq!(hours.errors(""), [], "{hours:?}");
        let reader = match self.below(8) {
            0 => None,
            1 => Some("Nowhere/Land".to_owned()),
            _ => Some(self.pick(&NAMES).to_owned()),
        };
        let asked = self.asked(world, &hours, now, pivot);
        Case { hours, reader, asked }
    }

    /// Times near the change, and at the very ends of spans.
    fn asked(&mut self, world: &World, hours: &Hours, now: Timestamp, pivot: Timestamp) -> Vec<Timestamp> {
        let spans = resolve(hours, None, world, now).unwrap().spans.unwrap();
        let ends: Vec<_> = spans.iter().flat_map(|span| [span.from, span.to]).collect();
        let mut asked = vec![now];
        for _ in 0..4 {
            let later =
                if self.one_in(2) { self.near(pivot, DAY) } else { now + Millis(self.below(HORIZON.0 + 1)) };
            asked.push(later);
        }
        for _ in 0..ends.len().min(3) {
            let end = self.pick(&ends);
            asked.push(self.pick(&[end - Millis(1), end, end + Millis(1)]));
        }
        asked.retain(|at| (now..=now + HORIZON).contains(at));
        asked
    }

    fn week(&mut self) -> Vec<Interval> {
        let daily = |days, start, end| (0..days).map(|day| Interval { day, start, end }).collect();
        match self.below(8) {
            0 => [daily(5, 9 * 60, 12 * 60), daily(5, 14 * 60, 18 * 60)].concat(),
            1 => daily(self.pick(&[5, 6, 7]), 22 * 60, 6 * 60),
            2 => daily(self.pick(&[5, 6, 7, 7]), 0, 1440),
            3 if self.one_in(2) => Vec::new(),
            _ => (0..=self.below(9)).map(|_| self.interval()).collect(),
        }
    }

    fn interval(&mut self) -> Interval {
        let DaySpan { start, end } = self.span();
        Interval { day: self.pick(&[0, 1, 2, 3, 4, 5, 5, 6, 6, 6]), start, end }
    }

    /// Most begin or end when clocks are changed: in the first hours of a day, or around midnight.
    fn span(&mut self) -> DaySpan {
        loop {
            let start = match self.below(4) {
                0 => self.small(1440),
                1 => 1380 + self.small(60),
                _ => self.small(20) * 15,
            };
            let end = match self.below(5) {
                0 => self.small(1441),
                1 => 1440,
                2 => self.small(20) * 15,
                _ => (start + 1 + self.small(120)) % 1441,
            };
            if start != end {
                return DaySpan { start, end };
            }
        }
    }

    fn exceptions(&mut self, world: &World, zone: &str, pivot: Timestamp, now: Timestamp) -> Vec<Exception> {
        let mut near = Vec::new();
        if self.one_in(4) {
            let first = self.near(now, 5 * DAY) + Millis(7 * DAY * MINUTE);
            let days = self.pick(&[3, 10, 20, 70, 199]);
            near.extend((0..days).map(|day| (first + Millis::days(day), true)));
        }
        for _ in 0..self.below(8) {
            let within = self.pick(&[2, 2, 10]) * DAY;
            near.push((self.near(pivot, within), self.one_in(2)));
        }
        let mut dates = BTreeSet::new();
        let mut exceptions = Vec::new();
        for (at, closed) in near {
            let date = world.zone(zone).to_datetime(jiff_of(at)).date();
            let small = |number: i8| u8::try_from(number).unwrap();
            let year = u16::try_from(date.year()).unwrap();
            let year = (!self.one_in(4)).then_some(if self.one_in(10) { year + 1 } else { year });
            let date = Date { year, month: small(date.month()), day: small(date.day()) };
            let possible = (date.month, date.day) != (2, 29) || year.is_none_or(|year| year % 4 == 0);
            if possible && dates.insert(date) && dates.len() <= 200 {
                let count = if closed { 0 } else { self.below(4) };
                let open = (0..count).map(|_| self.span()).collect();
                exceptions.push(Exception { date, open, label: String::new() });
            }
        }
        exceptions
    }
}
