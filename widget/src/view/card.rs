//! A question above the composer.

use crate::chat::Question;
use crate::ui::{El, el};
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
    let asked = move || if is_asked() { question.words.get() } else { String::new() };
    el("div tabindex=-1")
        .bind("class", shown("card"))
        .bind("data-g", shown(name))
        .bind("role", shown("group"))
        .attr("aria-labelledby", &id)
        .child(el("p class=question role=status dir=auto").attr("id", &id).words_made(asked))
        .when(move || is_shown().then(&body))
}
