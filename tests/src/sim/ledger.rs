//! What must hold after every step. The ledger remembers what was stored, and by whose right.

use super::kind::{Cause, Kind};
use super::node::Node;
use super::wire::TabId;
use super::world::World;
use shared::conversation::{Phase, Record, Session, StoredEntry};
use shared::core::{Core, Record as _};
use shared::desk::Place;
use shared::id::{ChannelId, ConversationId, Epoch, MessageId, OperatorId, SessionId};
use shared::note::Address;
use shared::operator::Operator;
use shared::post::Row;
use shared::reject::Code;
use shared::time::{Timestamp, earliest};
use shared::turn::Object;
use shared::wire::{Author, Body, Entry, Event, FromConversation, MoveReason, Score, Side};
use std::collections::{BTreeMap, BTreeSet};

/// The greeting of every channel of the simulation.
pub(super) const GREETING: &str = "Welcome!";
/// The off-hours text of every channel of the simulation.
pub(super) const OFF_HOURS: &str = "We are closed.";

/// What was stored so far, and what was found wrong.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) checks: u64,
    /// How often what happened, to see that a run is not idle.
    pub(super) seen: BTreeMap<String, u64>,
    pub(super) violations: Vec<(&'static str, String)>,
    pub(super) logs: BTreeMap<ConversationId, Log>,
    pub(super) rows: BTreeMap<ChannelId, BTreeMap<SessionId, shared::desk::SessionRow>>,
    pub(super) rights: BTreeMap<(SessionId, Epoch), Place>,
    /// The ownerships that operators' messages were written in.
    pub(super) written: BTreeMap<MessageId, BTreeSet<Epoch>>,
    sessions: BTreeMap<ConversationId, Session>,
}

/// A conversation's log, as it was committed.
#[derive(Default)]
pub(super) struct Log {
    pub(super) entries: Vec<StoredEntry>,
    ids: BTreeSet<MessageId>,
    greeted: BTreeSet<u32>,
    off_hours_told: bool,
    last_rating: Option<(u32, Score, String)>,
}

impl Ledger {
    pub(super) const fn is_violated(&self) -> bool {
        !self.violations.is_empty()
    }

    pub(super) fn violate(&mut self, rule: &'static str, words: String) {
        self.violations.push((rule, words));
    }

    pub(super) fn count(&mut self, what: &str) {
        match self.seen.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                self.seen.insert(what.to_owned(), 1);
            }
        }
    }

    /// The session as its conversation last stored it.
    pub(super) fn session(&self, id: &ConversationId) -> Option<&Session> {
        self.sessions.get(id)
    }
}

impl World {
    // ------------------------------------------------------------------------------------------------------------ the log

    /// Rules 1, 5, 6, 8: what a conversation's turn has stored.
    pub(super) fn check_log(&mut self, id: &ConversationId, rows: &[Row]) {
        let mut records = Vec::new();
        for (key, value) in rows.iter().filter(|(key, _)| !key.starts_with("post/")) {
            match value.as_deref().map(|value| Record::read(key, value)) {
                Some(Ok(record)) => records.push(record),
                Some(Err(broken)) => self.violated("10: a row cannot be read", || broken.to_string()),
                None => self.violated("5: a row of a conversation was removed", || key.clone()),
            }
        }
        for record in &records {
            if let Record::Session(session) = record {
                self.check_session(id, session);
            }
        }
        for record in records {
            if let Record::Entry(stored) = record {
                self.check_entry(id, stored);
            }
        }
    }

    fn check_session(&mut self, id: &ConversationId, session: &Session) {
        let name = SessionId { conversation: id.clone(), number: session.number };
        if let Some(before) = self.ledger.sessions.get(id).cloned() {
            let later = (before.number, before.epoch) <= (session.number, session.epoch);
            self.check(later, "1: ownership went back", || format!("{name}: {before:?} then {session:?}"));
            if let (Phase::Ended { owner: was, .. }, Phase::Ended { owner: is, .. }) =
                (&before.phase, &session.phase)
            {
                let kept = before.number != session.number || was == is;
                self.check(kept, "8: the rated owner changed", || name.to_string());
            }
        }
        let right = self.ledger.rights.get(&(name.clone(), session.epoch));
        let rightful = match (&session.phase, right) {
            (Phase::Active { owner }, Some(Place::Owned { owner: right })) => owner == right,
            (Phase::Waiting { offer: Some(offer), .. }, Some(Place::Offered { to, .. })) => offer.to == *to,
            (Phase::Waiting { offer: None, .. }, right) => {
                session.epoch == Epoch(0) || matches!(right, Some(Place::Line { .. }))
            }
            (Phase::Ended { .. }, _) => true,
            (Phase::Active { .. } | Phase::Waiting { .. }, _) => false,
        };
        self.check(rightful, "1: a session has another holder than its desk said", || {
            format!("{name}: {:?} at {}", session.phase, session.epoch)
        });
        self.ledger.sessions.insert(id.clone(), session.clone());
    }

