//! From a schedule to points in time.

use super::civil::{Civil, DAY_SECONDS, weekday};
use super::clock::{Clock, Zones};
use super::{DaySpan, Exception, Hours, Open, Resolved};
use crate::time::{Millis, Timestamp};

/// How long after its making a [`Resolved`] is right.
pub const HORIZON: Millis = Millis::days(HORIZON_DAYS.unsigned_abs());
/// How far ahead the next opening is looked for. More than a year, so that one day of every year is found.
pub const LOOK_AHEAD: Millis = Millis::days(LOOK_AHEAD_DAYS.unsigned_abs());

const HORIZON_DAYS: i64 = 15;
const LOOK_AHEAD_DAYS: i64 = 400;
const DAY_MINUTES: i64 = 24 * 60;

/// When a channel with these hours is open, for a reader in a zone of their own; none if the channel's zone is unknown. If the
/// reader's is, or none is given, their local time is the channel's.
///
/// Each stretch is laid on each local date in turn and both its ends are turned into UTC by themselves, so that a day of 23 or 25
/// hours is right. A local time in a gap is taken as if the clock had not changed yet; in a fold, the first of the two. On a
/// date that a zone skips nothing starts.
///
/// The spans go on to the first that ends after [`HORIZON`], if there is one within [`LOOK_AHEAD`]: until the horizon nobody who
/// is told that the channel is closed goes without the next opening.
pub fn resolve(hours: &Hours, reader: Option<&str>, zones: &impl Zones, now: Timestamp) -> Option<Resolved> {
    let mut clock = Clock::new(zones, &hours.zone);
    let today = clock.date(seconds(now))?;
    let mut spans = Vec::new();
    let mut reach = 0;
    // A night that began the day before yesterday goes on today if the zone has skipped yesterday.
    for date in today - 2..=today + LOOK_AHEAD_DAYS {
        // Looked at before a date is laid, so that one more is: where clocks jump over midnight, the later date may open first.
        let enough = date > today + HORIZON_DAYS && reach > seconds(now + HORIZON);
        for (from, to) in laid(hours, date, &mut clock)? {
            if to > from && to > seconds(now) {
                spans.push((from, to));
                reach = reach.max(to);
            }
        }
        if enough {
            break;
        }
    }
    spans.sort_unstable();
    Some(Resolved { spans: Some(for_reader(join(spans), reader, &mut clock, zones, now)?) })
}

/// What starts on `date` (days since the epoch), in seconds since the epoch.
fn laid(hours: &Hours, date: i64, clock: &mut Clock<impl Zones>) -> Option<Vec<(i64, i64)>> {
    let exception = hours.exception(date);
    let stretches: Vec<_> = match exception {
        Some(exception) => exception.open.iter().map(|span| span.minutes()).collect(),
        None => hours.of_weekday(weekday(date)).map(DaySpan::minutes).collect(),
    };
    if stretches.is_empty() || !clock.has(date)? {
        return Some(Vec::new());
    }
    let mut laid = Vec::new();
    for (start, mut end) in stretches {
        if exception.is_none() && end > DAY_MINUTES && hours.is_closed(date_after(date, clock)?) {
            end = DAY_MINUTES;
        }
        let mut when = |minutes: i64| clock.when(date * DAY_SECONDS + minutes * 60);
        laid.push((when(start)?, when(end)?));
    }
    Some(laid)
}

fn date_after(date: i64, clock: &mut Clock<impl Zones>) -> Option<i64> {
    Some(if clock.has(date + 1)? { date + 1 } else { date + 2 })
}

impl Hours {
    /// What is said of a date (days since the epoch) in place of the week.
    fn exception(&self, date: i64) -> Option<&Exception> {
        let civil = Civil::from_days(date);
        let of_date = self.exceptions.iter().filter(|exception| exception.date.is(civil));
        of_date.min_by_key(|exception| exception.date.year.is_none())
    }

    fn is_closed(&self, date: i64) -> bool {
        self.exception(date).is_some_and(|exception| exception.open.is_empty())
    }

    fn of_weekday(&self, weekday: i64) -> impl Iterator<Item = DaySpan> {
        let starts = self.week.iter().filter(move |interval| i64::from(interval.day) == weekday);
        starts.map(|interval| DaySpan { start: interval.start, end: interval.end })
    }
}

impl DaySpan {
    /// From when to when, in minutes after the midnight that its date begins with.
    fn minutes(self) -> (i64, i64) {
        let start = i64::from(self.start).min(DAY_MINUTES - 1);
        let end = i64::from(self.end).min(DAY_MINUTES);
        (start, if end <= start { end + DAY_MINUTES } else { end })
    }
}

fn join(spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

fn for_reader<Z: Zones>(
    spans: Vec<(i64, i64)>,
    reader: Option<&str>,
    clock: &mut Clock<Z>,
    zones: &Z,
    now: Timestamp,
) -> Option<Vec<Open>> {
    let known = reader.filter(|zone| zones.offset_seconds(zone, now).is_some());
    let mut readers = known.map(|zone| Clock::new(zones, zone));
    let mut opens = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        let own = clock.offset(from)?;
        let offset = readers.as_mut().and_then(|readers| readers.offset(from)).unwrap_or(own);
        let offset = i32::try_from(offset).unwrap_or(0);
        opens.push(Open { from: timestamp(from), to: timestamp(to), offset });
    }
    Some(opens)
}

fn seconds(at: Timestamp) -> i64 {
    i64::try_from(at.0 / 1000).unwrap_or(i64::MAX)
}

fn timestamp(seconds: i64) -> Timestamp {
    Timestamp(u64::try_from(seconds).unwrap_or(0).saturating_mul(1000))
}
