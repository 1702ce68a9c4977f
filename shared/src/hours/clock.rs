//! The clock on the wall of a time zone.

use super::civil::DAY_SECONDS;
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// Knows the offsets of time zones; the cores do not.
pub trait Zones {
    /// Seconds to add to UTC for local time in `zone` at `at`; none if there is no such zone.
    fn offset_seconds(&self, zone: &str, at: Timestamp) -> Option<i32>;
}

/// No zone is taken to change its clocks and to change them back within so many days: if the offsets at both ends are the same,
/// so are all between. From 1990 to 2037 no zone does it in less than seven (Boa Vista, October 2000).
const CALM_DAYS: i64 = 6;

/// One zone. Asks for few offsets, since each may be dear, and for none twice.
///
/// Points in time and local times are seconds since the epoch here; a local time counts as if its zone were UTC.
pub(super) struct Clock<'a, Z> {
    zones: &'a Z,
    zone: &'a str,
    known: BTreeMap<i64, i64>,
}

impl<'a, Z: Zones> Clock<'a, Z> {
    pub(super) const fn new(zones: &'a Z, zone: &'a str) -> Self {
        Self { zones, zone, known: BTreeMap::new() }
    }

    /// Seconds to add to UTC at `at`; none if there is no such zone.
    pub(super) fn offset(&mut self, at: i64) -> Option<i64> {
        let day = at.div_euclid(DAY_SECONDS);
        let calm = day.div_euclid(CALM_DAYS) * CALM_DAYS;
        for (first, next) in [(calm, calm + CALM_DAYS), (day, day + 1)] {
            let offset = self.ask(first * DAY_SECONDS)?;
            if offset == self.ask(next * DAY_SECONDS)? {
                return Some(offset);
            }
        }
        self.ask(at)
    }

    /// The date at `at`, in days since the epoch.
    pub(super) fn date(&mut self, at: i64) -> Option<i64> {
        Some((at + self.offset(at)?).div_euclid(DAY_SECONDS))
    }

    /// When the clock shows a local time. One that it jumps over is taken as if it had not been changed yet; of one that it shows
    /// twice, the first.
    pub(super) fn when(&mut self, local: i64) -> Option<i64> {
        // No offset is as much as a day, so these are before and after everything that the clock may show as `local`.
        let before = self.offset(local - DAY_SECONDS)?;
        let after = self.offset(local + DAY_SECONDS)?;
        let (early, late) = (local - before, local - after);
        let is_late = self.offset(early)? != before && self.offset(late)? == after;
        Some(if is_late { late } else { early })
    }

    /// Whether the clock ever shows this date (days since the epoch). Samoa had no 30 December 2011.
    pub(super) fn has(&mut self, date: i64) -> Option<bool> {
        let midnight = self.when(date * DAY_SECONDS)?;
        Some(self.date(midnight)? == date)
    }

    fn ask(&mut self, at: i64) -> Option<i64> {
        if let Some(offset) = self.known.get(&at) {
            return Some(*offset);
        }
        let point = Timestamp(u64::try_from(at).unwrap_or(0).saturating_mul(1000));
        let offset = i64::from(self.zones.offset_seconds(self.zone, point)?);
        self.known.insert(at, offset);
        Some(offset)
    }
}
