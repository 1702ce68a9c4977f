//! Event listeners that end with their owner.

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// One listener on one target; dropping it takes it off.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    run: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Calls `run` for each event called `name` on `target`.
    pub fn new(target: &EventTarget, name: &'static str, run: impl Fn(Event) + 'static) -> Self {
        let run = Closure::<dyn Fn(Event)>::new(run);
        // Fails only for a name that is no string.
        let _ = target.add_event_listener_with_callback(name, run.as_ref().unchecked_ref());
        Self { target: target.clone(), name, run }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.name, self.run.as_ref().unchecked_ref());
    }
}
