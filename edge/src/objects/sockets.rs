//! The sockets of an object: numbered, remembered over its sleep, and swept when their heartbeat stops.

use crate::sys;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::id::Socket;
use shared::reject::Broken;
use shared::time::{Millis, Timestamp};
use shared::wire::{ASK, close};
use std::collections::BTreeMap;
use worker::{State, WebSocket};

/// What is written on a socket, so that it is known again after the object has slept. At most 16 KiB.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Label<W> {
    pub(super) number: u64,
    pub(super) who: W,
    /// Whether its client has said hello.
    pub(super) welcomed: bool,
    /// When it was accepted, by the platform's clock.
    pub(super) since: u64,
}

/// The sockets that are open.
#[derive(Default)]
pub(super) struct Sockets {
    open: BTreeMap<Socket, WebSocket>,
    last: u64,
}

impl Sockets {
    /// Finds those that were accepted before the object slept.
    pub(super) fn find<W: DeserializeOwned>(state: &State) -> Result<(Self, Vec<Label<W>>), Broken> {
        let mut sockets = Self::default();
        let mut labels = Vec::new();
        for socket in sys::sockets(state)? {
            let Some(label) = label::<W>(&socket) else { continue };
            sockets.last = sockets.last.max(label.number);
            sockets.open.insert(Socket(label.number), socket);
            labels.push(label);
        }
        Ok((sockets, labels))
    }

    /// Accepts a socket and gives it a number.
    pub(super) fn accept<W: Serialize>(
        &mut self,
        state: &State,
        socket: WebSocket,
        who: W,
        since: Timestamp,
    ) -> Result<Socket, Broken> {
        let number = self.last + 1;
        sys::accept(state, &socket)?;
        write(&socket, &Label { number, who, welcomed: false, since: since.0 })?;
        self.last = number;
        self.open.insert(Socket(number), socket);
        Ok(Socket(number))
    }

    pub(super) fn remove(&mut self, number: Socket) -> Option<WebSocket> {
        self.open.remove(&number)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Sends a frame. A socket that cannot take it is gone; its client will come back with its cursor.
    pub(super) fn send(&self, to: Socket, frame: &str) {
        if let Some(socket) = self.open.get(&to) {
            let _gone = socket.send_with_str(frame);
        }
    }

    /// Asks those that have been silent for a sign of life, and returns those that stayed silent. `now` is of the platform's
    /// clock.
    pub(super) fn sweep<W: DeserializeOwned>(
        &self,
        state: &State,
        sweep: Sweep,
        now: Timestamp,
    ) -> Vec<Socket> {
        let mut lost = Vec::new();
        for (number, socket) in &self.open {
            let accepted = label::<W>(socket).map_or(Timestamp(0), |label| Timestamp(label.since));
            let silence = now.since(sys::last_heartbeat(state, socket).unwrap_or_default().max(accepted));
            if silence >= sweep.silence_max {
                lost.push(*number);
            } else if silence >= sweep.ask_after {
                self.send(*number, ASK);
            }
        }
        lost
    }
}

/// What is written on a socket; none if that is not of this version.
pub(super) fn label<W: DeserializeOwned>(socket: &WebSocket) -> Option<Label<W>> {
    let text: String = socket.deserialize_attachment().ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Notes on a socket that its client has said hello.
pub(super) fn mark_welcomed<W: Serialize + DeserializeOwned>(socket: &WebSocket) -> Result<(), Broken> {
    match label::<W>(socket) {
        Some(label) if !label.welcomed => write(socket, &Label { welcomed: true, ..label }),
        _ => Ok(()),
    }
}

fn write<W: Serialize>(socket: &WebSocket, label: &Label<W>) -> Result<(), Broken> {
    let text = serde_json::to_string(label).map_err(|error| Broken(format!("label: {error}")))?;
    socket.serialize_attachment(text).map_err(|error| Broken(format!("label: {error}")))
}

/// Closes a socket, whatever state it is in.
pub(super) fn close(socket: &WebSocket, code: u16) {
    let _already_closed = socket.close(Some(code), Some(""));
}

/// Answers the peer's close with the code it sent, where that may be sent back.
pub(super) fn echo_close(socket: &WebSocket, code: usize) {
    let code =
        u16::try_from(code).ok().filter(|code| matches!(code, 1000 | 1001 | 3000..=4999)).unwrap_or(1000);
    close(socket, code);
}

/// How often an object with sockets looks for silent ones, after how long it asks one, and how long one may be silent.
#[derive(Clone, Copy)]
pub(super) struct Sweep {
    pub(super) every: Millis,
    pub(super) ask_after: Millis,
    pub(super) silence_max: Millis,
}

/// The code that silent sockets are closed with.
pub(super) const SILENT: u16 = close::SILENT;
