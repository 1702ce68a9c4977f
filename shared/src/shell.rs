//! What the shell of an object reads from its store: to rebuild the object, and to answer a core's [`Query`]. The worker and
//! the simulation run the same.

use crate::conversation::{self, Conversation, ENTRY_END, ENTRY_PREFIX, Own, Query, StoredEntry, entry_key};
use crate::core::{Core, Input, Record, read_all};
use crate::hours::{self, Resolved, Zones};
use crate::id::{ConversationId, Seq};
use crate::limits::{CATCH_UP_BEHIND_MAX, CATCH_UP_ENTRIES_MAX, PAGE_ENTRIES_MAX, TAIL_MAX};
use crate::note::Address;
use crate::post::{KEY_PREFIX, Post};
use crate::reject::Broken;
use crate::time::Timestamp;
use crate::turn::Object;
use crate::wire::{Entry, FromConversation, Side};
use std::collections::BTreeMap;

/// The key of the shell's own secret, with which it proves links to files. No core hears of it.
pub const SECRET_KEY: &str = "shell/secret";
/// After every key of every store.
const LAST_KEY: &str = "\u{7f}";
/// The greatest number that [`entry_key`] writes so that keys sort as numbers do.
const SEQ_MAX: Seq = Seq(9_999_999_999_999_999);

/// The rows of one object's store.
pub trait Rows {
    /// What may go wrong.
    type Error: From<Broken>;
    /// The rows of a span: key and value, in its order.
    ///
    /// # Errors
    /// If the store does not answer.
    fn read(&self, span: &Span) -> Result<Vec<(String, String)>, Self::Error>;
}

/// Which rows to read, and in which order. Keys compare as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first key.
    pub from: String,
    /// The first key that is past it.
    pub to: String,
    /// How many rows at most.
    pub limit: u32,
    /// From the greatest key down.
    pub newest_first: bool,
}

impl Span {
    fn all(from: &str, to: &str) -> Self {
        Self { from: from.to_owned(), to: to.to_owned(), limit: u32::MAX, newest_first: false }
    }

    fn newest_entries(before: Seq, limit: usize) -> Self {
        let to = entry_key(before.min(SEQ_MAX));
        Self { limit: count(limit), newest_first: true, ..Self::all(ENTRY_PREFIX, &to) }
    }

    fn entries_after(cursor: Seq, limit: usize) -> Self {
        Self { limit: count(limit), ..Self::all(&entry_key(cursor.next()), ENTRY_END) }
    }
}

