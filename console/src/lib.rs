//! The operator's side: set-up, sign-in, the inbox and the conversations, and the settings an administrator needs.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(unreachable_pub, reason = "the component macro writes `pub` for what is not")]

mod app;
mod browser;
mod clock;
mod gate;
mod http;
mod icons;
mod inbox;
mod line;
mod people;
mod settings;
mod shell;
mod sound;
mod texts;
mod thread;
mod ui;
mod why;

use wasm_bindgen::prelude::*;

/// Draws the console into the page.
#[wasm_bindgen(start)]
pub fn start() {
    browser::clear_body();
    leptos::mount::mount_to_body(app::App);
}
