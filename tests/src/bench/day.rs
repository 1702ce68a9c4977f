//! A day of a channel, event by event, through either router: visitors come with the hours, operators work in shifts, and
//! people accept, skip, miss, hand over, close and lose their connection. The same seed gives both routers the same day as
//! long as they decide the same.

use super::router::{Event, Operator, Router, Said, Session, take};
use super::shifts::Shifts;
use crate::random::Random;
use shared::settings::Queue;
use shared::time::{Millis, Timestamp};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

/// What kind of day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) sessions: Session,
    /// The most that are on duty at once; at night there are two fifths of them.
    pub(super) operators: Operator,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// How long each decision took, in nanoseconds.
    pub(super) spent: Vec<u32>,
    /// The most that waited at once.
    pub(super) longest_line: u64,
    /// The mean number of sessions that were not over.
    pub(super) mean_open: f64,
    /// What was said, summed up: two routers that decide the same have the same.
    pub(super) digest: u64,
    pub(super) counts: Counts,
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) offers: u64,
    pub(super) accepted: u64,
    pub(super) skipped: u64,
    pub(super) transferred: u64,
    pub(super) breaks: u64,
    pub(super) abandoned: u64,
    pub(super) left: u64,
    pub(super) ended: u64,
}

impl Plan {
    /// Ten sessions at once: chats of a few minutes with several visitors.
    pub(super) fn queue() -> Queue {
        Queue { sessions_at_once: 10, response_limit: Millis::minutes(1), ..Queue::default() }
    }
}

/// Sessions that arrive in each hour, in parts of the sum.
const ARRIVALS: [u64; 24] =
    [30, 22, 16, 12, 12, 18, 34, 58, 84, 104, 114, 110, 98, 102, 108, 106, 98, 90, 84, 78, 72, 62, 50, 38];

const BEGIN: Timestamp = Timestamp(1_700_000_000_000);

/// Where a session is, as people see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Before,
    Waiting,
    Owned,
    Closing,
    Over,
}

#[derive(Clone, Copy, Debug, Default)]
struct View {
    stage: Stage,
    /// Counts what happened to it: who planned something for an earlier state of it lets it be.
    turn: u32,
}

/// Something that somebody does later, if the session is still in the turn given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Planned {
    at: Timestamp,
    event: Event,
    turn: Option<u32>,
}

/// A day under way.
pub(super) struct Day<R> {
    router: R,
    plan: Plan,
    arrivals: Vec<Timestamp>,
    next: Session,
    agenda: BinaryHeap<Reverse<Planned>>,
    views: Vec<View>,
    shifts: Shifts,
    waiting: u64,
    open: u64,
    open_sum: u64,
    outcome: Outcome,
}

impl<R: Router> Day<R> {
    pub(super) fn new(router: R, plan: Plan) -> Self {
        let shifts = Shifts::new(plan.operators);
        let agenda = shifts.events(BEGIN).map(|(at, event)| Reverse(Planned { at, event, turn: None }));
        Self {
            router,
            plan,
            arrivals: arrivals(plan.sessions),
            next: 0,
            agenda: agenda.collect(),
            views: vec![View::default(); plan.sessions as usize],
            shifts,
            waiting: 0,
            open: 0,
            open_sum: 0,
            outcome: Outcome::default(),
        }
    }

    /// Until all sessions are over.
    pub(super) fn run(mut self, progress: impl Fn(u32)) -> Outcome {
        let mut told = 0;
        while let Some((at, event)) = self.next_event() {
            self.happen(at, event);
            let percent = (u64::from(self.next) * 100 / u64::from(self.plan.sessions.max(1))) as u32;
            if percent >= told + 10 {
                told = percent;
                progress(percent);
            }
        }
        self.outcome.mean_open = self.open_sum as f64 / self.outcome.spent.len().max(1) as f64;
        self.outcome
    }

    /// The earliest of what arrives, what is planned and what rings.
    fn next_event(&mut self) -> Option<(Timestamp, Event)> {
        loop {
            let arrival = self.arrivals.get(self.next as usize).copied();
            let planned = self.agenda.peek().map(|Reverse(planned)| planned.at);
            let rest = shared::time::earliest(arrival, planned)?;
            if self.open == 0 && arrival.is_none() {
                return None;
            }
            if let Some(at) = self.router.next_timer().filter(|at| *at <= rest) {
                return Some((at, Event::Rings));
            }
            if arrival == Some(rest) {
                self.next += 1;
                return Some((rest, Event::Arrives(self.next - 1)));
            }
            let Reverse(planned) = self.agenda.pop()?;
            if self.still(&planned) {
                return Some((rest, planned.event));
            }
        }
    }

    /// Whether what was planned still makes sense.
    fn still(&self, planned: &Planned) -> bool {
        match planned.event {
            Event::Leaves(session) => self.view(session).stage == Stage::Waiting,
            Event::Accepts(session, _)
            | Event::Skips(session, _)
            | Event::Transfers { session, .. }
            | Event::Closes(session)
            | Event::Ends(session)
            | Event::Abandons(session) => Some(self.view(session).turn) == planned.turn,
            Event::Arrives(_) | Event::Presence { .. } | Event::Rings => true,
        }
    }

    fn view(&self, session: Session) -> View {
        self.views[session as usize]
    }

    fn happen(&mut self, at: Timestamp, event: Event) {
        self.foresee(at, event);
        let (said, spent) = take(&mut self.router, at, event);
        self.outcome.spent.push(u32::try_from(spent.as_nanos()).unwrap_or(u32::MAX));
        self.open_sum += self.open;
        for word in said {
            self.hear(at, word);
        }
        self.outcome.longest_line = self.outcome.longest_line.max(self.waiting);
    }

