//! What the channel says and does by itself.

use super::{Conversation, Form, Session};
use crate::moment;
use crate::note::Note;
use crate::settings::{Greeting, LocalText, NoAnswerAction, OffHoursAction};
use crate::text;
use crate::time::Timestamp;
use crate::wire::{Author, Body};

impl Conversation {
    /// The greeting, or in its place what is said outside of working hours: a greeting that promises somebody soon would be
    /// a lie then.
    pub(super) fn answer_by_itself(&mut self, now: Timestamp, first: bool) {
        let Ok(settings) = self.settings().cloned() else { return };
        let told = self.session.as_ref().is_some_and(|session| session.off_hours_told);
        if !self.is_open_now(now) {
            if !told {
                self.say_closed(now, settings.working_hours.action, &settings.working_hours.text);
            }
            return;
        }
        let number = self.session.as_ref().map_or(0, |session| session.number);
        let greets = match settings.automatic.greeting {
            Greeting::Off => false,
            Greeting::EverySession => first,
            Greeting::FirstContact => first && number == 1,
        };
        if greets {
            self.say(now, &settings.automatic.greeting_text, text::Default::Greeting);
        }
    }

    fn say_closed(&mut self, now: Timestamp, action: OffHoursAction, text: &LocalText) {
        match action {
            OffHoursAction::AutoReply => self.say(now, text, text::Default::OffHours),
            OffHoursAction::ContactForm => self.ask_contact(now, text, Form::OffHours),
            OffHoursAction::Nothing => return,
        }
        if let Some(session) = &mut self.session {
            session.off_hours_told = true;
            self.changes.session = true;
        }
    }

    /// Nobody has answered in time.
    pub(super) fn no_answer(&mut self, now: Timestamp) {
        let Ok(settings) = self.settings().map(|settings| settings.no_answer.clone()) else { return };
        let Some(session) = &mut self.session else { return };
        session.no_answer_done = true;
        self.changes.session = true;
        let (number, epoch) = (session.number, session.epoch);
        match settings.action {
            NoAnswerAction::AutoReply => self.say(now, &settings.text, text::Default::NoAnswer),
            NoAnswerAction::ContactForm => self.ask_contact(now, &settings.text, Form::NoAnswer),
            NoAnswerAction::BackToQueue => {
                self.tell_desk(Note::Unanswered { session: self.session_id(number), epoch });
            }
            NoAnswerAction::Nothing => {}
        }
    }

    /// The visitor is still silent.
    pub(super) fn remind(&mut self, now: Timestamp) {
        let Some(silence) = self.session.as_mut().and_then(|session| session.silence.as_mut()) else {
            return;
        };
        let index = silence.reminded as usize;
        silence.reminded = silence.reminded.saturating_add(1);
        self.changes.session = true;
        let reminder =
            self.settings().ok().and_then(|settings| settings.automatic.reminders.get(index).cloned());
        if let Some(words) = reminder.as_ref().and_then(|reminder| reminder.text.words(&self.locale())) {
            let text = self.fill(now, words);
            self.append(now, None, Author::Channel, Body::text(text));
        }
    }

    pub(super) fn say(&mut self, now: Timestamp, own: &LocalText, default: text::Default) {
        let text = self.fill(now, text::or_default(own, default, &self.locale()));
        self.append(now, None, Author::Channel, Body::text(text));
    }

    // --------------------------------------------------------------------------------------------------------------- words

    /// A channel's words with their placeholders filled.
    pub(super) fn fill(&self, now: Timestamp, words: &str) -> String {
        self.fill_but("", now, words)
    }

    /// The same, but for one placeholder that others fill.
    pub(super) fn fill_but(&self, left: &str, now: Timestamp, words: &str) -> String {
        let locale = self.locale();
        let owner = self.session.as_ref().and_then(Session::owner);
        let owner = owner.map(|face| self.name_for_visitors(face)).unwrap_or_default();
        let channel = self
            .present_rules()
            .and_then(|rules| rules.settings.appearance.title.pick(&locale))
            .unwrap_or_default();
        let visitor = self.head.as_ref().map_or("", |head| head.contact.name.as_str());
        let opens = self.hours().and_then(|hours| hours.opens_local(now));
        let opens_at = opens.map(|(at, offset)| moment::words(now, at, offset, &locale)).unwrap_or_default();
        let mut values = vec![
            ("operator", owner.as_str()),
            ("channel", channel),
            ("visitor", visitor),
            ("place", ""),
            ("opens_at", opens_at.as_str()),
        ];
        values.retain(|(name, _)| *name != left);
        text::fill(words, &values)
    }
}
