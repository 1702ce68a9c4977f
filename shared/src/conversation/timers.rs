//! The conversation's one table of timers. Each follows from what is stored, so a late or repeated alarm is harmless: what is
//! due happens once, in the order of its times.

use super::{Conversation, Phase, Session};
use crate::settings::{NoAnswerAction, Settings};
use crate::time::{Timestamp, earliest};
use crate::wire::Ending;

/// Something that happens when its time comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    /// Nobody has answered for too long.
    NoAnswer,
    /// The visitor is silent, and is reminded.
    Reminder,
    /// The visitor is silent for so long that the session closes.
    AutoClose,
    /// A closed session is over.
    ClosingEnds,
}

impl Conversation {
    fn timers(&self) -> impl Iterator<Item = (Timestamp, Timer)> {
        let known = self.session.as_ref().zip(self.settings().ok());
        known.into_iter().flat_map(|(session, settings)| {
            [
                no_answer(session, settings).map(|at| (at, Timer::NoAnswer)),
                reminder(session, settings).map(|at| (at, Timer::Reminder)),
                auto_close(session, settings).map(|at| (at, Timer::AutoClose)),
                closing_ends(session).map(|at| (at, Timer::ClosingEnds)),
            ]
            .into_iter()
            .flatten()
        })
    }

    pub(super) fn next_timer(&self) -> Option<Timestamp> {
        let own = self.timers().map(|(at, _)| at).min();
        let watch = self.visitor.watch_due.filter(|_| self.is_watched());
        [own, watch, self.next_late_file()].into_iter().fold(self.next_hours_change(), earliest)
    }

    pub(super) fn timeout(&mut self, now: Timestamp) {
        self.tell_hours_if_due(now);
        if self.is_watched() && self.visitor.watch_due.is_some_and(|at| at <= now) {
            self.watch(now, true);
        }
        self.throw_late_files_away(now);
        while let Some((_, timer)) = self.timers().min().filter(|(at, _)| *at <= now) {
            match timer {
                Timer::NoAnswer => self.no_answer(now),
                Timer::Reminder => self.remind(now),
                Timer::AutoClose => self.close(now, Ending::Silence),
                Timer::ClosingEnds => self.finish(now),
            }
        }
    }

    /// Whether a visitor without a session looks on.
    pub(super) fn is_watched(&self) -> bool {
        self.visitor_is_here() && self.open_session().is_none()
    }
}

/// Once in a session, after the first message of the visitor that nobody has answered; not where they were told already that
/// nobody is there.
fn no_answer(session: &Session, settings: &Settings) -> Option<Timestamp> {
    let does = settings.no_answer.action != NoAnswerAction::Nothing;
    let waits = session.goes_on() && !session.no_answer_done && !session.off_hours_told;
    session.awaiting_since.filter(|_| does && waits).map(|at| at + settings.no_answer.delay)
}

fn reminder(session: &Session, settings: &Settings) -> Option<Timestamp> {
    let silence = session.silence.filter(|_| matches!(session.phase, Phase::Active { .. }))?;
    let reminder = settings.automatic.reminders.get(silence.reminded as usize)?;
    Some(silence.since + reminder.after)
}

/// Never while the visitor waits for an answer: then nobody counts their silence.
fn auto_close(session: &Session, settings: &Settings) -> Option<Timestamp> {
    let closes = matches!(session.phase, Phase::Active { .. }) && !session.pinned;
    session.silence.filter(|_| closes).map(|silence| silence.since + settings.automatic.auto_close)
}

const fn closing_ends(session: &Session) -> Option<Timestamp> {
    match &session.phase {
        Phase::Closing { until, .. } => Some(*until),
        Phase::Waiting { .. } | Phase::Active { .. } | Phase::Ended { .. } => None,
    }
}
