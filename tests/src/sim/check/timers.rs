//! Rule 9: no timer fires early, an object's alarm is the earliest of its timers, none is forgotten, and none spins. What is due
//! when is worked out anew from what is stored.

use super::super::kind::{Committed, Kind};
use super::super::node::Node;
use super::super::world::World;
use super::Desktop;
use super::talk::{Step, Talk};
use shared::conversation::{Conversation, Phase, Session};
use shared::core::{Core, Record as _};
use shared::id::OperatorId;
use shared::note::Address;
use shared::operator::{Operator, Record};
use shared::settings::{NoAnswerAction, Settings};
use shared::time::{Timestamp, earliest};
use shared::turn::Object;
use shared::wire::InboxRow;

/// How often the alarm of one object may ring at one time.
const SPINS_MAX: u32 = 4;

impl World {
    /// The stored alarm is the earliest timer, and once it has rung nothing is due any more.
    pub(in super::super) fn check_alarm<C: Kind>(&mut self, name: &Address, node: &Node<C>, rang: bool) {
        let Some(object) = &node.memory else { return };
        let earliest = earliest(object.poll_timeout(), node.next_sweep);
        self.check(node.alarm == earliest, "9: the alarm is not the earliest timer", || {
            format!("{name}: {:?} but {earliest:?}", node.alarm)
        });
        // Other hours are told as soon as they are resolved, at the next event.
        let due = object.core.poll_timeout().is_some_and(|at| at <= self.now)
            && !C::prepares(&object.core, self.now);
        self.check(!(rang && due), "9: a due timer was passed over", || {
            format!("{name}: {:?}", object.core.poll_timeout())
        });
    }

    /// An object that sleeps will be woken for each of its timers.
    pub(in super::super) fn check_stored_alarm<C: Core>(
        &mut self,
        name: &Address,
        rebuilt: &Object<C>,
        alarm: Option<Timestamp>,
    ) {
        let forgotten = rebuilt.core.poll_timeout().is_some_and(|at| alarm.is_some_and(|alarm| at < alarm));
        self.check(!forgotten, "9: a timer was forgotten", || format!("{name}: {alarm:?}"));
    }

    pub(super) fn check_spin(&mut self, name: &Address, rang: &mut (Timestamp, u32)) {
        *rang = if rang.0 == self.now { (self.now, rang.1 + 1) } else { (self.now, 1) };
        let count = rang.1;
        self.check(count <= SPINS_MAX, "9: an alarm rings again and again", || name.to_string());
    }

    pub(super) fn check_talk_timers(&mut self, step: &Step<'_>, talk: &mut Talk, core: &Conversation) {
        if step.cause.is_alarm() {
            self.check_spin(&Address::Conversation(step.id.clone()), &mut talk.rang);
        }
        let (Some(session), Some(known)) = (step.after.as_deref(), talk.rules.clone()) else { return };
        self.check_silence(step, talk, session);
        let due = due(session, talk, &known.settings);
        let timer = core.poll_timeout();
        let none_forgotten = due.is_none_or(|(at, _)| timer.is_some_and(|timer| timer <= at));
        self.check(none_forgotten, "9: a timer of a conversation is missing", || {
            format!("{}: {due:?}, but {timer:?}", step.name())
        });
        let over = step.cause.is_alarm().then_some(due).flatten().filter(|(at, _)| *at <= step.now);
        self.check(over.is_none(), "9: a timer of a conversation is overdue", || {
            format!("{}: {over:?}", step.name())
        });
    }

    /// The visitor's silence counts from the last answer, or from the coming of the owner.
    fn check_silence(&mut self, step: &Step<'_>, talk: &Talk, session: &Session) {
        if !matches!(session.phase, Phase::Active { .. }) {
            return;
        }
        let stored = session.silence.map(|silence| silence.since);
        let is = silent_since(talk);
        self.check(stored == is, "9: a silence is counted from another time", || {
            format!("{}: {stored:?}, but the log says {is:?}", step.name())
        });
    }

    // -------------------------------------------------------------------------------------------------------- operators

    pub(in super::super) fn check_operator(
        &mut self,
        id: &OperatorId,
        node: &Node<Operator>,
        turn: &Committed<'_, Operator>,
    ) {
        let Some(object) = &node.memory else { return };
        let mut desktop = self.ledger.people.remove(id).unwrap_or_default();
        for record in self.read_records(turn.rows) {
            if let Record::Row(row) = &record {
                let known = desktop.rows.get(&row.session.conversation);
                let age = |row: &InboxRow| (row.session.number, row.epoch);
                let newer = known.is_none_or(|known| age(known) <= age(row));
                self.check(newer, "1: an inbox went back", || format!("{id}: {row:?}"));
            }
            desktop.take_in(record);
        }
        for (key, _) in turn.rows.iter().filter(|(_, value)| value.is_none()) {
            desktop.rows.retain(|_, row| Record::Row(row.clone()).key() != *key);
        }
        if turn.cause.is_alarm() {
            self.check_spin(&Address::Operator(id.clone()), &mut desktop.rang);
        }
        let presence = object.core.presence();
        let due = presence.offline_at.is_some_and(|at| at <= self.now);
        let (online, plugged) = (presence.online, !node.plugs.is_empty());
        self.check(!(due && turn.cause.is_alarm()), "9: a due timer was passed over", || id.to_string());
        self.check(online || !plugged, "9: somebody with a tab counts as offline", || id.to_string());
        self.ledger.people.insert(id.clone(), desktop);
    }

    /// Rule 10: what was rebuilt is what was stored last.
    pub(in super::super) fn check_operator_woken(&mut self, id: &OperatorId, core: &Operator) {
        let Some(desktop) = self.ledger.people.get(id) else { return };
        let same = desktop.presence == *core.presence() && desktop.rows.values().eq(core.rows());
        self.check(same, "10: an operator woke as another", || id.to_string());
    }
}

impl Desktop {
    fn take_in(&mut self, record: Record) {
        match record {
            Record::Presence(presence) => self.presence = presence,
            Record::Row(row) => {
                self.rows.insert(row.session.conversation.clone(), row);
            }
            Record::Forgotten(_) => {}
        }
    }
}

/// Since when a visitor may be reminded, or closed, as the log has it.
fn silent_since(talk: &Talk) -> Option<Timestamp> {
    talk.log.answered.filter(|_| talk.log.awaiting.is_none())
}

/// What happens next by itself, and when.
fn due(session: &Session, talk: &Talk, settings: &Settings) -> Option<(Timestamp, &'static str)> {
    let mut due = Vec::new();
    let answers = settings.no_answer.action != NoAnswerAction::Nothing;
    if answers && session.goes_on() && !session.no_answer_done && !session.off_hours_told {
        due.extend(talk.log.awaiting.map(|since| (since + settings.no_answer.delay, "no answer")));
    }
    match &session.phase {
        Phase::Active { .. } => {
            let since = silent_since(talk);
            let reminded = session.silence.map_or(0, |silence| silence.reminded);
            let reminder = settings.automatic.reminders.get(reminded as usize);
            due.extend(since.zip(reminder).map(|(since, reminder)| (since + reminder.after, "a reminder")));
            let closes = since.filter(|_| !session.pinned);
            due.extend(closes.map(|since| (since + settings.automatic.auto_close, "auto-close")));
        }
        Phase::Closing { until, .. } => due.push((*until, "the end of closing")),
        Phase::Waiting { .. } | Phase::Ended { .. } => {}
    }
    due.into_iter().min()
}
