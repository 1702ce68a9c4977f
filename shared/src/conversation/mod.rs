//! The core of a conversation: what is said, by whom, and when a session opens and ends.
//!
//! It never picks an operator: it tells the desk that a session arrived, and obeys what the desk says about offers and
//! owners. It holds no log, only the counters and the tail that it needs; the log is read from the store.

mod messages;
mod readers;
mod record;
mod schedule;
mod session;
#[cfg(test)]
mod tests;
mod views;

pub use record::{ENTRY_END, ENTRY_PREFIX, Head, Record, Rules, StoredEntry, entry_key};
pub use session::{Offer, Phase, Rated, Session};

use crate::api::Role;
use crate::core::{Bucket, Core, Effect, Input};
use crate::hours::Resolved;
use crate::id::{ChannelId, ConversationId, MessageId, OperatorId, Seq, Socket};
use crate::limits;
use crate::note::{Address, Face, Hint, Note, Topic};
use crate::reject::{Code, Reject};
use crate::settings::Settings;
use crate::time::Timestamp;
use crate::wire::{Body, FromConversation, Side, ToConversation};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Who is behind a socket of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The visitor whose conversation it is.
    Visitor,
    /// Somebody who is signed in.
    Operator {
        /// Who.
        face: Face,
        /// What they may do.
        role: Role,
    },
}

impl Who {
    const fn side(&self) -> Side {
        match self {
            Self::Visitor => Side::Visitor,
            Self::Operator { .. } => Side::Operator,
        }
    }
}

/// Inputs of conversations alone.
#[derive(Clone, Debug)]
pub enum Own {
    /// The channel's settings, as the directory has them: before the first visitor connects, and when they are newer.
    Rules {
        /// The channel.
        channel: ChannelId,
        /// The settings' version.
        version: u64,
        /// The settings.
        settings: Box<Settings>,
    },
    /// The channel's hours, resolved. Asked for by [`Conversation::wants_hours`].
    Hours(Resolved),
}

/// Stored entries that a socket wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    /// Those after a cursor: all, unless they are too many, then the last page.
    After {
        /// For which side.
        side: Side,
        /// The last entry that the reader holds.
        cursor: Seq,
    },
    /// The page before an entry.
    Before {
        /// For which side.
        side: Side,
        /// The first entry that the reader holds.
        before: Seq,
    },
}

#[derive(Debug)]
struct Reader {
    who: Who,
    welcomed: bool,
    bucket: Option<Bucket>,
    strikes: u32,
}

/// A message that its writer may send only if the desk lets them take the session.
#[derive(Debug)]
struct Held {
    author: Face,
    id: MessageId,
    text: String,
}

/// What the core remembers of the log.
#[derive(Debug, Default)]
struct Tail {
    ids: VecDeque<(MessageId, Seq, Timestamp)>,
    last: Seq,
    last_visible: Seq,
    preview: String,
    preview_at: Timestamp,
    /// Whether the visitor wrote last.
    awaiting: bool,
    /// The visitor's messages since an operator read or wrote.
    unread: u32,
}

/// The core of a conversation.
#[derive(Debug)]
pub struct Conversation {
    id: ConversationId,
    head: Option<Head>,
    rules: Option<Rules>,
    schedule: schedule::Schedule,
    rate: u32,
    visitor_locale: String,
    session: Option<Session>,
    tail: Tail,
    held: Vec<Held>,
    readers: BTreeMap<Socket, Reader>,
    read_by_visitor: Seq,
    read_by_operator: Seq,
    effects: VecDeque<Effect<Self>>,
}

impl Conversation {
    /// A conversation with what its store held: all records but the entries, and the last [`limits::TAIL_MAX`] entries in
    /// order. `rate` is how fast the worker's clock runs.
    pub fn restore(id: ConversationId, rate: u32, records: impl IntoIterator<Item = Record>) -> Self {
        let mut core = Self {
            id,
            head: None,
            rules: None,
            schedule: schedule::Schedule::default(),
            rate,
            visitor_locale: String::new(),
            session: None,
            tail: Tail::default(),
            held: Vec::new(),
            readers: BTreeMap::new(),
            read_by_visitor: Seq(0),
            read_by_operator: Seq(0),
            effects: VecDeque::new(),
        };
        for record in records {
            match record {
                Record::Head(head) => core.head = Some(head),
                Record::Rules(rules) => core.rules = Some(rules),
                Record::Session(session) => core.session = Some(session),
                Record::Entry(entry) => core.tail.add(&entry),
            }
        }
        core
    }

    /// Whether anything was ever said here.
    pub const fn exists(&self) -> bool {
        self.head.is_some()
    }

    /// The version of the settings that the core has; none before the first visitor.
    pub fn rules_version(&self) -> Option<u64> {
        self.rules.as_ref().map(|rules| rules.version)
    }

