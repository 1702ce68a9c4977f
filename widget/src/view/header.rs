//! Who is there, and the ways out.

use super::icon::{self, icon};
use crate::chat::{Chat, Stage};
use leptos::ev;
use leptos::html::{Textarea, button, div, h2, header as header_element, p, span};
use leptos::prelude::*;

pub(crate) fn header(chat: Chat, confirming: RwSignal<bool>) -> impl IntoView {
    let live = move || chat.stage.with(|stage| *stage == Stage::Live);
    header_element().child((
        face(move || chat.operator.get()),
        div().class("titles").child((
            h2().attr("dir", "auto").child(move || chat.title.get()),
            p().attr("data-g", "status")
                .attr("role", "status")
                .attr("dir", "auto")
                .child(move || chat.status.get()),
        )),
        move || {
            live().then(|| {
                tool("end", chat.texts.end, icon::END, move || {
                    confirming.update(|confirming| *confirming = !*confirming);
                })
            })
        },
        tool("close", chat.texts.close, icon::CLOSE, move || chat.set_open(false)),
    ))
}

/// A round portrait: the first letter of a name, or Guichet's mark for the channel itself.
pub(crate) fn face(name: impl Fn() -> String + Send + 'static) -> impl IntoView {
    span().class("face").attr("aria-hidden", "true").child(move || match name().chars().next() {
        Some(first) => first.to_uppercase().collect::<String>().into_any(),
        None => icon(icon::MARK).into_any(),
    })
}

fn tool(
    name: &'static str,
    label: &'static str,
    shape: &'static str,
    run: impl Fn() + 'static,
) -> impl IntoView {
    button()
        .class("tool")
        .attr("type", "button")
        .attr("data-g", name)
        .attr("aria-label", label)
        .attr("title", label)
        .on(ev::click, move |_| run())
        .child(icon(shape))
}

/// Asks before the end.
pub(crate) fn confirm(chat: Chat, confirming: RwSignal<bool>, area: NodeRef<Textarea>) -> impl IntoView {
    let shown = move || confirming.get() && chat.stage.with(|stage| *stage == Stage::Live);
    move || {
        shown().then(|| {
            let done = move || {
                confirming.set(false);
                super::focus(area);
            };
            div().class("confirm").attr("role", "group").attr("aria-label", chat.texts.end_sure).child((
                p().child(chat.texts.end_sure),
                button()
                    .class("quiet")
                    .attr("type", "button")
                    .on(ev::click, move |_| done())
                    .child(chat.texts.end_no),
                button()
                    .class("main")
                    .attr("type", "button")
                    .attr("data-g", "end-confirm")
                    .attr("disabled", move || !chat.banner.get().is_empty())
                    .on(ev::click, move |_| {
                        chat.end();
                        done();
                    })
                    .child(chat.texts.end),
            ))
        })
    }
}
