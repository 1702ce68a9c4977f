//! Numbers, lengths of time and times of day, as people write them.

use crate::texts::{Lang, lang, put_all, words};
use shared::time::Millis;

/// What a number in a field counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Count,
    Minutes,
    Hours,
    Days,
}

impl Unit {
    /// How much of what is stored makes one. Lengths of time are stored in milliseconds.
    const fn size(self) -> u64 {
        match self {
            Self::Count => 1,
            Self::Minutes => Millis::minutes(1).0,
            Self::Hours => Millis::hours(1).0,
            Self::Days => Millis::days(1).0,
        }
    }

    /// What stands behind the number.
    pub(super) fn name(self) -> &'static str {
        let form = &words().settings.form;
        match self {
            Self::Count => "",
            Self::Minutes => form.minutes,
            Self::Hours => form.hours,
            Self::Days => form.days,
        }
    }

    /// Which keys a phone shows.
    pub(super) const fn keys(self) -> &'static str {
        if matches!(self, Self::Count) { "numeric" } else { "decimal" }
    }

    /// A stored amount as it stands in a field.
    pub(super) fn show(self, amount: u64) -> String {
        let whole = amount / self.size();
        match amount % self.size() * 1000 / self.size() {
            0 => whole.to_string(),
            thousandths => {
                let part = format!("{thousandths:03}");
                let point = if lang() == Lang::Fr { ',' } else { '.' };
                format!("{whole}{point}{}", part.trim_end_matches('0'))
            }
        }
    }

    /// What was typed, as it is stored. A length of time may have decimals.
    pub(super) fn read(self, text: &str) -> Option<u64> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (whole, part) = match self {
            Self::Count => (text.as_str(), ""),
            _ => text.split_once(['.', ',']).unwrap_or((&text, "")),
        };
        let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !are_digits(whole) || !are_digits(part) {
            return None;
        }
        // More digits than fit are more than any range allows.
        let whole = whole.parse().unwrap_or(u64::MAX);
        let thousandths: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
        Some(whole.saturating_mul(self.size()).saturating_add(self.size() * thousandths / 1000))
    }

    /// A range of stored amounts in words: "From 1 to 30 minutes."
    pub(super) fn range(self, [least, most]: [u64; 2]) -> String {
        let form = &words().settings.form;
        let [least, most] = [least, most].map(|end| grouped(end / self.size()));
        let name = if matches!(self, Self::Count) { String::new() } else { format!(" {}", self.name()) };
        put_all(form.range, &[&least, &most, &name])
    }
}

/// What was typed as a count.
pub(super) fn read_count(text: &str) -> Option<u32> {
    Unit::Count.read(text).map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

/// A count with its thousands apart.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mark = if lang() == Lang::Fr { '\u{202f}' } else { ',' };
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

/// Minutes after midnight as a time of day; the end of the day is `24:00`.
pub(super) fn time(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `9:30`, `09.30`, `9h30`, `930` or `9` as minutes after midnight.
pub(super) fn read_time(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hours, minutes) = match text.split_once([':', '.', 'h', 'H']) {
        Some(parts) => parts,
        // Phones whose keys are digits alone have no colon.
        None => text
            .split_at_checked(text.len().saturating_sub(2))
            .filter(|(hours, _)| !hours.is_empty())
            .unwrap_or((text, "")),
    };
    let number = |text: &str, least: usize| {
        let fits = (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let minutes = if minutes.is_empty() { 0 } else { number(minutes, 2)? };
    let time = number(hours, 1)? * 60 + minutes;
    (minutes < 60 && time <= 24 * 60).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::speak;

    #[test]
    fn a_length_of_time_is_read_in_its_unit() {
        let minutes = |text| Unit::Minutes.read(text);
        assert_eq!(minutes("3"), Some(180_000));
        assert_eq!(minutes(" 1,5 "), Some(90_000));
        assert_eq!(minutes("0.25"), Some(15_000));
        assert_eq!(minutes("1."), Some(60_000));
        assert_eq!(Unit::Days.read("1,000\u{202f}9"), Some(86_400_000));
        assert_eq!(Unit::Hours.read("99999999999999999999999"), Some(u64::MAX));
        for bad in ["", " ", "-1", "1e3", "three", "1.2.3", ".5", "١"] {
            assert_eq!(minutes(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_count_is_whole() {
        assert_eq!(Unit::Count.read("1 000"), Some(1000));
        assert_eq!(Unit::Count.read("1.5"), None);
    }

    #[test]
    fn what_is_shown_is_read_back() {
        for lang in Lang::ALL {
            speak(lang);
            for amount in [0, 60_000, 90_000, 75_000, 3_600_000] {
                assert_eq!(Unit::Minutes.read(&Unit::Minutes.show(amount)), Some(amount));
            }
        }
        assert_eq!(Unit::Minutes.show(90_000), "1,5");
        assert_eq!(Unit::Minutes.show(80_000), "1,333");
    }

    #[test]
    fn a_range_names_its_unit() {
        speak(Lang::En);
        assert_eq!(Unit::Minutes.range([60_000, 1_800_000]), "From 1 to 30 minutes.");
        assert_eq!(Unit::Count.range([0, 1000]), "From 0 to 1,000.");
        speak(Lang::Fr);
        assert_eq!(Unit::Hours.range([3_600_000, 2_592_000_000]), "De 1 à 720 heures.");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let cases = [
            ("9", Some(540)),
            ("09:30", Some(570)),
            (" 9h30 ", Some(570)),
            ("9h", Some(540)),
            ("18.05", Some(1085)),
            ("0:00", Some(0)),
            ("24:00", Some(1440)),
            ("24:01", None),
            ("9:60", None),
            ("9:5", None),
            ("930", Some(570)),
            ("0930", Some(570)),
            ("2400", Some(1440)),
            ("24", Some(1440)),
            ("93000", None),
            ("3é", None),
            ("", None),
            (":30", None),
            ("9:30:00", None),
            ("-1:00", None),
        ];
        for (text, minutes) in cases {
            assert_eq!(read_time(text), minutes, "{text:?}");
        }
        assert_eq!(time(570), "09:30");
        assert_eq!(time(1440), "24:00");
    }
}
