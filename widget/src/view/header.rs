//! Who is there, and the ways out.

use super::icon;
use crate::chat::Chat;
use crate::ui::{El, button, el, icon};
use leptos::prelude::*;

pub(crate) fn header(
    chat: Chat,
    confirming: RwSignal<bool>,
    more: RwSignal<bool>,
    to_rating: impl Fn() + Copy + 'static,
    to_contact: impl Fn() + Copy + 'static,
) -> El {
    let status = el("span").bind("data-g", move || chat.in_line.get().then_some("place")).says(chat.status);
    let titles = el("div class=titles")
        .child(el("h2 dir=auto").says(chat.title))
        .child(el("p data-g=status dir=auto").child(status));
    let end = move || {
        let ask = move || confirming.update(|confirming| *confirming = !*confirming);
        chat.is_live.get().then(|| tool("end", chat.texts.end, icon::END, ask))
    };
    el("header part=header")
        .when(move || Some(face(&chat.operator.get())))
        .child(titles)
        .child(el("p class=aloud role=status").says(chat.said))
        .when(move || rate_tool(chat, to_rating))
        .when(move || contact_tool(chat, to_contact))
        .when(end)
        .child(
            tool("more", chat.texts.more, icon::MORE, move || more.update(|more| *more = !*more))
                .bind("aria-expanded", move || Some(if more.get() { "true" } else { "false" })),
        )
        .child(tool("close", chat.texts.close, icon::CLOSE, move || chat.set_open(false)))
}

/// Opens the form that is not asked for, or was put off.
fn rate_tool(chat: Chat, to_rating: impl Fn() + 'static) -> Option<El> {
    let rating = &chat.asks.rating;
    if !rating.is_possible.get() || rating.question.is_open.get() {
        return None;
    }
    let words = if rating.score.with(Option::is_some) { chat.texts.change } else { chat.texts.rate_open };
    let shape = if rating.has_stars.get() { icon::STAR } else { icon::GOOD };
    Some(opener("rate-open", words, shape, rating.question.is_open, to_rating))
}

fn contact_tool(chat: Chat, to_contact: impl Fn() + 'static) -> Option<El> {
    let contact = &chat.asks.contact;
    let is_put_off = contact.is_asked.get() && !contact.question.is_open.get();
    let words = chat.texts.contact_open;
    is_put_off.then(|| opener("contact-open", words, icon::LETTER, contact.question.is_open, to_contact))
}

fn opener(name: &str, words: &str, shape: &str, is_open: RwSignal<bool>, after: impl Fn() + 'static) -> El {
    tool(name, words, shape, move || {
        is_open.set(true);
        after();
    })
}

/// A round portrait: the first letter of a name, or Guichet's mark for the channel itself.
pub(crate) fn face(name: &str) -> El {
    let face = el("span class=face aria-hidden=true");
    match name.chars().next() {
        // The style sheet makes it a capital: the tables of capitals weigh 4 KB.
        Some(first) => face.text(&first.to_string()),
        None => face.child(icon(icon::MARK)),
    }
}

pub(super) fn tool(name: &str, label: &str, shape: &str, run: impl Fn() + 'static) -> El {
    button("tool", run).attr("data-g", name).attr("aria-label", label).attr("title", label).child(icon(shape))
}

/// What else one can do.
pub(crate) fn more(chat: Chat, more: RwSignal<bool>) -> Option<El> {
    if !more.get() {
        return None;
    }
    let texts = chat.texts;
    let alerts = &chat.alerts;
    let mut shown = el("div class=confirm role=group").attr("aria-label", texts.more).child(
        button("quiet", move || chat.save_transcript())
            .attr("data-g", "transcript")
            .flag("disabled", move || chat.items.with(Vec::is_empty))
            .text(texts.transcript),
    );
    shown = shown.child(switch("sound", texts.sound, alerts.sounds, move || chat.switch_sound()));
    if chat.may_notify() {
        let run = move || chat.switch_notifications();
        shown = shown.child(switch("notify", texts.notify, alerts.notifies, run));
    }
    Some(shown)
}

fn switch(name: &str, words: &str, on: RwSignal<bool>, run: impl Fn() + 'static) -> El {
    let pressed = move || Some(if on.get() { "true" } else { "false" });
    button("quiet", run).attr("data-g", name).bind("aria-pressed", pressed).text(words)
}

/// Asks before the end.
pub(crate) fn confirm(
    chat: Chat,
    confirming: RwSignal<bool>,
    after: impl Fn() + Copy + 'static,
) -> Option<El> {
    if !confirming.get() || !chat.is_live.get() {
        return None;
    }
    let done = move || {
        confirming.set(false);
        after();
    };
    let end = move || {
        chat.end();
        done();
    };
    let confirm = el("div class=confirm role=group")
        .attr("aria-label", chat.texts.end_sure)
        .child(el("p").text(chat.texts.end_sure))
        .child(button("quiet", done).text(chat.texts.end_no))
        .child(
            button("main", end)
                .attr("data-g", "end-confirm")
                .flag("disabled", move || chat.banner.with(|words| !words.is_empty()))
                .text(chat.texts.end),
        );
    Some(confirm)
}
