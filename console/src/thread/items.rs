//! What a thread shows, line by line, made from its log and its outbox.

use super::events::{Aside, told};
use crate::clock;
use crate::texts::words;
use shared::client::{Client, Pending, PendingState};
use shared::id::{MessageId, OperatorId, Seq};
use shared::reject::Code;
use shared::time::{Millis, Timestamp};
use shared::wire::{Author, Body, Entry, Event};
use std::collections::BTreeMap;

/// One line of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item {
    Day(String),
    Event { seq: Seq, text: String, aside: Aside },
    Message(Message),
}

/// A message as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Message {
    pub(super) from: From,
    /// Who wrote it; empty where that is said by the place.
    pub(super) name: String,
    /// Of a file, its name.
    pub(super) text: String,
    pub(super) file: Option<Attached>,
    pub(super) note: bool,
    pub(super) seq: Option<Seq>,
    pub(super) id: Option<MessageId>,
    pub(super) state: State,
    /// Whether it begins a run of messages by one author in one minute.
    pub(super) first: bool,
    /// Whether it ends one.
    pub(super) last: bool,
    pub(super) time: String,
}

/// A file of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attached {
    pub(super) size: u32,
    /// Whether it can be drawn.
    pub(super) picture: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum From {
    Visitor,
    Me,
    Colleague,
    Channel,
}

impl From {
    /// As tests read it.
    pub(super) const fn hook(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Me | Self::Colleague => "operator",
            Self::Channel => "channel",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    Sending,
    Sent,
    Read,
    Failed(Code),
}

impl State {
    pub(super) const fn hook(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Read => "read",
            Self::Failed(_) => "failed",
        }
    }
}

/// All lines of a thread.
pub(super) fn items(client: &Client, me: Option<&OperatorId>, now: Timestamp) -> Vec<Item> {
    let mut lines = Lines::default();
    let last = last_verdicts(client.entries());
    for entry in client.entries() {
        if verdict(entry).is_some_and(|verdict| last.get(&verdict) != Some(&entry.seq)) {
            continue;
        }
        lines.day(entry.at, now);
        lines.entry(entry, me, client.read_by_other());
    }
    for pending in client.pending() {
        lines.message(waiting(pending), now);
    }
    lines.items
}

/// Whose opinion of which session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Visitor(u32),
    Supervisor(u32),
}

/// A rating that was changed, or to which a comment was added, is shown once: as it is now.
fn last_verdicts(entries: &[Entry]) -> BTreeMap<Verdict, Seq> {
    entries.iter().filter_map(|entry| Some((verdict(entry)?, entry.seq))).collect()
}

const fn verdict(entry: &Entry) -> Option<Verdict> {
    match entry.body {
        Body::Event(Event::Rated { .. }) => Some(Verdict::Visitor(entry.session)),
        Body::Event(Event::Reviewed { .. }) => Some(Verdict::Supervisor(entry.session)),
        _ => None,
    }
}

#[derive(Default)]
struct Lines {
    items: Vec<Item>,
    day: Option<(u32, u32, u32)>,
    /// Of the last message: when.
    at: Timestamp,
}

impl Lines {
    fn day(&mut self, at: Timestamp, now: Timestamp) {
        let day = clock::day_number(at);
        if self.day.replace(day) != Some(day) {
            self.items.push(Item::Day(clock::day(at, now)));
        }
    }

    fn entry(&mut self, entry: &Entry, me: Option<&OperatorId>, read: Seq) {
        match &entry.body {
            Body::Text { text, file } => {
                let file = file.map(|file| Attached { size: file.size, picture: file.kind.is_picture() });
                self.message(Message { file, ..written(entry, text, false, me, read) }, entry.at);
            }
            Body::Note { text } => self.message(written(entry, text, true, me, read), entry.at),
            Body::Event(event) => {
                let told = told(event);
                self.items.extend(told.map(|(text, aside)| Item::Event { seq: entry.seq, text, aside }));
            }
        }
    }

    fn message(&mut self, mut message: Message, at: Timestamp) {
        if let Some(Item::Message(before)) = self.items.last_mut() {
            let same =
                before.from == message.from && before.name == message.name && before.note == message.note;
            let settled = matches!(before.state, State::Sent | State::Read);
            if same && settled && at.since(self.at) < Millis::minutes(1) {
                before.last = matches!(message.state, State::Failed(_) | State::Sending);
                message.first = false;
            }
        }
        self.at = at;
        self.items.push(Item::Message(message));
    }
}

fn written(entry: &Entry, text: &str, note: bool, me: Option<&OperatorId>, read: Seq) -> Message {
    let (from, name) = match &entry.author {
        Author::Visitor => (From::Visitor, String::new()),
        Author::Operator { id, .. } if id.is_some() && id.as_ref() == me => (From::Me, String::new()),
        Author::Operator { name, .. } => (From::Colleague, name.clone()),
        Author::Channel => (From::Channel, words().thread.channel.to_owned()),
    };
    Message {
        from,
        name,
        text: text.to_owned(),
        file: None,
        note,
        seq: Some(entry.seq),
        id: entry.id.clone(),
        state: if entry.seq <= read && !note { State::Read } else { State::Sent },
        first: true,
        last: true,
        time: clock::time_of_day(entry.at),
    }
}

fn waiting(pending: &Pending) -> Message {
    Message {
        from: From::Me,
        name: String::new(),
        text: pending.text.clone(),
        file: pending.file.map(|file| Attached { size: file.size, picture: false }),
        note: pending.note,
        seq: None,
        id: Some(pending.id.clone()),
        state: match pending.state {
            PendingState::Sending => State::Sending,
            PendingState::Failed { code } => State::Failed(code),
        },
        first: true,
        last: true,
        time: String::new(),
    }
}
