//! The lines of the message list: what the client holds, grouped for reading.

use crate::texts::{Texts, fill};
use crate::when::{When, day};
use shared::client::{Client, Pending, PendingState};
use shared::file::File;
use shared::id::{MessageId, Seq};
use shared::reject::Code;
use shared::time::{Millis, Timestamp};
use shared::wire::{Author, Body, Contact, Ending, Entry, Event};

/// One line of the list. Its key stays the same while a message is sent, stored and read.
pub(crate) struct Row {
    pub(crate) key: String,
    pub(crate) line: Line,
}

#[derive(Clone, PartialEq)]
pub(crate) enum Line {
    /// The day of what follows.
    Day(String),
    /// Something that happened.
    Event(String),
    /// What follows was not seen when the panel was opened.
    New(String),
    Message(Message),
}

#[derive(Clone, PartialEq)]
pub(crate) struct Message {
    pub(crate) author: Who,
    /// As the visitor knows them; empty for the visitor.
    pub(crate) name: String,
    /// Of a file, its name.
    pub(crate) text: String,
    pub(crate) file: Option<FileLine>,
    pub(crate) time: String,
    pub(crate) seq: Option<u64>,
    pub(crate) id: Option<MessageId>,
    pub(crate) state: State,
    /// Whether it is the first and the last of a group of one author in one minute.
    pub(crate) first: bool,
    pub(crate) last: bool,
    minute: u64,
}

#[derive(Clone, PartialEq)]
pub(crate) struct FileLine {
    pub(crate) size: String,
    pub(crate) is_picture: bool,
    /// How much of it has been sent.
    pub(crate) percent: Option<u8>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Who {
    Visitor,
    Operator,
    Channel,
}

/// What has become of a message.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum State {
    /// Somebody else's.
    Theirs,
    Sending,
    Sent,
    Read,
    Failed(Code),
}

impl Message {
    pub(crate) fn is_visitor(&self) -> bool {
        self.author == Who::Visitor
    }
}

impl Who {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Operator => "operator",
            Self::Channel => "channel",
        }
    }
}

impl State {
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Theirs => None,
            Self::Sending => Some("sending"),
            Self::Sent => Some("sent"),
            Self::Read => Some("read"),
            Self::Failed(_) => Some("failed"),
        }
    }
}

/// All lines, oldest first.
pub(crate) fn rows(
    client: &Client,
    texts: &Texts,
    when: &When,
    now: Timestamp,
    percent: &dyn Fn(&MessageId) -> Option<u8>,
) -> Vec<Row> {
    list(client, texts, when, now, None, percent)
}

/// As [`rows`], with a line before the first message of others after `seen`.
pub(crate) fn list(
    client: &Client,
    texts: &Texts,
    when: &When,
    now: Timestamp,
    mut seen: Option<Seq>,
    percent: &dyn Fn(&MessageId) -> Option<u8>,
) -> Vec<Row> {
    let now = client.server_now(now);
    let mut list = List { rows: Vec::new(), texts, when, now, day: None };
    for entry in client.entries() {
        let is_theirs = entry.author != Author::Visitor && matches!(entry.body, Body::Text { .. });
        if seen.is_some_and(|seen| entry.seq > seen) && is_theirs {
            seen = None;
            list.rows.push(Row { key: "new".to_owned(), line: Line::New(texts.newer.to_owned()) });
        }
        list.entry(entry, client.read_by_other() >= entry.seq);
    }
    for pending in client.pending() {
        list.pending(pending, percent(&pending.id));
    }
    group(&mut list.rows);
    list.rows
}

struct List<'a> {
    rows: Vec<Row>,
    texts: &'a Texts,
    when: &'a When,
    now: Timestamp,
    day: Option<i64>,
}

