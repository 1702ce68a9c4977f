//! One object: its store, which survives everything, and its memory and sockets, which do not.

use super::wire::WireId;
use shared::core::Core;
use shared::id::Socket;
use shared::post::Row;
use shared::time::{Millis, Timestamp};
use shared::turn::Object;
use std::collections::BTreeMap;

/// A durable object of the simulation.
#[derive(Debug)]
pub(super) struct Node<C: Core> {
    pub(super) memory: Option<Box<Object<C>>>,
    pub(super) rows: BTreeMap<String, String>,
    pub(super) alarm: Option<Timestamp>,
    pub(super) plugs: BTreeMap<Socket, Plug<C::Who>>,
    pub(super) next_sweep: Option<Timestamp>,
    last_socket: u64,
}

/// The object's end of a socket, with what is written on it.
#[derive(Clone, Debug)]
pub(super) struct Plug<W> {
    pub(super) who: W,
    pub(super) welcomed: bool,
    pub(super) wire: WireId,
}

/// How often an object with sockets looks for silent ones, and how long one may be silent.
#[derive(Clone, Copy)]
pub(super) struct Sweep {
    pub(super) every: Millis,
    pub(super) silence_max: Millis,
}

impl<C: Core> Default for Node<C> {
    fn default() -> Self {
        Self {
            memory: None,
            rows: BTreeMap::new(),
            alarm: None,
            plugs: BTreeMap::new(),
            next_sweep: None,
            last_socket: 0,
        }
    }
}

impl<C: Core> Node<C> {
    pub(super) fn accept(&mut self, who: C::Who, wire: WireId) -> Socket {
        self.last_socket += 1;
        let socket = Socket(self.last_socket);
        self.plugs.insert(socket, Plug { who, welcomed: false, wire });
        socket
    }

    /// All rows and the alarm, as one transaction.
    pub(super) fn commit(&mut self, rows: Vec<Row>, alarm: Option<Timestamp>) {
        for (key, value) in rows {
            match value {
                Some(value) => self.rows.insert(key, value),
                None => self.rows.remove(&key),
            };
        }
        self.alarm = alarm;
    }

    pub(super) fn forget_memory(&mut self) {
        self.memory = None;
        self.next_sweep = None;
    }
}
