//! Texts that the channel says by itself: Guichet's own words, and placeholders.

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
}

impl Default {
    /// The words for a reader of `locale`.
    pub fn words(self, locale: &str) -> &'static str {
        match language(locale) {
            "fr" => self.french(),
            _ => self.english(),
        }
    }

    const fn english(self) -> &'static str {
        match self {
            Self::Greeting => "Hello, and thank you for your message. Someone will be with you in a moment.",
            Self::OffHours => {
                "We are closed at the moment. Leave us your message, and we will answer when we are back."
            }
            Self::NoAnswer => {
                "Everyone is busy at the moment. We have your message, and someone will answer as soon as they can."
            }
            Self::ContactAsk => "Tell us how to reach you, and we will get back to you.",
            Self::RatingAskThumbs => "Did we help you? Reply 1 for yes or 0 for no.",
            Self::RatingAskStars => "How did we do? Reply with a digit from 1 (poor) to 5 (great).",
            Self::ThanksGood => "Thank you. We are glad that we could help.",
            Self::ThanksBad => "Thank you for telling us. We will try to do better.",
        }
    }

    const fn french(self) -> &'static str {
        match self {
            Self::Greeting => "Bonjour, merci de votre message. Quelqu’un vous répond dans un instant.",
            Self::OffHours => {
                "Nous sommes fermés pour le moment. Laissez-nous votre message : nous y répondrons dès notre retour."
            }
            Self::NoAnswer => {
                "Tout le monde est occupé pour le moment. Votre message est bien arrivé : on vous répond dès que possible."
            }
            Self::ContactAsk => "Dites-nous comment vous joindre, et nous reviendrons vers vous.",
            Self::RatingAskThumbs => "Avons-nous pu vous aider ? Répondez 1 pour oui ou 0 pour non.",
            Self::RatingAskStars => {
                "Qu’avez-vous pensé de nous ? Répondez par un chiffre de 1 (mauvais) à 5 (excellent)."
            }
            Self::ThanksGood => "Merci. Nous sommes heureux d’avoir pu vous aider.",
            Self::ThanksBad => "Merci de nous l’avoir dit. Nous essaierons de faire mieux.",
        }
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
    fn a_preview_is_one_short_line() {
        assert_eq!(preview("a\n b", 10), "a b");
        assert_eq!(preview("abcdef", 4), "abc…");
    }
}
