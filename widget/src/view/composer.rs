//! Where the visitor writes.

use super::icon;
use crate::chat::{Chat, Stage};
use crate::texts::fill;
use crate::ui::{El, el, icon};
use leptos::prelude::*;
use shared::limits::TEXT_CHARS_MAX;
use shared::text::is_blank;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlTextAreaElement, KeyboardEvent};

/// From how many characters left on the counter is shown.
const COUNT_FROM: usize = 200;

/// The field alone, which others may give the keyboard to.
pub(crate) fn field(chat: Chat) -> El {
    let again = move || matches!(chat.stage.get(), Stage::Ended);
    el("textarea")
        .attr("rows", "1")
        .attr("dir", "auto")
        .attr("data-g", "composer")
        .attr("aria-label", chat.texts.composer)
        .attr("aria-describedby", "g-count")
        .attr("enterkeyhint", "send")
        .bind("placeholder", move || {
            Some(if again() { chat.texts.composer_again } else { chat.texts.composer_hint }.to_owned())
        })
        .live(move |field| set_value(field, &chat.draft.get()))
        .on("input", move |event| {
            chat.draft.set(value(event));
            chat.type_on(chat.draft.with_untracked(|draft| !draft.is_empty()));
        })
}

pub(crate) fn composer(chat: Chat, field: El, to_field: impl Fn() + Copy + 'static) -> El {
    let send = move || {
        let draft = chat.draft.get_untracked();
        if is_sendable(&draft) {
            chat.send(draft.trim());
            chat.draft.set(String::new());
        }
        to_field();
    };
    let field = field.on("keydown", move |event| {
        if is_send(event) {
            event.prevent_default();
            send();
        }
    });
    let button = el("button")
        .attr("type", "submit")
        .attr("class", "send")
        .attr("data-g", "send")
        .attr("aria-label", chat.texts.send)
        .attr("title", chat.texts.send)
        .flag("disabled", move || chat.draft.with(|draft| !is_sendable(draft)))
        .child(icon(icon::SEND));
    let over = move || chat.draft.with(|draft| length(draft) > TEXT_CHARS_MAX);
    let count = el("p")
        .attr("id", "g-count")
        .attr("data-g", "count")
        .attr("role", "status")
        .bind("class", move || Some(if over() { "count over" } else { "count" }.to_owned()))
        .words(move || chat.draft.with(|draft| count_words(chat, length(draft))));
    el("form")
        .attr("class", "composer")
        .on("submit", move |event| {
            event.prevent_default();
            send();
        })
        .child(
            // The style sheet mirrors the text behind the field, which so grows with it.
            el("div").attr("class", "grow").bind("data-value", move || Some(chat.draft.get())).child(field),
        )
        .child(button)
        .child(count)
}

/// What the field that `event` comes from holds.
pub(super) fn value(event: &Event) -> String {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}

/// Leaves the field alone where it already says so: writing to it moves the caret.
pub(super) fn set_value(field: &Element, value: &str) {
    if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>().filter(|field| field.value() != value) {
        field.set_value(value);
    }
}

fn length(draft: &str) -> usize {
    draft.trim().chars().count()
}

fn is_sendable(draft: &str) -> bool {
    length(draft) <= TEXT_CHARS_MAX && !is_blank(draft)
}

/// Enter sends; with Shift, or while an input method composes, it does not. 229 is what older browsers say for the latter.
fn is_send(event: &Event) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(|event| {
        event.key() == "Enter" && !event.shift_key() && !event.is_composing() && event.key_code() != 229
    })
}

fn count_words(chat: Chat, length: usize) -> String {
    match TEXT_CHARS_MAX.checked_sub(length) {
        None => fill(chat.texts.too_long, &(length - TEXT_CHARS_MAX).to_string()),
        Some(left) if left <= COUNT_FROM => fill(chat.texts.left, &left.to_string()),
        Some(_) => String::new(),
    }
}
