//! A session: from the first message to its end, as the desk and the participants move it.

use super::{Conversation, Head, Record, Rules, Told};
use crate::core::Effect;
use crate::id::{Epoch, OperatorId, SessionId};
use crate::limits;
use crate::note::{Address, Face, Hint, Moved, Note, Topic};
use crate::reject::{Code, Reject};
use crate::text;
use crate::time::Timestamp;
use crate::wire::{Author, Body, Event, GoneReason, InboxRow, RowState, Score, Side};
use serde::{Deserialize, Serialize};

/// One episode of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// 1 for the first.
    pub number: u32,
    /// When its first message came.
    pub since: Timestamp,
    /// The last ownership that the desk told.
    pub epoch: Epoch,
    /// Where it stands.
    pub phase: Phase,
    /// To whom it was offered: they hear of its end.
    #[serde(default)]
    pub told: Told,
    /// Whether the visitor was told that the channel is closed, and no operator has written since.
    #[serde(default)]
    pub off_hours_told: bool,
}

/// Where a session stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nobody has accepted it.
    Waiting {
        /// To whom it is offered.
        offer: Option<Offer>,
        /// Its place in the line, as last heard.
        place: Option<u32>,
    },
    /// It has an owner.
    Active {
        /// Who.
        owner: Face,
    },
    /// It has ended.
    Ended {
        /// When.
        at: Timestamp,
        /// Who owned it then: the one who is rated.
        owner: Option<Face>,
        /// The visitor's rating.
        rating: Option<Rated>,
    },
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// To whom.
    pub to: Face,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// A rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// The score.
    pub score: Score,
    /// What the visitor added.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

impl Session {
    pub(super) const fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Ended { .. })
    }

    /// To whom it is offered or who owns it.
    pub(super) const fn holder(&self) -> Option<&Face> {
        match &self.phase {
            Phase::Waiting { offer: Some(offer), .. } => Some(&offer.to),
            Phase::Active { owner } => Some(owner),
            Phase::Waiting { offer: None, .. } | Phase::Ended { .. } => None,
        }
    }
}

