//! The core of an operator: their tabs, presence and inbox. It decides nothing about routing: it says who is there, passes
//! wishes on to the desks, and shows what the conversations tell.

mod record;
#[cfg(test)]
mod tests;

pub use record::{Presence, Record};

use crate::core::{Bucket, Core, Effect, Input};
use crate::id::{ChannelId, ConversationId, OperatorId, Socket};
use crate::limits;
use crate::note::{Address, Face, Hint, Note, Topic};
use crate::reject::{Code, Reject};
use crate::time::{Millis, Timestamp};
use crate::wire::{self, Clock, FromInbox, InboxRow, ToInbox};
use core::convert::Infallible;
use std::collections::{BTreeMap, VecDeque};

/// How long an operator counts as online after the last tab is gone: a reload or a short loss does not count.
pub const OFFLINE_AFTER: Millis = Millis::seconds(15);

#[derive(Debug)]
struct Tab {
    welcomed: bool,
    bucket: Option<Bucket>,
    strikes: u32,
}

/// The core of an operator.
#[derive(Debug)]
pub struct Operator {
    id: OperatorId,
    rate: u32,
    presence: Presence,
    rows: BTreeMap<ConversationId, InboxRow>,
    tabs: BTreeMap<Socket, Tab>,
    effects: VecDeque<Effect<Self>>,
}

/// Who opens a tab: the person themselves, under their present name.
pub type Name = String;

impl Operator {
    /// An operator with what the store held. `rate` is how fast the worker's clock runs.
    pub fn restore(id: OperatorId, rate: u32, records: impl IntoIterator<Item = Record>) -> Self {
        let mut core = Self {
            id,
            rate,
            presence: Presence::default(),
            rows: BTreeMap::new(),
            tabs: BTreeMap::new(),
            effects: VecDeque::new(),
        };
        for record in records {
            match record {
                Record::Presence(presence) => core.presence = presence,
                Record::Row(row) => {
                    core.rows.insert(row.session.conversation.clone(), row);
                }
                Record::Forgotten(_) => {}
            }
        }
        core
    }

    /// The inbox.
    pub fn rows(&self) -> impl Iterator<Item = &InboxRow> {
        self.rows.values()
    }

    /// The presence.
    pub const fn presence(&self) -> &Presence {
        &self.presence
    }

    fn connected(&mut self, socket: Socket, name: Name, resumed: bool) {
        if self.tabs.len() >= limits::INBOX_SOCKETS_MAX {
            self.effects.push_back(Effect::Close { socket, code: wire::close::TOO_MANY });
            return;
        }
        self.tabs.insert(socket, Tab { welcomed: resumed, bucket: None, strikes: 0 });
        let came = !self.presence.online || self.presence.name != name;
        let stays = self.presence.offline_at.is_some();
        if came || stays {
            self.presence.online = true;
            self.presence.offline_at = None;
            self.presence.name = name;
            self.persist_presence();
        }
        if came {
            self.tell_presence();
        }
    }

    fn gone(&mut self, now: Timestamp, socket: Socket) {
        self.tabs.remove(&socket);
        self.notice_absence(now);
    }

    /// With the last tab the time begins after which the operator is offline.
    fn notice_absence(&mut self, now: Timestamp) {
        if self.tabs.is_empty() && self.presence.online && self.presence.offline_at.is_none() {
            self.presence.offline_at = Some(now + OFFLINE_AFTER);
            self.persist_presence();
        }
    }

    fn timeout(&mut self, now: Timestamp) {
        // After a crash nobody said that the tabs are gone.
        self.notice_absence(now);
        if self.presence.offline_at.is_some_and(|at| at <= now) {
            self.presence.offline_at = None;
            self.presence.online = false;
            self.persist_presence();
            self.tell_presence();
        }
    }

