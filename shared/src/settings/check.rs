//! What may be wrong with settings: all of it is told at once, the same in the API and in the console's forms.

use super::{LocalText, RatingTexts, Settings};
use crate::limits;
use crate::text;
use crate::time::Millis;
use core::ops::RangeInclusive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A field that is out of range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// Its path, as in the JSON (`queue.response_limit`).
    pub field: String,
    /// A stable code.
    pub code: FieldCode,
    /// The same in English words, with the range where there is one.
    #[serde(default)]
    pub message: String,
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
    /// Somebody or something that does not exist.
    Unknown,
}

impl FieldCode {
    const fn words(self) -> &'static str {
        match self {
            Self::Required => "needs a value",
            Self::TooLong => "is too long",
            Self::TooShort => "is too short",
            Self::TooMany => "has too many entries",
            Self::OutOfRange => "is out of range",
            Self::BadFormat => "does not have the right shape",
            Self::Repeated => "names the same twice",
            Self::UnknownPlaceholder => "has a placeholder that cannot be filled here",
            Self::Unknown => "names something that does not exist",
        }
    }
}

impl FieldError {
    /// An error that its code explains.
    pub fn new(field: impl Into<String>, code: FieldCode) -> Self {
        Self { field: field.into(), code, message: code.words().to_owned() }
    }
}

/// What the words of one setting may mention.
const PEOPLE: &[&str] = &["visitor", "operator", "channel"];
/// For words that the channel says before anybody answers.
const EARLY: &[&str] = &["visitor", "channel"];
/// For words that name a place in the line.
const PLACE: &[&str] = &["visitor", "channel", "place"];
/// For words about the next opening.
pub const LATER: &[&str] = &["visitor", "channel", "opens_at"];

