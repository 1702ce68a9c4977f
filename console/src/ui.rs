//! What all parts of the console share: which screen, which language, what to say aloud. Lives as long as the page.

use crate::browser;
use crate::inbox::Inbox;
use crate::texts::{self, Lang};
use leptos::prelude::*;
use link::{Listener, Timer, store};
use shared::api::{Me, Role};
use shared::id::{ChannelId, ConversationId};
use shared::time::{Millis, Timestamp};
use std::cell::Cell;

const LANG_KEY: &str = "guichet.console.lang";
/// How long a notice stays.
const NOTICE_SHOWN: Millis = Millis::seconds(10);

/// What fills the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Finding out who is signed in.
    Loading,
    /// That did not work.
    Unreachable,
    /// An account is made from a one-time link.
    NewAccount(OneTimeLink),
    /// Somebody has to sign in; and what to tell them first.
    SignIn(Greeting),
    /// Somebody is signed in.
    Desk(Me),
}

/// A link that works once, taken from the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OneTimeLink {
    pub(crate) token: String,
    /// Whether it makes the first account of all.
    pub(crate) setup: bool,
}

/// What to tell somebody who has to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Greeting {
    Plain,
    SignedOut,
    Ended,
    NotSetUp,
}

/// What the desk shows, as the address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Route {
    #[default]
    Inbox,
    Chat(ConversationId),
    Team,
    Channels,
    Channel(ChannelId),
    /// Who waits in a channel.
    Line(ChannelId),
}

impl Route {
    fn read(fragment: &str) -> Self {
        let path = fragment.trim_start_matches(['#', '/']);
        match path.split_once('/').unwrap_or((path, "")) {
            ("chat", id) => id.parse().map_or(Self::Inbox, Self::Chat),
            ("team", _) => Self::Team,
            ("channels", "") => Self::Channels,
            ("channels", id) => id.parse().map_or(Self::Channels, Self::Channel),
            ("line", id) => id.parse().map_or(Self::Inbox, Self::Line),
            _ => Self::Inbox,
        }
    }

    /// The fragment of a link that leads here.
    pub(crate) fn fragment(&self) -> String {
        match self {
            Self::Inbox => "#/".to_owned(),
            Self::Chat(id) => format!("#/chat/{id}"),
            Self::Team => "#/team".to_owned(),
            Self::Channels => "#/channels".to_owned(),
            Self::Channel(id) => format!("#/channels/{id}"),
            Self::Line(id) => format!("#/line/{id}"),
        }
    }

    /// The conversation on screen.
    pub(crate) fn chat(&self) -> Option<ConversationId> {
        match self {
            Self::Chat(id) => Some(id.clone()),
            _ => None,
        }
    }

    /// The channel whose line is on screen.
    pub(crate) fn line(&self) -> Option<ChannelId> {
        match self {
            Self::Line(id) => Some(id.clone()),
            _ => None,
        }
    }

    /// Whether it is one page instead of a list and a conversation.
    pub(crate) const fn is_page(&self) -> bool {
        !matches!(self, Self::Inbox | Self::Chat(_))
    }
}

/// A word to the operator that goes away by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) text: String,
    /// Whether something they asked for was refused.
    pub(crate) refusal: bool,
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Ui {
    pub(crate) screen: RwSignal<Screen>,
    pub(crate) lang: RwSignal<Lang>,
    pub(crate) route: RwSignal<Route>,
    /// The browser's time, once a second.
    pub(crate) now: RwSignal<Timestamp>,
    pub(crate) notice: RwSignal<Option<Notice>>,
    /// What a screen reader says next.
    pub(crate) spoken: RwSignal<String>,
    pub(crate) inbox: Inbox,
    pub(crate) menu_open: RwSignal<bool>,
    held: StoredValue<Held, LocalStorage>,
}

#[derive(Default)]
struct Held {
    _listeners: Vec<Listener>,
    second: Option<Timer>,
    notice: Option<Timer>,
}

