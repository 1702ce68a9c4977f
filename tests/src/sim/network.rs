//! What travels: notes and hints between objects, frames between objects and clients. All of it may be late; notes and hints
//! may be lost or repeated; frames arrive in order or not at all.

use super::kind::Kind;
use super::story::words_of;
use super::turns::{Done, Job};
use super::wire::{Down, Peer, Up, Wire, WireId};
use super::world::{Event, World};
use shared::conversation::{Conversation, Own, Who};
use shared::core::Input;
use shared::desk::Desk;
use shared::id::{ConversationId, OperatorId, Socket};
use shared::note::{Address, Hint, Note};
use shared::operator::Operator;
use shared::post::{Envelope, Receipt};
use shared::time::Millis;
use shared::wire::{self, close};

/// A socket that the network broke.
const BROKEN: u16 = 1006;
/// Within this the client's heartbeat notices that a socket is dead.
const HEARTBEAT_MAX: Millis = Millis::seconds(15);

impl World {
    pub(super) fn happens(&mut self, event: Event) {
        match event {
            Event::Deliver(envelope) => self.deliver(envelope),
            Event::Answered(envelope, receipt) => self.answered(envelope, receipt),
            Event::Mention(to, hint) => self.mentioned(&to, *hint),
            Event::Alarm(object, at) => self.alarm(&object, at),
            Event::Up(wire) => self.arrives_up(wire),
            Event::Down(wire) => self.arrives_down(wire),
            Event::Silent(wire) => self.silent(wire),
            Event::Lost(wire) => self.lost_by_object(wire),
            Event::Timer(tab, due) => self.tab_timer(tab, due),
            Event::Upload(tab, message) => self.uploads(tab, message),
            Event::Reconnect(inbox) => self.inbox_connects(inbox),
        }
    }

    // --------------------------------------------------------------------------------------------------- between objects

    pub(super) fn post(&mut self, envelope: Box<Envelope>) {
        let repeats = 1 + u64::from(self.random.chance(self.faults.repeat_note));
        for _ in 0..repeats {
            let at = self.now + self.delay();
            if self.random.chance(self.faults.drop_note) {
                self.at(at + Millis::seconds(1), Event::Answered(envelope.clone(), None));
            } else {
                self.at(at, Event::Deliver(envelope.clone()));
            }
        }
    }

    fn deliver(&mut self, envelope: Box<Envelope>) {
        if self.cut_off.get(&envelope.to).is_some_and(|until| *until > self.now) {
            self.at(self.now + Millis::seconds(1), Event::Answered(envelope, None));
            return;
        }
        self.story.tell(|| {
            let (from, to, number) = (&envelope.from, &envelope.to, envelope.number);
            format!("{from} → {to} #{number} of {}: {}", envelope.topic, words_of(&envelope.note))
        });
        let done = match envelope.to.clone() {
            Address::Conversation(id) => self.perform::<Conversation>(&id, Job::Receive(envelope.clone())),
            Address::Desk(id) => self.perform::<Desk>(&id, Job::Receive(envelope.clone())),
            Address::Operator(id) => self.perform::<Operator>(&id, Job::Receive(envelope.clone())),
            Address::Directory => self.tell_directory(&envelope.note),
            Address::Files => Done { receipt: Some(Receipt::Done), ..Done::default() },
        };
        let lost = self.random.chance(self.faults.drop_receipt);
        let receipt = done.receipt.filter(|_| !lost);
        let at = self.now + self.delay();
        self.at(at, Event::Answered(envelope, receipt));
    }

    fn tell_directory(&mut self, note: &Note) -> Done {
        if let Note::Settings { channel, version, settings } = note {
            let newer = self.directory.get(channel).is_none_or(|row| row.version < *version);
            if newer {
                let row =
                    shared::api::VersionedSettings { version: *version, settings: (**settings).clone() };
                self.directory.insert(channel.clone(), row);
            }
        }
        Done { receipt: Some(Receipt::Done), ..Done::default() }
    }

