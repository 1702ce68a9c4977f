//! Rules 1 and 5: the log grows by one, each message is in it once, and who wrote it took part.

use super::super::wire::TabId;
use super::super::world::World;
use super::said::{Said, said};
use super::talk::{Step, Talk};
use shared::conversation::{Kind, Session, StoredEntry};
use shared::id::{ConversationId, MessageId, Seq};
use shared::time::Timestamp;
use shared::wire::{Author, Body, Ending, Event, FromConversation, MoveReason, Side};
use std::collections::BTreeSet;

/// A conversation's log, and what follows from it alone.
#[derive(Default)]
pub(in super::super) struct Log {
    pub(in super::super) entries: Vec<StoredEntry>,
    ids: BTreeSet<MessageId>,
    /// The last entry that the visitor may see.
    shown: Seq,
    /// Since when the visitor waits for an answer.
    pub(super) awaiting: Option<Timestamp>,
    /// When the present owner came, or an operator wrote last.
    pub(super) answered: Option<Timestamp>,
    /// Whether the visitor was told that the channel is closed, and no operator has written since.
    pub(super) off_hours_told: bool,
    pub(super) greeted: BTreeSet<u32>,
    pub(super) asked: BTreeSet<u32>,
}

impl Log {
    pub(super) fn add(&mut self, stored: StoredEntry, is_rating: bool) {
        let entry = &stored.entry;
        match (&entry.author, &entry.body) {
            (Author::Visitor, Body::Text { .. }) if !is_rating => {
                self.awaiting.get_or_insert(entry.at);
            }
            (Author::Operator { .. }, Body::Text { .. }) => {
                self.awaiting = None;
                self.answered = Some(entry.at);
                self.off_hours_told = false;
            }
            (_, Body::Event(Event::Assigned { .. })) => self.answered = Some(entry.at),
            _ => {}
        }
        if stored.is_visible_to(Side::Visitor) {
            self.shown = entry.seq;
        }
        self.entries.push(stored);
    }
}

impl World {
    pub(super) fn check_entries(&mut self, step: &Step<'_>, talk: &mut Talk) {
        let is_new =
            |session: &Session| step.before.as_ref().is_none_or(|before| before.number < session.number);
        if step.after.as_deref().is_some_and(is_new) {
            talk.log.awaiting = None;
            talk.log.answered = None;
        }
        // A digit that answers a request is a rating, and waits for no answer.
        let rated =
            step.entries.iter().any(|stored| matches!(stored.entry.body, Body::Event(Event::Rated { .. })));
        for stored in &step.entries {
            let (seq, at) = (stored.entry.seq, stored.entry.at);
            self.ledger.count(kind_of(stored));
            self.check_author(step, talk, stored);
            let expected = talk.log.entries.last().map_or(1, |last| last.entry.seq.0 + 1);
            let fresh = stored.entry.id.clone().is_none_or(|message| talk.log.ids.insert(message));
            let number = step.after.as_ref().map(|session| session.number);
            self.check(seq.0 == expected, "5: the log has a hole or was rewritten", || {
                format!("{}: #{seq}, not {expected}", step.id)
            });
            let shown = talk.log.shown;
            self.check(stored.visitor_prev == shown, "5: an entry hides a gap from the visitor", || {
                format!("{} #{seq}: after {}, not {shown}", step.id, stored.visitor_prev)
            });
            self.check(fresh, "5: a message was stored twice", || format!("{} #{seq}", step.id));
            self.check(at == step.now, "5: an entry has another time", || format!("{} #{seq}", step.id));
            self.check(number == Some(stored.entry.session), "5: an entry of another session", || {
                format!("{} #{seq}: {:?}", step.id, stored.entry)
            });
            self.check_words(step, stored);
            talk.log.add(stored.clone(), rated);
        }
        // Nobody waits any more. Of a missed session they do: answering opens it again.
        if step
            .after
            .as_ref()
            .is_some_and(|session| matches!(session.phase.kind(), Kind::Closing | Kind::Ended))
        {
            talk.log.awaiting = None;
        }
        self.check_awaiting(step, talk);
    }

    /// Rule 7 rests on this: since when the visitor waits follows from the log.
    fn check_awaiting(&mut self, step: &Step<'_>, talk: &Talk) {
        let Some(session) = step.after.as_ref().filter(|session| session.is_open()) else { return };
        let (stored, is) = (session.awaiting_since, talk.log.awaiting);
        self.check(stored == is, "7: whether the visitor waits is not true", || {
            format!("{}: stored {stored:?}, but the log says {is:?}", step.name())
        });
    }

