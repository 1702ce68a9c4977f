//! The time zones of the simulation, and when a channel is open by them, worked out in another way than the product does.

use shared::hours::{Exception, Hours, Zones};
use shared::time::{Millis, Timestamp};

/// Where the channels are: summer time from the last Sunday of March to the last of October, at 01:00 UTC.
pub(super) const PARIS: &str = "Europe/Paris";
/// Where some visitors are: never a whole number of hours ahead.
pub(super) const KOLKATA: &str = "Asia/Kolkata";

const DAY: u64 = Millis::days(1).0;
const MINUTE: u64 = Millis::minutes(1).0;

/// The zones that the simulation knows.
pub(super) struct Sky;

impl Zones for Sky {
    fn offset_seconds(&self, zone: &str, at: Timestamp) -> Option<i32> {
        match zone {
            "UTC" => Some(0),
            PARIS => Some(if is_summer(at) { 7_200 } else { 3_600 }),
            KOLKATA => Some(19_800),
            _ => None,
        }
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: u64,
    /// 1 to 12.
    pub(super) month: u64,
    /// 1 to 31.
    pub(super) day: u64,
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The year of a day that is counted from 1970-01-01, and which day of its year it is, from 0.
fn year_of(mut days: u64) -> (u64, u64) {
    let mut year = 1970;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if days < length {
            return (year, days);
        }
        days -= length;
        year += 1;
    }
}

/// The calendar's name for a day that is counted from 1970-01-01.
pub(super) fn day_of(days: u64) -> Day {
    let (year, mut left) = year_of(days);
    let february = if is_leap(year) { 29 } else { 28 };
    for (month, length) in (1..).zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30]) {
        if left < length {
            return Day { year, month, day: left + 1 };
        }
        left -= length;
    }
    Day { year, month: 12, day: left + 1 }
}

/// The last Sunday on or before a day; 1970-01-04 was one.
const fn sunday_by(days: u64) -> u64 {
    days - (days + 4) % 7
}

fn is_summer(at: Timestamp) -> bool {
    let days = at.0 / DAY;
    let (year, of_year) = year_of(days);
    let january = days - of_year;
    let leap = u64::from(is_leap(year));
    let change = |last_of_month: u64| sunday_by(january + leap + last_of_month) * DAY + Millis::hours(1).0;
    (change(89)..change(303)).contains(&at.0)
}

/// Whether a channel is open at a time, if that is plain: not within a day of a change of the clocks.
pub(super) fn is_open(hours: Option<&Hours>, at: Timestamp) -> Option<bool> {
    let Some(hours) = hours else { return Some(true) };
    let offset = |at| Sky.offset_seconds(&hours.zone, at);
    let here = offset(at)?;
    if offset(at - Millis::hours(26)) != Some(here) || offset(at + Millis::hours(26)) != Some(here) {
        return None;
    }
    let minutes = (at + Millis::seconds(u64::try_from(here).ok()?)).0 / MINUTE;
    let (today, minute) = (minutes / (24 * 60), minutes % (24 * 60));
    let runs = |day: u64, minute: u64| {
        starting_on(hours, day).iter().any(|(start, end)| (*start..*end).contains(&minute))
    };
    let holiday = |day: u64| exception(hours, day).is_some_and(|exception| exception.open.is_empty());
    let yesterday_runs_on = exception(hours, today - 1).is_some() || !holiday(today);
    Some(runs(today, minute) || (yesterday_runs_on && runs(today - 1, minute + 24 * 60)))
}

/// From which to which minute after the midnight of a day.
fn starting_on(hours: &Hours, day: u64) -> Vec<(u64, u64)> {
    let weekday = u8::try_from((day + 3) % 7).unwrap_or(0);
    let of_week = || {
        hours.week.iter().filter(move |interval| interval.day == weekday).map(|each| (each.start, each.end))
    };
    let spans: Vec<(u16, u16)> = match exception(hours, day) {
        Some(exception) => exception.open.iter().map(|span| (span.start, span.end)).collect(),
        None => of_week().collect(),
    };
    let past_midnight = |(start, end): (u16, u16)| {
        let (start, end) = (u64::from(start), u64::from(end));
        (start, if end <= start { end + 24 * 60 } else { end })
    };
    spans.into_iter().map(past_midnight).collect()
}

/// What is said of one day. That of the very day is worth more than that of every year.
fn exception(hours: &Hours, days: u64) -> Option<&Exception> {
    let Day { year, month, day } = day_of(days);
    let of_day = hours.exceptions.iter().filter(|exception| {
        let named = exception.date;
        (u64::from(named.month), u64::from(named.day)) == (month, day)
            && named.year.is_none_or(|named| u64::from(named) == year)
    });
    of_day.max_by_key(|exception| exception.date.year.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clocks_change_on_the_last_sundays_of_march_and_october() {
        // 2026-03-29 and 2026-10-25, 2027-03-28, 2028-10-29, all at 01:00 UTC.
        for change in [1_774_746_000, 1_792_890_000, 1_806_195_600, 1_856_394_000_u64] {
            let at = |second: u64| Sky.offset_seconds(PARIS, Timestamp(second * 1000));
            assert_ne!(at(change - 1), at(change), "{change}");
        }
        assert_eq!(Sky.offset_seconds(PARIS, Timestamp(1_795_424_100_000)), Some(3_600));
    }
}
