//! A thread's connection and what it shows. Signals are set only when what they hold has changed.

use super::items::{Item, items};
use super::known::Known;
use crate::inbox::url;
use crate::texts::{lang, words};
use crate::ui::ui;
use leptos::prelude::*;
use link::page::{self, Wakes};
use link::{Driver, files, store};
use shared::client::{Client, Input, Link, PendingState, User};
use shared::id::{ConversationId, Epoch, MessageId, OperatorId};
use shared::reject::Code;
use shared::verified::Identity;
use shared::wire::{Author, InboxRow, SUBPROTOCOL, SessionView, ToConversation};
use std::collections::BTreeMap;

/// A handle to an open thread: copies are the same. It ends with the view that opened it.
#[derive(Clone, Copy)]
pub(super) struct Thread {
    pub(super) items: RwSignal<Vec<Item>>,
    pub(super) session: RwSignal<SessionView>,
    /// Its row in the inbox, if it has one.
    pub(super) row: Memo<Option<InboxRow>>,
    pub(super) known: RwSignal<Known>,
    pub(super) identity: RwSignal<Identity>,
    pub(super) typing: RwSignal<Option<Author>>,
    pub(super) online: RwSignal<bool>,
    pub(super) welcomed: RwSignal<bool>,
    pub(super) earlier: RwSignal<bool>,
    pub(super) refusal: RwSignal<Option<&'static str>>,
    pub(super) draft: RwSignal<String>,
    pub(super) note: RwSignal<bool>,
    /// Which files may be sent, as a file dialogue is told; none if none may.
    pub(super) accept: RwSignal<Option<String>>,
    /// How much of each file has left.
    pub(super) percent: RwSignal<BTreeMap<MessageId, u8>>,
    pub(super) id: StoredValue<ConversationId>,
    draft_key: StoredValue<String>,
    /// What the client last said was refused.
    refused: StoredValue<Option<Code>>,
    driver: StoredValue<Option<(Driver, Wakes)>, LocalStorage>,
}

impl Thread {
    /// Connects to a conversation.
    pub(super) fn open(id: &ConversationId) -> Self {
        let me = ui().me().map(|me| me.id);
        let own = me.as_ref().map_or("", OperatorId::as_str);
        let draft_key = format!("guichet.console.draft.{own}.{id}");
        let row = {
            let id = id.clone();
            Memo::new(move |_| ui().inbox.rows.with(|rows| rows.get(&id).cloned()))
        };
        let thread = Self {
            items: RwSignal::default(),
            session: RwSignal::default(),
            row,
            known: RwSignal::default(),
            identity: RwSignal::default(),
            typing: RwSignal::new(None),
            online: RwSignal::new(false),
            welcomed: RwSignal::new(false),
            earlier: RwSignal::new(false),
            refusal: RwSignal::new(None),
            draft: RwSignal::new(store::get(&draft_key).unwrap_or_default()),
            note: RwSignal::new(false),
            accept: RwSignal::new(None),
            percent: RwSignal::default(),
            id: StoredValue::new(id.clone()),
            draft_key: StoredValue::new(draft_key),
            refused: StoredValue::new(None),
            driver: StoredValue::new_local(None),
        };
        thread.connect(id, me);
        thread
    }

    fn connect(self, id: &ConversationId, me: Option<OperatorId>) {
        let outbox = format!("guichet.console.outbox.{}.{id}.", me.as_ref().map_or("", OperatorId::as_str));
        let user = User::operator(lang().tag().to_owned());
        let client = Client::new(user, link::random_u64(), link::saved(&outbox));
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

    fn driver(self) -> Option<Driver> {
        self.driver.try_with_value(|held| held.as_ref().map(|(driver, _)| driver.clone())).flatten()
    }

    /// Tells the client something.
    pub(super) fn input(self, input: Input) {
        if let Some(driver) = self.driver() {
            driver.input(input);
        }
    }

    /// Asks the worker for something, if there is a connection.
    pub(super) fn ask(self, frame: ToConversation) {
        if self.online.get_untracked() {
            self.refusal.set(None);
            self.input(Input::Ask(frame));
        } else {
            self.refusal.set(Some(words().refusals.offline));
        }
    }

    /// Asks for something that the ownership on screen is named for.
    pub(super) fn ask_as_seen(self, frame: impl FnOnce(Epoch) -> ToConversation) {
        // What has ended has no ownership; the one thing that is asked of it then, to put it away, needs none.
        let epoch = self.driver().and_then(|driver| driver.with(Client::epoch)).unwrap_or_default();
        self.ask(frame(epoch));
    }

    fn changed(self, driver: &Driver, me: Option<&OperatorId>) {
        if self.items.is_disposed() {
            return;
        }
        driver.with(|client| {
            self.show(client, me);
            let files = client.pending().filter_map(|it| Some((it.id.clone(), driver.percent(&it.id)?)));
            set_if_new(self.percent, files.collect());
        });
        self.take_back(driver);
        if page::visible() && driver.with(Client::unread) != 0 {
            driver.input(Input::Read);
        }
    }

    fn show(self, client: &Client, me: Option<&OperatorId>) {
        let now = link::now();
        set_if_new(self.items, items(client, me, client.server_now(now)));
        set_if_new(self.session, client.session().clone());
        set_if_new(self.known, Known::of(client));
        set_if_new(self.identity, client.identity().cloned().unwrap_or_default());
        set_if_new(self.typing, client.typing().cloned());
        set_if_new(self.online, client.link() == Link::Online);
        set_if_new(self.welcomed, client.is_welcomed());
        set_if_new(self.earlier, client.has_earlier());
        set_if_new(self.accept, client.channel().files.as_ref().map(|files| files.accept.clone()));
        let refused = client.refusal();
        let before = self.refused.try_update_value(|before| core::mem::replace(before, refused)).flatten();
        if let Some(code) = refused.filter(|_| refused != before) {
            self.refusal.set(Some(words().refusals.of(code)));
        }
    }

    /// What was refused because the chat is somebody else's goes back into the composer.
    fn take_back(self, driver: &Driver) {
        let refused = driver.with(|client| {
            client.pending().find_map(|pending| match pending.state {
                PendingState::Failed { code } if is_not_ours(code) && pending.file.is_none() => {
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

    /// Sends the files that were chosen, dropped or pasted with `event`. Notes have none.
    pub(super) fn attach(self, event: &web_sys::Event) {
        let takes = self.accept.with_untracked(Option::is_some) && !self.note.get_untracked();
        if !takes || !untrack(|| self.may_write()) {
            return;
        }
        let Some(driver) = self.driver() else { return };
        files::chosen(event).into_iter().for_each(|file| driver.attach(file));
    }

    pub(super) fn save(self, id: MessageId) {
        if let Some(driver) = self.driver() {
            driver.fetch(id, files::save);
        }
    }

    pub(super) fn draw(self, id: MessageId, canvas: web_sys::Element) {
        if let Some(driver) = self.driver() {
            driver.fetch(id, move |url| files::draw(url, &canvas));
        }
    }

    pub(super) fn retry(self, id: MessageId) {
        self.input(Input::Retry(id));
    }

    pub(super) fn discard(self, id: MessageId) {
        self.input(Input::Discard(id));
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
            | Code::AlreadyOpen
    )
}

fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|now| *now != value).unwrap_or_default() {
        signal.set(value);
    }
}
