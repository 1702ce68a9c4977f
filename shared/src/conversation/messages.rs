//! Messages: who may send one, how it is numbered, and what answers by itself.

use super::{Conversation, Held, Phase, Record, StoredEntry, Who};
use crate::id::{Epoch, MessageId, Seq, Socket};
use crate::limits;
use crate::note::{Face, Note};
use crate::reject::{Code, Reject};
use crate::text;
use crate::time::Timestamp;
use crate::wire::{Author, Body, Entry, FromConversation, Side};

/// A message that somebody wants to send.
pub(super) struct Draft {
    pub(super) id: MessageId,
    pub(super) text: String,
    pub(super) note: bool,
    pub(super) epoch: Option<Epoch>,
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
            Who::Visitor => self.visitor_message(now, socket, draft),
            Who::Operator { face, .. } if draft.note => self.internal_note(now, socket, face, draft),
            Who::Operator { face, .. } => self.operator_message(now, socket, face, draft),
        }
    }

    fn visitor_message(&mut self, now: Timestamp, socket: Socket, draft: Draft) -> Result<(), Reject> {
        let rules = self.rules.clone().ok_or(Reject(Code::NotFound))?;
        if !rules.settings.active {
            return Err(Reject(Code::ChannelClosed));
        }
        let opens = self.open_session().is_none();
        if opens {
            self.open(now, rules);
        }
        let seq = self.append(now, Some(draft.id.clone()), Author::Visitor, Body::Text { text: draft.text });
        self.send(socket, FromConversation::Ack { id: draft.id, seq, at: now });
        self.answer_by_itself(now, opens);
        self.mention_row();
        Ok(())
    }

    /// The greeting, or in its place the off-hours text: a greeting that promises somebody soon would be a lie then.
    fn answer_by_itself(&mut self, now: Timestamp, first: bool) {
        let Some(rules) = &self.rules else { return };
        let closed = !self.schedule.state(now).is_open();
        let told = self.session.as_ref().is_some_and(|session| session.off_hours_told);
        let (locale, settings) = (self.locale(), &rules.settings);
        let words = if closed && !told {
            text::or_default(&settings.off_hours_text, text::Default::OffHours, &locale)
        } else if first && !closed && settings.greeting {
            text::or_default(&settings.greeting_text, text::Default::Greeting, &locale)
        } else {
            return;
        };
        let text = self.fill(words);
        self.append(now, None, Author::Channel, Body::Text { text });
        if let Some(session) = self.session.as_mut().filter(|_| closed) {
            session.off_hours_told = true;
            self.persist_session();
        }
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
        let session = self.open_session().ok_or(Reject(Code::NoSession))?;
        if session.holder().map(|holder| &holder.id) != Some(&author.id) {
            return Err(Reject(Code::NotParticipant));
        }
        let owns = matches!(session.phase, Phase::Active { .. });
        // Written under the offer that the author has accepted meanwhile, as when two replies follow each other closely.
        let accepted = owns && draft.epoch.map(Epoch::next) == Some(session.epoch);
        if draft.epoch != Some(session.epoch) && !accepted {
            return Err(Reject(Code::StaleEpoch));
        }
        if owns {
            let id = draft.id.clone();
            let seq = self.operator_says(now, author, draft.id, draft.text);
            self.send(socket, FromConversation::Ack { id, seq, at: now });
            return Ok(());
        }
        self.hold(author, draft)
    }

    fn operator_says(&mut self, now: Timestamp, author: &Face, id: MessageId, text: String) -> Seq {
        let by = Author::Operator { name: author.name.clone(), id: Some(author.id.clone()) };
        let seq = self.append(now, Some(id), by, Body::Text { text });
        if let Some(session) = self.session.as_mut().filter(|session| session.off_hours_told) {
            session.off_hours_told = false;
            self.persist_session();
        }
        self.mention_row();
        seq
    }

    /// A reply to an offer accepts it. Only the desk decides on that, so the reply waits, unnumbered and not acknowledged.
    fn hold(&mut self, author: &Face, draft: Draft) -> Result<(), Reject> {
        if self.held.iter().any(|held| held.id == draft.id) {
            return Ok(());
        }
        if self.held.len() >= limits::HELD_MAX {
            return Err(Reject(Code::TooFast));
        }
        let first = !self.held.iter().any(|held| held.author.id == author.id);
        self.held.push(Held { author: author.clone(), id: draft.id, text: draft.text });
        if let Some(session) = self.session.as_ref().filter(|_| first) {
            let (id, epoch) = (self.session_id(session.number), session.epoch);
            self.tell_desk(Note::Accept { session: id, epoch, operator: author.id.clone() });
        }
        Ok(())
    }

    /// The owner's replies that waited are sent; those of others are refused.
    pub(super) fn take_held(&mut self, now: Timestamp, owner: &Face) {
        for held in core::mem::take(&mut self.held) {
            if held.author.id == owner.id {
                let seq = self.operator_says(now, owner, held.id.clone(), held.text);
                self.send_to(
                    |who| is_operator(who, &held.author),
                    &FromConversation::Ack { id: held.id, seq, at: now },
                );
            } else {
                self.refuse_held(&held, Code::OfferGone);
            }
        }
    }

    pub(super) fn release_held(&mut self, operator: &crate::id::OperatorId, code: Code) {
        let (theirs, others) =
            core::mem::take(&mut self.held).into_iter().partition(|held| held.author.id == *operator);
        self.held = others;
        let theirs: Vec<Held> = theirs;
        for held in &theirs {
            self.refuse_held(held, code);
        }
    }

    pub(super) fn refuse_all_held(&mut self, code: Code) {
        for held in core::mem::take(&mut self.held) {
            self.refuse_held(&held, code);
        }
    }

    fn refuse_held(&mut self, held: &Held, code: Code) {
        let frame = FromConversation::Reject { id: Some(held.id.clone()), code };
        self.send_to(|who| is_operator(who, &held.author), &frame);
    }

    /// Numbers an entry, stores it, and sends it to everybody who may see it.
    pub(super) fn append(
        &mut self,
        now: Timestamp,
        id: Option<MessageId>,
        author: Author,
        body: Body,
    ) -> Seq {
        let session = self.session.as_ref().map_or(0, |session| session.number);
        let (prev, seq) = (self.tail.last, self.tail.last.next());
        let entry = Entry { seq, prev, id, at: now, session, author, body };
        let stored = StoredEntry { entry, visitor_prev: self.tail.last_visible };
        self.tail.add(&stored);
        for side in [Side::Visitor, Side::Operator] {
            if let Some(entry) = stored.for_side(side) {
                self.send_to(|who| who.side() == side, &FromConversation::Entry(entry));
            }
        }
        self.persist(Record::Entry(stored));
        seq
    }
}

fn is_operator(who: &Who, face: &Face) -> bool {
    matches!(who, Who::Operator { face: own, .. } if own.id == face.id)
}
