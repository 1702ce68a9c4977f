//! What a conversation obeys: the word of the desk that has its session.

use super::{Conversation, Kind, Offer, Phase, Record, Session, Spot, Told};
use crate::core::Effect;
use crate::id::{ChannelId, Epoch, OperatorId, SessionId};
use crate::note::{Face, Moved, Note, Standing, Topic};
use crate::reject::{Code, Reject};
use crate::time::{Millis, Timestamp};
use crate::why::Why;
use crate::wire::{Author, Body, Ending, Event, FromConversation, GoneReason, MoveReason};

/// How long what came by the way may be ahead of the word that it belongs to.
const HINTED: Millis = Millis::seconds(10);

impl Conversation {
    pub(super) fn note(&mut self, now: Timestamp, topic: &Topic, note: Note) -> Result<(), Reject> {
        if *topic != Topic::Standing && (self.topic().as_ref() != Some(topic) || !self.expects(&note)) {
            if self.topic().as_ref() != Some(topic) || self.topic_is_over() {
                // It crossed the end of the session on its way, and has opened the books again.
                self.effects.push_back(Effect::EndTopic(topic.clone()));
            }
            return Ok(());
        }
        if self.has_closed_meanwhile(&note) {
            self.finish(now);
            return Ok(());
        }
        match note {
            Note::Waiting { epoch, moved, .. } => self.waits(now, epoch, moved),
            Note::Explained { epoch, why, .. } => self.explained(epoch, *why),
            Note::Offered { epoch, to, since, until, why, .. } => {
                self.offered(epoch, Offer { to, since, until }, why);
            }
            Note::Shown { epoch, to, hidden, why, .. } => self.shown(epoch, to, &hidden, *why),
            Note::Assigned { epoch, owner, moved, why, .. } => self.assigned(now, epoch, owner, moved, why),
            Note::Away { epoch, away, .. } => self.owner_away(epoch, away),
            Note::Missed { epoch, to, .. } => self.missed(now, epoch, to),
            Note::Released { epoch, moved, to, .. } => self.released(now, epoch, moved, to),
            Note::NoChannel { epoch, .. } => self.no_channel(now, epoch),
            Note::Refused { operator, code, .. } => self.refused(&operator, code),
            Note::Settings { channel, version, settings } => {
                self.learn_rules(now, channel, version, *settings);
            }
            Note::Arrived(_)
            | Note::Ended { .. }
            | Note::Standing { .. }
            | Note::Abandoned { .. }
            | Note::Unanswered { .. }
            | Note::Transfer { .. }
            | Note::Intercept { .. }
            | Note::Pinned { .. }
            | Note::Accept { .. }
            | Note::Skip { .. }
            | Note::Presence { .. }
            | Note::Discard { .. }
            | Note::Member { .. }
            | Note::Break { .. }
            | Note::Row(_)
            | Note::Gone { .. } => return Err(Reject(Code::UnknownFrame)),
        }
        Ok(())
    }

    /// A session that is over hears only in whose inboxes it stays.
    fn expects(&self, note: &Note) -> bool {
        let is_open = self.open_session().is_some();
        is_open
            || (matches!(note, Note::Missed { .. })
                && self.session.as_ref().is_some_and(|s| s.heirs_are_due()))
    }

    /// Nothing more is told in the present topic. A missed session's goes on while it stays in inboxes.
    fn topic_is_over(&self) -> bool {
        self.session.as_ref().is_none_or(|session| session.phase.kind() == Kind::Ended)
    }

    /// The desk moves on what was closed while its word was on the way: closed is closed.
    fn has_closed_meanwhile(&self, note: &Note) -> bool {
        let closing = self.session.as_ref().filter(|session| matches!(session.phase, Phase::Closing { .. }));
        let moves = match note {
            Note::Waiting { epoch, .. }
            | Note::Offered { epoch, .. }
            | Note::Assigned { epoch, .. }
            | Note::Released { epoch, .. } => Some(*epoch),
            _ => None,
        };
        closing.zip(moves).is_some_and(|(session, epoch)| session.epoch < epoch)
    }

    /// The session, if the desk's word is newer than the last.
    fn moved_to(&mut self, epoch: Epoch) -> Option<&mut Session> {
        let session = self.session.as_mut().filter(|session| session.epoch < epoch)?;
        session.epoch = epoch;
        // Only its owner holds it where it is.
        session.pinned = false;
        self.changes.session = true;
        self.changes.view = true;
        self.changes.rows = true;
        Some(session)
    }

