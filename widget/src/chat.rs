//! One widget's state: the driver underneath, and signals for what is on screen.

use crate::config::Place;
use crate::rows::{Line, Row, rows};
use crate::texts::{Texts, fill, texts};
use crate::when::When;
use core::cell::{Cell, RefCell};
use js_sys::Function;
use leptos::prelude::*;
use link::{Driver, page, store};
use shared::client::{Client, Input, Link};
use shared::id::{MessageId, Seq};
use shared::reject::Code;
use shared::text;
use shared::wire::{self, Author, Body, HoursView, RatingView, Score, SessionView, Side};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// A handle that views and callbacks copy.
#[derive(Clone, Copy)]
pub(crate) struct Chat {
    model: StoredValue<Rc<Model>, LocalStorage>,
    pub(crate) texts: &'static Texts,
    pub(crate) open: RwSignal<bool>,
    pub(crate) title: RwSignal<String>,
    pub(crate) status: RwSignal<String>,
    /// Who answers; empty if nobody does.
    pub(crate) operator: RwSignal<String>,
    pub(crate) banner: RwSignal<String>,
    pub(crate) notice: RwSignal<String>,
    pub(crate) typing: RwSignal<String>,
    pub(crate) refusal: RwSignal<String>,
    pub(crate) draft: RwSignal<String>,
    pub(crate) stage: RwSignal<Stage>,
    /// The session that ended and may be rated, and its rating.
    pub(crate) rateable: RwSignal<Option<u32>>,
    pub(crate) given: RwSignal<Option<Score>>,
    pub(crate) has_earlier: RwSignal<bool>,
    /// The lines on screen by their keys. Each stays the same element while what it says changes.
    pub(crate) items: RwSignal<Vec<(String, ArcRwSignal<Line>)>>,
    /// Rings when the visitor sends.
    pub(crate) sent: RwSignal<()>,
}

/// Where the conversation stands.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Stage {
    Quiet,
    Live,
    Ended,
}

struct Model {
    place: Place,
    when: When,
    report: Function,
    driver: RefCell<Option<Driver>>,
    open: Cell<bool>,
    reported: Cell<Option<(bool, u32)>>,
    kept_open: Cell<Option<bool>>,
}

impl Chat {
    pub(crate) fn new(place: Place, report: Function) -> Self {
        let texts = texts(place.locale());
        let when = When::new(place.locale());
        let model = Model {
            place,
            when,
            report,
            driver: RefCell::default(),
            open: Cell::new(false),
            reported: Cell::new(None),
            kept_open: Cell::new(None),
        };
        let chat = Self {
            model: StoredValue::new_local(Rc::new(model)),
            texts,
            open: RwSignal::new(false),
            title: RwSignal::default(),
            status: RwSignal::default(),
            operator: RwSignal::default(),
            banner: RwSignal::default(),
            notice: RwSignal::default(),
            typing: RwSignal::default(),
            refusal: RwSignal::default(),
            draft: RwSignal::default(),
            stage: RwSignal::new(Stage::Quiet),
            rateable: RwSignal::new(None),
            given: RwSignal::new(None),
            has_earlier: RwSignal::new(false),
            items: RwSignal::default(),
            sent: RwSignal::new(()),
        };
        chat.resume();
        chat
    }

    /// Connects at once if a session was open when the page was last seen; else waits for the first opening.
    fn resume(self) {
        let Some(model) = self.model() else { return };
        self.head(&model, None);
        if store::get(&model.place.key("open")).is_some() {
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
        self.open.set(open);
        match &*model.driver.borrow() {
            Some(driver) => self.refresh(driver),
            None => model.tell(0),
        }
    }

    pub(crate) fn send(&self, text: &str) {
        if let Some(id) = link::ulid() {
            self.input(Input::Send { id, text: text.to_owned(), note: false });
            self.sent.set(());
        }
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

    pub(crate) fn rate(&self, session: u32, score: Score, comment: String) {
        self.input(Input::Rate { session, score, comment });
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
        let driver = self.model().and_then(|model| model.driver.borrow().clone());
        if let Some(driver) = driver {
            driver.input(input);
        }
    }

    fn connect(&self, model: &Rc<Model>) {
        if model.driver.borrow().is_some() {
            return;
        }
        let Some(secret) = model.secret() else {
            put(self.banner, self.texts.no_secret.to_owned());
            return;
        };
        let outbox = model.place.key("out.");
        let saved = link::saved(&outbox);
        let client = Client::new(Side::Visitor, model.place.locale().to_owned(), link::random_u64(), saved);
        let protocols = vec![wire::SUBPROTOCOL.to_owned(), [wire::SECRET_PREFIX, &secret].concat()];
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
            rows(client, self.texts, &model.when, now)
        });
        self.show(rows);
        self.read(&model, driver);
    }

    fn head(&self, model: &Model, client: Option<&Client>) {
        let (title, welcome) = model.place.heading(client.map(Client::channel));
        put(self.title, title.unwrap_or_else(|| self.texts.title.to_owned()));
        let status = client.and_then(|client| self.status(model, client));
        put(self.status, status.or(welcome).unwrap_or_else(|| self.texts.welcome.to_owned()));
    }

