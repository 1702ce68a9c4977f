//! What a visitor fills in: how they can be reached, or what the channel asks when a session begins.

use super::card::card;
use super::field::{set_value, value};
use crate::chat::Chat;
use crate::ui::{El, button, el, focus};
use leptos::prelude::*;
use shared::form::{Fault, Field, Form, Kind};
use shared::wire::{Answer, Contact};
use std::rc::Rc;
use web_sys::Element;

/// A field, what is in it, and what is wrong with that.
struct Line {
    field: Field,
    holds: RwSignal<String>,
    fault: RwSignal<Option<Fault>>,
}

/// A form on screen.
struct Sheet {
    chat: Chat,
    form: Form,
    lines: Vec<Line>,
    agrees: RwSignal<bool>,
    /// Whether there is no way to reach the visitor, and there has to be one.
    lacks_reach: RwSignal<bool>,
    lacks_consent: RwSignal<bool>,
}

pub(crate) fn contact(chat: Chat, to_composer: impl Fn() + Copy + 'static) -> El {
    // Two cards at once would leave no room for the messages.
    let (question, other) = (chat.asks.contact.question, chat.asks.rating.question);
    let is_shown = move || question.is_open.get() && !other.is_open.get();
    let has_keyboard = RwSignal::new(false);
    let body = move || {
        if question.is_done.get() {
            return thanks(chat, has_keyboard.get_untracked());
        }
        chat.asks.contact.form.get().map_or_else(|| el("div"), |form| sheet(chat, form, to_composer))
    };
    card("contact", is_shown, question, body)
        .on("focusin", move |_| has_keyboard.set(true))
        .on("focusout", move |_| has_keyboard.set(false))
}

fn sheet(chat: Chat, form: Form, to_composer: impl Fn() + Copy + 'static) -> El {
    let texts = chat.texts;
    let line =
        |field: &Field| Line { field: field.clone(), holds: RwSignal::default(), fault: RwSignal::new(None) };
    let sheet = Rc::new(Sheet {
        chat,
        lines: form.fields.iter().map(line).collect(),
        form,
        agrees: RwSignal::new(false),
        lacks_reach: RwSignal::new(false),
        lacks_consent: RwSignal::new(false),
    });
    let mut shown = el("form novalidate= data-g=contact-form");
    for (number, line) in sheet.lines.iter().enumerate() {
        shown = sheet.line(shown, number, line);
    }
    let (lacks_reach, lacks_consent) = (sheet.lacks_reach, sheet.lacks_consent);
    if sheet.form.reach {
        shown = shown.child(
            el("p id=g-reach")
                .bind("class", move || Some(if lacks_reach.get() { "wrong" } else { "hint" }))
                .words(move || if lacks_reach.get() { texts.contact_empty } else { texts.contact_hint }),
        );
    }
    if let Some(consent) = &sheet.form.consent {
        let agrees = sheet.agrees;
        let tick =
            el("input type=checkbox data-g=contact-consent aria-required=true aria-describedby=g-consent")
                .state("aria-invalid", move || lacks_consent.get())
                .on("change", move |_| {
                    agrees.update(|agrees| *agrees = !*agrees);
                    lacks_consent.set(false);
                });
        let words = el("span dir=auto").text(&[&consent.text, " *"].concat());
        shown = shown.child(el("label class=consent").child(tick).child(words));
        if !consent.link.is_empty() {
            let link = el("a target=_blank rel=noopener data-g=contact-privacy").attr("href", &consent.link);
            shown = shown.child(link.text(texts.privacy));
        }
        let words = move || if lacks_consent.get() { texts.needed } else { "" };
        shown = shown.child(el("p class=wrong id=g-consent").words(words));
    }
    let is_sending = chat.asks.contact.is_sending;
    let send = el("button type=submit class=main data-g=contact-send")
        .state("aria-disabled", move || is_sending.get())
        .words(move || if is_sending.get() { texts.sending } else { texts.send });
    let leave = move || {
        chat.tell_contact_later();
        to_composer();
    };
    let later = (!sheet.form.is_needed())
        .then(|| button("plain", leave).attr("data-g", "contact-later").text(texts.not_now));
    let node = StoredValue::new_local(shown.node().cloned());
    let shown = shown
        .on("submit", move |event| {
            event.prevent_default();
            if !sheet.is_sent() {
                focus_wrong(node.try_get_value().flatten());
            } else if !sheet.form.reach {
                to_composer();
            }
        })
        .child(el("p class=wrong role=alert data-g=contact-refused").says(chat.asks.contact.refused))
        .child(send);
    match later {
        Some(later) => shown.child(later),
        None => shown,
    }
}

