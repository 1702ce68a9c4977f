//! The core of a desk: one channel's settings, waiting line, offers and owners.
//!
//! Ownership changes only here. Each change has an epoch, and travels to the conversation, which tells the operators. The
//! desk never sees a message's text.

mod moves;
mod place;
mod record;
#[cfg(test)]
mod tests;

pub use record::{Place, Record, Seat, SessionRow, Versioned};

use crate::core::{Core, Effect, Input};
use crate::id::{ChannelId, OperatorId, SessionId};
use crate::note::{Address, Hint, Note, Topic};
use crate::reject::{Code, Reject};
use crate::settings::Settings;
use crate::time::Timestamp;
use core::convert::Infallible;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Inputs of desks alone.
#[derive(Clone, Debug)]
pub enum Own {
    /// The settings that the directory has, for a desk that has none yet.
    Begin(Versioned),
    /// An administrator replaces the settings. Refused with [`Code::VersionConflict`] if somebody else did since
    /// `version` was read, and with [`Code::InvalidFields`] if they are out of range.
    Change(Versioned),
}

/// The core of a desk.
#[derive(Debug)]
pub struct Desk {
    channel: ChannelId,
    settings: Option<Versioned>,
    seats: BTreeMap<OperatorId, Seat>,
    sessions: BTreeMap<SessionId, SessionRow>,
    /// Those that wait and are offered to nobody, oldest first.
    line: BTreeSet<(Timestamp, SessionId)>,
    /// The members who can take a session now: lowest load first, then the longest without one, then queue order.
    ready: BTreeSet<ReadyKey>,
    ranks: BTreeMap<OperatorId, ReadyKey>,
    /// Where each member stands in the queue.
    orders: BTreeMap<OperatorId, usize>,
    loads: BTreeMap<OperatorId, u32>,
    timers: BTreeSet<(Timestamp, SessionId)>,
    told_places: BTreeMap<SessionId, u32>,
    line_changed: bool,
    effects: VecDeque<Effect<Self>>,
}

/// What decides between two who can take a session, most important first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ReadyKey {
    load: u32,
    last_assigned: Timestamp,
    order: usize,
    operator: OperatorId,
}

impl Desk {
    /// A desk with what its store held.
    pub fn restore(channel: ChannelId, records: impl IntoIterator<Item = Record>) -> Self {
        let mut desk = Self {
            channel,
            settings: None,
            seats: BTreeMap::new(),
            sessions: BTreeMap::new(),
            line: BTreeSet::new(),
            ready: BTreeSet::new(),
            ranks: BTreeMap::new(),
            orders: BTreeMap::new(),
            loads: BTreeMap::new(),
            timers: BTreeSet::new(),
            told_places: BTreeMap::new(),
            line_changed: true,
            effects: VecDeque::new(),
        };
        for record in records {
            match record {
                Record::Settings(versioned) => desk.settings = Some(versioned),
                Record::Seat(seat) => {
                    desk.seats.insert(seat.face.id.clone(), seat);
                }
                Record::Session(row) => desk.index(&row),
                Record::Forgotten(_) => {}
            }
        }
        desk.rank_members();
        desk
    }

    /// The settings and their version; none before [`Own::Begin`].
    pub const fn settings(&self) -> Option<&Versioned> {
        self.settings.as_ref()
    }

    /// The session as the desk knows it.
    pub fn session(&self, id: &SessionId) -> Option<&SessionRow> {
        self.sessions.get(id)
    }

    /// All sessions that wait, are offered or owned.
    pub fn sessions(&self) -> impl Iterator<Item = &SessionRow> {
        self.sessions.values()
    }

    /// How many sessions count against an operator: offered and owned.
    pub fn load(&self, operator: &OperatorId) -> u32 {
        self.loads.get(operator).copied().unwrap_or(0)
    }

    /// What the desk knows of an operator's presence.
    pub fn seat(&self, operator: &OperatorId) -> Option<&Seat> {
        self.seats.get(operator)
    }

    fn own(&mut self, now: Timestamp, own: Own) -> Result<(), Reject> {
        match own {
            Own::Begin(versioned) if self.settings.is_none() => {
                let before = Settings { members: Vec::new(), ..versioned.settings.clone() };
                self.settings = Some(versioned);
                self.settings_changed(now, &before);
                Ok(())
            }
            Own::Begin(_) => Ok(()),
            Own::Change(change) => {
                let Some(present) = &self.settings else { return Err(Reject(Code::NotFound)) };
                if present.version != change.version {
                    return Err(Reject(Code::VersionConflict));
                }
                if !change.settings.errors().is_empty() {
                    return Err(Reject(Code::InvalidFields));
                }
                let before = present.settings.clone();
                let version = present.version + 1;
                self.settings = Some(Versioned { version, settings: change.settings });
                self.settings_changed(now, &before);
                self.push_settings();
                Ok(())
            }
        }
    }

