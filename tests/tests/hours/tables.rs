//! What is known of days on which clocks were changed, worked out by hand.

use crate::notation::hours;
use crate::world::{World, ours};
use shared::hours::{State, resolve};
use shared::moment;
use shared::time::Timestamp;

struct Row {
    zone: &'static str,
    week: &'static str,
    exceptions: &'static str,
    /// When the schedule is resolved.
    now: &'static str,
    /// The first spans from then on, in UTC.
    open: &'static [&'static str],
}

const fn row(
    zone: &'static str,
    week: &'static str,
    now: &'static str,
    open: &'static [&'static str],
) -> Row {
    Row { zone, week, exceptions: "", now, open }
}

const fn but(exceptions: &'static str, row: Row) -> Row {
    Row { exceptions, ..row }
}

fn at(text: &str) -> Timestamp {
    ours(format!("{text}:00Z").parse().unwrap_or_else(|e| panic!("{text}: {e}")))
}

fn check(rows: &[Row]) {
    let world = World::new();
    for row in rows {
        let hours = hours(row.zone, row.week, row.exceptions);
        assert_eq!(hours.errors("hours"), []);
        let resolved = resolve(&hours, None, &world, at(row.now)).unwrap();
        let spans = resolved.spans.unwrap();
        let found: Vec<_> = spans.iter().take(row.open.len()).map(|span| (span.from, span.to)).collect();
        let expected: Vec<_> = row.open.iter().map(|span| span.split_once('/').unwrap()).collect();
        let expected: Vec<_> = expected.into_iter().map(|(from, to)| (at(from), at(to))).collect();
        let (zone, week, now) = (row.zone, row.week, row.now);
        assert_eq!(found, expected, "{zone}, {week} ({}), from {now}", row.exceptions);
    }
}

#[test]
fn paris_in_march_and_in_october() {
    let paris = |week, now, open| row("Europe/Paris", week, now, open);
    check(&[
        // 02:00 becomes 03:00 at 01:00 UTC.
        paris("Su 01:30-03:30", "2026-03-28T12:00", &["2026-03-29T00:30/2026-03-29T01:30"]),
        paris("Su 02:30-05:00", "2026-03-28T12:00", &["2026-03-29T01:30/2026-03-29T03:00"]),
        paris("Su 02:00-03:00", "2026-03-28T12:00", &["2026-04-05T00:00/2026-04-05T01:00"]),
        paris("Su 00:00-24:00", "2026-03-28T12:00", &["2026-03-28T23:00/2026-03-29T22:00"]),
        paris("Sa 22:00-06:00", "2026-03-28T12:00", &["2026-03-28T21:00/2026-03-29T04:00"]),
        paris(
            "Sa-Su 09:00-12:00",
            "2026-03-28T05:00",
            &["2026-03-28T08:00/2026-03-28T11:00", "2026-03-29T07:00/2026-03-29T10:00"],
        ),
        // 03:00 becomes 02:00 at 01:00 UTC.
        paris("Su 02:30-05:00", "2026-10-24T12:00", &["2026-10-25T00:30/2026-10-25T04:00"]),
        paris("Su 02:00-03:00", "2026-10-24T12:00", &["2026-10-25T00:00/2026-10-25T02:00"]),
        paris("Su 01:00-02:30", "2026-10-24T12:00", &["2026-10-24T23:00/2026-10-25T00:30"]),
        paris("Su 00:00-24:00", "2026-10-24T12:00", &["2026-10-24T22:00/2026-10-25T23:00"]),
        paris("Sa 22:00-06:00", "2026-10-24T12:00", &["2026-10-24T20:00/2026-10-25T05:00"]),
    ]);
}

#[test]
fn new_york_in_march_and_in_november() {
    let new_york = |week, now, open| row("America/New_York", week, now, open);
    check(&[
        new_york("Su 01:30-03:30", "2026-03-07T12:00", &["2026-03-08T06:30/2026-03-08T07:30"]),
        new_york("Su 01:30-03:30", "2026-10-31T12:00", &["2026-11-01T05:30/2026-11-01T08:30"]),
        new_york("Sa 20:00-08:00", "2026-10-31T12:00", &["2026-11-01T00:00/2026-11-01T13:00"]),
    ]);
}

#[test]
fn kolkata_has_half_an_hour_and_no_summer_time() {
    check(&[
        row("Asia/Kolkata", "Mo 09:30-24:00", "2026-11-22T00:00", &["2026-11-23T04:00/2026-11-23T18:30"]),
        row("Asia/Kolkata", "Mo 00:00-00:01", "2026-03-27T00:00", &["2026-03-29T18:30/2026-03-29T18:31"]),
    ]);
}

