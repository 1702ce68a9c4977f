//! What operators may do with a session beside answering. Who owns it is the desk's to decide; here it is checked who asks.

use super::{Conversation, Session};
use crate::api::Role;
use crate::id::Epoch;
use crate::limits;
use crate::note::{Face, Note};
use crate::reject::{Code, Reject};
use crate::time::Timestamp;
use crate::wire::{Event, GoneReason, Target};

impl Conversation {
    /// The session, if it goes on in this very ownership.
    fn going_on(&self, epoch: Epoch) -> Result<&Session, Reject> {
        let session =
            self.session.as_ref().filter(|session| session.goes_on()).ok_or(Reject(Code::NoSession))?;
        if session.epoch == epoch { Ok(session) } else { Err(Reject(Code::StaleEpoch)) }
    }

    /// The owner, or a supervisor, hands the session over.
    pub(super) fn transfer(&mut self, by: &Face, role: Role, epoch: Epoch, to: Target) -> Result<(), Reject> {
        let session = self.going_on(epoch)?;
        if !session.is_owned_by(&by.id) && role < Role::Supervisor {
            return Err(Reject(Code::NotParticipant));
        }
        let session = self.session_id(session.number);
        self.tell_desk(Note::Transfer { session, epoch, by: by.clone(), to });
        Ok(())
    }

    /// A supervisor takes the session over.
    pub(super) fn intercept(&mut self, by: &Face, epoch: Epoch) -> Result<(), Reject> {
        let session = self.session_id(self.going_on(epoch)?.number);
        self.tell_desk(Note::Intercept { session, epoch, by: by.clone() });
        Ok(())
    }

    /// Takes part beside the owner.
    pub(super) fn join(&mut self, now: Timestamp, who: &Face) -> Result<(), Reject> {
        let session =
            self.session.as_mut().filter(|session| session.goes_on()).ok_or(Reject(Code::NoSession))?;
        if session.is_owned_by(&who.id) || session.joined.contains_key(&who.id) {
            return Ok(());
        }
        if session.joined.len() >= limits::JOINED_MAX {
            return Err(Reject(Code::TooManyParticipants));
        }
        session.joined.insert(who.id.clone(), who.name.clone());
        self.let_read([who.id.clone()]);
        self.participants_changed(now, who, Event::Joined { name: who.name.clone() });
        Ok(())
    }

    /// Takes part no longer.
    pub(super) fn leave(&mut self, now: Timestamp, who: &Face) -> Result<(), Reject> {
        let session =
            self.session.as_mut().filter(|session| session.is_open()).ok_or(Reject(Code::NoSession))?;
        session.joined.remove(&who.id).ok_or(Reject(Code::NotParticipant))?;
        self.changes.gone.insert(who.id.clone(), GoneReason::Left);
        self.participants_changed(now, who, Event::Left { name: who.name.clone() });
        Ok(())
    }

    fn participants_changed(&mut self, now: Timestamp, who: &Face, event: Event) {
        self.append_about(now, who, event);
        self.changes.session = true;
        self.changes.view = true;
        self.changes.rows = true;
    }

    /// The owner holds the session where it is, or lets it go.
    pub(super) fn pin(&mut self, by: &Face, epoch: Epoch, on: bool) -> Result<(), Reject> {
        let session = self.going_on(epoch)?;
        if !session.is_owned_by(&by.id) {
            return Err(Reject(Code::NotParticipant));
        }
        if session.pinned == on {
            return Ok(());
        }
        let number = session.number;
        if let Some(session) = &mut self.session {
            session.pinned = on;
        }
        self.changes.session = true;
        self.changes.view = true;
        self.changes.rows = true;
        self.tell_desk(Note::Pinned { session: self.session_id(number), epoch, on });
        Ok(())
    }
}
