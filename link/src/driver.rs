//! Carries out what `shared::client` orders, and tells it what happens.

use crate::files::Upload;
use crate::page::{self, Wakes};
use crate::socket::{Socket, SocketEvent};
use crate::timer::Timer;
use crate::{now, store};
use core::cell::{Cell, RefCell};
use shared::client::{Client, Effect, Input, Pending};
use shared::id::MessageId;
use shared::time::Timestamp;
use shared::wire::{WORK_PREFIX, close};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::File;

/// A client with its socket, its timer and its outbox. Clones are the same one; dropping the last disconnects.
#[derive(Clone)]
pub struct Driver {
    inner: Rc<Inner>,
}

struct Inner {
    client: RefCell<Client>,
    url: String,
    protocols: RefCell<Vec<String>>,
    /// The proof of the work that the worker wanted, if it did.
    worked: RefCell<Option<String>>,
    works: Cell<bool>,
    outbox: Option<String>,
    on_change: Box<dyn Fn(&Driver)>,
    queue: RefCell<VecDeque<Input>>,
    draining: Cell<bool>,
    socket: RefCell<Option<Socket>>,
    timer: RefCell<Option<Timer>>,
    armed: Cell<Option<Timestamp>>,
    wakes: RefCell<Option<Wakes>>,
    files: RefCell<Vec<Sending>>,
    wanted: RefCell<Vec<(MessageId, Hears)>>,
}

/// Is told an address, once.
type Hears = Box<dyn FnOnce(&str)>;

/// A file that is not acknowledged yet.
struct Sending {
    id: MessageId,
    file: File,
    percent: u8,
    upload: Option<Upload>,
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
            protocols: RefCell::new(protocols),
            worked: RefCell::default(),
            works: Cell::new(false),
            outbox,
            on_change: Box::new(on_change),
            queue: RefCell::default(),
            draining: Cell::new(false),
            socket: RefCell::default(),
            timer: RefCell::default(),
            armed: Cell::new(None),
            wakes: RefCell::default(),
            files: RefCell::default(),
            wanted: RefCell::default(),
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

    /// Asks for the sockets from now on with these subprotocols.
    pub fn set_protocols(&self, protocols: Vec<String>) {
        self.inner.protocols.replace(protocols);
    }

    /// Looks at the client.
    pub fn with<T>(&self, look: impl FnOnce(&Client) -> T) -> T {
        let seen = look(&self.inner.client.borrow());
        if !self.inner.queue.borrow().is_empty() {
            self.drain();
        }
        seen
    }

    /// Sends a file as a message.
    pub fn attach(&self, file: File) {
        let Some(id) = crate::ulid() else { return };
        // What is larger than that is refused, whatever its size.
        let (name, size) = (file.name(), file.size() as u32);
        self.inner.files.borrow_mut().push(Sending { id: id.clone(), file, percent: 0, upload: None });
        self.input(Input::Attach { id, name, size });
    }

    /// How many percent of a file have been sent; none for what is no file of this page.
    pub fn percent(&self, id: &MessageId) -> Option<u8> {
        self.inner.sending(id, |sending| sending.percent)
    }

    /// Asks where the file of a message is; `then` is told once, with an address that is good for minutes.
    pub fn fetch(&self, id: MessageId, then: impl FnOnce(&str) + 'static) {
        self.inner.wanted.borrow_mut().push((id.clone(), Box::new(then)));
        self.input(Input::Fetch(id));
    }

    /// The address of a path on the worker.
    fn address(&self, path: &str) -> String {
        let host = self.inner.url.split("/ws/").next().unwrap_or_default();
        ["http", host.strip_prefix("ws").unwrap_or(host), path].concat()
    }

    fn upload(&self, id: MessageId, path: &str) {
        let Some(file) = self.inner.sending(&id, |sending| sending.file.clone()) else {
            // The page that chose it is gone.
            return self.input(Input::NotUploaded { id, why: "file_gone".to_owned() });
        };
        let (weak, sent) = (Rc::downgrade(&self.inner), id.clone());
        let upload = Upload::start(&self.address(path), &file, move |percent, outcome| {
            let Some(inner) = weak.upgrade() else { return };
            inner.sending(&sent, |sending| sending.percent = percent);
            let id = sent.clone();
            Self { inner }.input(match outcome {
                None => Input::Progress,
                Some(outcome) if outcome == "stored" => Input::Uploaded(id),
                Some(why) => Input::NotUploaded { id, why },
            });
        });
        self.inner.sending(&id, |sending| sending.upload = Some(upload));
    }

    fn fetched(&self, id: &MessageId, path: &str) {
        let address = self.address(path);
        let mut wanted = self.inner.wanted.borrow_mut();
        let mut told = Vec::new();
        while let Some(at) = wanted.iter().position(|(other, _)| other == id) {
            told.push(wanted.swap_remove(at).1);
        }
        drop(wanted);
        told.into_iter().for_each(|then| then(&address));
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
            Effect::Upload { id, path } => self.upload(id, &path),
            Effect::Fetch { id, path } => self.fetched(&id, &path),
            Effect::Forget(id) => {
                self.inner.files.borrow_mut().retain(|sending| sending.id != id);
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
        let mut protocols = self.inner.protocols.borrow().clone();
        protocols.extend(self.inner.worked.borrow().clone());
        let socket = Socket::open(&self.inner.url, &protocols, move |event| {
            let input = match event {
                SocketEvent::Opened => Input::Opened,
                SocketEvent::Text(text) => Input::Text(text),
                SocketEvent::Lost { code, reason } => {
                    if code == close::WORK {
                        work(&weak, &reason);
                    }
                    Input::Lost { code }
                }
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

impl Inner {
    fn sending<T>(&self, id: &MessageId, look: impl FnOnce(&mut Sending) -> T) -> Option<T> {
        self.files.borrow_mut().iter_mut().find(|sending| sending.id == *id).map(look)
    }
}

#[wasm_bindgen(module = "/src/work.js")]
extern "C" {
    #[wasm_bindgen(js_name = work)]
    fn find(task: &str, done: &JsValue);
}

/// Does the work that the worker wants, then connects again with its proof.
fn work(weak: &Weak<Inner>, task: &str) {
    // It is asked for again at each try to connect meanwhile.
    if weak.upgrade().is_none_or(|inner| inner.works.replace(true)) {
        return;
    }
    let weak = Weak::clone(weak);
    let done = Closure::once_into_js(move |number: String| {
        if let Some(inner) = weak.upgrade() {
            inner.works.set(false);
            inner.worked.replace(Some([WORK_PREFIX, &number].concat()));
            Driver { inner }.input(Input::Nudge);
        }
    });
    find(task, &done);
}

fn feed(weak: &Weak<Inner>, input: Input) {
    if let Some(inner) = weak.upgrade() {
        Driver { inner }.input(input);
    }
}
