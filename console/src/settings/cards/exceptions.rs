//! The dates that are not like the week.

use super::hours::{schedule, schedule_mut};
use crate::settings::controls::{Control, Look, choice_control, heading, line_control, problem};
use crate::settings::fields::line_field;
use crate::settings::form::{Form, Reach};
use crate::settings::place::{At, Choice, Line, NOWHERE, id_of, path_at, write};
use crate::settings::rows::{List, ListWords, list_of, span};
use crate::settings::unit::{Unit, read_time, time};
use crate::settings::wrong::Kind;
use crate::texts::{Said, words};
use leptos::prelude::*;
use shared::hours::{Date, DaySpan, Exception};
use shared::limits;
use shared::settings::Settings;

const EXCEPTIONS: List = List {
    path: "working_hours.schedule.exceptions",
    depth: 0,
    count: |settings, _| schedule(settings).map_or(0, |hours| hours.exceptions.len()),
    add: |settings, _| {
        if let Some(hours) = schedule_mut(settings) {
            let date = Date { year: None, month: 1, day: 1 };
            hours.exceptions.push(Exception { date, open: Vec::new(), label: String::new() });
        }
    },
    remove: |settings, [index, _]| {
        if let Some(hours) = schedule_mut(settings).filter(|hours| index < hours.exceptions.len()) {
            hours.exceptions.remove(index);
        }
    },
    swap: None,
    row: exception_row,
};
const DAY: Line = Line {
    path: "working_hours.schedule.exceptions.{}.date.day",
    read: |settings, at| exception(settings, at).map(|it| it.date.day.to_string()).unwrap_or_default(),
    write: |settings, at, text| {
        let day = Unit::Count.read(text).map(|day| u8::try_from(day).unwrap_or(u8::MAX));
        exception_mut(settings, at).is_none_or(|exception| write(&mut exception.date.day, day))
    },
};
const MONTH: Choice = Choice {
    path: "working_hours.schedule.exceptions.{}.date.month",
    values: &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
    read: |settings, at| exception(settings, at).map_or(0, |it| usize::from(it.date.month).saturating_sub(1)),
    write: |settings, at, index| {
        if let Some(exception) = exception_mut(settings, at) {
            exception.date.month = u8::try_from(index + 1).unwrap_or_default();
        }
    },
};
const YEAR: Line = Line {
    path: "working_hours.schedule.exceptions.{}.date.year",
    read: |settings, at| {
        exception(settings, at).and_then(|it| it.date.year).map(|year| year.to_string()).unwrap_or_default()
    },
    write: |settings, at, text| {
        let year = Unit::Count.read(text).map(|year| Some(u16::try_from(year).unwrap_or(u16::MAX)));
        let year = if text.trim().is_empty() { Some(None) } else { year };
        exception_mut(settings, at).is_none_or(|exception| write(&mut exception.date.year, year))
    },
};
const LABEL: Line = Line {
    path: "working_hours.schedule.exceptions.{}.label",
    read: |settings, at| exception(settings, at).map(|it| it.label.clone()).unwrap_or_default(),
    write: |settings, at, text| {
        if let Some(exception) = exception_mut(settings, at) {
            text.trim().clone_into(&mut exception.label);
        }
        true
    },
};
const OPEN: List = List {
    path: "working_hours.schedule.exceptions.{}.open",
    depth: 1,
    count: |settings, at| exception(settings, at).map_or(0, |exception| exception.open.len()),
    add: |settings, at| {
        if let Some(exception) = exception_mut(settings, at) {
            exception.open.push(DaySpan { start: 540, end: 1080 });
        }
    },
    remove: |settings, at @ [_, index]| {
        if let Some(exception) = exception_mut(settings, at).filter(|exception| index < exception.open.len())
        {
            exception.open.remove(index);
        }
    },
    swap: None,
    row: |form, at| span(form, "working_hours.schedule.exceptions.{}.open.{}", None, [START, END], at),
};
const START: Line = Line {
    path: "working_hours.schedule.exceptions.{}.open.{}.start",
    read: |settings, at| open(settings, at).map(|span| time(span.start)).unwrap_or_default(),
    write: |settings, at, text| {
        open_mut(settings, at).is_none_or(|span| write(&mut span.start, read_time(text)))
    },
};
const END: Line = Line {
    path: "working_hours.schedule.exceptions.{}.open.{}.end",
    read: |settings, at| open(settings, at).map(|span| time(span.end)).unwrap_or_default(),
    write: |settings, at, text| {
        open_mut(settings, at).is_none_or(|span| write(&mut span.end, read_time(text)))
    },
};

fn exception(settings: &Settings, [index, _]: At) -> Option<&Exception> {
    schedule(settings)?.exceptions.get(index)
}

fn exception_mut(settings: &mut Settings, [index, _]: At) -> Option<&mut Exception> {
    schedule_mut(settings)?.exceptions.get_mut(index)
}

fn open(settings: &Settings, at @ [_, index]: At) -> Option<&DaySpan> {
    exception(settings, at)?.open.get(index)
}

fn open_mut(settings: &mut Settings, at @ [_, index]: At) -> Option<&mut DaySpan> {
    exception_mut(settings, at)?.open.get_mut(index)
}

/// The title of the list, and the list.
pub(super) fn exceptions(form: Form) -> [AnyView; 2] {
    let hours = &words().settings.hours;
    let Said(title, help) = hours.exceptions;
    let words = ListWords { name: title, none: "", add: hours.add_date, remove: hours.remove_date };
    [
        heading("working_hours-schedule-exceptions", title, help),
        list_of(form, EXCEPTIONS, NOWHERE, limits::EXCEPTIONS_MAX, words),
    ]
}

fn exception_row(form: Form, at: At) -> AnyView {
    let hours = &words().settings.hours;
    let path = path_at("working_hours.schedule.exceptions.{}.date", at);
    let id = id_of(&path);
    let error = form.problem(path, Reach::Below, Kind::Date);
    let part = |part| Control::part(&id, part, error);
    let day = Look { keys: "numeric", name: Some(hours.date_day), ..Look::default() };
    let year = Look { keys: "numeric", name: Some(hours.year), hint: hours.every_year, ..Look::default() };
    let open = ListWords { name: hours.open, none: hours.closed, add: hours.add, remove: hours.remove };
    view! {
        <div class="span date" class:wrong=move || !error.with(String::is_empty)>
            {line_control(form, DAY, at, part("day"), day)}
            {choice_control(form, MONTH, at, hours.months.to_vec(), part("month"), Some(hours.month))}
            {line_control(form, YEAR, at, part("year"), year)}
        </div>
        {problem(&id, error)}
        {line_field(form, LABEL, at, Kind::Plain(limits::NAME_CHARS_MAX), hours.label, Look::default())}
        {list_of(form, OPEN, at, limits::DAY_SPANS_MAX, open)}
    }
    .into_any()
}
