//! When a client connects, and when it tries again.

use super::{ACK_MAX, Client, Effect};
use crate::time::{Millis, Timestamp};
use crate::wire::{self, ToConversation};

/// The state of the connection, as a person may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Not asked to connect.
    Idle,
    /// Connecting, or waiting for the worker's first word.
    Connecting,
    /// Connected.
    Online,
    /// Disconnected; the next try is at this time of the client's clock.
    Waiting {
        /// When.
        until: Timestamp,
    },
    /// Closed for good by the worker.
    Ended {
        /// The close code.
        code: u16,
    },
}

/// How long connecting may take.
const CONNECT_MAX: Millis = Millis::seconds(15);
const BACKOFF_FIRST: Millis = Millis(500);
const BACKOFF_MAX: Millis = Millis::seconds(30);

#[derive(Debug)]
pub(super) struct LinkState {
    shown: Link,
    deadline: Option<Timestamp>,
    attempts: u32,
    random: u64,
}

impl LinkState {
    pub(super) const fn new(seed: u64) -> Self {
        Self { shown: Link::Idle, deadline: None, attempts: 0, random: seed | 1 }
    }

    pub(super) const fn shown(&self) -> Link {
        self.shown
    }

    pub(super) const fn is_online(&self) -> bool {
        matches!(self.shown, Link::Online)
    }

    pub(super) const fn timeout(&self) -> Option<Timestamp> {
        match self.shown {
            Link::Connecting => self.deadline,
            Link::Waiting { until } => Some(until),
            Link::Idle | Link::Online | Link::Ended { .. } => None,
        }
    }

    pub(super) const fn stop(&mut self) {
        self.shown = Link::Idle;
    }

    pub(super) fn welcomed(&mut self) {
        self.shown = Link::Online;
        self.attempts = 0;
    }

    /// Half of the backoff is fixed and half is random, so that a restart of the worker is not a stampede.
    fn backoff(&mut self) -> Millis {
        let full = BACKOFF_FIRST.0.saturating_mul(1 << self.attempts.min(16)).min(BACKOFF_MAX.0);
        self.attempts = self.attempts.saturating_add(1);
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        Millis(full / 2 + self.random % (full / 2 + 1))
    }
}

impl Client {
    pub(super) fn connect(&mut self, now: Timestamp) {
        if matches!(self.link.shown, Link::Connecting | Link::Online) {
            return;
        }
        self.link.shown = Link::Connecting;
        self.link.deadline = Some(now + CONNECT_MAX);
        self.effects.push_back(Effect::Connect);
    }

    pub(super) fn opened(&mut self, now: Timestamp) {
        self.link.deadline = Some(now + CONNECT_MAX);
        let super::User { locale, zone, plain, forms, .. } = self.user.clone();
        let (v, cursor) = (wire::VERSION, self.cursor);
        let hello = ToConversation::Hello { v, cursor, locale, zone, plain, forms };
        self.transmit(&hello);
    }

    pub(super) fn lost(&mut self, now: Timestamp, code: u16) {
        if matches!(self.link.shown, Link::Idle) {
            return;
        }
        self.unsend();
        self.typing = None;
        if wire::close::is_final(code) {
            self.link.shown = Link::Ended { code };
        } else {
            let until = now + self.link.backoff();
            self.link.shown = Link::Waiting { until };
        }
    }

    pub(super) fn nudge(&mut self, now: Timestamp) {
        if matches!(self.link.shown, Link::Waiting { .. }) {
            self.connect(now);
        }
    }

    /// Drops a socket that cannot be relied upon, and connects again with the cursor.
    pub(super) fn reconnect(&mut self, now: Timestamp) {
        self.effects.push_back(Effect::Disconnect);
        self.lost(now, wire::close::SILENT);
    }

    pub(super) fn timeout(&mut self, now: Timestamp) {
        if self.typing.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.typing = None;
        }
        match self.link.shown {
            Link::Waiting { until } if until <= now => self.connect(now),
            Link::Connecting if self.link.deadline.is_some_and(|at| at <= now) => self.reconnect(now),
            Link::Online if self.is_unanswered(now) => self.reconnect(now),
            Link::Online => self.flush(now),
            Link::Idle | Link::Connecting | Link::Waiting { .. } | Link::Ended { .. } => {}
        }
    }

    fn is_unanswered(&self, now: Timestamp) -> bool {
        self.pending.iter().any(|outgoing| outgoing.sent_at.is_some_and(|at| now.since(at) >= ACK_MAX))
    }
}