    fn frame(&mut self, now: Timestamp, socket: Socket, frame: ToInbox) -> Result<(), Reject> {
        let Some(tab) = self.tabs.get_mut(&socket) else { return Ok(()) };
        if !tab.bucket.get_or_insert_with(|| Bucket::full(now, limits::FRAMES)).take(now) {
            return Err(Reject(Code::TooFast));
        }
        if tab.welcomed == matches!(frame, ToInbox::Hello { .. }) {
            return Err(Reject(Code::HelloExpected));
        }
        match frame {
            ToInbox::Hello { v } if v == 0 || v > wire::VERSION => Err(Reject(Code::UnsupportedVersion)),
            ToInbox::Hello { .. } => {
                tab.welcomed = true;
                self.welcome(now, socket);
                Ok(())
            }
            ToInbox::Presence { available } => {
                self.switch(available, false);
                Ok(())
            }
            ToInbox::Accept { session, epoch } => {
                let note = Note::Accept { session: session.clone(), epoch, operator: self.id.clone() };
                self.wish(&session.conversation, epoch, note)
            }
            ToInbox::Skip { session, epoch } => {
                let note = Note::Skip { session: session.clone(), epoch, operator: self.id.clone() };
                self.wish(&session.conversation, epoch, note)
            }
        }
    }

    fn welcome(&mut self, now: Timestamp, socket: Socket) {
        let frame = FromInbox::Welcome {
            v: wire::VERSION,
            clock: Clock { now, rate: self.rate },
            operator: self.id.clone(),
            available: self.presence.available,
            missed: self.presence.missed,
            rows: self.rows.values().cloned().collect(),
        };
        self.effects.push_back(Effect::Send { to: socket, frame });
    }

    /// `missed`: not the person themselves, but a desk whose offers they let pass.
    fn switch(&mut self, available: bool, missed: bool) {
        if self.presence.available != available || self.presence.missed != missed {
            self.presence.available = available;
            self.presence.missed = missed;
            self.persist_presence();
            self.tell_presence();
        }
        self.send_all(&FromInbox::Presence { available, missed });
    }

    /// Passes a wish about an offer on to the desk, which decides.
    fn wish(
        &mut self,
        conversation: &ConversationId,
        epoch: crate::id::Epoch,
        note: Note,
    ) -> Result<(), Reject> {
        let row = self.rows.get(conversation).ok_or(Reject(Code::OfferGone))?;
        if row.epoch != epoch || !row.state.is_offer() {
            return Err(Reject(Code::OfferGone));
        }
        let to = Address::Desk(row.channel.clone());
        self.effects.push_back(Effect::Tell { to, topic: Topic::Standing, note });
        Ok(())
    }

    fn note(&mut self, topic: &Topic, note: Note) -> Result<(), Reject> {
        match note {
            Note::Row(row) => self.row(row),
            Note::Gone { session, epoch, reason, last } => {
                let known = self.rows.get(&session.conversation);
                if known.is_some_and(|row| row.session == session && row.epoch <= epoch) {
                    self.rows.remove(&session.conversation);
                    self.persist(Record::Forgotten(session.conversation.clone()));
                    self.send_all(&FromInbox::Gone { conversation: session.conversation, reason });
                }
                if last {
                    self.effects.push_back(Effect::EndTopic(topic.clone()));
                }
            }
            Note::Refused { session, code, .. } => {
                self.send_all(&FromInbox::Reject { session: Some(session), code });
            }
            Note::Member { channel, member } => self.member(channel, member),
            Note::Break { .. } => self.switch(false, true),
            _ => return Err(Reject(Code::UnknownFrame)),
        }
        Ok(())
    }

    /// The books of two sessions, and of two runs of one, are apart: what is said of the former may come after the word of
    /// the next.
    fn row(&mut self, row: InboxRow) {
        let age = |row: &InboxRow| (row.session.number, row.epoch);
        if self.rows.get(&row.session.conversation).is_none_or(|known| age(known) <= age(&row)) {
            self.show(row);
        }
    }