    fn waits(&mut self, now: Timestamp, epoch: Epoch, moved: Option<Moved>) {
        // The first place in the line may have come before the word that the session waits in it.
        let early = self.early.take();
        let Some(session) = self.moved_to(epoch) else { return };
        let (spot, claim) = match &mut session.phase {
            Phase::Waiting { offer: None, spot, claim, .. } => (*spot, claim.take()),
            Phase::Waiting { .. } | Phase::Active { .. } | Phase::Closing { .. } | Phase::Ended { .. } => {
                (early.filter(|(at, _)| now.since(*at) < HINTED).map(|(_, spot)| spot), None)
            }
        };
        session.phase = Phase::Waiting { offer: None, spot, shown: Told::new(), claim };
        session.why = None;
        session.away = false;
        if let Some(Moved { from, reason }) = moved {
            self.release_held(&from.id, Code::OfferGone);
            self.changes.gone.insert(from.id, GoneReason::Moved(reason));
            // Offers may go round for a night: each way is written once until something else is.
            if !self.tail.moved.contains(&(reason, from.name.clone())) {
                let event = Event::MovedOn { reason, name: from.name };
                self.append(now, None, Author::Channel, Body::Event(event));
            }
        }
    }

    fn explained(&mut self, epoch: Epoch, why: Why) {
        if let Some(session) = self.session.as_mut().filter(|session| session.epoch == epoch) {
            session.why = Some(why);
            self.changes.session = true;
            self.changes.view = true;
        }
    }

    fn offered(&mut self, epoch: Epoch, offer: Offer, why: Option<Box<Why>>) {
        let Some(session) = self.moved_to(epoch) else { return };
        let to = offer.to.id.clone();
        session.phase = Phase::Waiting { offer: Some(offer), spot: None, shown: Told::new(), claim: None };
        session.why = why.map(|why| *why);
        self.changes.gone_else = Some(GoneReason::Hidden);
        self.let_read([to]);
    }

    /// Shown to more operators or to fewer, in the same ownership.
    fn shown(&mut self, epoch: Epoch, to: Vec<Face>, hidden: &[OperatorId], why: Why) {
        let Some(session) = self.session.as_mut().filter(|session| session.epoch == epoch) else { return };
        let Phase::Waiting { offer: None, shown, .. } = &mut session.phase else { return };
        for operator in hidden {
            shown.remove(operator);
        }
        let ids: Vec<_> = to.into_iter().map(|face| face.id).collect();
        shown.extend(ids.iter().cloned());
        session.why = Some(why);
        self.changes.session = true;
        self.changes.view = true;
        self.changes.rows = true;
        self.changes.shown.extend(ids.iter().cloned());
        self.changes.gone_else = Some(GoneReason::Hidden);
        for operator in hidden {
            self.release_held(operator, Code::Full);
        }
        self.let_read(ids);
    }

    fn assigned(
        &mut self,
        now: Timestamp,
        epoch: Epoch,
        owner: Face,
        moved: Option<Moved>,
        why: Option<Box<Why>>,
    ) {
        let Some(session) = self.moved_to(epoch) else { return };
        session.phase = Phase::Active { owner: owner.clone() };
        session.why = why.map(|why| *why);
        session.away = false;
        session.replied = false;
        session.standing = Standing::Fresh;
        session.joined.remove(&owner.id);
        // Nobody waits for a first reply where the visitor has had the last word already.
        session.silence = None;
        self.changes.gone_else = Some(GoneReason::Taken { by: owner.name.clone() });
        if let Some(Moved { from, reason }) = moved {
            self.changes.gone.insert(from.id, GoneReason::Taken { by: owner.name.clone() });
            self.append(now, None, Author::Channel, Body::Event(Event::MovedOn { reason, name: from.name }));
        }
        self.let_read([owner.id.clone()]);
        self.append_about(now, &owner, Event::Assigned { name: owner.name.clone() });
        self.take_held(now, &owner);
        self.watch_silence(now);
    }

    pub(super) fn place(&mut self, now: Timestamp, id: &SessionId, heard: Spot) {
        let Some(session) = self.session.as_mut().filter(|own| own.number == id.number) else { return };
        let Phase::Waiting { offer: None, spot, .. } = &mut session.phase else {
            self.early = Some((now, heard));
            return;
        };
        if *spot != Some(heard) {
            *spot = Some(heard);
            self.changes.session = true;
            self.changes.view = true;
        }
    }

    /// The owner has been away for too long, or is back. If the visitor waits, the desk has to move the session on.
    fn owner_away(&mut self, epoch: Epoch, away: bool) {
        let Some(session) = self.session.as_mut().filter(|session| session.epoch == epoch) else { return };
        session.away = away;
        self.changes.session = true;
        self.tell_if_abandoned();
    }

