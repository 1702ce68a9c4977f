//! Style sheets that a strict content security policy allows.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = CSSStyleSheet)]
    type Sheet;
    #[wasm_bindgen(constructor, js_class = "CSSStyleSheet")]
    fn new() -> Sheet;
    #[wasm_bindgen(method, catch, js_name = replaceSync)]
    fn replace_sync(this: &Sheet, css: &str) -> Result<(), JsValue>;

    type Root;
    #[wasm_bindgen(method, getter, js_name = adoptedStyleSheets)]
    fn sheets(this: &Root) -> Array;
}

/// Styles the shadow root that `container` stands in.
pub(crate) fn adopt(container: &HtmlElement, css: &str) {
    let sheet = Sheet::new();
    if sheet.replace_sync(css).is_ok() {
        container.get_root_node().unchecked_into::<Root>().sheets().push(&sheet);
    }
}
