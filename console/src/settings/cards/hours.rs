//! When the channel is open, and what happens when it is not.

use super::exceptions::exceptions;
use super::sometimes;
use crate::settings::controls::{Look, heading};
use crate::settings::fields::{choice_field, line_field, text_field, tick};
use crate::settings::form::Form;
use crate::settings::place::{At, Choice, Empty, Line, NOWHERE, Text, choice, text, write};
use crate::settings::rows::{List, ListWords, list_of, span};
use crate::settings::unit::{read_time, time};
use crate::settings::wrong::Kind;
use crate::settings::zones;
use crate::texts::{Said, words};
use leptos::prelude::*;
use shared::hours::{Hours, Interval};
use shared::limits;
use shared::settings::{OffHoursAction, Settings};
use shared::text::Default as OwnWords;

const SCHEDULE: &str = "working_hours.schedule";
const ZONE: Line = Line {
    path: "working_hours.schedule.zone",
    read: |settings, _| schedule(settings).map(|hours| hours.zone.clone()).unwrap_or_default(),
    write: |settings, _, text| {
        if let Some(hours) = schedule_mut(settings) {
            text.trim().clone_into(&mut hours.zone);
        }
        true
    },
};
const WEEK: List = List {
    path: "working_hours.schedule.week",
    depth: 0,
    count: |settings, _| schedule(settings).map_or(0, |hours| hours.week.len()),
    add: |settings, _| {
        if let Some(hours) = schedule_mut(settings) {
            hours.week.push(next_interval(hours.week.last()));
        }
    },
    remove: |settings, [index, _]| {
        if let Some(hours) = schedule_mut(settings).filter(|hours| index < hours.week.len()) {
            hours.week.remove(index);
        }
    },
    swap: None,
    row: |form, at| {
        let weekdays = words().settings.hours.weekdays.to_vec();
        span(form, "working_hours.schedule.week.{}", Some((DAY, weekdays)), [START, END], at)
    },
};
const DAY: Choice = Choice {
    path: "working_hours.schedule.week.{}.day",
    values: &["0", "1", "2", "3", "4", "5", "6"],
    read: |settings, at| interval(settings, at).map_or(0, |interval| interval.day.into()),
    write: |settings, at, day| {
        if let Some(interval) = interval_mut(settings, at) {
            interval.day = u8::try_from(day).unwrap_or_default();
        }
    },
};
const START: Line = Line {
    path: "working_hours.schedule.week.{}.start",
    read: |settings, at| interval(settings, at).map(|interval| time(interval.start)).unwrap_or_default(),
    write: |settings, at, text| {
        interval_mut(settings, at).is_none_or(|interval| write(&mut interval.start, read_time(text)))
    },
};
const END: Line = Line {
    path: "working_hours.schedule.week.{}.end",
    read: |settings, at| interval(settings, at).map(|interval| time(interval.end)).unwrap_or_default(),
    write: |settings, at, text| {
        interval_mut(settings, at).is_none_or(|interval| write(&mut interval.end, read_time(text)))
    },
};
const ACTION: Choice = choice!(working_hours.action, [
    "auto_reply" => OffHoursAction::AutoReply,
    "contact_form" => OffHoursAction::ContactForm,
    "nothing" => OffHoursAction::Nothing,
]);
const TEXT: Text = text!(
    working_hours.text,
    Empty::Own(|settings| match settings.working_hours.action {
        OffHoursAction::ContactForm => OwnWords::ContactAsk,
        _ => OwnWords::OffHours,
    })
);

pub(super) fn schedule(settings: &Settings) -> Option<&Hours> {
    settings.working_hours.schedule.as_ref()
}

pub(super) fn schedule_mut(settings: &mut Settings) -> Option<&mut Hours> {
    settings.working_hours.schedule.as_mut()
}

fn interval(settings: &Settings, [index, _]: At) -> Option<&Interval> {
    schedule(settings)?.week.get(index)
}

fn interval_mut(settings: &mut Settings, [index, _]: At) -> Option<&mut Interval> {
    schedule_mut(settings)?.week.get_mut(index)
}

/// The hours that somebody is likely to add next: those of the day before.
fn next_interval(last: Option<&Interval>) -> Interval {
    last.map_or(Interval { day: 0, start: 540, end: 1080 }, |last| Interval {
        day: (last.day + 1) % 7,
        ..*last
    })
}

/// From Monday to Friday, where the administrator is.
fn usual() -> Hours {
    let week = (0..5).map(|day| Interval { day, start: 540, end: 1080 }).collect();
    Hours { zone: zones::own(), week, exceptions: Vec::new() }
}

pub(super) fn card(form: Form) -> AnyView {
    let hours = &words().settings.hours;
    let on = Memo::new(move |_| form.settings.with(|settings| schedule(settings).is_some()));
    // What was there comes back if it is switched on again.
    let before = StoredValue::new(None::<Hours>);
    let set = Callback::new(move |on: bool| {
        form.change(SCHEDULE, |settings| {
            let schedule = &mut settings.working_hours.schedule;
            if on {
                *schedule = before.get_value().or_else(|| Some(usual()));
            } else {
                before.set_value(schedule.take());
            }
        });
    });
    let editor = view! {
        <div class="fields" hidden=move || !on.get()>{move || on.get().then(|| editor(form))}</div>
    };
    let text = text_field(form, TEXT, NOWHERE, limits::SETTING_TEXT_CHARS_MAX, hours.text);
    let says = |settings: &Settings| settings.working_hours.action != OffHoursAction::Nothing;
    let fields = vec![
        tick("working_hours-schedule", hours.on, false, on.into(), set),
        editor.into_any(),
        choice_field(form, ACTION, hours.actions, hours.action),
        sometimes(form, says, TEXT.path, vec![text]),
    ];
    super::card(form, "card-hours", hours.title, true, fields)
}

fn editor(form: Form) -> Vec<AnyView> {
    let hours = &words().settings.hours;
    let Said(week, week_help) = hours.week;
    let zone = |zone: String| view! { <option value=zone></option> };
    let zones =
        view! { <datalist id={"zones"}>{zones::all().into_iter().map(zone).collect_view()}</datalist> };
    let week_words = ListWords { name: week, none: hours.never, add: hours.add, remove: hours.remove };
    let look = Look { list: Some("zones"), ..Look::default() };
    let [title, dates] = exceptions(form);
    vec![
        line_field(form, ZONE, NOWHERE, Kind::Zone, hours.zone, look),
        zones.into_any(),
        heading("working_hours-schedule-week", week, week_help),
        list_of(form, WEEK, NOWHERE, limits::WEEK_INTERVALS_MAX, week_words),
        title,
        dates,
    ]
}
