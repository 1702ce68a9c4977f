//! The visitor's side: mounted by the loader into its shadow root.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod chat;
mod config;
mod rows;
mod texts;
mod ui;
mod view;
mod viewport;
mod when;

use chat::Chat;
use config::Place;
use core::cell::{Cell, RefCell};
use js_sys::Function;
use leptos::prelude::Owner;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Puts a widget into `container`, an element of the loader's shadow root. `config` is the JSON in the loader, `origin`
/// the worker's, `locale` the page's, `words` what the build made of a file of `words/`. The widget calls
/// `report(open, unread, words)` at each change; the words say how many are unread. The answer is a function; without a readable `config`
/// and `words` there is none. It opens (`true`) and closes (`false`) the panel; with `"identify"` it is given the token that vouches for
/// the visitor, or null for a visitor who has signed out; `"shutdown"` takes the widget away, with its socket and all that it holds.
#[wasm_bindgen]
pub fn mount(
    container: HtmlElement,
    config: &str,
    origin: String,
    locale: String,
    report: Function,
    words: &str,
) -> JsValue {
    let Some(place) = Place::new(config, origin, locale) else { return JsValue::UNDEFINED };
    let Some(texts) = texts::texts(words) else { return JsValue::UNDEFINED };
    let control = Rc::new(RefCell::new(None));
    let (made, place_for) = (Rc::clone(&control), container.clone());
    let handle = leptos::mount::mount_to(container, move || {
        let chat = Chat::new(place, texts, report);
        if let Some(panel) = view::panel(chat).node() {
            let _ = place_for.append_child(panel);
        }
        made.replace(Owner::current().map(|owner| (chat, owner)));
    });
    let mounted = Cell::new(Some(handle));
    let run = Closure::<dyn Fn(JsValue, JsValue, String)>::new(
        move |what: JsValue, value: JsValue, who: String| {
            let Some((chat, owner)) = control.borrow().clone() else { return };
            match (what.as_bool(), what.as_string().as_deref()) {
                (Some(open), _) => chat.set_open(open),
                (None, Some("identify")) => chat.identify(value.as_string().unwrap_or_default(), &who),
                (None, Some("shutdown")) => {
                    control.take();
                    chat.shut_down();
                    // Parts of the panel hold their owner, which would else outlive the handle.
                    owner.cleanup();
                    drop(mounted.take());
                }
                _ => {}
            }
        },
    );
    run.into_js_value()
}
