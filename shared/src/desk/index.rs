//! What can be found fast: who is first in line, who can take a session, what is held by whom, and the one table of timers.
//! All of it follows from the settings, the seats and the sessions.

use super::presence::OWNER_GRACE;
use super::{Desk, Place, Record, Seat, SessionRow, Versioned};
use crate::core::Effect;
use crate::id::{OperatorId, SessionId};
use crate::note::Standing;
use crate::settings::{CountsUntil, Distribution, Settings};
use crate::time::Timestamp;
use crate::why::{Excluded, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Where a session stands in the line: first in, first out.
pub(super) type LineKey = (Timestamp, SessionId);

/// Something that happens when its time comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// An offer was not accepted in time.
    OfferEnds(SessionId),
    /// Those who were tried may be asked again.
    RoundEnds(SessionId),
    /// A session has waited for too long.
    GivesUp(SessionId),
    /// An operator has been away for too long.
    Grace(OperatorId),
}

/// What decides between two who can take a session, most important first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ReadyKey {
    load: u32,
    last_assigned: Timestamp,
    order: usize,
    pub(super) operator: OperatorId,
}

/// What one operator holds.
#[derive(Clone, Debug, Default)]
struct Holding {
    sessions: BTreeSet<SessionId>,
    load: u32,
}

#[derive(Debug, Default)]
pub(super) struct Index {
    /// Those that wait and are offered to nobody, oldest first.
    pub(super) line: BTreeSet<LineKey>,
    /// Those of them that are shown to somebody.
    pub(super) shown: BTreeSet<LineKey>,
    /// The members who can take a session now, best first.
    pub(super) ready: BTreeSet<ReadyKey>,
    keys: BTreeMap<OperatorId, ReadyKey>,
    verdicts: BTreeMap<OperatorId, Verdict>,
    pub(super) excluded: Excluded,
    /// Those who became able or unable to take a session since the shown ones were last looked at.
    pub(super) turned: BTreeSet<OperatorId>,
    /// Where each member stands in the queue.
    pub(super) orders: BTreeMap<OperatorId, usize>,
    /// Those who are no members, and are followed because they hold something.
    guests: BTreeSet<OperatorId>,
    /// Those of them who hold nothing any more.
    pub(super) idle_guests: BTreeSet<OperatorId>,
    holdings: BTreeMap<OperatorId, Holding>,
    timers: BTreeSet<(Timestamp, Timer)>,
    pub(super) line_changed: bool,
}

impl Index {
    pub(super) fn load(&self, operator: &OperatorId) -> u32 {
        self.holdings.get(operator).map_or(0, |holding| holding.load)
    }

    pub(super) fn is_ready(&self, operator: &OperatorId) -> bool {
        self.keys.contains_key(operator)
    }

    pub(super) fn verdict(&self, operator: &OperatorId) -> Option<Verdict> {
        self.verdicts.get(operator).copied()
    }

    /// The sessions that an operator was offered or owns.
    pub(super) fn held_by(&self, operator: &OperatorId) -> Vec<SessionId> {
        self.holdings
            .get(operator)
            .map(|holding| holding.sessions.iter().cloned().collect())
            .unwrap_or_default()
    }

    fn holds_nothing(&self, operator: &OperatorId) -> bool {
        self.holdings.get(operator).is_none_or(|holding| holding.sessions.is_empty())
    }

    /// After a change of who is a guest, or of what they hold.
    fn find_idle_guest(&mut self, operator: &OperatorId) {
        if self.guests.contains(operator) && self.holds_nothing(operator) {
            self.idle_guests.insert(operator.clone());
        } else {
            self.idle_guests.remove(operator);
        }
    }

    pub(super) fn due(&self, now: Timestamp) -> Option<Timer> {
        self.timers.first().filter(|(at, _)| *at <= now).map(|(_, timer)| timer.clone())
    }

