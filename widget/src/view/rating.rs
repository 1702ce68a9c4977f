//! One question about a session, a comment, and thanks.

use super::card::card;
use super::field::{set_value, value};
use super::icon;
use crate::chat::Chat;
use crate::ui::{El, button, el, icon};
use leptos::prelude::*;
use shared::limits::COMMENT_CHARS_MAX;
use shared::wire::Score;

pub(crate) fn rating(chat: Chat, to_composer: impl Fn() + Copy + 'static) -> El {
    let leave = move || {
        chat.rate_later();
        to_composer();
    };
    let question = chat.asks.rating.question;
    let body = move || if question.is_done.get() { thanks(chat, leave) } else { choices(chat, leave) };
    card("rating", move || chat.asks.rating.is_shown() && !chat.asks.bars(), question, body)
}

fn choices(chat: Chat, leave: impl Fn() + 'static) -> El {
    let is_chosen = move || chat.asks.rating.score.with(Option::is_some);
    let choices = if chat.asks.rating.has_stars.get() { stars(chat) } else { thumbs(chat) };
    el("div").child(choices).when(move || is_chosen().then(|| comment(chat))).child(
        button("plain", leave)
            .attr("data-g", "rate-later")
            .words(move || if is_chosen() { chat.texts.close } else { chat.texts.later }),
    )
}

fn thumbs(chat: Chat) -> El {
    let thumb = |score, name, label, shape| {
        choice(chat, score, name).child(icon(shape)).child(el("span").text(label))
    };
    el("div class=choices role=group aria-labelledby=g-rating")
        .child(thumb(Score::Good, "rate-good", chat.texts.good, icon::GOOD))
        .child(thumb(Score::Bad, "rate-bad", chat.texts.bad, icon::BAD))
}

fn stars(chat: Chat) -> El {
    let mut stars = el("div role=group aria-labelledby=g-rating").attr("class", "choices stars");
    for (digit, count) in ["1", "2", "3", "4", "5"].into_iter().zip(1..) {
        let label = chat.texts.count(chat.texts.stars, count.into());
        let is_lit = move || {
            chat.asks.rating.score.with(|score| matches!(score, Some(Score::Stars(most)) if *most >= count))
        };
        let star = choice(chat, Score::Stars(count), &["star-", digit].concat())
            .attr("aria-label", &label)
            .attr("title", &label)
            .flag("data-lit", is_lit)
            .child(icon(icon::STAR));
        stars = stars.child(star);
    }
    stars
}

fn choice(chat: Chat, score: Score, name: &str) -> El {
    let is_chosen = move || chat.asks.rating.score.get() == Some(score);
    button("choice", move || chat.rate(score))
        .attr("data-g", name)
        .bind("aria-pressed", move || Some(if is_chosen() { "true" } else { "false" }))
}

fn comment(chat: Chat) -> El {
    let rating = &chat.asks.rating;
    let (score, comment, is_sending) = (rating.score, rating.comment, rating.is_sending);
    let is_good = move || score.get().is_some_and(Score::is_good);
    let label = move || Some(if is_good() { chat.texts.comment_good } else { chat.texts.comment_bad });
    let field = el("textarea rows=2 dir=auto data-g=comment")
        .attr("maxlength", &COMMENT_CHARS_MAX.to_string())
        .bind("aria-label", label)
        .bind("placeholder", label)
        .live(move |field| comment.with(|words| set_value(field, words)))
        .on("input", move |event| comment.set(value(event)));
    el("form")
        .on("submit", move |event| {
            event.prevent_default();
            chat.rate_and_comment();
        })
        .child(field)
        .child(
            el("button type=submit class=main data-g=rate-submit")
                .state("aria-disabled", move || is_sending.get())
                .words(move || if is_sending.get() { chat.texts.sending } else { chat.texts.rate_submit }),
        )
}

fn thanks(chat: Chat, leave: impl Fn() + 'static) -> El {
    let rating = &chat.asks.rating;
    let is_done = rating.question.is_done;
    let is_good = rating.score.get_untracked().is_some_and(Score::is_good);
    let shape = match (rating.has_stars.get_untracked(), is_good) {
        (true, _) => icon::STAR,
        (false, true) => icon::GOOD,
        (false, false) => icon::BAD,
    };
    el("div class=thanks data-g=thanks role=status tabindex=-1")
        .child(icon(shape))
        .child(el("p dir=auto").says(rating.thanks))
        .child(
            button("quiet", move || is_done.set(false)).attr("data-g", "rate-change").text(chat.texts.change),
        )
        .child(button("plain", leave).attr("data-g", "rate-close").text(chat.texts.close))
}
