use super::*;
use crate::core::Record as _;
use crate::id::{ConversationId, Epoch};
use crate::note::{Arrival, Face, Moved, Standing};
use crate::settings::{Distribution, Queue};
use crate::time::Millis;
use crate::why::{Rule, Why};
use crate::wire::{MoveReason, Target};

mod everyone;
mod flood;
mod offers;
mod owners;
mod placing;
mod settings;
mod told;
mod waiting;

const T0: Timestamp = Timestamp(1_000_000);
const LIMIT: Millis = Millis::minutes(3);

fn operator(n: u8) -> OperatorId {
    format!("01ARZ3NDEKTSV4RRFFQ69G5F{n:02}").parse().unwrap()
}

fn face(n: u8) -> Face {
    Face { id: operator(n), name: format!("Op{n}") }
}

fn session(n: u32) -> SessionId {
    let conversation: ConversationId = format!("{n:064x}").parse().unwrap();
    SessionId { conversation, number: 1 }
}

fn arrival(since: Timestamp, n: u32) -> Arrival {
    Arrival {
        session: session(n),
        run: 0,
        since,
        epoch: Epoch(0),
        settings: 1,
        responsible: None,
        claim: None,
    }
}

fn versioned(version: u64, members: &[u8], sessions_at_once: u32) -> Versioned {
    let members = members.iter().map(|n| operator(*n)).collect();
    let queue = Queue { members, sessions_at_once, ..Queue::default() };
    Versioned { version, settings: Settings { queue, ..Settings::default() } }
}

/// A desk, what it ordered in its last turn, and what it has stored.
struct Rig {
    desk: Desk,
    effects: Vec<Effect<Desk>>,
    stored: BTreeMap<String, String>,
}

impl Rig {
    /// With these members online and available.
    fn new(members: &[u8], sessions_at_once: u32) -> Self {
        Self::with(members, |queue| queue.sessions_at_once = sessions_at_once)
    }

    fn with(members: &[u8], change: impl FnOnce(&mut Queue)) -> Self {
        let mut settings = versioned(1, members, 5);
        change(&mut settings.settings.queue);
        let mut rig = Self::empty("demo");
        let people = members.iter().map(|n| face(*n)).collect();
        rig.own(T0, Own::Begin { settings, people }).unwrap();
        for member in members {
            rig.presence(T0, *member, true, true);
        }
        rig
    }

    fn empty(channel: &str) -> Self {
        let desk = Desk::restore(channel.parse().unwrap(), []);
        Self { desk, effects: Vec::new(), stored: BTreeMap::new() }
    }

    fn input(&mut self, now: Timestamp, input: Input<Desk>) -> Result<(), Reject> {
        let done = self.desk.handle(now, input);
        self.effects = std::iter::from_fn(|| self.desk.poll_effect()).collect();
        for effect in &self.effects {
            if let Effect::Persist(record) = effect {
                match record.value() {
                    Some(value) => self.stored.insert(record.key(), value),
                    None => self.stored.remove(&record.key()),
                };
            }
        }
        done
    }

    /// The desk as it is when it wakes from its rows.
    fn woken(&self) -> Desk {
        let rows = self.stored.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        Desk::restore(self.desk.channel.clone(), crate::core::read_all(rows).unwrap())
    }

    fn own(&mut self, now: Timestamp, own: Own) -> Result<(), Reject> {
        self.input(now, Input::Own(own))
    }

    fn change(&mut self, now: Timestamp, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.desk.settings().unwrap().clone();
        change(&mut settings.settings);
        self.own(now, Own::Change { settings, people: Vec::new() }).unwrap();
    }

    fn members(&mut self, now: Timestamp, members: &[u8]) {
        let members = members.iter().map(|n| operator(*n)).collect();
        self.change(now, |settings| settings.queue.members = members);
    }

    /// From an operator.
    fn wish(&mut self, now: Timestamp, n: u8, note: Note) {
        let from = Address::Operator(operator(n));
        self.input(now, Input::Note { from, topic: Topic::Standing, note }).unwrap();
    }

    /// From a conversation.
    fn note(&mut self, now: Timestamp, of: u32, note: Note) {
        let run = self.desk.session(&session(of)).map_or(0, |row| row.run);
        let from = Address::Conversation(session(of).conversation);
        let topic = Topic::of(&session(of), run);
        self.input(now, Input::Note { from, topic, note }).unwrap();
    }

    fn arrives(&mut self, now: Timestamp, n: u32) {
        self.note(now, n, Note::Arrived(Box::new(arrival(now, n))));
    }

    fn arrives_for(&mut self, now: Timestamp, n: u32, responsible: u8) {
        let arrival = Arrival { responsible: Some(face(responsible)), ..arrival(now, n) };
        self.note(now, n, Note::Arrived(Box::new(arrival)));
    }

    fn ends(&mut self, now: Timestamp, n: u32) {
        self.note(now, n, Note::Ended { session: session(n), missed: false });
    }

    fn presence(&mut self, now: Timestamp, n: u8, online: bool, available: bool) {
        self.wish(now, n, Note::Presence { operator: face(n), online, available });
    }