    /// Somebody can take the session who was not tried for it.
    pub(super) fn round_goes_on(&mut self, at: Timestamp, session: &SessionId) {
        self.timers.remove(&(at, Timer::RoundEnds(session.clone())));
    }

    pub(super) fn next_timer(&self) -> Option<Timestamp> {
        self.timers.first().map(|(at, _)| *at)
    }

    fn judged(&mut self, operator: &OperatorId, was: Option<Verdict>, is: Option<Verdict>) {
        if was == is {
            return;
        }
        if was == Some(Verdict::Ready) || is == Some(Verdict::Ready) {
            self.turned.insert(operator.clone());
        }
        if let Some(was) = was {
            self.count(was, -1);
            self.verdicts.remove(operator);
        }
        if let Some(is) = is {
            self.count(is, 1);
            self.verdicts.insert(operator.clone(), is);
        }
    }

    /// From the row that a session had to the one that it has.
    fn update(
        &mut self,
        settings: Option<&Versioned>,
        before: Option<&SessionRow>,
        after: Option<&SessionRow>,
    ) {
        let Some(settings) = settings.map(|versioned| &versioned.settings) else { return };
        let Some(session) = after.or(before).map(|row| &row.session) else { return };
        let was = before.map(|row| Marks::of(row, settings)).unwrap_or_default();
        let is = after.map(|row| Marks::of(row, settings)).unwrap_or_default();
        self.mark(session, &was, &is);
    }

    /// Changes what has changed: most of a row stays where it is.
    fn mark(&mut self, session: &SessionId, was: &Marks<'_>, is: &Marks<'_>) {
        let has = |marks: &Marks<'_>, timer: &_| marks.timers.iter().flatten().any(|other| other == timer);
        for timer in was.timers.iter().flatten().filter(|timer| !has(is, timer)) {
            self.timers.remove(timer);
        }
        self.timers.extend(is.timers.iter().flatten().filter(|timer| !has(was, timer)).cloned());
        self.line_changed |= was.in_line != is.in_line;
        for (keys, was, is) in
            [(&mut self.line, was.in_line, is.in_line), (&mut self.shown, was.shown, is.shown)]
        {
            if was != is {
                was.map(|since| keys.remove(&(since, session.clone())));
                keys.extend(is.map(|since| (since, session.clone())));
            }
        }
        self.hold(session, was, is);
    }

    fn hold(&mut self, session: &SessionId, was: &Marks<'_>, is: &Marks<'_>) {
        if let Some(holding) = was.holder.and_then(|operator| self.holdings.get_mut(operator)) {
            holding.load = holding.load.saturating_sub(was.load);
            if was.holder != is.holder {
                holding.sessions.remove(session);
            }
        }
        if let Some(operator) = is.holder {
            let holding = self.holdings.entry(operator.clone()).or_default();
            holding.load += is.load;
            if was.holder != is.holder {
                holding.sessions.insert(session.clone());
            }
        }
    }

    fn count(&mut self, verdict: Verdict, by: i32) {
        let counted = match verdict {
            Verdict::Offline => &mut self.excluded.offline,
            Verdict::OnBreak => &mut self.excluded.on_break,
            Verdict::Full => &mut self.excluded.full,
            Verdict::Ready | Verdict::ChannelClosed => return,
        };
        *counted = counted.saturating_add_signed(by);
    }
}

/// Whether a session of an operator counts against their limit.
pub(super) fn counts(row: &SessionRow, settings: &Settings) -> bool {
    let queue = &settings.queue;
    match (&row.place, row.standing) {
        (Place::Line { .. }, _) | (Place::Owned { .. }, Standing::Closing) => false,
        (Place::Offered { .. }, _) => queue.distribution != Distribution::Everyone,
        (Place::Owned { .. }, standing) => match queue.counts_until {
            CountsUntil::Close => true,
            CountsUntil::FirstReply => standing == Standing::Fresh,
            CountsUntil::EachReply => standing != Standing::Answered,
        },
    }
}

