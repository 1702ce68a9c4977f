//! What a desk has stored, turn by turn. Everything is worked out anew from the settings, the seats and the sessions, so as to be
//! obviously right.

use super::super::kind::Committed;
use super::super::node::Node;
use super::super::world::World;
use super::Right;
use crate::model::Model;
use shared::core::Input;
use shared::desk::{Desk, OWNER_GRACE, Place, Record, Seat, SessionRow, Versioned};
use shared::id::{ChannelId, OperatorId, SessionId};
use shared::note::{Address, Standing};
use shared::settings::{CountsUntil, Distribution, Settings};
use shared::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub(super) type Rows = BTreeMap<SessionId, Rc<SessionRow>>;
pub(super) type Seats = BTreeMap<OperatorId, Rc<Seat>>;

/// A desk as it is stored.
pub(in super::super) struct Counter {
    pub(in super::super) channel: ChannelId,
    pub(in super::super) rows: Rows,
    pub(in super::super) seats: Seats,
    pub(in super::super) settings: Option<Rc<Versioned>>,
    /// Whoever was a member at any time.
    members: BTreeSet<OperatorId>,
    /// Since when the line is as it is, and whether somebody is free.
    pub(in super::super) line_since: Timestamp,
    pub(in super::super) available: (bool, Timestamp),
    model: Model,
    rang: (Timestamp, u32),
}

impl Counter {
    fn new(channel: ChannelId) -> Self {
        Self {
            model: Model::new(channel.clone()),
            channel,
            rows: Rows::new(),
            seats: Seats::new(),
            settings: None,
            members: BTreeSet::new(),
            line_since: Timestamp(0),
            available: (false, Timestamp(0)),
            rang: (Timestamp(0), 0),
        }
    }

    pub(super) fn rules(&self) -> Option<&Settings> {
        self.settings.as_ref().map(|versioned| &versioned.settings)
    }

    /// Whether somebody was a member at any time.
    pub(super) fn ever_member(&self, id: &OperatorId) -> bool {
        self.members.contains(id)
    }

    /// Those who wait, oldest first.
    pub(in super::super) fn line(&self) -> Vec<&Rc<SessionRow>> {
        let mut line: Vec<_> =
            self.rows.values().filter(|row| matches!(row.place, Place::Line { .. })).collect();
        line.sort_by_key(|row| (row.since, row.session.clone()));
        line
    }

    pub(super) fn load(&self, operator: &OperatorId) -> u32 {
        let Some(settings) = self.rules() else { return 0 };
        let theirs = |row: &&Rc<SessionRow>| {
            row.holder().is_some_and(|face| face.id == *operator) && counts(row, settings)
        };
        self.rows.values().filter(theirs).count().try_into().unwrap_or(u32::MAX)
    }

    /// Whether a member could be given a session now.
    pub(super) fn is_able(&self, member: &OperatorId) -> bool {
        let Some(settings) = self.rules() else { return false };
        let (queue, seat) = (&settings.queue, self.seats.get(member));
        let here = seat.is_some_and(|seat| seat.online && seat.available) || !queue.check_availability;
        let limit = queue.sessions_at_once;
        settings.active && here && seat.is_some() && (limit == 0 || self.load(member) < limit)
    }

    fn forget(&mut self, key: &str) {
        self.rows.retain(|session, _| *key != format!("session/{session}"));
        self.seats.retain(|operator, _| *key != format!("seat/{operator}"));
    }

    /// When something has to happen next.
    fn due(&self) -> Option<(Timestamp, String)> {
        let settings = self.rules()?;
        let mut due = Vec::new();
        for row in self.rows.values() {
            let mut at = |at: Timestamp, what: &str| due.push((at, format!("{what} of {}", row.session)));
            match &row.place {
                Place::Line { next_round: Some(round), .. } => at(*round, "the next round"),
                Place::Offered { until, .. } => at(*until, "the end of the offer"),
                Place::Line { next_round: None, .. } | Place::Owned { .. } => {}
            }
            if row.owner().is_none() {
                at(row.waiting_since + settings.queue.give_up, "the giving up");
            }
        }
        for seat in self.seats.values().filter(|seat| settings.queue.check_availability && !seat.orphaned) {
            due.extend(
                seat.away_since.map(|at| (at + OWNER_GRACE, format!("the grace of {}", seat.face.id))),
            );
        }
        due.into_iter().min()
    }
}

/// Whether a session counts against the limit of whoever holds it.
fn counts(row: &SessionRow, settings: &Settings) -> bool {
    let everyone = settings.queue.distribution == Distribution::Everyone;
    match &row.place {
        Place::Line { .. } => false,
        Place::Offered { .. } => !everyone,
        Place::Owned { .. } => stands_for_one(row.standing, settings.queue.counts_until),
    }
}

/// Whether a session that stands so with its owner counts.
pub(in super::super) const fn stands_for_one(standing: Standing, until: CountsUntil) -> bool {
    match until {
        CountsUntil::Close => !matches!(standing, Standing::Closing),
        CountsUntil::FirstReply => matches!(standing, Standing::Fresh),
        CountsUntil::EachReply => matches!(standing, Standing::Fresh | Standing::Awaiting),
    }
}

