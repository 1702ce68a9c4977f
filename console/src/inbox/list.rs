//! The list: the groups, and what to do when there is nothing in them.

use super::groups::{Group, in_order};
use super::row::Row;
use crate::icons;
use crate::texts::words;
use crate::ui::{Route, ui};
use leptos::prelude::*;
use shared::api::Role;
use shared::id::ConversationId;

#[component]
pub(crate) fn List() -> impl IntoView {
    let ui = ui();
    let nothing = Memo::new(move |_| ui.inbox.is_empty());
    view! {
        <section class="list" aria-label=words().inbox.title tabindex="-1" id="list">
            <h1 class="visually-hidden">{words().inbox.title}</h1>
            <Show when=move || nothing.get()>
                <div class="only-narrow"><FirstChat /></div>
            </Show>
            {Group::ALL.map(|group| view! { <GroupOfRows group /> })}
        </section>
    }
}

#[component]
fn GroupOfRows(group: Group) -> impl IntoView {
    let ui = ui();
    let rows: Memo<Vec<ConversationId>> = Memo::new(move |_| {
        let only = ui.inbox.only.get();
        ui.inbox.rows.with(|rows| in_order(rows, group, only.as_ref()))
    });
    let count = move || rows.with(Vec::len);
    let shown = Memo::new(move |_| !group.is_rare() || count() != 0);
    view! {
        <Show when=move || shown.get()>
            <section class="group" data-g=title_id(group) aria-labelledby=title_id(group)>
                <h2 class="group-title" id=title_id(group)>
                    {name(group)} <span class="count">{move || (count() != 0).then(count)}</span>
                </h2>
                <Show when=move || count() == 0 && ui.inbox.told.get()>
                    <p class="group-empty" data-g="empty">{move || empty(group, ui.inbox.available.get())}</p>
                </Show>
                <ul class="rows">
                    <For each=move || rows.get() key=|id| id.clone() let:id><Row id /></For>
                </ul>
            </section>
        </Show>
    }
}

/// The id of a group's title, and the name by which tests find the group.
pub(crate) const fn title_id(group: Group) -> &'static str {
    match group {
        Group::New => "group-new",
        Group::InWork => "group-work",
        Group::Answered => "group-answered",
        Group::Joined => "group-joined",
        Group::Missed => "group-missed",
    }
}

pub(crate) fn name(group: Group) -> &'static str {
    let inbox = &words().inbox;
    match group {
        Group::New => inbox.new,
        Group::InWork => inbox.in_work,
        Group::Answered => inbox.answered,
        Group::Joined => inbox.joined,
        Group::Missed => inbox.missed,
    }
}

fn empty(group: Group, available: bool) -> &'static str {
    let inbox = &words().inbox;
    match group {
        Group::New if available => inbox.new_empty,
        Group::New => inbox.new_empty_break,
        Group::InWork => inbox.in_work_empty,
        Group::Answered => inbox.answered_empty,
        Group::Joined | Group::Missed => "",
    }
}

/// What an operator with no chats at all is told.
#[component]
pub(crate) fn FirstChat() -> impl IntoView {
    let inbox = &words().inbox;
    let admin = ui().me().is_some_and(|me| me.role == Role::Admin);
    view! {
        <div class="blank" data-g="empty">
            {icons::mark()}
            <p class="blank-title">{inbox.first_title}</p>
            <p>{inbox.first_text}</p>
            <a class="button primary" href={"/"} target="_blank" rel="noopener">{inbox.first_demo}</a>
            {admin.then(|| view! { <a class="link" href=Route::Channels.fragment()>{inbox.first_channels}</a> })}
        </div>
    }
}

/// The conversation `step` places further down the list, in the order in which it is shown.
pub(crate) fn neighbour(step: isize) -> Option<ConversationId> {
    let ui = ui();
    let only = ui.inbox.only.get_untracked();
    let shown: Vec<ConversationId> = ui.inbox.rows.with_untracked(|rows| {
        Group::ALL.iter().flat_map(|group| in_order(rows, *group, only.as_ref())).collect()
    });
    let at =
        ui.route.with_untracked(|route| route.chat()).and_then(|id| shown.iter().position(|it| *it == id));
    let next = at.map_or(0, |at| at.saturating_add_signed(step));
    shown.get(next).cloned()
}
