//! How many new sessions a channel takes.
//!
//! What has arrived was acknowledged, so it is never turned away here: the desk counts, and says until when the channel takes
//! no more. The conversations of those who come then refuse a first message, and tell how long to wait.

use super::Desk;
use crate::core::{Bucket, Rate};
use crate::limits;
use crate::time::{Millis, Timestamp};

/// What a desk remembers of those who came; it may be lost.
#[derive(Debug, Default)]
pub(super) struct Flood {
    /// The setting that the bucket goes by.
    per_minute: u32,
    bucket: Option<Bucket>,
    paused_until: Timestamp,
}

impl Desk {
    /// Until when the channel takes no new sessions; long ago if it does.
    pub const fn paused_until(&self) -> Timestamp {
        self.flood.paused_until
    }

    /// A new session has come.
    pub(super) fn count_arrival(&mut self, now: Timestamp) {
        let per_minute = self.rules().map_or(0, |settings| settings.protection.sessions_per_minute);
        if per_minute == 0 || now < self.flood.paused_until {
            return;
        }
        if self.flood.per_minute != per_minute {
            self.flood.bucket = None;
            self.flood.per_minute = per_minute;
        }
        let rate = Rate { burst: per_minute, every: Millis(Millis::minutes(1).0 / u64::from(per_minute)) };
        let bucket = self.flood.bucket.get_or_insert_with(|| Bucket::full(now, rate));
        bucket.take(now);
        if bucket.opens_in(now) > Millis(0) {
            self.flood.paused_until = now + limits::FLOOD_PAUSE;
        }
    }
}
