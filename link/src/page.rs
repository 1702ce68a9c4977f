//! The page: whether somebody sees it, and when it may have slept.

use crate::Listener;
use std::rc::Rc;
use web_sys::{EventTarget, VisibilityState};

/// Whether the page is visible.
pub fn visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// A subscription to the moments at which a connection may have died unnoticed; ends when dropped.
pub struct Wakes {
    _listeners: Vec<Listener>,
}

/// Calls `run` when the page becomes visible, comes back from the back/forward cache, or the network returns.
pub fn on_wake(run: impl Fn() + 'static) -> Wakes {
    let run: Rc<dyn Fn()> = Rc::new(run);
    let mut listeners = Vec::with_capacity(3);
    if let Some(window) = web_sys::window() {
        listeners.push(listener(&window, "online", &run));
        listeners.push(listener(&window, "pageshow", &run));
        if let Some(document) = window.document() {
            let seen = move |_| {
                if visible() {
                    run();
                }
            };
            listeners.push(Listener::new(&document, "visibilitychange", seen));
        }
    }
    Wakes { _listeners: listeners }
}

/// Calls `run` when the page is left. The browser may keep it, frozen, with its sockets open and nobody before it.
pub fn on_leave(run: impl Fn() + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "pagehide", move |_| run()))
}

fn listener(target: &EventTarget, name: &'static str, run: &Rc<dyn Fn()>) -> Listener {
    let run = Rc::clone(run);
    Listener::new(target, name, move |_| run())
}
