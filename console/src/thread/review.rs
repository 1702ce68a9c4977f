//! How a supervisor rates a chat that is over.

use super::state::Thread;
use crate::browser;
use crate::texts::{put, words};
use crate::ui::ui;
use leptos::prelude::*;
use shared::limits::COMMENT_CHARS_MAX;
use shared::wire::{ReviewView, SessionView, ToConversation};

/// What a supervisor may rate now: which session, and how it was rated before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reviewed {
    number: u32,
    pub(super) before: Option<ReviewView>,
}

/// Nothing for those who may not, and where nobody answered.
pub(super) fn reviewed(thread: Thread) -> Option<Reviewed> {
    if !ui().is_supervisor() || thread.known.with(|known| known.spam) {
        return None;
    }
    thread.session.with(|session| match session {
        SessionView::Closing { number, review, .. }
        | SessionView::Ended { number, operator: Some(_), review, .. } => {
            Some(Reviewed { number: *number, before: review.clone() })
        }
        _ => None,
    })
}

/// What is being said. It outlives the form, so that nothing is lost if it is refused.
#[derive(Clone, Copy)]
pub(super) struct Opinion {
    pub(super) open: RwSignal<bool>,
    score: RwSignal<Option<u8>>,
    comment: RwSignal<String>,
}

impl Opinion {
    pub(super) fn new() -> Self {
        Self { open: RwSignal::new(false), score: RwSignal::new(None), comment: RwSignal::default() }
    }

    /// Shows the form, with what was said before.
    pub(super) fn begin(self, reviewed: &Reviewed) {
        if let (Some(before), None) = (&reviewed.before, self.score.get_untracked()) {
            self.score.set(Some(before.score));
            self.comment.set(before.comment.clone());
        }
        self.open.set(true);
        request_animation_frame(|| {
            if !browser::focus(".review input:checked") {
                browser::focus(".review input");
            }
        });
    }

    fn may_send(self) -> bool {
        self.score.get().is_some() && self.over() == 0
    }

    /// How many characters too long the comment is.
    fn over(self) -> usize {
        self.comment.with(|comment| comment.trim().chars().count().saturating_sub(COMMENT_CHARS_MAX))
    }
}

#[component]
pub(super) fn Review(thread: Thread, opinion: Opinion, reviewed: Memo<Option<Reviewed>>) -> impl IntoView {
    let text = &words().actions;
    let leave = move || {
        opinion.open.set(false);
        request_animation_frame(|| {
            browser::focus("[data-g=review]");
        });
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (score, over) = (opinion.score.get_untracked(), untrack(|| opinion.over()));
        let number = reviewed.with_untracked(|reviewed| reviewed.as_ref().map(|reviewed| reviewed.number));
        if let (Some(score), Some(session), 0) = (score, number, over) {
            let comment = opinion.comment.get_untracked().trim().to_owned();
            thread.ask(ToConversation::Review { session, score, comment });
            leave();
        }
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            leave();
        }
    };
    view! {
        <form class="review" on:submit=send on:keydown=escape>
            <fieldset class="scores">
                <legend>{text.review_title}</legend>
                <div class="score-row">{(1..=5).map(|score| view! { <Score opinion score /> }).collect_view()}</div>
                <p class="score-ends"><span>{text.review_low}</span> <span>{text.review_high}</span></p>
            </fieldset>
            <div class="field">
                <label for="review-comment">{text.review_comment}</label>
                <textarea
                    id="review-comment"
                    data-g="review-comment"
                    rows={"2"}
                    dir="auto"
                    aria-describedby="review-help"
                    prop:value=move || opinion.comment.get()
                    on:input=move |event| opinion.comment.set(event_target_value(&event))
                ></textarea>
                <p class="field-help" id="review-help">{text.review_help}</p>
                <Show when=move || opinion.over() != 0>
                    <p class="field-error" role="status">{move || put(words().thread.too_long, opinion.over())}</p>
                </Show>
            </div>
            <div class="bar-buttons">
                <button
                    type="submit"
                    class="button primary"
                    data-g="review-send"
                    disabled=move || !opinion.may_send()
                >
                    {text.review_send}
                </button>
                <button type="button" class="button" on:click=move |_| leave()>{text.cancel}</button>
            </div>
        </form>
    }
}

#[component]
fn Score(opinion: Opinion, score: u8) -> impl IntoView {
    view! {
        <label class="score">
            <input
                type="radio"
                name="review-score"
                data-g=format!("review-{score}")
                aria-label=put(words().actions.review_score, score)
                prop:checked=move || opinion.score.get() == Some(score)
                on:change=move |_| opinion.score.set(Some(score))
            />
            <span aria-hidden="true">{score}</span>
        </label>
    }
}
