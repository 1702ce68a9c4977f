//! Texts that the channel says by itself: Guichet's own words, and placeholders.

use crate::settings::LocalText;

/// The placeholders that a setting's text may use.
pub const PLACEHOLDERS: &[&str] = &["operator", "channel"];

/// The primary language of a BCP 47 tag: `fr` for `fr-CA`.
pub fn language(locale: &str) -> &str {
    locale.split(['-', '_']).next().unwrap_or(locale)
}

/// The names between braces in `text`.
pub fn placeholders_in(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// `text` with `{name}` replaced by each value given; names without a value are left out.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if PLACEHOLDERS.contains(&name) => {
                filled.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
                rest = after;
            }
            _ => {
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
}

impl Default {
    /// The words for a reader of `locale`.
    pub fn words(self, locale: &str) -> &'static str {
        match (self, language(locale)) {
            (Self::Greeting, "fr") => {
                "Bonjour, merci de votre message. Quelqu’un vous répond dans un instant."
            }
            (Self::Greeting, _) => {
                "Hello, and thank you for your message. Someone will be with you in a moment."
            }
            (Self::OffHours, "fr") => {
                "Nous sommes fermés pour le moment. Laissez-nous votre message : nous y répondrons dès notre retour."
            }
            (Self::OffHours, _) => {
                "We are closed at the moment. Leave us your message, and we will answer when we are back."
            }
        }
    }
}

/// The channel's own text for `locale`, or Guichet's.
pub fn or_default<'a>(own: &'a LocalText, default: Default, locale: &str) -> &'a str {
    own.pick(locale).filter(|words| !words.trim().is_empty()).unwrap_or_else(|| default.words(locale))
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
        assert_eq!(fill("Hi {channel}, {operator} { here }{", &[("operator", "Ana")]), "Hi , Ana { here }{");
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
    fn a_preview_is_one_short_line() {
        assert_eq!(preview("a\n b", 10), "a b");
        assert_eq!(preview("abcdef", 4), "abc…");
    }
}
