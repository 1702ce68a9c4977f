//! Rounds: the desk and its baseline take turns, so that whatever else the machine does falls on both; what counts is the
//! median round.

use super::report::Line;
use std::time::Duration;

/// The rounds of a bench and of its baseline, in microseconds.
#[derive(Debug, Default)]
pub(super) struct Pair {
    desk: Vec<f64>,
    plain: Vec<f64>,
}

impl Pair {
    pub(super) fn add(&mut self, (desk, plain): (f64, f64)) {
        self.desk.push(desk);
        self.plain.push(plain);
    }

    pub(super) fn desk(&self) -> f64 {
        median(&self.desk)
    }

    pub(super) fn plain(&self) -> f64 {
        median(&self.plain)
    }

    pub(super) fn line(&self, name: &str) -> Line {
        Line::new(name, "µs", self.desk(), self.plain())
    }
}

/// The median in microseconds: what the machine does in between falls on few.
pub(super) fn typical(all: impl IntoIterator<Item = Duration>) -> f64 {
    median(&all.into_iter().map(micros).collect::<Vec<_>>())
}

pub(super) fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

pub(super) fn median(all: &[f64]) -> f64 {
    let mut sorted = all.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_round_does_not_count() {
        let mut pair = Pair::default();
        for round in [(1.0, 10.0), (500.0, 12.0), (2.0, 11.0)] {
            pair.add(round);
        }
        assert_eq!((pair.desk(), pair.plain()), (2.0, 11.0));
    }

    #[test]
    fn the_typical_time_is_in_microseconds() {
        let times = [1, 3, 5_000].map(Duration::from_micros);
        assert!((typical(times) - 3.0).abs() < 1e-9);
    }
}
