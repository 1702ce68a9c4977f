//! The core of a desk: one channel's settings, waiting line, offers and owners.
//!
//! Ownership changes only here. Each change has an epoch, and travels to the conversation, which tells the operators. The
//! desk never sees a message's text.
//!
//! Every event ends in [`Desk::settle`]: what can be placed is placed, and who has to know is told.

mod everyone;
mod flood;
mod index;
mod look;
mod moves;
mod place;
mod presence;
mod record;
mod settings;
mod tell;
#[cfg(test)]
mod tests;
mod wishes;

pub use presence::OWNER_GRACE;
pub use record::{Heard, Place, Record, Seat, SessionRow, Versioned};
pub use tell::TOLD_EVERY;

use crate::core::{Core, Effect, Input};
use crate::id::{ChannelId, ConversationId, OperatorId, SessionId};
use crate::note::{Address, Face, Hint, Note, Topic};
use crate::reject::{Code, Reject};
use crate::settings::Settings;
use crate::time::{Timestamp, earliest};
use core::convert::Infallible;
use index::Index;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use tell::Told;

/// Inputs of desks alone. `people` are the names of members, as the directory has them.
#[derive(Clone, Debug)]
pub enum Own {
    /// The settings that the directory has, for a desk that has none yet.
    Begin {
        /// The settings.
        settings: Versioned,
        /// The members' names.
        people: Vec<Face>,
    },
    /// An administrator replaces the settings. Refused with [`Code::VersionConflict`] if somebody else did since
    /// `version` was read, and with [`Code::InvalidFields`] if they are out of range.
    Change {
        /// The settings, and the version that they replace.
        settings: Versioned,
        /// The members' names.
        people: Vec<Face>,
    },
}

/// The core of a desk.
#[derive(Debug)]
pub struct Desk {
    channel: ChannelId,
    settings: Option<Versioned>,
    seats: BTreeMap<OperatorId, Seat>,
    sessions: BTreeMap<SessionId, SessionRow>,
    watchers: BTreeMap<ConversationId, Timestamp>,
    index: Index,
    told: Told,
    flood: flood::Flood,
    /// Sessions whose rows are to be stored at the end of this event.
    changed: BTreeSet<SessionId>,
    /// Sessions that came into the line in this event.
    entered: BTreeSet<SessionId>,
    effects: VecDeque<Effect<Self>>,
}

impl Desk {
    /// A desk with what its store held.
    pub fn restore(channel: ChannelId, records: impl IntoIterator<Item = Record>) -> Self {
        let mut desk = Self {
            channel,
            settings: None,
            seats: BTreeMap::new(),
            sessions: BTreeMap::new(),
            watchers: BTreeMap::new(),
            index: Index::default(),
            told: Told::default(),
            flood: flood::Flood::default(),
            changed: BTreeSet::new(),
            entered: BTreeSet::new(),
            effects: VecDeque::new(),
        };
        for record in records {
            match record {
                Record::Settings(versioned) => desk.settings = Some(*versioned),
                Record::Seat(seat) => {
                    desk.seats.insert(seat.face.id.clone(), seat);
                }
                Record::Session(row) => {
                    desk.sessions.insert(row.session.clone(), row);
                }
                Record::Watcher(conversation, until) => {
                    desk.watchers.insert(conversation, until);
                }
                Record::Heard(heard) => desk.told.heard = heard,
                Record::SeatGone(_) | Record::Forgotten(_) | Record::WatcherGone(_) => {}
            }
        }
        desk.reindex();
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

    /// How many sessions count against an operator.
    pub fn load(&self, operator: &OperatorId) -> u32 {
        self.index.load(operator)
    }

    /// What the desk knows of an operator.
    pub fn seat(&self, operator: &OperatorId) -> Option<&Seat> {
        self.seats.get(operator)
    }

    /// All of whom the desk knows: the members, and guests who have something of it.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.seats.values()
    }

    /// Whether somebody could take a session now.
    pub fn is_available(&self) -> bool {
        !self.index.ready.is_empty()
    }

    fn rules(&self) -> Option<&Settings> {
        self.settings.as_ref().map(|versioned| &versioned.settings)
    }

