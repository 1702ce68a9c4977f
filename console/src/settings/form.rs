//! The settings of one channel while they are edited: kept whole, so that what this page does not show is sent back as it
//! was.

use super::place::{At, Line, Text, path_at};
use super::typed::{Typed, is_within};
use super::wrong::{self, Kind};
use crate::browser;
use crate::http::{self, Trouble};
use crate::texts::{Lang, lang, words};
use leptos::prelude::*;
use shared::api::{EndpointName, Person, VersionedSettings};
use shared::id::ChannelId;
use shared::reject::Code;
use shared::settings::{FieldCode, FieldError, Settings};
use shared::text::is_blank;

/// A handle: copies are the same form.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// As the worker has them.
    base: RwSignal<VersionedSettings>,
    /// As the fields say.
    pub(super) settings: RwSignal<Settings>,
    typed: RwSignal<Typed>,
    /// Whether what is wrong is shown: not before somebody tries to save it.
    checking: RwSignal<bool>,
    /// What the worker found wrong.
    refused: RwSignal<Vec<FieldError>>,
    errors: Memo<Vec<FieldError>>,
    changed: Memo<bool>,
    pub(super) state: RwSignal<Saving>,
    /// In which language the texts are shown.
    pub(super) language: RwSignal<Lang>,
    /// Whether whoever is here may change anything.
    pub(super) editable: bool,
    /// The paths that have a field.
    fields: StoredValue<Vec<(String, Reach)>>,
}

/// What became of the last attempt to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Saving {
    No,
    Now,
    Done,
    /// Something is wrong with the fields.
    Wrong,
    /// Somebody else saved in between.
    Conflict,
    Failed(&'static str),
}

/// Which errors belong to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those of its path alone: its parts have fields of their own.
    Here,
    /// Those of its path and of all below.
    Below,
}

