//! The network between one browser and the worker: TCP that can be held in either direction, or cut. The browser's own offline
//! switch would leave open sockets alive.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A direction on the cable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the browser to the worker.
    Up,
    /// From the worker to the browser.
    Down,
}

/// A cable to a worker. It is served until the process ends.
#[derive(Debug)]
pub struct Cable {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    is_cut: bool,
    up: Flow,
    down: Flow,
    open: Vec<TcpStream>,
}

/// How many bytes may still pass in one direction; none for any number.
#[derive(Clone, Copy, Debug, Default)]
struct Flow(Option<usize>);

impl Cable {
    /// Lays a cable to the worker at `origin`.
    pub fn to(origin: &str) -> Self {
        let worker = origin.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port for the cable");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared::default());
        let kept = Arc::clone(&shared);
        thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                // Who finds the cable cut is hung up on.
                let _refused = kept.join(browser, &worker);
            }
        });
        Self { port, shared }
    }

    /// The worker's origin as it is at this end.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on nothing passes this way. What is sent waits, as in a network that has gone silent.
    pub fn hold(&self, way: Way) {
        self.hold_after(way, 0);
    }

    /// As [`Self::hold`], after so many bytes more.
    pub fn hold_after(&self, way: Way, bytes: usize) {
        self.change(|state| *state.flow(way) = Flow(Some(bytes)));
    }

    /// Ends every connection, with what waits on it, and refuses new ones.
    pub fn cut(&self) {
        self.change(|state| {
            state.is_cut = true;
            for socket in state.open.drain(..) {
                // It may have ended by itself.
                let _ended = socket.shutdown(Shutdown::Both);
            }
        });
    }

    /// Everything passes again.
    pub fn mend(&self) {
        self.change(|state| *state = State { open: std::mem::take(&mut state.open), ..State::default() });
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.shared.state());
        self.shared.changed.notify_all();
    }
}

impl State {
    fn flow(&mut self, way: Way) -> &mut Flow {
        match way {
            Way::Up => &mut self.up,
            Way::Down => &mut self.down,
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn join(self: &Arc<Self>, browser: TcpStream, worker: &str) -> std::io::Result<()> {
        if self.state().is_cut {
            return browser.shutdown(Shutdown::Both);
        }
        let worker = TcpStream::connect(worker)?;
        for (from, to, way) in [(&browser, &worker, Way::Up), (&worker, &browser, Way::Down)] {
            let (from, to, shared) = (from.try_clone()?, to.try_clone()?, Arc::clone(self));
            // Either side may hang up at any time.
            thread::spawn(move || shared.carry(from, to, way).ok());
        }
        let mut state = self.state();
        state.open.extend([browser, worker]);
        Ok(())
    }

    fn carry(&self, mut from: TcpStream, mut to: TcpStream, way: Way) -> std::io::Result<()> {
        let mut bytes = [0; 4096];
        loop {
            let count = from.read(&mut bytes)?;
            if count == 0 {
                return to.shutdown(Shutdown::Write);
            }
            let mut rest = bytes.get(..count).unwrap_or_default();
            while !rest.is_empty() {
                let (now, later) = rest.split_at(self.granted(way, rest.len()));
                to.write_all(now)?;
                rest = later;
            }
        }
    }

    /// Waits until something may pass, and says how much of it.
    fn granted(&self, way: Way, wanted: usize) -> usize {
        let mut state = self.state();
        loop {
            match state.flow(way) {
                Flow(None) => return wanted,
                // The connection may have ended while this waited: writing to it will tell.
                Flow(Some(0)) => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Flow(Some(left)) => {
                    let granted = wanted.min(*left);
                    *left -= granted;
                    return granted;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// A worker that says everything back, and a browser's socket to it.
    fn connected(cable: &Cable) -> TcpStream {
        let port = cable.origin().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        let socket = TcpStream::connect(("127.0.0.1", port)).expect("the cable answers");
        socket.set_read_timeout(Some(Duration::from_millis(300))).expect("a limit");
        socket
    }

    fn echo() -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        thread::spawn(move || {
            for mut socket in listener.incoming().flatten() {
                thread::spawn(move || {
                    let mut back = socket.try_clone()?;
                    std::io::copy(&mut socket, &mut back)
                });
            }
        });
        origin
    }

    fn heard(mut socket: &TcpStream) -> Vec<u8> {
        let mut bytes = [0; 64];
        let count = socket.read(&mut bytes).unwrap_or(0);
        bytes[..count].to_vec()
    }

    #[test]
    fn what_is_held_waits_and_what_is_cut_is_lost() {
        for way in [Way::Up, Way::Down] {
            let cable = Cable::to(&echo());
            let socket = connected(&cable);
            (&socket).write_all(b"one").expect("sent");
            assert_eq!(heard(&socket), b"one");
            cable.hold_after(way, 2);
            (&socket).write_all(b"three").expect("sent");
            assert_eq!(heard(&socket), b"th");
            assert_eq!(heard(&socket), b"");
            cable.mend();
            assert_eq!(heard(&socket), b"ree");
            cable.hold(way);
            (&socket).write_all(b"four").expect("sent");
            cable.cut();
            cable.mend();
            assert_eq!(heard(&socket), b"");
            let other = connected(&cable);
            (&other).write_all(b"five").expect("sent");
            assert_eq!(heard(&other), b"five");
        }
    }
}
