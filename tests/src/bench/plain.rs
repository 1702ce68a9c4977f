//! The baseline: the same rules, written to be obviously right. Sessions lie in the order of their arrival and are searched
//! from the front; operators are scanned for the best; timers are found by looking at everybody. It makes no notes or
//! records, gives no reasons and tells no places, so it has less to do than the desk.

use super::clock::Stopwatch;
use super::real;
use super::router::{Event, Operator, Router, Said, Session};
use shared::desk::OWNER_GRACE;
use shared::settings::Queue;
use shared::time::Timestamp;
use std::collections::VecDeque;
use std::hint::black_box;
use std::time::Duration;

/// Where a session is.
#[derive(Clone, Copy, Debug)]
enum Place {
    Line { next_round: Option<Timestamp> },
    Offered { to: Operator, until: Timestamp },
    Owned { owner: Operator, away: bool },
}

const LINE: Place = Place::Line { next_round: None };

#[derive(Debug)]
struct Row {
    session: Session,
    /// Decides between two that arrived in the same millisecond.
    order: u64,
    since: Timestamp,
    waiting_since: Timestamp,
    place: Place,
    tried: Vec<Operator>,
    closing: bool,
}

/// What rings, in the order in which the desk looks at what is due in one millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    OfferEnds,
    RoundEnds,
    GivesUp,
    Grace,
}

#[derive(Clone, Debug)]
struct Member {
    online: bool,
    available: bool,
    load: u32,
    last_assigned: Timestamp,
    missed: u32,
    away_since: Option<Timestamp>,
    orphaned: bool,
}

/// The plain scan.
pub(super) struct Plain {
    rows: VecDeque<Row>,
    members: Vec<Member>,
    queue: Queue,
}

impl Plain {
    /// With this many members, of whom nobody is there yet.
    pub(super) fn new(operators: Operator, queue: &Queue) -> Self {
        let member = Member {
            online: false,
            available: true,
            load: 0,
            last_assigned: Timestamp(0),
            missed: 0,
            away_since: None,
            orphaned: false,
        };
        Self { rows: VecDeque::new(), members: vec![member; operators as usize], queue: queue.clone() }
    }

    /// Puts a session at the end of the line, where nobody is free.
    pub(super) fn queue(&mut self, now: Timestamp, session: Session) {
        let row = Row {
            session,
            order: real::order(session),
            since: now,
            waiting_since: now,
            place: LINE,
            tried: Vec::new(),
            closing: false,
        };
        let key = |row: &Row| (row.since, row.order);
        let at = self.rows.iter().rposition(|other| key(other) < key(&row)).map_or(0, |last| last + 1);
        self.rows.insert(at, row);
    }

