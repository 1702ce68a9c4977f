//! One-shot timers.

use shared::time::Millis;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &js_sys::Function, after: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// Calls back once, later, unless it is dropped before.
pub struct Timer {
    id: JsValue,
    _run: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `run` after `length`, or after 24 days if that is sooner: browsers count no further.
    pub fn after(length: Millis, run: impl FnOnce() + 'static) -> Self {
        let run = Closure::once(run);
        let after = i32::try_from(length.0).unwrap_or(i32::MAX);
        let id = set_timeout(run.as_ref().unchecked_ref(), after);
        Self { id, _run: run }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}
