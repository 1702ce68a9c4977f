//! The Worker is killed without a warning while many talk, and nothing that was acknowledged is lost.

use crate::driver::Driver;
use shared::api::Role;
use shared::id::{ChannelId, ConversationId, MessageId, Seq};
use shared::wire::{Author, Body, Entry, FromInbox, Side, ToInbox};
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex};
use std::thread::{self, Scope};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tests::rig::{Account, Event, Inbox, Raw, Rig, Thread, Visitor, conversation_of, secret};

const VISITORS: usize = 10;
/// Messages that each visitor writes; each is replied to.
const MESSAGES: usize = 20;
/// Messages that a visitor writes before the first of them has to be acknowledged.
const AHEAD: usize = 3;
const KILLS: usize = 3;
const PATIENCE: Duration = Duration::from_secs(150);

/// How far everybody is.
#[derive(Default)]
struct Board {
    progress: Mutex<Progress>,
    changed: Condvar,
}

#[derive(Default)]
struct Progress {
    acknowledged: usize,
    finished: usize,
    over: bool,
}

impl Board {
    fn update(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.progress.lock().unwrap());
        self.changed.notify_all();
    }

    fn is_over(&self) -> bool {
        self.progress.lock().unwrap().over
    }

    fn wait(&self, what: &str, until: impl Fn(&Progress) -> bool) {
        let progress = self.progress.lock().unwrap();
        let (progress, waited) =
            self.changed.wait_timeout_while(progress, PATIENCE, |progress| !until(progress)).unwrap();
        let far = (progress.acknowledged, progress.finished);
        drop(progress);
        if waited.timed_out() {
            // The others wait for this, and would wait for ever.
            self.update(|progress| progress.over = true);
            panic!("{what} does not come: {far:?} acknowledged and finished");
        }
    }
}

/// What one client held in the end.
struct Held {
    side: Side,
    conversation: ConversationId,
    entries: Vec<Entry>,
    written: Vec<MessageId>,
    acknowledged: Vec<MessageId>,
    lost: u32,
    cut_short: usize,
}

/// Writes in turns with the acknowledgements, and stays until everybody is done.
fn talk_as_visitor(driver: &mut Driver, number: usize, board: &Board) -> Vec<MessageId> {
    let (mut written, mut seen, mut finished, mut lost) = (Vec::new(), 0, false, 0);
    while !board.is_over() {
        driver.turn();
        if driver.lost > lost {
            lost = driver.lost;
            // Half of the visitors load the page again rather than wait.
            if number.is_multiple_of(2) {
                driver.reload();
            }
        }
        if written.len() < MESSAGES && driver.client.pending().count() < AHEAD {
            written.push(driver.write(format!("{number}-{}", written.len())));
        }
        seen = count(driver, seen, board);
        if !finished && written.len() == MESSAGES && driver.is_quiet() {
            finished = true;
            board.update(|progress| progress.finished += 1);
        }
    }
    written
}

/// Replies to each message once.
fn talk_as_operator(driver: &mut Driver, board: &Board) -> Vec<MessageId> {
    let (mut written, mut seen, mut finished) = (Vec::new(), 0, false);
    let mut replied = BTreeSet::new();
    while !board.is_over() {
        driver.turn();
        let asked = |entry: &Entry| match (&entry.author, &entry.body) {
            (Author::Visitor, Body::Text { text, .. }) => Some(text.clone()),
            _ => None,
        };
        let fresh: Vec<_> =
            driver.client.entries().iter().filter_map(asked).filter(|text| !replied.contains(text)).collect();
        for text in fresh {
            written.push(driver.write(format!("re {text}")));
            replied.insert(text);
        }
        seen = count(driver, seen, board);
        if !finished && written.len() == MESSAGES && driver.is_quiet() {
            finished = true;
            board.update(|progress| progress.finished += 1);
        }
    }
    written
}

