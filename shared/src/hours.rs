//! Working hours. A schedule is written in a zone's local time; what the cores see is a list of open spans.

use crate::limits;
use crate::settings::{FieldCode, FieldError};
use crate::time::{Millis, Timestamp};
use serde::{Deserialize, Serialize};

/// Minutes in a week.
const WEEK_MINUTES: u32 = 7 * 24 * 60;

/// A weekly schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hours {
    /// IANA name, such as `Europe/Paris`.
    pub zone: String,
    /// When the channel is open.
    pub week: Vec<Interval>,
}

/// A stretch of local time in a week. `end` at or before `start` runs into the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// The weekday it starts on: 0 for Monday to 6 for Sunday.
    pub day: u8,
    /// Minutes after midnight, 0 to 1,439.
    pub start: u16,
    /// Minutes after midnight, 0 to 1,440 (`24:00`).
    pub end: u16,
}

impl Hours {
    /// All that is wrong with this schedule. Whether the zone exists is asked of [`Zones`] by whoever has one.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let bad_zone = self.zone.is_empty()
            || self.zone.len() > 64
            || !self
                .zone
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-' | b'+'));
        if bad_zone {
            errors.push(FieldError { field: "hours.zone".into(), code: FieldCode::BadFormat });
        }
        if self.week.len() > limits::WEEK_INTERVALS_MAX {
            errors.push(FieldError { field: "hours.week".into(), code: FieldCode::TooMany });
        }
        for (index, interval) in self.week.iter().enumerate() {
            if interval.day > 6
                || interval.start > 1439
                || interval.end > 1440
                || interval.start == interval.end
            {
                errors.push(FieldError { field: format!("hours.week.{index}"), code: FieldCode::OutOfRange });
            }
        }
        errors
    }
}

/// Knows the offsets of time zones; the cores do not.
pub trait Zones {
    /// Seconds to add to UTC for local time in `zone` at `at`; none if there is no such zone.
    fn offset_seconds(&self, zone: &str, at: Timestamp) -> Option<i32>;
}

/// When a channel is open, resolved to points in time up to a horizon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// Open spans `[from, to)`, in order, apart from each other. None: always open.
    pub spans: Option<Vec<(Timestamp, Timestamp)>>,
}

impl Resolved {
    /// A channel without working hours.
    pub const ALWAYS: Self = Self { spans: None };

    /// Whether the channel is open at `now`.
    pub fn state(&self, now: Timestamp) -> State {
        let Some(spans) = &self.spans else { return State::Always };
        match spans.iter().find(|(_, to)| *to > now) {
            Some((from, to)) if *from <= now => State::Open { until: *to },
            Some((from, _)) => State::Closed { opens: Some(*from) },
            None => State::Closed { opens: None },
        }
    }
}

/// Whether a channel is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has no working hours.
    Always,
    /// It is open.
    Open {
        /// When it closes.
        until: Timestamp,
    },
    /// It is closed.
    Closed {
        /// When it opens next, if that is within the horizon.
        opens: Option<Timestamp>,
    },
}

impl State {
    /// Whether somebody should be there.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed { .. })
    }
}

/// How far ahead a schedule is resolved.
pub const HORIZON: Millis = Millis::days(15);

/// The open spans of `hours` from just before `now` up to [`HORIZON`]; none if the zone is unknown.
///
/// Each interval is laid on each local day in turn and both ends are turned into UTC by themselves, so that a day of 23 or 25
/// hours is right. A local time in a gap is taken as if the clock had not changed yet; in a fold, the first of the two.
pub fn resolve(hours: &Hours, zones: &impl Zones, now: Timestamp) -> Option<Resolved> {
    let day = Millis::days(1).0;
    let local_now = i64::try_from(now.0).ok()? + i64::from(zones.offset_seconds(&hours.zone, now)?) * 1000;
    let today = local_now.div_euclid(i64::try_from(day).ok()?);
    let mut spans = Vec::new();
    for date in today - 2..=today + i64::try_from(HORIZON.0 / day).ok()? {
        // 1970-01-01 was a Thursday.
        let weekday = (date + 3).rem_euclid(7);
        for interval in hours.week.iter().filter(|interval| i64::from(interval.day) == weekday) {
            let start = i64::from(interval.start);
            let end = i64::from(interval.end) + if interval.end <= interval.start { 24 * 60 } else { 0 };
            debug_assert!(end - start <= i64::from(WEEK_MINUTES));
            let from = to_utc(date, start, &hours.zone, zones)?;
            let to = to_utc(date, end, &hours.zone, zones)?;
            if to > from && to > now {
                spans.push((from, to));
            }
        }
    }
    spans.sort_unstable();
    Some(Resolved { spans: Some(join(spans)) })
}

