//! The whole company: its objects, its people, its network and its clock.

use super::check::Ledger;
use super::faults::Faults;
use super::habits::Habits;
use super::inbox::Inbox;
use super::node::Node;
use super::people::{Person, Tab, Visitor};
use super::story::Story;
use super::wire::{InboxId, TabId, Wire, WireId};
use super::{Plan, Sabotage};
use crate::random::Random;
use shared::api::{Role, VersionedSettings};
use shared::client::Pending;
use shared::conversation::Conversation;
use shared::core::Core;
use shared::desk::Desk;
use shared::id::{ChannelId, ConversationId, MessageId, OperatorId};
use shared::note::{Address, Hint};
use shared::operator::Operator;
use shared::post::{Envelope, Receipt};
use shared::time::{Millis, Timestamp};
use shared::turn::{Out, Turn};
use std::collections::BTreeMap;

/// When a run may begin: a Monday morning; two days before the clocks are put back, and forward; the day before New Year's Eve.
const BEGINNINGS: &[Timestamp] = &[
    Timestamp(1_795_420_500_000),
    Timestamp(1_792_742_400_000),
    Timestamp(1_806_048_000_000),
    Timestamp(1_798_624_800_000),
];

/// What is going to happen.
#[derive(Debug)]
pub(super) enum Event {
    Deliver(Box<Envelope>),
    Answered(Box<Envelope>, Option<Receipt>),
    Mention(Address, Box<Hint>),
    Alarm(Address, Timestamp),
    Up(WireId),
    Down(WireId),
    /// The client's heartbeat finds that the wire is dead.
    Silent(WireId),
    /// The object hears that the wire is broken.
    Lost(WireId),
    Timer(TabId, Timestamp),
    /// The bytes of a file are sent.
    Upload(TabId, MessageId),
    Reconnect(InboxId),
}

/// Whose outbox: a visitor's (all tabs share it), or an operator's for one conversation.
pub(super) type OutboxKey = (Option<usize>, ConversationId);

/// Everything there is.
pub(super) struct World {
    pub(super) now: Timestamp,
    pub(super) random: Random,
    pub(super) faults: Faults,
    pub(super) habits: Habits,
    pub(super) sabotage: Option<Sabotage>,
    pub(super) story: Story,
    pub(super) ledger: Ledger,
    pub(super) queue: BTreeMap<(Timestamp, u64), Event>,
    pub(super) conversations: BTreeMap<ConversationId, Node<Conversation>>,
    pub(super) desks: BTreeMap<ChannelId, Node<Desk>>,
    pub(super) operators: BTreeMap<OperatorId, Node<Operator>>,
    pub(super) directory: BTreeMap<ChannelId, VersionedSettings>,
    pub(super) wires: BTreeMap<WireId, Wire>,
    pub(super) tabs: BTreeMap<TabId, Tab>,
    pub(super) inboxes: BTreeMap<InboxId, Inbox>,
    pub(super) outboxes: BTreeMap<OutboxKey, BTreeMap<MessageId, Pending>>,
    pub(super) visitors: Vec<Visitor>,
    pub(super) people: Vec<Person>,
    /// Until when others cannot reach an object.
    pub(super) cut_off: BTreeMap<Address, Timestamp>,
    /// The visitor who did something last.
    pub(super) busy: Option<ConversationId>,
    pub(super) steps: u64,
    last_id: u64,
}

impl World {
    pub(super) fn new(seed: u64, plan: &Plan) -> Self {
        let mut random = Random::new(seed);
        let faults = Faults::of(&mut random);
        let habits = Habits::of(&mut random);
        let mut world = Self {
            now: random.pick(BEGINNINGS).unwrap_or_default(),
            random,
            faults: Faults::default(),
            habits,
            sabotage: plan.sabotage,
            story: Story::new(plan.lines),
            ledger: Ledger::default(),
            queue: BTreeMap::new(),
            conversations: BTreeMap::new(),
            desks: BTreeMap::new(),
            operators: BTreeMap::new(),
            directory: BTreeMap::new(),
            wires: BTreeMap::new(),
            tabs: BTreeMap::new(),
            inboxes: BTreeMap::new(),
            outboxes: BTreeMap::new(),
            visitors: Vec::new(),
            people: Vec::new(),
            cut_off: BTreeMap::new(),
            busy: None,
            steps: 0,
            last_id: 0,
        };
        world.populate();
        world.faults = faults;
        world
    }

