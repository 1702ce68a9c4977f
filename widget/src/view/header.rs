//! Who is there, and the ways out.

use super::icon;
use crate::chat::{Chat, Stage};
use crate::ui::{El, button, el, icon};
use leptos::prelude::*;

pub(crate) fn header(chat: Chat, confirming: RwSignal<bool>) -> El {
    let titles = el("div")
        .attr("class", "titles")
        .child(el("h2").attr("dir", "auto").words(move || chat.title.get()))
        .child(
            el("p")
                .attr("data-g", "status")
                .attr("role", "status")
                .attr("dir", "auto")
                .words(move || chat.status.get()),
        );
    let end = move || {
        let ask = move || confirming.update(|confirming| *confirming = !*confirming);
        (chat.stage.get() == Stage::Live).then(|| tool("end", chat.texts.end, icon::END, ask))
    };
    el("header").when(move || Some(face(&chat.operator.get()))).child(titles).when(end).child(tool(
        "close",
        chat.texts.close,
        icon::CLOSE,
        move || chat.set_open(false),
    ))
}

/// A round portrait: the first letter of a name, or Guichet's mark for the channel itself.
pub(crate) fn face(name: &str) -> El {
    let face = el("span").attr("class", "face").attr("aria-hidden", "true");
    match name.chars().next() {
        Some(first) => face.text(&first.to_uppercase().collect::<String>()),
        None => face.child(icon(icon::MARK)),
    }
}

fn tool(name: &str, label: &str, shape: &str, run: impl Fn() + 'static) -> El {
    button("tool", run).attr("data-g", name).attr("aria-label", label).attr("title", label).child(icon(shape))
}

/// Asks before the end.
pub(crate) fn confirm(
    chat: Chat,
    confirming: RwSignal<bool>,
    after: impl Fn() + Copy + 'static,
) -> Option<El> {
    if !confirming.get() || chat.stage.get() != Stage::Live {
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
    let confirm = el("div")
        .attr("class", "confirm")
        .attr("role", "group")
        .attr("aria-label", chat.texts.end_sure)
        .child(el("p").text(chat.texts.end_sure))
        .child(button("quiet", done).text(chat.texts.end_no))
        .child(
            button("main", end)
                .attr("data-g", "end-confirm")
                .flag("disabled", move || !chat.banner.get().is_empty())
                .text(chat.texts.end),
        );
    Some(confirm)
}
