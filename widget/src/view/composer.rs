//! Where the visitor writes.

use super::field::{set_value, value};
use super::header::tool;
use super::icon;
use crate::chat::Chat;
use crate::ui::{El, el, icon};
use leptos::prelude::*;
use shared::limits::TEXT_CHARS_MAX;
use shared::text::is_blank;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

/// From how many characters left on the counter is shown.
const COUNT_FROM: usize = 200;

/// The field alone, which others may give the keyboard to.
pub(crate) fn field(chat: Chat) -> El {
    el("textarea rows=1 dir=auto data-g=composer aria-describedby=g-count enterkeyhint=send")
        .attr("aria-label", chat.texts.composer)
        .bind_text("placeholder", move || Some(chat.hint.get()))
        .live(move |field| chat.draft.with(|draft| set_value(field, draft)))
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
    let button = el("button type=submit class=send data-g=send")
        .attr("aria-label", chat.texts.send)
        .attr("title", chat.texts.send)
        .flag("disabled", move || chat.draft.with(|draft| !is_sendable(draft)))
        .child(icon(icon::SEND));
    let is_over = move || chat.draft.with(|draft| length(draft) > TEXT_CHARS_MAX);
    let count = el("p id=g-count data-g=count role=status")
        .bind("class", move || Some(if is_over() { "count over" } else { "count" }))
        .words_made(move || chat.draft.with(|draft| count_words(chat, length(draft))));
    let picker = el("input type=file multiple= hidden= data-g=file-input")
        .bind_text("accept", move || chat.accept.get())
        .on("change", move |event| chat.attach(event));
    let chosen = StoredValue::new_local(picker.node().cloned());
    let clip = tool("attach", chat.texts.attach, icon::CLIP, move || {
        if let Some(picker) = chosen.try_get_value().flatten() {
            picker.unchecked_ref::<HtmlElement>().click();
        }
    });
    let clip = clip.flag("hidden", move || chat.accept.with(Option::is_none));
    let field = field.on("paste", move |event| chat.attach(event));
    el("form class=composer")
        .flag("hidden", move || chat.asks.bars())
        .on("submit", move |event| {
            event.prevent_default();
            send();
        })
        .child(picker)
        .child(clip)
        .child(
            // The style sheet mirrors the text behind the field, which so grows with it.
            el("div class=grow").bind_text("data-value", move || Some(chat.draft.get())).child(field),
        )
        .child(button)
        .child(count)
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
        None => chat.texts.count(chat.texts.too_long, (length - TEXT_CHARS_MAX) as u32),
        Some(left) if left <= COUNT_FROM => chat.texts.count(chat.texts.left, left as u32),
        Some(_) => String::new(),
    }
}
