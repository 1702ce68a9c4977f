//! The bare parts of which fields are made.
//!
//! They are few, and each has one type whatever it is used for: a page of sixty fields would otherwise be sixty programs
//! to load.

use super::form::{Form, Problem};
use super::place::{At, Choice, Line, path_at};
use leptos::prelude::*;

/// Which element a control is, where more is said of it, and what is wrong with it.
pub(super) struct Control {
    pub(super) id: String,
    /// The ids of what describes it.
    pub(super) about: String,
    pub(super) error: Problem,
}

impl Control {
    /// The only control of a field.
    pub(super) fn new(id: &str, error: Problem) -> Self {
        Self { id: id.to_owned(), about: described_by(id), error }
    }

    /// A part of a row, whose errors are told for the whole row.
    pub(super) fn part(row: &str, part: &str, error: Problem) -> Self {
        Self { id: format!("{row}-{part}"), about: described_by(row), error }
    }
}

/// Those of these that are there: the unit, the error and the help.
fn described_by(id: &str) -> String {
    format!("{id}-unit {id}-error {id}-help")
}

/// How something looks into which one types.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    /// Which keys a phone shows.
    pub(super) keys: &'static str,
    /// The id of a list of suggestions.
    pub(super) list: Option<&'static str>,
    /// A name, where no label stands beside.
    pub(super) name: Option<&'static str>,
    /// What an empty field means.
    pub(super) hint: &'static str,
    /// Whether it has several lines.
    pub(super) tall: bool,
}

/// What is typed, and where it goes.
pub(super) struct Typing {
    pub(super) shown: Signal<String>,
    pub(super) typed: Callback<String>,
    /// The keyboard leaves.
    pub(super) left: Callback<()>,
    pub(super) hint: Signal<String>,
    pub(super) lang: Signal<Option<&'static str>>,
}

/// What a line is typed into.
pub(super) fn line_control(form: Form, line: Line, at: At, control: Control, look: Look) -> AnyView {
    let typing = Typing {
        shown: Signal::derive(move || form.shown(line, at)),
        typed: Callback::new(move |text| form.type_in(line, at, text)),
        left: Callback::new(move |()| form.settle(line, at)),
        hint: Signal::stored(look.hint.to_owned()),
        lang: Signal::stored(None),
    };
    typing_control(typing, control, look)
}

/// Something to type into.
pub(super) fn typing_control(typing: Typing, control: Control, look: Look) -> AnyView {
    let Control { id, about, error } = control;
    let Typing { shown, typed, left, hint, lang } = typing;
    // A browser tells of a change even when it takes away the field that has the keyboard: the page is gone by then.
    let typed = move |event| typed.try_run(event_target_value(&event)).unwrap_or_default();
    let left = move |_| left.try_run(()).unwrap_or_default();
    if look.tall {
        return view! {
            <textarea
                id=id.clone()
                data-g=id
                rows={"2"}
                dir="auto"
                lang=move || lang.get()
                placeholder=move || hint.get()
                aria-describedby=about
                aria-invalid=move || is_wrong(error)
                prop:value=move || shown.get()
                on:input=typed
                on:change=left
            ></textarea>
        }
        .into_any();
    }
    view! {
        <input
            type="text"
            id=id.clone()
            data-g=id
            dir="auto"
            autocomplete="off"
            inputmode=look.keys
            list=look.list
            lang=move || lang.get()
            placeholder=move || hint.get()
            aria-label=look.name
            aria-describedby=about
            aria-invalid=move || is_wrong(error)
            prop:value=move || shown.get()
            on:input=typed
            on:change=left
        />
    }
    .into_any()
}

/// What one of a few values is chosen with.
pub(super) fn choice_control(
    form: Form,
    choice: Choice,
    at: At,
    names: Vec<&'static str>,
    control: Control,
    name: Option<&'static str>,
) -> AnyView {
    let Control { id, about, error } = control;
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some(index) = choice.values.iter().position(|known| *known == value) {
            form.change(&path_at(choice.path, at), |settings| (choice.write)(settings, at, index));
        }
    };
    let option = move |(index, (value, name)): (usize, (&'static str, &'static str))| {
        let chosen = move || form.settings.with(|settings| (choice.read)(settings, at) == index);
        view! { <option value=value prop:selected=chosen>{name}</option> }
    };
    let options = choice.values.iter().copied().zip(names).enumerate().map(option).collect_view();
    view! {
        <select
            id=id.clone()
            data-g=id
            aria-label=name
            aria-describedby=about
            aria-invalid=move || is_wrong(error)
            on:change=choose
        >
            {options}
        </select>
    }
    .into_any()
}

fn is_wrong(error: Problem) -> String {
    (!error.with(String::is_empty)).to_string()
}

// ------------------------------------------------------------------------------------------------------ what is around it

/// A control between its label and what is to be said of it.
pub(super) fn framed(
    id: &str,
    label: &'static str,
    unit: &'static str,
    help: String,
    error: Problem,
    control: AnyView,
) -> AnyView {
    view! {
        <div class="field" class:wrong=move || !error.with(String::is_empty)>
            <label for=id.to_owned()>{label}</label>
            <div class="field-box">
                {control} <span class="unit" id=format!("{id}-unit") hidden=unit.is_empty()>{unit}</span>
            </div>
            {problem(id, error)} {help_for(id, help)}
        </div>
    }
    .into_any()
}

/// What is wrong with a field.
pub(super) fn problem(id: &str, error: Problem) -> AnyView {
    note("field-error", format!("{id}-error"), error)
}

/// What a field is for.
pub(super) fn help_for(id: &str, help: String) -> AnyView {
    note("field-help", format!("{id}-help"), Signal::stored(help))
}

/// Words that stand there while there are any.
pub(super) fn note(class: &'static str, id: String, text: Signal<String>) -> AnyView {
    view! {
        <p class=class id=id data-g=class hidden=move || text.with(String::is_empty)>{move || text.get()}</p>
    }
    .into_any()
}

/// The title of some fields of a card.
pub(super) fn heading(id: &str, title: &'static str, help: &str) -> AnyView {
    view! { <h3>{title}</h3> {help_for(id, help.to_owned())} }.into_any()
}

/// Rows that keep their elements when they move.
pub(super) fn keyed(keys: Signal<Vec<usize>>, row: Callback<usize, AnyView>) -> AnyView {
    view! { <For each=move || keys.get() key=|key| *key children=move |key| row.run(key) /> }.into_any()
}
