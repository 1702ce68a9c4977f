//! The cards of a channel's page, in the order in which they stand.

mod automatic;
mod exceptions;
mod files;
mod hours;
mod members;
mod no_answer;
mod protection;
mod ratings;
mod routing;
mod site;
mod start_form;

use super::form::Form;
use crate::texts::{Lang, words};
use leptos::prelude::*;
use shared::api::Person;
use shared::settings::Settings;

/// All cards.
pub(super) fn cards(form: Form, people: Vec<Person>) -> Vec<AnyView> {
    vec![
        routing::card(form, people.clone()),
        no_answer::card(form),
        hours::card(form),
        start_form::card(form),
        automatic::card(form),
        ratings::card(form),
        files::card(form),
        site::appearance(form, people),
        site::site(form),
        protection::card(form),
    ]
}

/// A group of fields; `texts`: whether there are some of which one language is on screen.
fn card(form: Form, id: &'static str, title: &'static str, texts: bool, fields: Vec<AnyView>) -> AnyView {
    view! {
        <section class="card" aria-labelledby=id>
            <div class="card-head">
                <h2 id=id>{title}</h2>
                {texts.then(|| languages(form))}
            </div>
            <fieldset class="fields" aria-labelledby=id disabled=!form.editable>{fields}</fieldset>
        </section>
    }
    .into_any()
}

/// Chooses the language in which all texts of the page are shown.
fn languages(form: Form) -> AnyView {
    let choice = move |lang: Lang| {
        view! {
            <button
                type="button"
                class="lang"
                lang=lang.tag()
                data-g="text-language"
                data-lang=lang.tag()
                aria-pressed=move || (form.language.get() == lang).to_string()
                on:click=move |_| form.language.set(lang)
            >
                {lang.name()}
            </button>
        }
    };
    let label = words().settings.form.texts_in;
    view! {
        <div class="langs" role="group" aria-label=label>
            <span class="field-help" aria-hidden="true">{label}</span>
            {Lang::ALL.map(choice)}
        </div>
    }
    .into_any()
}

/// Fields that matter only sometimes. They are shown all the same while something is wrong below `path`.
fn sometimes(form: Form, when: fn(&Settings) -> bool, path: &'static str, fields: Vec<AnyView>) -> AnyView {
    let hidden = move || !form.settings.with(when) && !form.is_wrong(path);
    view! { <div class="fields" hidden=hidden>{fields}</div> }.into_any()
}
