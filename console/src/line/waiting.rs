//! Those who wait, first come first.

use super::watch::Watch;
use crate::clock;
use crate::inbox::called;
use crate::texts::{list, put, words};
use crate::ui::{Route, ui};
use crate::why;
use leptos::prelude::*;
use shared::api::{LineView, WaitingView};
use shared::id::{ConversationId, OperatorId, SessionId};

#[component]
pub(super) fn Waiting(watch: Watch) -> impl IntoView {
    let text = &words().line;
    let sessions = Memo::new(move |_| {
        watch.read(|view| view.waiting.iter().map(|row| row.session.clone()).collect::<Vec<_>>())
    });
    let more = Memo::new(move |_| watch.read(not_listed));
    view! {
        <section class="card" aria-labelledby="line-waiting-title">
            <h2 id="line-waiting-title">{text.waiting_title}</h2>
            <Show
                when=move || !sessions.with(Vec::is_empty)
                fallback=move || view! { <p class="line-empty" data-g="empty">{text.waiting_empty}</p> }
            >
                <table class="table waiting-table" role="table" aria-labelledby="line-waiting-title">
                    <thead role="rowgroup">
                        <tr role="row">
                            <Header name=text.place class="number" />
                            <Header name=text.chat />
                            <Header name=text.waits class="number" />
                            <Header name=text.why class="wide" />
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || sessions.get() key=|id| id.clone() let:session>
                            <WaitingRow watch session />
                        </For>
                    </tbody>
                </table>
                <Show when=move || more.get() != 0>
                    <p class="line-empty">{move || text.more.say(more.get())}</p>
                </Show>
            </Show>
        </section>
    }
}

/// A column's name.
#[component]
pub(super) fn Header(name: &'static str, #[prop(default = "")] class: &'static str) -> impl IntoView {
    view! { <th scope="col" role="columnheader" class=class>{name}</th> }
}

/// Those further back than the view reaches.
fn not_listed(view: &LineView) -> u32 {
    view.waiting_total.saturating_sub(u32::try_from(view.waiting.len()).unwrap_or(u32::MAX))
}

/// Where a session stands, as words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    place: u32,
    waits: String,
    lines: Vec<String>,
}

#[component]
fn WaitingRow(watch: Watch, session: SessionId) -> impl IntoView {
    let ui = ui();
    let told = {
        let (session, me) = (session.clone(), ui.me().map(|me| me.id));
        Memo::new(move |_| watch.read(|view| told(view, &session, me.as_ref())))
    };
    let id = session.conversation.clone();
    let name = {
        let id = id.clone();
        move || called(&name_of(&id), &id)
    };
    view! {
        <tr role="row" data-g="line-waiting" data-session=session.to_string()>
            <td role="cell" class="number">{move || told.with(|told| told.place)}</td>
            <td role="cell"><a class="table-link" href=Route::Chat(id).fragment()><bdi>{name}</bdi></a></td>
            <td role="cell" class="number">{move || told.with(|told| told.waits.clone())}</td>
            <td role="cell" class="wide">
                {move || told.with(|told| told.lines.iter().cloned().map(|line| view! { <p>{line}</p> }).collect_view())}
            </td>
        </tr>
    }
}

/// The visitor's name, if it is known in the own inbox.
fn name_of(id: &ConversationId) -> String {
    ui().inbox.rows.with(|rows| rows.get(id).map(|row| row.name.clone()).unwrap_or_default())
}

fn told(view: &LineView, session: &SessionId, me: Option<&OperatorId>) -> Told {
    let Some(row) = view.waiting.iter().find(|row| row.session == *session) else { return Told::default() };
    let text = &words().line;
    let mut lines = match &row.why {
        Some(why) => why::in_short(why, me),
        None => vec![text.no_why.to_owned()],
    };
    if !row.tried.is_empty() {
        lines.push(put(text.tried, list(&names(view, row))));
    }
    lines.extend(row.next_round.map(|at| put(text.next_round, clock::time_of_day(at))));
    lines.extend((row.shown != 0).then(|| text.shown.of(row.shown)));
    Told { place: row.place, waits: clock::lasted(view.now.since(row.since)), lines }
}

/// Who was asked already. Those who are no members any more have no name here.
fn names(view: &LineView, row: &WaitingView) -> Vec<String> {
    let name = |id: &OperatorId| {
        let person = view.people.iter().find(|person| person.id == *id);
        person.map_or_else(|| words().line.former.to_owned(), |person| person.name.clone())
    };
    row.tried.iter().map(name).collect()
}
