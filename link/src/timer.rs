//! One-shot timers.

use gloo_timers::callback::Timeout;
use shared::time::Millis;

/// Calls back once, later, unless it is dropped before.
pub struct Timer {
    _timeout: Timeout,
}

impl Timer {
    /// Calls `run` after `length`, or after 24 days if that is sooner: browsers count no further.
    pub fn after(length: Millis, run: impl FnOnce() + 'static) -> Self {
        let most = i32::MAX.unsigned_abs();
        let after = u32::try_from(length.0).unwrap_or(most).min(most);
        Self { _timeout: Timeout::new(after, run) }
    }
}
