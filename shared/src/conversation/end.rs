//! How a session ends: it closes, may be resumed for a while, is over, and may be opened again.

use super::{Conversation, Phase, Silence};
use crate::access::Sender;
use crate::api::Role;
use crate::id::{Epoch, OperatorId};
use crate::note::{Face, Note};
use crate::reject::{Code, Reject};
use crate::settings::LocalText;
use crate::time::{Millis, Timestamp};
use crate::wire::{Author, Body, Ending, Event, GoneReason};

impl Conversation {
    /// The visitor ends the session. One that nobody has accepted is missed.
    pub(super) fn end_by_visitor(&mut self, now: Timestamp) -> Result<(), Reject> {
        match self.session.as_ref().map(|session| &session.phase) {
            Some(Phase::Waiting { .. }) => self.end_waiting(now, Ending::Visitor),
            Some(Phase::Active { .. }) => self.close(now, Ending::Visitor),
            Some(Phase::Closing { .. }) => self.finish(now),
            Some(Phase::Ended { .. }) | None => return Err(Reject(Code::NoSession)),
        }
        Ok(())
    }

    /// The owner closes the session; or somebody in whose inbox it stays as missed puts it away.
    pub(super) fn close_by_operator(
        &mut self,
        now: Timestamp,
        by: &OperatorId,
        epoch: Epoch,
    ) -> Result<(), Reject> {
        let session = self.session.as_ref().ok_or(Reject(Code::NoSession))?;
        match &session.phase {
            Phase::Active { .. } | Phase::Closing { .. } if !session.is_owned_by(by) => {
                return Err(Reject(Code::NotParticipant));
            }
            Phase::Active { .. } | Phase::Closing { .. } if session.epoch != epoch => {
                return Err(Reject(Code::StaleEpoch));
            }
            Phase::Active { .. } => self.close(now, Ending::Operator),
            Phase::Closing { .. } => self.finish(now),
            Phase::Ended { .. } if session.heirs.contains(by) => self.clear_heirs(&GoneReason::Ended),
            Phase::Ended { .. } => return Err(Reject(Code::NoSession)),
            Phase::Waiting { .. } => return Err(Reject(Code::NotParticipant)),
        }
        Ok(())
    }

    /// Closed at once, without a text and without a rating.
    pub(super) fn spam(&mut self, now: Timestamp, by: &Face, role: Role, epoch: Epoch) -> Result<(), Reject> {
        let session = self.open_session().ok_or(Reject(Code::NoSession))?;
        let may = session.is_owned_by(&by.id) || session.is_for(&by.id);
        if !may && !Sender::Operator(Role::Supervisor).allows(Some(role)) {
            return Err(Reject(Code::NotParticipant));
        }
        if session.epoch != epoch {
            return Err(Reject(Code::StaleEpoch));
        }
        self.append(now, None, Author::Channel, Body::Event(Event::Ended { by: Ending::Spam }));
        self.over(now, Ending::Spam);
        Ok(())
    }

    /// Nobody has accepted it: the desk says in whose inboxes it stays.
    fn end_waiting(&mut self, now: Timestamp, by: Ending) {
        self.append(now, None, Author::Channel, Body::Event(Event::Ended { by }));
        let Some(session) = &mut self.session else { return };
        let number = session.number;
        self.tell_desk(Note::Ended { session: self.session_id(number), missed: true });
        if let Some(session) = &mut self.session {
            session.phase = Phase::Ended { at: now, owner: None, by, rating: None };
        }
        self.refuse_all_held(Code::NoSession);
        self.session_is_over(now);
    }

    /// A session with an owner is closed: the texts, the request for a rating, and time to resume it.
    pub(super) fn close(&mut self, now: Timestamp, by: Ending) {
        let Some(owner) = self.session.as_ref().and_then(|session| session.owner()).cloned() else { return };
        let period = match by {
            Ending::Operator | Ending::Silence => {
                self.settings().map_or(Millis(0), |settings| settings.automatic.closing_period)
            }
            Ending::Visitor | Ending::GivenUp | Ending::Spam => Millis(0),
        };
        self.closing_text(now, by);
        self.append(now, None, Author::Channel, Body::Event(Event::Ended { by }));
        self.ask_for_rating(now, &owner);
        if period == Millis(0) {
            self.over(now, by);
            return;
        }
        if let Some(session) = &mut self.session {
            session.phase = Phase::Closing { owner, until: now + period, by };
            // Whoever resumes it asks anew.
            session.awaiting_since = None;
            session.silence = None;
        }
        self.changes.session = true;
        self.changes.view = true;
        self.changes.rows = true;
        self.tell_standing();
    }

