//! Delivery between objects, in order and exactly once: notes are numbered per pair and topic, one is in flight at a time;
//! the receiver takes only the one after the last it took, answers a repeat with "done" and a gap with what it expects.
//!
//! A book is a row of the object's store, written in the transaction of the event that changed it. Whether a note is in
//! flight is known in memory only: after a crash it is sent again.

use crate::limits;
use crate::note::{Address, Note, Topic};
use crate::reject::Broken;
use crate::time::{Millis, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A note on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Who tells.
    pub from: Address,
    /// Who is told.
    pub to: Address,
    /// Which numbering it belongs to.
    pub topic: Topic,
    /// Its number: 1, 2, … in this direction of this topic.
    pub number: u64,
    /// What is told.
    pub note: Note,
}

/// The receiver's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receipt {
    /// Taken, now or before.
    Done,
    /// Not taken: this number is expected.
    Expected(u64),
}

/// What to do with a note that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is the next one: take it in.
    Take,
    /// Answer with this, and do nothing.
    Answer(Receipt),
}

/// How long a delivery may take before it counts as failed; also when it is tried again after a crash.
pub const DELIVERY_MAX: Millis = Millis::seconds(10);
const BACKOFF_FIRST: Millis = Millis(500);
const BACKOFF_MAX: Millis = Millis::minutes(1);
/// How long the books of an ended topic are kept, to answer repeats.
const ENDED_KEPT: Millis = Millis::days(1);

type Pair = (Address, Topic);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Outbox {
    /// The number of the first note that waits, or of the next one.
    first: u64,
    notes: VecDeque<Note>,
    #[serde(default)]
    ended: bool,
    #[serde(skip)]
    in_flight: bool,
    #[serde(skip)]
    attempts: u32,
    /// When to try; none: at once.
    #[serde(skip)]
    next_try: Option<Timestamp>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Inbox {
    last: u64,
    #[serde(default)]
    ended_at: Option<Timestamp>,
}

/// All books of one object. A desk has one for each session, so nothing here looks through all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Post {
    outboxes: Books<Outbox>,
    inboxes: Books<Inbox>,
    /// The outboxes in which a note waits.
    unsent: BTreeSet<Pair>,
    /// The inboxes of topics that have ended, oldest first.
    ended: BTreeSet<(Timestamp, Pair)>,
}

/// By topic first, because books end by topic.
type Books<B> = BTreeMap<Topic, BTreeMap<Address, B>>;

/// A row to write: its key, and its value or none to remove it.
pub type Row = (String, Option<String>);

/// What the keys of all books begin with.
pub const KEY_PREFIX: &str = "post/";
const OUT: &str = "post/out/";
const IN: &str = "post/in/";

#[derive(Serialize, Deserialize)]
struct Stored<B> {
    pair: Pair,
    book: B,
}

impl Post {
    /// Reads the books back.
    ///
    /// # Errors
    /// [`Broken`] if a row is not a book.
    pub fn restore<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Broken> {
        let mut post = Self::default();
        for (key, value) in rows {
            let broken = |error: serde_json::Error| Broken(format!("book {key}: {error}"));
            if key.starts_with(OUT) {
                let Stored { pair, book } = serde_json::from_str::<Stored<Outbox>>(value).map_err(broken)?;
                if !book.notes.is_empty() {
                    post.unsent.insert(pair.clone());
                }
                post.outboxes.entry(pair.1).or_default().insert(pair.0, book);
            } else {
                let Stored { pair, book } = serde_json::from_str::<Stored<Inbox>>(value).map_err(broken)?;
                post.ended.extend(book.ended_at.map(|at| (at, pair.clone())));
                post.inboxes.entry(pair.1).or_default().insert(pair.0, book);
            }
        }
        Ok(post)
    }

    fn outbox(&mut self, pair: &Pair) -> Option<&mut Outbox> {
        self.outboxes.get_mut(&pair.1)?.get_mut(&pair.0)
    }

    fn inbox(&self, pair: &Pair) -> Option<&Inbox> {
        self.inboxes.get(&pair.1)?.get(&pair.0)
    }

    /// Queues a note.
    ///
    /// # Errors
    /// [`Broken`] if the peer has not been reached for so long that its book is full.
    pub fn tell(&mut self, to: Address, topic: Topic, note: Note) -> Result<Row, Broken> {
        let pair = (to, topic);
        let books = self.outboxes.entry(pair.1.clone()).or_default();
        let book = books.entry(pair.0.clone()).or_insert_with(|| Outbox { first: 1, ..Outbox::default() });
        if book.notes.len() >= limits::POST_QUEUE_MAX {
            return Err(Broken(format!("{} cannot be reached and its book is full", pair.0)));
        }
        book.notes.push_back(note);
        let row = out_row(&pair, Some(book));
        self.unsent.insert(pair);
        Ok(row)
    }

