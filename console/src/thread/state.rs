//! A thread's connection and what it shows. Signals are set only when what they hold has changed.

use super::items::{Item, items};
use crate::inbox::url;
use crate::texts::{lang, words};
use crate::ui::ui;
use leptos::prelude::*;
use link::page::{self, Wakes};
use link::{Driver, store};
use shared::client::{Client, Input, Link, PendingState};
use shared::id::{ConversationId, MessageId, OperatorId};
use shared::reject::Code;
use shared::wire::{Author, SUBPROTOCOL, SessionView, Side};

/// A handle to an open thread: copies are the same. It ends with the view that opened it.
#[derive(Clone, Copy)]
pub(super) struct Thread {
    pub(super) items: RwSignal<Vec<Item>>,
    pub(super) session: RwSignal<SessionView>,
    pub(super) typing: RwSignal<Option<Author>>,
    pub(super) online: RwSignal<bool>,
    pub(super) welcomed: RwSignal<bool>,
    pub(super) earlier: RwSignal<bool>,
    pub(super) refusal: RwSignal<Option<&'static str>>,
    pub(super) draft: RwSignal<String>,
    pub(super) note: RwSignal<bool>,
    draft_key: StoredValue<String>,
    driver: StoredValue<Option<(Driver, Wakes)>, LocalStorage>,
}

impl Thread {
    /// Connects to a conversation.
    pub(super) fn open(id: &ConversationId) -> Self {
        let me = ui().me().map(|me| me.id);
        let own = me.as_ref().map_or("", OperatorId::as_str);
        let draft_key = format!("guichet.console.draft.{own}.{id}");
        let thread = Self {
            items: RwSignal::default(),
            session: RwSignal::default(),
            typing: RwSignal::new(None),
            online: RwSignal::new(false),
            welcomed: RwSignal::new(false),
            earlier: RwSignal::new(false),
            refusal: RwSignal::new(None),
            draft: RwSignal::new(store::get(&draft_key).unwrap_or_default()),
            note: RwSignal::new(false),
            draft_key: StoredValue::new(draft_key),
            driver: StoredValue::new_local(None),
        };
        thread.connect(id, me);
        thread
    }

    fn connect(self, id: &ConversationId, me: Option<OperatorId>) {
        let outbox = format!("guichet.console.outbox.{}.{id}.", me.as_ref().map_or("", OperatorId::as_str));
        let locale = lang().tag().to_owned();
        let client = Client::new(Side::Operator, locale, link::random_u64(), link::saved(&outbox));
        let address = url(&format!("/ws/v1/conversation/{id}"));
        let changed = move |driver: &Driver| self.changed(driver, me.as_ref());
        let driver = Driver::new(client, address, vec![SUBPROTOCOL.to_owned()], Some(outbox), changed);
        let woken = driver.clone();
        let wakes = page::on_wake(move || woken.input(Input::Read));
        driver.input(Input::Start);
        self.driver.set_value(Some((driver, wakes)));
    }

    /// Disconnects.
    pub(super) fn leave(self) {
        let driver = self.driver.try_update_value(Option::take).flatten();
        if let Some((driver, _)) = driver {
            driver.input(Input::Stop);
        }
    }

    /// Tells the client something.
    pub(super) fn input(self, input: Input) {
        let driver =
            self.driver.try_with_value(|held| held.as_ref().map(|(driver, _)| driver.clone())).flatten();
        if let Some(driver) = driver {
            driver.input(input);
        }
    }

    fn changed(self, driver: &Driver, me: Option<&OperatorId>) {
        if self.items.is_disposed() {
            return;
        }
        driver.with(|client| self.show(client, me));
        self.take_back(driver);
        if page::visible() && driver.with(Client::unread) != 0 {
            driver.input(Input::Read);
        }
    }

    fn show(self, client: &Client, me: Option<&OperatorId>) {
        let now = link::now();
        set_if_new(self.items, items(client, me, client.server_now(now)));
        set_if_new(self.session, client.session().clone());
        set_if_new(self.typing, client.typing().cloned());
        set_if_new(self.online, client.link() == Link::Online);
        set_if_new(self.welcomed, client.is_welcomed());
        set_if_new(self.earlier, client.has_earlier());
        if let Some(code) = client.refusal() {
            set_if_new(self.refusal, Some(words().refusals.of(code)));
        }
    }

    /// What was refused because the chat is somebody else's goes back into the composer.
    fn take_back(self, driver: &Driver) {
        let refused = driver.with(|client| {
            client.pending().find_map(|pending| match pending.state {
                PendingState::Failed { code } if is_not_ours(code) => {
                    Some((pending.id.clone(), pending.text.clone(), pending.note, code))
                }
                _ => None,
            })
        });
        let Some((id, text, note, code)) = refused else { return };
        let draft = self.draft.get_untracked();
        self.set_draft(if draft.is_empty() { text } else { format!("{text}\n{draft}") });
        self.note.set(note);
        self.refusal.set(Some(words().refusals.of(code)));
        driver.input(Input::Discard(id));
    }

    /// Keeps what is being written, for this and later visits.
    pub(super) fn set_draft(self, draft: String) {
        self.draft_key.with_value(|key| {
            if draft.is_empty() {
                store::remove(key);
            } else {
                store::set(key, &draft);
            }
        });
        self.draft.set(draft);
    }

    /// Sends what is in the composer.
    pub(super) fn send(self) {
        let text = self.draft.get_untracked();
        let Some(id) = link::ulid() else { return };
        self.refusal.set(None);
        self.set_draft(String::new());
        self.input(Input::Send { id, text: text.trim().to_owned(), note: self.note.get_untracked() });
    }

    pub(super) fn retry(self, id: MessageId) {
        self.input(Input::Retry(id));
    }

    pub(super) fn discard(self, id: MessageId) {
        self.input(Input::Discard(id));
    }

    /// Whether the operator may write here now.
    pub(super) fn may_write(self) -> bool {
        self.session.with(|session| {
            matches!(
                session,
                SessionView::Waiting { offered: true, .. } | SessionView::Active { mine: true, .. }
            )
        })
    }
}

const fn is_not_ours(code: Code) -> bool {
    matches!(
        code,
        Code::StaleEpoch
            | Code::NotParticipant
            | Code::NoSession
            | Code::OfferGone
            | Code::Full
            | Code::Forbidden
    )
}

fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|now| *now != value).unwrap_or_default() {
        signal.set(value);
    }
}
