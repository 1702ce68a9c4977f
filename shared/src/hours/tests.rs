use super::civil::Civil;
use super::*;
use crate::time::Millis;
use std::cell::RefCell;

/// Zones made by hand, and for which of them an offset was asked each time.
#[derive(Default)]
struct Made(RefCell<Vec<String>>);

impl Zones for Made {
    fn offset_seconds(&self, zone: &str, at: Timestamp) -> Option<i32> {
        self.0.borrow_mut().push(zone.to_owned());
        let change = |when: Timestamp, before: i32, after: i32| if at < when { before } else { after };
        let hour = 3600;
        Some(match zone {
            "UTC" => 0,
            "India" => 5 * hour + 1800,
            // As Paris in 2026.
            "Paris" if at < utc(2026, 3, 29, 1, 0) => hour,
            "Paris" => change(utc(2026, 10, 25, 1, 0), 2 * hour, hour),
            // Skips 30 December 2011, as Samoa did.
            "Samoa" => change(utc(2011, 12, 30, 10, 0), -10 * hour, 14 * hour),
            // Jumps from 23:30 of 10 June 2026 to 00:30.
            "Jump" => change(utc(2026, 6, 10, 23, 30), 0, hour),
            // Goes back from 00:30 of 10 June 2026 to 23:30.
            "Back" => change(utc(2026, 6, 10, 0, 30), 0, -hour),
            _ => return None,
        })
    }
}

fn utc(year: i64, month: u8, day: u8, hour: u64, minute: u64) -> Timestamp {
    let days = (0..).find(|days| Civil::from_days(*days) == Civil { year, month, day }).unwrap();
    let hours = u64::try_from(days).unwrap() * 24 + hour;
    Timestamp(0) + Millis::hours(hours) + Millis::minutes(minute)
}

const fn interval(day: u8, start: u16, end: u16) -> Interval {
    Interval { day, start: start * 60, end: end * 60 }
}

/// Every day from `start` to `end` o'clock.
fn daily(zone: &str, start: u16, end: u16) -> Hours {
    let week = (0..7).map(|day| interval(day, start, end)).collect();
    Hours { zone: zone.into(), week, ..Hours::default() }
}

fn exception(year: Option<u16>, month: u8, day: u8, open: &[(u16, u16)]) -> Exception {
    let span = |(start, end): &(u16, u16)| DaySpan { start: start * 60, end: end * 60 };
    let date = Date { year, month, day };
    Exception { date, open: open.iter().map(span).collect(), label: String::new() }
}

fn spans(hours: &Hours, now: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let spans = resolve(hours, None, &Made::default(), now).unwrap().spans.unwrap();
    spans.into_iter().map(|span| (span.from, span.to)).collect()
}

fn opens(hours: &Hours, now: Timestamp) -> Option<Timestamp> {
    match resolve(hours, None, &Made::default(), now).unwrap().state(now) {
        State::Closed { opens } => opens,
        other => panic!("{other:?}"),
    }
}

fn until(hours: &Hours, now: Timestamp) -> Timestamp {
    match resolve(hours, None, &Made::default(), now).unwrap().state(now) {
        State::Open { until } => until,
        other => panic!("{other:?}"),
    }
}

#[test]
fn open_and_closed_follow_the_week() {
    let monday = |hour| utc(2026, 11, 23, hour, 0);
    let hours = Hours { zone: "Paris".into(), week: vec![interval(0, 9, 18)], ..Hours::default() };
    let resolved = resolve(&hours, None, &Made::default(), monday(3)).unwrap();
    assert_eq!(resolved.state(monday(8) - Millis(1)), State::Closed { opens: Some(monday(8)) });
    assert_eq!(resolved.state(monday(8)), State::Open { until: monday(17) });
    assert_eq!(resolved.state(monday(17) - Millis(1)), State::Open { until: monday(17) });
    let next = Some(monday(8) + Millis::days(7));
    assert_eq!(resolved.state(monday(17)), State::Closed { opens: next });
    assert_eq!(Resolved::ALWAYS.state(monday(8)), State::Always);
}

