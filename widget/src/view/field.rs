//! What is written into fields.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event};

#[wasm_bindgen]
extern "C" {
    /// An `input` or a `textarea`.
    type Field;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Field) -> String;
    #[wasm_bindgen(method, getter)]
    fn checked(this: &Field) -> bool;
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &Field, value: &str);
}

/// What the field that `event` comes from holds.
pub(super) fn value(event: &Event) -> String {
    event.target().map(|field| field.unchecked_into::<Field>().value()).unwrap_or_default()
}

/// What a field holds.
pub(super) fn held(field: &Element) -> String {
    field.unchecked_ref::<Field>().value()
}

/// Whether a box is ticked.
pub(super) fn is_ticked(field: &Element) -> bool {
    field.unchecked_ref::<Field>().checked()
}

/// Leaves the field alone where it already says so: writing to it moves the caret.
pub(super) fn set_value(field: &Element, value: &str) {
    let field = field.unchecked_ref::<Field>();
    if field.value() != value {
        field.set_value(value);
    }
}
