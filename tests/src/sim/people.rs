//! Those who talk: a tab is one [`Client`] as the widget and the console use it; an inbox is a model of the console's.

use super::wire::{Down, InboxId, Peer, TabId, Up, WireId};
use super::world::{Event, OutboxKey, World};
use shared::client::{Client, Effect, Input, Pending};
use shared::id::{ConversationId, Epoch, OperatorId, SessionId};
use shared::note::Address;
use shared::time::{Millis, Timestamp};
use shared::wire::{self, FromInbox, InboxRow, Side, ToInbox, close};
use std::collections::BTreeMap;

/// Timers of one tab that may ring without anything else happening in between.
const SPINS_MAX: u32 = 20;

/// Somebody who answers.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: OperatorId,
    pub(super) name: String,
}

/// A page with a conversation on it.
pub(super) struct Tab {
    pub(super) client: Client,
    /// Who reads: an operator, or the visitor.
    pub(super) operator: Option<usize>,
    pub(super) conversation: ConversationId,
    pub(super) wire: Option<WireId>,
    /// How far the page's clock is ahead.
    pub(super) ahead: Millis,
    armed: Option<Timestamp>,
    spins: u32,
}

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

impl Tab {
    pub(super) fn outbox(&self) -> OutboxKey {
        (self.operator, self.conversation.clone())
    }

    pub(super) const fn side(&self) -> Side {
        if self.operator.is_some() { Side::Operator } else { Side::Visitor }
    }
}

impl World {
    // --------------------------------------------------------------------------------------------------------------- tabs

    pub(super) fn open_tab(&mut self, operator: Option<usize>, conversation: &ConversationId) -> TabId {
        let id = self.fresh_id();
        let key = (operator, conversation.clone());
        let mut saved: Vec<Pending> =
            self.outboxes.get(&key).map(|box_| box_.values().cloned().collect()).unwrap_or_default();
        saved.sort_by(|a, b| a.id.cmp(&b.id));
        let side = if operator.is_some() { Side::Operator } else { Side::Visitor };
        let client = Client::new(side, "en".into(), self.random.next(), saved);
        let ahead = Millis(if self.random.chance(200) { self.random.below(3_600_000) } else { 0 });
        let conversation = conversation.clone();
        self.story.tell(|| format!("tab {id} opens: {operator:?} reads {conversation}"));
        let tab = Tab { client, operator, conversation, wire: None, ahead, armed: None, spins: 0 };
        self.tabs.insert(id, tab);
        self.tell_tab(id, Input::Start);
        id
    }

    /// The page is closed, or crashes: what is not in the outbox is lost.
    pub(super) fn close_tab(&mut self, id: TabId) {
        self.story.tell(|| format!("tab {id} is closed"));
        if let Some(wire) = self.tabs.remove(&id).and_then(|tab| tab.wire) {
            self.hang_up(wire);
        }
    }

    pub(super) fn tell_tab(&mut self, id: TabId, input: Input) {
        let Some(tab) = self.tabs.get_mut(&id) else { return };
        if input != Input::Timeout {
            tab.spins = 0;
        }
        tab.client.handle(self.now + tab.ahead, input);
        while let Some(effect) = self.tabs.get_mut(&id).and_then(|tab| tab.client.poll_effect()) {
            self.tab_orders(id, effect);
        }
        self.check_tab(id);
        self.arm_tab(id);
    }

    fn tab_orders(&mut self, id: TabId, effect: Effect) {
        let Some(tab) = self.tabs.get_mut(&id) else { return };
        match effect {
            Effect::Connect => {
                let (before, to) = (tab.wire.take(), Address::Conversation(tab.conversation.clone()));
                if let Some(wire) = before {
                    self.hang_up(wire);
                }
                let wire = self.connect(to, Peer::Tab(id));
                if let Some(tab) = self.tabs.get_mut(&id) {
                    tab.wire = Some(wire);
                }
            }
            Effect::Disconnect => {
                if let Some(wire) = tab.wire.take() {
                    self.hang_up(wire);
                }
            }
            Effect::Transmit(text) => {
                if let Some(wire) = tab.wire {
                    self.up(wire, Up::Text(text));
                }
            }
            Effect::Keep(message) => {
                let key = tab.outbox();
                if let Some(epoch) = message.epoch {
                    self.ledger.written.entry(message.id.clone()).or_default().insert(epoch);
                }
                self.outboxes.entry(key).or_default().insert(message.id.clone(), message);
            }
            Effect::Forget(message) => {
                let key = tab.outbox();
                self.outboxes.entry(key).or_default().remove(&message);
            }
            Effect::Changed => {}
        }
    }

    pub(super) fn tab_hears(&mut self, id: TabId, wire: WireId, what: Down) {
        let Some(tab) = self.tabs.get_mut(&id).filter(|tab| tab.wire == Some(wire)) else { return };
        let input = match what {
            Down::Opened => Input::Opened,
            Down::Text(text) => Input::Text(text),
            Down::Closed(code) => {
                tab.wire = None;
                Input::Lost { code }
            }
        };
        self.tell_tab(id, input);
    }

    fn arm_tab(&mut self, id: TabId) {
        let Some(tab) = self.tabs.get_mut(&id) else { return };
        let due = tab.client.poll_timeout();
        if tab.armed == due {
            return;
        }
        tab.armed = due;
        if let Some(due) = due {
            let at = due - tab.ahead;
            self.at(at, Event::Timer(id, due));
        }
    }

    pub(super) fn tab_timer(&mut self, id: TabId, due: Timestamp) {
        let Some(tab) = self.tabs.get_mut(&id).filter(|tab| tab.armed == Some(due)) else { return };
        tab.armed = None;
        tab.spins += 1;
        let spins = tab.spins;
        self.check(spins < SPINS_MAX, "9: a client's timer spins", || format!("tab {id}"));
        self.tell_tab(id, Input::Timeout);
    }

    // ------------------------------------------------------------------------------------------------------------ inboxes

    pub(super) fn open_inbox(&mut self, person: usize) {
        let id = self.fresh_id();
        self.story.tell(|| format!("inbox {id} of Op{person} opens"));
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
            FromInbox::Presence { available } => inbox.available = available,
            FromInbox::Reject { .. } => {}
        }
    }
}
