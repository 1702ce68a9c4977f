//! What happens to sessions and operators, and where a session goes then.

use super::{Desk, Place, Record, Seat, SessionRow};
use crate::id::{Epoch, OperatorId, SessionId};
use crate::note::{Address, Face, Moved, Note};
use crate::reject::Code;
use crate::time::Timestamp;
use crate::wire::MoveReason;
use std::collections::BTreeSet;

impl Desk {
    pub(super) fn arrived(&mut self, now: Timestamp, session: SessionId, since: Timestamp, settings: u64) {
        if self.sessions.contains_key(&session) {
            return;
        }
        let place = Place::Line { next_round: None };
        let row =
            SessionRow { session: session.clone(), since, epoch: Epoch(1), place, tried: BTreeSet::new() };
        self.replace(row);
        self.tell_conversation(
            &session,
            Note::Waiting { session: session.clone(), epoch: Epoch(1), moved: None },
        );
        // The directory's copy, from which a conversation begins, may be behind.
        if self.settings.as_ref().is_some_and(|known| known.version > settings)
            && let Some(note) = self.settings_note()
        {
            self.tell_conversation(&session, note);
        }
        self.place_all(now);
    }

    pub(super) fn ended(&mut self, now: Timestamp, session: &SessionId) {
        if self.sessions.contains_key(session) {
            self.forget(session);
            self.place_all(now);
        }
    }

    pub(super) fn accept(
        &mut self,
        now: Timestamp,
        from: &Address,
        session: &SessionId,
        epoch: Epoch,
        operator: &OperatorId,
    ) {
        let row = self.sessions.get(session);
        let offered_to = row.filter(|row| row.epoch == epoch).and_then(|row| match &row.place {
            Place::Offered { to, .. } if to.id == *operator => Some(to.clone()),
            Place::Offered { .. } | Place::Line { .. } | Place::Owned { .. } => None,
        });
        match offered_to {
            Some(owner) => {
                if let Some(row) = self.sessions.get_mut(session) {
                    row.tried.clear();
                }
                if let Some(epoch) = self.move_to(session, Place::Owned { owner: owner.clone() }) {
                    self.tell_conversation(
                        session,
                        Note::Assigned { session: session.clone(), epoch, owner },
                    );
                }
                self.place_all(now);
            }
            // The same wish from the inbox and from a reply: granted already.
            None if self.owns(session, operator) => {}
            None => self.refuse(from, session, operator, Code::OfferGone),
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
        match self.sessions.get(session) {
            Some(row) if row.epoch == epoch && row.holder().is_some_and(|face| face.id == *operator) => {
                if let Place::Offered { to, .. } = row.place.clone() {
                    self.mark_tried(session, operator);
                    self.requeue(session, Moved { from: to, reason: MoveReason::Skipped });
                    self.place_all(now);
                } else {
                    self.refuse(from, session, operator, Code::OfferGone);
                }
            }
            Some(_) | None => self.refuse(from, session, operator, Code::OfferGone),
        }
    }

    fn owns(&self, session: &SessionId, operator: &OperatorId) -> bool {
        self.sessions
            .get(session)
            .is_some_and(|row| matches!(&row.place, Place::Owned { owner } if owner.id == *operator))
    }

    fn refuse(&mut self, asked_by: &Address, session: &SessionId, operator: &OperatorId, code: Code) {
        let note = Note::Refused { session: session.clone(), operator: operator.clone(), code };
        match asked_by {
            // Of a session that is over the conversation knows better, and its topic has ended.
            Address::Conversation(_) if !self.sessions.contains_key(session) => {}
            Address::Conversation(_) => self.tell_conversation(session, note),
            Address::Operator(_) | Address::Desk(_) | Address::Directory => {
                self.tell_operator(operator, note)
            }
        }
    }

    pub(super) fn presence(&mut self, now: Timestamp, face: Face, online: bool, available: bool) {
        let id = face.id.clone();
        if !self.orders.contains_key(&id) {
            // Once a member, they are asked to tell it again.
            return;
        }
        let last_assigned = self.seats.get(&id).map(|seat| seat.last_assigned).unwrap_or_default();
        let seat = Seat { face, online, available, last_assigned };
        self.persist(Record::Seat(seat.clone()));
        self.seats.insert(id.clone(), seat);
        if !online {
            self.take_offers_from(&id, MoveReason::Offline);
        }
        self.rank(&id);
        self.place_all(now);
    }

    /// A former member: what was theirs goes back to the line.
    pub(super) fn removed(&mut self, _now: Timestamp, operator: &OperatorId) {
        self.take_offers_from(operator, MoveReason::Removed);
        for (session, owner) in self.held_by(operator) {
            self.requeue(&session, Moved { from: owner, reason: MoveReason::Removed });
        }
        // From now on nobody tells this desk whether they are there.
        if let Some(seat) = self.seats.get_mut(operator) {
            seat.online = false;
            let seat = seat.clone();
            self.persist(Record::Seat(seat));
        }
        self.rank(operator);
    }

    fn take_offers_from(&mut self, operator: &OperatorId, reason: MoveReason) {
        for (session, to) in self.held_by(operator) {
            let offered =
                self.sessions.get(&session).is_some_and(|row| matches!(row.place, Place::Offered { .. }));
            if offered {
                self.requeue(&session, Moved { from: to, reason });
            }
        }
    }

    fn held_by(&self, operator: &OperatorId) -> Vec<(SessionId, Face)> {
        let held =
            self.sessions.values().filter_map(|row| Some((row.session.clone(), row.holder()?.clone())));
        held.filter(|(_, face)| face.id == *operator).collect()
    }

    pub(super) fn timeout(&mut self, now: Timestamp) {
        let due: Vec<_> =
            self.timers.iter().take_while(|(at, _)| *at <= now).map(|(_, s)| s.clone()).collect();
        if due.is_empty() {
            return;
        }
        for session in due {
            let Some(row) = self.sessions.get(&session).cloned() else { continue };
            match row.place {
                Place::Offered { to, .. } => {
                    self.mark_tried(&session, &to.id);
                    self.requeue(&session, Moved { from: to, reason: MoveReason::TimeLimit });
                }
                Place::Line { .. } => {
                    let place = Place::Line { next_round: None };
                    self.replace(SessionRow { tried: BTreeSet::new(), place, ..row });
                }
                Place::Owned { .. } => {}
            }
        }
        self.place_all(now);
    }
}
