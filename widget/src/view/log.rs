//! The messages.

use super::file::file;
use super::header::face;
use crate::chat::Chat;
use crate::rows::{Line, Message, State, Who};
use crate::texts::Texts;
use crate::ui::{El, button, el};
use leptos::prelude::*;
use shared::text::links::{Part, REL, parts};
use web_sys::Element;

/// How far from the newest message, in pixels, a reader is taken to be elsewhere.
const AWAY: i32 = 120;

/// The list. Its style sheet lets it grow upwards from its end, so that the newest stays in sight without a script.
pub(crate) fn log(chat: Chat) -> El {
    let away = RwSignal::new(false);
    let lines = el("div class=lines")
        .when(move || {
            let more = || button("quiet", move || chat.earlier()).attr("data-g", "earlier");
            chat.has_earlier.get().then(|| more().text(chat.texts.earlier))
        })
        .when(move || chat.items.with(Vec::is_empty).then(|| empty(chat)))
        .child(el("ol").each(move || chat.items.get(), move |line| row(chat, line)));
    let log = el("div class=log data-g=messages role=log aria-live=polite tabindex=0")
        .attr("aria-label", chat.texts.log)
        .child(lines);
    let scroll = StoredValue::new_local(log.node().cloned());
    let top = move || scroll.try_get_value().flatten().map_or(0, |log| log.scroll_top());
    let to_end = move || {
        if let Some(log) = scroll.try_get_value().flatten() {
            log.set_scroll_top(0);
        }
    };
    let log = log.on("scroll", move |_| {
        let far = top() < -AWAY;
        if far && scroll.try_get_value().flatten().is_some_and(|log| is_near_top(&log)) {
            chat.earlier();
        }
        if away.get_untracked() != far {
            away.set(far);
        }
    });
    el("div class=middle")
        .child(log)
        .live(move |_| {
            // A message of one's own is always shown.
            chat.sent.get();
            to_end();
        })
        .when(move || away.get().then(|| button("newer", to_end).text(chat.texts.newer)))
}

/// Whether the first message is nearly on screen. A list that grows upwards counts downwards from its end.
fn is_near_top(log: &Element) -> bool {
    log.scroll_top() - AWAY < log.client_height() - log.scroll_height()
}

fn empty(chat: Chat) -> El {
    el("div class=empty")
        .child(face(""))
        .child(el("h3").text(chat.texts.hello))
        .child(el("p").text(chat.texts.hello_more))
}

fn row(chat: Chat, line: ArcRwSignal<Line>) -> El {
    match line.get_untracked() {
        Line::Day(words) => el("li class=day").text(&words),
        Line::New(words) => el("li class=day data-g=new").text(&words),
        Line::Event(words) => el("li class=event data-g=event").text(&words),
        Line::Message(first) => message(chat, line.into(), &first),
    }
}

/// `first` holds what never changes about a message; the rest is read from `line`.
fn message(chat: Chat, line: RwSignal<Line>, first: &Message) -> El {
    let speaker = match first.author {
        Who::Visitor => chat.texts.you.to_owned(),
        Who::Operator => first.name.clone(),
        Who::Channel => chat.title.get_untracked(),
    };
    let said = el("div class=said")
        .child(el("span class=name").text(&speaker))
        .child(if first.file.is_some() { file(chat, line, first) } else { bubble(&first.text) })
        .when(move || line.with(|line| foot(chat, line)));
    let message = el("li data-g=message")
        .bind("class", move || of(line, |message| Some(place(message))))
        .attr("data-author", first.author.name())
        .bind("data-state", move || of(line, |message| message.state.name()))
        .bind_text("data-seq", move || of(line, |message| message.seq.map(|seq| seq.to_string())));
    match first.author {
        Who::Visitor => message.child(said),
        Who::Operator | Who::Channel => message.child(face(&first.name)).child(said),
    }
}

/// Text, in which addresses can be opened.
fn bubble(text: &str) -> El {
    parts(text).into_iter().fold(el("p class=bubble dir=auto"), |bubble, part| match part {
        Part::Words(words) => bubble.text(words),
        Part::Link(url) => bubble.child(el("a target=_blank").attr("rel", REL).attr("href", url).text(url)),
    })
}

pub(super) fn of<T>(line: RwSignal<Line>, read: fn(&Message) -> Option<T>) -> Option<T> {
    line.with(|line| if let Line::Message(message) = line { read(message) } else { None })
}

const fn place(message: &Message) -> &'static str {
    match (message.first, message.last) {
        (true, true) => "message first last",
        (true, false) => "message first",
        (false, true) => "message last",
        (false, false) => "message",
    }
}

/// The time and what has become of a message: once for each group, and for each one that failed.
fn foot(chat: Chat, line: &Line) -> Option<El> {
    let Line::Message(message) = line else { return None };
    if let State::Failed(code) = message.state {
        return Some(failed(chat, message, chat.texts.refusal(code)));
    }
    message.last.then(|| el("span class=foot dir=auto").text(&foot_words(chat.texts, message)))
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

fn failed(chat: Chat, message: &Message, why: &str) -> El {
    let foot = el("div")
        .attr("class", "foot failed")
        .child(el("span").text(&[chat.texts.not_sent, " ", why].concat()));
    let Some(id) = message.id.clone() else { return foot };
    let same = id.clone();
    foot.child(button("", move || chat.retry(id.clone())).attr("data-g", "retry").text(chat.texts.retry))
        .child(
            button("", move || chat.discard(same.clone())).attr("data-g", "discard").text(chat.texts.discard),
        )
}
