//! One question after the end, a comment, and thanks.

use super::icon::{self, icon};
use crate::chat::{Chat, Stage};
use leptos::ev;
use leptos::html::{Div, button, div, form, p, span, textarea};
use leptos::prelude::*;
use shared::limits::COMMENT_CHARS_MAX;
use shared::wire::{RatingView, Score};

/// One rating in the making.
#[derive(Clone, Copy)]
struct Form {
    chat: Chat,
    session: u32,
    score: RwSignal<Option<Score>>,
    comment: RwSignal<String>,
    done: RwSignal<bool>,
}

pub(crate) fn rating(chat: Chat) -> impl IntoView {
    let session = Memo::new(move |_| {
        chat.stage.with(|stage| match stage {
            Stage::Ended { session, rating } if *rating != RatingView::Off => Some(*session),
            _ => None,
        })
    });
    move || session.get().map(|session| card(chat, session))
}

fn card(chat: Chat, session: u32) -> impl IntoView {
    let given = chat.stage.with_untracked(|stage| match stage {
        Stage::Ended { rating: RatingView::Given { score, .. }, .. } => Some(*score),
        _ => None,
    });
    let form = Form {
        chat,
        session,
        score: RwSignal::new(given),
        comment: RwSignal::default(),
        done: RwSignal::new(given.is_some()),
    };
    div()
        .class("rating")
        .attr("data-g", "rating")
        .child(move || if form.done.get() { form.thanks().into_any() } else { form.question().into_any() })
}

impl Form {
    fn question(self) -> impl IntoView {
        let texts = self.chat.texts;
        let chosen = Memo::new(move |_| self.score.get().is_some());
        (
            p().class("question").attr("id", "g-question").child(texts.rate),
            div().class("thumbs").attr("role", "group").attr("aria-labelledby", "g-question").child((
                self.thumb(Score::Good, "rate-good", texts.good, icon::GOOD),
                self.thumb(Score::Bad, "rate-bad", texts.bad, icon::BAD),
            )),
            move || chosen.get().then(|| self.comment()),
        )
    }

    fn thumb(
        self,
        score: Score,
        name: &'static str,
        label: &'static str,
        shape: &'static str,
    ) -> impl IntoView {
        button()
            .class("thumb")
            .attr("type", "button")
            .attr("data-g", name)
            .attr("aria-pressed", move || if self.score.get() == Some(score) { "true" } else { "false" })
            .on(ev::click, move |_| {
                self.score.set(Some(score));
                self.submit();
            })
            .child((icon(shape), span().child(label)))
    }

    fn comment(self) -> impl IntoView {
        let texts = self.chat.texts;
        let label = move || {
            if self.score.get() == Some(Score::Bad) { texts.comment_bad } else { texts.comment_good }
        };
        form()
            .on(ev::submit, move |event| {
                event.prevent_default();
                self.submit();
                self.done.set(true);
            })
            .child((
                textarea()
                    .attr("rows", "2")
                    .attr("dir", "auto")
                    .attr("data-g", "comment")
                    .attr("maxlength", COMMENT_CHARS_MAX.to_string())
                    .attr("aria-label", label)
                    .attr("placeholder", label)
                    .prop("value", move || self.comment.get())
                    .on(ev::input, move |event| self.comment.set(event_target_value(&event))),
                button()
                    .class("main")
                    .attr("type", "submit")
                    .attr("data-g", "rate-submit")
                    .child(texts.rate_submit),
            ))
    }

    fn submit(self) {
        if let Some(score) = self.score.get_untracked() {
            self.chat.rate(self.session, score, self.comment.get_untracked().trim().to_owned());
        }
    }

    fn thanks(self) -> impl IntoView {
        let texts = self.chat.texts;
        let good = self.score.get_untracked() != Some(Score::Bad);
        let place = NodeRef::<Div>::new();
        // The button that had the focus is gone.
        place.on_load(|thanks| {
            let _ = thanks.focus();
        });
        div()
            .node_ref(place)
            .class("thanks")
            .attr("data-g", "thanks")
            .attr("role", "status")
            .attr("tabindex", "-1")
            .child((
                icon(if good { icon::GOOD } else { icon::BAD }),
                p().child(if good { texts.thanks_good } else { texts.thanks_bad }),
                button()
                    .class("quiet")
                    .attr("type", "button")
                    .on(ev::click, move |_| self.done.set(false))
                    .child(texts.change),
            ))
    }
}