impl Settings {
    /// All that is wrong with these settings, at once. Nothing, if they may be used.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors = Errors::default();
        errors.origins(&self.origins);
        self.appearance_errors(&mut errors);
        self.queue_errors(&mut errors);
        self.no_answer_errors(&mut errors);
        if let Some(schedule) = &self.working_hours.schedule {
            errors.0.extend(schedule.errors("working_hours.schedule"));
        }
        errors.text("working_hours.text", &self.working_hours.text, LATER);
        self.automatic_errors(&mut errors);
        self.rating_errors(&mut errors);
        errors.count("files.megabytes", self.files.megabytes, limits::FILE_MEGABYTES);
        errors.count("files.in_session", self.files.in_session, limits::FILES_IN_SESSION);
        let takes_nothing = self.files.enabled && self.files.groups.is_empty();
        errors.when(takes_nothing, "files.groups", FieldCode::Required);
        self.start_form.errors(&mut errors);
        let most = self.protection.sessions_per_minute;
        errors.count("protection.sessions_per_minute", most, limits::SESSIONS_PER_MINUTE);
        errors.0
    }

    fn appearance_errors(&self, errors: &mut Errors) {
        let look = &self.appearance;
        let bad_accent = look.accent.as_deref().is_some_and(|colour| !is_colour(colour));
        errors.when(bad_accent, "appearance.accent", FieldCode::BadFormat);
        errors.when(look.aliases.len() > limits::MEMBERS_MAX, "appearance.aliases", FieldCode::TooMany);
        for (person, alias) in &look.aliases {
            let field = format!("appearance.aliases.{person}");
            errors.when(text::is_blank(alias), field.clone(), FieldCode::Required);
            errors.when(alias.chars().count() > limits::NAME_CHARS_MAX, field, FieldCode::TooLong);
        }
        errors.short_text("appearance.title", &look.title, limits::NAME_CHARS_MAX);
        errors.short_text("appearance.welcome", &look.welcome, limits::NAME_CHARS_MAX * 2);
    }

    fn queue_errors(&self, errors: &mut Errors) {
        let queue = &self.queue;
        errors.when(queue.members.len() > limits::MEMBERS_MAX, "queue.members", FieldCode::TooMany);
        let unique: BTreeSet<_> = queue.members.iter().collect();
        errors.when(unique.len() != queue.members.len(), "queue.members", FieldCode::Repeated);
        errors.length("queue.response_limit", queue.response_limit, limits::RESPONSE_LIMIT);
        errors.count("queue.sessions_at_once", queue.sessions_at_once, limits::SESSIONS_AT_ONCE);
        errors.count("queue.misses_before_break", queue.misses_before_break, limits::MISSES_BEFORE_BREAK);
        errors.length("queue.give_up", queue.give_up, limits::GIVE_UP);
    }

    fn no_answer_errors(&self, errors: &mut Errors) {
        errors.length("no_answer.delay", self.no_answer.delay, limits::NO_ANSWER_DELAY);
        errors.text("no_answer.text", &self.no_answer.text, EARLY);
    }

    fn automatic_errors(&self, errors: &mut Errors) {
        let automatic = &self.automatic;
        errors.text("automatic.greeting_text", &automatic.greeting_text, EARLY);
        errors.text("automatic.waiting_text", &automatic.waiting_text, PLACE);
        let too_many = automatic.reminders.len() > limits::REMINDERS_MAX;
        errors.when(too_many, "automatic.reminders", FieldCode::TooMany);
        let mut before = Millis(0);
        for (index, reminder) in automatic.reminders.iter().enumerate() {
            let field = format!("automatic.reminders.{index}");
            errors.length(&format!("{field}.after"), reminder.after, limits::REMINDER_AFTER);
            errors.when(reminder.after <= before, format!("{field}.after"), FieldCode::TooShort);
            before = reminder.after;
            let empty = reminder.text.words("en").is_none();
            errors.when(empty, format!("{field}.text"), FieldCode::Required);
            errors.text(&format!("{field}.text"), &reminder.text, PEOPLE);
        }
        errors.length("automatic.auto_close", automatic.auto_close, limits::AUTO_CLOSE);
        errors.text("automatic.auto_close_text", &automatic.auto_close_text, PEOPLE);
        errors.text("automatic.closing_text", &automatic.closing_text, PEOPLE);
        errors.length("automatic.closing_period", automatic.closing_period, limits::CLOSING_PERIOD);
    }

    fn rating_errors(&self, errors: &mut Errors) {
        if let Some(period) = self.ratings.accepted_for {
            errors.length("ratings.accepted_for", period, limits::RATING_PERIOD);
        }
        for (name, RatingTexts { ask, good, bad }) in
            [("chat", &self.ratings.chat), ("connectors", &self.ratings.connectors)]
        {
            for (part, text) in [("ask", ask), ("good", good), ("bad", bad)] {
                errors.text(&format!("ratings.{name}.{part}"), text, PEOPLE);
            }
        }
    }
}

#[derive(Default)]
pub(super) struct Errors(Vec<FieldError>);

impl Errors {
    pub(super) fn when(&mut self, wrong: bool, field: impl Into<String>, code: FieldCode) {
        if wrong {
            self.0.push(FieldError::new(field, code));
        }
    }

    fn length(&mut self, field: &str, value: Millis, range: RangeInclusive<Millis>) {
        if !range.contains(&value) {
            let (least, most) = (in_words(*range.start()), in_words(*range.end()));
            self.out_of_range(field, format!("has to be {least} to {most}"));
        }
    }

    fn count(&mut self, field: &str, value: u32, range: RangeInclusive<u32>) {
        if !range.contains(&value) {
            self.out_of_range(field, format!("has to be {} to {}", range.start(), range.end()));
        }
    }

    fn out_of_range(&mut self, field: &str, message: String) {
        self.0.push(FieldError { field: field.to_owned(), code: FieldCode::OutOfRange, message });
    }

    fn origins(&mut self, origins: &[String]) {
        self.when(origins.len() > limits::ORIGINS_MAX, "origins", FieldCode::TooMany);
        for (index, origin) in origins.iter().enumerate() {
            self.when(!is_origin(origin), format!("origins.{index}"), FieldCode::BadFormat);
        }
    }

