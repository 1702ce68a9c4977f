//! What a visitor is asked when a chat begins.

use super::sometimes;
use crate::settings::controls::{Control, Look, choice_control, framed, heading};
use crate::settings::fields::{choice_field, line_field, text_field, tick};
use crate::settings::form::{Form, Reach};
use crate::settings::place::{At, Choice, Empty, Line, NOWHERE, Text, choice, id_of, path_at, text};
use crate::settings::rows::{List, ListWords, list_of};
use crate::settings::wrong::Kind;
use crate::texts::{Said, words};
use leptos::prelude::*;
use shared::limits::{self, NAME_CHARS_MAX};
use shared::settings::{CustomField, CustomKind, LocalText, Settings, StartFormMode, Wanted};

const MODE: Choice = choice!(start_form.mode, [
    "off" => StartFormMode::Off,
    "before" => StartFormMode::Before,
    "after" => StartFormMode::After,
]);
/// The three that a contact has anyway.
macro_rules! wanted {
    ($($field:ident).+) => {
        choice!($($field).+, [
            "off" => Wanted::Off,
            "optional" => Wanted::Optional,
            "required" => Wanted::Required,
        ])
    };
}
const NAME: Choice = wanted!(start_form.name);
const EMAIL: Choice = wanted!(start_form.email);
const PHONE: Choice = wanted!(start_form.phone);
const CONSENT: Text = text!(start_form.consent, Empty::Never);
const PRIVACY: Line = Line {
    path: "start_form.privacy_url",
    read: |settings, _| settings.start_form.privacy_url.clone(),
    write: |settings, _, text| {
        text.trim().clone_into(&mut settings.start_form.privacy_url);
        true
    },
};
const FIELDS: List = List {
    path: "start_form.fields",
    depth: 0,
    count: |settings, _| settings.start_form.fields.len(),
    add: |settings, _| {
        let fields = &mut settings.start_form.fields;
        let is_free = |key: &String| fields.iter().all(|field| field.key != *key);
        let key = (1..=limits::CUSTOM_FIELDS_MAX + 1).map(|n| format!("field_{n}")).find(is_free);
        fields.push(CustomField { key: key.unwrap_or_default(), ..CustomField::default() });
    },
    remove: |settings, [index, _]| {
        if index < settings.start_form.fields.len() {
            settings.start_form.fields.remove(index);
        }
    },
    swap: Some(|settings, [index, _], other| {
        if index.max(other) < settings.start_form.fields.len() {
            settings.start_form.fields.swap(index, other);
        }
    }),
    row: field_row,
};
const LABEL: Text = Text {
    path: "start_form.fields.{}.label",
    empty: Empty::Never,
    read: |settings, at| field(settings, at).map(|field| &field.label),
    write: |settings, at| field_mut(settings, at).map(|field| &mut field.label),
};
const KIND: Choice = Choice {
    path: "start_form.fields.{}.kind",
    values: &["text", "long_text", "choice"],
    read: |settings, at| {
        let kind = field(settings, at).map(|field| field.kind).unwrap_or_default();
        KINDS.iter().position(|known| *known == kind).unwrap_or_default()
    },
    write: |settings, at, index| {
        if let (Some(field), Some(kind)) = (field_mut(settings, at), KINDS.get(index)) {
            field.kind = *kind;
            // A choice of nothing is none.
            while field.kind == CustomKind::Choice && field.options.len() < *limits::OPTIONS.start() {
                field.options.push(LocalText::default());
            }
        }
    },
};
const KINDS: [CustomKind; 3] = [CustomKind::Text, CustomKind::LongText, CustomKind::Choice];
const KEY: Line = Line {
    path: "start_form.fields.{}.key",
    read: |settings, at| field(settings, at).map(|field| field.key.clone()).unwrap_or_default(),
    write: |settings, at, text| {
        if let Some(field) = field_mut(settings, at) {
            text.trim().clone_into(&mut field.key);
        }
        true
    },
};
const OPTIONS: List = List {
    path: "start_form.fields.{}.options",
    depth: 1,
    count: |settings, at| field(settings, at).map_or(0, |field| field.options.len()),
    add: |settings, at| {
        if let Some(field) = field_mut(settings, at) {
            field.options.push(LocalText::default());
        }
    },
    remove: |settings, at @ [_, index]| {
        if let Some(field) = field_mut(settings, at).filter(|field| index < field.options.len()) {
            field.options.remove(index);
        }
    },
    swap: None,
    row: |form, at| text_field(form, OPTION, at, NAME_CHARS_MAX, words().settings.start_form.option),
};
const OPTION: Text = Text {
    path: "start_form.fields.{}.options.{}",
    empty: Empty::Never,
    read: |settings, at @ [_, index]| field(settings, at)?.options.get(index),
    write: |settings, at @ [_, index]| field_mut(settings, at)?.options.get_mut(index),
};

