//! Messages: who may send one, and how it is numbered.

use super::{Conversation, Held, Record, Session, Silence, StoredEntry, Who};
use crate::core::Bucket;
use crate::file::File;
use crate::id::{Epoch, MessageId, OperatorId, Seq, Socket};
use crate::limits;
use crate::note::{Face, Note};
use crate::reject::{Code, Reject};
use crate::text;
use crate::time::{Millis, Timestamp};
use crate::wire::{Author, Body, Entry, Event, FromConversation, Side};

/// A message that somebody wants to send.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) id: MessageId,
    pub(super) text: String,
    pub(super) note: bool,
    pub(super) epoch: Option<Epoch>,
    pub(super) file: Option<File>,
}

impl Conversation {
    pub(super) fn message(
        &mut self,
        now: Timestamp,
        socket: Socket,
        who: &Who,
        draft: Draft,
    ) -> Result<(), Reject> {
        if let Some((seq, at)) = self.tail.find(&draft.id) {
            self.send(socket, FromConversation::Ack { id: draft.id, seq, at });
            return Ok(());
        }
        if draft.text.chars().count() > limits::TEXT_CHARS_MAX {
            return Err(Reject(Code::TextTooLong));
        }
        if text::is_blank(&draft.text) {
            return Err(Reject(Code::EmptyText));
        }
        match who {
            Who::Visitor | Who::SignedIn if self.has_moved(socket) => Ok(()),
            Who::Visitor | Who::SignedIn => self.visitor_message(now, socket, draft),
            Who::Operator { .. } if draft.note && draft.file.is_some() => Err(Reject(Code::InvalidFields)),
            Who::Operator { face, .. } if draft.note => self.internal_note(now, socket, face, draft),
            Who::Operator { face, .. } => self.operator_message(now, socket, face, draft),
        }
    }

    fn visitor_message(&mut self, now: Timestamp, socket: Socket, draft: Draft) -> Result<(), Reject> {
        if self.rules.is_none() {
            return Err(Reject(Code::NotFound));
        }
        if !self.is_active() {
            return Err(Reject(Code::ChannelClosed));
        }
        if draft.file.is_none()
            && let Some((number, score)) = self.score_of(now, &draft.text)
        {
            self.visitor_says(now, socket, draft);
            self.rate(now, number, score, "")?;
            self.thank(now, score);
            return Ok(());
        }
        if self.form_view(now).bars() {
            return Err(Reject(Code::FormRequired));
        }
        let first = self.open_session().is_none();
        if first && now < self.visitor.paused_until {
            return Err(Reject(Code::Throttled));
        }
        if !self.writes.get_or_insert_with(|| Bucket::full(now, limits::MESSAGES)).take(now) {
            return Err(Reject(Code::TooFast));
        }
        if first {
            self.open(now);
        } else {
            self.resume(now);
        }
        self.visitor_says(now, socket, draft);
        self.visitor_waits(now);
        self.answer_by_itself(now, first);
        Ok(())
    }

    /// How long to wait before what was refused with `code` is tried again.
    pub(super) fn retry_after(&self, now: Timestamp, code: Code) -> Option<Millis> {
        match code {
            Code::Throttled => Some(self.visitor.paused_until.since(now)),
            Code::TooFast => self.writes.map(|bucket| bucket.opens_in(now)).filter(|wait| *wait > Millis(0)),
            _ => None,
        }
    }

    fn visitor_says(&mut self, now: Timestamp, socket: Socket, draft: Draft) {
        let seq = self.append(
            now,
            Some(draft.id.clone()),
            Author::Visitor,
            Body::Text { text: draft.text, file: draft.file },
        );
        self.send(socket, FromConversation::Ack { id: draft.id, seq, at: now });
    }