    pub(super) fn tell_if_abandoned(&mut self) {
        let Some(session) = &self.session else { return };
        if session.away && session.awaiting_since.is_some() && matches!(session.phase, Phase::Active { .. }) {
            let note = Note::Abandoned { session: self.session_id(session.number), epoch: session.epoch };
            self.tell_desk(note);
        }
    }

    /// Nobody accepted it. It stays in the inboxes of those it was offered to, or else of the first members.
    fn missed(&mut self, now: Timestamp, epoch: Epoch, to: Vec<OperatorId>) {
        let Some(session) = self.moved_to(epoch) else { return };
        if session.is_open() {
            session.phase = Phase::Ended { at: now, owner: None, by: Ending::GivenUp, rating: None };
            self.append(now, None, Author::Channel, Body::Event(Event::Ended { by: Ending::GivenUp }));
            self.refuse_all_held(Code::NoSession);
            self.session_is_over(now);
        }
        let Some(session) = &mut self.session else { return };
        let heirs = if session.told.is_empty() {
            to.into_iter().collect()
        } else {
            core::mem::take(&mut session.told)
        };
        session.heirs.clone_from(&heirs);
        session.told.clone_from(&heirs);
        session.rows.clear();
        session.joined.clear();
        self.let_read(heirs.iter().cloned());
        if let Some(row) = self.row(crate::wire::RowState::Missed) {
            for operator in &heirs {
                self.tell_operator(operator, Note::Row(row.clone()));
            }
        }
        if heirs.is_empty() {
            self.end_run(&GoneReason::Ended);
        }
        self.changes.rows = false;
        self.changes.session = true;
    }

    /// Nothing more is told in this run, and what may come is of another.
    fn end_run(&mut self, reason: &GoneReason) {
        self.end_topic(reason);
        if let Some(session) = &mut self.session {
            session.run = session.run.saturating_add(1);
        }
    }

    /// Those in whose inboxes it stays lose it: somebody answers, or the visitor writes anew.
    pub(super) fn clear_heirs(&mut self, reason: &GoneReason) {
        if self.session.as_ref().is_some_and(|session| session.phase.kind() == Kind::Missed) {
            self.end_run(reason);
        }
        if let Some(session) = &mut self.session {
            session.heirs.clear();
        }
    }

    /// It goes to another channel, whose settings apply from now on.
    fn released(&mut self, now: Timestamp, epoch: Epoch, moved: Option<Moved>, to: ChannelId) {
        let Some(session) = self.moved_to(epoch) else { return };
        session.channel = Some(to.clone());
        let name = moved.map(|moved| moved.from.name).unwrap_or_default();
        self.append(now, None, Author::Channel, Body::Event(Event::Moved { channel: to, name }));
        self.go_to_desk(now);
    }

    /// Back to where the conversation belongs.
    fn no_channel(&mut self, now: Timestamp, epoch: Epoch) {
        let Some(session) = self.session.as_mut().filter(|session| session.channel.is_some()) else { return };
        session.epoch = session.epoch.max(epoch);
        session.channel = None;
        if let Some(channel) = self.head.as_ref().map(|head| head.channel.clone()) {
            let event = Event::Moved { channel, name: String::new() };
            self.append(now, None, Author::Channel, Body::Event(event));
        }
        self.go_to_desk(now);
    }

    /// Leaves one desk and comes to another, for another run.
    fn go_to_desk(&mut self, now: Timestamp) {
        self.refuse_all_held(Code::StaleEpoch);
        self.end_topic(&GoneReason::Moved(MoveReason::Transferred));
        let Some(session) = &mut self.session else { return };
        session.run = session.run.saturating_add(1);
        session.phase = Phase::waiting();
        session.joined.clear();
        session.pinned = false;
        session.away = false;
        session.why = None;
        self.changes.rows = false;
        self.forget_away(now);
        self.register(None);
    }

    fn refused(&mut self, operator: &OperatorId, code: Code) {
        if !self.release_held(operator, code) {
            let frame = FromConversation::Reject { id: None, code, retry_after: None };
            self.send_to(|who| super::messages::is_operator(who, operator), &frame);
        }
    }

    pub(super) fn let_read(&mut self, operators: impl IntoIterator<Item = OperatorId>) {
        let Some(head) = &mut self.head else { return };
        let before = head.told.len();
        head.told.extend(operators);
        if head.told.len() != before {
            let head = head.clone();
            self.persist(Record::Head(head));
        }
    }

    /// The settings of another channel apply no longer.
    pub(super) fn forget_away(&mut self, now: Timestamp) {
        if self.away.take().is_some() {
            self.persist(Record::Away(None));
            self.rules_changed(now);
        }
    }
}
