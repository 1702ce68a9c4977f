//! Those who talk. A tab is one [`Client`] as the widget, the console, or a connector to another network uses it.

use super::turns::Job;
use super::wire::{Down, Peer, TabId, Up, WireId};
use super::world::{Event, OutboxKey, World};
use super::zones::{KOLKATA, PARIS};
use crate::random::Random;
use shared::api::Role;
use shared::client::{Client, Effect, Input, Pending, User};
use shared::conversation::{Conversation, Own};
use shared::core;
use shared::file::Kind;
use shared::id::{ChannelId, ConversationId, MessageId, OperatorId};
use shared::note::{Address, Face};
use shared::time::{Millis, Timestamp};
use shared::wire::Side;

/// Timers of one tab that may ring without anything else happening in between.
const SPINS_MAX: u32 = 20;

/// Somebody who answers.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: OperatorId,
    pub(super) name: String,
    pub(super) role: Role,
    /// A former colleague: some channel may still list them, but they never come.
    pub(super) absent: bool,
}

impl Person {
    pub(super) fn face(&self) -> Face {
        Face { id: self.id.clone(), name: self.name.clone() }
    }
}

/// Somebody who asks.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    pub(super) id: ConversationId,
    pub(super) channel: ChannelId,
    locale: &'static str,
    zone: &'static str,
    /// How often they come by a client without buttons and forms, per mille.
    pub(super) plain: u64,
    /// Who is responsible for them, as the CRM says.
    pub(super) responsible: Option<Face>,
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

impl Visitor {
    pub(super) fn new(
        random: &mut Random,
        id: ConversationId,
        channel: ChannelId,
        people: &[Person],
    ) -> Self {
        let plain = match random.below(10) {
            0..5 => 0,
            5..9 => 1000,
            _ => 500,
        };
        let known = random.chance(250);
        let responsible = random.pick(people).filter(|_| known).map(|person| person.face());
        let locale = if random.chance(700) { "en" } else { "fr-CA" };
        let zone = random.pick(&["", PARIS, KOLKATA, "Atlantis/Poseidonis"]).unwrap_or_default();
        Self { id, channel, locale, zone, plain, responsible }
    }
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
        let user = self.user(operator, conversation);
        let client = Client::new(user, self.random.next(), saved);
        let ahead = Millis(if self.random.chance(200) { self.random.below(3_600_000) } else { 0 });
        let conversation = conversation.clone();
        let who = self.name_of(operator);
        self.story.tell(|| format!("{who} opens tab {id} on {conversation}"));
        let tab = Tab { client, operator, conversation, wire: None, ahead, armed: None, spins: 0 };
        self.tabs.insert(id, tab);
        self.tell_tab(id, Input::Start);
        id
    }

    fn user(&mut self, operator: Option<usize>, conversation: &ConversationId) -> User {
        if operator.is_some() {
            return User::operator("en".to_owned());
        }
        let Some(visitor) = self.visitors.iter().find(|visitor| visitor.id == *conversation).cloned() else {
            return User::visitor(String::new(), String::new());
        };
        let user = User::visitor(visitor.locale.to_owned(), visitor.zone.to_owned());
        if self.random.chance(visitor.plain) { user.plain() } else { user }
    }

    /// Who is at a tab, in words.
    pub(super) fn name_of(&self, operator: Option<usize>) -> String {
        let person = operator.and_then(|index| self.people.get(index));
        person.map_or_else(|| "the visitor".to_owned(), |person| person.name.clone())
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
                self.ledger.written.entry(message.id.clone()).or_default().insert(message.epoch);
                self.outboxes.entry(key).or_default().insert(message.id.clone(), message);
            }
            Effect::Forget(message) => {
                let key = tab.outbox();
                self.check_forgotten(&key.1, &message);
                self.outboxes.entry(key).or_default().remove(&message);
            }
            Effect::Upload { id: message, .. } => {
                let at = self.now + self.delay();
                self.at(at, Event::Upload(id, message));
            }
            Effect::Fetch { .. } | Effect::Changed => {}
        }
    }

    /// The bytes of a file have reached the store, or were lost on the way; so may the word of it.
    pub(super) fn uploads(&mut self, id: TabId, message: MessageId) {
        let Some(conversation) = self.tabs.get(&id).map(|tab| tab.conversation.clone()) else { return };
        let stored = Own::Stored { id: message.clone(), kind: Kind::Png };
        let arrived = !self.random.chance(self.faults.drop_note)
            && !self.perform::<Conversation>(&conversation, Job::Input(core::Input::Own(stored))).crashed;
        let heard = arrived && !self.random.chance(self.faults.drop_receipt);
        self.tell_tab(
            id,
            match heard {
                true => Input::Uploaded(message),
                false => Input::NotUploaded { id: message, why: String::new() },
            },
        );
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
}