    fn answered(&mut self, envelope: Box<Envelope>, receipt: Option<Receipt>) {
        match envelope.from.clone() {
            Address::Conversation(id) => {
                self.perform::<Conversation>(&id, Job::Delivered(envelope, receipt));
            }
            Address::Desk(id) => {
                self.perform::<Desk>(&id, Job::Delivered(envelope, receipt));
            }
            Address::Operator(id) => {
                self.perform::<Operator>(&id, Job::Delivered(envelope, receipt));
            }
            Address::Directory | Address::Files => {}
        }
    }

    pub(super) fn mention(&mut self, to: Address, hint: Hint) {
        if !self.random.chance(self.faults.drop_hint) {
            let at = self.now + self.delay();
            self.at(at, Event::Mention(to, Box::new(hint)));
        }
    }

    fn mentioned(&mut self, to: &Address, hint: Hint) {
        if !matches!(hint, Hint::Row(_)) {
            self.story.tell(|| format!("{to} hears by the way: {hint:?}"));
        }
        match to {
            Address::Conversation(id) => {
                self.perform::<Conversation>(id, Job::Input(Input::Hint(hint)));
            }
            Address::Operator(id) => {
                self.perform::<Operator>(id, Job::Input(Input::Hint(hint)));
            }
            Address::Desk(id) => {
                self.perform::<Desk>(id, Job::Input(Input::Hint(hint)));
            }
            Address::Directory | Address::Files => {}
        }
    }

    fn alarm(&mut self, object: &Address, at: shared::time::Timestamp) {
        match object {
            Address::Conversation(id) if stored(&self.conversations, id) == Some(at) => {
                self.ring::<Conversation>(id);
            }
            Address::Desk(id) if stored(&self.desks, id) == Some(at) => self.ring::<Desk>(id),
            Address::Operator(id) if stored(&self.operators, id) == Some(at) => self.ring::<Operator>(id),
            // An alarm that has been set anew since.
            Address::Conversation(_)
            | Address::Desk(_)
            | Address::Operator(_)
            | Address::Directory
            | Address::Files => {}
        }
    }

    // ------------------------------------------------------------------------------------------ between object and client

    pub(super) fn connect(&mut self, to: Address, peer: Peer) -> WireId {
        let id = self.fresh_id();
        self.wires.insert(id, Wire::new(to, peer, self.now));
        self.up(id, Up::Open);
        id
    }

    pub(super) fn up(&mut self, id: WireId, what: Up) {
        let delay = self.delay();
        let Some(wire) = self.wires.get_mut(&id) else { return };
        if wire.swallows_up {
            return;
        }
        wire.up.push_back(what);
        wire.up_at = wire.up_at.max(self.now + delay);
        let at = wire.up_at;
        self.at(at, Event::Up(id));
    }

    pub(super) fn down(&mut self, id: WireId, what: Down) {
        let delay = self.delay();
        let Some(wire) = self.wires.get_mut(&id) else { return };
        if wire.swallows_down || wire.hung_up {
            return;
        }
        wire.down.push_back(what);
        wire.down_at = wire.down_at.max(self.now + delay);
        let at = wire.down_at;
        self.at(at, Event::Down(id));
    }

    fn arrives_up(&mut self, id: WireId) {
        let Some(wire) = self.wires.get_mut(&id) else { return };
        let Some(what) = wire.up.pop_front() else { return };
        let (to, socket) = (wire.to.clone(), wire.socket);
        match (what, socket) {
            (Up::Open, _) => self.accept(id, &to),
            (Up::Text(text), Some(socket)) => self.frame(&to, socket, &text),
            (Up::Close, Some(socket)) => self.unplug_at(&to, socket),
            (Up::Text(_) | Up::Close, None) => {}
        }
    }

