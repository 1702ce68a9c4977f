//! What notes and settings do to a channel.

use super::{LINE, Model, face, holder, owner};
use shared::desk::{Own, Place, Seat, SessionRow, Versioned};
use shared::id::{Epoch, OperatorId, SessionId};
use shared::note::{Arrival, Note, Standing};
use shared::time::Timestamp;
use shared::wire::Target;
use std::collections::BTreeSet;

impl Model {
    pub(super) fn note(&mut self, now: Timestamp, note: &Note) {
        match note {
            Note::Arrived(arrival) => self.arrived(now, arrival),
            Note::Ended { session, .. } => self.forget(session),
            Note::Standing { session, epoch, standing } => self.stands(now, session, *epoch, *standing),
            Note::Abandoned { session, epoch } => self.abandoned(now, session, *epoch),
            Note::Unanswered { session, epoch } => self.unanswered(now, session, *epoch),
            Note::Transfer { session, epoch, to, .. } => self.transfer(now, session, *epoch, to),
            Note::Intercept { session, epoch, by } => self.intercept(now, session, *epoch, &by.id),
            Note::Pinned { session, epoch, on } => self.pinned(session, *epoch, *on),
            Note::Accept { session, epoch, operator } => self.accept(now, session, *epoch, operator),
            Note::Skip { session, epoch, operator } => self.skip(now, session, *epoch, operator),
            Note::Presence { operator, online, available } => {
                self.presence(now, &operator.id, *online, *available);
            }
            _ => {}
        }
    }

    /// A new session. Whoever opens one again owns it at once; the person responsible comes before the line.
    fn arrived(&mut self, now: Timestamp, arrival: &Arrival) {
        let id = &arrival.session;
        let is_old = self.session(id).is_some_and(|known| known.run >= arrival.run);
        if self.settings.is_none() || is_old {
            return;
        }
        self.forget(id);
        self.sessions.push(SessionRow {
            session: id.clone(),
            run: arrival.run,
            since: arrival.since,
            waiting_since: now,
            epoch: arrival.epoch.next(),
            place: LINE,
            tried: BTreeSet::new(),
            standing: Standing::Fresh,
            pinned: false,
            why: None,
        });
        if let Some(owner) = &arrival.claim {
            self.welcome(&owner.id);
            self.give(now, id, &owner.id);
        } else if let Some(person) = &arrival.responsible {
            let able = self.person(&person.id).is_none() || self.can_take_one(&person.id);
            if able && self.is_active() && self.queue().forward_to_responsible {
                self.welcome(&person.id);
                self.offer(now, id, &person.id);
            }
        }
    }

    /// A closed session that goes on needs an owner who is still of this channel.
    fn stands(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch, standing: Standing) {
        let Some(row) = self.seen(id, epoch) else { return };
        let resumed = row.standing == Standing::Closing && standing != Standing::Closing;
        row.standing = standing;
        let owner = owner(row).cloned();
        if resumed && owner.is_some_and(|owner| self.person(&owner).is_none()) {
            self.moves_on(now, id);
        }
    }

    /// The visitor waits, and the owner has been away for too long.
    fn abandoned(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch) {
        let is_alone = |row: &mut SessionRow| matches!(row.place, Place::Owned { away: true, .. });
        if self.seen(id, epoch).is_some_and(is_alone) {
            self.moves_on(now, id);
        }
    }

    /// Nobody has answered in time: from the start, and not with who had it while others can take it.
    fn unanswered(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch) {
        let Some(row) = self.seen(id, epoch).filter(|row| !row.pinned) else { return };
        row.tried = holder(row).cloned().into_iter().collect();
        match row.place {
            Place::Line { .. } => row.place = LINE,
            Place::Offered { .. } | Place::Owned { .. } => self.moves_on(now, id),
        }
    }

    /// By hand: to another channel; or to a member who is there, at the limit too.
    fn transfer(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch, to: &Target) {
        let Some(from) = self.seen(id, epoch).map(|row| holder(row).cloned()) else { return };
        let queue = self.queue();
        match to {
            Target::Channel(to) if *to == self.channel => {}
            Target::Channel(_) => self.forget(id),
            Target::Operator(to) => {
                let is_there = !queue.check_availability || self.person(to).is_some_and(|seat| seat.online);
                if !queue.members.contains(to) || !is_there || from.as_ref() == Some(to) {
                    return;
                }
                if from.is_some() {
                    self.moves_on(now, id);
                }
                self.offer(now, id, to);
                if let Some(row) = self.session(id) {
                    row.tried.remove(to);
                }
            }
        }
    }

    fn intercept(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch, by: &OperatorId) {
        if self.seen(id, epoch).is_some_and(|row| owner(row) != Some(by)) {
            self.welcome(by);
            self.give(now, id, by);
        }
    }

    fn pinned(&mut self, id: &SessionId, epoch: Epoch, on: bool) {
        if let Some(row) = self.seen(id, epoch) {
            row.pinned = on;
        }
    }

    /// The first who accepts has it. What is shown is shown to nobody at the limit.
    fn accept(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch, by: &OperatorId) {
        if self.seen(id, epoch).is_some_and(|row| is_for(row, by)) {
            self.give(now, id, by);
        }
    }

