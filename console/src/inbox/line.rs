//! The line to the inbox: one socket that is opened again whenever it is lost.

use link::page::{Wakes, on_leave, on_wake};
use link::{Listener, Socket, SocketEvent, Timer};
use shared::time::Millis;
use shared::wire::{self, ToInbox};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How long connecting may take, up to the worker's first word.
const CONNECT_MAX: Millis = Millis::seconds(15);
const BACKOFF_FIRST: u64 = 500;
const BACKOFF_MAX: u64 = 30_000;

/// The state of the line, as a person may be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineState {
    /// Connecting for the first time.
    #[default]
    Connecting,
    /// Connected, and the worker has spoken.
    Online,
    /// Lost; it will be tried again.
    Lost,
    /// Closed for good by the worker.
    Ended {
        /// The close code.
        code: u16,
    },
}

/// What the line tells its owner.
pub(crate) enum LineEvent {
    State(LineState),
    Text(String),
}

/// Dropping it hangs up.
pub(crate) struct Line {
    inner: Rc<Inner>,
}

struct Inner {
    socket: RefCell<Option<Socket>>,
    timer: RefCell<Option<Timer>>,
    wakes: RefCell<Option<Wakes>>,
    leaves: RefCell<Option<Listener>>,
    attempts: Cell<u32>,
    state: Cell<LineState>,
    on: Box<dyn Fn(LineEvent)>,
}

impl Line {
    pub(crate) fn open(on: impl Fn(LineEvent) + 'static) -> Self {
        let inner = Rc::new(Inner {
            socket: RefCell::default(),
            timer: RefCell::default(),
            wakes: RefCell::default(),
            leaves: RefCell::default(),
            attempts: Cell::new(0),
            state: Cell::default(),
            on: Box::new(on),
        });
        let nudge = inner.weakly(Inner::nudge);
        inner.wakes.replace(Some(on_wake(nudge)));
        // Whoever has left the console is not there for visitors. Who comes back is connected by the nudge.
        let left = inner.weakly(|inner| inner.lost(wire::close::SILENT));
        inner.leaves.replace(on_leave(left));
        inner.connect();
        Self { inner }
    }

    /// Sends a frame. Whether there was a line to send it on.
    pub(crate) fn send(&self, frame: &ToInbox) -> bool {
        self.inner.state.get() == LineState::Online && self.inner.send(frame)
    }

    /// The worker has spoken: the line stands.
    pub(crate) fn stands(&self) {
        self.inner.stands();
    }

    /// Tries now.
    pub(crate) fn retry(&self) {
        self.inner.connect();
    }
}

impl Inner {
    fn connect(self: &Rc<Self>) {
        let heard = self.weakly_with(Self::heard);
        let protocols = [wire::SUBPROTOCOL.to_owned()];
        let socket = Socket::open(&url("/ws/v1/inbox"), &protocols, heard);
        drop(self.socket.replace(Some(socket)));
        let late = self.weakly(|inner| inner.lost(wire::close::SILENT));
        self.timer.replace(Some(Timer::after(CONNECT_MAX, late)));
    }

    fn heard(self: &Rc<Self>, event: SocketEvent) {
        match event {
            SocketEvent::Opened => {
                self.send(&ToInbox::Hello { v: wire::VERSION });
            }
            SocketEvent::Text(text) => (self.on)(LineEvent::Text(text)),
            SocketEvent::Lost { code, .. } => self.lost(code),
        }
    }

    fn send(&self, frame: &ToInbox) -> bool {
        let (Ok(text), Some(socket)) = (serde_json::to_string(frame), &*self.socket.borrow()) else {
            return false;
        };
        socket.send(&text);
        true
    }

    fn stands(&self) {
        self.timer.take();
        self.attempts.set(0);
        self.tell(LineState::Online);
    }

    fn lost(self: &Rc<Self>, code: u16) {
        drop(self.socket.take());
        if wire::close::is_final(code) {
            self.timer.take();
            self.tell(LineState::Ended { code });
            return;
        }
        let again = self.weakly(Self::connect);
        self.timer.replace(Some(Timer::after(self.backoff(), again)));
        self.tell(LineState::Lost);
    }

    /// Half is fixed and half random, so that a restart of the worker is not a stampede.
    fn backoff(&self) -> Millis {
        let attempts = self.attempts.get();
        self.attempts.set(attempts.saturating_add(1));
        let full = BACKOFF_FIRST.saturating_mul(1 << attempts.min(16)).min(BACKOFF_MAX);
        Millis(full / 2 + link::random_u64() % (full / 2 + 1))
    }

    fn nudge(self: &Rc<Self>) {
        if self.state.get() == LineState::Lost {
            self.connect();
        }
    }

    fn tell(&self, state: LineState) {
        self.state.set(state);
        (self.on)(LineEvent::State(state));
    }

    fn weakly(self: &Rc<Self>, run: impl Fn(&Rc<Self>) + 'static) -> impl Fn() + 'static {
        let weak = Rc::downgrade(self);
        move || {
            if let Some(inner) = weak.upgrade() {
                run(&inner);
            }
        }
    }

    fn weakly_with<T>(self: &Rc<Self>, run: impl Fn(&Rc<Self>, T) + 'static) -> impl Fn(T) + 'static {
        let weak = Rc::downgrade(self);
        move |value| {
            if let Some(inner) = weak.upgrade() {
                run(&inner, value);
            }
        }
    }
}

/// The address of a socket of this host.
pub(crate) fn url(path: &str) -> String {
    let origin = crate::browser::origin();
    match origin.strip_prefix("http") {
        Some(rest) => format!("ws{rest}{path}"),
        None => path.to_owned(),
    }
}
