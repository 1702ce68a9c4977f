//! The worker's clock, and times in words.

use crate::texts::{lang, put, words};
use js_sys::{Date, Object, Reflect};
use shared::time::{Millis, Timestamp};
use shared::wire::Clock;
use wasm_bindgen::JsValue;

/// The worker's clock as last heard of, and when that was by the browser's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WorkerClock {
    heard: Clock,
    at: Timestamp,
}

impl WorkerClock {
    pub(crate) const fn heard(heard: Clock, at: Timestamp) -> Self {
        Self { heard, at }
    }

    /// The worker's time when the browser's clock says `now`.
    pub(crate) fn now(&self, now: Timestamp) -> Timestamp {
        self.heard.now + Millis(now.since(self.at).0.saturating_mul(self.heard.rate.into()))
    }
}

impl Default for WorkerClock {
    fn default() -> Self {
        let now = link::now();
        Self::heard(Clock { now, rate: 1 }, now)
    }
}

/// How long ago, in one short word: "now", "3 min", "2 h".
pub(crate) fn age(length: Millis) -> String {
    let shell = &words().shell;
    match length.0 / 60_000 {
        0 => shell.now.to_owned(),
        minutes @ 1..60 => put(shell.minutes, minutes),
        minutes @ 60..1440 => put(shell.hours, minutes / 60),
        minutes => put(shell.days, minutes / 1440),
    }
}

/// The same as a time that has passed: "now", "3 min ago".
pub(crate) fn ago(length: Millis) -> String {
    if length < Millis::minutes(1) { age(length) } else { put(words().shell.ago, age(length)) }
}

/// How long something has lasted, from the first second on: "12 s", "3 min", "2 h".
pub(crate) fn lasted(length: Millis) -> String {
    if length < Millis::minutes(1) { put(words().shell.seconds, length.0 / 1000) } else { age(length) }
}

/// A length of time to wait: "40 s", "3 min", rounded up.
pub(crate) fn wait(seconds: u64) -> String {
    let shell = &words().shell;
    if seconds < 90 { put(shell.seconds, seconds) } else { put(shell.minutes, seconds.div_ceil(60)) }
}

/// Minutes and seconds left: "2:05".
pub(crate) fn left(length: Millis) -> String {
    let seconds = length.0.div_ceil(1000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The time of day: "14:05", as the reader's language writes it.
pub(crate) fn time_of_day(at: Timestamp) -> String {
    written(at, &[("hour", "numeric"), ("minute", "2-digit")])
}

/// A date and a time of day.
pub(crate) fn date_and_time(at: Timestamp) -> String {
    written(at, &[("day", "numeric"), ("month", "long"), ("hour", "numeric"), ("minute", "2-digit")])
}

/// The day: "Today", "Yesterday", "Monday 3 March".
pub(crate) fn day(at: Timestamp, now: Timestamp) -> String {
    let shell = &words().shell;
    let number = day_number(at);
    if number == day_number(now) {
        shell.today.to_owned()
    } else if number == day_number(now - Millis::days(1)) {
        shell.yesterday.to_owned()
    } else {
        written(at, &[("weekday", "long"), ("day", "numeric"), ("month", "long")])
    }
}

/// Tells days apart in the reader's own zone.
pub(crate) fn day_number(at: Timestamp) -> (u32, u32, u32) {
    let date = date(at);
    (date.get_full_year(), date.get_month(), date.get_date())
}

fn date(at: Timestamp) -> Date {
    // Below 2^53, so that nothing is lost.
    Date::new(&JsValue::from_f64(at.0 as f64))
}

fn written(at: Timestamp, options: &[(&str, &str)]) -> String {
    let wanted = Object::new();
    for (key, value) in options {
        let _ = Reflect::set(&wanted, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    String::from(date(at).to_locale_string(lang().tag(), &wanted))
}
