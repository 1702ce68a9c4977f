//! Files on their way to the worker and back.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, File};

#[wasm_bindgen(module = "/src/files.js")]
extern "C" {
    fn upload(url: &str, file: &File, tell: &JsValue) -> Function;
    /// Draws the picture at a link on a `canvas`, and shows it.
    pub fn draw(url: &str, canvas: &Element);
    /// Saves the file at a link.
    pub fn save(url: &str);
    #[wasm_bindgen(js_name = chosen)]
    fn of_event(event: &Event) -> Array;
    /// A number of bytes as people write it in a language that the browser knows.
    pub fn size(bytes: u32, language: &str) -> String;
}

/// The files that `event` brings: pasted, dropped or chosen. Where there are some, the browser does nothing with them itself.
pub fn chosen(event: &Event) -> Vec<File> {
    of_event(event).iter().map(JsCast::unchecked_into).collect()
}

/// A file that is being sent. Dropping it gives it up.
pub(crate) struct Upload {
    give_up: Function,
    _tell: Closure<dyn Fn(u8, JsValue)>,
}

impl Upload {
    /// Sends `file` to `url`. `tell` hears of each percent, and at the end of the outcome: `stored`, the code of a refusal, or
    /// nothing if the connection failed.
    pub(crate) fn start(url: &str, file: &File, tell: impl Fn(u8, Option<String>) + 'static) -> Self {
        let tell = Closure::<dyn Fn(u8, JsValue)>::new(move |percent, outcome: JsValue| {
            tell(percent, outcome.as_string());
        });
        Self { give_up: upload(url, file, tell.as_ref()), _tell: tell }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let _ = self.give_up.call0(&JsValue::NULL);
    }
}
