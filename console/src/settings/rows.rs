//! Lists of which entries are added and removed.

use super::controls::{Control, Look, choice_control, keyed, line_control, note, problem};
use super::form::{Form, Reach};
use super::place::{At, Choice, Line, id_of, path_at};
use super::unit::read_time;
use super::wrong::Kind;
use crate::texts::{put, words};
use crate::{browser, icons};
use leptos::prelude::*;
use shared::settings::Settings;

/// A list of settings.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) path: &'static str,
    /// Which of the numbers of [`At`] counts its entries.
    pub(super) depth: usize,
    pub(super) count: fn(&Settings, At) -> usize,
    pub(super) add: fn(&mut Settings, At),
    pub(super) remove: fn(&mut Settings, At),
    /// Where their order matters: changes places with the entry of this number.
    pub(super) swap: Option<fn(&mut Settings, At, usize)>,
    pub(super) row: fn(Form, At) -> AnyView,
}

/// What is said around a list.
#[derive(Clone, Copy)]
pub(super) struct ListWords {
    pub(super) name: &'static str,
    pub(super) none: &'static str,
    pub(super) add: &'static str,
    /// With `{}` for the number of the entry.
    pub(super) remove: &'static str,
}

/// A list of at most `most` entries.
pub(super) fn list_of(form: Form, list: List, at: At, most: usize, words: ListWords) -> AnyView {
    let path = path_at(list.path, at);
    let id = id_of(&path);
    let error = form.problem(path.clone(), Reach::Here, Kind::List(most));
    let count = Memo::new(move |_| form.settings.with(|settings| (list.count)(settings, at)));
    let add_id = format!("{id}-add");
    let add = {
        let (path, id) = (path.clone(), id.clone());
        move |_| {
            form.change(&path, |settings| (list.add)(settings, at));
            let last = count.get_untracked().saturating_sub(1);
            focus_soon(format!("#{id}-{last} :is(input, select)"));
        }
    };
    let (path, row_id) = (StoredValue::new(path), StoredValue::new(id.clone()));
    let entry = Callback::new(move |index: usize| {
        let at = in_row(at, list.depth, index);
        let id = row_id.with_value(|id| format!("{id}-{index}"));
        let remove = move |_| {
            form.remove_row(&path.get_value(), index, |settings| (list.remove)(settings, at));
            if index == count.get_untracked() {
                focus_soon(row_id.with_value(|id| format!("#{id}-add")));
            }
        };
        let moves = list.swap.map(|swap| {
            let entries = Entries { form, path, id: row_id, count, swap };
            [false, true].map(|down| mover(entries, at, index, down)).into_iter().collect_view()
        });
        view! {
            <li class="entry" id=id.clone()>
                <div class="entry-fields">{(list.row)(form, at)}</div>
                {moves}
                <button
                    type="button"
                    class="icon-button"
                    data-g=format!("{id}-remove")
                    aria-label=put(words.remove, index + 1)
                    on:click=remove
                >
                    {icons::line(icons::CLOSE)}
                </button>
            </li>
        }
        .into_any()
    });
    let none = Signal::derive(move || if count.get() == 0 { words.none.to_owned() } else { String::new() });
    view! {
        <div class="entries" class:wrong=move || !error.with(String::is_empty) id=id.clone() data-g=id.clone()>
            {note("field-help", format!("{id}-none"), none)}
            <ul aria-label=words.name>{keyed(Signal::derive(move || (0..count.get()).collect()), entry)}</ul>
            {problem(&id, error)}
            <button type="button" class="button" data-g=add_id.clone() id=add_id on:click=add>{words.add}</button>
        </div>
    }
    .into_any()
}

/// The entries of a list whose order matters.
#[derive(Clone, Copy)]
struct Entries {
    form: Form,
    path: StoredValue<String>,
    id: StoredValue<String>,
    count: Memo<usize>,
    swap: fn(&mut Settings, At, usize),
}

/// A button that moves an entry up or down. At an end it stays, so that the keyboard does not fall off it.
fn mover(entries: Entries, at: At, index: usize, down: bool) -> AnyView {
    let routing = &words().settings.routing;
    let (way, label, picture) =
        if down { ("down", routing.down, icons::DOWN) } else { ("up", routing.up, icons::UP) };
    let other = if down { index.checked_add(1) } else { index.checked_sub(1) };
    let other = move || other.filter(|other| *other < entries.count.get());
    let button = move |index| entries.id.with_value(|id| format!("{id}-{index}-{way}"));
    let shift = move |_| {
        let Some(other) = untrack(other) else { return };
        entries.form.change(&entries.path.get_value(), |settings| (entries.swap)(settings, at, other));
        focus_soon(format!("[data-g={}]", button(other)));
    };
    view! {
        <button
            type="button"
            class="icon-button"
            data-g=button(index)
            aria-label=put(label, index + 1)
            aria-disabled=move || other().is_none().to_string()
            on:click=shift
        >
            {icons::line(picture)}
        </button>
    }
    .into_any()
}

fn in_row(mut at: At, depth: usize, row: usize) -> At {
    if let Some(place) = at.get_mut(depth) {
        *place = row;
    }
    at
}

/// Moves the keyboard when the page is drawn anew.
pub(super) fn focus_soon(selector: String) {
    request_animation_frame(move || {
        browser::focus(&selector);
    });
}

/// A stretch of time in a day: what stands `before` (the day), its beginning and its end.
pub(super) fn span(
    form: Form,
    path: &'static str,
    before: Option<(Choice, Vec<&'static str>)>,
    ends: [Line; 2],
    at: At,
) -> AnyView {
    let hours = &words().settings.hours;
    let path = path_at(path, at);
    let id = id_of(&path);
    let error = form.problem(path, Reach::Below, Kind::Span);
    let day = before.map(|(choice, names)| {
        choice_control(form, choice, at, names, Control::part(&id, "day", error), Some(hours.day))
    });
    let [start, end] = ends;
    let time = |line, name, part| {
        let look = Look { keys: "numeric", name: Some(name), ..Look::default() };
        line_control(form, line, at, Control::part(&id, part, error), look)
    };
    let overnight = Signal::derive(move || {
        let [start, end] =
            ends.map(|line| read_time(&form.settings.with(|settings| (line.read)(settings, at))));
        let is_overnight = matches!((start, end), (Some(start), Some(end)) if end < start);
        if is_overnight { hours.next_day.to_owned() } else { String::new() }
    });
    view! {
        <div class="span" class:wrong=move || !error.with(String::is_empty)>
            {day} {time(start, hours.from, "start")} <span aria-hidden="true">{"–"}</span> {time(end, hours.to, "end")}
            {note("field-help", format!("{id}-help"), overnight)}
        </div>
        {problem(&id, error)}
    }
    .into_any()
}
