//! A channel's settings: each with its default, its range, and a clear error outside of it.

use crate::hours::Hours;
use crate::id::OperatorId;
use crate::limits;
use crate::text;
use crate::time::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in several languages, keyed by the primary language (`en`, `fr`). Empty: Guichet's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct LocalText(pub BTreeMap<String, String>);

impl LocalText {
    /// The text for a reader of `locale` (BCP 47): their language, else English, else whatever there is.
    pub fn pick(&self, locale: &str) -> Option<&str> {
        let language = text::language(locale);
        self.0
            .get(language)
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map(String::as_str)
    }
}

/// How new sessions are placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// To the eligible operator with the lowest load, so that all have the same workload.
    #[default]
    Evenly,
}

/// Which corner the launcher stands in, as seen by a reader from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// At the end of the line: right in English.
    #[default]
    End,
    /// At the start of the line.
    Start,
}

/// Everything that an administrator may set for a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Settings {
    /// Whether the channel takes messages. Default: yes.
    pub active: bool,
    /// The title visitors see. Default: Guichet's own words.
    pub title: LocalText,
    /// The line under the title. Default: Guichet's own words.
    pub welcome: LocalText,
    /// The channel's colour, `#rrggbb`. Default: none, Guichet's teal.
    pub accent: Option<String>,
    /// Where the launcher stands. Default: `end`.
    pub position: Position,
    /// Origins (`https://shop.example`) that may embed the channel. Default: none, only this host.
    pub origins: Vec<String>,
    /// Who answers, in order. At most 1,000.
    pub members: Vec<OperatorId>,
    /// How sessions are placed. Default: `evenly`.
    pub distribution: Distribution,
    /// Time to accept an offer, 1 to 30 minutes in milliseconds. Default: 3 minutes.
    pub response_limit: Millis,
    /// Sessions one operator may have at once, 0 to 1,000; 0 for no limit. Default: 5.
    pub sessions_at_once: u32,
    /// When the channel is open. Default: always.
    pub hours: Option<Hours>,
    /// What a visitor is told outside of working hours. Default: Guichet's own words.
    pub off_hours_text: LocalText,
    /// Whether a greeting answers the first message of a session. Default: yes.
    pub greeting: bool,
    /// The greeting. Default: Guichet's own words.
    pub greeting_text: LocalText,
    /// What a visitor is told when an operator closes. Default: nothing.
    pub closing_text: LocalText,
    /// Whether visitors are asked to rate. Default: yes.
    pub rating: bool,
    /// How long a rating is accepted after the close, 1 to 30 days in milliseconds. Default: 7 days.
    pub rating_period: Millis,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            active: true,
            title: LocalText::default(),
            welcome: LocalText::default(),
            accent: None,
            position: Position::default(),
            origins: Vec::new(),
            members: Vec::new(),
            distribution: Distribution::default(),
            response_limit: Millis::minutes(3),
            sessions_at_once: 5,
            hours: None,
            off_hours_text: LocalText::default(),
            greeting: true,
            greeting_text: LocalText::default(),
            closing_text: LocalText::default(),
            rating: true,
            rating_period: Millis::days(7),
        }
    }
}

/// A field that is out of range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// Its path, as in the JSON (`hours.week.2`).
    pub field: String,
    /// A stable code.
    pub code: FieldCode,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldCode {
    /// Nothing where something is needed.
    Required,
    /// Longer than allowed.
    TooLong,
    /// Shorter than allowed.
    TooShort,
    /// More of them than allowed.
    TooMany,
    /// A number or a length of time outside its range.
    OutOfRange,
    /// Not of the right shape.
    BadFormat,
    /// The same twice.
    Repeated,
    /// A placeholder that does not exist.
    UnknownPlaceholder,
}