fn count(driver: &Driver, seen: usize, board: &Board) -> usize {
    assert!(driver.failed().is_empty(), "refused: {:?}", driver.failed());
    let now = driver.acknowledged.len();
    if now > seen {
        board.update(|progress| progress.acknowledged += now - seen);
    }
    now
}

fn held(side: Side, conversation: ConversationId, driver: &Driver, written: Vec<MessageId>) -> Held {
    let (entries, acknowledged) = (driver.client.entries().to_vec(), driver.acknowledged.clone());
    Held {
        side,
        conversation,
        entries,
        written,
        acknowledged,
        lost: driver.lost,
        cut_short: driver.cut_short,
    }
}

/// An operator's console: takes every offer, and opens a thread for each conversation of theirs.
fn console<'s>(
    scope: &'s Scope<'s, '_>,
    account: &'s Account,
    seed: u64,
    board: &'s Board,
    results: Sender<Held>,
) {
    let (_silence, moment): (Sender<()>, Receiver<()>) = channel();
    let mut open = BTreeSet::new();
    while !board.is_over() {
        let Some(Ok(mut socket)) = Inbox::handshake(account).reach() else {
            let _ = moment.recv_timeout(Duration::from_millis(100));
            continue;
        };
        let send = |socket: &mut Raw, frame: &ToInbox| {
            socket.send(&serde_json::to_string(frame).unwrap());
        };
        send(&mut socket, &ToInbox::Hello { v: 1 });
        loop {
            let frame = match socket.next(Instant::now() + Duration::from_millis(50)) {
                Event::Closed(_) => break,
                Event::Late if board.is_over() => return,
                Event::Late => continue,
                Event::Text(text) => serde_json::from_str(&text),
            };
            let rows = match frame {
                Ok(FromInbox::Welcome { rows, .. }) => rows,
                Ok(FromInbox::Row(row)) => vec![row],
                _ => continue,
            };
            for row in rows {
                let conversation = row.session.conversation.clone();
                if row.state.is_offer() {
                    send(&mut socket, &ToInbox::Accept { session: row.session, epoch: row.epoch });
                } else if open.insert(conversation.clone()) {
                    let (results, seed) = (results.clone(), seed + open.len() as u64);
                    scope.spawn(move || {
                        let handshake = Thread::handshake(account, &conversation);
                        let mut driver = Driver::start(Side::Operator, seed, handshake);
                        let written = talk_as_operator(&mut driver, board);
                        let _ = results.send(held(Side::Operator, conversation, &driver, written));
                    });
                }
            }
        }
    }
}

fn seed() -> u64 {
    let given = env::var("SEED").ok().and_then(|seed| seed.parse().ok());
    given.unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        u64::from(now.subsec_nanos()) | 1
    })
}

/// At how many acknowledgements the Worker is killed, in order.
fn moments(seed: u64) -> Vec<usize> {
    let (mut random, all) = (seed, VISITORS * MESSAGES * 2);
    let mut moments: Vec<usize> = (0..KILLS)
        .map(|_| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            all / 20 + usize::try_from(random % (all as u64 * 8 / 10)).unwrap()
        })
        .collect();
    moments.sort_unstable();
    moments
}

