//! Rules 1, 7 and 9 at a desk: how a session may come, go from one place to another, and go away.

use super::super::kind::{Cause, Committed};
use super::super::world::World;
use super::desk::{Counter, Rows, Seats};
use shared::core::Input;
use shared::desk::{Desk, OWNER_GRACE, Own, Place, Seat, SessionRow};
use shared::id::{Epoch, OperatorId, SessionId};
use shared::note::{Note, Standing};
use shared::why::Rule;
use shared::wire::Target;
use std::rc::Rc;

/// What a turn of a desk may have been about.
struct Wish<'a> {
    note: Option<&'a Note>,
    alarm: bool,
    settings: bool,
}

impl<'a> Wish<'a> {
    fn of(cause: &'a Cause<Desk>) -> Self {
        let settings = matches!(cause, Cause::Input(Input::Own(Own::Begin { .. } | Own::Change { .. })));
        Self { note: cause.note(), alarm: cause.is_alarm(), settings }
    }

    /// Who wishes to take, or to pass on, this ownership of a session.
    fn accepts(&self, of: &SessionRow) -> Option<&'a OperatorId> {
        match self.note {
            Some(Note::Accept { session, epoch, operator }) if is(of, session, *epoch) => Some(operator),
            _ => None,
        }
    }

    fn skips(&self, of: &SessionRow) -> Option<&'a OperatorId> {
        match self.note {
            Some(Note::Skip { session, epoch, operator }) if is(of, session, *epoch) => Some(operator),
            _ => None,
        }
    }

    fn transfers(&self, of: &SessionRow) -> Option<&'a Target> {
        match self.note {
            Some(Note::Transfer { session, epoch, to, .. }) if is(of, session, *epoch) => Some(to),
            _ => None,
        }
    }

    fn intercepts(&self, of: &SessionRow) -> Option<&'a OperatorId> {
        match self.note {
            Some(Note::Intercept { session, epoch, by }) if is(of, session, *epoch) => Some(&by.id),
            _ => None,
        }
    }
}

fn is(row: &SessionRow, session: &SessionId, epoch: Epoch) -> bool {
    row.session == *session && row.epoch == epoch
}

impl World {
    pub(super) fn check_moves(
        &mut self,
        counter: &Counter,
        before: &Rows,
        seats: &Seats,
        turn: &Committed<'_, Desk>,
    ) {
        let wish = Wish::of(turn.cause);
        for (session, was) in before {
            match counter.rows.get(session) {
                Some(row) if Rc::ptr_eq(was, row) => self.check_granted(counter, was, row, &wish),
                Some(row) => {
                    self.check_move(counter, was, row, &wish);
                    self.check_granted(counter, was, row, &wish);
                }
                None => self.check_gone(counter, was, &wish),
            }
        }
        for (session, row) in counter.rows.iter().filter(|(session, _)| !before.contains_key(*session)) {
            let came = matches!(wish.note, Some(Note::Arrived(arrival)) if arrival.session == *session);
            self.check(came, "1: a session came from nowhere", || format!("{row:?}"));
        }
        self.check_seats_moved(counter, before, seats, &wish);
    }

