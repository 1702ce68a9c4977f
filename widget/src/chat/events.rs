//! What the page's scripts are told of, by way of the loader's `report`.

use super::{Chat, Model};
use core::cell::Cell;
use js_sys::Function;
use shared::client::Client;
use shared::id::Seq;
use shared::wire::{Author, Body, SessionView};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/alerts.js")]
extern "C" {
    fn message(report: &Function, id: f64, from: &str, text: &str);
    fn session(report: &Function, state: &str);
}

/// What it has been told of last. What was there when the page came is no event.
#[derive(Default)]
pub(super) struct Told {
    entry: Cell<Option<Seq>>,
    state: Cell<&'static str>,
}

impl Told {
    /// Somebody else is the visitor from now on.
    pub(super) fn forget(&self) {
        self.entry.set(None);
        self.state.set("");
    }
}

impl Chat {
    pub(super) fn tell_page(&self, model: &Model, client: &Client) {
        if !client.is_welcomed() {
            return;
        }
        if let Some(told) = model.told.entry.replace(Some(client.cursor())) {
            let news = client.entries().iter().filter(|entry| entry.seq > told && entry.session > 0);
            for entry in news {
                let from = match entry.author {
                    Author::Operator { .. } => "operator",
                    Author::Channel => "channel",
                    Author::Visitor => continue,
                };
                if let Body::Text { text, .. } = &entry.body {
                    message(&model.report, entry.seq.0 as f64, from, text);
                }
            }
        }
        let state = match client.session() {
            SessionView::None => "none",
            SessionView::Waiting { .. } => "waiting",
            SessionView::Active { .. } => "active",
            SessionView::Closing { .. } => "closing",
            SessionView::Ended { .. } => "ended",
        };
        let before = model.told.state.replace(state);
        if !before.is_empty() && before != state {
            session(&model.report, state);
        }
    }
}
