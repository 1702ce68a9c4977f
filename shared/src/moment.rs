//! A moment in the words of a reader: "tomorrow at 09:00".

use crate::hours::civil::{Civil, DAY_SECONDS, weekday};
use crate::text::language;
use crate::time::Timestamp;

struct Names {
    today: &'static str,
    tomorrow: &'static str,
    at: &'static str,
    first: &'static str,
    weekdays: [&'static str; 7],
    months: [&'static str; 12],
}

const ENGLISH: Names = Names {
    today: "today",
    tomorrow: "tomorrow",
    at: "at",
    first: "1",
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const FRENCH: Names = Names {
    today: "aujourd’hui",
    tomorrow: "demain",
    at: "à",
    first: "1er",
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};

/// The moment `at`, as somebody says it at `now` whose clock is `offset_seconds` ahead of UTC (at `at`): "today at 14:00",
/// "tomorrow at 09:00", "Monday at 09:00" if that is the coming one, else "Monday 4 January at 09:00". In English, or in
/// French for a `locale` (BCP 47) of that language. Made to stand within a sentence.
pub fn words(now: Timestamp, at: Timestamp, offset_seconds: i32, locale: &str) -> String {
    let names = if language(locale) == "fr" { &FRENCH } else { &ENGLISH };
    let (today, date) = (local(now, offset_seconds).0, local(at, offset_seconds).0);
    let minute = local(at, offset_seconds).1 / 60;
    let weekday = name(&names.weekdays, weekday(date));
    let day = match date - today {
        0 => names.today.to_owned(),
        1 => names.tomorrow.to_owned(),
        2..=6 => weekday.to_owned(),
        _ => {
            let Civil { month, day, .. } = Civil::from_days(date);
            let month = name(&names.months, i64::from(month) - 1);
            if day == 1 {
                format!("{weekday} {} {month}", names.first)
            } else {
                format!("{weekday} {day} {month}")
            }
        }
    };
    format!("{day} {} {:02}:{:02}", names.at, minute / 60, minute % 60)
}

/// The local date, in days since the epoch, and the seconds of its day.
fn local(at: Timestamp, offset_seconds: i32) -> (i64, i64) {
    let local = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX).saturating_add(i64::from(offset_seconds));
    (local.div_euclid(DAY_SECONDS), local.rem_euclid(DAY_SECONDS))
}

fn name(names: &[&'static str], index: i64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Millis;

    /// Wednesday 2025-12-31 at 12:00 UTC.
    const NOON: Timestamp = Timestamp(1_767_182_400_000);

    #[test]
    fn a_moment_is_named_as_people_name_it() {
        let cases = [
            (2, 0, "today at 14:00", "aujourd’hui à 14:00"),
            (0, 0, "today at 12:00", "aujourd’hui à 12:00"),
            (11, 59, "today at 23:59", "aujourd’hui à 23:59"),
            (12, 0, "tomorrow at 00:00", "demain à 00:00"),
            (21, 5, "tomorrow at 09:05", "demain à 09:05"),
            (36, 0, "Friday at 00:00", "vendredi à 00:00"),
            (4 * 24 + 21, 0, "Monday at 09:00", "lundi à 09:00"),
            (6 * 24 + 11, 59, "Tuesday at 23:59", "mardi à 23:59"),
            (6 * 24 + 12, 0, "Wednesday 7 January at 00:00", "mercredi 7 janvier à 00:00"),
            (31 * 24 + 21, 0, "Sunday 1 February at 09:00", "dimanche 1er février à 09:00"),
            (230 * 24, 30, "Tuesday 18 August at 12:30", "mardi 18 août à 12:30"),
        ];
        for (hours, minutes, english, french) in cases {
            let at = NOON + Millis::hours(hours) + Millis::minutes(minutes);
            assert_eq!(words(NOON, at, 0, "en"), english);
            assert_eq!(words(NOON, at, 0, "fr-CA"), french);
            assert_eq!(words(NOON, at, 0, "de"), english);
        }
    }

    #[test]
    fn the_day_is_the_readers_own() {
        let at = NOON + Millis::hours(8);
        let cases = [
            (0, "today at 20:00"),
            (5 * 3600 + 1800, "tomorrow at 01:30"),
            (-9 * 3600, "today at 11:00"),
            // It is the first there already.
            (14 * 3600, "today at 10:00"),
            (-12 * 3600, "today at 08:00"),
        ];
        for (offset, expected) in cases {
            assert_eq!(words(NOON, at, offset, "en-GB"), expected, "{offset}");
        }
    }

    #[test]
    fn what_is_past_and_what_is_out_of_bounds_has_words_too() {
        assert_eq!(words(NOON, NOON - Millis::days(1), 0, "en"), "Tuesday 30 December at 12:00");
        assert_eq!(words(NOON, Timestamp(0), -3600, "en"), "Wednesday 31 December at 23:00");
        for at in [Timestamp(0), Timestamp(u64::MAX)] {
            for offset in [i32::MIN, i32::MAX] {
                assert!(!words(Timestamp(u64::MAX), at, offset, "fr").is_empty());
            }
        }
    }
}