#[test]
fn the_night_of_the_change_is_an_hour_shorter_and_an_hour_longer() {
    let hours = Hours { zone: "Paris".into(), week: vec![interval(5, 22, 6)], ..Hours::default() };
    let (spring, autumn) = (utc(2026, 3, 28, 21, 0), utc(2026, 10, 24, 20, 0));
    assert_eq!(until(&hours, spring).since(spring), Millis::hours(7));
    assert_eq!(until(&hours, autumn).since(autumn), Millis::hours(9));
}

#[test]
fn a_time_in_a_gap_is_taken_as_before_it_and_one_in_a_fold_is_the_first() {
    let at_half_past_two = |minutes: u16| {
        let week = vec![Interval { day: 6, start: 150, end: 150 + minutes }];
        Hours { zone: "Paris".into(), week, ..Hours::default() }
    };
    let (spring, autumn) = (utc(2026, 3, 29, 0, 0), utc(2026, 10, 25, 0, 0));
    // 02:30 is 03:30 of the summer; 03:30 is just that too, and so nothing is left of this hour.
    assert_eq!(opens(&at_half_past_two(60), spring), Some(utc(2026, 4, 5, 0, 30)));
    assert_eq!(opens(&at_half_past_two(90), spring), Some(utc(2026, 3, 29, 1, 30)));
    assert_eq!(opens(&at_half_past_two(29), spring), Some(utc(2026, 3, 29, 1, 30)));
    // 02:30 comes at 00:30 and at 01:30 UTC; 02:59 comes first at 00:59, 03:00 at 02:00 only.
    assert_eq!(spans(&at_half_past_two(29), autumn)[0], (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 0, 59)));
    assert_eq!(spans(&at_half_past_two(30), autumn)[0], (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 2, 0)));
}

#[test]
fn intervals_that_touch_or_overlap_are_one_span() {
    let now = utc(2026, 11, 23, 8, 0);
    assert_eq!(spans(&daily("Paris", 0, 24), now).len(), 1);
    let week = vec![interval(0, 9, 12), interval(0, 12, 14), interval(0, 13, 18), interval(0, 10, 11)];
    let hours = Hours { zone: "UTC".into(), week, ..Hours::default() };
    assert_eq!(spans(&hours, now)[0], (utc(2026, 11, 23, 9, 0), utc(2026, 11, 23, 18, 0)));
}

#[test]
fn a_channel_that_never_closes_stays_open_past_the_horizon() {
    let now = utc(2026, 11, 23, 8, 0);
    assert!(until(&daily("Paris", 0, 24), now) > now + HORIZON);
}

#[test]
fn sunday_night_runs_into_monday() {
    let hours = Hours { zone: "UTC".into(), week: vec![interval(6, 22, 6)], ..Hours::default() };
    assert_eq!(until(&hours, utc(2026, 11, 23, 5, 59)), utc(2026, 11, 23, 6, 0));
    assert_eq!(opens(&hours, utc(2026, 11, 23, 6, 0)), Some(utc(2026, 11, 29, 22, 0)));
}

#[test]
fn from_nine_to_nine_is_a_day_and_a_night() {
    let hours = Hours { zone: "UTC".into(), week: vec![interval(0, 9, 9)], ..Hours::default() };
    assert_eq!(until(&hours, utc(2026, 11, 23, 9, 0)), utc(2026, 11, 24, 9, 0));
}

#[test]
fn an_exception_stands_in_for_what_the_week_starts_on_its_date() {
    let mut hours = daily("UTC", 9, 18);
    hours.exceptions =
        vec![exception(Some(2026), 12, 24, &[(10, 12), (13, 14)]), exception(None, 12, 25, &[])];
    let evening = utc(2026, 12, 23, 20, 0);
    let hours_of = |day, from, to| (utc(2026, 12, day, from, 0), utc(2026, 12, day, to, 0));
    let expected = [hours_of(24, 10, 12), hours_of(24, 13, 14), hours_of(26, 9, 18)];
    assert_eq!(spans(&hours, evening)[..3], expected);
}