    /// Nothing more will be told about this topic: its outboxes end when they are empty, its inboxes after a day.
    pub fn end_topic(&mut self, now: Timestamp, topic: &Topic) -> Vec<Row> {
        let mut rows = Vec::new();
        if let Some(books) = self.outboxes.get_mut(topic) {
            for (to, book) in books.iter_mut() {
                book.ended = true;
                rows.push(out_row(&(to.clone(), topic.clone()), (!book.notes.is_empty()).then_some(&*book)));
            }
            books.retain(|_, book| !book.notes.is_empty());
            if books.is_empty() {
                self.outboxes.remove(topic);
            }
        }
        for (from, book) in self.inboxes.get_mut(topic).into_iter().flatten() {
            if book.ended_at.is_none() {
                book.ended_at = Some(now);
                let pair = (from.clone(), topic.clone());
                rows.push(in_row(&pair, Some(book)));
                self.ended.insert((now, pair));
            }
        }
        rows
    }

    /// The notes to deliver now: the first of each book that has none in flight.
    pub fn ready(&mut self, now: Timestamp, me: &Address) -> Vec<Envelope> {
        let mut ready = Vec::new();
        for pair in self.unsent.clone() {
            let Some(book) = self.outbox(&pair) else { continue };
            let Some(note) = book.notes.front().cloned() else { continue };
            if book.in_flight || book.next_try.is_some_and(|at| at > now) {
                continue;
            }
            book.in_flight = true;
            book.next_try = Some(now + DELIVERY_MAX);
            let number = book.first;
            let (to, topic) = pair;
            ready.push(Envelope { from: me.clone(), to, topic, number, note });
        }
        ready
    }

    /// What became of a delivery. A failed one is tried again with backoff.
    pub fn delivered(
        &mut self,
        now: Timestamp,
        envelope: &Envelope,
        receipt: Option<Receipt>,
    ) -> Option<Row> {
        let pair = (envelope.to.clone(), envelope.topic.clone());
        let book = self.outbox(&pair)?;
        if book.first != envelope.number || book.notes.is_empty() {
            return None;
        }
        book.in_flight = false;
        match receipt {
            None => {
                let wait = BACKOFF_FIRST.0.saturating_mul(1 << book.attempts.min(10)).min(BACKOFF_MAX.0);
                book.attempts = book.attempts.saturating_add(1);
                book.next_try = Some(now + Millis(wait));
                return None;
            }
            Some(Receipt::Done) => {
                book.notes.pop_front();
                book.first += 1;
            }
            // The receiver has another count, as after a restored backup: go on with its numbers.
            Some(Receipt::Expected(number)) => book.first = number.max(1),
        }
        book.attempts = 0;
        book.next_try = None;
        let is_empty = book.notes.is_empty();
        let over = book.ended && is_empty;
        let row = out_row(&pair, (!over).then_some(&*book));
        if is_empty {
            self.unsent.remove(&pair);
        }
        if over {
            remove(&mut self.outboxes, &pair);
        }
        Some(row)
    }

    /// A delivery that has taken too long counts as failed.
    pub fn give_up_stuck(&mut self, now: Timestamp) {
        for pair in self.unsent.clone() {
            if let Some(book) = self.outbox(&pair)
                && book.in_flight
                && book.next_try.is_some_and(|at| at <= now)
            {
                book.in_flight = false;
            }
        }
    }

    /// Whether to take a note that arrived.
    pub fn arrival(&self, envelope: &Envelope) -> Arrival {
        let book = self.inbox(&(envelope.from.clone(), envelope.topic.clone()));
        let last = book.map_or(0, |book| book.last);
        match envelope.number {
            n if n <= last => Arrival::Answer(Receipt::Done),
            n if n == last + 1 => Arrival::Take,
            // One note is in flight at a time, so a gap without a book can only mean that the topic has ended.
            _ if book.is_none() && envelope.topic != Topic::Standing => Arrival::Answer(Receipt::Done),
            _ => Arrival::Answer(Receipt::Expected(last + 1)),
        }
    }

    /// Notes that a note was taken.
    pub fn took(&mut self, envelope: &Envelope) -> Row {
        let pair = (envelope.from.clone(), envelope.topic.clone());
        let book = self.inboxes.entry(pair.1.clone()).or_default().entry(pair.0.clone()).or_default();
        book.last = envelope.number;
        in_row(&pair, Some(book))
    }

    /// Throws away the inboxes of topics that ended long ago.
    pub fn forget_ended(&mut self, now: Timestamp) -> Vec<Row> {
        let mut rows = Vec::new();
        while let Some((_, pair)) = self.ended.first().filter(|(at, _)| *at + ENDED_KEPT <= now).cloned() {
            rows.push(in_row(&pair, None));
            remove(&mut self.inboxes, &pair);
            self.ended.pop_first();
        }
        rows
    }