    fn check_entry(&mut self, id: &ConversationId, stored: StoredEntry) {
        let seq = stored.entry.seq;
        self.ledger.count(kind_of(&stored.entry));
        self.check_author(id, &stored);
        let log = self.ledger.logs.entry(id.clone()).or_default();
        let expected = log.entries.last().map_or(1, |last| last.entry.seq.0 + 1);
        let fresh = stored.entry.id.clone().is_none_or(|message| log.ids.insert(message));
        let once = log.allows(&stored);
        log.entries.push(stored);
        self.check(seq.0 == expected, "5: the log has a hole or was rewritten", || {
            format!("{id}: {seq}, not {expected}")
        });
        self.check(fresh, "5: a message was stored twice", || format!("{id} #{seq}"));
        self.check(once.is_none(), "6: said too often", || {
            format!("{id} #{seq}: {}", once.unwrap_or_default())
        });
    }

    fn check_author(&mut self, id: &ConversationId, stored: &StoredEntry) {
        let (Author::Operator { id: Some(author), .. }, Body::Text { .. }) =
            (&stored.entry.author, &stored.entry.body)
        else {
            return;
        };
        let owns =
            self.ledger.sessions.get(id).is_some_and(
                |session| matches!(&session.phase, Phase::Active { owner } if owner.id == *author),
            );
        self.check(owns, "1: a message of a non-participant", || format!("{id}: {stored:?}"));
        // Written in the present ownership, or under the offer that led to it.
        let now = self.ledger.sessions.get(id).map_or(0, |session| session.epoch.0);
        let written = stored.entry.id.as_ref().and_then(|message| self.ledger.written.get(message)).cloned();
        let current = written.as_ref().is_some_and(|epochs| {
            epochs.iter().any(|epoch| (now.saturating_sub(1)..=now).contains(&epoch.0))
        });
        self.check(current, "1: a message of an older ownership", || format!("{id}: {written:?} at {now}"));
    }

    /// An acknowledgement is true when it is sent.
    pub(super) fn check_ack(&mut self, id: &ConversationId, frame: &FromConversation) {
        if let FromConversation::Reject { id: message, code } = frame {
            self.ledger.count(&format!("refused: {}", code.as_str()));
            let ours = message.is_some() && matches!(code, Code::NotFound | Code::Internal | Code::Malformed);
            self.check(!ours, "5: a message was refused by our own fault", || format!("{id}: {frame:?}"));
        }
        let FromConversation::Ack { id: message, seq, .. } = frame else { return };
        let index = usize::try_from(seq.0.saturating_sub(1)).unwrap_or(usize::MAX);
        let stored = self.ledger.logs.get(id).and_then(|log| log.entries.get(index));
        let right = stored.is_some_and(|stored| stored.entry.id.as_ref() == Some(message));
        self.check(right, "10: acknowledged but not stored", || format!("{id}: {message} as #{seq}"));
    }

    /// Rule 5: what a client shows is what was stored, in order.
    pub(super) fn check_tab(&mut self, id: TabId) {
        let Some(tab) = self.tabs.get(&id) else { return };
        let (entries, side) = (tab.client.entries(), tab.side());
        let log = self.ledger.logs.get(&tab.conversation);
        let stored = |seq: u64| log?.entries.get(usize::try_from(seq.checked_sub(1)?).ok()?)?.for_side(side);
        let shown = entries.last();
        let true_to_store = shown.is_none_or(|entry| stored(entry.seq.0).as_ref() == Some(entry));
        let chained = match entries {
            [.., before, last] => last.prev == before.seq,
            _ => true,
        };
        let holds = true_to_store && chained;
        let what = (!holds).then(|| format!("tab {id} of {}: {shown:?}", tab.conversation));
        self.check(holds, "5: a client shows another log", || what.unwrap_or_default());
    }

