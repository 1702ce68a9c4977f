//! Schedules as people write them down, for tables: `Mo-Fr 09:00-18:00, Sa 22:00-06:00` and `12-25 closed, 2026-12-24
//! 10:00-12:00`.

use shared::hours::{Date, DaySpan, Exception, Hours, Interval};

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

pub(crate) fn hours(zone: &str, week: &str, exceptions: &str) -> Hours {
    let week = parts(week).flat_map(|(days, time)| {
        let DaySpan { start, end } = span(time);
        weekdays(days).map(move |day| Interval { day, start, end })
    });
    let exceptions = parts(exceptions).map(|(day, times)| exception(day, times));
    Hours { zone: zone.into(), week: week.collect(), exceptions: exceptions.collect() }
}

fn parts(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(", ").filter(|part| !part.is_empty()).map(|part| part.split_once(' ').unwrap())
}

fn weekdays(text: &str) -> impl Iterator<Item = u8> + use<> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |name| (0..).zip(DAYS).find(|(_, day)| *day == name).unwrap().0;
    number(first)..=number(last)
}

fn exception(day: &str, times: &str) -> Exception {
    let mut numbers = day.rsplit('-');
    let mut number = || numbers.next().map(|number| number.parse::<u16>().unwrap());
    let small = |number: Option<u16>| u8::try_from(number.unwrap()).unwrap();
    let (day, month) = (small(number()), small(number()));
    let date = Date { year: number(), month, day };
    let open = times.split('+').filter(|time| *time != "closed").map(span).collect();
    Exception { date, open, label: String::new() }
}

fn span(text: &str) -> DaySpan {
    let minutes = |time: &str| {
        let (hours, minutes) = time.split_once(':').unwrap();
        hours.parse::<u16>().unwrap() * 60 + minutes.parse::<u16>().unwrap()
    };
    let (start, end) = text.split_once('-').unwrap();
    DaySpan { start: minutes(start), end: minutes(end) }
}