/// What the index has of a session.
#[derive(Default)]
struct Marks<'a> {
    in_line: Option<Timestamp>,
    shown: Option<Timestamp>,
    holder: Option<&'a OperatorId>,
    load: u32,
    timers: [Option<(Timestamp, Timer)>; 2],
}

impl<'a> Marks<'a> {
    fn of(row: &'a SessionRow, settings: &Settings) -> Self {
        let (in_line, shown) = match &row.place {
            Place::Line { shown, .. } => (Some(row.since), Some(row.since).filter(|_| !shown.is_empty())),
            Place::Offered { .. } | Place::Owned { .. } => (None, None),
        };
        let holder = row.holder().map(|face| &face.id);
        Self { in_line, shown, holder, load: counts(row, settings).into(), timers: timers(row, settings) }
    }
}

/// The timers of a session. Waiting ends some time in any case; the rest depends on where it is.
fn timers(row: &SessionRow, settings: &Settings) -> [Option<(Timestamp, Timer)>; 2] {
    let id = || row.session.clone();
    let gives_up =
        row.owner().is_none().then(|| (row.waiting_since + settings.queue.give_up, Timer::GivesUp(id())));
    let moves_on = match &row.place {
        Place::Line { next_round, .. } => next_round.map(|at| (at, Timer::RoundEnds(id()))),
        Place::Offered { until, .. } => Some((*until, Timer::OfferEnds(id()))),
        Place::Owned { .. } => None,
    };
    [gives_up, moves_on]
}

impl Desk {
    /// Builds everything anew, after a wake or a change of the settings.
    pub(super) fn reindex(&mut self) {
        let members = self.rules().map(|settings| settings.queue.members.clone()).unwrap_or_default();
        // Whoever can take a session by the new rules is compared with whom it was shown to by the old ones.
        let turned = self.seats.keys().cloned().collect();
        self.index = Index { orders: members.into_iter().zip(0..).collect(), turned, ..Index::default() };
        for row in self.sessions.values() {
            self.index.update(self.settings.as_ref(), None, Some(row));
        }
        for operator in self.seats.keys().cloned().collect::<Vec<_>>() {
            self.index_seat(&operator);
        }
        for operator in self.index.orders.keys().cloned().collect::<Vec<_>>() {
            self.rank(&operator);
        }
    }

    /// Changes a session's row and keeps the index true. It is stored at the end of the event.
    pub(super) fn replace(&mut self, row: SessionRow) {
        let (session, is) = (row.session.clone(), row.holder().map(|face| face.id.clone()));
        let known = self.sessions.get_mut(&session);
        self.index.update(self.settings.as_ref(), known.as_deref(), Some(&row));
        let before = match known {
            Some(known) => Some(core::mem::replace(known, row)),
            None => {
                self.sessions.insert(session.clone(), row);
                None
            }
        };
        let was = before.as_ref().and_then(SessionRow::holder).map(|face| &face.id);
        if is.is_none() && (before.is_none() || was.is_some()) {
            self.entered.insert(session.clone());
        }
        if let Some(was) = was.filter(|was| is.as_ref() != Some(was)) {
            self.rank(was);
        }
        if let Some(is) = &is {
            self.rank(is);
        }
        self.changed.insert(session);
    }

    /// Whatever happened to a session in an event, its row is stored once.
    pub(super) fn store_sessions(&mut self) {
        for session in core::mem::take(&mut self.changed) {
            let record = match self.sessions.get(&session) {
                Some(row) => Record::Session(row.clone()),
                None => Record::Forgotten(session),
            };
            self.persist(record);
        }
    }

    /// The session is over for this desk. Tell its conversation first.
    pub(super) fn forget(&mut self, session: &SessionId) {
        let Some(row) = self.sessions.remove(session) else { return };
        self.index.update(self.settings.as_ref(), Some(&row), None);
        self.entered.remove(session);
        self.told.reshow(session);
        self.changed.insert(session.clone());
        self.effects.push_back(Effect::EndTopic(row.topic()));
        if let Some(face) = row.holder() {
            self.rank(&face.id);
        }
    }

