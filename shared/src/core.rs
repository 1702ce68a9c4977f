//! The contract of a core.
//!
//! **The only mutation is [`Core::handle`]; after it, [`Core::poll_effect`] is drained until it is empty, before the next
//! `handle`.** A refused input ([`Reject`]) changes nothing and has no effects. A core asks nobody for the time, an id or
//! a random choice: they are arguments. Its containers are ordered, so that a run can be repeated exactly.

use crate::id::Socket;
use crate::note::{Address, Hint, Note, Topic};
use crate::reject::{Broken, Code, Reject};
use crate::time::{Millis, Timestamp};

/// What happened to an object.
#[derive(Clone, Debug)]
pub enum Input<C: Core> {
    /// Somebody opened a socket.
    Connected {
        /// Its number.
        socket: Socket,
        /// Who is behind it.
        who: C::Who,
        /// Whether the core knew it before it was rebuilt: it has been welcomed and is still open.
        resumed: bool,
    },
    /// A socket is gone.
    Gone {
        /// Which.
        socket: Socket,
    },
    /// A frame arrived.
    Frame {
        /// On which socket.
        socket: Socket,
        /// What it says.
        frame: C::Incoming,
    },
    /// Something arrived that is no frame.
    BadFrame {
        /// On which socket.
        socket: Socket,
        /// What is wrong with it.
        code: Code,
    },
    /// Another object tells something, in order and exactly once.
    Note {
        /// Who.
        from: Address,
        /// Which numbering it belongs to.
        topic: Topic,
        /// What.
        note: Note,
    },
    /// Another object mentions mere state: it may be lost, late or repeated.
    Hint(Hint),
    /// Something of this object's own kind.
    Own(C::Own),
    /// The alarm rang. Early, late and repeated alarms are harmless.
    Timeout,
}

/// What a core orders.
#[derive(Clone, Debug)]
pub enum Effect<C: Core> {
    /// Store this.
    Persist(C::Record),
    /// Send a frame to a socket.
    Send {
        /// Which.
        to: Socket,
        /// What.
        frame: C::Outgoing,
    },
    /// Read stored entries and send them to a socket, in this place among the frames.
    Read {
        /// Which socket.
        to: Socket,
        /// What to read.
        query: C::Query,
    },
    /// Close a socket.
    Close {
        /// Which.
        socket: Socket,
        /// With which code.
        code: u16,
    },
    /// Tell another object, in order and exactly once.
    Tell {
        /// Whom.
        to: Address,
        /// Which numbering it belongs to.
        topic: Topic,
        /// What.
        note: Note,
    },
    /// Mention mere state to another object, best effort.
    Mention {
        /// To whom.
        to: Address,
        /// What.
        hint: Hint,
    },
    /// Nothing more will be told about this topic.
    EndTopic(Topic),
}

/// A value that an object's store keeps under a key.
pub trait Record: Sized {
    /// Its key, unique in the object.
    fn key(&self) -> String;
    /// Its value as JSON; none removes the key.
    fn value(&self) -> Option<String>;
    /// Reads one back.
    ///
    /// # Errors
    /// [`Broken`] if the store holds something that no version of Guichet wrote.
    fn read(key: &str, value: &str) -> Result<Self, Broken>;
}

/// Reads an object's rows back.
///
/// # Errors
/// [`Broken`] if a row is not one of this kind of object.
pub fn read_all<'a, R: Record>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<R>, Broken> {
    rows.into_iter().map(|(key, value)| R::read(key, value)).collect()
}

/// The rules of one kind of object.
pub trait Core: Sized {
    /// Who may be behind a socket.
    type Who: Clone + core::fmt::Debug;
    /// The frames that arrive.
    type Incoming: Clone + core::fmt::Debug + crate::wire::Frame;
    /// The frames that go out.
    type Outgoing: Clone + core::fmt::Debug + serde::Serialize;
    /// What may be read from the store for a socket.
    type Query: Clone + core::fmt::Debug;
    /// Inputs of this kind of object alone.
    type Own: Clone + core::fmt::Debug;
    /// What is stored.
    type Record: Record + Clone + core::fmt::Debug;

    /// Takes in what has happened.
    ///
    /// # Errors
    /// [`Reject`] if it is refused; nothing has changed then.
    fn handle(&mut self, now: Timestamp, input: Input<Self>) -> Result<(), Reject>;
    /// The next order to carry out.
    fn poll_effect(&mut self) -> Option<Effect<Self>>;
    /// The earliest timer.
    fn poll_timeout(&self) -> Option<Timestamp>;
    /// The frame that tells a sender why `frame` was refused.
    fn refusal(&self, now: Timestamp, frame: &Self::Incoming, code: Code) -> Self::Outgoing;
}

/// How often something may happen: `burst` times at once, and once more each time that `every` has passed.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// How often at once.
    pub burst: u32,
    /// After how long once more.
    pub every: Millis,
}

/// Refuses what happens too often. It counts in time, so that it needs no fractions, and a clock that jumps back costs nothing.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    rate: Rate,
    /// How long it takes, from `at` on, until it is full again.
    lacks: Millis,
    at: Timestamp,
}

impl Bucket {
    /// A full bucket.
    pub const fn full(now: Timestamp, rate: Rate) -> Self {
        Self { rate, lacks: Millis(0), at: now }
    }

    /// Whether one more may pass.
    pub fn take(&mut self, now: Timestamp) -> bool {
        let passes = self.opens_in(now) == Millis(0);
        self.lacks = self.lacks_at(now);
        self.at = now;
        if passes {
            self.lacks.0 = self.lacks.0.saturating_add(self.rate.every.0);
        }
        passes
    }

    /// How long it takes until one more may pass.
    pub const fn opens_in(&self, now: Timestamp) -> Millis {
        let most = self.rate.every.0.saturating_mul(self.rate.burst.saturating_sub(1) as u64);
        Millis(self.lacks_at(now).0.saturating_sub(most))
    }

    const fn lacks_at(&self, now: Timestamp) -> Millis {
        Millis(self.lacks.0.saturating_sub(now.since(self.at).0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_lets_a_burst_pass_and_then_one_at_a_time() {
        let mut bucket = Bucket::full(Timestamp(1_000), Rate { burst: 3, every: Millis(500) });
        for _ in 0..3 {
            assert!(bucket.take(Timestamp(1_000)));
        }
        assert!(!bucket.take(Timestamp(1_000)));
        assert_eq!(bucket.opens_in(Timestamp(1_000)), Millis(500));
        assert_eq!(bucket.opens_in(Timestamp(1_400)), Millis(100));
        assert!(!bucket.take(Timestamp(1_499)));
        assert!(bucket.take(Timestamp(1_500)));
        assert!(!bucket.take(Timestamp(1_500)));
        // A clock that jumps back takes nothing away.
        assert_eq!(bucket.opens_in(Timestamp(7)), Millis(500));
        // After a while it is full again, and no fuller.
        assert_eq!((0..9).filter(|_| bucket.take(Timestamp(9_000))).count(), 3);
    }
}
