//! The members of a channel in their order.

use super::waiting::Header;
use super::watch::Watch;
use crate::clock;
use crate::people::{Standing, verdict_name};
use crate::texts::words;
use crate::ui::{Route, ui};
use leptos::prelude::*;
use shared::api::{LineView, PersonView, Role};
use shared::id::{ChannelId, OperatorId};
use shared::time::Timestamp;

#[component]
pub(super) fn People(watch: Watch, id: ChannelId) -> impl IntoView {
    let text = &words().line;
    let people = Memo::new(move |_| {
        watch.read(|view| view.people.iter().map(|person| person.id.clone()).collect::<Vec<_>>())
    });
    let id = StoredValue::new(id);
    view! {
        <section class="card" aria-labelledby="line-people-title">
            <h2 id="line-people-title">{text.people_title}</h2>
            <Show
                when=move || !people.with(Vec::is_empty)
                fallback=move || view! { <NoMembers id=id.get_value() /> }
            >
                <table class="table people-table" aria-labelledby="line-people-title">
                    <thead>
                        <tr>
                            <Header name=text.name />
                            <Header name=text.state />
                            <Header name=text.load class="number" />
                            <Header name=text.last class="number" />
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || people.get() key=|id| id.clone() let:person>
                            <PersonRow watch id=person />
                        </For>
                    </tbody>
                </table>
            </Show>
        </section>
    }
}

/// Nobody is sent anything, and where that is changed.
#[component]
fn NoMembers(id: ChannelId) -> impl IntoView {
    let text = &words().line;
    let admin = ui().me().is_some_and(|me| me.role == Role::Admin);
    let link = admin.then(|| {
        view! { <a class="link" href=Route::Channel(id).fragment()>{text.choose_members}</a> }
    });
    view! { <p class="line-empty" data-g="empty">{text.people_empty}</p> {link} }
}

#[component]
fn PersonRow(watch: Watch, id: OperatorId) -> impl IntoView {
    let text = &words().line;
    let hook = id.to_string();
    let person = Memo::new(move |_| watch.read(|view| person(view, &id)));
    let of = move |read: fn(&PersonView, Timestamp) -> String| {
        move || person.with(|seen| seen.as_ref().map(|(person, now)| read(person, *now)).unwrap_or_default())
    };
    let verdict = Memo::new(move |_| person.with(|seen| seen.as_ref().map(|(person, _)| person.verdict)));
    let standing =
        move || verdict.get().map(|verdict| view! { <Standing verdict words=text.verdict(verdict) /> });
    view! {
        <tr data-g="line-person" data-operator=hook data-verdict=move || verdict.get().map(verdict_name)>
            <th scope="row"><bdi>{of(|person, _| person.name.clone())}</bdi></th>
            <td>{standing}</td>
            <td class="number">{of(|person, _| person.load.to_string())}</td>
            <td class="number">{of(last)}</td>
        </tr>
    }
}

/// A person, and when that was so.
fn person(view: &LineView, id: &OperatorId) -> Option<(PersonView, Timestamp)> {
    view.people.iter().find(|person| person.id == *id).cloned().map(|person| (person, view.now))
}

fn last(person: &PersonView, now: Timestamp) -> String {
    match person.last_assigned {
        Some(at) => clock::ago(now.since(at)),
        None => words().line.never.to_owned(),
    }
}