    fn closing_text(&mut self, now: Timestamp, by: Ending) {
        let text = |settings: &crate::settings::Settings| -> Option<LocalText> {
            match by {
                Ending::Operator => Some(settings.automatic.closing_text.clone()),
                Ending::Silence => Some(settings.automatic.auto_close_text.clone()),
                Ending::Visitor | Ending::GivenUp | Ending::Spam => None,
            }
        };
        let Some(text) = self.settings().ok().and_then(text) else { return };
        if let Some(words) = text.words(&self.locale()) {
            let words = self.fill(now, words);
            self.append(now, None, Author::Channel, Body::text(words));
        }
    }

    /// The closing period is over, or nobody wants it any more.
    pub(super) fn finish(&mut self, now: Timestamp) {
        if let Some(Phase::Closing { by, .. }) = self.session.as_ref().map(|session| &session.phase) {
            self.over(now, *by);
        }
    }

    /// The session is over for the desk and for everybody who had a row.
    fn over(&mut self, now: Timestamp, by: Ending) {
        let Some(session) = &self.session else { return };
        let (number, owner) = (session.number, session.owner().cloned());
        self.tell_desk(Note::Ended { session: self.session_id(number), missed: false });
        self.end_topic(&GoneReason::Ended);
        if let Some(session) = &mut self.session {
            session.phase = Phase::Ended { at: now, owner, by, rating: None };
            session.joined.clear();
            session.awaiting_since = None;
        }
        self.refuse_all_held(Code::NoSession);
        self.session_is_over(now);
        self.changes.rows = false;
    }

    /// What does not outlive a session.
    pub(super) fn session_is_over(&mut self, now: Timestamp) {
        if let Some(session) = &mut self.session {
            session.silence = None;
            session.pinned = false;
            session.away = false;
            session.channel = None;
        }
        self.forget_away(now);
        self.changes.session = true;
        self.changes.view = true;
        self.changes.form = true;
        if self.visitor_is_here() {
            self.watch(now, true);
        }
    }

    /// The visitor wrote, or the owner did: the session goes on with the same owner.
    pub(super) fn resume(&mut self, now: Timestamp) {
        let Some(Phase::Closing { owner, .. }) = self.session.as_ref().map(|session| session.phase.clone())
        else {
            return;
        };
        if let Some(session) = &mut self.session {
            session.phase = Phase::Active { owner };
        }
        self.append(now, None, Author::Channel, Body::Event(Event::Resumed {}));
        self.changes.session = true;
        self.changes.view = true;
        self.changes.rows = true;
        self.tell_standing();
    }

    /// An operator who may read the last session opens it again, and will own it.
    pub(super) fn reopen(&mut self, now: Timestamp, by: &Face, number: u32) -> Result<(), Reject> {
        let session = self.session.as_ref().ok_or(Reject(Code::NoSession))?;
        if session.number != number || session.is_open() {
            return Err(Reject(Code::AlreadyOpen));
        }
        self.clear_heirs(&GoneReason::Taken { by: by.name.clone() });
        let Some(session) = &mut self.session else { return Ok(()) };
        session.run = session.run.saturating_add(1);
        session.phase =
            Phase::Waiting { offer: None, spot: None, shown: super::Told::new(), claim: Some(by.clone()) };
        // Somebody is there: what happens when nobody answers would come right before the answer.
        session.no_answer_done = true;
        session.why = None;
        self.append_about(now, by, Event::Reopened { name: by.name.clone() });
        self.watch(now, false);
        self.changes.form = true;
        self.register(Some(by.clone()));
        Ok(())
    }

    /// A session that has an owner and no question open begins to fall silent.
    pub(super) fn watch_silence(&mut self, now: Timestamp) {
        let Some(session) = &mut self.session else { return };
        if session.awaiting_since.is_none() && session.silence.is_none() {
            session.silence = Some(Silence { since: now, reminded: 0 });
            self.changes.session = true;
        }
    }
}