impl World {
    pub(in super::super) fn check_desk(
        &mut self,
        id: &ChannelId,
        node: &Node<Desk>,
        turn: &Committed<'_, Desk>,
    ) {
        let Some(core) = node.memory.as_ref().map(|object| &object.core) else { return };
        let mut counter =
            self.ledger.counters.remove(id).unwrap_or_else(|| Box::new(Counter::new(id.clone())));
        self.follow_model(&mut counter, core, turn);
        let (before, seats) = (counter.rows.clone(), counter.seats.clone());
        let line_before: Vec<SessionId> = counter.line().iter().map(|row| row.session.clone()).collect();
        for row in turn.rows {
            // In order: a session may leave and come again in one turn.
            match self.read_records(std::slice::from_ref(row)).pop() {
                Some(record) => self.take_row_in(&mut counter, record),
                None => counter.forget(&row.0),
            }
        }
        if counter.line().iter().map(|row| &row.session).ne(line_before.iter()) {
            counter.line_since = self.now;
        }
        if counter.available.0 != core.is_available() {
            counter.available = (core.is_available(), self.now);
        }
        self.check_moves(&counter, &before, &seats, turn);
        self.check_placing(&counter, &before);
        self.check_line(&counter);
        self.check_desk_timers(&mut counter, core, turn.cause.is_alarm());
        self.ledger.counters.insert(id.clone(), counter);
    }

    /// The reference model is told the same, and has to come to the same.
    fn follow_model(&mut self, counter: &mut Counter, core: &Desk, turn: &Committed<'_, Desk>) {
        let super::super::kind::Cause::Input(input) = turn.cause else { return };
        counter.model.apply(self.now, input);
        let compared = counter.model.compare(core);
        let channel = Address::Desk(counter.channel.clone());
        self.check(compared.is_ok(), "model", || {
            format!("{channel} after {}: {}", told(input), compared.err().unwrap_or_default())
        });
    }

    fn take_row_in(&mut self, counter: &mut Counter, record: Record) {
        match record {
            Record::Settings(versioned) => {
                counter.members.extend(versioned.settings.queue.members.iter().cloned());
                counter.settings = Some(Rc::new(*versioned));
            }
            Record::Seat(seat) => {
                counter.seats.insert(seat.face.id.clone(), Rc::new(seat));
            }
            Record::Session(row) => {
                self.learn_right(&row);
                counter.rows.insert(row.session.clone(), Rc::new(row));
            }
            Record::SeatGone(_)
            | Record::Forgotten(_)
            | Record::Watcher(..)
            | Record::WatcherGone(_)
            | Record::Heard(_) => {}
        }
    }

    /// What a desk says of an ownership holds from then on.
    fn learn_right(&mut self, row: &SessionRow) {
        let first = *self.ledger.arrivals.entry(row.session.clone()).or_insert(row.since);
        self.check(first == row.since, "3: a session lost its arrival time", || row.session.to_string());
        let right: &mut Right =
            self.ledger.rights.entry((row.session.clone(), row.run, row.epoch)).or_default();
        right.add(row);
        let one = usize::from(right.owner.is_some()) + usize::from(right.offered.is_some());
        self.check(one <= 1, "1: two changes of ownership with one epoch", || {
            format!("{} at {}", row.session, row.epoch)
        });
    }

    fn check_desk_timers(&mut self, counter: &mut Counter, core: &Desk, rang: bool) {
        use shared::core::Core as _;
        let name = Address::Desk(counter.channel.clone());
        if rang {
            let mut spin = counter.rang;
            self.check_spin(&name, &mut spin);
            counter.rang = spin;
        }
        let (due, timer) = (counter.due(), core.poll_timeout());
        let none_forgotten = due.as_ref().is_none_or(|(at, _)| timer.is_some_and(|timer| timer <= *at));
        self.check(none_forgotten, "9: a timer of a desk is missing", || {
            format!("{name}: {due:?}, but {timer:?}")
        });
        let over = due.as_ref().is_some_and(|(at, _)| rang && *at <= self.now);
        self.check(!over, "9: a timer of a desk is overdue", || format!("{name}: {due:?}"));
    }

    /// Rule 10: what was rebuilt is what was stored last.
    pub(in super::super) fn check_desk_woken(&mut self, id: &ChannelId, core: &Desk) {
        let Some(counter) = self.ledger.counters.get(id) else { return };
        let rows = counter.rows.values().map(|row| &**row).eq(core.sessions());
        let seats = counter.seats.iter().all(|(id, seat)| core.seat(id) == Some(seat));
        let settings = counter.settings.as_deref() == core.settings();
        self.check(rows && seats && settings, "10: a desk woke as another", || {
            format!("desk:{id}: sessions {rows}, seats {seats}, settings {settings}")
        });
    }
}

fn told(input: &Input<Desk>) -> String {
    match input {
        Input::Note { note, .. } => super::super::story::words_of(note),
        Input::Timeout => "its alarm".to_owned(),
        Input::Own(_) => "other settings".to_owned(),
        other => format!("{other:?}"),
    }
}
