//! What happens when nobody answers.

use super::sometimes;
use crate::settings::fields::{choice_field, number_field, text_field};
use crate::settings::form::Form;
use crate::settings::place::{Choice, Empty, NOWHERE, Number, Text, choice, length, text};
use crate::settings::unit::Unit;
use crate::texts::words;
use leptos::prelude::*;
use shared::limits;
use shared::settings::{NoAnswerAction, Settings};
use shared::text::Default as OwnWords;

const DELAY: Number = length!(no_answer.delay, Unit::Minutes, limits::NO_ANSWER_DELAY);
const ACTION: Choice = choice!(no_answer.action, [
    "auto_reply" => NoAnswerAction::AutoReply,
    "contact_form" => NoAnswerAction::ContactForm,
    "back_to_queue" => NoAnswerAction::BackToQueue,
    "nothing" => NoAnswerAction::Nothing,
]);
const TEXT: Text = text!(
    no_answer.text,
    Empty::Own(|settings| match settings.no_answer.action {
        NoAnswerAction::ContactForm => OwnWords::ContactAsk,
        _ => OwnWords::NoAnswer,
    })
);

pub(super) fn card(form: Form) -> AnyView {
    let words = &words().settings.no_answer;
    let says = |settings: &Settings| {
        !matches!(settings.no_answer.action, NoAnswerAction::BackToQueue | NoAnswerAction::Nothing)
    };
    let text = text_field(form, TEXT, NOWHERE, limits::SETTING_TEXT_CHARS_MAX, words.text);
    let fields = vec![
        number_field(form, DELAY, NOWHERE, words.delay),
        choice_field(form, ACTION, words.actions, words.action),
        sometimes(form, says, TEXT.path, vec![text]),
    ];
    super::card(form, "card-no-answer", words.title, true, fields)
}
