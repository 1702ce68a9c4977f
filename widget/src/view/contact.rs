//! What a visitor fills in: how they can be reached, or what the channel asks when a session begins.

use super::card::card;
use super::field;
use crate::chat::Chat;
use crate::ui::{El, button, el, focus};
use leptos::prelude::*;
use shared::form::{Fault, Field, Form, Kind};
use shared::wire::{Answer, Contact};
use std::rc::Rc;
use web_sys::Element;

/// A form on screen.
struct Sheet {
    chat: Chat,
    /// What is filled in: the fields of the form, then the box that is ticked to agree.
    lines: Vec<Line>,
    /// Whether there is no way to reach the visitor, and there has to be one.
    lacks_reach: RwSignal<bool>,
}

/// Something to fill in, and what is wrong with it; empty if nothing is.
struct Line {
    node: Option<Element>,
    wrong: RwSignal<String>,
}

pub(crate) fn contact(chat: Chat, to_composer: impl Fn() + Copy + 'static) -> El {
    // Two cards at once would leave no room for the messages.
    let question = chat.asks.contact.question;
    let is_shown = move || question.is_open.get() && (chat.asks.bars() || !chat.asks.rating.is_shown());
    let body = move || {
        if question.is_done.get() {
            return thanks(chat);
        }
        // Another form may take its place, and what somebody typed goes with them when they sign out.
        chat.asks.contact.heard.get();
        chat.left.track();
        chat.with_form(|form| Sheet::show(chat, form, to_composer)).unwrap_or_else(|| el("div"))
    };
    card("contact", is_shown, question, body)
}

impl Sheet {
    fn show(chat: Chat, form: &Form, to_composer: impl Fn() + Copy + 'static) -> El {
        let texts = chat.texts;
        let lacks_reach = RwSignal::new(false);
        let mut sheet = Self { chat, lines: Vec::new(), lacks_reach };
        let mut shown = el("form novalidate= data-g=contact-form");
        for field in &form.fields {
            let (described, name, label) = match field.kind {
                Kind::Name => ("input type=text dir=auto autocomplete=name", "name", texts.name),
                Kind::Email => ("input type=email dir=ltr autocomplete=email", "email", texts.email),
                Kind::Phone => ("input type=tel dir=ltr autocomplete=tel", "phone", texts.phone),
                Kind::Text => ("input type=text dir=auto", &*field.key, &*field.label),
                Kind::LongText => ("textarea rows=2 dir=auto", &*field.key, &*field.label),
                Kind::Choice(_) => ("select dir=auto", &*field.key, &*field.label),
            };
            let mut input = el(described).attr("maxlength", &field.chars_max().to_string());
            if let Kind::Choice(options) = &field.kind {
                input = options
                    .iter()
                    .fold(input.child(el("option")), |input, option| input.child(el("option").text(option)));
            }
            let is_way = form.reach && matches!(field.kind, Kind::Email | Kind::Phone);
            let (line, label, wrong) = sheet.line(input, name, label, field.required, is_way);
            sheet.lines.push(line);
            shown = shown.child(el("label").child(label.0).child(label.1)).child(wrong);
        }
        if form.reach {
            shown = shown.child(
                el("p id=g-reach")
                    .bind("class", move || Some(if lacks_reach.get() { "wrong" } else { "hint" }))
                    .words(move || if lacks_reach.get() { texts.contact_empty } else { texts.contact_hint }),
            );
        }
        if let Some(consent) = &form.consent {
            let (line, label, wrong) =
                sheet.line(el("input type=checkbox"), "consent", &consent.text, true, false);
            sheet.lines.push(line);
            shown = shown.child(el("label class=consent").child(label.1).child(label.0)).child(wrong);
            if !consent.link.is_empty() {
                let link =
                    el("a target=_blank rel=noopener data-g=contact-privacy").attr("href", &consent.link);
                shown = shown.child(link.text(texts.privacy));
            }
        }
        let is_sending = chat.asks.contact.is_sending;
        let send = el("button type=submit class=main data-g=contact-send")
            .state("aria-disabled", move || is_sending.get())
            .words(move || if is_sending.get() { texts.sending } else { texts.send });
        let sheet = Rc::new(sheet);
        let written = Rc::clone(&sheet);
        let shown = shown
            .on("input", move |_| written.blame(&Form::default(), None))
            .on("submit", move |event| {
                event.prevent_default();
                if chat.with_form(|form| sheet.sends(form)) == Some(true) {
                    to_composer();
                }
            })
            .child(el("p class=wrong role=alert data-g=contact-refused").says(chat.asks.contact.refused))
            .child(send);
        if form.is_needed() {
            return shown;
        }
        let leave = move || {
            chat.tell_contact_later();
            to_composer();
        };
        shown.child(button("plain", leave).attr("data-g", "contact-later").text(texts.not_now))
    }