#[test]
fn nothing_acknowledged_is_lost_when_the_worker_is_killed_while_ten_visitors_and_two_operators_talk() {
    let seed = seed();
    let moments = moments(seed);
    eprintln!("SEED={seed}: killed after {moments:?} acknowledgements");
    let rig = Rig::start();
    let operators = [rig.join_as("Anna", Role::Operator), rig.join_as("Bert", Role::Operator)];
    let channel_id =
        rig.channel(&[&operators[0], &operators[1]], |settings| settings.queue.sessions_at_once = 10);
    let secrets: Vec<String> = (0..VISITORS).map(|_| secret()).collect();
    let board = Board::default();
    let (results, all) = channel();
    thread::scope(|scope| {
        for (number, account) in operators.iter().enumerate() {
            let (results, board) = (results.clone(), &board);
            scope.spawn(move || console(scope, account, seed + 1000 * (number as u64 + 1), board, results));
        }
        for (number, secret) in secrets.iter().enumerate() {
            let (results, board, rig, channel_id) = (results.clone(), &board, &rig, &channel_id);
            scope.spawn(move || {
                let handshake = Visitor::handshake(rig.origin(), channel_id.as_str(), secret);
                let mut driver = Driver::start(Side::Visitor, seed + number as u64, handshake);
                let written = talk_as_visitor(&mut driver, number, board);
                let conversation = whose(rig, channel_id, secret);
                let _ = results.send(held(Side::Visitor, conversation, &driver, written));
            });
        }
        for moment in moments {
            board.wait("the moment of a kill", |progress| progress.acknowledged >= moment);
            let mut worker = rig.worker();
            assert!(worker.processes().iter().any(|process| process.name.contains("workerd")));
            worker.kill_hard().unwrap();
            assert_eq!(worker.processes(), []);
            worker.restart().unwrap();
        }
        board.wait("the end of the talk", |progress| progress.finished == VISITORS * 2);
        board.update(|progress| progress.over = true);
    });
    drop(results);
    check(&rig, &channel_id, &secrets, all.iter().collect());
}

fn whose(rig: &Rig, channel: &ChannelId, secret: &str) -> ConversationId {
    conversation_of(&Visitor::connect(rig, channel.as_str(), secret).welcome)
}

fn check(rig: &Rig, channel: &ChannelId, secrets: &[String], all: Vec<Held>) {
    assert!(all.iter().any(|held| held.cut_short > 0), "the kills hit nothing");
    let mut by_conversation: BTreeMap<ConversationId, Vec<Held>> = BTreeMap::new();
    for held in all {
        by_conversation.entry(held.conversation.clone()).or_default().push(held);
    }
    assert_eq!(by_conversation.len(), VISITORS);
    for secret in secrets {
        let mut fresh = Visitor::connect(rig, channel.as_str(), secret);
        let stored = texts(&fresh.entries(), Side::Visitor);
        let both = &by_conversation[&fresh.conversation()];
        assert_eq!(both.len(), 2, "a visitor and an operator");
        let mut written = BTreeSet::new();
        for held in both {
            let told = format!("{:?} of {}", held.side, held.conversation);
            assert!(held.lost >= 1 || held.side == Side::Operator, "{told} noticed no kill");
            assert_eq!(
                texts(&held.entries, held.side),
                stored,
                "{told} sees what is stored, in the same order"
            );
            let once: BTreeSet<_> = held.acknowledged.iter().collect();
            assert_eq!(once.len(), held.acknowledged.len(), "{told}: each was acknowledged once");
            assert_eq!(once, held.written.iter().collect(), "{told}: all that was written was acknowledged");
            let mine: Vec<_> =
                stored.iter().filter_map(|(_, id, _)| id.clone()).filter(|id| once.contains(id)).collect();
            assert_eq!(mine, held.written, "{told}: each is stored once, in the order it was written");
            written.extend(held.written.iter().cloned());
        }
        let ids: Vec<_> = stored.iter().filter_map(|(_, id, _)| id.clone()).collect();
        assert_eq!(ids.len(), MESSAGES * 2, "nothing else was said");
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), written);
    }
}

/// What was said, as both sides may see it; the chain of `prev` has no gap.
fn texts(entries: &[Entry], side: Side) -> Vec<(Seq, Option<MessageId>, String)> {
    let mut last = Seq(0);
    let mut texts = Vec::new();
    for entry in entries {
        assert_eq!(entry.prev, last, "{side:?} misses something before {entry:?}");
        last = entry.seq;
        if let Body::Text { text, .. } = &entry.body {
            texts.push((entry.seq, entry.id.clone(), text.clone()));
        }
    }
    texts
}
