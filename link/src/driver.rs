//! Carries out what `shared::client` orders, and tells it what happens.

use crate::page::{self, Wakes};
use crate::socket::{Socket, SocketEvent};
use crate::timer::Timer;
use crate::{now, store};
use core::cell::{Cell, RefCell};
use shared::client::{Client, Effect, Input, Pending};
use shared::time::Timestamp;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// A client with its socket, its timer and its outbox. Clones are the same one; dropping the last disconnects.
#[derive(Clone)]
pub struct Driver {
    inner: Rc<Inner>,
}

struct Inner {
    client: RefCell<Client>,
    url: String,
    protocols: Vec<String>,
    outbox: Option<String>,
    on_change: Box<dyn Fn(&Driver)>,
    queue: RefCell<VecDeque<Input>>,
    draining: Cell<bool>,
    socket: RefCell<Option<Socket>>,
    timer: RefCell<Option<Timer>>,
    armed: Cell<Option<Timestamp>>,
    wakes: RefCell<Option<Wakes>>,
}

/// What the outbox under the keys that begin with `prefix` holds, for [`Client::new`].
pub fn saved(prefix: &str) -> Vec<Pending> {
    let read = |key: &String| Pending::read(&store::get(key)?);
    store::keys(prefix).iter().filter_map(read).collect()
}

impl Driver {
    /// Drives `client` over sockets to `url`. Messages are kept in storage under `outbox` and their id, if that is given.
    /// `on_change` is called after each change that may be seen, with nothing borrowed. It does not connect yet: give it
    /// [`Input::Start`].
    pub fn new(
        client: Client,
        url: String,
        protocols: Vec<String>,
        outbox: Option<String>,
        on_change: impl Fn(&Self) + 'static,
    ) -> Self {
        let inner = Rc::new(Inner {
            client: RefCell::new(client),
            url,
            protocols,
            outbox,
            on_change: Box::new(on_change),
            queue: RefCell::default(),
            draining: Cell::new(false),
            socket: RefCell::default(),
            timer: RefCell::default(),
            armed: Cell::new(None),
            wakes: RefCell::default(),
        });
        let weak = Rc::downgrade(&inner);
        inner.wakes.replace(Some(page::on_wake(move || feed(&weak, Input::Nudge))));
        Self { inner }
    }

    /// Tells the client something. From within `on_change` or [`Self::with`] it takes effect right after.
    pub fn input(&self, input: Input) {
        self.inner.queue.borrow_mut().push_back(input);
        self.drain();
    }

    /// Looks at the client.
    pub fn with<T>(&self, look: impl FnOnce(&Client) -> T) -> T {
        let seen = look(&self.inner.client.borrow());
        if !self.inner.queue.borrow().is_empty() {
            self.drain();
        }
        seen
    }

    fn drain(&self) {
        if self.inner.draining.replace(true) {
            return;
        }
        loop {
            let mut changed = false;
            while let Some(effects) = self.step() {
                for effect in effects {
                    changed |= effect == Effect::Changed;
                    self.carry_out(effect);
                }
            }
            self.arm();
            if !changed {
                break;
            }
            (self.inner.on_change)(self);
        }
        self.inner.draining.set(false);
    }

    /// Lets the client take in one input. None if there is none, or somebody looks at the client right now.
    fn step(&self) -> Option<Vec<Effect>> {
        let mut client = self.inner.client.try_borrow_mut().ok()?;
        let input = self.inner.queue.borrow_mut().pop_front()?;
        client.handle(now(), input);
        Some(std::iter::from_fn(|| client.poll_effect()).collect())
    }

    fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Connect => self.connect(),
            Effect::Disconnect => drop(self.inner.socket.take()),
            Effect::Transmit(frame) => {
                if let Some(socket) = &*self.inner.socket.borrow() {
                    socket.send(&frame);
                }
            }
            Effect::Keep(message) => {
                if let Some(prefix) = &self.inner.outbox {
                    store::set(&[prefix, message.id.as_str()].concat(), &message.write());
                }
            }
            Effect::Forget(id) => {
                if let Some(prefix) = &self.inner.outbox {
                    store::remove(&[prefix, id.as_str()].concat());
                }
            }
            Effect::Changed => {}
        }
    }

    fn connect(&self) {
        drop(self.inner.socket.take());
        let weak = Rc::downgrade(&self.inner);
        let socket = Socket::open(&self.inner.url, &self.inner.protocols, move |event| {
            let input = match event {
                SocketEvent::Opened => Input::Opened,
                SocketEvent::Text(text) => Input::Text(text),
                SocketEvent::Lost { code } => Input::Lost { code },
            };
            feed(&weak, input);
        });
        self.inner.socket.replace(Some(socket));
    }

    fn arm(&self) {
        let due = self.inner.client.borrow().poll_timeout();
        if self.inner.armed.replace(due) == due {
            return;
        }
        let weak = Rc::downgrade(&self.inner);
        let timer = due.map(|due| {
            Timer::after(due.since(now()), move || {
                if let Some(inner) = weak.upgrade() {
                    inner.armed.set(None);
                    Self { inner }.input(Input::Timeout);
                }
            })
        });
        drop(self.inner.timer.replace(timer));
    }
}

fn feed(weak: &Weak<Inner>, input: Input) {
    if let Some(inner) = weak.upgrade() {
        Driver { inner }.input(input);
    }
}