#[test]
fn a_date_with_a_year_wins_over_the_yearly_one() {
    let mut hours = daily("UTC", 9, 18);
    hours.exceptions = vec![exception(None, 12, 25, &[]), exception(Some(2026), 12, 25, &[(10, 11)])];
    assert_eq!(opens(&hours, utc(2026, 12, 24, 18, 0)), Some(utc(2026, 12, 25, 10, 0)));
    assert_eq!(opens(&hours, utc(2027, 12, 24, 18, 0)), Some(utc(2027, 12, 26, 9, 0)));
    hours.exceptions.reverse();
    assert_eq!(opens(&hours, utc(2026, 12, 24, 18, 0)), Some(utc(2026, 12, 25, 10, 0)));
}

#[test]
fn the_leap_day_of_every_year_is_in_leap_years_only() {
    let mut hours = daily("UTC", 9, 18);
    hours.exceptions = vec![exception(None, 2, 29, &[])];
    assert_eq!(opens(&hours, utc(2028, 2, 28, 18, 0)), Some(utc(2028, 3, 1, 9, 0)));
    assert_eq!(opens(&hours, utc(2027, 2, 28, 18, 0)), Some(utc(2027, 3, 1, 9, 0)));
    hours.exceptions.push(exception(None, 2, 28, &[]));
    hours.exceptions.push(exception(None, 3, 1, &[]));
    assert_eq!(opens(&hours, utc(2028, 2, 27, 18, 0)), Some(utc(2028, 3, 2, 9, 0)));
}

#[test]
fn the_night_before_a_closed_date_ends_at_its_midnight() {
    let mut hours = daily("Paris", 22, 6);
    hours.exceptions = vec![exception(None, 12, 25, &[])];
    assert_eq!(until(&hours, utc(2026, 12, 24, 22, 0)), utc(2026, 12, 24, 23, 0));
    assert_eq!(opens(&hours, utc(2026, 12, 24, 23, 0)), Some(utc(2026, 12, 26, 21, 0)));
}

#[test]
fn the_night_before_a_date_with_other_hours_runs_to_its_end() {
    let mut hours = daily("UTC", 22, 6);
    hours.exceptions = vec![exception(None, 12, 24, &[(9, 12)])];
    assert_eq!(until(&hours, utc(2026, 12, 23, 23, 0)), utc(2026, 12, 24, 6, 0));
    assert_eq!(opens(&hours, utc(2026, 12, 24, 6, 0)), Some(utc(2026, 12, 24, 9, 0)));
    assert_eq!(opens(&hours, utc(2026, 12, 24, 12, 0)), Some(utc(2026, 12, 25, 22, 0)));
}

#[test]
fn new_years_eve_runs_into_a_closed_new_years_day_if_it_was_set_to() {
    let mut hours = daily("UTC", 9, 18);
    hours.exceptions = vec![exception(None, 12, 31, &[(20, 3)]), exception(None, 1, 1, &[])];
    assert_eq!(until(&hours, utc(2026, 12, 31, 23, 0)), utc(2027, 1, 1, 3, 0));
    assert_eq!(opens(&hours, utc(2027, 1, 1, 3, 0)), Some(utc(2027, 1, 2, 9, 0)));
}

#[test]
fn the_next_opening_is_found_after_a_long_closure() {
    let mut hours = daily("Paris", 9, 18);
    hours.exceptions = (1..=31).map(|day| exception(None, 8, day, &[])).collect();
    let now = utc(2026, 7, 31, 15, 0);
    let resolved = resolve(&hours, None, &Made::default(), now).unwrap();
    assert_eq!(resolved.state(now), State::Open { until: utc(2026, 7, 31, 16, 0) });
    let september = Some(utc(2026, 9, 1, 7, 0));
    assert_eq!(resolved.state(utc(2026, 7, 31, 16, 0)), State::Closed { opens: september });
    assert_eq!(resolved.state(now + HORIZON), State::Closed { opens: september });
}

