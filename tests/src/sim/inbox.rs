//! The consoles' inboxes: a model of what the console does with the frames of its inbox.

use super::wire::{Down, InboxId, Peer, Up, WireId};
use super::world::{Event, World};
use shared::id::{ConversationId, Epoch, SessionId};
use shared::note::Address;
use shared::time::Millis;
use shared::wire::{self, FromInbox, InboxRow, ToInbox, close};
use std::collections::BTreeMap;

/// A console's inbox.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    pub(super) person: usize,
    pub(super) wire: Option<WireId>,
    pub(super) online: bool,
    pub(super) available: bool,
    pub(super) rows: BTreeMap<ConversationId, InboxRow>,
    /// Offers seen at any time: what a slow finger still clicks.
    pub(super) seen: Vec<(SessionId, Epoch)>,
    attempts: u32,
}

impl World {
    pub(super) fn open_inbox(&mut self, person: usize) {
        let id = self.fresh_id();
        let who = self.name_of(Some(person));
        self.story.tell(|| format!("{who} opens inbox {id}"));
        self.inboxes.insert(id, Inbox { person, ..Inbox::default() });
        self.inbox_connects(id);
    }

    pub(super) fn close_inbox(&mut self, id: InboxId) {
        self.story.tell(|| format!("inbox {id} is closed"));
        if let Some(wire) = self.inboxes.remove(&id).and_then(|inbox| inbox.wire) {
            self.hang_up(wire);
        }
    }

    pub(super) fn inbox_connects(&mut self, id: InboxId) {
        let Some(inbox) = self.inboxes.get(&id).filter(|inbox| inbox.wire.is_none()) else { return };
        let Some(person) = self.people.get(inbox.person) else { return };
        let wire = self.connect(Address::Operator(person.id.clone()), Peer::Inbox(id));
        if let Some(inbox) = self.inboxes.get_mut(&id) {
            inbox.wire = Some(wire);
        }
    }

    pub(super) fn inbox_says(&mut self, id: InboxId, frame: &ToInbox) {
        let wire = self.inboxes.get(&id).and_then(|inbox| inbox.wire);
        if let (Some(wire), Ok(text)) = (wire, serde_json::to_string(frame)) {
            self.up(wire, Up::Text(text));
        }
    }

    pub(super) fn inbox_hears(&mut self, id: InboxId, wire: WireId, what: Down) {
        if self.inboxes.get(&id).is_none_or(|inbox| inbox.wire != Some(wire)) {
            return;
        }
        match what {
            Down::Opened => self.inbox_says(id, &ToInbox::Hello { v: wire::VERSION }),
            Down::Text(text) => match serde_json::from_str(&text) {
                Ok(frame) => self.inbox_frame(id, frame),
                Err(error) => self.violated("a frame cannot be read", || error.to_string()),
            },
            Down::Closed(code) => self.inbox_lost(id, code),
        }
    }

    fn inbox_lost(&mut self, id: InboxId, code: u16) {
        let Some(inbox) = self.inboxes.get_mut(&id) else { return };
        inbox.wire = None;
        inbox.online = false;
        inbox.attempts += 1;
        let wait = Millis(500 << inbox.attempts.min(6));
        if close::is_final(code) {
            self.inboxes.remove(&id);
        } else {
            let at = self.now + wait;
            self.at(at, Event::Reconnect(id));
        }
    }

    fn inbox_frame(&mut self, id: InboxId, frame: FromInbox) {
        let Some(inbox) = self.inboxes.get_mut(&id) else { return };
        match frame {
            FromInbox::Welcome { available, rows, .. } => {
                inbox.online = true;
                inbox.attempts = 0;
                inbox.available = available;
                inbox.seen.extend(rows.iter().map(|row| (row.session.clone(), row.epoch)));
                inbox.rows = rows.into_iter().map(|row| (row.session.conversation.clone(), row)).collect();
            }
            FromInbox::Row(row) => {
                inbox.seen.push((row.session.clone(), row.epoch));
                inbox.rows.insert(row.session.conversation.clone(), row);
            }
            FromInbox::Gone { conversation, .. } => {
                inbox.rows.remove(&conversation);
            }
            FromInbox::Presence { available, .. } => inbox.available = available,
            FromInbox::Reject { .. } => {}
        }
    }
}