    fn text(&mut self, field: &str, value: &LocalText, placeholders: &[&str]) {
        self.words(field, value, limits::SETTING_TEXT_CHARS_MAX, placeholders);
    }

    fn short_text(&mut self, field: &str, value: &LocalText, chars_max: usize) {
        self.words(field, value, chars_max, &[]);
    }

    pub(super) fn words(&mut self, field: &str, value: &LocalText, chars_max: usize, placeholders: &[&str]) {
        self.when(value.0.len() > limits::LANGUAGES_MAX, field, FieldCode::TooMany);
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

/// A length of time as a person would say it.
fn in_words(length: Millis) -> String {
    let units = [(Millis::days(1), "day"), (Millis::hours(1), "hour"), (Millis::minutes(1), "minute")];
    for (unit, name) in units {
        let count = length.0 / unit.0;
        if count > 0 && length.0.is_multiple_of(unit.0) {
            return format!("{count} {name}{}", if count == 1 { "" } else { "s" });
        }
    }
    format!("{} seconds", length.0 / 1000)
}

/// Whether a text could be an e-mail address; only sending to it tells whether it is one.
pub fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    text.len() <= limits::EMAIL_BYTES_MAX
        && !user.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// The lower end of a range, for forms.
pub const fn at_least(range: &RangeInclusive<Millis>) -> Millis {
    *range.start()
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
    use super::super::{Appearance, Automatic, Queue, Ratings, Reminder};
    use super::*;

    fn english(words: &str) -> LocalText {
        LocalText([("en".to_owned(), words.to_owned())].into())
    }

    #[test]
    fn the_defaults_are_valid() {
        assert_eq!(Settings::default().errors(), []);
    }

    #[test]
    fn every_error_is_told_at_once_with_its_range() {
        let settings = Settings {
            origins: vec!["https://ok.example".into(), "ok.example/path".into()],
            appearance: Appearance { accent: Some("teal".into()), ..Appearance::default() },
            queue: Queue {
                response_limit: Millis::seconds(59),
                sessions_at_once: 1001,
                give_up: Millis::days(31),
                misses_before_break: 11,
                ..Queue::default()
            },
            automatic: Automatic {
                greeting_text: english("Hello {name}"),
                closing_period: Millis::minutes(61),
                reminders: vec![
                    Reminder { after: Millis::minutes(5), text: english("Still there?") },
                    Reminder { after: Millis::minutes(5), text: english(" ") },
                ],
                ..Automatic::default()
            },
            ratings: Ratings { accepted_for: Some(Millis::hours(1)), ..Ratings::default() },
            ..Settings::default()
        };
        let errors = settings.errors();
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "origins.1",
                "appearance.accent",
                "queue.response_limit",
                "queue.sessions_at_once",
                "queue.misses_before_break",
                "queue.give_up",
                "automatic.greeting_text.en",
                "automatic.reminders.1.after",
                "automatic.reminders.1.text",
                "automatic.closing_period",
                "ratings.accepted_for",
            ]
        );
        assert_eq!(errors[2].message, "has to be 1 minute to 30 minutes");
        assert_eq!(errors[3].message, "has to be 0 to 1000");
        assert_eq!(errors[5].message, "has to be 1 hour to 30 days");
    }

    #[test]
    fn a_placeholder_is_offered_only_where_it_can_be_filled() {
        let mut settings = Settings::default();
        settings.working_hours.text = english("Back {opens_at}");
        settings.automatic.waiting_text = english("Number {place}");
        assert_eq!(settings.errors(), []);
        settings.automatic.greeting_text = english("Number {place}");
        assert_eq!(settings.errors().len(), 1);
    }

    #[test]
    fn an_address_for_letters_has_a_name_and_a_host() {
        for good in ["a@b.example", "ana.lee+chat@mail.example.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.example", "a b@c.example", "a@.example", "a@b."] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