    fn find(&mut self, session: Session) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.session == session)
    }

    fn is_ready(&self, operator: Operator) -> bool {
        let member = &self.members[operator as usize];
        let limit = self.queue.sessions_at_once;
        member.online && member.available && (limit == 0 || member.load < limit)
    }

    fn holds(row: &Row) -> Option<Operator> {
        match row.place {
            Place::Line { .. } => None,
            Place::Offered { to, .. } => Some(to),
            Place::Owned { owner, .. } => Some(owner),
        }
    }

    /// Puts a session somewhere else; loads follow.
    fn put(&mut self, session: Session, place: Place) {
        let Some(row) = self.find(session) else { return };
        let (before, closing) = (Self::holds(row), row.closing);
        row.place = place;
        let after = Self::holds(row);
        if let Some(operator) = before.filter(|_| !closing) {
            self.members[operator as usize].load -= 1;
        }
        if let Some(operator) = after.filter(|_| !closing) {
            self.members[operator as usize].load += 1;
        }
    }

    /// Back to the line, at its original place.
    fn requeue(&mut self, now: Timestamp, session: Session, said: &mut Vec<Said>) {
        if let Some(row) = self.find(session)
            && matches!(row.place, Place::Owned { .. })
        {
            row.waiting_since = now;
        }
        self.put(session, LINE);
        said.push(Said::Waits(session));
    }

    fn remove(&mut self, session: Session) {
        self.put(session, LINE);
        if let Some(at) = self.rows.iter().position(|row| row.session == session) {
            self.rows.remove(at);
        }
    }

    fn offer(&mut self, now: Timestamp, session: Session, to: Operator, said: &mut Vec<Said>) {
        self.members[to as usize].last_assigned = now;
        self.put(session, Place::Offered { to, until: now + self.queue.response_limit });
        said.push(Said::Offered(session, to));
    }

    /// The lowest load, then the longest since the last session, then the order of the members.
    fn best_for(&self, tried: &[Operator]) -> Option<Operator> {
        (0..self.members.len() as Operator)
            .filter(|operator| self.is_ready(*operator) && !tried.contains(operator))
            .min_by_key(|operator| {
                let member = &self.members[*operator as usize];
                (member.load, member.last_assigned, *operator)
            })
    }

    /// Offers what somebody can take, oldest first.
    fn place_all(&mut self, now: Timestamp, said: &mut Vec<Said>) {
        let mut at = 0;
        while (0..self.members.len() as Operator).any(|operator| self.is_ready(operator)) {
            let in_line = |row: &Row| matches!(row.place, Place::Line { .. });
            let Some(next) = self.rows.iter().skip(at).position(in_line) else { return };
            at += next;
            let row = &mut self.rows[at];
            let (session, tried) = (row.session, row.tried.clone());
            match (self.best_for(&tried), &mut self.rows[at].place) {
                (Some(operator), _) => self.offer(now, session, operator, said),
                (None, Place::Line { next_round: next_round @ None }) => {
                    *next_round = Some(now + self.queue.response_limit);
                }
                (None, _) => {}
            }
            at += 1;
        }
    }

    fn ring(&mut self, now: Timestamp, said: &mut Vec<Said>) {
        while let Some((at, timer, _, who)) = self.first_timer()
            && at <= now
        {
            match timer {
                Timer::OfferEnds => self.offer_ends(now, who, said),
                Timer::RoundEnds => {
                    if let Some(row) = self.find(who) {
                        row.tried.clear();
                        row.place = LINE;
                    }
                }
                Timer::GivesUp => self.remove(who),
                Timer::Grace => self.grace_ends(who, said),
            }
        }
    }

    fn first_timer(&self) -> Option<(Timestamp, Timer, u64, u32)> {
        let of_rows = self.rows.iter().flat_map(|row| {
            let (moves_on, waits) = match row.place {
                Place::Line { next_round } => (next_round.map(|at| (at, Timer::RoundEnds)), true),
                Place::Offered { until, .. } => (Some((until, Timer::OfferEnds)), true),
                Place::Owned { .. } => (None, false),
            };
            let gives_up = waits.then(|| (row.waiting_since + self.queue.give_up, Timer::GivesUp));
            let both = moves_on.into_iter().chain(gives_up);
            both.map(|(at, timer)| (at, timer, row.order, row.session))
        });
        let of_members = self.members.iter().zip(0..).filter_map(|(member, operator)| {
            let at = member.away_since.filter(|_| !member.orphaned)? + OWNER_GRACE;
            Some((at, Timer::Grace, 0, operator))
        });
        of_rows.chain(of_members).min()
    }

    fn offer_ends(&mut self, now: Timestamp, session: Session, said: &mut Vec<Said>) {
        let Some(row) = self.find(session) else { return };
        let Place::Offered { to, .. } = row.place else { return };
        row.tried.push(to);
        self.requeue(now, session, said);
        let most = self.queue.misses_before_break;
        let member = &mut self.members[to as usize];
        member.missed += 1;
        if most != 0 && member.missed >= most && member.available {
            (member.missed, member.available) = (0, false);
            said.push(Said::Break(to));
        }
    }

    fn grace_ends(&mut self, operator: Operator, said: &mut Vec<Said>) {
        self.members[operator as usize].orphaned = true;
        for row in &mut self.rows {
            if let Place::Owned { owner, away: away @ false } = &mut row.place
                && *owner == operator
                && !row.closing
            {
                *away = true;
                said.push(Said::Away(row.session));
            }
        }
    }

    fn presence(
        &mut self,
        now: Timestamp,
        operator: Operator,
        online: bool,
        available: bool,
        said: &mut Vec<Said>,
    ) {
        let member = &mut self.members[operator as usize];
        if available && !member.available {
            member.missed = 0;
        }
        (member.online, member.available) = (online, available);
        member.away_since = if online { None } else { member.away_since.or(Some(now)) };
        member.orphaned &= !online;
        let mut offered = Vec::new();
        for row in &mut self.rows {
            match &mut row.place {
                Place::Owned { owner, away } if *owner == operator && online => *away = false,
                Place::Offered { to, .. } if *to == operator && !online => offered.push(row.session),
                Place::Line { .. } | Place::Offered { .. } | Place::Owned { .. } => {}
            }
        }
        for session in offered {
            self.requeue(now, session, said);
        }
    }

    fn transfer(&mut self, now: Timestamp, session: Session, to: Operator, said: &mut Vec<Said>) {
        if !self.members[to as usize].online {
            said.push(Said::Refused(session));
            return;
        }
        if let Some(row) = self.find(session) {
            row.tried.retain(|operator| *operator != to);
            self.requeue(now, session, said);
            self.offer(now, session, to, said);
        }
    }

    fn event(&mut self, now: Timestamp, event: Event, said: &mut Vec<Said>) {
        match event {
            Event::Arrives(session) => {
                if self.find(session).is_none() {
                    self.queue(now, session);
                    said.push(Said::Waits(session));
                }
            }
            Event::Accepts(session, operator) => {
                if let Some(row) = self.find(session) {
                    row.tried.clear();
                    self.put(session, Place::Owned { owner: operator, away: false });
                    let member = &mut self.members[operator as usize];
                    (member.missed, member.last_assigned) = (0, now);
                    said.push(Said::Owned(session, operator));
                }
            }
            Event::Skips(session, operator) => {
                if let Some(row) = self.find(session) {
                    row.tried.push(operator);
                    self.requeue(now, session, said);
                    self.members[operator as usize].missed = 0;
                }
            }
            Event::Transfers { session, to, .. } => self.transfer(now, session, to, said),
            Event::Closes(session) => {
                if let Some(row) = self.find(session)
                    && let Place::Owned { owner, away } = &mut row.place
                {
                    (row.closing, *away) = (true, false);
                    let owner = *owner as usize;
                    self.members[owner].load -= 1;
                }
            }
            Event::Ends(session) | Event::Leaves(session) => self.remove(session),
            Event::Abandons(session) => {
                let away = |row: &mut Row| matches!(row.place, Place::Owned { away: true, .. });
                if self.find(session).is_some_and(away) {
                    self.requeue(now, session, said);
                }
            }
            Event::Presence { operator, online, available } => {
                self.presence(now, operator, online, available, said);
            }
            Event::Rings => self.ring(now, said),
        }
        self.place_all(now, said);
    }
}

impl Router for Plain {
    fn take(&mut self, now: Timestamp, event: Event, said: &mut Vec<Said>) -> Duration {
        let watch = Stopwatch::start();
        self.event(now, event, said);
        black_box(self.next_timer());
        watch.stop()
    }

    fn next_timer(&self) -> Option<Timestamp> {
        self.first_timer().map(|(at, ..)| at)
    }
}
