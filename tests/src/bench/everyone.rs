//! Where sessions are shown to everyone: what it costs to show one to a thousand people, and to hide twenty from one.

use super::clock::Stopwatch;
use super::real::Real;
use super::report::Line;
use super::rounds::{Pair, typical};
use super::router::{Event, Operator, Said, Session, take};
use shared::limits::SHOWN_MAX;
use shared::settings::{Distribution, Queue};
use shared::time::{Millis, Timestamp};
use std::hint::black_box;
use std::time::Duration;

const OPERATORS: Operator = 1_000;
const ROUNDS: usize = 7;
const TURNS: usize = 20;
const AT_ONCE: u32 = 5;

/// The baseline: lists of those to whom each of the oldest is shown, filled and searched from the front.
struct Lists {
    shown: Vec<(Session, Vec<Operator>)>,
    free: Vec<bool>,
}

impl Lists {
    fn arrives(&mut self, session: Session) -> usize {
        let to = (0..OPERATORS).filter(|operator| self.free[*operator as usize]).collect::<Vec<_>>();
        self.shown.push((session, to));
        self.shown.len()
    }

    /// The first session is accepted; who has it is full.
    fn accepts(&mut self, operator: Operator) -> usize {
        self.shown.remove(0);
        self.free[operator as usize] = false;
        for (_, to) in &mut self.shown {
            to.retain(|other| *other != operator);
        }
        self.shown.len()
    }
}

/// A desk that shows everything to everyone, and its line.
struct Shown {
    real: Real,
    now: Timestamp,
    next: Session,
    line: Vec<Session>,
}

impl Shown {
    /// Everybody has one session less than they may, and all but one of those that are shown wait.
    fn new() -> Self {
        let distribution = Distribution::Everyone;
        let queue = Queue { distribution, sessions_at_once: AT_ONCE, ..Queue::default() };
        let real = Real::new(OPERATORS, &queue);
        let mut shown = Self { real, now: Timestamp(1_700_000_000_000), next: 0, line: Vec::new() };
        for operator in 0..OPERATORS {
            shown.event(Event::Presence { operator, online: true, available: true });
        }
        for operator in (0..OPERATORS).flat_map(|operator| [operator; AT_ONCE as usize - 1]) {
            shown.arrives();
            shown.accepts(operator);
        }
        while shown.line.len() < SHOWN_MAX - 1 {
            shown.arrives();
        }
        shown
    }

    fn event(&mut self, event: Event) -> (Vec<Said>, Duration) {
        self.now = self.now + Millis(40);
        take(&mut self.real, self.now, event)
    }

    fn arrives(&mut self) -> Duration {
        self.line.push(self.next);
        self.next += 1;
        self.event(Event::Arrives(self.next - 1)).1
    }

    fn accepts(&mut self, operator: Operator) -> (Session, Duration) {
        let session = self.line.remove(0);
        let (said, spent) = self.event(Event::Accepts(session, operator));
        assert_eq!(said, [Said::Owned(session, operator)]);
        (session, spent)
    }

    /// One arrives and is shown to all, one is accepted by somebody who is full then; at last they are as before.
    fn turn(&mut self, operator: Operator) -> (Duration, Duration, Duration) {
        let arrives = self.arrives();
        let nothing = self.event(Event::Presence { operator, online: true, available: true }).1;
        let (session, fills) = self.accepts(operator);
        self.event(Event::Ends(session));
        (arrives, nothing, fills)
    }
}

pub(super) fn bench() -> Vec<Line> {
    let mut shown = Shown::new();
    let free = vec![true; OPERATORS as usize];
    let mut lists = Lists { shown: Vec::new(), free };
    for session in 1..SHOWN_MAX as Session {
        lists.arrives(session);
    }
    let (mut arrives, mut quiet, mut fills) = (Pair::default(), Pair::default(), Pair::default());
    for round in 0..ROUNDS {
        let operators = || (0..TURNS).map(|turn| (round * TURNS + turn) as Operator);
        let ours: Vec<_> = operators().map(|operator| shown.turn(operator)).collect();
        let theirs: Vec<_> = operators().map(|operator| plain_turn(&mut lists, operator)).collect();
        arrives.add((typical(ours.iter().map(|of| of.0)), typical(theirs.iter().map(|of| of.0))));
        quiet.add((typical(ours.iter().map(|of| of.1)), typical(theirs.iter().map(|of| of.1))));
        fills.add((typical(ours.iter().map(|of| of.2)), typical(theirs.iter().map(|of| of.2))));
    }
    vec![
        arrives.line("everyone: a session is shown to 1,000 operators"),
        fills.line("everyone: an operator is full, 19 sessions are hidden from them"),
        quiet.line("everyone: nothing changes for the 20 that are shown"),
    ]
}

fn plain_turn(lists: &mut Lists, operator: Operator) -> (Duration, Duration, Duration) {
    let timed = |work: &mut dyn FnMut() -> usize| {
        let watch = Stopwatch::start();
        black_box(work());
        watch.stop()
    };
    let arrives = timed(&mut || lists.arrives(operator));
    let quiet = timed(&mut || lists.shown.iter().filter(|(_, to)| to.contains(&operator)).count());
    let fills = timed(&mut || lists.accepts(operator));
    lists.free[operator as usize] = true;
    for (_, to) in &mut lists.shown {
        to.push(operator);
    }
    (arrives, quiet, fills)
}
