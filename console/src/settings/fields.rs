//! The fields of a channel's settings: each with its label, its help with default and range, and its error.

use super::controls::{
    Control, Look, Typing, choice_control, framed, help_for, line_control, typing_control,
};
use super::form::{Form, Reach};
use super::place::{At, Choice, Empty, Flag, Line, NOWHERE, Number, Text, id_of, path_at};
use super::wrong::Kind;
use crate::texts::{Options, Said, put, words};
use leptos::prelude::*;
use shared::settings::{FieldCode, Settings};
use shared::text::PLACEHOLDERS;

/// A number with its unit.
pub(super) fn number_field(form: Form, number: Number, at: At, Said(label, help): Said) -> AnyView {
    let Number { line, unit, range } = number;
    let path = path_at(line.path, at);
    let id = id_of(&path);
    let error = form.problem(path, Reach::Below, Kind::Number(unit, range));
    let default = (line.read)(&Settings::default(), at);
    let help = sentences([help.to_owned(), unit.range(range), by_default(&default)]);
    let look = Look { keys: unit.keys(), ..Look::default() };
    let control = line_control(form, line, at, Control::new(&id, error), look);
    framed(&id, label, unit.name(), help, error, control)
}

/// A text that is no message.
pub(super) fn line_field(
    form: Form,
    line: Line,
    at: At,
    kind: Kind,
    Said(label, help): Said,
    look: Look,
) -> AnyView {
    let path = path_at(line.path, at);
    let id = id_of(&path);
    let error = form.problem(path, Reach::Below, kind);
    let control = line_control(form, line, at, Control::new(&id, error), look);
    framed(&id, label, "", help.to_owned(), error, control)
}

/// One of a few values. What each of them means is told, not only what the chosen one does.
pub(super) fn choice_field(form: Form, choice: Choice, options: Options, Said(label, help): Said) -> AnyView {
    let id = id_of(choice.path);
    let error = form.problem(choice.path.to_owned(), Reach::Below, Kind::Other);
    let usual = options.get((choice.read)(&Settings::default(), NOWHERE)).map_or("", |(name, _)| *name);
    let names = options.iter().map(|(name, _)| *name).collect();
    let control = choice_control(form, choice, NOWHERE, names, Control::new(&id, error), None);
    let field = framed(&id, label, "", sentences([help.to_owned(), by_default(usual)]), error, control);
    let line = |(name, meaning): &(&'static str, &'static str)| {
        view! { <li><b>{*name}</b> {" – "} {*meaning}</li> }
    };
    let meanings: Vec<_> = options.iter().filter(|(_, meaning)| !meaning.is_empty()).map(line).collect();
    let none = meanings.is_empty();
    view! { {field} <ul class="field-help" hidden=none>{meanings}</ul> }.into_any()
}

/// Yes or no.
pub(super) fn flag_field(form: Form, flag: Flag, said: Said) -> AnyView {
    let on = Signal::derive(move || form.settings.with(flag.read));
    let set = Callback::new(move |on| form.change(flag.path, |settings| (flag.write)(settings, on)));
    tick(&id_of(flag.path), said, (flag.read)(&Settings::default()), on, set)
}

/// A box to tick.
pub(super) fn tick(
    id: &str,
    Said(label, help): Said,
    default: bool,
    on: Signal<bool>,
    set: Callback<bool>,
) -> AnyView {
    let form = &words().settings.form;
    let default = by_default(if default { form.yes } else { form.no });
    view! {
        <div class="tick">
            <label class="check">
                <input
                    type="checkbox"
                    id=id.to_owned()
                    data-g=id.to_owned()
                    aria-describedby=format!("{id}-help")
                    prop:checked=move || on.get()
                    on:change=move |event| set.try_run(event_target_checked(&event)).unwrap_or_default()
                />
                <span>{label}</span>
            </label>
            {help_for(id, sentences([help.to_owned(), default]))}
        </div>
    }
    .into_any()
}

/// Words in the language on screen, of at most `most` characters; in several lines if they are a message.
pub(super) fn text_field(form: Form, text: Text, at: At, most: usize, Said(label, help): Said) -> AnyView {
    let path = path_at(text.path, at);
    let id = id_of(&path);
    let help =
        sentences([help.to_owned(), when_empty(text.empty).to_owned(), may_use(form, text, at, &path)]);
    let error = form.problem(path, Reach::Below, Kind::Text(most));
    let typing = Typing {
        shown: Signal::derive(move || form.said(text, at)),
        typed: Callback::new(move |words| form.say(text, at, words)),
        left: Callback::new(|()| {}),
        hint: Signal::derive(move || said_instead(form, text, at)),
        lang: Signal::derive(move || Some(form.language.get().tag())),
    };
    let look = Look { tall: most >= shared::limits::SETTING_TEXT_CHARS_MAX, ..Look::default() };
    let control = typing_control(typing, Control::new(&id, error), look);
    framed(&id, label, "", help, error, control)
}

/// What is said where a language is left empty: the words of another one, or Guichet's.
fn said_instead(form: Form, text: Text, at: At) -> String {
    let language = form.language.get().tag();
    form.settings.with(|settings| {
        let other = (text.read)(settings, at).and_then(|text| text.words(language));
        match (other, text.empty) {
            (Some(words), _) => words.to_owned(),
            (None, Empty::Own(own)) => own(settings).words(language).to_owned(),
            (None, _) => String::new(),
        }
    })
}

fn when_empty(empty: Empty) -> &'static str {
    let form = &words().settings.form;
    match empty {
        Empty::Own(_) | Empty::OwnOnScreen => form.own_words,
        Empty::Silence => form.silence,
        Empty::Never => "",
    }
}

/// The placeholders of a text: asked of the check itself, so that help and check agree.
fn may_use(form: Form, text: Text, at: At, path: &str) -> String {
    let mut settings = form.settings.get_untracked();
    let field = format!("{path}.en");
    let mut names = Vec::new();
    for name in PLACEHOLDERS.iter().map(|name| format!("{{{name}}}")) {
        let Some(words) = (text.write)(&mut settings, at) else { continue };
        words.0.insert("en".to_owned(), name.clone());
        let errors = settings.errors();
        if !errors.iter().any(|it| it.code == FieldCode::UnknownPlaceholder && it.field == field) {
            names.push(name);
        }
    }
    if names.is_empty() { String::new() } else { put(words().settings.form.may_use, names.join(", ")) }
}

fn by_default(value: &str) -> String {
    if value.is_empty() { String::new() } else { put(words().settings.form.by_default, value) }
}

fn sentences<const N: usize>(parts: [String; N]) -> String {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
