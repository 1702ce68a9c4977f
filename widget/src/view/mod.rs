//! The panel and its parts.

mod composer;
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
    let field = composer::field(chat);
    let area = StoredValue::new_local(field.node().cloned());
    let to_composer = move || focus(area.try_get_value().flatten());
    let panel = el("section")
        .attr("class", "panel")
        .attr("data-g", "panel")
        .attr("role", "dialog")
        .bind("aria-label", move || Some(chat.title.get()))
        .flag("hidden", move || !chat.open.get())
        .live(move |_| {
            if chat.open.get() {
                to_composer();
            }
        })
        .on("keydown", move |event| key(event, chat, confirming))
        .on("keyup", Event::stop_propagation)
        .on("keypress", Event::stop_propagation)
        .child(header::header(chat, confirming))
        .when(move || header::confirm(chat, confirming, to_composer))
        .when(move || banner(chat))
        .child(log::log(chat))
        .when(move || typing(chat))
        .when(move || rating::rating(chat))
        .when(move || line("notice", "status", &chat.notice.get()))
        .when(move || line("refusal", "alert", &chat.refusal.get()))
        .child(composer::composer(chat, field, to_composer));
    viewport::follow(panel.node());
    panel
}

/// What is typed here is none of the page's business: its shortcuts must not react.
fn key(event: &Event, chat: Chat, confirming: RwSignal<bool>) {
    event.stop_propagation();
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.key() != "Escape" || event.is_composing() {
        return;
    }
    if confirming.get_untracked() {
        confirming.set(false);
    } else {
        chat.set_open(false);
    }
}

fn banner(chat: Chat) -> Option<El> {
    let words = chat.banner.get();
    let retry = move || button("", move || chat.reconnect()).text(chat.texts.try_now);
    let banner = || el("div").attr("class", "banner").attr("data-g", "banner").attr("role", "status");
    (!words.is_empty()).then(|| banner().child(el("span").text(&words)).child(retry()))
}

fn typing(chat: Chat) -> Option<El> {
    let words = chat.typing.get();
    let dots = || el("span").attr("class", "dots").attr("aria-hidden", "true");
    let dots = || dots().child(el("span")).child(el("span")).child(el("span"));
    let typing = || el("div").attr("class", "typing").attr("data-g", "typing");
    (!words.is_empty()).then(|| typing().child(dots()).child(el("span").text(&words)))
}

/// A line above the composer, if there is something to say.
fn line(name: &str, role: &str, words: &str) -> Option<El> {
    let line = || el("p").attr("class", "line").attr("data-g", name).attr("role", role).attr("dir", "auto");
    (!words.is_empty()).then(|| line().text(words))
}
