//! A day of a million sessions through one desk. For the plain scan that would be too long, so the two are compared on a
//! small day of the same shape, on which they have to decide the same.

use super::clock::Stopwatch;
use super::day::{Day, Outcome, Plan};
use super::plain::Plain;
use super::real::Real;
use super::report::{Line, grouped};
use super::rounds::{Pair, micros};
use super::router::Router;
use std::time::Duration;

const LARGE: Plan = Plan { sessions: 1_000_000, operators: 500 };
const ROUNDS: usize = 3;
const SMALL: Plan = Plan { sessions: 20_000, operators: 10 };

pub(super) fn bench(progress: impl Fn(&str)) -> Vec<Line> {
    progress(&format!("a day of {} sessions, with both", grouped(SMALL.sessions)));
    let (mut means, mut scanned) = (Pair::default(), 0.0);
    for _ in 0..ROUNDS {
        let (desk, plain) = small();
        means.add((mean(&desk), mean(&plain)));
        scanned = plain.mean_open;
    }
    let watch = Stopwatch::start();
    let tell = |percent| progress(&format!("a day of {} sessions: {percent} %", grouped(LARGE.sessions)));
    let mut large = Day::new(Real::new(LARGE.operators, &Plan::queue()), LARGE).run(tell);
    let took = watch.stop();
    // Each decision of the plain scan looks at all sessions that are not over, so its cost grows with their number.
    let extrapolated = means.plain() * large.mean_open / scanned;
    let small = means.line(&format!("a day of {} sessions, one decision", grouped(SMALL.sessions)));
    [small].into_iter().chain(lines(&mut large, extrapolated, took)).collect()
}

fn small() -> (Outcome, Outcome) {
    let desk = run(Real::new(SMALL.operators, &Plan::queue()), SMALL);
    let plain = run(Plain::new(SMALL.operators, &Plan::queue()), SMALL);
    assert_eq!((desk.digest, desk.counts), (plain.digest, plain.counts), "the baseline decides otherwise");
    (desk, plain)
}

fn run(router: impl Router, plan: Plan) -> Outcome {
    Day::new(router, plan).run(|_| {})
}

/// The mean decision, in microseconds.
fn mean(outcome: &Outcome) -> f64 {
    micros(outcome.busy()) / outcome.spent.len().max(1) as f64
}

fn lines(large: &mut Outcome, scanned: f64, took: Duration) -> Vec<Line> {
    let (decisions, busy) = (large.spent.len() as f64, large.busy().as_secs_f64());
    let day = format!("a day of {} sessions", grouped(LARGE.sessions));
    large.spent.sort_unstable();
    let at = |per_mille: usize| {
        let last = large.spent.len().saturating_sub(1);
        large.spent.get(last * per_mille / 1_000).map_or(0.0, |nanos| f64::from(*nanos) / 1_000.0)
    };
    vec![
        Line::new(format!("{day}, one decision; the scan extrapolated"), "µs", mean(large), scanned),
        Line::new(
            format!("{day}, all decisions; the scan extrapolated"),
            "s",
            busy,
            scanned * decisions / 1e6,
        ),
        Line::new(format!("{day}, decisions in a second"), "1/s", decisions / busy, 1e6 / scanned),
        Line::beside_budget(format!("{day}, half take less, beside the budget"), at(500)),
        Line::beside_budget(format!("{day}, 99 of 100 take less, beside the budget"), at(990)),
        Line::beside_budget(format!("{day}, 999 of 1,000 take less, beside the budget"), at(999)),
        Line::beside_budget(format!("{day}, the longest, beside the budget"), at(1_000)),
        Line::alone(format!("{day}, how many decisions"), "decisions", decisions),
        Line::alone(format!("{day}, the longest line"), "sessions", large.longest_line as f64),
        Line::alone(format!("{day}, with the people acted out"), "s", took.as_secs_f64()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::day::Counts;

    #[test]
    fn the_plain_scan_and_the_desk_decide_the_same_all_day() {
        let plan = Plan { sessions: 8_000, operators: 4 };
        let desk = run(Real::new(plan.operators, &Plan::queue()), plan);
        let plain = run(Plain::new(plan.operators, &Plan::queue()), plan);
        assert_eq!(desk.counts, plain.counts);
        assert_eq!(desk.digest, plain.digest);
    }

    #[test]
    fn everything_happens_in_a_day() {
        let plan = Plan { sessions: 8_000, operators: 4 };
        let day = run(Real::new(plan.operators, &Plan::queue()), plan);
        let Counts { offers, accepted, skipped, transferred, breaks, abandoned, left, ended } = day.counts;
        let all = [offers, accepted, skipped, transferred, breaks, abandoned, left];
        assert!(all.iter().all(|count| *count > 0), "{:?}", day.counts);
        assert_eq!(left + ended, u64::from(plan.sessions), "{:?}", day.counts);
        assert!(day.longest_line > 10, "{}", day.longest_line);
    }
}
