//! Who is there: operators come and go, take breaks, miss offers, and leave the channel.

use super::{Desk, Place, Seat};
use crate::id::{OperatorId, SessionId};
use crate::note::Standing;
use crate::note::{Face, Moved, Note};
use crate::time::{Millis, Timestamp};
use crate::wire::MoveReason;

/// How long an owner may be offline before a visitor who waits goes to somebody else.
pub const OWNER_GRACE: Millis = Millis::seconds(60);

impl Desk {
    pub(super) fn presence(&mut self, now: Timestamp, face: Face, online: bool, available: bool) {
        let member = self.index.orders.contains_key(&face.id);
        let known = self.seats.get(&face.id).cloned();
        // Neither a member nor a guest. Once they are, they are asked to tell it again.
        let Some(seat) = known.or_else(|| member.then(|| Seat::member(face.clone()))) else {
            return;
        };
        let (id, was_orphaned) = (face.id.clone(), seat.orphaned);
        // A break stops new offers only; but an offer to somebody of whom nothing was known is new.
        let cannot = !online || (seat.assumed && !available);
        // Somebody who never came has no name yet where it is told from.
        let face = if face.name.is_empty() { seat.face.clone() } else { face };
        let away_since = if online { None } else { seat.away_since.or(Some(now)) };
        let orphaned = seat.orphaned && !online;
        // Who comes back from a break is there again.
        let missed = if available && !seat.available { 0 } else { seat.missed };
        self.seat_changed(Seat {
            face,
            online,
            available,
            away_since,
            missed,
            orphaned,
            assumed: false,
            ..seat
        });
        if was_orphaned && online {
            self.tell_all_away(&id);
        }
        if cannot && self.checks_availability() {
            self.take_offers_from(now, &id, MoveReason::Offline);
        }
    }

    /// An operator has been offline for longer than the grace: the visitors who wait for them go on.
    pub(super) fn grace_ends(&mut self, operator: &OperatorId) {
        let Some(seat) = self.seats.get(operator).cloned() else { return };
        self.seat_changed(Seat { orphaned: true, ..seat });
        self.tell_all_away(operator);
    }

    fn tell_all_away(&mut self, operator: &OperatorId) {
        for session in self.owned_by(operator) {
            self.tell_away(&session);
        }
    }

    /// It counts no longer who has been away for too long, or it does again.
    pub(super) fn availability_rule_changed(&mut self) {
        let orphaned = self.seats.values().filter(|seat| seat.orphaned);
        for operator in orphaned.map(|seat| seat.face.id.clone()).collect::<Vec<_>>() {
            self.tell_all_away(&operator);
        }
    }

    /// Of equals, those who were offered nothing for longer come first.
    pub(super) fn was_offered_one(&mut self, now: Timestamp, operator: &OperatorId) {
        if let Some(seat) = self.seats.get(operator).cloned() {
            self.seat_changed(Seat { last_assigned: now, ..seat });
        }
    }

    /// Whoever takes a session is there, whatever was heard of them last: the grace begins anew.
    pub(super) fn has_taken_one(&mut self, now: Timestamp, operator: &OperatorId) {
        let Some(seat) = self.seats.get(operator).cloned() else { return };
        let (away_since, was_orphaned) = (seat.away_since.map(|_| now), seat.orphaned);
        self.seat_changed(Seat { last_assigned: now, missed: 0, away_since, orphaned: false, ..seat });
        if was_orphaned {
            self.tell_all_away(operator);
        }
    }

    /// The operator did something with an offer: they are there.
    pub(super) fn showed_up(&mut self, operator: &OperatorId) {
        if let Some(seat) = self.seats.get(operator).filter(|seat| seat.missed != 0).cloned() {
            self.seat_changed(Seat { missed: 0, ..seat });
        }
    }

    /// The operator let an offer pass. After some of them in a row they are taken to be away from their screen.
    pub(super) fn missed_offer(&mut self, operator: &OperatorId) {
        let most = self.rules().map_or(0, |settings| settings.queue.misses_before_break);
        let Some(seat) = self.seats.get(operator).cloned() else { return };
        let missed = seat.missed.saturating_add(1);
        if most == 0 || missed < most || !self.checks_availability() || !seat.available {
            self.seat_changed(Seat { missed, ..seat });
            return;
        }
        self.seat_changed(Seat { missed: 0, available: false, ..seat });
        let note = Note::Break { channel: self.channel.clone() };
        self.tell_operator(operator, note);
    }

    /// A former member: what was theirs goes back to the line. What is closed stays, and is looked at if it is resumed.
    pub(super) fn removed(&mut self, now: Timestamp, operator: &OperatorId) {
        self.take_offers_from(now, operator, MoveReason::Removed);
        for session in self.owned_by(operator) {
            let row = self.sessions.get(&session).filter(|row| row.standing != Standing::Closing);
            if let Some(from) = row.and_then(|row| row.owner().cloned()) {
                self.requeue(now, &session, Moved { from, reason: MoveReason::Removed });
            }
        }
        self.seat_gone(operator);
    }

    fn owned_by(&self, operator: &OperatorId) -> Vec<SessionId> {
        let owned = |session: &SessionId| {
            self.sessions.get(session).is_some_and(|row| matches!(row.place, Place::Owned { .. }))
        };
        self.index.held_by(operator).into_iter().filter(|session| owned(session)).collect()
    }

    fn take_offers_from(&mut self, now: Timestamp, operator: &OperatorId, reason: MoveReason) {
        for session in self.index.held_by(operator) {
            if let Some(Place::Offered { to, .. }) = self.sessions.get(&session).map(|row| row.place.clone())
            {
                self.requeue(now, &session, Moved { from: to, reason });
            }
        }
    }
}
