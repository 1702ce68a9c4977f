//! The settings of one channel while they are edited: kept whole, so that what this form does not show is sent back as it
//! was.

use crate::http::{self, Trouble};
use crate::texts::{lang, words};
use leptos::prelude::*;
use shared::api::{EndpointName, Person, VersionedSettings};
use shared::id::{ChannelId, OperatorId};
use shared::reject::Code;
use shared::settings::{FieldCode, FieldError, Settings};
use shared::time::Millis;

/// A handle: copies are the same form.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// As the worker has them.
    base: RwSignal<VersionedSettings>,
    pub(super) members: RwSignal<Vec<OperatorId>>,
    pub(super) at_once: RwSignal<String>,
    pub(super) limit: RwSignal<String>,
    pub(super) greeting: RwSignal<bool>,
    pub(super) greeting_text: RwSignal<String>,
    pub(super) errors: RwSignal<Vec<FieldError>>,
    pub(super) state: RwSignal<Saving>,
}

/// What became of the last attempt to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Saving {
    No,
    Now,
    Done,
    /// Somebody else saved in between.
    Conflict,
    Failed(&'static str),
}

/// All that a channel's page shows.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) settings: VersionedSettings,
    pub(super) people: Vec<Person>,
}

/// Reads a channel's page.
pub(super) async fn load(id: &ChannelId) -> Result<Page, Trouble> {
    let settings = http::fetch_of(EndpointName::Settings, id).await?;
    let people = http::fetch(EndpointName::Operators).await?;
    Ok(Page { settings, people })
}

impl Form {
    pub(super) fn new(base: VersionedSettings) -> Self {
        let form = Self {
            base: RwSignal::new(base),
            members: RwSignal::default(),
            at_once: RwSignal::default(),
            limit: RwSignal::default(),
            greeting: RwSignal::default(),
            greeting_text: RwSignal::default(),
            errors: RwSignal::default(),
            state: RwSignal::new(Saving::No),
        };
        form.undo();
        form
    }

    /// Fills the fields with what the worker has.
    pub(super) fn undo(self) {
        let settings = self.base.get_untracked().settings;
        self.members.set(settings.members);
        self.at_once.set(settings.sessions_at_once.to_string());
        self.limit.set((settings.response_limit.0 / Millis::minutes(1).0).to_string());
        self.greeting.set(settings.greeting);
        self.greeting_text.set(settings.greeting_text.0.get(lang().tag()).cloned().unwrap_or_default());
        self.errors.set(Vec::new());
        self.state.set(Saving::No);
    }

    /// The settings as the fields say, or what is wrong with the fields.
    fn filled(self) -> Result<Settings, Vec<FieldError>> {
        let mut settings = self.base.get().settings;
        let mut errors = Vec::new();
        settings.members = self.members.get();
        settings.greeting = self.greeting.get();
        let greeting = self.greeting_text.get();
        if greeting.trim().is_empty() {
            settings.greeting_text.0.remove(lang().tag());
        } else {
            settings.greeting_text.0.insert(lang().tag().to_owned(), greeting);
        }
        match self.at_once.with(|text| text.trim().parse()) {
            Ok(number) => settings.sessions_at_once = number,
            Err(_) => errors.push(bad("sessions_at_once")),
        }
        match self.limit.with(|text| text.trim().parse::<u32>()) {
            Ok(number) => settings.response_limit = Millis::minutes(number.into()),
            Err(_) => errors.push(bad("response_limit")),
        }
        errors.extend(settings.errors());
        if errors.is_empty() { Ok(settings) } else { Err(errors) }
    }

    /// Whether the fields differ from what the worker has.
    pub(super) fn is_changed(self) -> bool {
        let base = self.base.get().settings;
        self.filled().map_or(true, |settings| settings != base)
    }

    /// What is wrong with a field, in words.
    pub(super) fn error(self, field: &'static str, help: &'static str) -> Signal<Option<String>> {
        let settings = &words().settings;
        Signal::derive(move || {
            let code = self.errors.with(|errors| {
                errors
                    .iter()
                    .find(|error| error.field.split('.').next() == Some(field))
                    .map(|error| error.code)
            })?;
            Some(match code {
                FieldCode::OutOfRange => crate::texts::put(settings.out_of_range, help),
                FieldCode::BadFormat => settings.whole_number.to_owned(),
                FieldCode::Required => settings.needed.to_owned(),
                FieldCode::TooLong => settings.too_long.to_owned(),
                FieldCode::UnknownPlaceholder => settings.placeholder.to_owned(),
                FieldCode::TooShort | FieldCode::TooMany | FieldCode::Repeated => settings.bad.to_owned(),
            })
        })
    }

    /// Saves, unless somebody else has in between.
    pub(super) fn save(self, id: ChannelId) {
        let settings = match untrack(move || self.filled()) {
            Ok(settings) => settings,
            Err(errors) => {
                self.errors.set(errors);
                self.state.set(Saving::Failed(words().refusals.of(Code::InvalidFields)));
                return;
            }
        };
        self.errors.set(Vec::new());
        self.state.set(Saving::Now);
        let wanted = VersionedSettings { version: self.base.get_untracked().version, settings };
        http::spawn(async move {
            let answer = http::send_of(EndpointName::ChangeSettings, &id, &wanted).await;
            self.answered(answer);
        });
    }

    fn answered(self, answer: Result<VersionedSettings, Trouble>) {
        match answer {
            Ok(base) => {
                self.base.set(base);
                self.undo();
                self.state.set(Saving::Done);
            }
            Err(trouble) if trouble.code() == Some(Code::VersionConflict) => self.state.set(Saving::Conflict),
            Err(trouble) => {
                if let Trouble::Refused(problem) = &trouble {
                    self.errors.set(problem.fields.clone());
                }
                self.state.set(Saving::Failed(trouble.words(words())));
            }
        }
    }

    /// Takes what somebody else has saved in place of what is in the fields.
    pub(super) fn take_theirs(self, id: ChannelId) {
        http::spawn(async move {
            match http::fetch_of(EndpointName::Settings, &id).await {
                Ok(base) => {
                    self.base.set(base);
                    self.undo();
                }
                Err(trouble) => self.state.set(Saving::Failed(trouble.words(words()))),
            }
        });
    }
}

fn bad(field: &str) -> FieldError {
    FieldError { field: field.to_owned(), code: FieldCode::BadFormat }
}