impl Sheet {
    /// A field with its label, and what is wrong with it.
    fn line(&self, shown: El, number: usize, line: &Line) -> El {
        let texts = self.chat.texts;
        let Line { field, holds, fault } = line;
        let (holds, fault, lacks_reach) = (*holds, *fault, self.lacks_reach);
        let (described, name, label) = match field.kind {
            Kind::Name => ("input type=text dir=auto autocomplete=name", "name", texts.name),
            Kind::Email => ("input type=email dir=ltr autocomplete=email", "email", texts.email),
            Kind::Phone => ("input type=tel dir=ltr autocomplete=tel", "phone", texts.phone),
            Kind::Text => ("input type=text dir=auto", field.key.as_str(), field.label.as_str()),
            Kind::LongText => ("textarea rows=2 dir=auto", field.key.as_str(), field.label.as_str()),
            Kind::Choice(_) => ("select dir=auto", field.key.as_str(), field.label.as_str()),
        };
        let id = ["g-f", &number.to_string()].concat();
        let reaches = self.form.reach && matches!(field.kind, Kind::Email | Kind::Phone);
        let mut input = el(described)
            .attr("data-g", &["contact-", name].concat())
            .attr("aria-describedby", &[id.as_str(), if reaches { " g-reach" } else { "" }].concat())
            .state("aria-invalid", move || fault.get().is_some() || (reaches && lacks_reach.get()));
        if let Kind::Choice(options) = &field.kind {
            input = input.child(el("option"));
            for option in options {
                input = input.child(el("option").text(option));
            }
        } else {
            input = input.attr("maxlength", &field.chars_max().to_string());
        }
        let star = if field.required { " *" } else { "" };
        if field.required {
            input = input.attr("aria-required", "true");
        }
        let input =
            input.live(move |field| holds.with(|held| set_value(field, held))).on("input", move |event| {
                holds.set(value(event));
                fault.set(None);
                lacks_reach.set(false);
            });
        let is_email = field.kind == Kind::Email;
        let words = move || match fault.get() {
            None => "",
            Some(Fault::Missing) => texts.needed,
            Some(Fault::Wrong) if is_email => texts.email_wrong,
            Some(Fault::Wrong) => texts.wrong,
        };
        let wrong = el("p class=wrong")
            .attr("id", &id)
            .bind("data-g", move || fault.get().map(|_| "contact-wrong"))
            .words(words);
        shown
            .child(el("label").child(el("span dir=auto").text(&[label, star].concat())).child(input))
            .child(wrong)
    }

    /// Sends what is in the fields, if nothing is wrong with it.
    fn is_sent(&self) -> bool {
        let filled = self.filled();
        for line in &self.lines {
            line.fault.set(line.field.fault(filled.answer(&line.field)));
        }
        self.lacks_reach.set(self.form.lacks_reach(&filled));
        self.lacks_consent.set(self.form.lacks_consent(&filled));
        let is_right = self.form.accepts(&filled);
        if is_right && !self.chat.asks.contact.is_sending.get_untracked() {
            self.chat.tell_contact(filled);
        }
        is_right
    }

    fn filled(&self) -> Contact {
        let mut filled = Contact::default();
        for Line { field, holds, .. } in &self.lines {
            let value = holds.with_untracked(|text| text.trim().to_owned());
            match field.kind {
                Kind::Name => filled.name = value,
                Kind::Email => filled.email = value,
                Kind::Phone => filled.phone = value,
                _ => filled.more.push(Answer { key: field.key.clone(), label: String::new(), value }),
            }
        }
        if let Some(consent) = self.form.consent.as_ref().filter(|_| self.agrees.get_untracked()) {
            filled.consent.clone_from(&consent.text);
        }
        filled
    }
}

/// Gives the keyboard to the first field with which something is wrong, once that is shown.
fn focus_wrong(form: Option<Element>) {
    request_animation_frame(move || {
        focus(form.and_then(|form| form.query_selector("[aria-invalid]").ok().flatten()));
    });
}

fn thanks(chat: Chat, had_keyboard: bool) -> El {
    let thanks =
        el("p class=thanks data-g=contact-thanks role=status tabindex=-1").text(chat.texts.contact_thanks);
    // The button that had the keyboard is gone.
    if had_keyboard {
        focus(thanks.node().cloned());
    }
    thanks
}