#[test]
fn lord_howe_changes_by_half_an_hour() {
    let lord_howe = |week, now, open| row("Australia/Lord_Howe", week, now, open);
    check(&[
        // From 02:00 back to 01:30, and from 02:00 on to 02:30.
        lord_howe("Su 01:45-02:15", "2026-04-04T00:00", &["2026-04-04T14:45/2026-04-04T15:45"]),
        lord_howe("Su 01:45-02:15", "2026-10-03T00:00", &["2026-10-03T15:15/2026-10-03T15:45"]),
        lord_howe("Su 00:00-24:00", "2026-10-03T00:00", &["2026-10-03T13:30/2026-10-04T13:00"]),
    ]);
}

#[test]
fn sao_paulo_changed_at_midnight() {
    let sao_paulo = |week, now, open| row("America/Sao_Paulo", week, now, open);
    check(&[
        // 15 October 2017 began at 01:00.
        sao_paulo(
            "Sa 22:00-24:00, Su 00:00-02:00",
            "2017-10-14T12:00",
            &["2017-10-15T01:00/2017-10-15T04:00"],
        ),
        sao_paulo("Su 00:30-02:00", "2017-10-14T12:00", &["2017-10-15T03:30/2017-10-15T04:00"]),
        sao_paulo("Su 00:00-24:00", "2017-10-14T12:00", &["2017-10-15T03:00/2017-10-16T02:00"]),
        // 17 February 2018 had 23:00 to 24:00 twice.
        sao_paulo("Sa 22:00-23:30", "2018-02-17T12:00", &["2018-02-18T00:00/2018-02-18T01:30"]),
        sao_paulo("Sa 23:00-24:00", "2018-02-17T12:00", &["2018-02-18T01:00/2018-02-18T03:00"]),
        sao_paulo("Su 00:00-01:00", "2018-02-17T12:00", &["2018-02-18T03:00/2018-02-18T04:00"]),
    ]);
}

#[test]
fn st_johns_changed_a_minute_after_midnight() {
    let st_johns = |week, now, open| row("America/St_Johns", week, now, open);
    check(&[
        // At 00:01 of Sunday 7 November 2010 it was 23:01 of Saturday again.
        st_johns("Sa 22:00-23:00", "2010-11-06T12:00", &["2010-11-07T00:30/2010-11-07T01:30"]),
        st_johns("Sa 23:30-24:00", "2010-11-06T12:00", &["2010-11-07T02:00/2010-11-07T02:30"]),
        st_johns("Su 00:00-01:00", "2010-11-06T12:00", &["2010-11-07T02:30/2010-11-07T04:30"]),
    ]);
}

#[test]
fn apia_had_no_30_december_2011() {
    let apia = |week, now, open| row("Pacific/Apia", week, now, open);
    const THURSDAY_AND_SATURDAY: &[&str] =
        &["2011-12-29T19:00/2011-12-30T03:00", "2011-12-30T19:00/2011-12-30T22:00"];
    check(&[
        apia("Th 09:00-17:00, Fr 09:00-17:00, Sa 09:00-12:00", "2011-12-29T12:00", THURSDAY_AND_SATURDAY),
        but(
            "2011-12-30 09:00-17:00",
            apia("Th 09:00-17:00, Sa 09:00-12:00", "2011-12-29T12:00", THURSDAY_AND_SATURDAY),
        ),
    ]);
    check(&[
        // Nothing lies between Thursday and Saturday.
        apia("Th-Sa 00:00-24:00", "2011-12-29T12:00", &["2011-12-29T10:00/2011-12-31T10:00"]),
        apia("Th 18:00-24:00, Sa 00:00-01:00", "2011-12-29T12:00", &["2011-12-30T04:00/2011-12-30T11:00"]),
    ]);
}

#[test]
fn casablanca_goes_back_for_ramadan() {
    let casablanca = |week, now, open| row("Africa/Casablanca", week, now, open);
    check(&[
        casablanca("Su 02:30-04:00", "2026-02-14T12:00", &["2026-02-15T01:30/2026-02-15T04:00"]),
        casablanca("Mo 09:00-17:00", "2026-02-14T12:00", &["2026-02-16T09:00/2026-02-16T17:00"]),
        casablanca("Su 02:30-04:00", "2026-03-21T12:00", &["2026-03-22T02:30/2026-03-22T03:00"]),
        casablanca("Mo 09:00-17:00", "2026-03-21T12:00", &["2026-03-23T08:00/2026-03-23T16:00"]),
    ]);
}

