//! What visitors may say about a session.

use super::sometimes;
use crate::settings::controls::heading;
use crate::settings::fields::{choice_field, flag_field, number_field, text_field, tick};
use crate::settings::form::Form;
use crate::settings::place::{Choice, Empty, Flag, Line, NOWHERE, Number, Text, choice, flag, lengths, text};
use crate::settings::unit::Unit;
use crate::texts::{Said, words};
use leptos::prelude::*;
use shared::limits::{self, SETTING_TEXT_CHARS_MAX};
use shared::settings::{Ratings, Scale, Settings};
use shared::text::Default as OwnWords;
use shared::time::Millis;

const ENABLED: Flag = flag!(ratings.enabled);
const SCALE: Choice = choice!(ratings.scale, ["thumbs" => Scale::Thumbs, "stars" => Scale::Stars]);
const CHAT: [Text; 3] = [
    text!(ratings.chat.ask, Empty::OwnOnScreen),
    text!(ratings.chat.good, Empty::OwnOnScreen),
    text!(ratings.chat.bad, Empty::OwnOnScreen),
];
const CONNECTORS: [Text; 3] = [
    text!(
        ratings.connectors.ask,
        Empty::Own(|settings| match settings.ratings.scale {
            Scale::Thumbs => OwnWords::RatingAskThumbs,
            Scale::Stars => OwnWords::RatingAskStars,
        })
    ),
    text!(ratings.connectors.good, Empty::Own(|_| OwnWords::ThanksGood)),
    text!(ratings.connectors.bad, Empty::Own(|_| OwnWords::ThanksBad)),
];
const ACCEPTED_FOR: Number = Number {
    line: Line {
        path: "ratings.accepted_for",
        read: |settings, _| {
            settings.ratings.accepted_for.map(|time| Unit::Days.show(time.0)).unwrap_or_default()
        },
        write: |settings, _, text| {
            let read = Unit::Days.read(text).map(Millis);
            if read.is_some() {
                settings.ratings.accepted_for = read;
            }
            read.is_some()
        },
    },
    unit: Unit::Days,
    range: lengths(&limits::RATING_PERIOD),
};
const DURING: Flag = flag!(ratings.during_session);

pub(super) fn card(form: Form) -> AnyView {
    let ratings = &words().settings.ratings;
    let unlimited =
        Signal::derive(move || form.settings.with(|settings| settings.ratings.accepted_for.is_none()));
    let set = Callback::new(move |unlimited: bool| {
        let usual = Ratings::default().accepted_for.filter(|_| !unlimited);
        form.change(ACCEPTED_FOR.line.path, |settings| settings.ratings.accepted_for = usual);
    });
    let limited = |settings: &Settings| settings.ratings.accepted_for.is_some();
    let period = vec![number_field(form, ACCEPTED_FOR, NOWHERE, ratings.accepted_for)];
    let mut fields = vec![choice_field(form, SCALE, ratings.scales, ratings.scale)];
    fields.extend(texts(form, "ratings-chat", CHAT, ratings.chat));
    fields.extend(texts(form, "ratings-connectors", CONNECTORS, ratings.connectors));
    fields.extend([
        heading("ratings-when", ratings.when, ""),
        tick("ratings-accepted_for-unlimited", ratings.unlimited, false, unlimited, set),
        sometimes(form, limited, ACCEPTED_FOR.line.path, period),
        flag_field(form, DURING, ratings.during),
    ]);
    let rest = sometimes(form, |settings| settings.ratings.enabled, "ratings", fields);
    super::card(
        form,
        "card-ratings",
        ratings.title,
        true,
        vec![flag_field(form, ENABLED, ratings.enabled), rest],
    )
}

/// The words around a rating at one kind of place.
fn texts(form: Form, id: &str, [ask, good, bad]: [Text; 3], Said(title, help): Said) -> [AnyView; 4] {
    let ratings = &words().settings.ratings;
    let field = |text, said| text_field(form, text, NOWHERE, SETTING_TEXT_CHARS_MAX, said);
    [heading(id, title, help), field(ask, ratings.ask), field(good, ratings.good), field(bad, ratings.bad)]
}