    fn check_move(&mut self, counter: &Counter, was: &SessionRow, row: &SessionRow, wish: &Wish<'_>) {
        let name = || format!("{}: {:?} then {:?}", row.session, was.place, row.place);
        self.check(was.since == row.since, "3: a session lost its arrival time", || row.session.to_string());
        if was.run != row.run {
            let arrived = matches!(wish.note, Some(Note::Arrived(arrival)) if arrival.session == row.session);
            self.check(arrived && was.run < row.run, "1: a run began by itself", name);
            return;
        }
        let counted = was.epoch < row.epoch || (was.epoch == row.epoch && same_holder(was, row));
        self.check(counted, "1: an ownership changed without its epoch", name);
        if let Place::Line { next_round: Some(round), .. } = &row.place {
            let kept = matches!(&was.place, Place::Line { next_round: Some(known), .. } if known == round);
            let limit = counter.rules().map(|settings| settings.queue.response_limit).unwrap_or_default();
            self.check(kept || *round == self.now + limit, "4: a round does not last one limit", name);
        }
        if was.epoch == row.epoch {
            return;
        }
        match (&was.place, &row.place) {
            (Place::Owned { .. }, _) => self.check_left(counter, was, row, wish),
            (_, Place::Owned { owner, .. }) => {
                let by = wish.accepts(was).or_else(|| wish.intercepts(was));
                self.check(by == Some(&owner.id), "1: an accept of another offer was granted", name);
            }
            _ => {}
        }
        if let Place::Offered { to, until } = &was.place {
            let passed = wish.alarm && *until <= self.now;
            let skipped = wish.skips(was).is_some();
            let early = wish.alarm && *until > self.now;
            self.check(!early, "9: an offer ended before its time", name);
            let tried = row.tried.contains(&to.id);
            self.check(tried || !(passed || skipped), "4: who let an offer pass is not tried", name);
        }
    }

    /// What an owner has goes on only by their own or a supervisor's wish, because they are gone, or because nobody answered.
    fn check_left(&mut self, counter: &Counter, was: &SessionRow, row: &SessionRow, wish: &Wish<'_>) {
        let name = || format!("{}: {:?} then {:?} by {:?}", row.session, was.place, row.place, wish.note);
        let Some(owner) = was.owner() else { return };
        let checks = counter.rules().is_some_and(|settings| settings.queue.check_availability);
        let seat = counter.seats.get(&owner.id);
        let alone = checks && seat.is_none_or(|seat| seat.orphaned);
        let removed = seat.is_none();
        let (right, by_itself) = match wish.note {
            Some(Note::Transfer { .. }) => (wish.transfers(was).is_some(), false),
            Some(Note::Intercept { .. }) => (wish.intercepts(was).is_some(), false),
            Some(Note::Abandoned { session, epoch }) => (is(was, session, *epoch) && alone, true),
            Some(Note::Unanswered { session, epoch }) => (is(was, session, *epoch), true),
            Some(Note::Standing { session, epoch, .. }) => {
                let resumed = was.standing == Standing::Closing;
                (is(was, session, *epoch) && resumed && (removed || alone), !removed)
            }
            _ => (wish.settings && removed, false),
        };
        self.check(right, "1: an owner lost a session for no reason", name);
        self.check(!(was.pinned && by_itself), "a pinned session moved on by itself", name);
    }

    /// What was asked for in the present ownership is done.
    fn check_granted(&mut self, counter: &Counter, was: &SessionRow, row: &SessionRow, wish: &Wish<'_>) {
        let name = || format!("{}: {:?} then {:?} by {:?}", row.session, was.place, row.place, wish.note);
        let owned_by = |id: &OperatorId| row.owner().is_some_and(|owner| owner.id == *id);
        if let (Some(by), Place::Offered { to, .. }) = (wish.accepts(was), &was.place) {
            self.check(owned_by(by) == (to.id == *by), "1: an accept was decided the wrong way", name);
        }
        if let (Some(by), Place::Line { shown, .. }) = (wish.accepts(was), &was.place) {
            let right = owned_by(by) == shown.contains(by);
            self.check(right, "1: an accept of what is shown was decided the wrong way", name);
        }
        if let (Some(by), Place::Offered { to, .. }) = (wish.skips(was), &was.place) {
            self.check((was.epoch != row.epoch) == (to.id == *by), "4: a skip was ignored", name);
        }
        if let (Some(by), Place::Line { shown, .. }) = (wish.skips(was), &was.place)
            && shown.contains(by)
        {
            let hidden = !matches!(&row.place, Place::Line { shown, .. } if shown.contains(by));
            self.check(hidden, "4: what was skipped is shown on", name);
        }
        if let Some(by) = wish.intercepts(was) {
            self.check(owned_by(by), "1: a supervisor did not get what they took over", name);
        }
        if let Some(Target::Operator(to)) = wish.transfers(was) {
            let seat = counter.seats.get(to);
            let queue = counter.rules().map(|settings| settings.queue.clone()).unwrap_or_default();
            let may = queue.members.contains(to)
                && seat.is_some_and(|seat| seat.online || !queue.check_availability);
            let has = was.holder().is_some_and(|face| face.id == *to);
            let offered = row.epoch != was.epoch
                && matches!(&row.place, Place::Offered { to: face, .. } if face.id == *to)
                && matches!(row.why.as_ref().map(|why| &why.rule), Some(Rule::Transferred { .. }));
            self.check(offered == (may && !has), "1: a transfer was decided the wrong way", name);
        }
    }

