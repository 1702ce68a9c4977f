//! The Worker's one clock. `CLOCK_RATE` lets it run faster, for tests and demonstrations on loopback.

use crate::vars;
use shared::reject::Broken;
use shared::time::Timestamp;
use shared::wire;
use worker::Env;

/// The fastest that makes sense: a day in a second.
const RATE_MAX: u32 = 86_400;

/// Knows what time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    rate: u32,
    epoch: u64,
}

impl Clock {
    /// The clock that the deployment asks for: `CLOCK_RATE` times as fast since `CLOCK_EPOCH`.
    pub(crate) fn from_env(env: &Env) -> Result<Self, Broken> {
        Self::new(vars::number(env, "CLOCK_RATE")?, vars::number(env, "CLOCK_EPOCH")?)
    }

    fn new(rate: Option<u64>, epoch: Option<u64>) -> Result<Self, Broken> {
        let rate = u32::try_from(rate.unwrap_or(1))
            .ok()
            .filter(|rate| (1..=RATE_MAX).contains(rate))
            .ok_or_else(|| Broken(format!("CLOCK_RATE has to be 1 to {RATE_MAX}")))?;
        match epoch {
            None if rate != 1 => {
                Err(Broken("CLOCK_RATE needs CLOCK_EPOCH: since when, in milliseconds".into()))
            }
            epoch => Ok(Self { rate, epoch: epoch.unwrap_or(0) }),
        }
    }

    /// Whether time passes here as everywhere.
    pub(crate) const fn is_real(self) -> bool {
        self.rate == 1
    }

    /// What time it is.
    pub(crate) fn now(self) -> Timestamp {
        // A JavaScript time is a whole number of milliseconds within 2^53.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let real = js_sys::Date::now() as u64;
        self.at(real)
    }

    fn at(self, real: u64) -> Timestamp {
        Timestamp(
            self.epoch
                .min(real)
                .saturating_add(real.saturating_sub(self.epoch).saturating_mul(u64::from(self.rate))),
        )
    }

    /// When, on the platform's clock, it will be `at` here; never early.
    pub(crate) fn real(self, at: Timestamp) -> Timestamp {
        let ahead = at.0.saturating_sub(self.epoch).div_ceil(u64::from(self.rate));
        Timestamp(self.epoch.min(at.0).saturating_add(ahead))
    }

    /// The clock as clients are told of it.
    pub(crate) const fn wire(self, now: Timestamp) -> wire::Clock {
        wire::Clock { now, rate: self.rate }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_clock_tells_the_real_time() {
        let clock = Clock::new(None, None).unwrap();
        assert_eq!(clock.at(1_795_000_000_123), Timestamp(1_795_000_000_123));
        assert_eq!(clock.real(Timestamp(1_795_000_000_123)), Timestamp(1_795_000_000_123));
    }

    #[test]
    fn a_fast_clock_runs_from_its_epoch() {
        let clock = Clock::new(Some(60), Some(1_000_000)).unwrap();
        assert_eq!(clock.at(1_001_000), Timestamp(1_060_000));
        assert_eq!(clock.at(999_000), Timestamp(999_000));
        assert_eq!(clock.real(Timestamp(1_060_000)), Timestamp(1_001_000));
        assert_eq!(clock.real(Timestamp(1_060_001)), Timestamp(1_001_001));
        assert_eq!(clock.wire(Timestamp(5)).rate, 60);
    }

    #[test]
    fn a_rate_without_sense_is_refused() {
        for (rate, epoch) in [(Some(0), Some(1)), (Some(u64::MAX), Some(1)), (Some(2), None)] {
            assert!(Clock::new(rate, epoch).is_err());
        }
    }
}