    fn status(&self, model: &Model, client: &Client) -> Option<String> {
        match (client.session(), client.hours()) {
            (SessionView::Active { operator, .. }, _) => Some(fill(self.texts.answered_by, operator)),
            (_, HoursView::Closed { opens: Some(at), .. }) => {
                let now = client.server_now(link::now());
                Some(fill(self.texts.closed_until, &model.when.next(self.texts, now, *at)))
            }
            (_, HoursView::Closed { opens: None, .. }) => Some(self.texts.closed.to_owned()),
            (SessionView::Waiting { place: Some(place), .. }, _) => {
                Some(fill(self.texts.number, &place.to_string()))
            }
            (SessionView::Waiting { place: None, .. }, _) => Some(self.texts.soon.to_owned()),
            (SessionView::None | SessionView::Ended { .. }, _) => None,
        }
    }

    fn foot(&self, model: &Model, client: &Client) {
        let (operator, stage) = match client.session() {
            SessionView::None => ("", Stage::Quiet),
            SessionView::Waiting { .. } => ("", Stage::Live),
            SessionView::Active { operator, .. } => (operator.as_str(), Stage::Live),
            SessionView::Ended { .. } => ("", Stage::Ended),
        };
        let (rateable, given) = match client.session() {
            SessionView::Ended { number, rating: RatingView::Asked { .. }, .. } => (Some(*number), None),
            SessionView::Ended { number, rating: RatingView::Given { score, .. }, .. } => {
                (Some(*number), Some(*score))
            }
            _ => (None, None),
        };
        put(self.operator, operator.to_owned());
        put(self.notice, Self::notice_words(model, client, stage));
        put(self.stage, stage);
        put(self.given, given);
        put(self.rateable, rateable);
        put(self.typing, self.typing_words(client));
        put(self.has_earlier, client.has_earlier());
        put(self.refusal, self.refusal_words(client).to_owned());
        if let Some(words) = self.banner_words(client.link()) {
            put(self.banner, words.to_owned());
        }
    }

    /// What a visitor should know before they write to a channel that is closed.
    fn notice_words(model: &Model, client: &Client, stage: Stage) -> String {
        match client.hours() {
            HoursView::Closed { notice, .. } if stage != Stage::Live => {
                text::or_default(notice, text::Default::OffHours, model.place.locale()).to_owned()
            }
            _ => String::new(),
        }
    }

    fn typing_words(&self, client: &Client) -> String {
        match client.typing() {
            Some(Author::Operator { name, .. }) => fill(self.texts.typing, name),
            _ => String::new(),
        }
    }

    fn refusal_words(&self, client: &Client) -> &'static str {
        match client.refusal() {
            None => "",
            // Of no message in particular: the outbox takes no more.
            Some(Code::TooLarge) => self.texts.outbox_full,
            Some(code) => self.texts.refusal(code),
        }
    }

    /// None leaves the banner as it is: each new try would make it flicker.
    fn banner_words(&self, link: Link) -> Option<&'static str> {
        match link {
            Link::Idle | Link::Online => Some(""),
            Link::Connecting => None,
            Link::Waiting { .. } => Some(self.texts.reconnecting),
            Link::Ended { code: wire::close::TOO_MANY } => Some(self.texts.too_many),
            Link::Ended { .. } => Some(self.texts.stopped),
        }
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
        let mut seen = Seq(store::get(&key).and_then(|seq| seq.parse().ok()).unwrap_or(0));
        let (cursor, untold, unread) = driver.with(|client| {
            let untold = client.unread() > 0 && client.link() == Link::Online;
            (client.cursor(), untold, unread_after(client, seen))
        });
        let watched = model.open.get() && page::visible();
        if watched && cursor > seen {
            seen = cursor;
            store::set(&key, &seen.0.to_string());
        }
        model.tell(if cursor > seen { unread } else { 0 });
        if watched && untold {
            driver.input(Input::Read);
        }
    }
}

impl Model {
    /// The visitor's secret, made at the first need.
    fn secret(&self) -> Option<String> {
        let key = self.place.key("secret");
        if let Some(secret) = store::get(&key).filter(|secret| secret.len() == 43 && secret.is_ascii()) {
            return Some(secret);
        }
        let secret = link::secret()?;
        store::set(&key, &secret);
        Some(secret)
    }

    /// Tells the loader whether to load at once on the next page: a session is open, or messages wait to be sent.
    fn keep_open(&self, client: &Client) {
        let live = matches!(client.session(), SessionView::Waiting { .. } | SessionView::Active { .. });
        let keep = live || client.pending().next().is_some();
        if !(client.is_welcomed() || keep) || self.kept_open.replace(Some(keep)) == Some(keep) {
            return;
        }
        let key = self.place.key("open");
        if keep {
            store::set(&key, "1");
        } else {
            store::remove(&key);
        }
    }

    fn tell(&self, unread: u32) {
        let state = (self.open.get(), unread);
        if self.reported.replace(Some(state)) != Some(state) {
            let _ = self.report.call2(&JsValue::NULL, &state.0.into(), &state.1.into());
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
