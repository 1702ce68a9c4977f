//! What tells a visitor who looks elsewhere that somebody wrote, and the transcript that they may keep.

use super::{Chat, Model, put};
use crate::rows::{Line, rows};
use js_sys::Function;
use leptos::prelude::*;
use link::{Driver, page, store};
use shared::client::{Client, Input};
use shared::id::Seq;
use shared::time::Millis;
use shared::wire::{Author, Body, Entry};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/alerts.js")]
extern "C" {
    /// Puts a channel's unread messages before the page's title.
    pub(super) fn count(channel: &str, number: u32);
    fn ring();
    fn notifies() -> bool;
    fn allow(then: &Function);
    fn notify(title: &str, words: &str, opened: &Function);
    fn keep(name: &str, text: &str);
}

/// What arrived longer ago than this is no news.
const NEWS: Millis = Millis::seconds(10);

/// The names under which it is kept that the visitor wants no sound, or wants notifications, and of what any tab has told.
const MUTE: &str = "mute";
const NOTIFY: &str = "notify";
const TOLD: &str = "told";

/// How a visitor who looks elsewhere is told.
pub(crate) struct Alerts {
    pub(crate) sounds: RwSignal<bool>,
    pub(crate) notifies: RwSignal<bool>,
}

impl Alerts {
    pub(super) fn new(model: &Model) -> Self {
        let is_kept = |name| store::get(&model.place.key(name)).is_some();
        Self { sounds: RwSignal::new(!is_kept(MUTE)), notifies: RwSignal::new(is_kept(NOTIFY)) }
    }
}

impl Chat {
    /// Tells of what somebody else has just written, while nobody looks. Of several tabs, one does.
    pub(super) fn alert(&self, model: &Model, client: &Client) {
        let theirs = |entry: &&Entry| entry.author != Author::Visitor && entry.session > 0;
        let Some(Entry { seq, at, author, body: Body::Text { text, .. }, .. }) =
            client.entries().last().filter(theirs)
        else {
            return;
        };
        let told = Seq(store::get(&model.place.key(TOLD)).and_then(|seq| seq.parse().ok()).unwrap_or(0));
        let is_news = client.server_now(link::now()).since(*at) < NEWS && *seq > told;
        if !is_news || !matches!(author, Author::Operator { .. }) {
            return;
        }
        store::set(&model.place.key(TOLD), &seq.0.to_string());
        if self.alerts.sounds.get_untracked() {
            ring();
        }
        if self.alerts.notifies.get_untracked() && !page::visible() {
            let chat = *self;
            let name = if let Author::Operator { name, .. } = author { name } else { "" };
            notify(name, text, &Closure::once_into_js(move || chat.set_open(true)).unchecked_into());
        }
    }

    pub(crate) fn switch_sound(&self) {
        let Some(model) = self.model() else { return };
        let sounds = !self.alerts.sounds.get_untracked();
        keep_or_not(&model.place.key(MUTE), !sounds);
        self.alerts.sounds.set(sounds);
    }

    /// Whether notifications could be shown at all.
    pub(crate) fn may_notify(&self) -> bool {
        notifies()
    }

    pub(crate) fn switch_notifications(&self) {
        let chat = *self;
        let set = move |on: bool| {
            let Some(model) = chat.model() else { return };
            keep_or_not(&model.place.key(NOTIFY), on);
            put(chat.alerts.notifies, on);
        };
        if self.alerts.notifies.get_untracked() {
            set(false);
        } else {
            allow(&Closure::once_into_js(set).unchecked_into());
        }
    }

    /// Saves what was said, from the first word: what is not here yet is loaded first.
    pub(crate) fn save_transcript(&self) {
        let Some(model) = self.model() else { return };
        model.transcript.set(Some(usize::MAX));
        self.with_driver(|driver| self.save_when_whole(&model, driver));
    }

    pub(super) fn save_when_whole(&self, model: &Model, driver: &Driver) {
        let Some(held) = model.transcript.get() else { return };
        let (holds, has_earlier) = driver.with(|client| (client.entries().len(), client.has_earlier()));
        if has_earlier {
            // Once for each page: the answer changes what is held.
            if holds != held {
                model.transcript.set(Some(holds));
                driver.input(Input::History);
            }
            return;
        }
        model.transcript.set(None);
        let mut text = String::new();
        let title = self.title.get_untracked();
        let lines = driver.with(|client| rows(client, self.texts, &model.when, link::now(), &|_| None));
        for row in lines {
            match row.line {
                Line::Day(words) => text.push_str(&["\n", &words, "\n\n"].concat()),
                Line::Event(words) => text.push_str(&["— ", &words, "\n"].concat()),
                Line::Message(said) => {
                    let who =
                        if said.seq.is_none() || said.is_visitor() { self.texts.you } else { &said.name };
                    let who = if who.is_empty() { &title } else { who };
                    text.push_str(&[&said.time, " ", who, ": ", &said.text, "\n"].concat());
                }
                Line::New(_) => {}
            }
        }
        keep(&[&title, ".txt"].concat(), &text);
    }
}

fn keep_or_not(key: &str, keep: bool) {
    if keep {
        store::set(key, "1");
    } else {
        store::remove(key);
    }
}