    fn populate(&mut self) {
        let channels: Vec<ChannelId> =
            (1..=self.random.between(1, 3)).filter_map(|n| format!("c{n}").parse().ok()).collect();
        for n in 1..=self.random.between(1, 5) {
            self.hire(n);
        }
        for channel in &channels {
            self.story.call(Address::Desk(channel.clone()), format!("desk {channel}"));
            let settings = self.some_settings();
            self.directory.insert(channel.clone(), VersionedSettings { version: 1, settings });
        }
        // Where sessions are shown to everyone, more of them than are shown at once.
        let visitors = if self.random.chance(60) { 26 } else { self.random.between(2, 8) };
        for n in 1..=visitors {
            if let (Ok(id), Some(channel)) = (format!("{n:064x}").parse(), self.random.pick(&channels)) {
                let id: ConversationId = id;
                self.story.call(&id, format!("visitor {n}"));
                let visitor = Visitor::new(&mut self.random, id, channel, &self.people);
                self.visitors.push(visitor);
            }
        }
        for channel in channels {
            self.perform::<Desk>(&channel, super::turns::Job::Alarm);
        }
    }

    fn hire(&mut self, n: u64) {
        let Ok(id) = format!("02{n:024}").parse::<OperatorId>() else { return };
        let (role, title) = match self.random.below(10) {
            0..3 => (Role::Supervisor, "Sup"),
            3 => (Role::Admin, "Admin"),
            _ => (Role::Operator, "Op"),
        };
        let absent = n > 1 && self.random.chance(120);
        let name = if absent { format!("Gone{n}") } else { format!("{title}{n}") };
        self.story.call(&id, name.clone());
        self.people.push(Person { id, name, role, absent });
    }

    pub(super) const fn fresh_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    pub(super) fn at(&mut self, at: Timestamp, event: Event) {
        let ticket = self.fresh_id();
        self.queue.insert((at.max(self.now), ticket), event);
    }

    /// A network's delay.
    pub(super) const fn delay(&mut self) -> Millis {
        if self.random.chance(self.faults.slow) {
            Millis(self.random.between(100, 20_000))
        } else {
            Millis(self.random.between(1, 80))
        }
    }

    pub(super) fn arm(&mut self, object: Address, at: Timestamp) {
        let late =
            if self.random.chance(self.faults.late_alarm) { self.random.between(0, 30_000) } else { 0 };
        self.at(at + Millis(late), Event::Alarm(object, at));
    }

    /// Everything that is due up to `until` happens.
    pub(super) fn run_until(&mut self, until: Timestamp) {
        while let Some(((at, _), _)) = self.queue.first_key_value() {
            if *at > until || self.ledger.is_violated() {
                break;
            }
            let Some(((at, _), event)) = self.queue.pop_first() else { break };
            self.now = self.now.max(at);
            self.story.at(self.now);
            self.steps += 1;
            self.happens(event);
        }
        self.now = self.now.max(until);
        self.story.at(self.now);
    }

    /// The planted faults of the simulation's own test.
    pub(super) fn sabotage<C: Core>(&self, turn: &mut Turn<C>) {
        let rows = &mut turn.rows;
        match self.sabotage {
            None => {}
            Some(Sabotage::ForgetReceipts) => rows.retain(|(key, _)| !key.starts_with("post/in/")),
            Some(Sabotage::ForgetOutbox) => rows.retain(|(key, _)| !key.starts_with("post/out/")),
            Some(Sabotage::ForgetEntries) => {
                let spare = self.steps.is_multiple_of(7);
                rows.retain(|(key, _)| !(spare && key.starts_with("entry/")));
            }
            Some(Sabotage::ForgetAccepts) => {
                rows.retain(|(_, value)| !value.as_deref().is_some_and(|json| json.contains("\"owned\"")));
            }
            Some(Sabotage::ForgetRatings) => rows.retain(|(key, _)| !key.starts_with("rating/")),
            Some(Sabotage::ForgetPresence) => rows.retain(|(key, _)| !key.starts_with("seat/")),
            Some(Sabotage::ForgetAlarms) => turn.alarm = None,
            Some(Sabotage::ForgetFrames) => {
                if self.steps.is_multiple_of(5)
                    && let Some(at) = turn.outs.iter().position(|out| matches!(out, Out::Frame(..)))
                {
                    turn.outs.truncate(at);
                }
            }
        }
    }
}
