//! Dates of the Gregorian calendar, and days counted from 1970-01-01.

use super::Date;

/// Seconds in a day of a clock that is never changed.
pub(crate) const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    /// In years of our era.
    pub(crate) year: i64,
    /// 1 to 12.
    pub(crate) month: u8,
    /// 1 to 31.
    pub(crate) day: u8,
}

impl Civil {
    /// The date so many days after 1970-01-01; `days` within ±2^53.
    ///
    /// After Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is the last of its year.
    pub(crate) fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let small = |number: i64| u8::try_from(number).unwrap_or(u8::MAX);
        Self { year, month: small(month), day: small(day) }
    }
}

/// 0 for Monday to 6 for Sunday.
pub(crate) const fn weekday(days: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    (days + 3).rem_euclid(7)
}

impl Date {
    /// Whether there is such a date.
    pub(super) fn exists(self) -> bool {
        // A leap year stands for every year, some of which are.
        let year = self.year.unwrap_or(2000);
        let days = match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        (1970..=9999).contains(&year) && (1..=days).contains(&self.day)
    }

    pub(super) fn is(self, civil: Civil) -> bool {
        (self.month, self.day) == (civil.month, civil.day)
            && self.year.is_none_or(|year| i64::from(year) == civil.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other_through_four_centuries() {
        let mut days = -1;
        for year in 1970..=2400_u16 {
            for month in 1..=12 {
                let exists = |day: &u8| Date { year: Some(year), month, day: *day }.exists();
                for day in (1..=31).filter(exists) {
                    days += 1;
                    assert_eq!(Civil::from_days(days), Civil { year: i64::from(year), month, day });
                }
            }
        }
        assert_eq!(days, 157_419);
    }

    #[test]
    fn days_before_the_epoch_and_far_after_it_are_dates_too() {
        assert_eq!(Civil::from_days(-1), Civil { year: 1969, month: 12, day: 31 });
        assert_eq!(Civil::from_days(-719_468), Civil { year: 0, month: 3, day: 1 });
        assert_eq!(Civil::from_days(2_932_896), Civil { year: 9999, month: 12, day: 31 });
    }

    #[test]
    fn weeks_begin_on_monday() {
        // 1969-12-29, 1970-01-01, 2026-11-23, 2026-11-29.
        assert_eq!([-3, 0, 20_780, 20_786].map(weekday), [0, 3, 0, 6]);
    }

    #[test]
    fn impossible_dates_do_not_exist() {
        let date = |year, month, day| Date { year, month, day };
        for (year, month, day) in [
            (None, 2, 30),
            (None, 4, 31),
            (None, 13, 1),
            (None, 0, 1),
            (None, 1, 0),
            (Some(2026), 2, 29),
            (Some(2100), 2, 29),
            (Some(1969), 12, 31),
            (Some(10_000), 1, 1),
        ] {
            assert!(!date(year, month, day).exists(), "{year:?}-{month}-{day}");
        }
        for (year, month, day) in
            [(None, 2, 29), (Some(2028), 2, 29), (Some(2400), 2, 29), (None, 12, 31), (Some(1970), 1, 1)]
        {
            assert!(date(year, month, day).exists(), "{year:?}-{month}-{day}");
        }
    }
}
