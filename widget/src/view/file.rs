//! A file in the list of messages: on its way, or to be saved.

use super::icon;
use super::log::of;
use crate::chat::Chat;
use crate::rows::{Line, Message, State};
use crate::texts::fill;
use crate::ui::{El, button, el, icon};
use core::cell::Cell;
use leptos::prelude::*;

pub(super) fn file(chat: Chat, line: RwSignal<Line>, first: &Message) -> El {
    let Some(id) = first.id.clone() else { return el("p") };
    let (to_save, to_draw, to_cancel) = (id.clone(), id.clone(), id);
    let is_asked = Cell::new(false);
    let canvas = el("canvas role=img hidden=").attr("aria-label", &first.text).live(move |canvas| {
        if is_drawable(line) && !is_asked.replace(true) {
            chat.draw_file(to_draw.clone(), canvas.clone());
        }
    });
    let size =
        move || of(line, |message| message.file.as_ref().map(|file| file.size.clone())).unwrap_or_default();
    let card = button("bubble file", move || chat.save_file(to_save.clone()))
        .attr("data-g", "file")
        .attr("title", &fill(chat.texts.download, &first.text))
        .flag("disabled", move || !is_stored(line))
        .child(canvas)
        .child(icon(icon::FILE))
        .child(el("span dir=auto").text(&first.text))
        .child(el("small").words_made(size));
    let percent =
        move || of(line, |message| message.file.as_ref()?.percent).map(|percent| percent.to_string());
    let progress = el("progress max=100")
        .attr("aria-label", chat.texts.sending)
        .bind_text("value", percent)
        .flag("hidden", move || !is_sending(line));
    let cancel = button("plain", move || chat.discard(to_cancel.clone()))
        .attr("data-g", "file-cancel")
        .flag("hidden", move || !is_sending(line))
        .text(chat.texts.cancel);
    el("div").child(card).child(progress).child(cancel)
}

fn is_stored(line: RwSignal<Line>) -> bool {
    of(line, |message| message.seq).is_some()
}

fn is_sending(line: RwSignal<Line>) -> bool {
    of(line, |message| (message.state == State::Sending).then_some(())).is_some()
}

fn is_drawable(line: RwSignal<Line>) -> bool {
    is_stored(line)
        && of(line, |message| message.file.as_ref().filter(|file| file.is_picture).map(drop)).is_some()
}