#[test]
fn one_day_of_every_year_is_found_and_a_schedule_without_hours_never_opens() {
    let mut hours = Hours { zone: "UTC".into(), ..Hours::default() };
    assert_eq!(opens(&hours, utc(2026, 5, 1, 0, 0)), None);
    hours.exceptions = vec![exception(None, 4, 30, &[(9, 10)])];
    assert_eq!(opens(&hours, utc(2026, 5, 1, 0, 0)), Some(utc(2027, 4, 30, 9, 0)));
}

#[test]
fn nothing_starts_on_a_date_that_a_zone_skips() {
    let wednesday_to_friday = vec![interval(2, 9, 18), interval(3, 9, 18), interval(4, 9, 18)];
    let hours = Hours { zone: "Samoa".into(), week: wednesday_to_friday, ..Hours::default() };
    // Thursday the 29th; the next day is Saturday the 31st.
    assert_eq!(until(&hours, utc(2011, 12, 29, 20, 0)), utc(2011, 12, 30, 4, 0));
    assert_eq!(opens(&hours, utc(2011, 12, 30, 4, 0)), Some(utc(2012, 1, 3, 19, 0)));
}

#[test]
fn a_night_runs_over_a_date_that_a_zone_skips_unless_the_next_is_closed() {
    let thursday = vec![interval(3, 22, 6)];
    let mut hours = Hours { zone: "Samoa".into(), week: thursday, ..Hours::default() };
    let (night, skipped) = (utc(2011, 12, 30, 8, 0), utc(2011, 12, 30, 10, 0));
    hours.exceptions = vec![exception(None, 12, 30, &[])];
    assert_eq!(spans(&hours, night)[0], (night, night + Millis::hours(8)));
    assert_eq!(spans(&hours, skipped + Millis::hours(5))[0], (night, night + Millis::hours(8)));
    hours.exceptions.push(exception(None, 12, 31, &[]));
    assert_eq!(spans(&hours, night)[0], (night, skipped));
}

#[test]
fn clocks_may_be_changed_over_midnight() {
    // 10 June 2026 is a Wednesday. 23:45 of it is 00:45 of the next day, which begins at 00:30.
    let late = vec![Interval { day: 2, start: 1425, end: 120 }, Interval { day: 3, start: 35, end: 40 }];
    let hours = Hours { zone: "Jump".into(), week: late, ..Hours::default() };
    let midnight = utc(2026, 6, 10, 23, 30);
    let minutes = |from, to| (midnight + Millis::minutes(from), midnight + Millis::minutes(to));
    assert_eq!(spans(&hours, utc(2026, 6, 10, 12, 0))[..2], [minutes(5, 10), minutes(15, 90)]);
    // The same after three weeks without hours.
    let until_the_tenth = [(5, 20), (5, 21), (5, 27), (5, 28), (6, 3), (6, 4)];
    let closed = until_the_tenth.map(|(month, day)| exception(None, month, day, &[]));
    let hours = Hours { exceptions: closed.to_vec(), ..hours };
    assert_eq!(opens(&hours, utc(2026, 5, 19, 12, 0)), Some(minutes(5, 10).0));
    // Tuesday's midnight comes twice, and with it half an hour of Wednesday and half an hour of Tuesday.
    let hours = Hours { zone: "Back".into(), week: vec![interval(1, 23, 24)], ..Hours::default() };
    assert_eq!(spans(&hours, utc(2026, 6, 9, 12, 0))[0], (utc(2026, 6, 9, 23, 0), utc(2026, 6, 10, 0, 0)));
    let hours = Hours { zone: "Back".into(), week: vec![interval(2, 1, 2)], ..Hours::default() };
    assert_eq!(spans(&hours, utc(2026, 6, 9, 12, 0))[0], (utc(2026, 6, 10, 2, 0), utc(2026, 6, 10, 3, 0)));
}