    /// The visitor waits for an answer from now on, if they did not already.
    fn visitor_waits(&mut self, now: Timestamp) {
        let Some(session) = &mut self.session else { return };
        let waited = session.awaiting_since.is_some();
        session.awaiting_since.get_or_insert(now);
        session.silence = None;
        self.changes.preview = true;
        if !waited {
            self.changes.session = true;
            self.changes.rows |= self.session.as_ref().is_some_and(|session| session.owner().is_some());
            self.tell_standing();
        }
        self.tell_if_abandoned();
    }

    fn internal_note(
        &mut self,
        now: Timestamp,
        socket: Socket,
        author: &Face,
        draft: Draft,
    ) -> Result<(), Reject> {
        if self.session.is_none() {
            return Err(Reject(Code::NoSession));
        }
        let author = Author::Operator { name: author.name.clone(), id: Some(author.id.clone()) };
        let seq = self.append(now, Some(draft.id.clone()), author, Body::Note { text: draft.text });
        self.send(socket, FromConversation::Ack { id: draft.id, seq, at: now });
        Ok(())
    }

    fn operator_message(
        &mut self,
        now: Timestamp,
        socket: Socket,
        author: &Face,
        draft: Draft,
    ) -> Result<(), Reject> {
        let session = self.session.as_ref().ok_or(Reject(Code::NoSession))?;
        if session.heirs.contains(&author.id) {
            // Answering what was missed opens it again.
            self.reopen(now, author, session.number)?;
            return self.hold(author, draft);
        }
        if !session.is_open() {
            return Err(Reject(Code::NoSession));
        }
        let (owns, joined) = (session.is_owned_by(&author.id), session.joined.contains_key(&author.id));
        if !(owns || joined || session.is_for(&author.id)) {
            return Err(Reject(Code::NotParticipant));
        }
        // Written under the offer that the author has accepted meanwhile, as when two replies follow each other closely.
        let accepted = owns && draft.epoch.map(Epoch::next) == Some(session.epoch);
        let claims = session.is_claimed_by(&author.id);
        if draft.epoch != Some(session.epoch) && !accepted && !claims {
            return Err(Reject(Code::StaleEpoch));
        }
        if owns || joined {
            if owns {
                self.resume(now);
            }
            let id = draft.id.clone();
            let seq = self.operator_says(now, author, draft);
            self.send(socket, FromConversation::Ack { id, seq, at: now });
            return Ok(());
        }
        self.hold(author, draft)
    }

    fn operator_says(&mut self, now: Timestamp, author: &Face, Draft { id, text, file, .. }: Draft) -> Seq {
        let by = Author::Operator { name: author.name.clone(), id: Some(author.id.clone()) };
        let seq = self.append(now, Some(id), by, Body::Text { text, file });
        if let Some(session) = &mut self.session {
            let (awaited, first) = (session.awaiting_since.take().is_some(), !session.replied);
            session.off_hours_told = false;
            session.silence = Some(Silence { since: now, reminded: 0 });
            session.replied |= session.owner().is_some_and(|owner| owner.id == author.id);
            self.changes.session = true;
            self.changes.preview = true;
            self.changes.rows |= awaited;
            if awaited || first {
                self.tell_standing();
            }
        }
        seq
    }

    /// A reply to an offer accepts it. Only the desk decides on that, so the reply waits, unnumbered and not acknowledged.
    fn hold(&mut self, author: &Face, draft: Draft) -> Result<(), Reject> {
        if self.held.iter().any(|held| held.draft.id == draft.id) {
            return Ok(());
        }
        if self.held.len() >= limits::HELD_MAX {
            return Err(Reject(Code::TooFast));
        }
        let first = !self.held.iter().any(|held| held.author.id == author.id);
        self.held.push(Held { author: author.clone(), draft });
        // Who opened it again will own it without another word.
        let asks = |session: &&Session| first && !session.is_claimed_by(&author.id);
        if let Some(session) = self.session.as_ref().filter(asks) {
            let (id, epoch) = (self.session_id(session.number), session.epoch);
            self.tell_desk(Note::Accept { session: id, epoch, operator: author.id.clone() });
        }
        Ok(())
    }