    /// When a book has something to do.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        let waiting = self.unsent.iter().filter_map(|pair| self.outboxes.get(&pair.1)?.get(&pair.0));
        let tries = waiting.map(|book| book.next_try.unwrap_or_default()).min();
        let ends = self.ended.first().map(|(at, _)| *at + ENDED_KEPT);
        crate::time::earliest(tries, ends)
    }

    /// Whether nothing waits to be delivered.
    pub fn is_quiet(&self) -> bool {
        self.unsent.is_empty()
    }
}

fn remove<B>(books: &mut Books<B>, pair: &Pair) {
    if let Some(of_topic) = books.get_mut(&pair.1) {
        of_topic.remove(&pair.0);
        if of_topic.is_empty() {
            books.remove(&pair.1);
        }
    }
}

fn row<B: Serialize>(prefix: &str, pair: &Pair, book: Option<&B>) -> Row {
    let key = format!("{prefix}{}/{}", pair.0, pair.1);
    // Books hold strings, numbers and flags: writing one as JSON cannot fail.
    let value =
        book.map(|book| serde_json::to_string(&Stored { pair: pair.clone(), book }).unwrap_or_default());
    (key, value)
}

fn out_row(pair: &Pair, book: Option<&Outbox>) -> Row {
    row(OUT, pair, book)
}

fn in_row(pair: &Pair, book: Option<&Inbox>) -> Row {
    row(IN, pair, book)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);

    fn desk() -> Address {
        Address::Desk("demo".parse().unwrap())
    }
    fn directory() -> Address {
        Address::Directory
    }
    fn session() -> Topic {
        Topic::Session(format!("{}.1", "ab".repeat(32)).parse().unwrap())
    }
    fn note(n: u32) -> Note {
        Note::Ended { session: format!("{}.{n}", "ab".repeat(32)).parse().unwrap(), missed: false }
    }

    #[test]
    fn notes_go_one_at_a_time_and_in_order() {
        let mut sender = Post::default();
        sender.tell(desk(), session(), note(1)).unwrap();
        sender.tell(desk(), session(), note(2)).unwrap();
        let first = sender.ready(NOW, &directory());
        assert_eq!(first.iter().map(|e| e.number).collect::<Vec<_>>(), [1]);
        assert!(sender.ready(NOW, &directory()).is_empty());
        sender.delivered(NOW, &first[0], Some(Receipt::Done));
        let second = sender.ready(NOW, &directory());
        assert_eq!((second[0].number, &second[0].note), (2, &note(2)));
    }

    #[test]
    fn a_failed_note_is_tried_again_with_backoff_and_never_lost() {
        let mut sender = Post::default();
        sender.tell(desk(), session(), note(1)).unwrap();
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..12 {
            let envelope = sender.ready(now, &directory()).remove(0);
            sender.delivered(now, &envelope, None);
            let next = sender.poll_timeout().unwrap();
            waits.push(next.since(now).0);
            now = next;
        }
        assert_eq!(&waits[..3], [500, 1000, 2000]);
        assert_eq!(waits.last(), Some(&60_000));
    }

    #[test]
    fn a_repeat_is_answered_and_a_gap_is_named() {
        let mut receiver = Post::default();
        let envelope = |number| Envelope {
            from: desk(),
            to: directory(),
            topic: Topic::Standing,
            number,
            note: note(1),
        };
        assert_eq!(receiver.arrival(&envelope(1)), Arrival::Take);
        receiver.took(&envelope(1));
        assert_eq!(receiver.arrival(&envelope(1)), Arrival::Answer(Receipt::Done));
        assert_eq!(receiver.arrival(&envelope(3)), Arrival::Answer(Receipt::Expected(2)));
    }

    #[test]
    fn the_books_of_a_session_end_with_it() {
        let mut sender = Post::default();
        sender.tell(desk(), session(), note(1)).unwrap();
        sender.end_topic(NOW, &session());
        let envelope = sender.ready(NOW, &directory()).remove(0);
        let row = sender.delivered(NOW, &envelope, Some(Receipt::Done)).unwrap();
        assert_eq!((row.1, sender), (None, Post::default()));

        let mut receiver = Post::default();
        receiver.took(&envelope);
        receiver.end_topic(NOW, &session());
        assert_eq!(receiver.arrival(&envelope), Arrival::Answer(Receipt::Done));
        assert_eq!(receiver.forget_ended(NOW + ENDED_KEPT).len(), 1);
        assert_eq!(receiver, Post::default());
    }

    #[test]
    fn books_read_back_as_they_were_written() {
        let mut post = Post::default();
        let rows = [
            post.tell(desk(), session(), note(1)).unwrap(),
            post.took(&Envelope {
                from: desk(),
                to: directory(),
                topic: session(),
                number: 4,
                note: note(1),
            }),
        ];
        let rows: Vec<_> = rows.iter().map(|(k, v)| (k.as_str(), v.as_deref().unwrap())).collect();
        assert_eq!(Post::restore(rows).unwrap(), post);
    }
}