#[test]
fn the_next_opening_is_told_with_the_readers_own_offset() {
    let hours = daily("Paris", 9, 18);
    // The summer ends in Paris in the night between.
    let (evening, opens) = (utc(2026, 10, 24, 20, 0), utc(2026, 10, 25, 8, 0));
    let told = |reader| resolve(&hours, reader, &Made::default(), evening).unwrap().opens_local(evening);
    assert_eq!(told(Some("India")), Some((opens, 19_800)));
    assert_eq!(told(None), Some((opens, 3600)));
    assert_eq!(told(Some("Mars/Olympus")), Some((opens, 3600)));
    let resolved = resolve(&hours, Some("Paris"), &Made::default(), evening).unwrap();
    assert_eq!(resolved.spans.as_ref().unwrap()[1].offset, 3600);
    assert_eq!(resolved.opens_local(opens), None);
    assert_eq!(Resolved::ALWAYS.opens_local(evening), None);
}

#[test]
fn few_offsets_are_asked_for() {
    let asked_for = |hours: &Hours, reader, now| {
        let zones = Made::default();
        resolve(hours, Some(reader), &zones, now).unwrap();
        let asked = zones.0.into_inner();
        let readers = asked.iter().filter(|zone| *zone == reader).count();
        (asked.len() - readers, readers)
    };
    let asked = |hours: &Hours, now| asked_for(hours, "India", now);
    let mut hours = daily("Paris", 9, 18);
    let (own, readers) = asked(&hours, utc(2026, 7, 1, 0, 0));
    assert!(own <= 6 && readers <= 6, "{own} and {readers}");
    assert_eq!(asked_for(&hours, "Mars/Olympus", utc(2026, 7, 1, 0, 0)).1, 1);
    let (own, readers) = asked(&hours, utc(2026, 10, 20, 0, 0));
    assert!(own <= 20 && readers <= 6, "{own} and {readers}");
    hours.exceptions = (1..=31).map(|day| exception(None, 8, day, &[])).collect();
    let (own, readers) = asked(&hours, utc(2026, 8, 1, 0, 0));
    assert!(own <= 8 && readers <= 4, "{own} and {readers}");
}

#[test]
fn an_unknown_zone_is_not_guessed() {
    let hours = Hours { zone: "Mars/Olympus".into(), ..Hours::default() };
    assert_eq!(resolve(&hours, Some("Paris"), &Made::default(), Timestamp(0)), None);
    assert_eq!(hours.errors("hours"), []);
}

#[test]
fn neither_a_time_out_of_bounds_nor_a_schedule_that_nobody_checked_breaks_anything() {
    let mut hours = daily("Samoa", 0, 1);
    hours.week.push(Interval { day: u8::MAX, start: u16::MAX, end: u16::MAX });
    hours.week.push(Interval { day: 0, start: u16::MAX, end: u16::MAX });
    hours.exceptions = vec![exception(Some(0), 0, 0, &[]), exception(None, 2, 31, &[(1, 1)])];
    for now in [0, 1, 1 << 53, i64::MAX.unsigned_abs(), u64::MAX] {
        let resolved = resolve(&hours, Some("Jump"), &Made::default(), Timestamp(now)).unwrap();
        assert!(resolved.spans.is_some(), "{now}");
    }
    assert!(opens(&daily("Paris", 9, 10), Timestamp(0)).is_some());
}

#[test]
fn a_schedule_written_by_an_older_version_is_read() {
    let old = r#"{"zone":"UTC","week":[{"day":0,"start":540,"end":1080}]}"#;
    let hours = Hours { zone: "UTC".into(), week: vec![interval(0, 9, 18)], ..Hours::default() };
    assert_eq!(serde_json::from_str::<Hours>(old).unwrap(), hours);
    let short = r#"{"zone":"UTC","week":[],"exceptions":[{"date":{"month":12,"day":25}}]}"#;
    let expected = vec![exception(None, 12, 25, &[])];
    assert_eq!(serde_json::from_str::<Hours>(short).unwrap().exceptions, expected);
}
