//! What may be wrong with a schedule.

use super::{DaySpan, Exception, Hours};
use crate::limits;
use crate::settings::{FieldCode, FieldError};
use std::collections::BTreeSet;

const ZONE_BYTES_MAX: usize = 64;

impl Hours {
    /// All that is wrong with this schedule, at once; `prefix` is its own path (`working_hours.schedule`). Whether the zone
    /// exists is asked of [`super::Zones`] by whoever has one.
    pub fn errors(&self, prefix: &str) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut when = |wrong: bool, field: &str, code: FieldCode| {
            if wrong {
                errors.push(FieldError::new(format!("{prefix}.{field}"), code));
            }
        };
        when(!is_zone_name(&self.zone), "zone", FieldCode::BadFormat);
        when(self.week.len() > limits::WEEK_INTERVALS_MAX, "week", FieldCode::TooMany);
        for (index, interval) in self.week.iter().enumerate() {
            let span = DaySpan { start: interval.start, end: interval.end };
            let wrong = interval.day > 6 || !span.is_in_range();
            when(wrong, &format!("week.{index}"), FieldCode::OutOfRange);
        }
        when(self.exceptions.len() > limits::EXCEPTIONS_MAX, "exceptions", FieldCode::TooMany);
        let dates: BTreeSet<_> = self.exceptions.iter().map(|exception| exception.date).collect();
        when(dates.len() < self.exceptions.len(), "exceptions", FieldCode::Repeated);
        for (index, exception) in self.exceptions.iter().enumerate() {
            exception.check(|wrong, field, code| when(wrong, &format!("exceptions.{index}.{field}"), code));
        }
        errors
    }
}

impl Exception {
    fn check(&self, mut when: impl FnMut(bool, &str, FieldCode)) {
        when(!self.date.exists(), "date", FieldCode::OutOfRange);
        when(self.open.len() > limits::DAY_SPANS_MAX, "open", FieldCode::TooMany);
        for (index, span) in self.open.iter().enumerate() {
            when(!span.is_in_range(), &format!("open.{index}"), FieldCode::OutOfRange);
        }
        when(self.label.chars().count() > limits::NAME_CHARS_MAX, "label", FieldCode::TooLong);
    }
}

impl DaySpan {
    /// An end at the start is refused: who writes it may mean nothing, or a whole day.
    const fn is_in_range(self) -> bool {
        self.start <= 1439 && self.end <= 1440 && self.start != self.end
    }
}

/// Whether a text could name a zone; only [`super::Zones`] knows whether there is one.
pub fn is_zone_name(zone: &str) -> bool {
    (1..=ZONE_BYTES_MAX).contains(&zone.len())
        && zone.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-' | b'+'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{Date, Interval};

    fn closed(year: Option<u16>, month: u8, day: u8) -> Exception {
        Exception { date: Date { year, month, day }, open: Vec::new(), label: String::new() }
    }

    fn errors(hours: &Hours) -> Vec<(String, FieldCode)> {
        hours.errors("here").into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn every_error_is_told_at_once_under_its_path() {
        let span = |start, end| DaySpan { start, end };
        let bad = Exception {
            open: vec![span(540, 720), span(1440, 60), span(0, 1441), span(60, 60)],
            label: "é".repeat(81),
            ..closed(Some(2026), 2, 29)
        };
        let week = vec![
            Interval { day: 0, start: 1320, end: 360 },
            Interval { day: 7, start: 0, end: 60 },
            Interval { day: 6, start: 0, end: 0 },
        ];
        let hours = Hours {
            zone: "Europe/Paris<".into(),
            week,
            exceptions: vec![closed(None, 2, 29), bad, closed(None, 2, 29)],
        };
        let expected = [
            ("here.zone", FieldCode::BadFormat),
            ("here.week.1", FieldCode::OutOfRange),
            ("here.week.2", FieldCode::OutOfRange),
            ("here.exceptions", FieldCode::Repeated),
            ("here.exceptions.1.date", FieldCode::OutOfRange),
            ("here.exceptions.1.open.1", FieldCode::OutOfRange),
            ("here.exceptions.1.open.2", FieldCode::OutOfRange),
            ("here.exceptions.1.open.3", FieldCode::OutOfRange),
            ("here.exceptions.1.label", FieldCode::TooLong),
        ];
        assert_eq!(errors(&hours), expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn there_may_be_as_many_as_the_limits_say_and_no_more() {
        let zone = "America/Argentina/ComodRivadavia".to_owned();
        let interval = Interval { day: 0, start: 0, end: 1440 };
        let days = (0..).map(|n: u16| closed(Some(2026 + n / 28), 2, u8::try_from(n % 28 + 1).unwrap()));
        let mut hours = Hours { zone, week: vec![interval; 70], exceptions: days.take(200).collect() };
        hours.exceptions[0].open = (0..10).map(|n| DaySpan { start: n * 60, end: n * 60 + 30 }).collect();
        hours.exceptions[1].label = "é".repeat(limits::NAME_CHARS_MAX);
        assert_eq!(errors(&hours), []);
        hours.week.push(interval);
        hours.exceptions.push(closed(None, 1, 1));
        hours.exceptions[0].open.push(DaySpan { start: 1320, end: 60 });
        let fields: Vec<_> = errors(&hours);
        let expected = ["here.week", "here.exceptions", "here.exceptions.0.open"];
        assert_eq!(fields, expected.map(|field| (field.to_owned(), FieldCode::TooMany)));
    }

    #[test]
    fn a_date_and_the_same_date_of_every_year_are_not_repeated() {
        let exceptions = vec![closed(None, 12, 25), closed(Some(2026), 12, 25)];
        assert_eq!(errors(&Hours { zone: "UTC".into(), week: vec![], exceptions }), []);
    }
}