    fn note(&mut self, now: Timestamp, from: &Address, topic: &Topic, note: Note) -> Result<(), Reject> {
        if self.is_stray(topic, &note) {
            // It crossed the end of the session on its way, and has opened the books again.
            self.effects.push_back(Effect::EndTopic(topic.clone()));
            return Ok(());
        }
        match note {
            Note::Arrived(arrival) => self.arrived(now, *arrival),
            Note::Ended { session, missed } => self.ended(&session, missed),
            Note::Standing { session, epoch, standing } => self.stands(now, &session, epoch, standing),
            Note::Abandoned { session, epoch } => self.abandoned(now, &session, epoch),
            Note::Unanswered { session, epoch } => self.unanswered(now, &session, epoch),
            Note::Transfer { session, epoch, by, to } => self.transfer(now, &session, epoch, &by, to),
            Note::Intercept { session, epoch, by } => self.intercept(now, &session, epoch, by),
            Note::Pinned { session, epoch, on } => self.pinned(&session, epoch, on),
            Note::Accept { session, epoch, operator } => self.accept(now, from, &session, epoch, &operator),
            Note::Skip { session, epoch, operator } => self.skip(now, from, &session, epoch, &operator),
            Note::Presence { operator, online, available } => self.presence(now, operator, online, available),
            Note::Waiting { .. }
            | Note::Explained { .. }
            | Note::Offered { .. }
            | Note::Shown { .. }
            | Note::Assigned { .. }
            | Note::Away { .. }
            | Note::Missed { .. }
            | Note::Released { .. }
            | Note::NoChannel { .. }
            | Note::Refused { .. }
            | Note::Settings { .. }
            | Note::Discard { .. }
            | Note::Member { .. }
            | Note::Break { .. }
            | Note::Row(_)
            | Note::Gone { .. } => return Err(Reject(Code::UnknownFrame)),
        }
        Ok(())
    }

    /// Whether a conversation speaks of a session that this desk has no more, or has for another time.
    fn is_stray(&self, topic: &Topic, note: &Note) -> bool {
        let session = match topic {
            Topic::Standing => return false,
            Topic::Session(session) | Topic::Again(session, _) => session,
        };
        let known = self.sessions.get(session).map(SessionRow::topic);
        !matches!(note, Note::Arrived(_)) && known.as_ref() != Some(topic)
    }

    fn timeout(&mut self, now: Timestamp) {
        while let Some(timer) = self.index.due(now) {
            match timer {
                index::Timer::OfferEnds(session) => self.offer_ends(now, &session),
                index::Timer::RoundEnds(session) => self.round_ends(&session),
                index::Timer::GivesUp(session) => self.miss(&session),
                index::Timer::Grace(operator) => self.grace_ends(&operator),
            }
        }
    }

    /// What can be placed is placed, and who has to know is told: nobody waits longer than one decision.
    fn settle(&mut self, now: Timestamp) {
        self.place_all(now);
        self.show_to_everyone(now);
        self.explain_waiting(now);
        self.dismiss_guests();
        self.tell_places(now);
        self.tell_availability(now);
        self.store_sessions();
    }

    fn persist(&mut self, record: Record) {
        self.effects.push_back(Effect::Persist(record));
    }

    /// Tells the conversation of a session that this desk has.
    fn tell_conversation(&mut self, session: &SessionId, note: Note) {
        let Some(topic) = self.sessions.get(session).map(SessionRow::topic) else { return };
        let to = Address::Conversation(session.conversation.clone());
        self.effects.push_back(Effect::Tell { to, topic, note });
    }

    fn tell_operator(&mut self, operator: &OperatorId, note: Note) {
        let to = Address::Operator(operator.clone());
        self.effects.push_back(Effect::Tell { to, topic: Topic::Standing, note });
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
            Input::Note { from, topic, note } => self.note(now, &from, &topic, note)?,
            Input::Own(own) => self.own(now, own)?,
            Input::Timeout => self.timeout(now),
            Input::Hint(Hint::Watch { conversation, on }) => self.watch(now, conversation, on),
            Input::Hint(Hint::Place { .. } | Hint::Available { .. } | Hint::Row(_))
            | Input::Connected { .. }
            | Input::Gone { .. }
            | Input::Frame { .. }
            | Input::BadFrame { .. } => {}
        }
        self.settle(now);
        Ok(())
    }

    fn poll_effect(&mut self) -> Option<Effect<Self>> {
        self.effects.pop_front()
    }

    fn poll_timeout(&self) -> Option<Timestamp> {
        earliest(self.index.next_timer(), self.told.due())
    }

    fn refusal(&self, _now: Timestamp, frame: &Nothing, _code: Code) -> Nothing {
        match *frame {}
    }
}

/// A desk has no sockets.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub enum Nothing {}

impl crate::wire::Frame for Nothing {
    const NAMES: &'static [&'static str] = &[];
}