    fn accepts(&mut self, now: Timestamp, n: u8, of: u32, epoch: u64) {
        let (session, epoch) = (session(of), Epoch(epoch));
        self.wish(now, n, Note::Accept { session, epoch, operator: operator(n) });
    }

    /// Accepts what they see now.
    fn takes(&mut self, now: Timestamp, n: u8, of: u32) {
        let epoch = self.epoch(of);
        self.accepts(now, n, of, epoch);
    }

    fn skips(&mut self, now: Timestamp, n: u8, of: u32, epoch: u64) {
        let (session, epoch) = (session(of), Epoch(epoch));
        self.wish(now, n, Note::Skip { session, epoch, operator: operator(n) });
    }

    fn stands(&mut self, now: Timestamp, of: u32, standing: Standing) {
        let epoch = Epoch(self.epoch(of));
        self.note(now, of, Note::Standing { session: session(of), epoch, standing });
    }

    fn transfers(&mut self, now: Timestamp, of: u32, to: Target) {
        let epoch = Epoch(self.epoch(of));
        self.note(now, of, Note::Transfer { session: session(of), epoch, by: face(1), to });
    }

    fn intercepts(&mut self, now: Timestamp, n: u8, of: u32) {
        let epoch = Epoch(self.epoch(of));
        self.note(now, of, Note::Intercept { session: session(of), epoch, by: face(n) });
    }

    fn pins(&mut self, now: Timestamp, of: u32, on: bool) {
        let epoch = Epoch(self.epoch(of));
        self.note(now, of, Note::Pinned { session: session(of), epoch, on });
    }

    fn rings(&mut self) -> Timestamp {
        let at = self.desk.poll_timeout().unwrap();
        self.rings_at(at);
        at
    }

    fn rings_at(&mut self, now: Timestamp) {
        self.input(now, Input::Timeout).unwrap();
    }

    // ------------------------------------------------------------------------------------------------- what has become

    fn row(&self, n: u32) -> &SessionRow {
        self.desk.session(&session(n)).unwrap()
    }

    fn epoch(&self, n: u32) -> u64 {
        self.desk.session(&session(n)).map_or(0, |row| row.epoch.0)
    }

    /// To whom the session is offered.
    fn offered(&self, n: u32) -> Option<u8> {
        match &self.row(n).place {
            Place::Offered { to, .. } => number(&to.id),
            Place::Line { .. } | Place::Owned { .. } => None,
        }
    }

    fn owner(&self, n: u32) -> Option<u8> {
        self.row(n).owner().and_then(|owner| number(&owner.id))
    }

    fn waits(&self, n: u32) -> bool {
        matches!(self.row(n).place, Place::Line { .. })
    }

    fn is_over(&self, n: u32) -> bool {
        self.desk.session(&session(n)).is_none()
    }

    /// Who sees the session, which waits.
    fn shown(&self, n: u32) -> Vec<u8> {
        match &self.row(n).place {
            Place::Line { shown, .. } => shown.iter().filter_map(number).collect(),
            Place::Offered { .. } | Place::Owned { .. } => Vec::new(),
        }
    }

    fn why(&self, n: u32) -> &Why {
        self.row(n).why.as_ref().unwrap()
    }

    /// What was told in the last turn.
    fn told(&self) -> impl Iterator<Item = (&Address, &Note)> {
        self.effects.iter().filter_map(|effect| match effect {
            Effect::Tell { to, note, .. } => Some((to, note)),
            _ => None,
        })
    }

    fn refusals(&self) -> Vec<Code> {
        let refused = self.told().filter_map(|(_, note)| match note {
            Note::Refused { code, .. } => Some(*code),
            _ => None,
        });
        refused.collect()
    }

    /// Why and from whom the session moved on in the last turn.
    fn moved(&self) -> Option<(MoveReason, u8)> {
        self.told().find_map(|(_, note)| match note {
            Note::Waiting { moved: Some(Moved { from, reason }), .. }
            | Note::Assigned { moved: Some(Moved { from, reason }), .. }
            | Note::Released { moved: Some(Moved { from, reason }), .. } => {
                Some((*reason, number(&from.id)?))
            }
            _ => None,
        })
    }

    /// What the conversation was told about its owner's absence in the last turn.
    fn away(&self) -> Option<bool> {
        self.told().find_map(|(_, note)| match note {
            Note::Away { away, .. } => Some(*away),
            _ => None,
        })
    }

    /// Who was asked in the last turn to tell whether they are there, or no longer.
    fn asked(&self) -> Vec<(u8, bool)> {
        let asked = self.told().filter_map(|(to, note)| match (to, note) {
            (Address::Operator(id), Note::Member { member, .. }) => Some((number(id)?, *member)),
            _ => None,
        });
        asked.collect()
    }

    fn ended_topics(&self) -> Vec<Topic> {
        let ended = self.effects.iter().filter_map(|effect| match effect {
            Effect::EndTopic(topic) => Some(topic.clone()),
            _ => None,
        });
        ended.collect()
    }
}

fn number(id: &OperatorId) -> Option<u8> {
    id.as_str().get(24..)?.parse().ok()
}
