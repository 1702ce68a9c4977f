//! One question after the end, a comment, and thanks.

use super::composer::{set_value, value};
use super::icon;
use crate::chat::Chat;
use crate::ui::{El, button, el, focus, icon};
use leptos::prelude::*;
use shared::limits::COMMENT_CHARS_MAX;
use shared::wire::Score;

/// One rating in the making.
#[derive(Clone, Copy)]
struct Form {
    chat: Chat,
    session: u32,
    good: RwSignal<bool>,
    chosen: RwSignal<bool>,
    done: RwSignal<bool>,
    comment: RwSignal<String>,
}

pub(crate) fn rating(chat: Chat) -> Option<El> {
    let session = chat.rateable.get()?;
    let given = chat.given.get_untracked();
    let form = Form {
        chat,
        session,
        good: RwSignal::new(given != Some(Score::Bad)),
        chosen: RwSignal::new(given.is_some()),
        done: RwSignal::new(given.is_some()),
        comment: RwSignal::default(),
    };
    let body = move || Some(if form.done.get() { form.thanks() } else { form.question() });
    Some(el("div").attr("class", "rating").attr("data-g", "rating").when(body))
}

impl Form {
    fn question(self) -> El {
        let texts = self.chat.texts;
        let thumbs = el("div")
            .attr("class", "thumbs")
            .attr("role", "group")
            .attr("aria-labelledby", "g-question")
            .child(self.thumb(true, "rate-good", texts.good, icon::GOOD))
            .child(self.thumb(false, "rate-bad", texts.bad, icon::BAD));
        el("div")
            .child(el("p").attr("class", "question").attr("id", "g-question").text(texts.rate))
            .child(thumbs)
            .when(move || self.chosen.get().then(|| self.comment()))
    }

    fn thumb(self, good: bool, name: &str, label: &str, shape: &str) -> El {
        let choose = move || {
            self.good.set(good);
            if !self.chosen.get_untracked() {
                self.chosen.set(true);
            }
            self.submit();
        };
        let pressed = move || self.chosen.get() && self.good.get() == good;
        button("thumb", choose)
            .attr("data-g", name)
            .bind("aria-pressed", move || Some(if pressed() { "true" } else { "false" }.to_owned()))
            .child(icon(shape))
            .child(el("span").text(label))
    }

    fn comment(self) -> El {
        let texts = self.chat.texts;
        let label =
            move || Some(if self.good.get() { texts.comment_good } else { texts.comment_bad }.to_owned());
        let field = el("textarea")
            .attr("rows", "2")
            .attr("dir", "auto")
            .attr("data-g", "comment")
            .attr("maxlength", &COMMENT_CHARS_MAX.to_string())
            .bind("aria-label", label)
            .bind("placeholder", label)
            .live(move |field| set_value(field, &self.comment.get()))
            .on("input", move |event| self.comment.set(value(event)));
        el("form")
            .on("submit", move |event| {
                event.prevent_default();
                self.submit();
                self.done.set(true);
            })
            .child(field)
            .child(
                el("button")
                    .attr("type", "submit")
                    .attr("class", "main")
                    .attr("data-g", "rate-submit")
                    .text(texts.rate_submit),
            )
    }

    fn submit(self) {
        let score = if self.good.get_untracked() { Score::Good } else { Score::Bad };
        self.chat.rate(self.session, score, self.comment.get_untracked().trim().to_owned());
    }

    fn thanks(self) -> El {
        let texts = self.chat.texts;
        let (shape, words) = if self.good.get_untracked() {
            (icon::GOOD, texts.thanks_good)
        } else {
            (icon::BAD, texts.thanks_bad)
        };
        let thanks = el("div")
            .attr("class", "thanks")
            .attr("data-g", "thanks")
            .attr("role", "status")
            .attr("tabindex", "-1")
            .child(icon(shape))
            .child(el("p").text(words))
            .child(button("quiet", move || self.done.set(false)).text(texts.change));
        // The button that had the keyboard is gone.
        if self.chat.given.get_untracked().is_none() || !self.comment.with_untracked(String::is_empty) {
            focus(thanks.node().cloned());
        }
        thanks
    }
}
