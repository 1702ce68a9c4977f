//! What a client sends beside messages.

use super::{Client, Effect, TYPING_EVERY};
use crate::time::Timestamp;
use crate::wire::ToConversation;

impl Client {
    pub(super) fn type_on(&mut self, now: Timestamp, on: bool) {
        let due = self.typing_sent.is_none_or(|at| now.since(at) >= TYPING_EVERY);
        if on && due {
            self.typing_sent = Some(now);
            self.transmit_if_online(&ToConversation::Typing { on });
        } else if !on && self.typing_sent.take().is_some() {
            self.transmit_if_online(&ToConversation::Typing { on });
        }
    }

    pub(super) fn read(&mut self) {
        if self.cursor > self.read_sent && self.link.is_online() {
            self.read_sent = self.cursor;
            self.transmit_if_online(&ToConversation::Read { seq: self.cursor });
        }
    }

    pub(super) fn transmit_rating(&mut self) {
        if let Some((session, score, comment)) = self.rating.clone() {
            self.transmit_if_online(&ToConversation::Rate { session, score, comment });
        }
    }

    pub(super) fn transmit_contact(&mut self) {
        if let Some(contact) = self.contact.clone() {
            self.transmit_if_online(&ToConversation::Contact(contact));
        }
    }

    pub(super) fn ask_history(&mut self) {
        let Some(first) = self.entries.first().map(|entry| entry.seq) else { return };
        if self.earlier && !self.history_asked && self.link.is_online() {
            self.history_asked = true;
            self.transmit_if_online(&ToConversation::History { before: first });
        }
    }

    pub(super) fn transmit_if_online(&mut self, frame: &ToConversation) {
        if self.link.is_online() {
            self.transmit(frame);
        }
    }

    pub(super) fn transmit(&mut self, frame: &ToConversation) {
        let text = (self.user.write)(frame);
        self.effects.push_back(Effect::Transmit(text));
    }
}
