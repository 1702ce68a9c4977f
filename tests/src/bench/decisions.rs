//! What one decision costs, and how that grows.

use super::report::{Line, grouped};
use super::rounds::{Pair, typical};
use super::router::Router;
use super::shop::{Shop, Size, Spent};
use shared::settings::Queue;
use shared::time::Millis;
use std::time::Duration;

const OPERATORS: u32 = 1_000;
const WAITING: u32 = 100_000;

/// Nobody gives up or is sent on a break, so that a state stays as it was made.
fn queue() -> Queue {
    Queue { give_up: Millis::days(30), misses_before_break: 0, ..Queue::default() }
}

fn full(operators: u32, waiting: u32) -> Size {
    let queue = queue();
    Size { operators, held: queue.sessions_at_once, waiting, queue }
}

/// Decisions of the three kinds that a turn has.
#[derive(Default)]
struct Turns {
    ends: Pair,
    accepts: Pair,
    arrives: Pair,
}

impl Turns {
    fn add(&mut self, desk: &[Spent], plain: &[Spent]) {
        let of = |of: fn(&Spent) -> Duration| (typical(desk.iter().map(of)), typical(plain.iter().map(of)));
        self.ends.add(of(|spent| spent.ends));
        self.accepts.add(of(|spent| spent.accepts));
        self.arrives.add(of(|spent| spent.arrives));
    }

    /// The mean of the three.
    fn all(&self) -> (f64, f64) {
        let sum =
            |side: fn(&Pair) -> f64| (side(&self.ends) + side(&self.accepts) + side(&self.arrives)) / 3.0;
        (sum(Pair::desk), sum(Pair::plain))
    }
}

const ROUNDS: usize = 7;
const TURNS: usize = 400;

/// How many turns of the plain scan take about as long as is bearable.
const fn plain_turns(size: &Size) -> usize {
    let rows = size.waiting as usize + (size.operators * (size.held + 1)) as usize;
    let turns = 4_000_000 / rows;
    if turns < 3 {
        3
    } else if turns > TURNS {
        TURNS
    } else {
        turns
    }
}

fn times<T>(count: usize, turn: impl FnMut() -> T) -> Vec<T> {
    std::iter::repeat_with(turn).take(count).collect()
}

fn turns<A: Router, B: Router>(
    size: &Size,
    desk: &mut Shop<A>,
    plain: &mut Shop<B>,
    of_desk: fn(&mut Shop<A>) -> Spent,
    of_plain: fn(&mut Shop<B>) -> Spent,
) -> Turns {
    let mut turns = Turns::default();
    for _ in 0..ROUNDS {
        let ours = times(TURNS, || of_desk(desk));
        let theirs = times(plain_turns(size), || of_plain(plain));
        turns.add(&ours, &theirs);
    }
    turns
}

/// Each kind of decision, at the size that has a budget.
pub(super) fn kinds() -> Vec<Line> {
    let size = full(OPERATORS, WAITING);
    let (mut desk, mut plain) = (Shop::desk(&size), Shop::plain(&size));
    let busy = turns(&size, &mut desk, &mut plain, Shop::busy_turn, Shop::busy_turn);
    let mut passes = Pair::default();
    for _ in 0..ROUNDS {
        let ours = typical(times(TURNS / 4, || desk.passing_turn()));
        let theirs = typical(times(plain_turns(&size) / 4, || plain.passing_turn()));
        passes.add((ours, theirs));
    }
    let told = typical(times(ROUNDS, || desk.telling_turn()));
    drop((desk, plain));
    let size = Size { held: 2, waiting: 0, ..size };
    let (mut desk, mut plain) = (Shop::desk(&size), Shop::plain(&size));
    let calm = turns(&size, &mut desk, &mut plain, Shop::calm_turn, Shop::calm_turn);
    let lines = vec![
        busy.ends.line("a session ends, the oldest of 100,000 is offered"),
        busy.accepts.line("an offer is accepted, 100,000 wait"),
        busy.arrives.line("a session arrives while all are full, 100,000 wait"),
        passes.line("an offer passes, the next is made, 100,000 wait"),
        calm.arrives.line("a session arrives while some are free, nobody waits"),
    ];
    let dearest = lines.iter().map(|line| line.value).fold(0.0, f64::max);
    let beside = [
        Line::beside_budget("the dearest of these, beside its budget", dearest),
        Line::beside_budget("every ten seconds: places are told, 80 were served, beside that budget", told),
    ];
    lines.into_iter().chain(beside).collect()
}

/// A decision of a full channel at several sizes.
pub(super) fn growth() -> Vec<Line> {
    let lines = [100, 1_000, 10_000, 100_000, 1_000_000].map(|waiting| (OPERATORS, waiting));
    let members = [10, 100].map(|operators| (operators, WAITING));
    let mut all = Vec::new();
    for (operators, waiting) in members.into_iter().chain(lines) {
        let size = full(operators, waiting);
        let (mut desk, mut plain) = (Shop::desk(&size), Shop::plain(&size));
        let busy = turns(&size, &mut desk, &mut plain, Shop::busy_turn, Shop::busy_turn);
        let (desk, plain) = busy.all();
        all.push((operators, waiting, desk, plain));
    }
    let name = |operators, waiting| {
        format!("one decision, {} operators, {} wait", grouped(operators), grouped(waiting))
    };
    let mut lines: Vec<_> =
        all.iter().map(|(o, w, desk, plain)| Line::new(name(*o, *w), "µs", *desk, *plain)).collect();
    let at = |waiting| all.iter().find(|(o, w, ..)| (*o, *w) == (OPERATORS, waiting));
    if let (Some((.., few, few_plain)), Some((.., many, many_plain))) = (at(100), at(1_000_000)) {
        let name = "one decision, 1,000,000 wait instead of 100";
        lines.push(Line::new(name, "times", many / few, many_plain / few_plain));
    }
    lines
}
