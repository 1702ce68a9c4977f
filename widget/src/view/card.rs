//! A question above the composer.

use crate::chat::Question;
use crate::ui::{El, el, focus};
use leptos::prelude::*;

/// A card called `name`: a question over whatever answers it. The place of the question's words is there before they are:
/// only so are they read out.
pub(super) fn card(
    name: &'static str,
    is_shown: impl Fn() -> bool + Copy + 'static,
    question: Question,
    body: impl Fn() -> El + 'static,
) -> El {
    let id = ["g-", name].concat();
    let shown = move |word: &'static str| move || is_shown().then_some(word);
    let is_asked = move || is_shown() && !question.is_done.get();
    let card = el("div tabindex=-1");
    let node = StoredValue::new_local(card.node().cloned());
    // Where the keyboard was is gone when another body takes its place.
    let body = move || {
        let made = body();
        let card = node.try_get_value().flatten();
        if card.as_ref().is_some_and(|card| card.matches(":focus-within") == Ok(true)) {
            focus(if question.is_done.get_untracked() { made.node().cloned() } else { card });
        }
        made
    };
    let asked = move || if is_asked() { question.words.get() } else { String::new() };
    card.bind("class", shown("card"))
        .bind("data-g", shown(name))
        .bind("role", shown("group"))
        .attr("aria-labelledby", &id)
        .child(el("p class=question role=status dir=auto").attr("id", &id).words_made(asked))
        .when(move || is_shown().then(&body))
}
