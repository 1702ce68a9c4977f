//! Where the user's clock stands.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new() -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch, js_name = resolvedOptions)]
    fn resolved(this: &DateTimeFormat) -> Result<Resolved, JsValue>;

    type Resolved;
    #[wasm_bindgen(method, getter, js_name = timeZone)]
    fn zone(this: &Resolved) -> JsValue;
}

/// The browser's time zone as IANA names it; empty if it does not say.
pub fn zone() -> String {
    let resolved = DateTimeFormat::new().and_then(|format| format.resolved());
    resolved.ok().and_then(|resolved| resolved.zone().as_string()).unwrap_or_default()
}