    /// What an event changes by itself, and what people do next whatever is decided.
    fn foresee(&mut self, at: Timestamp, event: Event) {
        let counts = &mut self.outcome.counts;
        match event {
            Event::Arrives(session) => {
                self.open += 1;
                let mut chance = chance(session, 0);
                if chance.below(1_000) < 30 {
                    let patience = Millis(chance.between(2 * MINUTE, 20 * MINUTE));
                    self.plan(at + patience, Event::Leaves(session), None);
                }
            }
            Event::Skips(..) => counts.skipped += 1,
            Event::Transfers { .. } => counts.transferred += 1,
            Event::Abandons(..) => counts.abandoned += 1,
            Event::Closes(session) => {
                self.turn(session, Stage::Closing);
                let turn = self.view(session).turn;
                self.plan(at + Millis::minutes(10), Event::Ends(session), Some(turn));
            }
            Event::Ends(session) | Event::Leaves(session) => {
                match event {
                    Event::Leaves(_) => counts.left += 1,
                    _ => counts.ended += 1,
                }
                self.turn(session, Stage::Over);
                self.open -= 1;
            }
            Event::Presence { .. } | Event::Accepts(..) | Event::Rings => {}
        }
    }

    fn plan(&mut self, at: Timestamp, event: Event, turn: Option<u32>) {
        self.agenda.push(Reverse(Planned { at, event, turn }));
    }

    /// A session goes on to another stage.
    fn turn(&mut self, session: Session, stage: Stage) {
        let view = &mut self.views[session as usize];
        self.waiting += u64::from(stage == Stage::Waiting);
        self.waiting -= u64::from(view.stage == Stage::Waiting);
        *view = View { stage, turn: view.turn + 1 };
    }

    /// People act on what they are told.
    fn hear(&mut self, at: Timestamp, word: Said) {
        match word {
            Said::Waits(session) => self.turn(session, Stage::Waiting),
            Said::Offered(session, operator) => self.offered(at, session, operator),
            Said::Owned(session, operator) => self.owned(at, session, operator),
            Said::Away(session) => {
                let turn = self.view(session).turn;
                let mut chance = chance(session, turn);
                if chance.below(100) < 50 {
                    let later = Millis(chance.between(1_000, 30_000));
                    self.plan(at + later, Event::Abandons(session), Some(turn));
                }
            }
            Said::Refused(session) => {
                let turn = self.view(session).turn;
                self.plan(at + Millis::minutes(1), Event::Closes(session), Some(turn));
            }
            Said::Break(operator) => {
                self.outcome.counts.breaks += 1;
                let (back, hour) = (at + Millis::minutes(10), at.since(BEGIN).0 / Millis::hours(1).0);
                if self.shifts.works(operator, hour) {
                    self.plan(back, Event::Presence { operator, online: true, available: true }, None);
                }
            }
        }
    }

    fn offered(&mut self, at: Timestamp, session: Session, operator: Operator) {
        self.outcome.counts.offers += 1;
        let mut of = Random::new(u64::from(session) << 32 | u64::from(operator));
        self.outcome.digest = self.outcome.digest.wrapping_add(of.next().wrapping_mul(at.0 | 1));
        self.turn(session, Stage::Waiting);
        let turn = self.view(session).turn;
        let mut chance = chance(session, turn);
        let (event, later) = match chance.below(100) {
            0..3 => (Event::Skips(session, operator), chance.between(2_000, 15_000)),
            3..5 => return,
            _ => (Event::Accepts(session, operator), chance.between(1_000, 15_000)),
        };
        self.plan(at + Millis(later), event, Some(turn));
    }

    fn owned(&mut self, at: Timestamp, session: Session, owner: Operator) {
        self.outcome.counts.accepted += 1;
        self.turn(session, Stage::Owned);
        let turn = self.view(session).turn;
        let mut chance = chance(session, turn);
        let length = chance.between(MINUTE, 8 * MINUTE);
        let to = chance.below(self.plan.operators.into()) as Operator;
        let (event, later) = if chance.below(100) < 2 && to != owner {
            (Event::Transfers { session, by: owner, to }, length / 2)
        } else {
            (Event::Closes(session), length)
        };
        self.plan(at + Millis(later), event, Some(turn));
    }
}

const MINUTE: u64 = Millis::minutes(1).0;

/// What people do depends on the session and on what happened to it, not on the order in which they are asked.
fn chance(session: Session, turn: u32) -> Random {
    Random::new(Random::new(u64::from(session)).next() ^ u64::from(turn))
}

fn arrivals(sessions: Session) -> Vec<Timestamp> {
    let sum: u64 = ARRIVALS.iter().sum();
    let mut chance = Random::new(7);
    let mut times = Vec::with_capacity(sessions as usize);
    let mut due = 0;
    for (hour, part) in (0..).zip(ARRIVALS) {
        due += u64::from(sessions) * part;
        while (times.len() as u64) < due / sum {
            times.push(BEGIN + Millis::hours(hour) + Millis(chance.below(60 * MINUTE)));
        }
    }
    times.sort_unstable();
    times
}

impl Outcome {
    /// The time of all decisions together.
    pub(super) fn busy(&self) -> Duration {
        Duration::from_nanos(self.spent.iter().map(|nanos| u64::from(*nanos)).sum())
    }
}
