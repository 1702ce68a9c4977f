//! The panel and its parts.

mod composer;
mod header;
mod icon;
mod log;
mod rating;

use crate::chat::Chat;
use crate::viewport;
use leptos::ev;
use leptos::html::{Section, Textarea, button, div, p, section, span};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// The whole panel; hidden while it is closed, so that nothing in it is lost.
pub(crate) fn panel(chat: Chat) -> impl IntoView {
    let root = NodeRef::<Section>::new();
    let area = NodeRef::<Textarea>::new();
    let confirming = RwSignal::new(false);
    Effect::new(move |_| {
        if chat.open.get() {
            request_animation_frame(move || focus(area));
        }
    });
    root.on_load(move |_| viewport::follow(root));
    section()
        .node_ref(root)
        .class("panel")
        .attr("data-g", "panel")
        .attr("role", "dialog")
        .attr("aria-label", move || chat.title.get())
        .attr("hidden", move || !chat.open.get())
        .on(ev::keydown, move |event| key(&event, chat, confirming))
        .on(ev::keyup, |event| event.stop_propagation())
        .on(ev::keypress, |event| event.stop_propagation())
        .child((
            header::header(chat, confirming),
            header::confirm(chat, confirming, area),
            banner(chat),
            log::log(chat),
            typing(chat),
            rating::rating(chat),
            line(chat, "notice", "status", move || chat.notice.get()),
            line(chat, "refusal", "alert", move || chat.refusal.get().to_owned()),
            composer::composer(chat, area),
        ))
}

/// What is typed here is none of the page's business: its shortcuts must not react.
fn key(event: &KeyboardEvent, chat: Chat, confirming: RwSignal<bool>) {
    event.stop_propagation();
    if event.key() != "Escape" || event.is_composing() {
        return;
    }
    if confirming.get_untracked() {
        confirming.set(false);
    } else {
        chat.set_open(false);
    }
}

fn focus(area: NodeRef<Textarea>) {
    if let Some(area) = area.try_get_untracked().flatten() {
        let _ = area.focus();
    }
}

fn banner(chat: Chat) -> impl IntoView {
    move || {
        let words = chat.banner.get();
        (!words.is_empty()).then(|| {
            div().class("banner").attr("data-g", "banner").attr("role", "status").child((
                span().child(words),
                button()
                    .attr("type", "button")
                    .on(ev::click, move |_| chat.reconnect())
                    .child(chat.texts.try_now),
            ))
        })
    }
}

fn typing(chat: Chat) -> impl IntoView {
    move || {
        let words = chat.typing.get();
        (!words.is_empty()).then(|| {
            let dots = span().class("dots").attr("aria-hidden", "true").child((span(), span(), span()));
            div().class("typing").attr("data-g", "typing").child((dots, words))
        })
    }
}

/// A line above the composer, if there is something to say.
fn line(
    chat: Chat,
    name: &'static str,
    role: &'static str,
    words: impl Fn() -> String + Copy + Send + 'static,
) -> impl IntoView {
    let _ = chat;
    move || {
        let words = words();
        (!words.is_empty()).then(|| p().class("line").attr("data-g", name).attr("role", role).child(words))
    }
}
