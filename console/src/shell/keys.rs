//! J and K, or the arrows, move through the list.

use crate::browser;
use crate::inbox::neighbour;
use crate::ui::{Route, ui};
use leptos::prelude::*;
use link::Listener;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Listens until dropped.
pub(super) fn listen() -> Option<Listener> {
    let document = browser::document()?;
    Some(Listener::new(&document, "keydown", |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            pressed(event);
        }
    }))
}

fn pressed(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    if event.key() == "Escape" {
        ui().menu_open.set(false);
        return;
    }
    let step = match event.key().as_str() {
        "j" | "ArrowDown" => 1,
        "k" | "ArrowUp" => -1,
        _ => return,
    };
    let elsewhere = event.default_prevented() || browser::in_a_field() || browser::in_a_layer();
    if elsewhere || ui().route.with_untracked(Route::is_page) {
        return;
    }
    if let Some(next) = neighbour(step) {
        event.prevent_default();
        browser::go(&Route::Chat(next.clone()).fragment());
        browser::focus(&format!("[data-conversation=\"{next}\"] .row-open"));
    }
}
