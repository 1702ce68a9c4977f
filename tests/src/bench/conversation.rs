//! What a message costs a conversation: it is numbered, stored, acknowledged and shown to all who read along.

use super::clock::Stopwatch;
use super::report::{Line, grouped};
use super::rounds::{Pair, typical};
use shared::api::Role;
use shared::conversation::{Conversation, Own, Record, StoredEntry, Who};
use shared::core::{Core, Effect, Input};
use shared::id::{ChannelId, ConversationId, Epoch, MessageId, OperatorId, Seq, SessionId, Socket};
use shared::limits::{MEMBERS_MAX, TAIL_MAX};
use shared::note::{Address, Face, Note, Topic};
use shared::settings::{Queue, Settings};
use shared::time::{Millis, Timestamp};
use shared::wire::{ToConversation, VERSION};
use std::hint::black_box;
use std::time::Duration;

const VISITOR: Socket = Socket(1);
const OPERATOR: Socket = Socket(2);
const ROUNDS: usize = 7;
const MESSAGES: usize = 2_000;
const TEXT: &str =
    "Good morning. I ordered a lamp last week, and the parcel has not come yet. Could you look where it is?";

/// A conversation whose session has an owner; the owner reads along.
struct Chat {
    core: Conversation,
    now: Timestamp,
    sent: u64,
    stored: Vec<StoredEntry>,
}

impl Chat {
    fn new(members: u32) -> Self {
        let id: ConversationId = "ab".repeat(32).parse().expect("a conversation id");
        let channel: ChannelId = "shop".parse().expect("a channel id");
        let people: Vec<OperatorId> = (0..members).map(|n| ulid(n.into())).collect();
        let owner = Face { id: ulid(0), name: "Camille Moreau".to_owned() };
        let queue = Queue { members: people, ..Queue::default() };
        let settings = Box::new(Settings { queue, ..Settings::default() });
        let core = Conversation::restore(id.clone(), 1, []);
        let mut chat = Self { core, now: Timestamp(1_700_000_000_000), sent: 0, stored: Vec::new() };
        chat.input(Input::Own(Own::Rules { channel: channel.clone(), version: 1, settings }));
        chat.connect(VISITOR, Who::Visitor);
        chat.say();
        let session = SessionId { conversation: id, number: 1 };
        let assigned = Note::Assigned {
            session: session.clone(),
            epoch: Epoch(2),
            owner: owner.clone(),
            moved: None,
            why: None,
        };
        let (from, topic) = (Address::Desk(channel), Topic::of(&session, 0));
        chat.input(Input::Note { from, topic, note: assigned });
        chat.connect(OPERATOR, Who::Operator { face: owner, role: Role::Operator });
        while chat.sent <= TAIL_MAX as u64 {
            chat.say();
        }
        chat
    }

    fn connect(&mut self, socket: Socket, who: Who) {
        self.input(Input::Connected { socket, who, resumed: false });
        let (locale, zone) = ("en".to_owned(), "Europe/Paris".to_owned());
        let frame =
            ToConversation::Hello { v: VERSION, cursor: Seq(0), locale, zone, plain: false, forms: false };
        self.input(Input::Frame { socket, frame });
    }

    /// The visitor's next message.
    fn say(&mut self) -> Duration {
        self.sent += 1;
        let (id, text) = (message(self.sent), TEXT.to_owned());
        let frame = ToConversation::Send { id, text, note: false, epoch: None, file: false };
        self.input(Input::Frame { socket: VISITOR, frame })
    }

    fn input(&mut self, input: Input<Conversation>) -> Duration {
        // As fast as a visitor may write for long.
        self.now = self.now + Millis::seconds(1);
        self.stored.clear();
        let watch = Stopwatch::start();
        let done = self.core.handle(self.now, input);
        while let Some(effect) = self.core.poll_effect() {
            match effect {
                Effect::Persist(Record::Entry(entry)) => self.stored.push(entry),
                effect => drop(black_box(effect)),
            }
        }
        black_box(self.core.poll_timeout());
        let spent = watch.stop();
        assert!(done.is_ok(), "{done:?}");
        spent
    }
}

fn ulid(n: u64) -> OperatorId {
    format!("01ARZ3NDEK{n:016}").parse().expect("a ULID")
}

fn message(n: u64) -> MessageId {
    format!("01BX5ZZKBK{n:016}").parse().expect("a ULID")
}

pub(super) fn bench() -> Vec<Line> {
    [10, MEMBERS_MAX as u32].into_iter().map(with_members).collect()
}

fn with_members(members: u32) -> Line {
    let mut chat = Chat::new(members);
    let mut messages = Pair::default();
    for _ in 0..ROUNDS {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let mut log: Vec<StoredEntry> = Vec::new();
        for _ in 0..MESSAGES {
            ours.push(chat.say());
            let Some(entry) = chat.stored.pop() else { continue };
            let watch = Stopwatch::start();
            log.push(black_box(entry.clone()));
            theirs.push(watch.stop());
        }
        assert_eq!(theirs.len(), MESSAGES, "a message was not stored");
        messages.add((typical(ours), typical(theirs)));
    }
    messages.line(&format!("a message in a conversation, {} members, beside a push", grouped(members)))
}