    /// A session leaves a desk when it ends, is given up in time, or goes to another channel.
    fn check_gone(&mut self, counter: &Counter, was: &SessionRow, wish: &Wish<'_>) {
        let give_up = counter.rules().map(|settings| settings.queue.give_up).unwrap_or_default();
        let away = matches!(wish.transfers(was), Some(Target::Channel(to)) if *to != counter.channel);
        let ended = matches!(wish.note, Some(Note::Ended { session, .. }) if *session == was.session);
        let given_up = wish.alarm && was.owner().is_none() && was.waiting_since + give_up <= self.now;
        self.check(away || ended || given_up, "7: a desk forgot a session", || {
            format!("{}: {:?} by {:?}", was.session, was.place, wish.note)
        });
        if given_up {
            self.ledger.count("given up by desks");
        }
    }

    /// The grace, and the break after missed offers.
    fn check_seats_moved(&mut self, counter: &Counter, rows: &Rows, before: &Seats, wish: &Wish<'_>) {
        for (id, seat) in &counter.seats {
            let Some(was) = before.get(id).filter(|was| !Rc::ptr_eq(was, seat)) else { continue };
            let left_alone = seat.orphaned && !was.orphaned;
            let in_time = wish.alarm && was.away_since.is_some_and(|at| at + OWNER_GRACE <= self.now);
            self.check(!left_alone || in_time, "9: the grace ended before its time", || format!("{seat:?}"));
            self.check(!seat.orphaned || !seat.online, "9: somebody who is there has no grace left", || {
                format!("{seat:?}")
            });
            let passed = rows.values().filter(|row| {
                matches!(&row.place, Place::Offered { to, until } if to.id == *id && *until <= self.now)
            });
            let passed = u32::try_from(passed.count()).unwrap_or(u32::MAX);
            self.check_break(counter, was, seat, wish, passed);
        }
    }

    fn check_break(&mut self, counter: &Counter, was: &Seat, seat: &Seat, wish: &Wish<'_>, passed: u32) {
        let sent = was.available && !seat.available && wish.alarm;
        if sent {
            self.ledger.count("breaks after missed offers");
        }
        let most = counter.rules().map_or(0, |settings| settings.queue.misses_before_break);
        let enough = most > 0 && passed > 0 && was.missed + passed >= most;
        self.check(!sent || enough, "4: a break for no reason", || format!("{was:?} {seat:?}"));
        let said = matches!(wish.note, Some(Note::Presence { .. }));
        let kept = was.available == seat.available || sent || said;
        self.check(kept, "4: somebody's break began or ended by itself", || format!("{was:?} {seat:?}"));
    }
}

fn same_holder(one: &SessionRow, other: &SessionRow) -> bool {
    let kind = |row: &SessionRow| match row.place {
        Place::Line { .. } => 0,
        Place::Offered { .. } => 1,
        Place::Owned { .. } => 2,
    };
    kind(one) == kind(other) && one.holder().map(|face| &face.id) == other.holder().map(|face| &face.id)
}
