//! The core of a conversation: what is said, by whom, and when a session opens and ends.
//!
//! It never picks an operator: it tells the desk that a session arrived, and obeys what the desk says about offers and
//! owners. It holds no log, only the counters and the tail that it needs; the log is read from the store.

mod automatic;
mod desk;
mod end;
mod files;
mod form;
mod identity;
mod messages;
mod obey;
mod rate;
mod readers;
mod record;
mod rows;
mod schedule;
mod session;
#[cfg(test)]
mod tests;
mod timers;
mod told;
mod views;
mod wishes;

pub use files::Upload;
pub use record::{ENTRY_END, ENTRY_PREFIX, Head, Record, Rules, StoredEntry, entry_key};
pub use session::{Form, Kind, Offer, Phase, Session, Silence, Spot, TRANSITIONS};
pub use told::{Own, Query, Who};

use crate::api::Role;
use crate::core::{Bucket, Core, Effect, Input};
use crate::id::{ChannelId, ConversationId, MessageId, OperatorId, Seq, Socket};
use crate::limits;
use crate::note::{Face, Hint};
use crate::rating::{Close, Rating};
use crate::reject::{Code, Reject};
use crate::settings::Settings;
use crate::time::Timestamp;
use crate::verified::Identity;
use crate::wire::{Body, Ending, Event, FromConversation, GoneReason, MoveReason, Side, ToConversation};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

#[derive(Debug)]
struct Reader {
    who: Who,
    /// Whether a visitor came with a token to the conversation of their secret.
    signed_in: bool,
    welcomed: bool,
    bucket: Option<Bucket>,
    strikes: u32,
}

/// A message that its writer may send only if the desk lets them take the session.
#[derive(Debug)]
struct Held {
    author: Face,
    draft: messages::Draft,
}

/// What the core remembers of the log.
#[derive(Debug, Default)]
struct Tail {
    ids: VecDeque<(MessageId, Seq, Timestamp)>,
    /// From whom the session has moved on, and why, since something else was written.
    moved: BTreeSet<(MoveReason, String)>,
    last: Seq,
    last_visible: Seq,
    preview: String,
    preview_at: Timestamp,
    /// The visitor's messages since an operator read or wrote.
    unread: u32,
}

/// The core of a conversation.
#[derive(Debug)]
pub struct Conversation {
    id: ConversationId,
    head: Option<Head>,
    rules: Option<Rules>,
    /// Those of the channel that the session was transferred to.
    away: Option<Rules>,
    schedule: schedule::Schedule,
    rate: u32,
    visitor: Visitor,
    session: Option<Session>,
    ratings: BTreeMap<u32, Rating>,
    responsible: Option<Face>,
    identity: Identity,
    tail: Tail,
    held: Vec<Held>,
    uploads: BTreeMap<MessageId, Upload>,
    /// How much the visitor may still write at once, in all windows.
    writes: Option<Bucket>,
    readers: BTreeMap<Socket, Reader>,
    read_by_visitor: Seq,
    read_by_operator: Seq,
    /// A place in the line that came before the word that the session waits, and when.
    early: Option<(Timestamp, Spot)>,
    changes: Changes,
    effects: VecDeque<Effect<Self>>,
}

/// What the present connection said of the visitor, and what they were told.
#[derive(Debug, Default)]
struct Visitor {
    locale: String,
    zone: String,
    plain: Option<bool>,
    /// Whether their client draws forms that are described to it.
    forms: Option<bool>,
    /// Until when the channel takes no new sessions.
    paused_until: Timestamp,
    /// Whether somebody could take a session, as the desk last said.
    available: Option<bool>,
    /// When it last said so.
    heard_at: Option<Timestamp>,
    /// When the desk has to hear that the visitor still looks on.
    watch_due: Option<Timestamp>,
    /// When it was told that they do not.
    left_at: Option<Timestamp>,
}

/// What an event has changed, until its end: it is stored, shown and told once.
#[derive(Debug, Default)]
struct Changes {
    /// The session has to be stored.
    session: bool,
    /// Readers have to be shown it.
    view: bool,
    /// The inboxes have to be told.
    rows: bool,
    /// Only what the rows show has changed.
    preview: bool,
    /// The form that the visitor sees.
    form: bool,
    /// Why those lose their rows who do.
    gone: BTreeMap<OperatorId, GoneReason>,
    gone_else: Option<GoneReason>,
    /// To whom the session is shown from now on.
    shown: Told,
}

