//! How the channel looks, and where it works.

use super::sometimes;
use crate::settings::controls::{Control, Look, framed, heading, line_control};
use crate::settings::fields::{choice_field, flag_field, line_field, text_field};
use crate::settings::form::{Form, Reach};
use crate::settings::place::{Choice, Empty, Flag, Line, NOWHERE, Text, choice, flag, id_of, text};
use crate::settings::wrong::Kind;
use crate::texts::{Said, words};
use leptos::prelude::*;
use shared::api::Person;
use shared::id::OperatorId;
use shared::limits::NAME_CHARS_MAX;
use shared::settings::{Names, Position};
use shared::text::is_blank;

const TITLE: Text = text!(appearance.title, Empty::OwnOnScreen);
const WELCOME: Text = text!(appearance.welcome, Empty::OwnOnScreen);
const ACCENT: Line = Line {
    path: "appearance.accent",
    read: |settings, _| settings.appearance.accent.clone().unwrap_or_default(),
    write: |settings, _, text| {
        settings.appearance.accent = Some(text.trim().to_owned()).filter(|accent| !accent.is_empty());
        true
    },
};
const TEAL: &str = "#0b6e69";
const POSITION: Choice = choice!(appearance.position, ["end" => Position::End, "start" => Position::Start]);
const ORIGINS: Line = Line {
    path: "origins",
    read: |settings, _| settings.origins.join("\n"),
    write: |settings, _, text| {
        // As a browser writes an origin: no slash at its end, no capitals.
        let origins = text.lines().map(|line| line.trim().trim_end_matches('/').to_lowercase());
        settings.origins = origins.filter(|origin| !origin.is_empty()).collect();
        true
    },
};
const ACTIVE: Flag = flag!(active);

const NAMES: Choice = choice!(appearance.names, [
    "real" => Names::Real,
    "alias" => Names::Alias,
    "generic" => Names::Generic,
]);
const ALIASES: &str = "appearance.aliases";

pub(super) fn appearance(form: Form, people: Vec<Person>) -> AnyView {
    let site = &words().settings.site;
    let fields = vec![
        text_field(form, TITLE, NOWHERE, NAME_CHARS_MAX, site.title),
        text_field(form, WELCOME, NOWHERE, NAME_CHARS_MAX * 2, site.welcome),
        accent(form),
        choice_field(form, POSITION, site.positions, site.position),
        choice_field(form, NAMES, site.named, site.names),
        sometimes(form, |settings| settings.appearance.names == Names::Alias, ALIASES, aliases(form, people)),
    ];
    super::card(form, "card-appearance", site.appearance, true, fields)
}

/// A name in this channel for each of its members.
fn aliases(form: Form, people: Vec<Person>) -> Vec<AnyView> {
    let Said(title, help) = words().settings.site.aliases;
    let members = Memo::new(move |_| {
        let listed = form.settings.with(|settings| settings.queue.members.clone());
        let known = |id: &OperatorId| people.iter().find(|person| person.id == *id);
        listed
            .iter()
            .filter_map(known)
            .map(|person| (person.id.clone(), person.name.clone()))
            .collect::<Vec<_>>()
    });
    let field = move |(id, name): (OperatorId, String)| {
        let (shown, typed) = (id.clone(), id.clone());
        let value =
            move || form.settings.with(|it| it.appearance.aliases.get(&shown).cloned()).unwrap_or_default();
        let write = move |event| {
            let alias = event_target_value(&event);
            form.change(ALIASES, |settings| {
                if is_blank(&alias) {
                    settings.appearance.aliases.remove(&typed);
                } else {
                    settings.appearance.aliases.insert(typed.clone(), alias);
                }
            });
        };
        view! {
            <label class="field alias">
                <span>{name}</span>
                <input
                    type="text"
                    dir="auto"
                    data-g="alias"
                    data-person=id.to_string()
                    maxlength=NAME_CHARS_MAX.to_string()
                    prop:value=value
                    on:input=write
                />
            </label>
        }
    };
    let fields = move || members.get().into_iter().map(&field).collect_view();
    vec![heading("appearance-aliases", title, help), fields.into_any()]
}

pub(super) fn site(form: Form) -> AnyView {
    let site = &words().settings.site;
    let tall = Look { tall: true, ..Look::default() };
    let fields = vec![
        line_field(form, ORIGINS, NOWHERE, Kind::Origins, site.origins, tall),
        flag_field(form, ACTIVE, site.active),
    ];
    super::card(form, "card-site", site.site, false, fields)
}

/// The colour, written or picked.
fn accent(form: Form) -> AnyView {
    let site = &words().settings.site;
    let Said(label, help) = site.accent;
    let id = id_of(ACCENT.path);
    let error = form.problem(ACCENT.path.to_owned(), Reach::Below, Kind::Colour);
    let written =
        line_control(form, ACCENT, NOWHERE, Control::new(&id, error), Look { hint: TEAL, ..Look::default() });
    // A picker has no other way to show that nothing, or no colour, is written.
    let colour = move || Some(form.shown(ACCENT, NOWHERE)).filter(|colour| is_colour(colour));
    let picked = view! {
        <input
            type="color"
            class="swatch"
            data-g="accent-pick"
            aria-label=site.pick
            prop:value=move || colour().unwrap_or_else(|| TEAL.to_owned())
            on:input=move |event| form.type_in(ACCENT, NOWHERE, event_target_value(&event))
        />
    };
    framed(&id, label, "", help.to_owned(), error, vec![written, picked.into_any()].into_any())
}

fn is_colour(text: &str) -> bool {
    text.len() == 7
        && text.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
}