#[test]
fn the_edges_of_weeks_and_years_are_like_any_other() {
    let paris = |week, now, open| row("Europe/Paris", week, now, open);
    check(&[
        paris("Su 20:00-24:00, Mo 00:00-08:00", "2026-11-20T12:00", &["2026-11-22T19:00/2026-11-23T07:00"]),
        paris("Su 20:00-08:00", "2026-11-20T12:00", &["2026-11-22T19:00/2026-11-23T07:00"]),
        // 31 December 2026 is a Thursday.
        paris("Th 22:00-06:00", "2026-12-31T12:00", &["2026-12-31T21:00/2027-01-01T05:00"]),
        // 29 February 2028 is a Tuesday.
        paris("Mo-We 09:00-10:00", "2028-02-28T12:00", &["2028-02-29T08:00/2028-02-29T09:00"]),
        paris("We 09:00-10:00", "2028-02-28T12:00", &["2028-03-01T08:00/2028-03-01T09:00"]),
    ]);
}

#[test]
fn exceptions_stand_in_for_the_week() {
    let paris = |week, now, open| row("Europe/Paris", week, now, open);
    let eve_and_day = "12-24 10:00-12:00+13:00-14:00, 12-25 closed";
    check(&[
        but(
            eve_and_day,
            paris(
                "Mo-Su 09:00-18:00",
                "2026-12-23T18:00",
                &[
                    "2026-12-24T09:00/2026-12-24T11:00",
                    "2026-12-24T12:00/2026-12-24T13:00",
                    "2026-12-26T08:00/2026-12-26T17:00",
                ],
            ),
        ),
        // The night of the 23rd runs into the 24th, that of the 24th is not of the week, and the 25th is closed.
        but(
            eve_and_day,
            paris(
                "Mo-Su 22:00-06:00",
                "2026-12-23T18:00",
                &[
                    "2026-12-23T21:00/2026-12-24T05:00",
                    "2026-12-24T09:00/2026-12-24T11:00",
                    "2026-12-24T12:00/2026-12-24T13:00",
                    "2026-12-26T21:00/2026-12-27T05:00",
                ],
            ),
        ),
        but(
            "2026-10-25 closed",
            paris("Sa-Su 22:00-06:00", "2026-10-24T12:00", &["2026-10-24T20:00/2026-10-24T22:00"]),
        ),
        but(
            "10-25 02:30-24:00",
            paris("Mo-Su 09:00-10:00", "2026-10-24T12:00", &["2026-10-25T00:30/2026-10-25T23:00"]),
        ),
        but(
            "02-29 closed",
            paris("Tu-We 09:00-10:00", "2028-02-28T12:00", &["2028-03-01T08:00/2028-03-01T09:00"]),
        ),
        but(
            "02-29 closed",
            paris("Mo-Su 09:00-10:00", "2027-02-27T12:00", &["2027-02-28T08:00/2027-02-28T09:00"]),
        ),
    ]);
}

#[test]
fn visitors_are_told_the_next_opening_by_their_own_clock() {
    let world = World::new();
    let hours = hours("Europe/Paris", "Mo-Fr 09:00-18:00", "12-25 closed");
    let told = |now: &str, reader, locale| {
        let now = at(now);
        let resolved = resolve(&hours, reader, &world, now).unwrap();
        assert!(matches!(resolved.state(now), State::Closed { .. }));
        let (opens, offset) = resolved.opens_local(now).unwrap();
        moment::words(now, opens, offset, locale)
    };
    // Friday 23 October 2026 in the evening, before the clocks of Paris, but not yet those of New York go back.
    let friday = "2026-10-23T20:00";
    assert_eq!(told(friday, None, "fr"), "lundi à 09:00");
    assert_eq!(told(friday, Some("America/New_York"), "en"), "Monday at 04:00");
    assert_eq!(told(friday, Some("Asia/Kolkata"), "en"), "Monday at 13:30");
    assert_eq!(told("2026-10-25T23:30", Some("Pacific/Apia"), "en"), "today at 21:00");
    assert_eq!(told("2026-12-24T20:00", Some("Mars/Olympus"), "en"), "Monday at 09:00");
    assert_eq!(told("2026-11-30T03:00", None, "fr"), "aujourd’hui à 09:00");
    assert_eq!(told("2026-11-30T18:00", Some("America/Sao_Paulo"), "fr"), "demain à 05:00");
}