    fn show(&mut self, row: InboxRow) {
        self.rows.insert(row.session.conversation.clone(), row.clone());
        self.persist(Record::Row(row.clone()));
        self.send_all(&FromInbox::Row(row));
    }

    /// A hint may be late: it counts only for a row that is still there, in the same ownership, with an older message, and
    /// says nothing of where the session stands.
    fn hint(&mut self, hint: Hint) {
        let Hint::Row(InboxRow { session, epoch, preview, at, unread, name, .. }) = hint else { return };
        let Some(known) = self.rows.get(&session.conversation) else { return };
        let row = InboxRow { preview, at, unread, name, ..known.clone() };
        if known.session == session && known.epoch == epoch && known.at <= at && *known != row {
            self.show(row);
        }
    }

    fn member(&mut self, channel: ChannelId, member: bool) {
        if member {
            self.presence.channels.insert(channel.clone());
            self.tell_presence_to(channel);
        } else {
            self.presence.channels.remove(&channel);
        }
        self.persist_presence();
    }

    fn bad_frame(&mut self, socket: Socket, code: Code) {
        let Some(tab) = self.tabs.get_mut(&socket) else { return };
        tab.strikes = tab.strikes.saturating_add(1);
        let too_often = tab.strikes >= 20;
        self.effects.push_back(Effect::Send { to: socket, frame: FromInbox::Reject { session: None, code } });
        if too_often {
            self.tabs.remove(&socket);
            self.effects.push_back(Effect::Close { socket, code: wire::close::BAD_CLIENT });
        }
    }

    fn tell_presence(&mut self) {
        for channel in self.presence.channels.clone() {
            self.tell_presence_to(channel);
        }
    }

    fn tell_presence_to(&mut self, channel: ChannelId) {
        let operator = Face { id: self.id.clone(), name: self.presence.name.clone() };
        let Presence { online, available, .. } = self.presence;
        let note = Note::Presence { operator, online, available };
        self.effects.push_back(Effect::Tell { to: Address::Desk(channel), topic: Topic::Standing, note });
    }

    fn persist(&mut self, record: Record) {
        self.effects.push_back(Effect::Persist(record));
    }

    fn persist_presence(&mut self) {
        self.persist(Record::Presence(self.presence.clone()));
    }

    fn send_all(&mut self, frame: &FromInbox) {
        for (socket, tab) in &self.tabs {
            if tab.welcomed {
                self.effects.push_back(Effect::Send { to: *socket, frame: frame.clone() });
            }
        }
    }
}

impl Core for Operator {
    type Who = Name;
    type Incoming = ToInbox;
    type Outgoing = FromInbox;
    type Query = Infallible;
    type Own = Infallible;
    type Record = Record;

    fn handle(&mut self, now: Timestamp, input: Input<Self>) -> Result<(), Reject> {
        match input {
            Input::Connected { socket, who, resumed } => self.connected(socket, who, resumed),
            Input::Gone { socket } => self.gone(now, socket),
            Input::Frame { socket, frame } => return self.frame(now, socket, frame),
            Input::BadFrame { socket, code } => self.bad_frame(socket, code),
            Input::Note { topic, note, .. } => return self.note(&topic, note),
            Input::Hint(hint) => self.hint(hint),
            Input::Own(own) => match own {},
            Input::Timeout => self.timeout(now),
        }
        Ok(())
    }

    fn poll_effect(&mut self) -> Option<Effect<Self>> {
        self.effects.pop_front()
    }

    fn poll_timeout(&self) -> Option<Timestamp> {
        self.presence.offline_at
    }

    fn refusal(&self, _now: Timestamp, frame: &ToInbox, code: Code) -> FromInbox {
        let session = match frame {
            ToInbox::Accept { session, .. } | ToInbox::Skip { session, .. } => Some(session.clone()),
            ToInbox::Hello { .. } | ToInbox::Presence { .. } => None,
        };
        FromInbox::Reject { session, code }
    }
}