impl Conversation {
    pub(super) fn open_session(&self) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.is_open())
    }

    pub(super) fn is_open(&self, id: &SessionId) -> bool {
        self.open_session().is_some_and(|session| session.number == id.number)
    }

    pub(super) fn session_id(&self, number: u32) -> SessionId {
        SessionId { conversation: self.id.clone(), number }
    }

    /// The visitor's first message opens a session, and the desk is told.
    pub(super) fn open(&mut self, now: Timestamp, rules: Rules) {
        let number = self.session.as_ref().map_or(0, |session| session.number).saturating_add(1);
        // A silence does not end with the session.
        let off_hours_told = self.session.as_ref().is_some_and(|session| session.off_hours_told);
        if self.head.is_none() {
            let head = Head { channel: rules.channel.clone(), locale: self.locale(), told: Told::new() };
            self.head = Some(head.clone());
            self.persist(Record::Head(head));
            self.persist(Record::Rules(rules));
        }
        self.session = Some(Session {
            number,
            since: now,
            epoch: Epoch(0),
            phase: Phase::Waiting { offer: None, place: None },
            told: Told::new(),
            off_hours_told,
        });
        self.persist_session();
        let session = self.session_id(number);
        let settings = self.rules_version().unwrap_or(0);
        self.tell_desk(Note::Arrived { session, since: now, settings });
        self.tell_session();
    }

    /// The session the desk speaks of, if it is open and the desk's word is newer than the last.
    fn moved_to(&mut self, session: &SessionId, epoch: Epoch) -> Option<&mut Session> {
        self.session.as_mut().filter(|own| own.is_open() && own.number == session.number && own.epoch < epoch)
    }

    pub(super) fn waits(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch, moved: Option<Moved>) {
        let Some(session) = self.moved_to(id, epoch) else { return };
        session.epoch = epoch;
        // The first place in the line may have come before the word that the session waits in it.
        let place = match &session.phase {
            Phase::Waiting { offer: None, place } => *place,
            Phase::Waiting { .. } | Phase::Active { .. } | Phase::Ended { .. } => None,
        };
        session.phase = Phase::Waiting { offer: None, place };
        if let Some(Moved { from, reason }) = moved {
            self.release_held(&from.id, Code::OfferGone);
            self.tell_operator(
                &from.id,
                Note::Gone { session: id.clone(), reason: GoneReason::Moved(reason) },
            );
            self.append(now, None, Author::Channel, Body::Event(Event::MovedOn { reason, name: from.name }));
        }
        self.session_changed();
    }

    pub(super) fn offered(&mut self, id: &SessionId, epoch: Epoch, offer: Offer) {
        let Some(session) = self.moved_to(id, epoch) else { return };
        session.epoch = epoch;
        let to = offer.to.id.clone();
        session.told.insert(to.clone());
        session.phase = Phase::Waiting { offer: Some(offer), place: None };
        self.let_read(&to);
        self.session_changed();
        self.tell_row();
    }

    pub(super) fn assigned(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch, owner: Face) {
        let Some(session) = self.moved_to(id, epoch) else { return };
        session.epoch = epoch;
        session.told.insert(owner.id.clone());
        session.phase = Phase::Active { owner: owner.clone() };
        self.let_read(&owner.id);
        self.append(now, None, Author::Channel, Body::Event(Event::Assigned { name: owner.name.clone() }));
        self.session_changed();
        self.tell_row();
        self.take_held(now, &owner);
    }

    pub(super) fn place(&mut self, id: &SessionId, at: u32) {
        let Some(session) = self.session.as_mut().filter(|own| own.number == id.number) else { return };
        let Phase::Waiting { offer: None, place } = &mut session.phase else { return };
        if *place != Some(at) {
            *place = Some(at);
            self.session_changed();
        }
    }

    /// The session ends. The desk frees the slot, and everybody who had a row loses it.
    pub(super) fn end(&mut self, now: Timestamp, by: Side) -> Result<(), Reject> {
        let Some(session) = self.session.as_mut().filter(|session| session.is_open()) else {
            return Err(Reject(Code::NoSession));
        };
        let owner = match &session.phase {
            Phase::Active { owner } => Some(owner.clone()),
            Phase::Waiting { .. } | Phase::Ended { .. } => None,
        };
        let (number, told) = (session.number, session.told.clone());
        self.closing_text(now, by);
        self.append(now, None, Author::Channel, Body::Event(Event::Ended { by }));
        if let Some(session) = &mut self.session {
            session.phase = Phase::Ended { at: now, owner, rating: None };
        }
        self.session_changed();
        let id = self.session_id(number);
        self.tell_desk(Note::Ended { session: id.clone() });
        for operator in &told {
            self.tell_operator(operator, Note::Gone { session: id.clone(), reason: GoneReason::Ended });
        }
        self.effects.push_back(Effect::EndTopic(Topic::Session(id)));
        self.refuse_all_held(Code::NoSession);
        Ok(())
    }

    fn closing_text(&mut self, now: Timestamp, by: Side) {
        let Some(rules) = self.rules.as_ref().filter(|_| by == Side::Operator) else { return };
        let Some(words) =
            rules.settings.closing_text.pick(&self.locale()).filter(|words| !words.trim().is_empty())
        else {
            return;
        };
        let text = self.fill(words);
        self.append(now, None, Author::Channel, Body::Text { text });
    }

    /// The visitor rates the last session, or changes the rating.
    pub(super) fn rate(
        &mut self,
        now: Timestamp,
        number: u32,
        score: Score,
        comment: &str,
    ) -> Result<(), Reject> {
        let comment = comment.trim();
        if comment.chars().count() > limits::COMMENT_CHARS_MAX {
            return Err(Reject(Code::TextTooLong));
        }
        let settings = self.settings()?;
        let (on, period) = (settings.rating, settings.rating_period);
        let refused = Reject(Code::NotRateable);
        let session = self.session.as_mut().filter(|session| session.number == number).ok_or(refused)?;
        let Phase::Ended { at, owner: Some(_), rating } = &mut session.phase else { return Err(refused) };
        if !on || now >= *at + period {
            return Err(refused);
        }
        let same = rating.as_ref().is_some_and(|old| old.score == score && old.comment == comment);
        if !same {
            *rating = Some(Rated { score, comment: comment.to_owned(), at: now });
            let event = Event::Rated { score, comment: comment.to_owned() };
            self.append(now, None, Author::Visitor, Body::Event(event));
            self.persist_session();
        }
        self.tell_session();
        Ok(())
    }

    pub(super) fn fill(&self, words: &str) -> String {
        let owner = self.session.as_ref().and_then(Session::holder).map_or("", |face| face.name.as_str());
        let channel = self
            .rules
            .as_ref()
            .and_then(|rules| rules.settings.title.pick(&self.locale()))
            .unwrap_or_default();
        text::fill(words, &[("operator", owner), ("channel", channel)])
    }

    pub(super) fn session_changed(&mut self) {
        self.persist_session();
        self.tell_session();
    }

    pub(super) fn persist_session(&mut self) {
        if let Some(session) = self.session.clone() {
            self.persist(Record::Session(session));
        }
    }

    fn let_read(&mut self, operator: &OperatorId) {
        let Some(head) = &mut self.head else { return };
        if head.told.insert(operator.clone()) {
            let head = head.clone();
            self.persist(Record::Head(head));
        }
    }

    pub(super) fn tell_desk(&mut self, note: Note) {
        let (Some(to), Some(session)) = (self.desk(), &self.session) else { return };
        let topic = Topic::Session(self.session_id(session.number));
        self.effects.push_back(Effect::Tell { to, topic, note });
    }

    fn tell_operator(&mut self, operator: &OperatorId, note: Note) {
        let Some(session) = &self.session else { return };
        let topic = Topic::Session(self.session_id(session.number));
        self.effects.push_back(Effect::Tell { to: Address::Operator(operator.clone()), topic, note });
    }

    fn tell_row(&mut self) {
        if let Some((operator, row)) = self.row() {
            self.tell_operator(&operator, Note::Row(row));
        }
    }

    /// What the row shows has changed, but not the session's state.
    pub(super) fn mention_row(&mut self) {
        if let Some((operator, row)) = self.row() {
            self.effects.push_back(Effect::Mention { to: Address::Operator(operator), hint: Hint::Row(row) });
        }
    }

    fn row(&self) -> Option<(OperatorId, InboxRow)> {
        let session = self.session.as_ref()?;
        let holder = session.holder()?.id.clone();
        let state = match &session.phase {
            Phase::Waiting { offer, .. } => {
                let offer = offer.as_ref()?;
                RowState::Offered { since: offer.since, until: offer.until }
            }
            Phase::Active { .. } if self.tail.awaiting => RowState::InWork,
            Phase::Active { .. } => RowState::Answered,
            Phase::Ended { .. } => return None,
        };
        let row = InboxRow {
            session: self.session_id(session.number),
            epoch: session.epoch,
            channel: self.head.as_ref()?.channel.clone(),
            state,
            since: session.since,
            preview: self.tail.preview.clone(),
            at: self.tail.preview_at,
            unread: self.tail.unread,
        };
        Some((holder, row))
    }
}
