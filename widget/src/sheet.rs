//! Style sheets that a strict content security policy allows.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/sheet.js")]
extern "C" {
    /// Styles the shadow root that `container` stands in, with `widget.css`.
    pub(crate) fn adopt(container: &HtmlElement);
}
