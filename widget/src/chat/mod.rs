//! One widget's state: the driver underneath, and signals for what is on screen.

mod alerts;
mod asks;
mod events;
mod identity;
mod words;

pub(crate) use alerts::Alerts;
pub(crate) use asks::{Asks, Question};
pub(crate) use identity::Identity;

use crate::config::Place;
use crate::rows::{Line, Row, list};
use crate::texts::Texts;
use crate::when::When;
use core::cell::{Cell, RefCell};
use js_sys::Function;
use leptos::prelude::*;
use link::{Driver, Timer, files, page, store};
use shared::client::{Client, Input, Link, User};
use shared::id::{MessageId, Seq};
use shared::time::{Millis, Timestamp};
use shared::wire::{Author, Body, SessionView};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Element, Event};

/// How often somebody who does not see their place in line is told of it.
const SAID_EVERY: Millis = Millis::seconds(30);

/// A handle that views and callbacks copy.
#[derive(Clone, Copy)]
pub(crate) struct Chat(&'static Shown);

/// What is on screen.
pub(crate) struct Shown {
    model: StoredValue<Rc<Model>, LocalStorage>,
    pub(crate) texts: &'static Texts,
    pub(crate) open: RwSignal<bool>,
    pub(crate) title: RwSignal<String>,
    pub(crate) status: RwSignal<String>,
    /// Whether the status tells a place in line.
    pub(crate) in_line: RwSignal<bool>,
    /// The status as it is said aloud: places change too often for that.
    pub(crate) said: RwSignal<String>,
    /// Who answers, or would again; empty if nobody does.
    pub(crate) operator: RwSignal<String>,
    pub(crate) banner: RwSignal<String>,
    pub(crate) notice: RwSignal<String>,
    /// That nobody could answer at once; empty if somebody could.
    pub(crate) available: RwSignal<String>,
    pub(crate) typing: RwSignal<String>,
    pub(crate) refusal: RwSignal<String>,
    /// How long it takes until what came too fast is sent again.
    pub(crate) wait: RwSignal<String>,
    pub(crate) draft: RwSignal<String>,
    /// What the empty composer says.
    pub(crate) hint: RwSignal<String>,
    /// Whether the session waits or has an owner.
    pub(crate) is_live: RwSignal<bool>,
    pub(crate) asks: Asks,
    pub(crate) alerts: Alerts,
    pub(crate) has_earlier: RwSignal<bool>,
    /// The lines on screen by their keys. Each stays the same element while what it says changes.
    pub(crate) items: RwSignal<Vec<(String, ArcRwSignal<Line>)>>,
    /// Which files may be sent, as a file dialogue is told; none if none may.
    pub(crate) accept: RwSignal<Option<String>>,
    /// Changes whenever the visitor sends.
    pub(crate) sent: RwSignal<bool>,
    /// Changes whenever somebody has signed out: what they typed goes with them.
    pub(crate) left: RwSignal<bool>,
}

impl core::ops::Deref for Chat {
    type Target = Shown;

    fn deref(&self) -> &Shown {
        self.0
    }
}

struct Model {
    place: Place,
    when: When,
    report: Function,
    driver: RefCell<Option<Driver>>,
    open: Cell<bool>,
    reported: Cell<Option<(bool, u32)>>,
    kept_open: Cell<Option<bool>>,
    /// When a place was last said aloud; none while there is none.
    said_at: Cell<Option<Timestamp>>,
    saying: RefCell<Option<Timer>>,
    /// What was seen when the panel was opened upon something new.
    seen_before: Cell<Option<Seq>>,
    /// Whether the transcript is to be saved as soon as all of it is here, and how many entries were when more was asked for.
    transcript: Cell<Option<usize>>,
    counting: RefCell<Option<Timer>>,
    told: events::Told,
}

impl Chat {
    pub(crate) fn new(place: Place, texts: &'static Texts, report: Function) -> Self {
        let when = When::new(texts.locale(place.locale()));
        let model = Model {
            place,
            when,
            report,
            driver: RefCell::default(),
            open: Cell::new(false),
            reported: Cell::new(None),
            kept_open: Cell::new(None),
            said_at: Cell::new(None),
            saying: RefCell::default(),
            seen_before: Cell::new(None),
            transcript: Cell::new(None),
            counting: RefCell::default(),
            told: events::Told::default(),
        };
        let shown = Shown {
            texts,
            open: RwSignal::new(false),
            title: RwSignal::default(),
            status: RwSignal::default(),
            in_line: RwSignal::new(false),
            said: RwSignal::default(),
            operator: RwSignal::default(),
            banner: RwSignal::default(),
            notice: RwSignal::default(),
            available: RwSignal::default(),
            typing: RwSignal::default(),
            refusal: RwSignal::default(),
            wait: RwSignal::default(),
            draft: RwSignal::default(),
            hint: RwSignal::new(texts.composer_hint.to_owned()),
            is_live: RwSignal::new(false),
            asks: Asks::new(),
            alerts: Alerts::new(&model),
            has_earlier: RwSignal::new(false),
            items: RwSignal::default(),
            // Until the worker says otherwise: what comes later would move what is there.
            accept: RwSignal::new(Some(String::new())),
            sent: RwSignal::new(false),
            model: StoredValue::new_local(Rc::new(model)),
            left: RwSignal::new(false),
        };
        // Never given back: a handle that everything may copy is worth the few hundred bytes. What it names is.
        let chat = Self(Box::leak(Box::new(shown)));
        chat.resume();
        chat
    }

    /// Connects at once if a session was open when the page was last seen; else waits for the first opening.
    fn resume(self) {
        let Some(model) = self.model() else { return };
        self.head(&model, None);
        if store::get(&model.place.common_key("open")).is_some() {
            self.connect(&model);
        }
    }

    /// None once the widget is gone: callbacks may outlive it.
    fn model(&self) -> Option<Rc<Model>> {
        self.model.try_get_value()
    }

    // ------------------------------------------------------------------------------------------------ what the visitor does

    pub(crate) fn set_open(&self, open: bool) {
        let Some(model) = self.model() else { return };
        if open {
            self.connect(&model);
        }
        model.open.set(open);
        model.seen_before.set(model.seen().filter(|_| open));
        self.open.set(open);
        match &*model.driver.borrow() {
            Some(driver) => self.refresh(driver),
            None => model.tell(self.texts, 0),
        }
    }

    /// Nothing is counted any more; the rest ends with the owner.
    pub(crate) fn shut_down(&self) {
        self.model().iter().for_each(|model| alerts::count(&model.place.key(""), 0));
    }

    pub(crate) fn send(&self, text: &str) {
        if let Some(id) = link::ulid() {
            self.seen_all();
            self.input(Input::Send { id, text: text.to_owned(), note: false });
            self.asks.go_on();
            self.sent.set(!self.sent.get_untracked());
        }
    }

    /// Who writes has read.
    fn seen_all(&self) {
        self.model().iter().for_each(|model| model.seen_before.set(None));
    }

    /// Sends the files that were chosen, dropped or pasted with `event`.
    pub(crate) fn attach(&self, event: &Event) {
        // Where no files are taken the worker says so, and the visitor hears of it.
        for file in files::chosen(event) {
            self.with_driver(|driver| driver.attach(file));
            self.sent.set(!self.sent.get_untracked());
        }
    }

    pub(crate) fn save_file(&self, id: MessageId) {
        self.with_driver(|driver| driver.fetch(id, files::save));
    }

    pub(crate) fn draw_file(&self, id: MessageId, canvas: Element) {
        self.with_driver(|driver| driver.fetch(id, move |url| files::draw(url, &canvas)));
    }

    pub(crate) fn retry(&self, id: MessageId) {
        self.input(Input::Retry(id));
    }

    pub(crate) fn discard(&self, id: MessageId) {
        self.input(Input::Discard(id));
    }

    pub(crate) fn type_on(&self, on: bool) {
        self.input(Input::Typing { on });
    }

    pub(crate) fn end(&self) {
        self.input(Input::End);
    }

    pub(crate) fn earlier(&self) {
        self.input(Input::History);
    }

    /// Whether waiting for the next try or closed for good: tries now.
    pub(crate) fn reconnect(&self) {
        self.input(Input::Start);
    }

    fn input(&self, input: Input) {
        self.with_driver(|driver| driver.input(input));
    }

    fn with_driver(&self, run: impl FnOnce(&Driver)) {
        let driver = self.model().and_then(|model| model.driver.borrow().clone());
        driver.as_ref().map(run);
    }

    fn connect(&self, model: &Rc<Model>) {
        if model.driver.borrow().is_some() {
            return;
        }
        let Some(secret) = model.secret() else {
            put_words(self.banner, self.texts.no_secret);
            return;
        };
        let outbox = model.place.key("out.");
        let saved = link::saved(&outbox);
        let user = User::visitor(model.place.locale().to_owned(), link::zone());
        let client = Client::new(user, link::random_u64(), saved);
        let protocols = model.place.identity.protocols(&secret);
        let chat = *self;
        let changed = move |driver: &Driver| chat.refresh(driver);
        let driver = Driver::new(client, model.place.socket_url(), protocols, Some(outbox), changed);
        model.driver.replace(Some(driver.clone()));
        driver.input(Input::Start);
    }

    // -------------------------------------------------------------------------------------------------- what is on screen

    fn refresh(&self, driver: &Driver) {
        let Some(model) = self.model() else { return };
        let now = link::now();
        let rows = driver.with(|client| {
            self.head(&model, Some(client));
            self.foot(&model, client);
            model.keep_open(client);
            self.tell_page(&model, client);
            let seen = model.seen_before.get();
            list(client, self.texts, &model.when, now, seen, &|id| driver.percent(id))
        });
        self.show(rows);
        self.read(&model, driver);
        self.save_when_whole(&model, driver);
    }

    fn head(&self, model: &Model, client: Option<&Client>) {
        let (title, welcome) = model.place.heading(client.map(Client::channel));
        put_words(self.title, title.as_deref().unwrap_or(self.texts.title));
        let place = client.and_then(|client| self.place_words(client));
        put(self.in_line, place.is_some());
        let status = place.or_else(|| self.status_words(model, client?));
        put_words(self.status, status.or(welcome).as_deref().unwrap_or(self.texts.welcome));
        self.say(model);
    }

    /// Says the status aloud; a place in line not each time that it changes.
    fn say(&self, model: &Model) {
        if !self.in_line.get_untracked() {
            model.said_at.set(None);
        }
        let now = link::now();
        let due = model.said_at.get().map(|at| at + SAID_EVERY).filter(|due| *due > now);
        let Some(due) = due else { return self.say_now(model) };
        if model.saying.borrow().is_none() {
            let chat = *self;
            let say = move || chat.model().iter().for_each(|model| chat.say_now(model));
            model.saying.replace(Some(Timer::after(due.since(now), say)));
        }
    }

    fn say_now(&self, model: &Model) {
        drop(model.saying.take());
        let Some(status) = self.status.try_get_untracked() else { return };
        let is_new = self.said.with_untracked(|said| *said != status);
        if is_new && self.in_line.get_untracked() {
            model.said_at.set(Some(link::now()));
        }
        put_words(self.said, &status);
    }

    fn foot(&self, model: &Model, client: &Client) {
        let texts = self.texts;
        let (operator, hint, is_live) = match client.session() {
            SessionView::None => ("", texts.composer_hint, false),
            SessionView::Waiting { .. } => ("", texts.composer_hint, true),
            SessionView::Active { operator, .. } => (operator.as_str(), texts.composer_hint, true),
            SessionView::Closing { operator, .. } => (operator.as_str(), texts.composer_resume, false),
            SessionView::Ended { .. } => ("", texts.composer_again, false),
        };
        put_words(self.operator, operator);
        put_words(self.hint, hint);
        put(self.is_live, is_live);
        put_words(self.notice, &self.notice_words(model, client));
        put_words(self.available, self.available_words(client));
        self.ask(model, client);
        put_words(self.typing, &self.typing_words(client));
        put(self.has_earlier, client.has_earlier());
        if client.is_welcomed() {
            put(self.accept, client.channel().files.as_ref().map(|files| files.accept.clone()));
        }
        put_words(self.refusal, self.refusal_words(client));
        self.count_down(model, client);
        if let Some(words) = self.banner_words(client.link()) {
            put_words(self.banner, words);
        }
    }

    /// Tells how long what came too fast still waits, anew each second.
    fn count_down(&self, model: &Model, client: &Client) {
        let wait = client.again_at().map_or(0, |at| at.since(link::now()).0);
        if wait == 0 {
            put_words(self.wait, "");
            return;
        }
        put_words(self.wait, &self.texts.count(self.texts.wait, wait.div_ceil(1000) as u32));
        let chat = *self;
        let next = move || {
            let driver = chat.model().and_then(|model| model.driver.borrow().clone());
            driver.iter().for_each(|driver| chat.refresh(driver));
        };
        model.counting.replace(Some(Timer::after(Millis((wait - 1) % 1000 + 1), next)));
    }

    fn show(&self, rows: Vec<Row>) {
        let Some(items) = self.items.try_get_untracked() else { return };
        let same =
            items.len() == rows.len() && items.iter().zip(&rows).all(|((key, _), row)| *key == row.key);
        let mut before = items;
        let items = rows.into_iter().map(|Row { key, line }| {
            let Some(at) = before.iter().position(|(shown, _)| *shown == key) else {
                return (key, ArcRwSignal::new(line));
            };
            let (key, shown) = before.remove(at);
            if shown.with_untracked(|shown| *shown != line) {
                shown.set(line);
            }
            (key, shown)
        });
        let items: Vec<_> = items.collect();
        if !same {
            self.items.set(items);
        }
    }

    /// Marks everything as seen if it is before the visitor's eyes, and tells the launcher what is not.
    fn read(&self, model: &Model, driver: &Driver) {
        let key = model.place.key("seen");
        let mut seen = model.seen().unwrap_or_default();
        let (cursor, untold, unread) = driver.with(|client| {
            // Who has signed in went on in another conversation, whose entries have numbers of their own.
            if client.cursor() < seen {
                seen = Seq(0);
            }
            let untold = client.unread() > 0 && client.link() == Link::Online;
            (client.cursor(), untold, unread_after(client, seen))
        });
        let watched = model.open.get() && page::visible();
        if watched && cursor > seen {
            seen = cursor;
            store::set(&key, &seen.0.to_string());
        }
        if !watched {
            driver.with(|client| self.alert(model, client));
        }
        model.tell(self.texts, if cursor > seen { unread } else { 0 });
        if watched && untold {
            driver.input(Input::Read);
        }
    }
}

impl Model {
    /// The visitor's secret, made at the first need.
    fn secret(&self) -> Option<String> {
        let key = self.place.common_key("secret");
        if let Some(secret) = store::get(&key).filter(|secret| secret.len() == 43 && secret.is_ascii()) {
            return Some(secret);
        }
        let secret = link::secret()?;
        store::set(&key, &secret);
        Some(secret)
    }

    /// Tells the loader whether to load at once on the next page: a session is open, or messages wait to be sent.
    fn keep_open(&self, client: &Client) {
        let live = !matches!(client.session(), SessionView::None | SessionView::Ended { .. });
        let keep = live || client.pending().next().is_some();
        if !(client.is_welcomed() || keep) || self.kept_open.replace(Some(keep)) == Some(keep) {
            return;
        }
        let key = self.place.common_key("open");
        if keep {
            store::set(&key, "1");
        } else {
            store::remove(&key);
        }
    }

    /// The last entry that was before the visitor's eyes; none if none ever was.
    fn seen(&self) -> Option<Seq> {
        store::get(&self.place.key("seen")).and_then(|seq| seq.parse().ok()).map(Seq)
    }

    fn tell(&self, texts: &Texts, unread: u32) {
        let state = (self.open.get(), unread);
        if self.reported.replace(Some(state)) != Some(state) {
            alerts::count(&self.place.key(""), unread);
            let words = texts.count(texts.unread, unread);
            let _ = self.report.call3(&JsValue::NULL, &state.0.into(), &unread.into(), &words.into());
        }
    }
}

fn unread_after(client: &Client, seen: Seq) -> u32 {
    let entries = client.entries().iter().rev().take_while(|entry| entry.seq > seen);
    let theirs =
        entries.filter(|entry| entry.author != Author::Visitor && matches!(entry.body, Body::Text { .. }));
    u32::try_from(theirs.count()).unwrap_or(u32::MAX)
}

/// Sets a signal only to something new, and only while it exists.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|shown| *shown != value) == Some(true) {
        signal.set(value);
    }
}

/// As [`put`], for words.
fn put_words(signal: RwSignal<String>, words: &str) {
    if signal.try_with_untracked(|shown| shown != words) == Some(true) {
        signal.set(words.to_owned());
    }
}