impl List<'_> {
    fn entry(&mut self, entry: &Entry, read: bool) {
        let line = match &entry.body {
            Body::Text { text, file } => Line::Message(self.message(entry, text, *file, read)),
            Body::Event(event) => match self.event(event) {
                Some(words) => Line::Event(words),
                None => return,
            },
            Body::Note { .. } => return,
        };
        self.day(entry.at);
        let key = entry.id.as_ref().map_or_else(|| entry.seq.0.to_string(), |id| id.as_str().to_owned());
        self.rows.push(Row { key, line });
    }

    /// A line for the day, where it changes; none for a conversation of today only.
    fn day(&mut self, at: Timestamp) {
        let day = day(at);
        let before = self.day.replace(day);
        let shown = match before {
            None => day != self::day(self.now),
            Some(before) => before != day,
        };
        if shown {
            let words = self.when.day(self.texts, self.now, at);
            self.rows.push(Row { key: ["d", &day.to_string()].concat(), line: Line::Day(words) });
        }
    }

    fn message(&self, entry: &Entry, text: &str, file: Option<File>, read: bool) -> Message {
        let (author, name) = match &entry.author {
            Author::Visitor => (Who::Visitor, String::new()),
            Author::Operator { name, .. } => (Who::Operator, name.clone()),
            Author::Channel => (Who::Channel, String::new()),
        };
        let state = match (author, read) {
            (Who::Visitor, true) => State::Read,
            (Who::Visitor, false) => State::Sent,
            (Who::Operator | Who::Channel, _) => State::Theirs,
        };
        Message {
            author,
            name,
            text: text.to_owned(),
            file: file.map(|file| self.file(file.size, file.kind.is_picture(), None)),
            time: self.when.time(entry.at),
            seq: Some(entry.seq.0),
            id: entry.id.clone(),
            state,
            first: true,
            last: true,
            minute: minute(entry.at),
        }
    }

    fn file(&self, size: u32, is_picture: bool, percent: Option<u8>) -> FileLine {
        FileLine { size: link::files::size(size, self.texts.lang), is_picture, percent }
    }

    fn pending(&mut self, pending: &Pending, percent: Option<u8>) {
        let state = match pending.state {
            PendingState::Sending => State::Sending,
            PendingState::Failed { code } => State::Failed(code),
        };
        let line = Line::Message(Message {
            author: Who::Visitor,
            name: String::new(),
            text: pending.text.clone(),
            file: pending.file.map(|file| self.file(file.size, false, Some(percent.unwrap_or(100)))),
            time: String::new(),
            seq: None,
            id: Some(pending.id.clone()),
            state,
            first: true,
            last: true,
            minute: minute(self.now),
        });
        self.rows.push(Row { key: pending.id.as_str().to_owned(), line });
    }

    fn event(&self, event: &Event) -> Option<String> {
        let texts = self.texts;
        let named = |words, name: &str| Some(fill(words, name));
        match event {
            Event::Assigned { name } => named(texts.arrived, name),
            Event::Joined { name } => named(texts.joined, name),
            Event::Left { name } => named(texts.gone, name),
            Event::Reopened { name } => named(texts.reopened, name),
            Event::Contact(contact) => named(texts.contact_told, &in_a_line(contact)),
            Event::Resumed {} => Some(texts.resumed.to_owned()),
            Event::Ended { by } => Some(ended(texts, *by).to_owned()),
            Event::MovedOn { .. }
            | Event::Moved { .. }
            | Event::ContactAsked { .. }
            | Event::Rated { .. }
            | Event::Reviewed { .. }
            | Event::Unknown => None,
        }
    }
}

const fn ended(texts: &Texts, by: Ending) -> &'static str {
    match by {
        Ending::Visitor => texts.ended_by_you,
        Ending::Operator => texts.ended_by_us,
        Ending::Silence => texts.ended_quiet,
        Ending::GivenUp => texts.given_up,
        Ending::Spam => texts.ended,
    }
}

fn in_a_line(contact: &Contact) -> String {
    let mut line = String::new();
    let more = contact.more.iter().map(|answer| &answer.value);
    for part in [&contact.name, &contact.email, &contact.phone].into_iter().chain(more) {
        if !line.is_empty() && !part.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(part);
    }
    line
}

fn minute(at: Timestamp) -> u64 {
    at.0 / Millis::minutes(1).0
}

/// Joins neighbours of one author and one minute, and marks where each group begins and ends.
fn group(rows: &mut [Row]) {
    let mut before: Option<&mut Message> = None;
    for row in rows {
        let Line::Message(message) = &mut row.line else {
            before = None;
            continue;
        };
        if let Some(before) = before.take().filter(|before| belongs(before, message)) {
            before.last = false;
            message.first = false;
        }
        before = Some(message);
    }
}

fn belongs(before: &Message, message: &Message) -> bool {
    let failed = |message: &Message| matches!(message.state, State::Failed(_));
    before.author == message.author
        && before.name == message.name
        && before.minute == message.minute
        && !failed(before)
        && !failed(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_told_of_a_contact_is_shown() {
        let contact = |name: &str, email: &str, phone: &str| {
            in_a_line(&Contact {
                name: name.into(),
                email: email.into(),
                phone: phone.into(),
                ..Contact::default()
            })
        };
        assert_eq!(contact("Ana", "ana@shop.example", "123"), "Ana · ana@shop.example · 123");
        assert_eq!(contact("Ana", "", "123"), "Ana · 123");
        assert_eq!(contact("", "ana@shop.example", ""), "ana@shop.example");
    }
}