    /// Stores new settings, tells those who joined or left, and applies them to what waits.
    fn settings_changed(&mut self, now: Timestamp, before: &Settings) {
        let Some(versioned) = self.settings.clone() else { return };
        self.persist(Record::Settings(versioned.clone()));
        let members: BTreeSet<_> = versioned.settings.members.iter().cloned().collect();
        let formerly: BTreeSet<_> = before.members.iter().cloned().collect();
        for operator in members.symmetric_difference(&formerly) {
            let note = Note::Member { channel: self.channel.clone(), member: members.contains(operator) };
            self.tell_operator(operator, note);
        }
        for operator in formerly.difference(&members) {
            self.removed(now, operator);
        }
        self.rank_members();
        self.place_all(now);
    }

    /// Open sessions live by the new settings at once; the directory's copy follows.
    fn push_settings(&mut self) {
        let Some(note) = self.settings_note() else { return };
        let open: Vec<_> = self.sessions.keys().cloned().collect();
        for session in &open {
            self.tell_conversation(session, note.clone());
        }
        self.effects.push_back(Effect::Tell { to: Address::Directory, topic: Topic::Standing, note });
    }

    fn settings_note(&self) -> Option<Note> {
        let Versioned { version, settings } = self.settings.clone()?;
        Some(Note::Settings { channel: self.channel.clone(), version, settings: Box::new(settings) })
    }

    fn note(&mut self, now: Timestamp, from: &Address, note: Note) -> Result<(), Reject> {
        match note {
            Note::Arrived { session, since, settings } => self.arrived(now, session, since, settings),
            Note::Ended { session } => self.ended(now, &session),
            Note::Accept { session, epoch, operator } => self.accept(now, from, &session, epoch, &operator),
            Note::Skip { session, epoch, operator } => self.skip(now, from, &session, epoch, &operator),
            Note::Presence { operator, online, available } => self.presence(now, operator, online, available),
            Note::Waiting { .. }
            | Note::Offered { .. }
            | Note::Assigned { .. }
            | Note::Refused { .. }
            | Note::Member { .. }
            | Note::Settings { .. }
            | Note::Row(_)
            | Note::Gone { .. } => return Err(Reject(Code::UnknownFrame)),
        }
        Ok(())
    }

    fn persist(&mut self, record: Record) {
        self.effects.push_back(Effect::Persist(record));
    }

    fn tell_conversation(&mut self, session: &SessionId, note: Note) {
        let to = Address::Conversation(session.conversation.clone());
        self.effects.push_back(Effect::Tell { to, topic: Topic::Session(session.clone()), note });
    }

    fn tell_operator(&mut self, operator: &OperatorId, note: Note) {
        let to = Address::Operator(operator.clone());
        self.effects.push_back(Effect::Tell { to, topic: Topic::Standing, note });
    }

    fn mention_place(&mut self, session: SessionId, place: u32) {
        let to = Address::Conversation(session.conversation.clone());
        self.effects.push_back(Effect::Mention { to, hint: Hint::Place { session, place } });
    }
}

impl Core for Desk {
    type Who = Nothing;
    type Incoming = Nothing;
    type Outgoing = Nothing;
    type Query = Infallible;
    type Own = Own;
    type Record = Record;

    fn handle(&mut self, now: Timestamp, input: Input<Self>) -> Result<(), Reject> {
        match input {
            Input::Note { from, note } => self.note(now, &from, note)?,
            Input::Own(own) => self.own(now, own)?,
            Input::Timeout => self.timeout(now),
            Input::Connected { .. }
            | Input::Gone { .. }
            | Input::Frame { .. }
            | Input::BadFrame { .. }
            | Input::Hint(_) => {}
        }
        self.tell_places();
        Ok(())
    }

    fn poll_effect(&mut self) -> Option<Effect<Self>> {
        self.effects.pop_front()
    }

    fn poll_timeout(&self) -> Option<Timestamp> {
        self.timers.first().map(|(at, _)| *at)
    }

    fn refusal(frame: &Nothing, _code: Code) -> Nothing {
        match *frame {}
    }
}

/// A desk has no sockets.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub enum Nothing {}

impl crate::wire::Frame for Nothing {
    const NAMES: &'static [&'static str] = &[];
}