    fn frame(&mut self, to: &Address, socket: Socket, text: &str) {
        self.story.tell(|| format!("socket {socket} of {to} says {text}"));
        match to {
            Address::Conversation(id) => {
                let input = match wire::read(text) {
                    Ok(frame) => Input::Frame { socket, frame },
                    Err(code) => Input::BadFrame { socket, code },
                };
                self.perform::<Conversation>(id, Job::Input(input));
            }
            Address::Operator(id) => {
                let input = match wire::read(text) {
                    Ok(frame) => Input::Frame { socket, frame },
                    Err(code) => Input::BadFrame { socket, code },
                };
                self.perform::<Operator>(id, Job::Input(input));
            }
            Address::Desk(_) | Address::Directory | Address::Files => {}
        }
    }

    /// The object is asked for a socket; the peer says whose it is.
    fn accept(&mut self, id: WireId, to: &Address) {
        let peer = self.wires.get(&id).map(|wire| wire.peer);
        let accepted = match (to, peer) {
            (Address::Conversation(conversation), Some(Peer::Tab(tab))) => {
                let who = self.tabs.get(&tab).map(|tab| tab.operator);
                who.is_some_and(|operator| self.accept_reader(id, conversation, operator))
            }
            (Address::Operator(operator), Some(Peer::Inbox(_))) => self.accept_inbox(id, operator),
            _ => false,
        };
        if !accepted {
            self.break_wire(id);
        }
    }

    fn accept_reader(&mut self, id: WireId, conversation: &ConversationId, operator: Option<usize>) -> bool {
        let who = match operator.and_then(|index| self.people.get(index)) {
            None => Who::Visitor,
            Some(person) => Who::Operator { face: person.face(), role: person.role },
        };
        // There is nothing to read for others before the visitor has written.
        let exists = self.ledger.talks.get(conversation).is_some_and(|talk| talk.head.is_some());
        if who == Who::Visitor && self.learn(conversation).crashed || who != Who::Visitor && !exists {
            return false;
        }
        let node = self.conversations.entry(conversation.clone()).or_default();
        let socket = node.accept(who.clone(), id);
        if let Some(wire) = self.wires.get_mut(&id) {
            wire.socket = Some(socket);
        }
        self.down(id, Down::Opened);
        let input = Input::Connected { socket, who, resumed: false };
        !self.perform::<Conversation>(conversation, Job::Input(input)).crashed
    }

    /// The router fetches the channel's settings for a visitor, unless the conversation has them as new.
    fn learn(&mut self, conversation: &ConversationId) -> Done {
        let visitor = self.visitors.iter().find(|visitor| visitor.id == *conversation).cloned();
        let Some(visitor) = visitor else { return Done::default() };
        let Some(row) = self.directory.get(&visitor.channel).cloned() else { return Done::default() };
        let rules =
            Own::Rules { channel: visitor.channel, version: row.version, settings: Box::new(row.settings) };
        let done = self.perform::<Conversation>(conversation, Job::Input(Input::Own(rules)));
        if done.crashed || visitor.responsible.is_none() {
            return done;
        }
        let responsible = Own::Responsible(visitor.responsible);
        self.perform::<Conversation>(conversation, Job::Input(Input::Own(responsible)))
    }

    fn accept_inbox(&mut self, id: WireId, operator: &OperatorId) -> bool {
        let name = self.people.iter().find(|person| person.id == *operator).map(|person| person.name.clone());
        let Some(name) = name else { return false };
        let node = self.operators.entry(operator.clone()).or_default();
        let socket = node.accept(name.clone(), id);
        if let Some(wire) = self.wires.get_mut(&id) {
            wire.socket = Some(socket);
        }
        self.down(id, Down::Opened);
        let input = Input::Connected { socket, who: name, resumed: false };
        !self.perform::<Operator>(operator, Job::Input(input)).crashed
    }

    fn arrives_down(&mut self, id: WireId) {
        let Some(wire) = self.wires.get_mut(&id) else { return };
        let Some(what) = wire.down.pop_front() else { return };
        let (peer, hung_up) = (wire.peer, wire.hung_up);
        if matches!(what, Down::Closed(_)) {
            self.wires.remove(&id);
        }
        if hung_up {
            return;
        }
        if self.story.is_told() {
            let words = self.hearing(peer, &what);
            self.story.tell(|| words);
        }
        match peer {
            Peer::Tab(tab) => self.tab_hears(tab, id, what),
            Peer::Inbox(inbox) => self.inbox_hears(inbox, id, what),
        }
    }

