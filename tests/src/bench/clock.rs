//! The one place where the benches of the cores read the machine’s clock.
#![allow(clippy::disallowed_methods, reason = "a bench runs natively and measures time")]

use std::time::{Duration, Instant};

/// A running stopwatch.
#[derive(Clone, Copy)]
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    pub(super) fn stop(self) -> Duration {
        self.0.elapsed()
    }
}
