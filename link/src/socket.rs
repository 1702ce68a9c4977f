//! A WebSocket that notices its own death, and tells of it once.

use crate::heartbeat::Heartbeat;
use crate::listener::Listener;
use crate::timer::Timer;
use core::cell::{Cell, RefCell};
use shared::time::Millis;
use shared::wire;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

/// The close code of a connection that ended without one.
const ABNORMAL: u16 = 1006;

/// What happens on a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// A frame arrived, other than those of the heartbeat.
    Text(String),
    /// It is closed, or could not be opened; the last event.
    Lost {
        /// Why, in words for programs.
        reason: String,
        /// The close code; 1006 if there was none.
        code: u16,
    },
}

/// A socket with its heartbeat. Dropping it closes it, without an event.
pub struct Socket {
    inner: Rc<Inner>,
}

struct Inner {
    ws: Option<WebSocket>,
    on: Box<dyn Fn(SocketEvent)>,
    over: Cell<bool>,
    listeners: RefCell<Vec<Listener>>,
    heartbeat: RefCell<Option<Heartbeat>>,
    unopened: RefCell<Option<Timer>>,
}

impl Socket {
    /// Opens `url` with these subprotocols; `on` is never called before this returns.
    pub fn open(url: &str, protocols: &[String], on: impl Fn(SocketEvent) + 'static) -> Self {
        let protocols: js_sys::Array = protocols.iter().map(|name| JsValue::from_str(name)).collect();
        let inner = Rc::new(Inner {
            ws: WebSocket::new_with_str_sequence(url, &protocols).ok(),
            on: Box::new(on),
            over: Cell::new(false),
            listeners: RefCell::default(),
            heartbeat: RefCell::default(),
            unopened: RefCell::default(),
        });
        inner.listen();
        Self { inner }
    }

    /// Sends a frame, if the socket is open.
    pub fn send(&self, text: &str) {
        self.inner.send(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.end(None);
    }
}

impl Inner {
    fn listen(self: &Rc<Self>) {
        let Some(ws) = &self.ws else {
            let lose = self.weakly(|inner| inner.lose(ABNORMAL, String::new()));
            self.unopened.replace(Some(Timer::after(Millis(0), lose)));
            return;
        };
        let opened = self.weakly(Self::opened);
        let heard = self.weakly_with(|inner, event| {
            if let Some(text) = event.unchecked_ref::<MessageEvent>().data().as_string() {
                inner.heard(text);
            }
        });
        let closed = self.weakly_with(|inner, event| {
            let event = event.unchecked_ref::<CloseEvent>();
            inner.lose(event.code(), event.reason());
        });
        self.listeners.replace(vec![
            Listener::new(ws, "open", move |_| opened()),
            Listener::new(ws, "message", heard),
            Listener::new(ws, "close", closed),
        ]);
    }

    fn opened(self: &Rc<Self>) {
        let ping = self.weakly(|inner| inner.send(wire::PING));
        let dead = self.weakly(|inner| inner.lose(wire::close::SILENT, String::new()));
        self.heartbeat.replace(Some(Heartbeat::start(ping, dead)));
        (self.on)(SocketEvent::Opened);
    }

    fn heard(&self, text: String) {
        match text.as_str() {
            wire::PONG => self.answered(),
            wire::ASK => self.send(wire::PING),
            _ => (self.on)(SocketEvent::Text(text)),
        }
    }

    fn answered(&self) {
        if let Some(heartbeat) = &*self.heartbeat.borrow() {
            heartbeat.answered();
        }
    }

    fn lose(&self, code: u16, reason: String) {
        if self.end(Some(code)) {
            (self.on)(SocketEvent::Lost { code, reason });
        }
    }

    fn send(&self, text: &str) {
        if let Some(ws) = &self.ws {
            let _ = ws.send_with_str(text);
        }
    }

    /// Takes everything off the socket and closes it. Whether it was not over yet.
    fn end(&self, code: Option<u16>) -> bool {
        if self.over.replace(true) {
            return false;
        }
        let held = (self.listeners.take(), self.heartbeat.take(), self.unopened.take());
        drop(held);
        if let Some(ws) = &self.ws {
            // Browsers let a page say 1000 and the private codes only.
            let code = code.filter(|code| (4000..5000).contains(code)).unwrap_or(1000);
            let _ = ws.close_with_code(code);
        }
        true
    }

    fn weakly(self: &Rc<Self>, run: impl Fn(&Rc<Self>) + 'static) -> impl Fn() + 'static {
        let weak = Rc::downgrade(self);
        move || with(&weak, &run)
    }

    fn weakly_with(self: &Rc<Self>, run: impl Fn(&Rc<Self>, &Event) + 'static) -> impl Fn(Event) + 'static {
        let weak = Rc::downgrade(self);
        move |event| with(&weak, |inner| run(inner, &event))
    }
}

fn with(weak: &Weak<Inner>, run: impl FnOnce(&Rc<Inner>)) {
    if let Some(inner) = weak.upgrade().filter(|inner| !inner.over.get()) {
        run(&inner);
    }
}
