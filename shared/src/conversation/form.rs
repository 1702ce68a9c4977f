//! The forms that a visitor is asked to fill in: how they can be reached, where nobody is there to answer; and the start form,
//! before or after their first message.

use super::{Conversation, Form, Record};
use crate::form;
use crate::reject::{Code, Reject};
use crate::settings::{LocalText, StartFormMode};
use crate::text;
use crate::time::Timestamp;
use crate::wire::{Answer, Author, Body, Contact, Event, FormView, FromConversation};

impl Conversation {
    /// Asks how the visitor can be reached, once in a session: with a form, or in words where there are no forms.
    pub(super) fn ask_contact(&mut self, now: Timestamp, own: &LocalText, form: Form) {
        let Some(session) = self.session.as_mut().filter(|session| session.form == Form::Off) else { return };
        session.form = form;
        self.changes.session = true;
        if self.is_plain() {
            self.say(now, own, text::Default::ContactAsk);
            return;
        }
        let text = own.words(&self.locale()).map(|words| self.fill(now, words)).unwrap_or_default();
        self.append(now, None, Author::Channel, Body::Event(Event::ContactAsked { text }));
        self.changes.form = true;
    }

    /// What the start form still asks: nothing that is known, and what is optional once only.
    fn start_form(&self) -> Option<form::Form> {
        let start = &self.settings().ok()?.start_form;
        let session = self.open_session();
        let is_due = match start.mode {
            StartFormMode::Off => false,
            StartFormMode::Before => session.is_none(),
            StartFormMode::After => session.is_some_and(|session| session.start_form),
        };
        if !is_due || !self.draws_forms() {
            return None;
        }
        let (known, filled) = match &self.head {
            Some(head) => (head.contact.clone(), head.filled),
            None => (Contact::default(), false),
        };
        let mut form = start.in_language(&self.locale());
        form.fields.retain(|field| known.answer(field).is_empty() && (field.required || !filled));
        let agreed = start.consent.0.values().any(|words| !words.is_empty() && *words == known.consent);
        form.consent = form.consent.filter(|_| !agreed);
        (!form.fields.is_empty() || form.consent.is_some()).then_some(form)
    }

    /// Whether the visitor's client draws forms that are described to it.
    fn draws_forms(&self) -> bool {
        let known = self.head.as_ref().is_some_and(|head| head.forms);
        self.visitor.forms.unwrap_or(known) && !self.visitor.plain.unwrap_or_else(|| self.is_plain())
    }

    pub(super) fn form_view(&self, now: Timestamp) -> FormView {
        let Ok(settings) = self.settings() else { return FormView::Off };
        let before = self.open_session().is_none();
        let start = self.start_form().map(|form| FormView::Start { before, form });
        let asked = |own: &LocalText| FormView::Asked {
            text: own.words(&self.locale()).map(|words| self.fill(now, words)),
        };
        match self.session.as_ref().map_or(Form::Off, |session| session.form) {
            // Without it no message would be taken.
            _ if before && start.is_some() => start.unwrap_or_default(),
            Form::OffHours => asked(&settings.working_hours.text),
            Form::NoAnswer => asked(&settings.no_answer.text),
            Form::Given => start.unwrap_or(FormView::Given),
            Form::Off => start.unwrap_or_default(),
        }
    }

    pub(super) fn show_form(&mut self) {
        let now = self.tail.preview_at;
        let frame = FromConversation::Form(self.form_view(now));
        self.send_to(|who| *who == super::Who::Visitor, &frame);
    }

    /// The visitor has filled in what they were asked.
    pub(super) fn contact(&mut self, now: Timestamp, contact: &Contact) -> Result<(), Reject> {
        let (form, starts) = match self.form_view(now) {
            FormView::Start { form, .. } => (form, true),
            FormView::Asked { .. } | FormView::Given => (form::Form::contact(), false),
            // It was filled in in another window meanwhile.
            FormView::Off if self.head.as_ref().is_some_and(|head| head.filled) => return Ok(()),
            FormView::Off => return Err(Reject(Code::NoSession)),
        };
        let contact = answers_of(&form, contact);
        if !form.accepts(&contact) {
            return Err(Reject(Code::InvalidFields));
        }
        self.begin_head();
        if let Some(session) = &mut self.session {
            if starts {
                session.start_form = false;
            } else {
                session.form = Form::Given;
            }
            self.changes.session = true;
        }
        self.changes.form = true;
        self.changes.preview = true;
        self.learn_contact(now, contact, starts);
        Ok(())
    }

    /// What is told later adds to what was told before.
    fn learn_contact(&mut self, now: Timestamp, contact: Contact, starts: bool) {
        let Some(head) = &mut self.head else { return };
        let before = head.clone();
        head.filled |= starts;
        head.contact.add(&contact);
        let is_news = head.contact != before.contact;
        if *head != before {
            let head = head.clone();
            self.persist(Record::Head(head));
        }
        if is_news {
            // Before a session it belongs to the one that it begins.
            let number = match &self.session {
                Some(session) if session.is_open() || !starts => session.number,
                session => session.as_ref().map_or(0, |session| session.number).saturating_add(1),
            };
            self.append_to(number, now, None, Author::Visitor, Body::Event(Event::Contact(contact)));
        }
    }
}

impl Contact {
    /// Takes over what `news` tells.
    fn add(&mut self, news: &Self) {
        let parts = [
            (&mut self.name, &news.name),
            (&mut self.email, &news.email),
            (&mut self.phone, &news.phone),
            (&mut self.consent, &news.consent),
        ];
        for (known, told) in parts {
            if !told.is_empty() {
                known.clone_from(told);
            }
        }
        self.more.retain(|known| news.more.iter().all(|told| told.key != known.key));
        self.more.extend(news.more.iter().cloned());
    }
}

/// What was asked and answered, without what stands around it.
fn answers_of(form: &form::Form, filled: &Contact) -> Contact {
    let mut contact = Contact::default();
    for field in &form.fields {
        let answer = filled.answer(field);
        let line = answer.split_whitespace().collect::<Vec<_>>().join(" ");
        match field.kind {
            form::Kind::Name => contact.name = line,
            form::Kind::Email => contact.email = line,
            form::Kind::Phone => contact.phone = line,
            form::Kind::Text | form::Kind::LongText | form::Kind::Choice(_) => {
                let value = if field.kind == form::Kind::LongText { answer.trim().to_owned() } else { line };
                if !value.is_empty() {
                    contact.more.push(Answer { key: field.key.clone(), label: field.label.clone(), value });
                }
            }
        }
    }
    if form.consent.is_some() {
        contact.consent.clone_from(&filled.consent);
    }
    contact
}