impl Conversation {
    /// A conversation with what its store held: all records but the entries, and the last [`limits::TAIL_MAX`] entries in
    /// order. `rate` is how fast the worker's clock runs.
    pub fn restore(id: ConversationId, rate: u32, records: impl IntoIterator<Item = Record>) -> Self {
        let mut core = Self {
            id,
            head: None,
            rules: None,
            away: None,
            schedule: schedule::Schedule::default(),
            rate,
            visitor: Visitor::default(),
            session: None,
            ratings: BTreeMap::new(),
            responsible: None,
            identity: Identity::default(),
            tail: Tail::default(),
            held: Vec::new(),
            uploads: BTreeMap::new(),
            writes: None,
            readers: BTreeMap::new(),
            read_by_visitor: Seq(0),
            read_by_operator: Seq(0),
            early: None,
            changes: Changes::default(),
            effects: VecDeque::new(),
        };
        for record in records {
            match record {
                Record::Head(head) => core.head = Some(head),
                Record::Rules(rules) => core.rules = Some(rules),
                Record::Away(rules) => core.away = rules,
                Record::Session(session) => core.session = Some(session),
                Record::Rating(number, rating) => {
                    core.ratings.extend(rating.map(|rating| (number, rating)));
                }
                Record::Entry(entry) => core.tail.add(&entry),
                Record::Upload(id, upload) => core.uploads.extend(upload.map(|upload| (id, upload))),
            }
        }
        core.read_first_version();
        core.responsible = core.head.as_ref().and_then(|head| head.responsible.clone());
        core.identity = core.head.as_ref().map(|head| head.identity.clone()).unwrap_or_default();
        core
    }

    /// The first version kept the rating within the session, and no record of it while there was none.
    fn read_first_version(&mut self) {
        let Some(session) = &mut self.session else { return };
        let Phase::Ended { at, owner: Some(owner), by, rating } = &mut session.phase else { return };
        if *by == Ending::Spam {
            return;
        }
        let (at, owner, given) = (*at, owner.clone(), rating.take());
        self.ratings.entry(session.number).or_insert_with(|| Rating {
            asked_at: Some(at),
            close: Some(Close { at, owner }),
            given,
            review: None,
        });
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
        self.present_rules().is_some_and(|rules| rules.settings.active)
    }

    /// The settings that the last session lives by: of its own channel, or of the one it was transferred to.
    pub fn present_rules(&self) -> Option<&Rules> {
        self.away.as_ref().or(self.rules.as_ref())
    }

    /// The ratings of the last sessions, by their numbers.
    pub const fn ratings(&self) -> &BTreeMap<u32, Rating> {
        &self.ratings
    }

    /// The last session.
    pub const fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Whether `operator` may read this conversation: it was offered to them once, or they supervise.
    pub fn may_read(&self, operator: &OperatorId, role: Role) -> bool {
        role >= Role::Supervisor || self.head.as_ref().is_some_and(|head| head.told.contains(operator))
    }

    fn own(&mut self, now: Timestamp, own: Own) -> Result<(), Reject> {
        match own {
            Own::Stored { id, kind } => return self.stored(&id, kind),
            Own::Rules { channel, version, settings } => self.learn_rules(now, channel, version, *settings),
            Own::Hours(hours) => self.learn_hours(now, hours),
            Own::Responsible(face) => self.learn_responsible(face),
            Own::Verified(who) => self.learn_verified(who),
            Own::Linked(other) => self.learn_linked(other),
            Own::Paused(until) => self.visitor.paused_until = until,
        }
        Ok(())
    }

    /// Settings come from the directory when somebody connects, and from the desk that has the session.
    fn learn_rules(&mut self, now: Timestamp, channel: ChannelId, version: u64, settings: Settings) {
        let rules = Rules { channel, version, settings };
        let home = self.rules.as_ref().is_none_or(|known| known.channel == rules.channel);
        let known = if home { &self.rules } else { &self.away };
        let older = known
            .as_ref()
            .is_some_and(|known| known.channel == rules.channel && known.version >= rules.version);
        let elsewhere =
            !home && self.open_session().and_then(|session| session.channel.as_ref()) != Some(&rules.channel);
        if older || elsewhere {
            return;
        }
        if home {
            if self.head.is_some() {
                self.persist(Record::Rules(rules.clone()));
            }
            self.rules = Some(rules);
        } else {
            self.persist(Record::Away(Some(rules.clone())));
            self.away = Some(rules);
        }
        if !home || self.away.is_none() {
            self.rules_changed(now);
        }
    }