    /// The client closes its end.
    pub(super) fn hang_up(&mut self, id: WireId) {
        self.up(id, Up::Close);
        let now = self.now;
        if let Some(wire) = self.wires.get_mut(&id) {
            wire.hung_up = true;
            wire.silent_since.get_or_insert(now);
        }
    }

    /// Both ends lose the wire; the client hears of it.
    pub(super) fn break_wire(&mut self, id: WireId) {
        let delay = self.delay();
        let Some(wire) = self.wires.get_mut(&id) else { return };
        wire.up.clear();
        wire.down.clear();
        wire.swallows_up = true;
        wire.swallows_down = false;
        wire.silent_since.get_or_insert(self.now);
        wire.down.push_back(Down::Closed(BROKEN));
        let at = self.now + delay;
        self.at(at, Event::Down(id));
    }

    /// The network breaks a wire. The object may hear of it, or find out by its sweep.
    pub(super) fn cut(&mut self, id: WireId) {
        self.story.tell(|| format!("wire {id} breaks"));
        self.ledger.count("broken wires");
        self.break_wire(id);
        if self.random.chance(500) {
            let at = self.now + self.delay();
            self.at(at, Event::Lost(id));
        }
    }

    fn lost_by_object(&mut self, id: WireId) {
        let find = |(address, socket): (Address, Option<Socket>)| socket.map(|socket| (address, socket));
        let here = self.wires.get(&id).map(|wire| (wire.to.clone(), wire.socket)).and_then(find);
        if let Some((to, socket)) = here.or_else(|| self.plug_of(id)) {
            self.unplug_at(&to, socket);
        }
    }

    fn plug_of(&self, id: WireId) -> Option<(Address, Socket)> {
        let conversations = self.conversations.iter().find_map(|(name, node)| {
            let (socket, _) = node.plugs.iter().find(|(_, plug)| plug.wire == id)?;
            Some((Address::Conversation(name.clone()), *socket))
        });
        conversations.or_else(|| {
            self.operators.iter().find_map(|(name, node)| {
                let (socket, _) = node.plugs.iter().find(|(_, plug)| plug.wire == id)?;
                Some((Address::Operator(name.clone()), *socket))
            })
        })
    }

    fn unplug_at(&mut self, to: &Address, socket: Socket) {
        match to {
            Address::Conversation(id) => self.unplug::<Conversation>(id, socket),
            Address::Operator(id) => self.unplug::<Operator>(id, socket),
            Address::Desk(_) | Address::Directory | Address::Files => {}
        }
    }

    /// One direction swallows everything from now on; the client's heartbeat will notice.
    pub(super) fn black_hole(&mut self, id: WireId) {
        let (up, noticed) = (self.random.chance(500), self.random.between(1, HEARTBEAT_MAX.0));
        let now = self.now;
        let Some(wire) = self.wires.get_mut(&id) else { return };
        if up {
            wire.swallows_up = true;
            wire.silent_since.get_or_insert(now);
        } else {
            wire.swallows_down = true;
        }
        self.story.tell(|| format!("wire {id} swallows what goes {}", if up { "up" } else { "down" }));
        self.at(now + Millis(noticed), Event::Silent(id));
    }

    fn silent(&mut self, id: WireId) {
        let Some(peer) = self.wires.get(&id).filter(|wire| !wire.hung_up).map(|wire| wire.peer) else {
            return;
        };
        self.hang_up(id);
        match peer {
            Peer::Tab(tab) => self.tab_hears(tab, id, Down::Closed(close::SILENT)),
            Peer::Inbox(inbox) => self.inbox_hears(inbox, id, Down::Closed(close::SILENT)),
        }
    }
}

fn stored<C: Kind>(
    nodes: &std::collections::BTreeMap<C::Id, super::node::Node<C>>,
    id: &C::Id,
) -> Option<shared::time::Timestamp> {
    nodes.get(id)?.alarm
}
