//! Texts that the channel says by itself: Guichet's own words, and placeholders.

mod defaults;
pub mod links;

use crate::settings::LocalText;

/// The placeholders that texts may use; each setting allows some of them.
pub const PLACEHOLDERS: &[&str] = &["visitor", "operator", "channel", "place", "opens_at"];

/// The primary language of a BCP 47 tag: `fr` for `fr-CA`.
pub fn language(locale: &str) -> &str {
    locale.split(['-', '_']).next().unwrap_or(locale)
}

/// The names between braces in `text`.
pub fn placeholders_in(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// `text` with `{name}` replaced by each value given. Other names stay as they are.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let named = after.split_once('}');
        let value = named.and_then(|(name, after)| {
            values.iter().find(|(key, _)| *key == name).map(|(_, value)| (value, after))
        });
        match value {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// Guichet's own words, where a channel has set none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// Answers the first message of a session.
    Greeting,
    /// Answers a message outside of working hours.
    OffHours,
    /// Answers when nobody else does.
    NoAnswer,
    /// Asks how a visitor can be reached.
    ContactAsk,
    /// Asks for a thumb where there are no buttons.
    RatingAskThumbs,
    /// Asks for stars where there are no buttons.
    RatingAskStars,
    /// Thanks for a good rating where there are no buttons.
    ThanksGood,
    /// Thanks for a bad one.
    ThanksBad,
    /// What the people who answer are called where their names are not shown.
    Team,
}

impl Default {
    /// The words for a reader of `locale`; in English where there are none in that language.
    pub fn words(self, locale: &str) -> &'static str {
        let lang = language(locale);
        let words = defaults::WORDS.iter().find(|(known, _)| lang.eq_ignore_ascii_case(known));
        let of = |words: &defaults::Words| match self {
            Self::Greeting => words.greeting,
            Self::OffHours => words.off_hours,
            Self::NoAnswer => words.no_answer,
            Self::ContactAsk => words.contact_ask,
            Self::RatingAskThumbs => words.rating_ask_thumbs,
            Self::RatingAskStars => words.rating_ask_stars,
            Self::ThanksGood => words.thanks_good,
            Self::ThanksBad => words.thanks_bad,
            Self::Team => words.team,
        };
        words.map_or_else(|| of(&defaults::ENGLISH), |(_, words)| of(words))
    }
}

/// The channel's own text for `locale`, or Guichet's.
pub fn or_default<'a>(own: &'a LocalText, default: Default, locale: &str) -> &'a str {
    own.words(locale).unwrap_or_else(|| default.words(locale))
}

/// At most `chars_max` characters of `text` on one line, with an ellipsis if something was cut.
pub fn preview(text: &str, chars_max: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= chars_max {
        return line;
    }
    line.chars().take(chars_max.saturating_sub(1)).chain(['…']).collect()
}

/// Whether there is something to read in `text`: more than white space and characters without a width.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_other_braces_stay() {
        let values = [("operator", "Ana"), ("channel", "")];
        assert_eq!(fill("Hi {channel}, {operator} { here }{", &values), "Hi , Ana { here }{");
        assert_eq!(fill("{place} of {channel}", &values), "{place} of ");
        assert_eq!(placeholders_in("{a} {b} {").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn text_without_anything_to_read_is_blank() {
        for blank in ["", " \n\t", "\u{200B}\u{FEFF}", "\u{202E}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for full in ["a", " 👋 ", "\u{202E}שלום"] {
            assert!(!is_blank(full), "{full:?}");
        }
    }

    #[test]
    fn every_language_has_words_of_its_own() {
        for (lang, words) in defaults::WORDS.iter().filter(|(lang, _)| *lang != "en") {
            assert_ne!(words.greeting, defaults::ENGLISH.greeting, "{lang}");
            assert_eq!(Default::Greeting.words(&format!("{}-XX", lang.to_uppercase())), words.greeting);
            for digits in [words.rating_ask_thumbs, words.rating_ask_stars] {
                assert!(digits.contains('1'), "{lang}: {digits}");
            }
        }
        assert_eq!(Default::ThanksBad.words("tlh"), Default::ThanksBad.words("en-GB"));
    }

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview("a\n b", 10), "a b");
        assert_eq!(preview("abcdef", 4), "abc…");
    }
}