    /// What follows from other settings.
    fn rules_changed(&mut self, now: Timestamp) {
        let scheduled =
            self.present_rules().is_some_and(|rules| rules.settings.working_hours.schedule.is_some());
        self.forget_hours(now, scheduled);
        self.tell_standing();
        self.changes.view = true;
        self.changes.form = true;
    }

    fn learn_responsible(&mut self, face: Option<Face>) {
        self.responsible.clone_from(&face);
        if let Some(head) = self.head.as_mut().filter(|head| head.responsible != face) {
            head.responsible = face;
            let head = head.clone();
            self.persist(Record::Head(head));
        }
    }

    fn hint(&mut self, now: Timestamp, hint: Hint) {
        match hint {
            Hint::Place { session, place, beyond, wait } => {
                self.place(now, &session, Spot { place, beyond, wait });
            }
            Hint::Available { channel, now: available } => self.learn_available(now, &channel, available),
            Hint::Watch { .. } | Hint::Row(_) => {}
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

    fn settings(&self) -> Result<&Settings, Reject> {
        self.present_rules().map(|rules| &rules.settings).ok_or(Reject(Code::NotFound))
    }

    /// The end of an event: what it changed is stored, shown and told, each once.
    fn flush(&mut self, now: Timestamp) {
        let changes = core::mem::take(&mut self.changes);
        let Changes { session, view, rows, preview, form, .. } = changes;
        if rows {
            self.tell_rows(&changes);
        } else if preview {
            self.mention_rows();
        }
        if let Some(changed) = self.session.as_ref().filter(|_| session || rows) {
            self.persist(Record::Session(changed.clone()));
        }
        if view {
            self.show_session(now);
        }
        if form {
            self.show_form();
        }
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
            Input::Gone { socket } => self.gone(now, socket),
            Input::Frame { socket, frame } => self.frame(now, socket, frame)?,
            Input::BadFrame { socket, code } => self.bad_frame(socket, code),
            Input::Note { topic, note, .. } => self.note(now, &topic, note)?,
            Input::Hint(hint) => self.hint(now, hint),
            Input::Own(own) => self.own(now, own)?,
            Input::Timeout => self.timeout(now),
        }
        self.flush(now);
        Ok(())
    }

    fn poll_effect(&mut self) -> Option<Effect<Self>> {
        self.effects.pop_front()
    }

    fn poll_timeout(&self) -> Option<Timestamp> {
        self.next_timer()
    }

    fn refusal(&self, now: Timestamp, frame: &ToConversation, code: Code) -> FromConversation {
        let id = match frame {
            ToConversation::Send { id, .. }
            | ToConversation::Attach { id, .. }
            | ToConversation::Fetch { id } => Some(id.clone()),
            _ => None,
        };
        FromConversation::Reject { id, code, retry_after: self.retry_after(now, code) }
    }
}

impl Tail {
    fn add(&mut self, stored: &StoredEntry) {
        let entry = &stored.entry;
        self.last = entry.seq;
        // Of what came before the tail, its first entry tells.
        self.last_visible = if stored.is_visible_to(Side::Visitor) { entry.seq } else { stored.visitor_prev };
        if let Some(id) = &entry.id {
            self.ids.push_back((id.clone(), entry.seq, entry.at));
            if self.ids.len() > limits::TAIL_MAX {
                self.ids.pop_front();
            }
        }
        match &entry.body {
            Body::Event(Event::MovedOn { reason, name }) => {
                self.moved.insert((*reason, name.clone()));
            }
            Body::Text { .. } | Body::Note { .. } | Body::Event(_) => self.moved.clear(),
        }
        let Body::Text { text, .. } = &entry.body else { return };
        match entry.author {
            crate::wire::Author::Visitor => self.unread = self.unread.saturating_add(1),
            crate::wire::Author::Operator { .. } => self.unread = 0,
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
