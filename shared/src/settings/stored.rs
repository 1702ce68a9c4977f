//! Reads settings as any version of Guichet has stored them. Version 1 had no groups and no `schema`.

use super::{
    Appearance, Automatic, Files, Greeting, LocalText, NoAnswer, Position, Protection, Queue, Ratings,
    SCHEMA, Settings, StartForm, WorkingHours,
};
use crate::hours::Hours;
use crate::id::OperatorId;
use crate::time::Millis;
use serde::Deserialize;

/// The fields of every version: the groups of today, and the names that version 1 used.
#[derive(Deserialize)]
#[serde(default)]
struct Stored {
    active: bool,
    origins: Vec<String>,
    appearance: Appearance,
    queue: Queue,
    no_answer: NoAnswer,
    working_hours: WorkingHours,
    automatic: Automatic,
    ratings: Ratings,
    files: Files,
    start_form: StartForm,
    protection: Protection,
    #[serde(flatten)]
    first: First,
}

/// What version 1 wrote at the top.
#[derive(Default, Deserialize)]
#[serde(default)]
struct First {
    title: Option<LocalText>,
    welcome: Option<LocalText>,
    accent: Option<String>,
    position: Option<Position>,
    members: Option<Vec<OperatorId>>,
    response_limit: Option<Millis>,
    sessions_at_once: Option<u32>,
    hours: Option<Hours>,
    off_hours_text: Option<LocalText>,
    greeting: Option<bool>,
    greeting_text: Option<LocalText>,
    closing_text: Option<LocalText>,
    rating: Option<bool>,
    rating_period: Option<Millis>,
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Stored::deserialize(deserializer).map(Self::from)
    }
}

impl Default for Stored {
    fn default() -> Self {
        let Settings {
            active,
            origins,
            appearance,
            queue,
            no_answer,
            working_hours,
            automatic,
            ratings,
            files,
            start_form,
            protection,
            ..
        } = Settings::default();
        let first = First::default();
        Self {
            active,
            origins,
            appearance,
            queue,
            no_answer,
            working_hours,
            automatic,
            ratings,
            files,
            start_form,
            protection,
            first,
        }
    }
}

impl From<Stored> for Settings {
    fn from(stored: Stored) -> Self {
        let Stored {
            active,
            origins,
            appearance,
            queue,
            no_answer,
            working_hours,
            automatic,
            ratings,
            files,
            start_form,
            protection,
            first,
        } = stored;
        let schema = SCHEMA;
        let mut settings = Self {
            schema,
            active,
            origins,
            appearance,
            queue,
            no_answer,
            working_hours,
            automatic,
            ratings,
            files,
            start_form,
            protection,
        };
        first.into_groups(&mut settings);
        settings
    }
}

impl First {
    fn into_groups(self, settings: &mut Settings) {
        put(&mut settings.appearance.title, self.title);
        put(&mut settings.appearance.welcome, self.welcome);
        put(&mut settings.appearance.position, self.position);
        settings.appearance.accent = self.accent.or_else(|| settings.appearance.accent.take());
        put(&mut settings.queue.members, self.members);
        put(&mut settings.queue.response_limit, self.response_limit);
        put(&mut settings.queue.sessions_at_once, self.sessions_at_once);
        settings.working_hours.schedule = self.hours.or_else(|| settings.working_hours.schedule.take());
        put(&mut settings.working_hours.text, self.off_hours_text);
        let greeting = |on| if on { Greeting::EverySession } else { Greeting::Off };
        put(&mut settings.automatic.greeting, self.greeting.map(greeting));
        put(&mut settings.automatic.greeting_text, self.greeting_text);
        put(&mut settings.automatic.closing_text, self.closing_text);
        put(&mut settings.ratings.enabled, self.rating);
        put(&mut settings.ratings.accepted_for, self.rating_period.map(Some));
    }
}

fn put<T>(field: &mut T, before: Option<T>) {
    if let Some(value) = before {
        *field = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stored_means_the_defaults() {
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut settings = Settings::default();
        settings.queue.sessions_at_once = 3;
        settings.ratings.accepted_for = None;
        settings.automatic.greeting = Greeting::FirstContact;
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&text).unwrap(), settings);
    }

    #[test]
    fn settings_of_the_first_version_are_moved_into_their_groups() {
        let text = r##"{"active":false,"title":{"en":"Shop"},"welcome":{},"accent":"#112233","position":"start",
            "origins":["https://shop.example"],"members":["01ARZ3NDEKTSV4RRFFQ69G5FAV"],"distribution":"evenly",
            "response_limit":60000,"sessions_at_once":2,
            "hours":{"zone":"Europe/Paris","week":[{"day":0,"start":540,"end":1080}]},
            "off_hours_text":{"en":"Closed."},"greeting":false,"greeting_text":{"en":"Hi."},
            "closing_text":{"en":"Bye."},"rating":false,"rating_period":86400000}"##;
        let settings: Settings = serde_json::from_str(text).unwrap();
        assert_eq!(settings.schema, SCHEMA);
        assert!(!settings.active);
        assert_eq!(settings.appearance.title.pick("en"), Some("Shop"));
        assert_eq!(settings.appearance.accent.as_deref(), Some("#112233"));
        assert_eq!(settings.appearance.position, Position::Start);
        assert_eq!(settings.queue.members.len(), 1);
        assert_eq!(settings.queue.response_limit, Millis::minutes(1));
        assert_eq!(settings.queue.sessions_at_once, 2);
        assert_eq!(settings.working_hours.schedule.unwrap().zone, "Europe/Paris");
        assert_eq!(settings.working_hours.text.pick("en"), Some("Closed."));
        assert_eq!(settings.automatic.greeting, Greeting::Off);
        assert_eq!(settings.automatic.greeting_text.pick("en"), Some("Hi."));
        assert_eq!(settings.automatic.closing_text.pick("en"), Some("Bye."));
        assert!(!settings.ratings.enabled);
        assert_eq!(settings.ratings.accepted_for, Some(Millis::days(1)));
    }
}
