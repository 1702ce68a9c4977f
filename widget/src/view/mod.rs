//! The panel and its parts.

mod card;
mod composer;
mod contact;
mod field;
mod file;
mod header;
mod icon;
mod log;
mod rating;

use crate::chat::Chat;
use crate::ui::{El, button, el, focus};
use crate::viewport;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

/// The whole panel; hidden while it is closed, so that nothing in it is lost.
pub(crate) fn panel(chat: Chat) -> El {
    let confirming = RwSignal::new(false);
    let more = RwSignal::new(false);
    let field = composer::field(chat);
    let to_composer = focus_on(&field);
    let rating = rating::rating(chat, to_composer);
    let contact = contact::contact(chat, to_composer);
    let (to_rating, to_contact) = (focus_on(&rating), focus_on(&contact));
    let panel = el("section class=panel data-g=panel role=dialog")
        .attr("lang", chat.texts.lang)
        .attr("dir", chat.texts.dir)
        .bind_text("aria-label", move || Some(chat.title.get()))
        .flag("hidden", move || !chat.open.get())
        .live(move |_| {
            let is_barred = chat.asks.bars();
            if chat.open.get() {
                if is_barred { to_contact() } else { to_composer() }
            }
        })
        .on("dragover", |event| event.prevent_default())
        .on("drop", move |event| chat.attach(event))
        .on("keydown", move |event| key(event, chat, [confirming, more]))
        .on("keyup", Event::stop_propagation)
        .on("keypress", Event::stop_propagation)
        .child(header::header(chat, confirming, more, to_rating, to_contact))
        .when(move || header::confirm(chat, confirming, to_composer))
        .when(move || header::more(chat, more))
        .when(move || banner(chat))
        .child(log::log(chat))
        .when(move || typing(chat))
        .child(rating)
        .child(contact)
        .child(line("notice", "status", chat.notice))
        .child(line("available", "status", chat.available))
        .child(line("refusal", "alert", chat.refusal))
        // A timer is not read out each time that it changes.
        .child(line("wait", "timer", chat.wait))
        .child(composer::composer(chat, field, to_composer));
    viewport::follow(panel.node());
    panel
}

/// What is typed here is none of the page's business: its shortcuts must not react.
fn key(event: &Event, chat: Chat, asked: [RwSignal<bool>; 2]) {
    event.stop_propagation();
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.key() != "Escape" || event.is_composing() {
        return;
    }
    match asked.into_iter().find(|asked| asked.get_untracked()) {
        Some(asked) => asked.set(false),
        None => chat.set_open(false),
    }
}

fn banner(chat: Chat) -> Option<El> {
    let retry = move || button("", move || chat.reconnect()).text(chat.texts.try_now);
    let banner = || el("div class=banner data-g=banner role=status");
    let words = || el("span").says(chat.banner);
    chat.banner.with(|words| !words.is_empty()).then(|| banner().child(words()).child(retry()))
}

fn typing(chat: Chat) -> Option<El> {
    let dots =
        || el("span class=dots aria-hidden=true").child(el("span")).child(el("span")).child(el("span"));
    let typing = || el("div class=typing data-g=typing").child(dots());
    chat.typing.with(|words| !words.is_empty()).then(|| typing().child(el("span").says(chat.typing)))
}

/// A line above the composer, while there is something to say. Its place is there before: only so is it read out.
fn line(name: &'static str, role: &str, words: RwSignal<String>) -> El {
    let shown = move |name: &'static str| move || words.with(|words| !words.is_empty()).then_some(name);
    el("p dir=auto").attr("role", role).bind("class", shown("line")).bind("data-g", shown(name)).says(words)
}

fn focus_on(element: &El) -> impl Fn() + Copy + 'static {
    let element = StoredValue::new_local(element.node().cloned());
    move || focus(element.try_get_value().flatten())
}
