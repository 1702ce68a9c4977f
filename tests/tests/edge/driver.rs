//! The product's own client, driven over real sockets.

use shared::client::{Client, Effect, Input, Link, Pending, PendingState, User};
use shared::id::MessageId;
use shared::time::{Millis, Timestamp};
use shared::wire::{ASK, PING, PONG, Side};
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};
use tests::rig::{Event, Handshake, Raw, message_id};

/// How long a driver listens before it looks at what else there is to do.
const LISTEN: Duration = Duration::from_millis(5);

/// A client, its socket, and what a browser would keep for it.
pub(crate) struct Driver {
    pub(crate) client: Client,
    /// The messages that were acknowledged, as they were.
    pub(crate) acknowledged: Vec<MessageId>,
    /// How often the socket was lost.
    pub(crate) lost: u32,
    /// How many messages were on their way then.
    pub(crate) cut_short: usize,
    side: Side,
    seed: u64,
    handshake: Handshake,
    socket: Option<Raw>,
    saved: BTreeMap<MessageId, Pending>,
    born: Instant,
    // Nobody ever sends: to wait for it is to wait.
    silence: (Sender<()>, Receiver<()>),
}

impl Driver {
    /// A client that connects and stays connected.
    pub(crate) fn start(side: Side, seed: u64, handshake: Handshake) -> Self {
        let mut driver = Self {
            client: Client::new(user(side), seed, Vec::new()),
            acknowledged: Vec::new(),
            lost: 0,
            cut_short: 0,
            side,
            seed,
            handshake,
            socket: None,
            saved: BTreeMap::new(),
            born: Instant::now(),
            silence: channel(),
        };
        driver.tell(Input::Start);
        driver
    }

    /// Writes a message.
    pub(crate) fn write(&mut self, text: String) -> MessageId {
        let id = message_id();
        self.tell(Input::Send { id: id.clone(), text, note: false });
        id
    }

    /// The page is loaded again: only what was stored is left.
    pub(crate) fn reload(&mut self) {
        self.socket = None;
        let saved = self.saved.values().cloned().collect();
        self.client = Client::new(user(self.side), self.seed, saved);
        self.tell(Input::Start);
    }

    /// Whether the last socket is open and all that was written is acknowledged.
    pub(crate) fn is_quiet(&self) -> bool {
        self.client.link() == Link::Online && self.client.pending().next().is_none()
    }

    /// What was refused and waits for its writer.
    pub(crate) fn failed(&self) -> Vec<Pending> {
        self.client.pending().filter(|pending| pending.state != PendingState::Sending).cloned().collect()
    }

    /// Takes in what has come, or waits a moment for it.
    pub(crate) fn turn(&mut self) {
        if self.client.poll_timeout().is_some_and(|at| at <= self.now()) {
            self.tell(Input::Timeout);
        }
        let Some(socket) = &mut self.socket else {
            let _ = self.silence.1.recv_timeout(LISTEN);
            return;
        };
        match socket.next(Instant::now() + LISTEN) {
            Event::Text(text) if text == ASK => socket.send(PING),
            Event::Text(text) if text == PONG => {}
            Event::Text(text) => self.tell(Input::Text(text)),
            Event::Closed(code) => {
                self.socket = None;
                self.lost += 1;
                self.cut_short += self.client.pending().count();
                self.tell(Input::Lost { code });
            }
            Event::Late => {}
        }
    }

    fn now(&self) -> Timestamp {
        let passed = u64::try_from(self.born.elapsed().as_millis()).expect("a short test");
        Timestamp(1_000_000) + Millis(passed)
    }

    fn tell(&mut self, input: Input) {
        self.client.handle(self.now(), input);
        while let Some(effect) = self.client.poll_effect() {
            match effect {
                Effect::Connect => self.connect(),
                Effect::Disconnect => self.socket = None,
                Effect::Transmit(text) => {
                    if let Some(socket) = &mut self.socket {
                        socket.send(&text);
                    }
                }
                Effect::Keep(pending) => {
                    self.saved.insert(pending.id.clone(), pending);
                }
                Effect::Forget(id) => {
                    self.saved.remove(&id);
                    self.acknowledged.push(id);
                }
                Effect::Upload { .. } | Effect::Fetch { .. } | Effect::Changed => {}
            }
        }
    }

    fn connect(&mut self) {
        let input = match self.handshake.reach() {
            Some(Ok(socket)) => {
                self.socket = Some(socket);
                Input::Opened
            }
            Some(Err(_)) | None => Input::Lost { code: 1006 },
        };
        self.client.handle(self.now(), input);
    }
}

fn user(side: Side) -> User {
    match side {
        Side::Visitor => User::visitor("en".into(), "Europe/Paris".into()),
        Side::Operator => User::operator("en".into()),
    }
}
