//! When the channel is open, and what the visitors who are here were told of it.

use super::{Conversation, Who};
use crate::hours::{Hours, Resolved, State};
use crate::time::{Millis, Timestamp};
use crate::wire::FromConversation;

/// How long resolved hours are good for: well below [`crate::hours::HORIZON`].
const FRESH: Millis = Millis::days(1);

/// Lives in memory only: after a sleep the hours are resolved anew, and told.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    resolved: Option<Resolved>,
    /// When; none if that has to be done anew.
    resolved_at: Option<Timestamp>,
    /// Since when the hours of new settings are to be resolved and told.
    due: Option<Timestamp>,
    /// The time as of which visitors know whether the channel is open.
    told_at: Timestamp,
}

impl Schedule {
    pub(super) fn state(&self, now: Timestamp) -> State {
        self.resolved.as_ref().map_or(State::Always, |hours| hours.state(now))
    }

    /// The reader's zone has changed: the hours have to be resolved anew. Until then those that are known hold.
    pub(super) const fn stale(&mut self) {
        self.resolved_at = None;
    }

    pub(super) const fn told(&mut self, now: Timestamp) {
        self.told_at = now;
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        self.resolved_at.is_some_and(|at| now.since(at) < FRESH)
    }

    fn next_change(&self) -> Option<Timestamp> {
        self.due.or_else(|| match self.state(self.told_at) {
            State::Always => None,
            State::Open { until } => Some(until),
            State::Closed { opens } => opens,
        })
    }
}

impl Conversation {
    /// The schedule that the shell has to resolve before the next input, if there is one.
    pub fn wants_hours(&self, now: Timestamp) -> Option<&Hours> {
        let hours = self.present_rules()?.settings.working_hours.schedule.as_ref()?;
        (!self.schedule.is_fresh(now)).then_some(hours)
    }

    /// The visitor's time zone, if their client has told it.
    pub fn visitor_zone(&self) -> Option<&str> {
        Some(self.visitor.zone.as_str()).filter(|zone| !zone.is_empty())
    }

    pub(super) fn is_open_now(&self, now: Timestamp) -> bool {
        self.schedule.state(now).is_open()
    }

    /// The channel's hours as they were last resolved.
    pub const fn hours(&self) -> Option<&Resolved> {
        self.schedule.resolved.as_ref()
    }

    pub(super) fn learn_hours(&mut self, now: Timestamp, hours: Resolved) {
        self.schedule = Schedule { resolved: Some(hours), resolved_at: Some(now), due: None, told_at: now };
        self.tell_hours(now);
    }

    /// New settings may have other hours: if they have any, the alarm rings at once, so that the shell resolves them.
    pub(super) fn forget_hours(&mut self, now: Timestamp, scheduled: bool) {
        self.schedule = Schedule { due: scheduled.then_some(now), told_at: now, ..Schedule::default() };
        if !scheduled {
            self.tell_hours(now);
        }
    }

    pub(super) fn tell_hours_if_due(&mut self, now: Timestamp) {
        if self.next_hours_change().is_some_and(|at| at <= now) {
            self.schedule.told(now);
            self.tell_hours(now);
        }
    }

    /// When the channel opens or closes next, if a visitor is there to be told.
    pub(super) fn next_hours_change(&self) -> Option<Timestamp> {
        self.visitor_is_here().then(|| self.schedule.next_change())?
    }

    fn tell_hours(&mut self, now: Timestamp) {
        let frame = FromConversation::Hours(self.hours_view(now));
        self.send_to(|who| *who == Who::Visitor, &frame);
    }
}
