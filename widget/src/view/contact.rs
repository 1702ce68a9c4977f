//! How the visitor can be reached.

use super::card::card;
use super::field::{set_value, value};
use crate::chat::Chat;
use crate::ui::{El, button, el, focus};
use leptos::prelude::*;
use shared::limits::{EMAIL_BYTES_MAX, NAME_CHARS_MAX, PHONE_CHARS_MAX};
use shared::settings::is_email;
use shared::wire::Contact;

/// What is in the fields, and what is wrong with it.
#[derive(Clone, Copy)]
struct Form {
    chat: Chat,
    name: RwSignal<String>,
    email: RwSignal<String>,
    phone: RwSignal<String>,
    is_empty: RwSignal<bool>,
    is_wrong: RwSignal<bool>,
}

pub(crate) fn contact(chat: Chat, to_composer: impl Fn() + Copy + 'static) -> El {
    let form = Form {
        chat,
        name: RwSignal::default(),
        email: RwSignal::default(),
        phone: RwSignal::default(),
        is_empty: RwSignal::new(false),
        is_wrong: RwSignal::new(false),
    };
    // Two cards at once would leave no room for the messages.
    let (question, other) = (chat.asks.contact.question, chat.asks.rating.question);
    let is_shown = move || question.is_open.get() && !other.is_open.get();
    let leave = move || {
        chat.tell_contact_later();
        to_composer();
    };
    let body = move || if question.is_done.get() { thanks(chat) } else { form.fields(leave) };
    let forget = move |_: &web_sys::Element| {
        chat.left.track();
        for field in [form.name, form.email, form.phone] {
            field.set(String::new());
        }
    };
    card("contact", is_shown, question, body).live(forget)
}

impl Form {
    fn fields(self, leave: impl Fn() + 'static) -> El {
        let texts = self.chat.texts;
        let contact = &self.chat.asks.contact;
        let is_empty = move || self.is_empty.get();
        let is_faulty = move || self.is_empty.get() || self.is_wrong.get();
        let name =
            self.field("text dir=auto autocomplete=name data-g=contact-name", self.name, NAME_CHARS_MAX);
        let email = self
            .field("email dir=ltr autocomplete=email data-g=contact-email", self.email, EMAIL_BYTES_MAX)
            .attr("aria-describedby", "g-email g-reach")
            .state("aria-invalid", is_faulty);
        let phone = self
            .field("tel dir=ltr autocomplete=tel data-g=contact-phone", self.phone, PHONE_CHARS_MAX)
            .attr("aria-describedby", "g-reach")
            .state("aria-invalid", is_empty);
        let to_email = StoredValue::new_local(email.node().cloned());
        let is_sending = contact.is_sending;
        let send = el("button type=submit class=main data-g=contact-send")
            .state("aria-disabled", move || is_sending.get())
            .words(move || if is_sending.get() { texts.sending } else { texts.send });
        el("form novalidate= data-g=contact-form")
            .on("submit", move |event| {
                event.prevent_default();
                if !self.is_sent() {
                    focus(to_email.try_get_value().flatten());
                }
            })
            .child(labelled(texts.name, name))
            .child(labelled(texts.email, email))
            .child(
                el("p class=wrong id=g-email data-g=contact-wrong")
                    .words(move || if self.is_wrong.get() { texts.email_wrong } else { "" }),
            )
            .child(labelled(texts.phone, phone))
            .child(
                el("p id=g-reach")
                    .bind("class", move || Some(if is_empty() { "wrong" } else { "hint" }))
                    .words(move || if is_empty() { texts.contact_empty } else { texts.contact_hint }),
            )
            .child(el("p class=wrong role=alert data-g=contact-refused").says(contact.refused))
            .child(send)
            .child(button("plain", leave).attr("data-g", "contact-later").text(texts.not_now))
    }

    fn field(self, described: &str, holds: RwSignal<String>, most: usize) -> El {
        el(&["input type=", described].concat())
            .attr("maxlength", &most.to_string())
            .live(move |field| holds.with(|held| set_value(field, held)))
            .on("input", move |event| {
                holds.set(value(event));
                self.is_empty.set(false);
                self.is_wrong.set(false);
            })
    }

    /// Sends what is in the fields, if one could be reached by it.
    fn is_sent(self) -> bool {
        let trimmed = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        let contact =
            Contact { name: trimmed(self.name), email: trimmed(self.email), phone: trimmed(self.phone) };
        let is_empty = contact.email.is_empty() && contact.phone.is_empty();
        let is_wrong = !contact.email.is_empty() && !is_email(&contact.email);
        self.is_empty.set(is_empty);
        self.is_wrong.set(is_wrong);
        if is_empty || is_wrong {
            return false;
        }
        if !self.chat.asks.contact.is_sending.get_untracked() {
            self.chat.tell_contact(contact);
        }
        true
    }
}

fn labelled(label: &str, field: El) -> El {
    el("label").child(el("span").text(label)).child(field)
}

fn thanks(chat: Chat) -> El {
    el("p class=thanks data-g=contact-thanks role=status tabindex=-1").text(chat.texts.contact_thanks)
}