fn field(settings: &Settings, [index, _]: At) -> Option<&CustomField> {
    settings.start_form.fields.get(index)
}

fn field_mut(settings: &mut Settings, [index, _]: At) -> Option<&mut CustomField> {
    settings.start_form.fields.get_mut(index)
}

fn field_row(form: Form, at: At) -> AnyView {
    let texts = &words().settings.start_form;
    let Said(label, help) = texts.kind;
    let path = path_at(KIND.path, at);
    let id = id_of(&path);
    let error = form.problem(path, Reach::Below, Kind::Other);
    let kind = choice_control(form, KIND, at, texts.kinds.to_vec(), Control::new(&id, error), None);
    let list =
        ListWords { name: texts.options, none: "", add: texts.add_option, remove: texts.remove_option };
    let (least, most) = (*limits::OPTIONS.start(), *limits::OPTIONS.end());
    let is_choice = move || {
        form.settings.with(|settings| field(settings, at).map(|field| field.kind)) == Some(CustomKind::Choice)
    };
    let required = Signal::derive(move || {
        form.settings.with(|settings| field(settings, at).is_some_and(|field| field.required))
    });
    let required_path = path_at("start_form.fields.{}.required", at);
    let tick_id = id_of(&required_path);
    let set = Callback::new(move |on: bool| {
        form.change(&required_path, |settings| {
            if let Some(field) = field_mut(settings, at) {
                field.required = on;
            }
        });
    });
    vec![
        text_field(form, LABEL, at, NAME_CHARS_MAX, texts.label),
        framed(&id, label, "", help.to_owned(), error, kind),
        view! { <div class="fields" hidden=move || !is_choice()>{list_of(form, OPTIONS, at, most.max(least), list)}</div> }
            .into_any(),
        tick(&tick_id, texts.required, false, required, set),
        line_field(form, KEY, at, Kind::Key, texts.key, Look::default()),
    ]
    .into_any()
}

pub(super) fn card(form: Form) -> AnyView {
    let texts = &words().settings.start_form;
    let Said(more, more_help) = texts.fields;
    let list =
        ListWords { name: more, none: texts.no_fields, add: texts.add_field, remove: texts.remove_field };
    let wanted = |choice, said| choice_field(form, choice, texts.wanted, said);
    let rest = vec![
        wanted(NAME, texts.name),
        wanted(EMAIL, texts.email),
        wanted(PHONE, texts.phone),
        heading("start_form-more", more, more_help),
        list_of(form, FIELDS, NOWHERE, limits::CUSTOM_FIELDS_MAX, list),
        heading("start_form-consents", texts.consents, ""),
        text_field(form, CONSENT, NOWHERE, limits::CONSENT_CHARS_MAX, texts.consent),
        line_field(form, PRIVACY, NOWHERE, Kind::Url, texts.privacy, Look { keys: "url", ..Look::default() }),
    ];
    let asks = |settings: &Settings| settings.start_form.mode != StartFormMode::Off;
    let fields =
        vec![choice_field(form, MODE, texts.modes, texts.mode), sometimes(form, asks, "start_form", rest)];
    super::card(form, "card-start-form", texts.title, true, fields)
}
