//! A thread's head: who it is with, where it stands and why, and what may be done with it.

use super::actions::{self, Action};
use super::confirm::{self, Ask, Question};
use super::explain::{Explanation, WhyButton};
use super::identity::Identity;
use super::menu::Menu;
use super::state::Thread;
use crate::clock;
use crate::icons;
use crate::inbox::{Pinned, initials};
use crate::texts::{list, put, put_all, words};
use crate::ui::{Route, ui};
use leptos::prelude::*;
use shared::wire::SessionView;

#[component]
pub(super) fn Head(thread: Thread, transferring: RwSignal<bool>) -> impl IntoView {
    let text = &words().thread;
    let asking = RwSignal::new(None::<Question>);
    let explains = RwSignal::new(false);
    let end = Memo::new(move |_| Question::of_end(thread));
    let choices = Memo::new(move |_| actions::possible(thread));
    let asked = Memo::new(move |_| {
        asking.get().filter(|question| match question {
            Question::Spam => choices.with(|choices| choices.contains(&Action::Spam)),
            question => end.get() == Some(*question),
        })
    });
    let choose = move |action| match action {
        Action::Transfer => transferring.set(true),
        Action::Spam => confirm::ask(asking, Question::Spam),
        action => actions::ask(action, thread),
    };
    let pinned = Memo::new(move |_| {
        thread.session.with(|session| matches!(session, SessionView::Active { pinned: true, .. }))
    });
    view! {
        <header class="thread-head">
            <a class="icon-button back" data-g="back" href=Route::Inbox.fragment() aria-label=text.back>
                {icons::line(icons::BACK)}
            </a>
            <span class="face" aria-hidden="true">{move || initials(&thread.name(), &thread.id())}</span>
            <div class="thread-who">
                <div class="thread-title">
                    <h2 class="thread-name"><bdi>{move || thread.called()}</bdi></h2>
                    <Show when=move || pinned.get()><Pinned words=text.pinned /></Show>
                </div>
                <div class="thread-standing">
                    <Standing thread />
                    <Show when=move || thread.why().is_some()><WhyButton open=explains /></Show>
                </div>
            </div>
            <Show when=move || end.get().is_some() && asked.get().is_none()>
                <EndButton asking end />
            </Show>
            <Show when=move || !choices.with(Vec::is_empty)>
                <Menu label=words().actions.menu choices choose />
            </Show>
        </header>
        <div class="thread-under">
            <Identity thread />
            <Show when=move || explains.get() && thread.why().is_some()><Explanation thread /></Show>
            {move || asked.get().map(|question| view! { <Ask thread question asking /> })}
        </div>
    }
}

/// The way to end the chat. On a narrow screen it is a sign.
#[component]
fn EndButton(asking: RwSignal<Option<Question>>, end: Memo<Option<Question>>) -> impl IntoView {
    let name = move || end.get().map(Question::name);
    let ask = move |_| {
        if let Some(question) = end.get_untracked() {
            confirm::ask(asking, question);
        }
    };
    view! {
        <button type="button" class="button end-button" data-g="close" title=name on:click=ask>
            {icons::line(icons::CHECK)} <span class="end-words">{name}</span>
        </button>
    }
}

/// The channel, and whose chat it is.
#[component]
fn Standing(thread: Thread) -> impl IntoView {
    let channel = move || {
        let channel = thread.channel().map(|channel| ui().inbox.channel_name(&channel));
        channel.map(|channel| view! { <bdi class="thread-channel">{channel}</bdi> })
    };
    view! { <p class="standing-words">{channel} <span>{move || standing(thread)}</span></p> }
}

fn standing(thread: Thread) -> String {
    let text = &words().thread;
    let me = ui().me().map(|me| me.name).unwrap_or_default();
    thread.session.with(|session| match session {
        SessionView::None => String::new(),
        SessionView::Waiting { offered: true, .. } if thread.is_shown() => text.shown.to_owned(),
        SessionView::Waiting { offered: true, .. } => text.offered.to_owned(),
        SessionView::Waiting { place: Some(place), beyond: false, .. } => put(text.waiting_place, place),
        SessionView::Waiting { place: Some(place), beyond: true, .. } => put(text.waiting_beyond, place),
        SessionView::Waiting { .. } => text.waiting.to_owned(),
        SessionView::Active { mine: true, with, .. } => and_with(text.yours.to_owned(), with),
        SessionView::Active { operator, joined: true, with, .. } => {
            let others: Vec<String> = with.iter().filter(|name| **name != me).cloned().collect();
            and_with(put(text.other_and_you, operator), &others)
        }
        SessionView::Active { operator, with, .. } => and_with(put(text.other, operator), with),
        SessionView::Closing { until, .. } => put(text.closed_until, clock::time_of_day(*until)),
        SessionView::Ended { missed: true, .. } => text.missed_short.to_owned(),
        SessionView::Ended { .. } => text.ended_short.to_owned(),
    })
}

/// The same, and who takes part beside the owner.
fn and_with(whose: String, with: &[String]) -> String {
    if with.is_empty() { whose } else { put_all(words().thread.with, &[&whose, &list(with)]) }
}