fn count(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

// ------------------------------------------------------------------------------------------------------------- rebuilding

/// A desk or an operator with what its store holds.
///
/// # Errors
/// If the store does not answer, or holds something that no version of Guichet wrote.
pub fn restore<C: Core, R: Rows>(
    me: Address,
    rows: &R,
    build: impl FnOnce(Vec<C::Record>) -> C,
) -> Result<Object<C>, R::Error> {
    let rows = rows.read(&Span::all("", LAST_KEY))?;
    Ok(rebuild(me, &rows, build)?)
}

/// A conversation with what its store holds: of the log, only the tail.
///
/// # Errors
/// As for [`restore`].
pub fn restore_conversation<R: Rows>(
    id: &ConversationId,
    rate: u32,
    rows: &R,
) -> Result<Object<Conversation>, R::Error> {
    let mut held = rows.read(&Span::all("", ENTRY_PREFIX))?;
    held.extend(rows.read(&Span::all(ENTRY_END, LAST_KEY))?);
    let tail = rows.read(&Span::newest_entries(SEQ_MAX, TAIL_MAX))?;
    held.extend(tail.into_iter().rev());
    let build = |records| Conversation::restore(id.clone(), rate, records);
    Ok(rebuild(Address::Conversation(id.clone()), &held, build)?)
}

fn rebuild<C: Core>(
    me: Address,
    rows: &[(String, String)],
    build: impl FnOnce(Vec<C::Record>) -> C,
) -> Result<Object<C>, Broken> {
    let rows = rows.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let rows = rows.filter(|(key, _)| *key != SECRET_KEY);
    let (books, records): (Vec<_>, Vec<_>) = rows.partition(|(key, _)| key.starts_with(KEY_PREFIX));
    Ok(Object::new(me, build(read_all(records)?), Post::restore(books)?))
}

/// What a conversation has to be told before its next input, if it wants its hours. A zone that nobody knows any more closes
/// no channel.
pub fn hours_input(core: &Conversation, zones: &impl Zones, now: Timestamp) -> Option<Input<Conversation>> {
    let hours = core.wants_hours(now)?;
    let resolved = hours::resolve(hours, core.visitor_zone(), zones, now).unwrap_or(Resolved::ALWAYS);
    Some(Input::Own(Own::Hours(resolved)))
}

// ---------------------------------------------------------------------------------------------------------------- reading

/// The frames that answer a query, in order. `sign` proves a claim that nobody else can prove.
///
/// # Errors
/// As for [`restore`].
pub fn answer<R: Rows>(
    rows: &R,
    query: Query,
    sign: impl FnOnce(&str) -> Result<String, R::Error>,
) -> Result<Vec<FromConversation>, R::Error> {
    match query {
        Query::Link(link) => {
            let path = link.path(&sign(&link.claim())?);
            Ok(vec![FromConversation::Link { id: link.id, path }])
        }
        Query::Before { side, before } => Ok(vec![frame(page(rows, side, before)?, true)]),
        Query::After { side, cursor } if is_far_behind(rows, cursor)? => {
            Ok(vec![frame(page(rows, side, SEQ_MAX)?, false)])
        }
        Query::After { side, cursor } => missed(rows, side, cursor),
    }
}

fn is_far_behind<R: Rows>(rows: &R, cursor: Seq) -> Result<bool, R::Error> {
    let last = read_entries(rows, &Span::newest_entries(SEQ_MAX, 1))?;
    let last = last.first().map_or(Seq(0), |stored| stored.entry.seq);
    Ok(cursor == Seq(0) || last.0.saturating_sub(cursor.0) > CATCH_UP_BEHIND_MAX)
}

/// All that readers of `side` may see after `cursor`, a frame for each stretch.
fn missed<R: Rows>(rows: &R, side: Side, mut cursor: Seq) -> Result<Vec<FromConversation>, R::Error> {
    let mut frames = Vec::new();
    loop {
        let stretch = read_entries(rows, &Span::entries_after(cursor, CATCH_UP_ENTRIES_MAX))?;
        let Some(last) = stretch.last() else { return Ok(frames) };
        cursor = last.entry.seq;
        let seen: Vec<_> = stretch.iter().filter_map(|stored| stored.for_side(side)).collect();
        if !seen.is_empty() {
            frames.push(frame(seen, false));
        }
    }
}

/// The last entries before `before` that readers of `side` may see, as many as a page holds.
fn page<R: Rows>(rows: &R, side: Side, mut before: Seq) -> Result<Vec<Entry>, R::Error> {
    let mut newest_first = Vec::new();
    while newest_first.len() < PAGE_ENTRIES_MAX {
        let stretch = read_entries(rows, &Span::newest_entries(before, PAGE_ENTRIES_MAX))?;
        let Some(oldest) = stretch.last() else { break };
        before = oldest.entry.seq;
        newest_first.extend(stretch.iter().filter_map(|stored| stored.for_side(side)));
    }
    newest_first.truncate(PAGE_ENTRIES_MAX);
    newest_first.reverse();
    Ok(newest_first)
}

fn frame(entries: Vec<Entry>, history: bool) -> FromConversation {
    let earlier = entries.first().is_some_and(|first| first.prev > Seq(0));
    FromConversation::Entries { entries, earlier, history }
}

fn read_entries<R: Rows>(rows: &R, span: &Span) -> Result<Vec<StoredEntry>, R::Error> {
    let read = |(key, value): (String, String)| match conversation::Record::read(&key, &value)? {
        conversation::Record::Entry(stored) => Ok(stored),
        _ => Err(Broken(format!("{key} is not an entry"))),
    };
    Ok(rows.read(span)?.into_iter().map(read).collect::<Result<_, Broken>>()?)
}

/// A store in memory.
impl Rows for BTreeMap<String, String> {
    type Error = Broken;

    fn read(&self, span: &Span) -> Result<Vec<(String, String)>, Broken> {
        let rows = self.range(span.from.clone()..span.to.clone()).map(|(k, v)| (k.clone(), v.clone()));
        let limit = usize::try_from(span.limit).unwrap_or(usize::MAX);
        Ok(if span.newest_first { rows.rev().take(limit).collect() } else { rows.take(limit).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Author, Body};

    /// A log of so many entries, of which each third is a note.
    fn log(length: u64) -> BTreeMap<String, String> {
        let mut rows = BTreeMap::new();
        let mut visible = Seq(0);
        for number in 1..=length {
            let note = number % 3 == 0;
            let text = number.to_string();
            let body = if note { Body::Note { text } } else { Body::text(text) };
            let (seq, prev, at) = (Seq(number), Seq(number - 1), Timestamp(number));
            let entry = Entry { seq, prev, id: None, at, session: 1, author: Author::Channel, body };
            let record =
                conversation::Record::Entry(StoredEntry { entry, visitor_prev: visible, visitor_name: None });
            rows.insert(record.key(), record.value().unwrap());
            visible = if note { visible } else { seq };
        }
        rows
    }

    fn seen(rows: &BTreeMap<String, String>, query: Query) -> Vec<(Vec<u64>, bool, bool)> {
        answer(rows, query, |_| Ok(String::new()))
            .unwrap()
            .into_iter()
            .map(|frame| match frame {
                FromConversation::Entries { entries, earlier, history } => {
                    (entries.iter().map(|entry| entry.seq.0).collect(), earlier, history)
                }
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_reader_who_holds_nothing_gets_the_last_page() {
        let frames = seen(&log(100), Query::After { side: Side::Operator, cursor: Seq(0) });
        assert_eq!(frames, [((51..=100).collect(), true, false)]);
        let frames = seen(&log(4), Query::After { side: Side::Visitor, cursor: Seq(0) });
        assert_eq!(frames, [(vec![1, 2, 4], false, false)]);
    }

    #[test]
    fn a_reader_gets_what_they_missed_and_what_they_may_see() {
        let frames = seen(&log(500), Query::After { side: Side::Operator, cursor: Seq(10) });
        assert_eq!(frames.iter().map(|(seqs, ..)| seqs.len()).collect::<Vec<_>>(), [200, 200, 90]);
        let frames = seen(&log(8), Query::After { side: Side::Visitor, cursor: Seq(2) });
        assert_eq!(frames, [(vec![4, 5, 7, 8], true, false)]);
    }

    #[test]
    fn a_reader_too_far_behind_gets_the_last_page() {
        let rows = log(1_101);
        assert_eq!(seen(&rows, Query::After { side: Side::Operator, cursor: Seq(101) }).len(), 5);
        let frames = seen(&rows, Query::After { side: Side::Operator, cursor: Seq(100) });
        assert_eq!(frames, [((1_052..=1_101).collect(), true, false)]);
    }

    #[test]
    fn a_page_of_history_is_full_although_some_of_it_is_hidden() {
        let frames = seen(&log(200), Query::Before { side: Side::Visitor, before: Seq(151) });
        assert_eq!((frames[0].0.len(), frames[0].0.last(), frames[0].1), (50, Some(&149), true));
        let frames = seen(&log(10), Query::Before { side: Side::Visitor, before: Seq(5) });
        assert_eq!(frames, [(vec![1, 2, 4], false, true)]);
    }

    #[test]
    fn there_is_an_answer_even_before_the_beginning_and_past_the_end() {
        let nothing = [(vec![], false, true)];
        for before in [Seq(0), Seq(1)] {
            assert_eq!(seen(&log(10), Query::Before { side: Side::Operator, before }), nothing);
        }
        let past = seen(&log(3), Query::Before { side: Side::Operator, before: Seq(u64::MAX) });
        assert_eq!(past, [(vec![1, 2, 3], false, true)]);
    }

    #[test]
    fn a_conversation_is_rebuilt_from_its_rows_and_the_tail_of_its_log() {
        let id: ConversationId = "ab".repeat(32).parse().unwrap();
        let object = restore_conversation(&id, 1, &log(600)).unwrap();
        assert!(object.is_quiet());
        let rows = BTreeMap::from([("entry/1".to_owned(), "{".to_owned())]);
        assert!(restore_conversation(&id, 1, &rows).is_err());
    }
}