    /// The owner's replies that waited are sent; those of others are refused.
    pub(super) fn take_held(&mut self, now: Timestamp, owner: &Face) {
        for held in core::mem::take(&mut self.held) {
            if held.author.id == owner.id {
                // Who has joined meanwhile may have sent it again, and was heard at once.
                let id = held.draft.id.clone();
                let known = self.tail.find(&id);
                let (seq, at) = known.unwrap_or_else(|| (self.operator_says(now, owner, held.draft), now));
                let frame = FromConversation::Ack { id, seq, at };
                self.send_to(|who| is_operator(who, &held.author.id), &frame);
            } else {
                self.refuse_held(&held, Code::OfferGone);
            }
        }
    }

    /// Refuses what an operator has held. Whether there was anything.
    pub(super) fn release_held(&mut self, operator: &OperatorId, code: Code) -> bool {
        let (theirs, others): (Vec<Held>, _) =
            core::mem::take(&mut self.held).into_iter().partition(|held| held.author.id == *operator);
        self.held = others;
        for held in &theirs {
            self.refuse_held(held, code);
        }
        !theirs.is_empty()
    }

    pub(super) fn refuse_all_held(&mut self, code: Code) {
        for held in core::mem::take(&mut self.held) {
            self.refuse_held(&held, code);
        }
    }

    fn refuse_held(&mut self, held: &Held, code: Code) {
        let frame = FromConversation::Reject { id: Some(held.draft.id.clone()), code, retry_after: None };
        self.send_to(|who| is_operator(who, &held.author.id), &frame);
    }

    /// Numbers an entry, stores it, and sends it to everybody who may see it.
    pub(super) fn append(
        &mut self,
        now: Timestamp,
        id: Option<MessageId>,
        author: Author,
        body: Body,
    ) -> Seq {
        if let Some(id) = &id {
            self.is_sent(id);
        }
        let session = self.session.as_ref().map_or(0, |session| session.number);
        self.append_to(session, now, id, author, body)
    }

    pub(super) fn append_to(
        &mut self,
        session: u32,
        now: Timestamp,
        id: Option<MessageId>,
        author: Author,
        body: Body,
    ) -> Seq {
        let visitor_name = match &author {
            Author::Operator { name, id: Some(id) } => {
                self.other_name(&Face { id: id.clone(), name: name.clone() })
            }
            Author::Operator { .. } | Author::Visitor | Author::Channel => None,
        };
        let seq = self.tail.last.next();
        let entry = Entry { seq, prev: self.tail.last, id, at: now, session, author, body };
        self.write(entry, visitor_name);
        seq
    }

    /// As [`Self::append`], of something that happened with `face`.
    pub(super) fn append_about(&mut self, now: Timestamp, face: &Face, event: Event) {
        let session = self.session.as_ref().map_or(0, |session| session.number);
        let (seq, prev) = (self.tail.last.next(), self.tail.last);
        let (author, body) = (Author::Channel, Body::Event(event));
        let entry = Entry { seq, prev, id: None, at: now, session, author, body };
        self.write(entry, self.other_name(face));
    }

    /// What visitors call somebody, if that is not their own name.
    fn other_name(&self, face: &Face) -> Option<String> {
        Some(self.name_for_visitors(face)).filter(|name| *name != face.name)
    }

    fn write(&mut self, entry: Entry, visitor_name: Option<String>) {
        let stored = StoredEntry { entry, visitor_prev: self.tail.last_visible, visitor_name };
        self.tail.add(&stored);
        for side in [Side::Visitor, Side::Operator] {
            if let Some(entry) = stored.for_side(side) {
                self.send_to(|who| who.side() == side, &FromConversation::Entry(entry));
            }
        }
        self.persist(Record::Entry(stored));
    }
}

pub(super) fn is_operator(who: &Who, operator: &OperatorId) -> bool {
    matches!(who, Who::Operator { face, .. } if face.id == *operator)
}