impl Ui {
    fn new() -> Self {
        let lang = Lang::of(&store::get(LANG_KEY).unwrap_or_else(browser::preferred_language));
        let ui = Self {
            screen: RwSignal::new(Screen::Loading),
            lang: RwSignal::new(lang),
            route: RwSignal::new(Route::default()),
            now: RwSignal::new(link::now()),
            notice: RwSignal::new(None),
            spoken: RwSignal::new(String::new()),
            inbox: Inbox::new(),
            menu_open: RwSignal::new(false),
            held: StoredValue::new_local(Held::default()),
        };
        ui.speak(lang);
        ui.follow_address();
        ui.tick();
        ui
    }

    fn speak(self, lang: Lang) {
        texts::speak(lang);
        browser::set_page_language(lang.tag());
    }

    /// Changes the language, for this and later visits.
    pub(crate) fn set_lang(self, lang: Lang) {
        store::set(LANG_KEY, lang.tag());
        self.speak(lang);
        self.lang.set(lang);
    }

    fn follow_address(self) {
        let Some(window) = browser::window() else { return };
        let followed = Listener::new(&window, "hashchange", move |_| self.read_address());
        self.held.update_value(|held| held._listeners.push(followed));
    }

    /// Takes the address as the thing to show. One-time links leave it at once.
    pub(crate) fn read_address(self) {
        let fragment = browser::fragment();
        if let Some(link) = one_time(&fragment) {
            browser::forget_fragment();
            self.screen.set(Screen::NewAccount(link));
            return;
        }
        self.menu_open.set(false);
        let route = Route::read(&fragment);
        if self.route.get_untracked() != route {
            self.route.set(route);
        }
    }

    /// Not an interval: after a stretch in a hidden tab, one call is enough.
    fn tick(self) {
        self.now.set(link::now());
        let next = Timer::after(Millis::seconds(1), move || self.tick());
        self.held.update_value(|held| held.second = Some(next));
    }

    /// Tells the operator something.
    pub(crate) fn notify(self, text: impl Into<String>, refusal: bool) {
        self.notice.set(Some(Notice { text: text.into(), refusal }));
        let gone = Timer::after(NOTICE_SHOWN, move || self.notice.set(None));
        self.held.update_value(|held| held.notice = Some(gone));
    }

    /// Says that something was refused.
    pub(crate) fn refuse(self, text: impl Into<String>) {
        self.notify(text, true);
    }

    /// Opens the desk for `me`.
    pub(crate) fn enter(self, me: Me) {
        self.screen.set(Screen::Desk(me));
        self.read_address();
    }

    /// Closes the desk.
    pub(crate) fn leave(self, greeting: Greeting) {
        self.inbox.stop();
        self.notice.set(None);
        self.screen.set(Screen::SignIn(greeting));
    }

    /// Whether whoever is signed in also watches and rates. Another sign-in draws everything again.
    pub(crate) fn is_supervisor(self) -> bool {
        self.screen.with_untracked(|screen| matches!(screen, Screen::Desk(me) if me.role >= Role::Supervisor))
    }

    /// Who is signed in.
    pub(crate) fn me(self) -> Option<Me> {
        self.screen.with_untracked(|screen| match screen {
            Screen::Desk(me) => Some(me.clone()),
            _ => None,
        })
    }
}

fn one_time(fragment: &str) -> Option<OneTimeLink> {
    let (kind, token) = fragment.strip_prefix('#')?.split_once('=')?;
    let setup = match kind {
        "setup" => true,
        "join" => false,
        _ => return None,
    };
    Some(OneTimeLink { token: token.to_owned(), setup })
}

thread_local! {
    static UI: Cell<Option<Ui>> = const { Cell::new(None) };
}

/// The console's shared state. The root asks first, and so owns it; callbacks without an owner may ask later.
pub(crate) fn ui() -> Ui {
    UI.with(|made| {
        made.get().unwrap_or_else(|| {
            let ui = Ui::new();
            made.set(Some(ui));
            ui
        })
    })
}