impl Settings {
    /// All that is wrong with these settings, at once. Nothing, if they may be used.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors = Errors::default();
        errors.range("response_limit", &self.response_limit, Millis::minutes(1)..=Millis::minutes(30));
        errors.range("sessions_at_once", &self.sessions_at_once, 0..=1000);
        errors.range("rating_period", &self.rating_period, Millis::days(1)..=Millis::days(30));
        errors.when(self.members.len() > limits::MEMBERS_MAX, "members", FieldCode::TooMany);
        let unique: std::collections::BTreeSet<_> = self.members.iter().collect();
        errors.when(unique.len() != self.members.len(), "members", FieldCode::Repeated);
        errors.when(self.origins.len() > limits::ORIGINS_MAX, "origins", FieldCode::TooMany);
        for (index, origin) in self.origins.iter().enumerate() {
            errors.when(!is_origin(origin), format!("origins.{index}"), FieldCode::BadFormat);
        }
        let bad_accent = self.accent.as_deref().is_some_and(|colour| !is_colour(colour));
        errors.when(bad_accent, "accent", FieldCode::BadFormat);
        errors.text("title", &self.title, limits::NAME_CHARS_MAX, &[]);
        errors.text("welcome", &self.welcome, limits::NAME_CHARS_MAX * 2, &[]);
        errors.text(
            "off_hours_text",
            &self.off_hours_text,
            limits::SETTING_TEXT_CHARS_MAX,
            text::PLACEHOLDERS,
        );
        errors.text("greeting_text", &self.greeting_text, limits::SETTING_TEXT_CHARS_MAX, text::PLACEHOLDERS);
        errors.text("closing_text", &self.closing_text, limits::SETTING_TEXT_CHARS_MAX, text::PLACEHOLDERS);
        if let Some(hours) = &self.hours {
            errors.0.extend(hours.errors());
        }
        errors.0
    }
}

#[derive(Default)]
struct Errors(Vec<FieldError>);

impl Errors {
    fn when(&mut self, wrong: bool, field: impl Into<String>, code: FieldCode) {
        if wrong {
            self.0.push(FieldError { field: field.into(), code });
        }
    }

    fn range<T: PartialOrd>(&mut self, field: &str, value: &T, range: core::ops::RangeInclusive<T>) {
        self.when(!range.contains(value), field, FieldCode::OutOfRange);
    }

    fn text(&mut self, field: &str, value: &LocalText, chars_max: usize, placeholders: &[&str]) {
        for (language, words) in &value.0 {
            let field = format!("{field}.{language}");
            let bad_language =
                !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase());
            self.when(bad_language, field.clone(), FieldCode::BadFormat);
            self.when(words.chars().count() > chars_max, field.clone(), FieldCode::TooLong);
            let unknown = text::placeholders_in(words).any(|name| !placeholders.contains(&name));
            self.when(unknown, field, FieldCode::UnknownPlaceholder);
        }
    }
}

/// `scheme://host` or `scheme://host:port`, as a browser writes it.
fn is_origin(text: &str) -> bool {
    let Some((scheme, host)) = text.split_once("://") else { return false };
    matches!(scheme, "http" | "https")
        && !host.is_empty()
        && host.len() <= 253
        && host.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':' | b'[' | b']')
        })
}

fn is_colour(text: &str) -> bool {
    text.len() == 7
        && text.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_valid() {
        assert_eq!(Settings::default().errors(), []);
    }

    #[test]
    fn settings_written_by_an_older_version_are_read_with_defaults() {
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
    }

    #[test]
    fn every_error_is_told_at_once() {
        let settings = Settings {
            response_limit: Millis::seconds(59),
            sessions_at_once: 1001,
            rating_period: Millis::hours(1),
            accent: Some("teal".into()),
            origins: vec!["https://ok.example".into(), "ok.example/path".into()],
            greeting_text: LocalText([("en".into(), "Hello {name}".into())].into()),
            ..Settings::default()
        };
        let fields: Vec<_> = settings.errors().into_iter().map(|error| error.field).collect();
        assert_eq!(
            fields,
            [
                "response_limit",
                "sessions_at_once",
                "rating_period",
                "origins.1",
                "accent",
                "greeting_text.en"
            ]
        );
    }

    #[test]
    fn a_reader_gets_their_language_or_english() {
        let text = LocalText([("en".into(), "Hello".into()), ("fr".into(), "Bonjour".into())].into());
        assert_eq!(text.pick("fr-CA"), Some("Bonjour"));
        assert_eq!(text.pick("de"), Some("Hello"));
        assert_eq!(LocalText::default().pick("fr"), None);
    }
}
