//! Who the visitor is, as far as a site vouches for them. Only operators are told.

use super::{Conversation, Record, Who};
use crate::id::Socket;
use crate::verified::{Identity, Linked, Verified};
use crate::wire::{self, FromConversation, Side};

impl Conversation {
    /// A site vouches for whoever opens this conversation.
    pub(super) fn learn_verified(&mut self, who: Verified) {
        self.identify(|identity| identity.verify(who));
    }

    /// The same browser has opened another conversation.
    pub(super) fn learn_linked(&mut self, other: Linked) {
        if other.conversation != self.id {
            self.identify(|identity| identity.link(other));
        }
    }

    fn identify(&mut self, learn: impl FnOnce(&mut Identity)) {
        let before = self.identity.clone();
        learn(&mut self.identity);
        if self.identity == before {
            return;
        }
        if let Some(head) = &mut self.head {
            head.identity = self.identity.clone();
            let head = head.clone();
            self.persist(Record::Head(head));
        }
        let known = FromConversation::Identity(Box::new(self.identity.clone()));
        self.send_to(|who| who.side() == Side::Operator, &known);
    }

    pub(super) fn identity_for(&self, who: &Who) -> Option<Box<Identity>> {
        let is_told = who.side() == Side::Operator && !self.identity.is_empty();
        is_told.then(|| Box::new(self.identity.clone()))
    }

    /// Who has signed in goes on here only with what is open: a message that would open a session here is kept by its
    /// client, who is sent where the verified one opens.
    pub(super) fn has_moved(&mut self, socket: Socket) -> bool {
        let signed_in = self.readers.get(&socket).is_some_and(|reader| reader.signed_in);
        let moved = signed_in && self.open_session().is_none();
        if moved {
            self.hang_up(socket, wire::close::MOVED);
        }
        moved
    }

    /// Whether a visitor who has signed in stays here for now: their session from before is open.
    pub fn keeps_signed_in(&self) -> bool {
        self.open_session().is_some()
    }
}
