//! Where the visitor writes.

use super::icon::{self, icon};
use crate::chat::{Chat, Stage};
use crate::texts::fill;
use leptos::ev;
use leptos::html::{Textarea, button, div, form, p, textarea};
use leptos::prelude::*;
use shared::limits::TEXT_CHARS_MAX;
use shared::text::is_blank;
use web_sys::KeyboardEvent;

/// From how many characters left on the counter is shown.
const COUNT_FROM: usize = 200;

pub(crate) fn composer(chat: Chat, area: NodeRef<Textarea>) -> impl IntoView {
    let draft = RwSignal::new(String::new());
    let length = Memo::new(move |_| draft.with(|draft| draft.trim().chars().count()));
    let sendable = Memo::new(move |_| length.get() <= TEXT_CHARS_MAX && !draft.with(|draft| is_blank(draft)));
    let send = move || {
        if sendable.get_untracked() {
            chat.send(draft.get_untracked().trim());
            draft.set(String::new());
        }
        super::focus(area);
    };
    let placeholder = move || {
        let ended = chat.stage.with(|stage| matches!(stage, Stage::Ended { .. }));
        if ended { chat.texts.composer_again } else { chat.texts.composer_hint }
    };
    let field = textarea()
        .node_ref(area)
        .attr("rows", "1")
        .attr("dir", "auto")
        .attr("data-g", "composer")
        .attr("aria-label", chat.texts.composer)
        .attr("aria-describedby", "g-count")
        .attr("placeholder", placeholder)
        .attr("enterkeyhint", "send")
        .prop("value", move || draft.get())
        .on(ev::input, move |event| {
            draft.set(event_target_value(&event));
            chat.type_on(draft.with_untracked(|draft| !draft.is_empty()));
        })
        .on(ev::keydown, move |event| {
            if is_send(&event) {
                event.prevent_default();
                send();
            }
        });
    form()
        .class("composer")
        .on(ev::submit, move |event| {
            event.prevent_default();
            send();
        })
        .child((
            // The style sheet mirrors the text behind the field, which so grows with it.
            div().class("grow").attr("data-value", move || draft.get()).child(field),
            button()
                .class("send")
                .attr("type", "submit")
                .attr("data-g", "send")
                .attr("aria-label", chat.texts.send)
                .attr("title", chat.texts.send)
                .attr("disabled", move || !sendable.get())
                .child(icon(icon::SEND)),
            p().class("count")
                .class(("over", move || length.get() > TEXT_CHARS_MAX))
                .attr("id", "g-count")
                .attr("data-g", "count")
                .attr("role", "status")
                .child(move || count_words(chat, length.get())),
        ))
}

/// Enter sends; with Shift, or while an input method composes, it does not. 229 is what older browsers say for the latter.
fn is_send(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.shift_key() && !event.is_composing() && event.key_code() != 229
}

fn count_words(chat: Chat, length: usize) -> String {
    match TEXT_CHARS_MAX.checked_sub(length) {
        None => fill(chat.texts.too_long, &(length - TEXT_CHARS_MAX).to_string()),
        Some(left) if left <= COUNT_FROM => fill(chat.texts.left, &left.to_string()),
        Some(_) => String::new(),
    }
}