    /// Something to fill in: the words at it and itself, and the place where is told what is wrong with it.
    fn line(&self, input: El, name: &str, label: &str, required: bool, is_way: bool) -> (Line, (El, El), El) {
        let id = ["g-f", &self.lines.len().to_string()].concat();
        let (wrong, lacks_reach) = (RwSignal::<String>::default(), self.lacks_reach);
        let is_wrong = move || wrong.with(|words| !words.is_empty());
        let input = input
            .attr("data-g", &["contact-", name].concat())
            .attr("aria-describedby", &[&*id, if is_way { " g-reach" } else { "" }].concat())
            .attr("aria-required", if required { "true" } else { "false" })
            .state("aria-invalid", move || is_wrong() || (is_way && lacks_reach.get()));
        let label = el("span dir=auto").text(label).text(if required { " *" } else { "" });
        let told = el("p class=wrong")
            .attr("id", &id)
            .bind("data-g", move || is_wrong().then_some("contact-wrong"))
            .says(wrong);
        (Line { node: input.node().cloned(), wrong }, (label, input), told)
    }

    /// Sends what is filled in, or gives the keyboard to the first thing with which something is wrong. Whether that was all,
    /// for which nobody gives thanks.
    fn sends(&self, form: &Form) -> bool {
        let filled = self.filled(form);
        self.blame(form, Some(&filled));
        let is_right = form.accepts(&filled);
        if !is_right {
            let is_wrong = |line: &&Line| line.wrong.with_untracked(|words| !words.is_empty());
            // One way to reach somebody is an e-mail address.
            let wrong = self.lines.iter().find(is_wrong).or_else(|| self.lines.get(1));
            focus(wrong.and_then(|line| line.node.clone()));
        } else if !self.chat.asks.contact.is_sending.get_untracked() {
            self.chat.tell_contact(filled);
        }
        is_right && !form.reach
    }

    /// Tells what is wrong with what is filled in; nothing while it is being written.
    fn blame(&self, form: &Form, filled: Option<&Contact>) {
        let texts = self.chat.texts;
        let fault = |field: &Field| match field.fault(filled?.answer(field))? {
            Fault::Missing => Some(texts.needed),
            Fault::Wrong if field.kind == Kind::Email => Some(texts.email_wrong),
            Fault::Wrong => Some(texts.wrong),
        };
        let disagrees = filled.filter(|filled| form.lacks_consent(filled)).map(|_| texts.needed);
        for (number, line) in self.lines.iter().enumerate() {
            let words = form.fields.get(number).map_or(disagrees, fault);
            line.wrong.set(words.unwrap_or_default().to_owned());
        }
        self.lacks_reach.set(filled.is_some_and(|filled| form.lacks_reach(filled)));
    }

    fn filled(&self, form: &Form) -> Contact {
        let mut filled = Contact::default();
        for (number, Line { node, .. }) in self.lines.iter().enumerate() {
            let Some(node) = node else { continue };
            let value = field::held(node).trim().to_owned();
            match (form.fields.get(number), &form.consent) {
                (Some(field), _) => match field.kind {
                    Kind::Name => filled.name = value,
                    Kind::Email => filled.email = value,
                    Kind::Phone => filled.phone = value,
                    _ => filled.more.push(Answer { key: field.key.clone(), label: String::new(), value }),
                },
                (None, Some(consent)) if field::is_ticked(node) => filled.consent.clone_from(&consent.text),
                (None, _) => {}
            }
        }
        filled
    }
}

fn thanks(chat: Chat) -> El {
    el("p class=thanks data-g=contact-thanks role=status tabindex=-1").text(chat.texts.contact_thanks)
}
