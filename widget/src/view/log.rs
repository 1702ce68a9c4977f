//! The messages.

use super::header::face;
use crate::chat::{Chat, Item};
use crate::rows::{Line, Message, State, Who};
use crate::texts::Texts;
use leptos::ev;
use leptos::html::{Div, button, div, h3, li, ol, p, span};
use leptos::prelude::*;

/// The list. It grows upwards from its end, so that the newest stays in sight without a script that scrolls.
pub(crate) fn log(chat: Chat) -> impl IntoView {
    let scroll = NodeRef::<Div>::new();
    let away = RwSignal::new(false);
    let to_end = move || {
        if let Some(log) = scroll.try_get_untracked().flatten() {
            log.set_scroll_top(0);
        }
    };
    // A message of one's own is always shown.
    Effect::new(move |last: Option<Option<String>>| {
        let newest = chat
            .items
            .with(|items| items.iter().rev().find(|item| is_own(item)).map(|item| item.key.clone()));
        if last.is_some_and(|last| last != newest) {
            to_end();
        }
        newest
    });
    let rows = For(ForProps::builder()
        .each(move || chat.items.get())
        .key(|item| item.key.clone())
        .children(move |item| row(chat, item.line.into()))
        .build());
    div().class("middle").child((
        div()
            .node_ref(scroll)
            .class("log")
            .attr("data-g", "messages")
            .attr("role", "log")
            .attr("aria-live", "polite")
            .attr("aria-label", chat.texts.log)
            .attr("tabindex", "0")
            .on(ev::scroll, move |_| {
                let top = scroll.get_untracked().map_or(0, |log| log.scroll_top());
                away.set(top < -120);
            })
            .child(div().class("lines").child((earlier(chat), empty(chat), ol().child(rows)))),
        move || {
            away.get().then(|| {
                button()
                    .class("newer")
                    .attr("type", "button")
                    .on(ev::click, move |_| to_end())
                    .child(chat.texts.newer)
            })
        },
    ))
}

fn is_own(item: &Item) -> bool {
    item.line.with_untracked(|line| matches!(line, Line::Message(message) if message.author == Who::Visitor))
}

fn earlier(chat: Chat) -> impl IntoView {
    move || {
        chat.has_earlier.get().then(|| {
            button()
                .class("quiet")
                .attr("type", "button")
                .attr("data-g", "earlier")
                .on(ev::click, move |_| chat.earlier())
                .child(chat.texts.earlier)
        })
    }
}

fn empty(chat: Chat) -> impl IntoView {
    move || {
        chat.items.with(Vec::is_empty).then(|| {
            div().class("empty").child((
                face(String::new),
                h3().child(chat.texts.hello),
                p().child(chat.texts.hello_more),
            ))
        })
    }
}

fn row(chat: Chat, line: RwSignal<Line>) -> AnyView {
    match line.get_untracked() {
        Line::Day(words) => li().class("day").child(words).into_any(),
        Line::Event(_) => {
            li().class("event").attr("data-g", "event").child(move || event_words(line)).into_any()
        }
        Line::Message(first) => message(chat, line, first).into_any(),
    }
}

fn event_words(line: RwSignal<Line>) -> String {
    line.with(|line| if let Line::Event(words) = line { words.clone() } else { String::new() })
}

/// `first` holds what never changes about a message; the rest is read from `line`.
fn message(chat: Chat, line: RwSignal<Line>, first: Message) -> impl IntoView {
    let author = first.author.name();
    let speaker = match first.author {
        Who::Visitor => chat.texts.you.to_owned(),
        Who::Operator => first.name.clone(),
        Who::Channel => chat.title.get_untracked(),
    };
    let name = first.name.clone();
    li().class("message")
        .class(("first", move || of(line, |message| message.first)))
        .class(("last", move || of(line, |message| message.last)))
        .attr("data-g", "message")
        .attr("data-author", author)
        .attr("data-state", move || of(line, |message| message.state.name()))
        .attr("data-seq", move || of(line, |message| message.seq.map(|seq| seq.to_string())))
        .child((
            (first.author != Who::Visitor).then(|| face(move || name.clone())),
            div().class("said").child((
                span().class("name").child(speaker),
                p().class("bubble").attr("dir", "auto").child(first.text),
                move || line.with(|line| foot(chat, line)),
            )),
        ))
}

fn of<T: Default>(line: RwSignal<Line>, read: fn(&Message) -> T) -> T {
    line.with(|line| if let Line::Message(message) = line { read(message) } else { T::default() })
}

/// The time and what has become of a message: once for each group, and for each one that failed.
fn foot(chat: Chat, line: &Line) -> Option<AnyView> {
    let Line::Message(message) = line else { return None };
    if let State::Failed(code) = message.state {
        return Some(failed(chat, message, code).into_any());
    }
    message.last.then(|| span().class("foot").child(foot_words(chat.texts, message)).into_any())
}

fn foot_words(texts: &Texts, message: &Message) -> String {
    let state = match message.state {
        State::Theirs | State::Failed(_) => return message.time.clone(),
        State::Sending => return texts.sending.to_owned(),
        State::Sent => texts.sent,
        State::Read => texts.read,
    };
    [&message.time, " · ", state].concat()
}

fn failed(chat: Chat, message: &Message, code: shared::reject::Code) -> impl IntoView {
    let retry = message.id.clone();
    let discard = message.id.clone();
    div().class("foot failed").child((
        span().child([chat.texts.not_sent, " ", chat.texts.refusal(code)].concat()),
        button()
            .attr("type", "button")
            .attr("data-g", "retry")
            .on(ev::click, move |_| retry.iter().for_each(|id| chat.retry(id.clone())))
            .child(chat.texts.retry),
        button()
            .attr("type", "button")
            .attr("data-g", "discard")
            .on(ev::click, move |_| discard.iter().for_each(|id| chat.discard(id.clone())))
            .child(chat.texts.discard),
    ))
}