    /// Whether the channel takes messages.
    pub fn is_active(&self) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.settings.active)
    }

    /// The last session.
    pub const fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Whether `operator` may read this conversation: it was offered to them once, or they supervise.
    pub fn may_read(&self, operator: &OperatorId, role: Role) -> bool {
        role >= Role::Supervisor || self.head.as_ref().is_some_and(|head| head.told.contains(operator))
    }

    fn own(&mut self, now: Timestamp, own: Own) {
        match own {
            Own::Rules { channel, version, settings } => self.learn_rules(now, channel, version, *settings),
            Own::Hours(hours) => self.learn_hours(now, hours),
        }
    }

    fn learn_rules(&mut self, now: Timestamp, channel: ChannelId, version: u64, settings: Settings) {
        if self.rules.as_ref().is_some_and(|rules| rules.version >= version) {
            return;
        }
        let rules = Rules { channel, version, settings };
        if self.head.is_some() {
            self.persist(Record::Rules(rules.clone()));
        }
        let scheduled = rules.settings.hours.is_some();
        self.rules = Some(rules);
        self.forget_hours(now, scheduled);
    }

    fn note(&mut self, now: Timestamp, note: Note) -> Result<(), Reject> {
        if let Some(session) = note.from_desk_about().filter(|session| !self.is_open(session)) {
            // It crossed the end of the session on its way, and has opened the books again.
            self.effects.push_back(Effect::EndTopic(Topic::Session(session.clone())));
            return Ok(());
        }
        match note {
            Note::Waiting { session, epoch, moved } => self.waits(now, &session, epoch, moved),
            Note::Offered { session, epoch, to, since, until } => {
                self.offered(&session, epoch, Offer { to, since, until });
            }
            Note::Assigned { session, epoch, owner } => self.assigned(now, &session, epoch, owner),
            Note::Refused { operator, code, .. } => self.release_held(&operator, code),
            Note::Settings { channel, version, settings } => {
                self.learn_rules(now, channel, version, *settings)
            }
            Note::Arrived { .. }
            | Note::Ended { .. }
            | Note::Accept { .. }
            | Note::Skip { .. }
            | Note::Presence { .. }
            | Note::Member { .. }
            | Note::Row(_)
            | Note::Gone { .. } => return Err(Reject(Code::UnknownFrame)),
        }
        Ok(())
    }

    fn hint(&mut self, hint: &Hint) {
        if let Hint::Place { session, place } = hint {
            self.place(session, *place);
        }
    }

    fn persist(&mut self, record: Record) {
        self.effects.push_back(Effect::Persist(record));
    }

    fn send(&mut self, to: Socket, frame: FromConversation) {
        self.effects.push_back(Effect::Send { to, frame });
    }

    fn send_to(&mut self, chosen: impl Fn(&Who) -> bool, frame: &FromConversation) {
        for (socket, reader) in &self.readers {
            if reader.welcomed && chosen(&reader.who) {
                self.effects.push_back(Effect::Send { to: *socket, frame: frame.clone() });
            }
        }
    }

    fn desk(&self) -> Option<Address> {
        self.rules.as_ref().map(|rules| Address::Desk(rules.channel.clone()))
    }

    fn settings(&self) -> Result<&Settings, Reject> {
        self.rules.as_ref().map(|rules| &rules.settings).ok_or(Reject(Code::NotFound))
    }
}

impl Core for Conversation {
    type Who = Who;
    type Incoming = ToConversation;
    type Outgoing = FromConversation;
    type Query = Query;
    type Own = Own;
    type Record = Record;

    fn handle(&mut self, now: Timestamp, input: Input<Self>) -> Result<(), Reject> {
        match input {
            Input::Connected { socket, who, resumed } => self.connected(now, socket, who, resumed),
            Input::Gone { socket } => self.gone(socket),
            Input::Frame { socket, frame } => return self.frame(now, socket, frame),
            Input::BadFrame { socket, code } => self.bad_frame(socket, code),
            Input::Note { note, .. } => return self.note(now, note),
            Input::Hint(hint) => self.hint(&hint),
            Input::Own(own) => self.own(now, own),
            Input::Timeout => self.tell_hours_if_due(now),
        }
        Ok(())
    }

    fn poll_effect(&mut self) -> Option<Effect<Self>> {
        self.effects.pop_front()
    }

    fn poll_timeout(&self) -> Option<Timestamp> {
        self.next_hours_change()
    }

    fn refusal(frame: &ToConversation, code: Code) -> FromConversation {
        let id = match frame {
            ToConversation::Send { id, .. } => Some(id.clone()),
            _ => None,
        };
        FromConversation::Reject { id, code }
    }
}

impl Tail {
    fn add(&mut self, stored: &StoredEntry) {
        let entry = &stored.entry;
        self.last = entry.seq;
        if stored.is_visible_to(Side::Visitor) {
            self.last_visible = entry.seq;
        }
        if let Some(id) = &entry.id {
            self.ids.push_back((id.clone(), entry.seq, entry.at));
            if self.ids.len() > limits::TAIL_MAX {
                self.ids.pop_front();
            }
        }
        let Body::Text { text } = &entry.body else { return };
        match entry.author {
            crate::wire::Author::Visitor => {
                self.awaiting = true;
                self.unread = self.unread.saturating_add(1);
            }
            crate::wire::Author::Operator { .. } => {
                self.awaiting = false;
                self.unread = 0;
            }
            crate::wire::Author::Channel => return,
        }
        self.preview = crate::text::preview(text, limits::PREVIEW_CHARS_MAX);
        self.preview_at = entry.at;
    }

    fn find(&self, id: &MessageId) -> Option<(Seq, Timestamp)> {
        self.ids.iter().rev().find(|(known, ..)| known == id).map(|(_, seq, at)| (*seq, *at))
    }
}

/// The people to whom a session was ever offered.
pub(crate) type Told = BTreeSet<OperatorId>;