/// What is wrong with a field, in words; empty if nothing is.
pub(super) type Problem = Signal<String>;

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
    pub(super) fn new(base: VersionedSettings, editable: bool) -> Self {
        let settings = RwSignal::new(base.settings.clone());
        let base = RwSignal::new(base);
        let typed = RwSignal::new(Typed::default());
        let checking = RwSignal::new(false);
        let refused = RwSignal::new(Vec::new());
        let errors = Memo::new(move |_| {
            let mut errors = refused.get();
            if checking.get() {
                errors.extend(typed.with(unreadable));
                errors.extend(settings.with(Settings::errors));
            }
            errors
        });
        let changed = Memo::new(move |_| {
            let differs = base.with(|base| settings.with(|settings| *settings != base.settings));
            differs || typed.with(|typed| typed.unreadable().next().is_some())
        });
        let state = RwSignal::new(Saving::No);
        let language = RwSignal::new(lang());
        let fields = StoredValue::new(Vec::new());
        Self { base, settings, typed, checking, refused, errors, changed, state, language, editable, fields }
    }

    /// Fills the fields with what the worker has.
    pub(super) fn undo(self) {
        // An answer may come when the page is gone.
        let Some(base) = self.base.try_get_untracked() else { return };
        self.settings.set(base.settings);
        self.typed.set(Typed::default());
        self.checking.set(false);
        self.refused.set(Vec::new());
        self.state.set(Saving::No);
    }

    /// Whether the fields differ from what the worker has.
    pub(super) fn is_changed(self) -> bool {
        self.changed.get()
    }

    // ---------------------------------------------------------------------------------------------------------- editing

    /// Changes a setting. What was typed into it, or into fields below it, is gone.
    pub(super) fn change(self, path: &str, edit: impl FnOnce(&mut Settings)) {
        self.touch(path);
        self.typed.update(|typed| typed.forget(path));
        self.settings.update(edit);
    }

    /// Takes a row out of a list.
    pub(super) fn remove_row(self, list: &str, row: usize, edit: impl FnOnce(&mut Settings)) {
        self.touch(list);
        self.typed.update(|typed| typed.remove_row(list, row));
        self.settings.update(edit);
    }

    /// Something is typed into a field.
    pub(super) fn type_in(self, line: Line, at: At, text: String) {
        let path = path_at(line.path, at);
        self.touch(&path);
        let mut readable = false;
        self.settings.update(|settings| readable = (line.write)(settings, at, &text));
        self.typed.update(|typed| typed.put(path, text, readable));
    }

    /// The keyboard leaves a field.
    pub(super) fn settle(self, line: Line, at: At) {
        self.typed.update(|typed| typed.settle(&path_at(line.path, at)));
    }

    /// What stands in a field.
    pub(super) fn shown(self, line: Line, at: At) -> String {
        let typed = self.typed.with(|typed| typed.get(&path_at(line.path, at)).map(str::to_owned));
        typed.unwrap_or_else(|| self.settings.with(|settings| (line.read)(settings, at)))
    }

    /// Changes a text in the language on screen. The others stay.
    pub(super) fn say(self, text: Text, at: At, words: String) {
        let language = self.language.get_untracked().tag();
        self.change(&path_at(text.path, at), |settings| {
            let Some(text) = (text.write)(settings, at) else { return };
            if is_blank(&words) {
                text.0.remove(language);
            } else {
                text.0.insert(language.to_owned(), words);
            }
        });
    }

    /// A text in the language on screen.
    pub(super) fn said(self, text: Text, at: At) -> String {
        let language = self.language.get().tag();
        self.settings
            .with(|settings| (text.read)(settings, at).and_then(|text| text.0.get(language).cloned()))
            .unwrap_or_default()
    }

    /// What the worker found wrong with a field is news of before it was changed.
    fn touch(self, path: &str) {
        self.refused.update(|refused| {
            refused.retain(|error| !is_within(&error.field, path) && !is_within(path, &error.field));
        });
    }

    // ----------------------------------------------------------------------------------------------------------- errors

    /// What is wrong with a field. Of a text that is wrong in several languages, the one on screen is told first.
    pub(super) fn problem(self, path: String, reach: Reach, kind: Kind) -> Problem {
        self.fields.update_value(|fields| {
            if !fields.iter().any(|(known, _)| *known == path) {
                fields.push((path.clone(), reach));
            }
        });
        Signal::derive(move || {
            let language = self.language.get().tag();
            self.errors.with(|errors| {
                let other = |error| wrong::language_of(kind, &path, error).filter(|it| *it != language);
                let mine = errors.iter().filter(|error| reach.has(&path, &error.field));
                let Some(error) = mine.min_by_key(|error| other(error).is_some()) else {
                    return String::new();
                };
                let words = self.settings.with_untracked(|settings| wrong::words_of(kind, error, settings));
                match other(error) {
                    Some(other) => format!("{} – {words}", wrong::language_name(other)),
                    None => words,
                }
            })
        })
    }

    /// Whether something is wrong at a path or below.
    pub(super) fn is_wrong(self, path: &str) -> bool {
        self.errors.with(|errors| errors.iter().any(|error| is_within(&error.field, path)))
    }

    /// Whether anything is wrong.
    pub(super) fn is_any_wrong(self) -> bool {
        self.errors.with(|errors| !errors.is_empty())
    }

    /// What is wrong with settings that this page does not show.
    pub(super) fn strangers(self) -> Vec<String> {
        self.errors.with(|errors| {
            let strange = |error: &&FieldError| {
                self.fields
                    .with_value(|fields| !fields.iter().any(|(path, reach)| reach.has(path, &error.field)))
            };
            let in_words = |error: &FieldError| {
                let words =
                    self.settings.with_untracked(|settings| wrong::words_of(Kind::Other, error, settings));
                format!("{}: {words}", error.field)
            };
            errors.iter().filter(strange).map(in_words).collect()
        })
    }

    fn show_wrong(self) {
        self.state.set(Saving::Wrong);
        // By then the fields show what is wrong with them.
        request_animation_frame(|| {
            browser::focus(".settings-form .wrong :is(input, select, textarea, button)");
        });
    }

    // ----------------------------------------------------------------------------------------------------------- saving

    /// Saves, unless somebody else has in between.
    pub(super) fn save(self, id: ChannelId) {
        if self.state.get_untracked() == Saving::Now {
            return;
        }
        self.refused.set(Vec::new());
        self.checking.set(true);
        if self.errors.with_untracked(|errors| !errors.is_empty()) {
            self.show_wrong();
            return;
        }
        self.state.set(Saving::Now);
        let version = self.base.with_untracked(|base| base.version);
        let wanted = VersionedSettings { version, settings: self.settings.get_untracked() };
        http::spawn(async move {
            let answer = http::send_of(EndpointName::ChangeSettings, &id, &wanted).await;
            self.answered(&wanted.settings, answer);
        });
    }

    fn answered(self, sent: &Settings, answer: Result<VersionedSettings, Trouble>) {
        match answer {
            Ok(base) => {
                let untouched = self.settings.try_with_untracked(|settings| settings == sent) == Some(true);
                self.base.set(base);
                // What was changed meanwhile stays, to be saved next.
                if untouched {
                    self.undo();
                }
                self.state.set(Saving::Done);
            }
            Err(trouble) if trouble.code() == Some(Code::VersionConflict) => self.state.set(Saving::Conflict),
            Err(Trouble::Refused(problem)) if !problem.fields.is_empty() => {
                self.refused.set(problem.fields);
                self.show_wrong();
            }
            Err(trouble) => self.state.set(Saving::Failed(trouble.words(words()))),
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

impl Reach {
    fn has(self, path: &str, field: &str) -> bool {
        match self {
            Self::Here => field == path,
            Self::Below => is_within(field, path),
        }
    }
}

fn unreadable(typed: &Typed) -> Vec<FieldError> {
    typed.unreadable().map(|path| FieldError::new(path, FieldCode::BadFormat)).collect()
}
