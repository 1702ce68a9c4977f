//! A socket between a client and an object: two streams in order, which may break, or swallow what is sent.

use shared::id::Socket;
use shared::note::Address;
use shared::time::Timestamp;
use std::collections::VecDeque;

/// Names a wire.
pub(super) type WireId = u64;
/// Names a client of a conversation.
pub(super) type TabId = u64;
/// Names a tab of a console.
pub(super) type InboxId = u64;

/// Who is at the client's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    Tab(TabId),
    Inbox(InboxId),
}

/// What travels to the object.
#[derive(Clone, Debug)]
pub(super) enum Up {
    Open,
    Text(String),
    Close,
}

/// What travels to the client.
#[derive(Clone, Debug)]
pub(super) enum Down {
    Opened,
    Text(String),
    Closed(u16),
}

/// A wire.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) to: Address,
    pub(super) peer: Peer,
    /// The object's end, once it has accepted.
    pub(super) socket: Option<Socket>,
    pub(super) up: VecDeque<Up>,
    pub(super) down: VecDeque<Down>,
    pub(super) up_at: Timestamp,
    pub(super) down_at: Timestamp,
    pub(super) swallows_up: bool,
    pub(super) swallows_down: bool,
    /// Since when the object hears no heartbeat.
    pub(super) silent_since: Option<Timestamp>,
    /// Whether the client has let go of it.
    pub(super) hung_up: bool,
}

impl Wire {
    pub(super) fn new(to: Address, peer: Peer, now: Timestamp) -> Self {
        Self {
            to,
            peer,
            socket: None,
            up: VecDeque::new(),
            down: VecDeque::new(),
            up_at: now,
            down_at: now,
            swallows_up: false,
            swallows_down: false,
            silent_since: None,
            hung_up: false,
        }
    }
}
