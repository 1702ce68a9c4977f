//! The whole company: its objects, its people, its network and its clock.

use super::faults::Faults;
use super::ledger::Ledger;
use super::node::Node;
use super::people::{Inbox, Person, Tab};
use super::random::Random;
use super::story::Story;
use super::wire::{InboxId, TabId, Wire, WireId};
use super::{Plan, Sabotage};
use shared::api::VersionedSettings;
use shared::client::Pending;
use shared::conversation::Conversation;
use shared::desk::Desk;
use shared::hours::{Hours, Interval};
use shared::id::{ChannelId, ConversationId, MessageId, OperatorId};
use shared::note::{Address, Hint};
use shared::operator::Operator;
use shared::post::{Envelope, Receipt, Row};
use shared::settings::{LocalText, Settings};
use shared::time::{Millis, Timestamp};
use std::collections::BTreeMap;

/// 2026-11-23 is a Monday; it is 8:55.
const BEGIN: Timestamp = Timestamp(1_795_424_100_000);

/// What is going to happen.
#[derive(Debug)]
pub(super) enum Event {
    Deliver(Envelope),
    Answered(Envelope, Option<Receipt>),
    Mention(Address, Hint),
    Alarm(Address, Timestamp),
    Up(WireId),
    Down(WireId),
    /// The client's heartbeat finds that the wire is dead.
    Silent(WireId),
    /// The object hears that the wire is broken.
    Lost(WireId),
    Timer(TabId, Timestamp),
    Reconnect(InboxId),
}

/// Whose outbox: a visitor's (all tabs share it), or an operator's for one conversation.
pub(super) type OutboxKey = (Option<usize>, ConversationId);

/// Everything there is.
pub(super) struct World {
    pub(super) now: Timestamp,
    pub(super) random: Random,
    pub(super) faults: Faults,
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
    pub(super) visitors: Vec<(ConversationId, ChannelId)>,
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
        let mut world = Self {
            now: BEGIN,
            random,
            faults: Faults::default(),
            sabotage: plan.sabotage,
            story: Story::new(plan.told),
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
            (1..=self.random.between(1, 2)).filter_map(|n| format!("c{n}").parse().ok()).collect();
        for n in 0..self.random.between(1, 4) {
            if let Ok(id) = format!("01{:024}", 900 + n).parse() {
                self.people.push(Person { id, name: format!("Op{n}") });
            }
        }
        for channel in &channels {
            let settings = self.some_settings();
            self.directory.insert(channel.clone(), VersionedSettings { version: 1, settings });
        }
        for n in 1..=self.random.between(2, 7) {
            if let (Ok(id), Some(channel)) = (format!("{n:064x}").parse(), self.random.pick(&channels)) {
                self.visitors.push((id, channel));
            }
        }
        for channel in channels {
            self.perform::<Desk>(&channel, super::turns::Job::Alarm);
        }
    }

    /// Settings within their ranges, as an administrator may choose them.
    pub(super) fn some_settings(&mut self) -> Settings {
        let mut members: Vec<OperatorId> = Vec::new();
        for person in self.people.clone() {
            if self.random.chance(800) {
                let at = usize::try_from(self.random.below(members.len() as u64 + 1)).unwrap_or(0);
                members.insert(at, person.id);
            }
        }
        let hours = self.random.chance(400).then(|| Hours {
            zone: "UTC".into(),
            week: (0..6).map(|day| Interval { day, start: 9 * 60, end: 18 * 60 }).collect(),
        });
        let text = |words: &str| LocalText([("en".to_owned(), words.to_owned())].into());
        Settings {
            active: self.random.chance(970),
            members,
            response_limit: Millis::minutes(self.random.between(1, 3)),
            sessions_at_once: u32::try_from(self.random.below(4)).unwrap_or(1),
            hours,
            greeting: self.random.chance(800),
            greeting_text: text(super::ledger::GREETING),
            off_hours_text: text(super::ledger::OFF_HOURS),
            closing_text: text(if self.random.chance(500) { "Goodbye." } else { "" }),
            rating: self.random.chance(900),
            ..Settings::default()
        }
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
            self.steps += 1;
            self.happens(event);
        }
        self.now = self.now.max(until);
    }

    /// The planted faults of the simulation's own test.
    pub(super) fn sabotage(&self, rows: &mut Vec<Row>) {
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
        }
    }

    pub(super) fn check(&mut self, holds: bool, rule: &'static str, words: impl FnOnce() -> String) {
        self.ledger.checks += 1;
        if !holds {
            self.violated(rule, words);
        }
    }

    pub(super) fn violated(&mut self, rule: &'static str, words: impl FnOnce() -> String) {
        let words = words();
        self.story.tell(|| format!("VIOLATED {rule}: {words}"));
        self.ledger.violate(rule, words);
    }
}