/// Local `minutes` after midnight of `date` (days since the epoch) in UTC.
fn to_utc(date: i64, minutes: i64, zone: &str, zones: &impl Zones) -> Option<Timestamp> {
    let local = (date * 24 * 60 + minutes) * 60;
    let at = |offset: i32| u64::try_from((local - i64::from(offset)) * 1000).ok().map(Timestamp);
    let before = zones.offset_seconds(zone, at(0)? - Millis::days(1))?;
    let after = zones.offset_seconds(zone, at(0)? + Millis::days(1))?;
    let early = at(before)?;
    if zones.offset_seconds(zone, early)? == before {
        return Some(early);
    }
    let late = at(after)?;
    Some(if zones.offset_seconds(zone, late)? == after { late } else { early })
}

fn join(spans: Vec<(Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// UTC+1, and +2 from 2026-03-29 01:00 UTC to 2026-10-25 01:00 UTC, as in Paris.
    struct Paris;
    impl Zones for Paris {
        fn offset_seconds(&self, zone: &str, at: Timestamp) -> Option<i32> {
            (zone == "Europe/Paris").then(|| {
                let summer = (1_774_746_000_000..1_792_890_000_000).contains(&at.0);
                if summer { 7200 } else { 3600 }
            })
        }
    }

    fn paris(week: Vec<Interval>) -> Hours {
        Hours { zone: "Europe/Paris".into(), week }
    }

    #[test]
    fn open_and_closed_follow_the_week() {
        // 2026-11-23 is a Monday; 08:00 UTC is 09:00 in Paris.
        let monday_9 = Timestamp(1_795_420_800_000);
        let hours = paris(vec![Interval { day: 0, start: 9 * 60, end: 18 * 60 }]);
        let resolved = resolve(&hours, &Paris, monday_9 - Millis::hours(5)).unwrap();
        assert_eq!(resolved.state(monday_9 - Millis(1)), State::Closed { opens: Some(monday_9) });
        assert_eq!(resolved.state(monday_9), State::Open { until: monday_9 + Millis::hours(9) });
        assert_eq!(
            resolved.state(monday_9 + Millis::hours(9)),
            State::Closed { opens: Some(monday_9 + Millis::days(7)) }
        );
    }

    #[test]
    fn the_night_of_the_change_is_an_hour_shorter_and_an_hour_longer() {
        let night = |saturday_22: u64| {
            let hours = paris(vec![Interval { day: 5, start: 22 * 60, end: 6 * 60 }]);
            let resolved = resolve(&hours, &Paris, Timestamp(saturday_22)).unwrap();
            match resolved.state(Timestamp(saturday_22)) {
                State::Open { until } => until.since(Timestamp(saturday_22)),
                other => panic!("{other:?}"),
            }
        };
        // 21:00 UTC on Saturday 2026-03-28, and 20:00 UTC on Saturday 2026-10-24.
        assert_eq!(night(1_774_731_600_000), Millis::hours(7));
        assert_eq!(night(1_792_872_000_000), Millis::hours(9));
    }

    #[test]
    fn neighbouring_intervals_are_one_span() {
        let hours = paris((0..7).map(|day| Interval { day, start: 0, end: 1440 }).collect());
        let now = Timestamp(1_795_420_800_000);
        assert_eq!(resolve(&hours, &Paris, now).unwrap().spans.unwrap().len(), 1);
    }

    #[test]
    fn an_unknown_zone_is_not_guessed() {
        let hours = Hours { zone: "Mars/Olympus".into(), week: vec![] };
        assert_eq!(resolve(&hours, &Paris, Timestamp(0)), None);
        assert!(hours.errors().is_empty());
    }
}
