//! What happened, in words that a person can follow: names in place of ids, clock times in place of milliseconds.

use super::wire::{Down, Peer};
use super::world::World;
use super::zones::day_of;
use shared::note::{Moved, Note};
use shared::time::{Millis, Timestamp};
use shared::wire::RowState;

/// How many lines are told of everything.
const LAST_MAX: usize = 15;
const WORDS_MAX: usize = 260;

/// Written only when a seed is replayed: words are slow.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// How many lines are told of what the violation is about.
    most: usize,
    now: Timestamp,
    lines: Vec<(Timestamp, String)>,
    names: Vec<(String, String)>,
}

impl Story {
    pub(super) fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    pub(super) const fn is_told(&self) -> bool {
        self.most > 0
    }

    pub(super) const fn at(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// What an id is called.
    pub(super) fn call(&mut self, id: impl ToString, name: impl Into<String>) {
        self.names.push((id.to_string(), name.into()));
    }

    pub(super) fn tell(&mut self, words: impl FnOnce() -> String) {
        if self.is_told() {
            self.lines.push((self.now, words()));
        }
    }

    /// The last lines: first those about what was violated, then those about anything.
    pub(super) fn lines(&self, violation: &str) -> Vec<String> {
        let about: Vec<&str> =
            self.names.iter().map(|(id, _)| id.as_str()).filter(|id| violation.contains(id)).collect();
        let concerns = |(_, words): &&(Timestamp, String)| about.iter().any(|id| words.contains(id));
        let mut chosen: Vec<_> = self.lines.iter().rev().filter(concerns).take(self.most).collect();
        chosen.reverse();
        let mut story: Vec<String> = chosen.into_iter().map(|line| self.written(line)).collect();
        story.push("… and the last of everything:".to_owned());
        let from = self.lines.len().saturating_sub(LAST_MAX);
        story.extend(self.lines.iter().skip(from).map(|line| self.written(line)));
        story
    }

    fn written(&self, (at, words): &(Timestamp, String)) -> String {
        let words = self.named(words);
        let end = words.char_indices().nth(WORDS_MAX).map_or(words.len(), |(index, _)| index);
        let cut = if end < words.len() { "…" } else { "" };
        format!("{}  {}{cut}", clock(*at), words.get(..end).unwrap_or_default())
    }

    /// The same with names for ids, and times of the clock.
    pub(super) fn named(&self, words: &str) -> String {
        let mut words = words.to_owned();
        for (id, name) in &self.names {
            words = words.replace(id, name);
        }
        let mut told = String::with_capacity(words.len());
        let mut rest = words.as_str();
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
            let (before, word) = rest.split_at(start);
            let end = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
            let (word, after) = word.split_at(end);
            told.push_str(before);
            told.push_str(&plain(word));
            rest = after;
        }
        told.push_str(rest);
        told
    }
}

impl World {
    /// What a client hears, in words.
    pub(super) fn hearing(&self, peer: Peer, what: &Down) -> String {
        let (whose, about) = match peer {
            Peer::Tab(id) => self.tabs.get(&id).map_or_else(Default::default, |tab| {
                (self.name_of(tab.operator), format!(" on {}", tab.conversation))
            }),
            Peer::Inbox(id) => {
                let person = self.inboxes.get(&id).map(|inbox| inbox.person);
                (self.name_of(person), String::new())
            }
        };
        let words = match what {
            Down::Opened => "it is open",
            Down::Text(text) => text.as_str(),
            Down::Closed(_) => "it is closed",
        };
        format!("{whose} in {peer:?}{about} hears {words}")
    }
}

fn plain(word: &str) -> String {
    let number = || word.parse::<u64>().ok().filter(|_| word.len() == 13);
    if let Some(at) = number() {
        return clock(Timestamp(at));
    }
    // A message: its number alone tells it apart.
    match word.strip_prefix("01") {
        Some(digits) if word.len() == 26 => format!("m{}", digits.trim_start_matches('0')),
        _ => word.to_owned(),
    }
}

/// A time as a clock in UTC shows it.
fn clock(at: Timestamp) -> String {
    let (day, left) = (at.0 / Millis::days(1).0, at.0 % Millis::days(1).0);
    let date = day_of(day);
    let (minutes, millis) = (left / 60_000, left % 60_000);
    format!(
        "{:02}-{:02} {:02}:{:02}:{:02}.{:03}",
        date.month,
        date.day,
        minutes / 60,
        minutes % 60,
        millis / 1000,
        millis % 1000
    )
}

/// What one object tells another, without what makes it long.
pub(super) fn words_of(note: &Note) -> String {
    let from = |moved: &Option<Moved>| {
        moved
            .as_ref()
            .map(|moved| format!(", from {} ({:?})", moved.from.name, moved.reason))
            .unwrap_or_default()
    };
    match note {
        Note::Arrived(arrival) => format!(
            "{} arrives, run {}, epoch {}, claimed by {:?}, responsible {:?}",
            arrival.session,
            arrival.run,
            arrival.epoch,
            arrival.claim.as_ref().map(|face| &face.name),
            arrival.responsible.as_ref().map(|face| &face.name)
        ),
        Note::Waiting { session, epoch, moved } => format!("{session} waits, epoch {epoch}{}", from(moved)),
        Note::Offered { session, epoch, to, until, .. } => {
            format!("{session} is offered to {} until {until}, epoch {epoch}", to.name)
        }
        Note::Shown { session, epoch, to, hidden, .. } => {
            let to: Vec<_> = to.iter().map(|face| &face.name).collect();
            format!("{session} is shown to {to:?}, hidden from {hidden:?}, epoch {epoch}")
        }
        Note::Assigned { session, epoch, owner, moved, .. } => {
            format!("{session} is {}'s, epoch {epoch}{}", owner.name, from(moved))
        }
        Note::Explained { session, epoch, why } => format!("{session} waits: {:?}, epoch {epoch}", why.rule),
        Note::Settings { channel, version, .. } => format!("settings {version} of {channel}"),
        Note::Row(row) => {
            let state = match &row.state {
                RowState::Offered { .. } => "offered".to_owned(),
                RowState::Shown { .. } => "shown".to_owned(),
                other => format!("{other:?}"),
            };
            format!("row of {}, epoch {}: {state}", row.session, row.epoch)
        }
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_times_have_names() {
        let mut story = Story::new(1);
        story.call("ab".repeat(32), "visitor 1");
        let words = format!("{}.2 at 1795424100000: 01000000000000000000000042", "ab".repeat(32));
        assert_eq!(story.named(&words), "visitor 1.2 at 11-23 08:55:00.000: m42");
    }
}