    // ------------------------------------------------------------------------------------------------------------- alarms

    /// Rule 9: the stored alarm is the earliest timer.
    pub(super) fn check_alarm<C: Kind>(&mut self, name: &Address, node: &Node<C>) {
        let Some(object) = &node.memory else { return };
        let earliest = earliest(object.poll_timeout(), node.next_sweep);
        self.check(node.alarm == earliest, "9: the alarm is not the earliest timer", || {
            format!("{name}: {:?} but {earliest:?}", node.alarm)
        });
    }

    /// Rule 9: an object that sleeps will be woken for each of its timers.
    pub(super) fn check_stored_alarm<C: Core>(
        &mut self,
        name: &Address,
        rebuilt: &Object<C>,
        alarm: Option<Timestamp>,
    ) {
        // The alarm that rings right now is used up, but its time has come.
        let by = alarm.unwrap_or(self.now);
        let forgotten = rebuilt.core.poll_timeout().is_some_and(|at| at < by) && alarm.is_some();
        self.check(!forgotten, "9: a timer was forgotten", || format!("{name}: {alarm:?}"));
    }

    pub(super) fn check_operator(&mut self, id: &OperatorId, node: &Node<Operator>, cause: &Cause) {
        let Some(object) = &node.memory else { return };
        let presence = object.core.presence();
        let due = presence.offline_at.is_some_and(|at| at <= self.now);
        let (online, plugged) = (presence.online, !node.plugs.is_empty());
        self.check(!(due && *cause == Cause::Alarm), "9: a due timer was passed over", || id.to_string());
        self.check(online || !plugged, "9: somebody with a tab counts as offline", || id.to_string());
    }
}

impl Log {
    /// What of this entry is once too often.
    fn allows(&mut self, stored: &StoredEntry) -> Option<&'static str> {
        let session = stored.entry.session;
        match (&stored.entry.author, &stored.entry.body) {
            (Author::Operator { .. }, Body::Text { .. }) => {
                self.off_hours_told = false;
                None
            }
            (Author::Channel, Body::Text { text }) if text == GREETING => {
                (!self.greeted.insert(session)).then_some("a second greeting")
            }
            (Author::Channel, Body::Text { text }) if text == OFF_HOURS => {
                std::mem::replace(&mut self.off_hours_told, true).then_some("a second off-hours text")
            }
            (_, Body::Event(Event::Rated { score, comment })) => {
                let rating = Some((session, *score, comment.clone()));
                let repeated = self.last_rating == rating;
                self.last_rating = rating;
                repeated.then_some("the same rating")
            }
            _ => None,
        }
    }
}

/// What an entry is called in the count of what happened.
fn kind_of(entry: &Entry) -> &'static str {
    match (&entry.author, &entry.body) {
        (Author::Channel, Body::Text { text }) if text == GREETING => "greetings",
        (Author::Channel, Body::Text { text }) if text == OFF_HOURS => "off-hours texts",
        (Author::Channel, Body::Text { .. }) => "closing texts",
        (Author::Visitor, Body::Text { .. }) => "visitors' messages",
        (Author::Operator { .. }, Body::Text { .. }) => "operators' messages",
        (_, Body::Note { .. }) => "internal notes",
        (_, Body::Event(Event::Assigned { .. })) => "assigned",
        (_, Body::Event(Event::MovedOn { reason, .. })) => match reason {
            MoveReason::TimeLimit => "moved on: time limit",
            MoveReason::Skipped => "moved on: skipped",
            MoveReason::Offline => "moved on: offline",
            MoveReason::Removed => "moved on: removed",
        },
        (_, Body::Event(Event::Ended { by: Side::Visitor })) => "ended by visitors",
        (_, Body::Event(Event::Ended { by: Side::Operator })) => "closed by operators",
        (_, Body::Event(Event::Rated { .. })) => "ratings",
        (_, Body::Event(Event::Unknown)) => "unknown events",
    }
}

/// Whether the session of a conversation is open.
pub(super) fn is_open(session: &Session) -> bool {
    !matches!(session.phase, Phase::Ended { .. })
}