    fn skip(&mut self, now: Timestamp, id: &SessionId, epoch: Epoch, by: &OperatorId) {
        if self.seen(id, epoch).is_some_and(|row| is_for(row, by)) {
            self.passed_on(now, id, by);
            self.showed_up(by);
        }
    }

    /// Who skipped it or let it pass is tried. What was only shown stays where it is.
    pub(super) fn passed_on(&mut self, now: Timestamp, id: &SessionId, by: &OperatorId) {
        if self.session(id).is_some_and(|row| holder(row).is_some()) {
            self.moves_on(now, id);
        }
        if let Some(row) = self.session(id) {
            row.tried.insert(by.clone());
        }
    }

    // ------------------------------------------------------------------------------------------------------------- people

    /// After some missed in a row they are on a break.
    pub(super) fn missed_one(&mut self, who: &OperatorId) {
        let queue = self.queue();
        let Some(seat) = self.person(who) else { return };
        seat.missed += 1;
        let too_many = queue.misses_before_break != 0 && seat.missed >= queue.misses_before_break;
        if too_many && queue.check_availability && seat.available {
            (seat.available, seat.missed) = (false, 0);
        }
    }

    /// Only misses in a row count.
    fn showed_up(&mut self, who: &OperatorId) {
        if let Some(seat) = self.person(who) {
            seat.missed = 0;
        }
    }

    /// A break stops new offers only; but of somebody of whom nothing was known this is the first word.
    fn presence(&mut self, now: Timestamp, who: &OperatorId, online: bool, available: bool) {
        let checks = self.queue().check_availability;
        let Some(seat) = self.person(who) else { return };
        let cannot_take_it = !online || (seat.assumed && !available);
        let back_from_break = available && !seat.available;
        seat.away_since = if online { None } else { seat.away_since.or(Some(now)) };
        seat.orphaned = seat.orphaned && !online;
        (seat.online, seat.available, seat.assumed) = (online, available, false);
        if back_from_break {
            self.showed_up(who);
        }
        if cannot_take_it && checks {
            self.move_on_all(now, |row| is_offered_to(row, who));
        }
    }

    /// Somebody who is no member is followed while they have something of this channel's.
    fn welcome(&mut self, who: &OperatorId) {
        if self.person(who).is_none() {
            self.people.push(Seat { online: true, guest: true, assumed: true, ..new_seat(who) });
        }
    }

    pub(super) fn dismiss_guests(&mut self) {
        let holds = |who: &OperatorId| self.sessions.iter().any(|row| holder(row) == Some(who));
        self.people.retain(|seat| !seat.guest || holds(&seat.face.id));
    }

    /// What belongs to those who have been away for too long moves on as soon as the visitor waits, unless pinned or closed.
    pub(super) fn notice_absence(&mut self) {
        let checks = self.queue().check_availability;
        for row in &mut self.sessions {
            let stays = row.pinned || row.standing == Standing::Closing || !checks;
            if let Place::Owned { owner, away } = &mut row.place {
                *away = !stays && self.people.iter().any(|seat| seat.face.id == owner.id && seat.orphaned);
            }
        }
    }

    // ----------------------------------------------------------------------------------------------------------- settings

    pub(super) fn own(&mut self, now: Timestamp, own: &Own) {
        match own {
            Own::Begin { settings, .. } if self.settings.is_none() => self.adopt(now, settings.clone()),
            Own::Begin { .. } => {}
            Own::Change { settings, .. } => {
                let current = self.settings.as_ref().is_some_and(|known| known.version == settings.version);
                if current && settings.settings.errors().is_empty() {
                    let version = settings.version + 1;
                    self.adopt(now, Versioned { version, settings: settings.settings.clone() });
                }
            }
        }
    }

    /// A former member loses offers and sessions. Where members or distribution have changed, offers are made anew.
    fn adopt(&mut self, now: Timestamp, settings: Versioned) {
        let before = self.queue();
        self.settings = Some(settings);
        let queue = self.queue();
        for left in before.members.iter().filter(|who| !queue.members.contains(who)) {
            self.move_on_all(now, |row| {
                let is_closed = row.standing == Standing::Closing;
                is_offered_to(row, left) || (owner(row) == Some(left) && !is_closed)
            });
            self.people.retain(|seat| seat.face.id != *left);
        }
        for member in &queue.members {
            match self.person(member) {
                Some(seat) => seat.guest = false,
                None => self.people.push(new_seat(member)),
            }
        }
        if before.members != queue.members || before.distribution != queue.distribution {
            self.move_on_all(now, |row| matches!(row.place, Place::Offered { .. }));
        }
    }
}

/// A member of whom nothing was heard yet.
fn new_seat(id: &OperatorId) -> Seat {
    Seat {
        face: face(id),
        online: false,
        available: true,
        last_assigned: Timestamp(0),
        missed: 0,
        away_since: None,
        orphaned: false,
        guest: false,
        assumed: false,
    }
}

fn is_offered_to(row: &SessionRow, who: &OperatorId) -> bool {
    matches!(&row.place, Place::Offered { to, .. } if to.id == *who)
}

/// Whether it is offered or shown to them.
fn is_for(row: &SessionRow, who: &OperatorId) -> bool {
    is_offered_to(row, who) || matches!(&row.place, Place::Line { shown, .. } if shown.contains(who))
}
