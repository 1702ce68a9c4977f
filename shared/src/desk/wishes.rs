//! What operators ask for: to take, pass on, hand over or take over a session.

use super::{Desk, Place};
use crate::id::{Epoch, OperatorId, SessionId};
use crate::note::{Address, Face, Moved, Note};
use crate::reject::Code;
use crate::time::Timestamp;
use crate::why::{Rule, Verdict};
use crate::wire::{MoveReason, Target};

impl Desk {
    pub(super) fn accept(
        &mut self,
        now: Timestamp,
        from: &Address,
        session: &SessionId,
        epoch: Epoch,
        operator: &OperatorId,
    ) {
        match self.may_accept(session, epoch, operator) {
            Ok((owner, rule)) => self.give(now, session, owner, None, rule),
            // The same wish from the inbox and from a reply: granted already.
            Err(_) if self.owns(session, operator) => {}
            Err(code) => self.refuse(from, session, operator, code),
        }
    }

    /// The first who accepts what is offered or shown to them has it. An offer counted already; what is shown does not.
    fn may_accept(
        &self,
        session: &SessionId,
        epoch: Epoch,
        operator: &OperatorId,
    ) -> Result<(Face, Option<Rule>), Code> {
        let row = self.seen(session, epoch).ok_or(Code::OfferGone)?;
        match &row.place {
            Place::Offered { to, .. } if to.id == *operator => Ok((to.clone(), None)),
            // It is shown to those alone who can take it.
            Place::Line { shown, .. } if shown.contains(operator) => {
                self.face(operator).map(|face| (face, Some(Rule::Everyone))).ok_or(Code::OfferGone)
            }
            Place::Line { .. } if self.is_everyone() && self.judge(operator) == Some(Verdict::Full) => {
                Err(Code::Full)
            }
            Place::Offered { .. } | Place::Line { .. } | Place::Owned { .. } => Err(Code::OfferGone),
        }
    }

    pub(super) fn skip(
        &mut self,
        now: Timestamp,
        from: &Address,
        session: &SessionId,
        epoch: Epoch,
        operator: &OperatorId,
    ) {
        match self.seen(session, epoch).map(|row| row.place.clone()) {
            Some(Place::Offered { to, .. }) if to.id == *operator => {
                self.mark_tried(session, operator);
                self.requeue(now, session, Moved { from: to, reason: MoveReason::Skipped });
                self.showed_up(operator);
            }
            Some(Place::Line { shown, .. }) if shown.contains(operator) => {
                if let Some(mut row) = self.sessions.get(session).cloned() {
                    row.tried.insert(operator.clone());
                    self.replace(row);
                    self.told.reshow(session);
                }
                self.showed_up(operator);
            }
            Some(Place::Offered { .. } | Place::Line { .. } | Place::Owned { .. }) | None => {
                self.refuse(from, session, operator, Code::OfferGone);
            }
        }
    }

    fn owns(&self, session: &SessionId, operator: &OperatorId) -> bool {
        self.sessions.get(session).and_then(|row| row.owner()).is_some_and(|owner| owner.id == *operator)
    }

    /// To a member it is offered, even over the limit; to another channel it goes as it is.
    pub(super) fn transfer(
        &mut self,
        now: Timestamp,
        session: &SessionId,
        epoch: Epoch,
        by: &Face,
        to: Target,
    ) {
        let Some(row) = self.seen(session, epoch) else {
            return self.refuse_in_conversation(session, &by.id, Code::StaleEpoch);
        };
        let moved = row.holder().cloned().map(|from| Moved { from, reason: MoveReason::Transferred });
        match to {
            Target::Operator(id) => match self.may_be_given(&id) {
                Ok(()) if row.holder().is_some_and(|face| face.id == id) => {}
                Ok(()) => self.hand_over(now, session, moved, &id, by),
                Err(code) => self.refuse_in_conversation(session, &by.id, code),
            },
            Target::Channel(channel) if channel == self.channel => {}
            Target::Channel(to) => {
                let epoch = row.epoch.next();
                self.tell_conversation(
                    session,
                    Note::Released { session: session.clone(), epoch, moved, to },
                );
                self.forget(session);
            }
        }
    }

    fn may_be_given(&self, operator: &OperatorId) -> Result<(), Code> {
        let seat = self.seats.get(operator).filter(|_| self.index.orders.contains_key(operator));
        match seat.ok_or(Code::NotMember)?.online || !self.checks_availability() {
            true => Ok(()),
            false => Err(Code::NotAvailable),
        }
    }

    fn hand_over(
        &mut self,
        now: Timestamp,
        session: &SessionId,
        moved: Option<Moved>,
        to: &OperatorId,
        by: &Face,
    ) {
        let limit = self.rules().map_or(0, |settings| settings.queue.sessions_at_once);
        let over_limit = limit != 0 && self.load(to) >= limit;
        if let Some(mut row) = self.sessions.get(session).cloned() {
            row.tried.remove(to);
            self.replace(row);
        }
        if let Some(moved) = moved {
            self.requeue(now, session, moved);
        }
        self.offer(now, session, to, Rule::Transferred { by: by.name.clone(), over_limit });
    }

    pub(super) fn intercept(&mut self, now: Timestamp, session: &SessionId, epoch: Epoch, by: Face) {
        let Some(row) = self.seen(session, epoch) else {
            return self.refuse_in_conversation(session, &by.id, Code::StaleEpoch);
        };
        if row.owner().is_some_and(|owner| owner.id == by.id) {
            return;
        }
        let moved = row.holder().cloned().map(|from| Moved { from, reason: MoveReason::Intercepted });
        self.welcome_guest(&by);
        self.give(now, session, by, moved, Some(Rule::Intercepted));
    }

    fn refuse_in_conversation(&mut self, session: &SessionId, operator: &OperatorId, code: Code) {
        let note = Note::Refused { session: session.clone(), operator: operator.clone(), code };
        self.tell_conversation(session, note);
    }

    fn refuse(&mut self, asked_by: &Address, session: &SessionId, operator: &OperatorId, code: Code) {
        match asked_by {
            // Of a session that is over the conversation knows better, and its topic has ended.
            Address::Conversation(_) => self.refuse_in_conversation(session, operator, code),
            Address::Operator(_) | Address::Desk(_) | Address::Directory | Address::Files => {
                let note = Note::Refused { session: session.clone(), operator: operator.clone(), code };
                self.tell_operator(operator, note);
            }
        }
    }
}