    /// Rule 1: a message is of the owner, or of a colleague who has joined, in the present ownership.
    fn check_author(&mut self, step: &Step<'_>, talk: &Talk, stored: &StoredEntry) {
        let (Author::Operator { id: Some(author), .. }, Body::Text { .. }) =
            (&stored.entry.author, &stored.entry.body)
        else {
            return;
        };
        let Some(session) = step.after.as_deref() else { return };
        let (owns, joined) = (session.is_owned_by(author), session.joined.contains_key(author));
        self.check(owns || joined, "1: a message of a non-participant", || {
            format!("{}: {author} wrote {:?}", step.name(), stored.entry.id)
        });
        let written = stored.entry.id.as_ref().and_then(|message| self.ledger.written.get(message)).cloned();
        let epochs = written.unwrap_or_default();
        // Written in the present ownership, under the offer that led to it, or by who opened the session again.
        let current = epochs
            .iter()
            .flatten()
            .any(|epoch| *epoch == session.epoch || (owns && epoch.next() == session.epoch));
        let claims = talk.claim == Some((session.run, author.clone()));
        self.check(current || claims, "1: a message of an older ownership", || {
            format!(
                "{}: {author} wrote {:?} in {epochs:?}, now {}",
                step.name(),
                stored.entry.id,
                session.epoch
            )
        });
    }

    /// A message says what was written.
    fn check_words(&mut self, step: &Step<'_>, stored: &StoredEntry) {
        let Some(id) = &stored.entry.id else { return };
        let (Body::Text { text, .. } | Body::Note { text }) = &stored.entry.body else { return };
        // What is sent as nonsense was written by nobody.
        let same = self.ledger.texts.get(id).is_none_or(|written| written == text);
        self.check(same, "5: a message says something else", || format!("{}: {stored:?}", step.name()));
    }

    /// What a client holds no longer was stored, or given up by its writer.
    pub(in super::super) fn check_forgotten(&mut self, id: &ConversationId, message: &MessageId) {
        let stored = self.ledger.talks.get(id).is_some_and(|talk| talk.log.ids.contains(message));
        let settled = stored || self.ledger.discarded.contains(message);
        self.check(settled, "5: a client forgot a message that is not stored", || format!("{id}: {message}"));
    }

    /// Rule 10: an acknowledgement is true when it is sent.
    pub(in super::super) fn check_ack(&mut self, id: &ConversationId, frame: &FromConversation) {
        let FromConversation::Ack { id: message, seq, .. } = frame else { return };
        let index = usize::try_from(seq.0.saturating_sub(1)).unwrap_or(usize::MAX);
        let stored = self.ledger.talks.get(id).and_then(|talk| talk.log.entries.get(index));
        let right = stored.is_some_and(|stored| stored.entry.id.as_ref() == Some(message));
        self.check(right, "10: acknowledged but not stored", || format!("{id}: {message} as #{seq}"));
    }

    /// Rule 5: what a client shows is what was stored, in order.
    pub(in super::super) fn check_tab(&mut self, id: TabId) {
        let Some(tab) = self.tabs.get(&id) else { return };
        let (entries, side) = (tab.client.entries(), tab.side());
        let log = self.ledger.talks.get(&tab.conversation).map(|talk| &talk.log.entries);
        let stored = |seq: u64| log?.get(usize::try_from(seq.checked_sub(1)?).ok()?)?.for_side(side);
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
}

/// What an entry is called in the count of what happened.
fn kind_of(stored: &StoredEntry) -> &'static str {
    match (&stored.entry.author, &stored.entry.body) {
        (Author::Channel, Body::Text { text, .. }) => match said(text) {
            Said::Greeting => "greetings",
            Said::OffHours => "off-hours texts",
            Said::NoAnswer => "no-answer texts",
            Said::ContactAsk => "contacts asked in words",
            Said::Reminder => "reminders",
            Said::AutoClosed => "auto-close texts",
            Said::Closing => "closing texts",
            Said::RatingAsk => "ratings asked in words",
            Said::Thanks => "thanks",
            Said::Else => "other texts",
        },
        (Author::Visitor, Body::Text { .. }) => "visitors' messages",
        (Author::Operator { .. }, Body::Text { .. }) => "operators' messages",
        (_, Body::Note { .. }) => "internal notes",
        (_, Body::Event(event)) => match event {
            Event::Assigned { .. } => "assigned",
            Event::Joined { .. } => "joined",
            Event::Left { .. } => "left",
            Event::MovedOn { reason, .. } => moved_on(*reason),
            Event::Moved { .. } => "sent to another channel",
            Event::Ended { by } => match by {
                Ending::Visitor => "ended by visitors",
                Ending::Operator => "closed by operators",
                Ending::Silence => "closed after silence",
                Ending::GivenUp => "given up",
                Ending::Spam => "closed as spam",
            },
            Event::Resumed {} => "resumed",
            Event::Reopened { .. } => "reopened",
            Event::ContactAsked { .. } => "contact forms",
            Event::Contact(_) => "contacts given",
            Event::Rated { .. } => "ratings",
            Event::Reviewed { .. } => "reviews",
            Event::Unknown => "unknown events",
        },
    }
}

const fn moved_on(reason: MoveReason) -> &'static str {
    match reason {
        MoveReason::TimeLimit => "moved on: time limit",
        MoveReason::Skipped => "moved on: skipped",
        MoveReason::Offline => "moved on: offline",
        MoveReason::Removed => "moved on: removed",
        MoveReason::OwnerAway => "moved on: owner away",
        MoveReason::QueueChanged => "moved on: queue changed",
        MoveReason::NoAnswer => "moved on: no answer",
        MoveReason::Transferred => "moved on: transferred",
        MoveReason::Intercepted => "moved on: intercepted",
    }
}
