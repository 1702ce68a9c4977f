//! What the channel says and does by itself.

use super::sometimes;
use crate::settings::controls::heading;
use crate::settings::fields::{choice_field, flag_field, number_field, text_field};
use crate::settings::form::Form;
use crate::settings::place::{
    At, Choice, Empty, Flag, Line, NOWHERE, Number, Text, choice, flag, length, lengths, text, write,
};
use crate::settings::rows::{List, ListWords, list_of};
use crate::settings::unit::Unit;
use crate::texts::{Said, words};
use leptos::prelude::*;
use shared::limits::{self, SETTING_TEXT_CHARS_MAX};
use shared::settings::{Greeting, LocalText, Reminder, Settings};
use shared::text::Default as OwnWords;
use shared::time::Millis;

const GREETING: Choice = choice!(automatic.greeting, [
    "off" => Greeting::Off,
    "every_session" => Greeting::EverySession,
    "first_contact" => Greeting::FirstContact,
]);
const GREETING_TEXT: Text = text!(automatic.greeting_text, Empty::Own(|_| OwnWords::Greeting));
const WAITING: Flag = flag!(automatic.waiting_notice);
const WAITING_TEXT: Text = text!(automatic.waiting_text, Empty::OwnOnScreen);
const REMINDERS: List = List {
    path: "automatic.reminders",
    depth: 0,
    count: |settings, _| settings.automatic.reminders.len(),
    add: |settings, _| {
        let reminders = &mut settings.automatic.reminders;
        let before = reminders.last().map_or(Millis(0), |reminder| reminder.after);
        let after = Millis(before.0 + Millis::minutes(5).0);
        reminders.push(Reminder { after, text: LocalText::default() });
    },
    remove: |settings, [index, _]| {
        if index < settings.automatic.reminders.len() {
            settings.automatic.reminders.remove(index);
        }
    },
    swap: None,
    row: |form, at| {
        let automatic = &words().settings.automatic;
        let after = number_field(form, REMINDER_AFTER, at, automatic.reminder_after);
        let text = text_field(form, REMINDER_TEXT, at, SETTING_TEXT_CHARS_MAX, automatic.reminder_text);
        vec![after, text].into_any()
    },
};
const REMINDER_AFTER: Number = Number {
    line: Line {
        path: "automatic.reminders.{}.after",
        read: |settings, at| {
            reminder(settings, at).map(|reminder| Unit::Minutes.show(reminder.after.0)).unwrap_or_default()
        },
        write: |settings, at, text| {
            let after = Unit::Minutes.read(text).map(Millis);
            reminder_mut(settings, at).is_none_or(|reminder| write(&mut reminder.after, after))
        },
    },
    unit: Unit::Minutes,
    range: lengths(&limits::REMINDER_AFTER),
};
const REMINDER_TEXT: Text = Text {
    path: "automatic.reminders.{}.text",
    empty: Empty::Never,
    read: |settings, at| reminder(settings, at).map(|reminder| &reminder.text),
    write: |settings, at| reminder_mut(settings, at).map(|reminder| &mut reminder.text),
};
const AUTO_CLOSE: Number = length!(automatic.auto_close, Unit::Hours, limits::AUTO_CLOSE);
const AUTO_CLOSE_TEXT: Text = text!(automatic.auto_close_text, Empty::Silence);
const CLOSING_TEXT: Text = text!(automatic.closing_text, Empty::Silence);
const CLOSING_PERIOD: Number = length!(automatic.closing_period, Unit::Minutes, limits::CLOSING_PERIOD);
const RATING_ENDS: Flag = flag!(automatic.rating_ends_closing);

fn reminder(settings: &Settings, [index, _]: At) -> Option<&Reminder> {
    settings.automatic.reminders.get(index)
}

fn reminder_mut(settings: &mut Settings, [index, _]: At) -> Option<&mut Reminder> {
    settings.automatic.reminders.get_mut(index)
}

pub(super) fn card(form: Form) -> AnyView {
    let automatic = &words().settings.automatic;
    let Said(reminders, reminders_help) = automatic.reminders;
    let list = ListWords {
        name: reminders,
        none: automatic.no_reminders,
        add: automatic.add_reminder,
        remove: automatic.remove_reminder,
    };
    let text = |text, said| text_field(form, text, NOWHERE, SETTING_TEXT_CHARS_MAX, said);
    let greets = |settings: &Settings| settings.automatic.greeting != Greeting::Off;
    let notices = |settings: &Settings| settings.automatic.waiting_notice;
    let fields = vec![
        choice_field(form, GREETING, automatic.greetings, automatic.greeting),
        sometimes(form, greets, GREETING_TEXT.path, vec![text(GREETING_TEXT, automatic.greeting_text)]),
        flag_field(form, WAITING, automatic.waiting),
        sometimes(form, notices, WAITING_TEXT.path, vec![text(WAITING_TEXT, automatic.waiting_text)]),
        heading("automatic-reminders", reminders, reminders_help),
        list_of(form, REMINDERS, NOWHERE, limits::REMINDERS_MAX, list),
        heading("automatic-end", automatic.end, ""),
        number_field(form, AUTO_CLOSE, NOWHERE, automatic.auto_close),
        text(AUTO_CLOSE_TEXT, automatic.auto_close_text),
        text(CLOSING_TEXT, automatic.closing_text),
        number_field(form, CLOSING_PERIOD, NOWHERE, automatic.closing_period),
        flag_field(form, RATING_ENDS, automatic.rating_ends),
    ];
    super::card(form, "card-automatic", automatic.title, true, fields)
}
