//! Working hours. A schedule is written in a zone's local time; what the cores see is a list of open spans.

mod check;
pub(crate) mod civil;
mod clock;
mod resolve;
#[cfg(test)]
mod tests;

pub use check::is_zone_name;
pub use clock::Zones;
pub use resolve::{HORIZON, LOOK_AHEAD, resolve};

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A schedule: a week, and the dates that are not like it.
///
/// **Hours belong to the date on which they start.** An exception takes the place of everything that the week would start on its
/// date, and says nothing about the night before, which runs to its end. But closed means closed: at no time of a date without
/// any hours does the week keep the channel open, so a night of the week that would run into such a date ends at its midnight.
/// A list of holidays closes whole dates, and to promise an answer on one is worse than to miss one. Only the hours of another
/// exception (New Year's Eve until three) run into a closed date: they were written for just that night, the week's were not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hours {
    /// IANA name, such as `Europe/Paris`.
    pub zone: String,
    /// When the channel is open. At most 70.
    pub week: Vec<Interval>,
    /// Dates that are not like the week. At most 200, each date once; a date with a year wins over a yearly one. Default: none.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

/// A stretch of local time in a week. `end` at or before `start` runs into the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// The weekday it starts on: 0 for Monday to 6 for Sunday.
    pub day: u8,
    /// Minutes after midnight, 0 to 1,439.
    pub start: u16,
    /// Minutes after midnight, 0 to 1,440 (`24:00`).
    pub end: u16,
}

/// What starts on a date, in place of what the week would start on it. See [`Hours`] for the nights around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exception {
    /// The date, or the date of every year.
    pub date: Date,
    /// When the channel is open, at most 10. Default: closed all day.
    #[serde(default)]
    pub open: Vec<DaySpan>,
    /// What the date is called, for the operators; at most 80 characters. Default: nothing.
    #[serde(default)]
    pub label: String,
}

/// A date of the Gregorian calendar, or one of every year. 29 February of every year is in leap years only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Date {
    /// 1970 to 9999. Default: every year.
    #[serde(default)]
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

/// A stretch of local time that starts on a given date. `end` at or before `start` runs into the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DaySpan {
    /// Minutes after midnight, 0 to 1,439.
    pub start: u16,
    /// Minutes after midnight, 0 to 1,440 (`24:00`).
    pub end: u16,
}

/// When a channel is open, resolved to points in time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// In order, apart from each other. None: always open.
    pub spans: Option<Vec<Open>>,
}

/// A time during which a channel is open: `[from, to)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// When it opens. Of a span that had begun when it was resolved, this may be later than the true beginning.
    pub from: Timestamp,
    /// When it closes. Later than [`HORIZON`] after the resolving, it may be earlier than the true end.
    pub to: Timestamp,
    /// Seconds to add to UTC at `from` for the reader's local time.
    pub offset: i32,
}

impl Resolved {
    /// A channel without working hours.
    pub const ALWAYS: Self = Self { spans: None };

    /// Whether the channel is open at `now`. Right up to [`HORIZON`] after the resolving.
    pub fn state(&self, now: Timestamp) -> State {
        match (&self.spans, self.next(now)) {
            (None, _) => State::Always,
            (_, Some(span)) if span.from <= now => State::Open { until: span.to },
            (_, next) => State::Closed { opens: next.map(|span| span.from) },
        }
    }

    /// When a channel that is closed at `now` opens next, and the reader's offset then: seconds to add to UTC.
    pub fn opens_local(&self, now: Timestamp) -> Option<(Timestamp, i32)> {
        self.next(now).filter(|span| span.from > now).map(|span| (span.from, span.offset))
    }

    /// The span at `now`, or the first after it.
    fn next(&self, now: Timestamp) -> Option<&Open> {
        self.spans.as_ref()?.iter().find(|span| span.to > now)
    }
}

/// Whether a channel is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has no working hours.
    Always,
    /// It is open.
    Open {
        /// When it closes.
        until: Timestamp,
    },
    /// It is closed.
    Closed {
        /// When it opens next, if that is within [`LOOK_AHEAD`].
        opens: Option<Timestamp>,
    },
}

impl State {
    /// Whether somebody should be there.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed { .. })
    }
}