    /// Stores a seat and keeps the index true.
    pub(super) fn seat_changed(&mut self, seat: Seat) {
        let id = seat.face.id.clone();
        if let Some(at) = self.seats.get(&id).and_then(|before| self.grace_of(before)) {
            self.index.timers.remove(&(at, Timer::Grace(id.clone())));
        }
        self.persist(Record::Seat(seat.clone()));
        self.seats.insert(id.clone(), seat);
        self.index_seat(&id);
        self.rank(&id);
    }

    pub(super) fn seat_gone(&mut self, operator: &OperatorId) {
        let Some(seat) = self.seats.remove(operator) else { return };
        if let Some(at) = self.grace_of(&seat) {
            self.index.timers.remove(&(at, Timer::Grace(operator.clone())));
        }
        self.index.guests.remove(operator);
        self.persist(Record::SeatGone(operator.clone()));
        self.rank(operator);
    }

    fn index_seat(&mut self, operator: &OperatorId) {
        if self.seats.get(operator).is_some_and(|seat| seat.guest) {
            self.index.guests.insert(operator.clone());
        } else {
            self.index.guests.remove(operator);
        }
        self.index.find_idle_guest(operator);
        if let Some(at) = self.seats.get(operator).and_then(|seat| self.grace_of(seat)) {
            self.index.timers.insert((at, Timer::Grace(operator.clone())));
        }
    }

    fn grace_of(&self, seat: &Seat) -> Option<Timestamp> {
        let checked = self.rules().is_some_and(|settings| settings.queue.check_availability);
        seat.away_since.filter(|_| checked && !seat.orphaned).map(|at| at + OWNER_GRACE)
    }

    /// Puts somebody where they belong: a member among those who can take a session, or nowhere.
    pub(super) fn rank(&mut self, operator: &OperatorId) {
        self.index.find_idle_guest(operator);
        let order = self.index.orders.get(operator).copied();
        let (was, is) = (self.index.verdict(operator), order.and(self.judge(operator)));
        let key = order.filter(|_| is == Some(Verdict::Ready)).map(|order| self.ready_key(operator, order));
        self.index.judged(operator, was, is);
        let known = self.index.keys.get(operator);
        if known == key.as_ref() {
            return;
        }
        if let Some(known) = known {
            self.index.ready.remove(known);
            self.index.keys.remove(operator);
        }
        if let Some(key) = key {
            self.index.keys.insert(operator.clone(), key.clone());
            self.index.ready.insert(key);
        }
    }

    fn ready_key(&self, operator: &OperatorId, order: usize) -> ReadyKey {
        let operator = operator.clone();
        match self.rules().map(|settings| settings.queue.distribution) {
            Some(Distribution::InOrder) => ReadyKey { load: 0, last_assigned: Timestamp(0), order, operator },
            Some(Distribution::Evenly | Distribution::Everyone) | None => {
                let last_assigned =
                    self.seats.get(&operator).map(|seat| seat.last_assigned).unwrap_or_default();
                ReadyKey { load: self.load(&operator), last_assigned, order, operator }
            }
        }
    }

    /// Whether somebody of whom the desk knows could take a session, member or not.
    pub(super) fn judge(&self, operator: &OperatorId) -> Option<Verdict> {
        let (settings, seat) = (self.rules()?, self.seats.get(operator)?);
        let limit = settings.queue.sessions_at_once;
        Some(if !settings.active {
            Verdict::ChannelClosed
        } else if settings.queue.check_availability && !seat.online {
            Verdict::Offline
        } else if settings.queue.check_availability && !seat.available {
            Verdict::OnBreak
        } else if limit != 0 && self.load(operator) >= limit {
            Verdict::Full
        } else {
            Verdict::Ready
        })
    }
}
