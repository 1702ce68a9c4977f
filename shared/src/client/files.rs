//! Files: announced, sent to where the worker says, and then a message like any other.

use super::{AGAIN_AFTER, Client, Effect, Outgoing, read};
use crate::id::MessageId;
use crate::reject::Code;
use crate::time::Timestamp;
use crate::wire::ToConversation;

impl Client {
    fn outgoing(&mut self, id: &MessageId) -> Option<&mut Outgoing> {
        self.pending.iter_mut().find(|outgoing| outgoing.message.id == *id)
    }

    /// Where a file may be sent, or is.
    pub(super) fn linked(&mut self, id: MessageId, path: String) {
        let Some(outgoing) = self.outgoing(&id) else {
            self.wanted.retain(|wanted| *wanted != id);
            return self.effects.push_back(Effect::Fetch { id, path });
        };
        outgoing.sent_at = None;
        if !core::mem::replace(&mut outgoing.is_uploading, true) {
            self.effects.push_back(Effect::Upload { id, path });
        }
    }

    pub(super) fn uploaded(&mut self, now: Timestamp, id: &MessageId) {
        let Some(outgoing) = self.outgoing(id) else { return };
        outgoing.is_uploading = false;
        if let Some(file) = &mut outgoing.message.file {
            file.is_stored = true;
        }
        let message = outgoing.message.clone();
        self.effects.push_back(Effect::Keep(message));
        self.flush(now);
    }

    /// What was refused stays until its sender retries or discards it. After a failure of the network or of the worker, and when
    /// the link was too old, it is announced again.
    pub(super) fn not_uploaded(&mut self, now: Timestamp, id: &MessageId, why: &str) {
        let Some(outgoing) = self.outgoing(id) else { return };
        outgoing.is_uploading = false;
        match read::code(why) {
            None | Some(Code::LinkInvalid | Code::Internal | Code::Malformed) => {
                outgoing.again_at = Some(now + AGAIN_AFTER);
            }
            Some(code) => self.rejected(now, Some(id.clone()), code, None),
        }
    }

    pub(super) fn fetch(&mut self, id: MessageId) {
        self.transmit_if_online(&ToConversation::Fetch { id: id.clone() });
        self.wanted.push(id);
    }

    pub(super) fn ask_for_files(&mut self) {
        for id in self.wanted.clone() {
            self.transmit_if_online(&ToConversation::Fetch { id });
        }
    }
}
