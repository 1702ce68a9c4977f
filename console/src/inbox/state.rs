//! What the worker says is in the inbox, and what the operator asks of it.

use super::gone;
use super::line::{Line, LineEvent, LineState};
use super::row::called;
use crate::clock::WorkerClock;
use crate::sound;
use crate::texts::{put, words};
use crate::thread::focus_composer;
use crate::ui::{Greeting, Route, Ui, ui};
use crate::{browser, http};
use leptos::prelude::*;
use shared::api::{Channel, EndpointName};
use shared::id::{ChannelId, ConversationId, Epoch, SessionId};
use shared::wire::{FromInbox, GoneReason, InboxRow, ToInbox, close};
use std::collections::{BTreeMap, BTreeSet};

/// One operator's inbox. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Inbox {
    pub(crate) rows: RwSignal<BTreeMap<ConversationId, InboxRow>>,
    pub(crate) available: RwSignal<bool>,
    /// Whether they were put on a break because they missed offers.
    pub(crate) missed: RwSignal<bool>,
    pub(crate) line: RwSignal<LineState>,
    pub(crate) clock: RwSignal<WorkerClock>,
    /// Whether the worker has told the rows yet.
    pub(crate) told: RwSignal<bool>,
    /// What was asked for and not answered yet.
    pub(crate) asked: RwSignal<BTreeSet<SessionId>>,
    pub(crate) channels: RwSignal<Vec<Channel>>,
    /// The channel that the list is narrowed to.
    pub(crate) only: RwSignal<Option<ChannelId>>,
    /// The offers that were seen, and announced if they came while somebody was there.
    offers: StoredValue<BTreeSet<(SessionId, Epoch)>>,
    socket: StoredValue<Option<Line>, LocalStorage>,
}

impl Inbox {
    pub(crate) fn new() -> Self {
        Self {
            rows: RwSignal::default(),
            available: RwSignal::new(true),
            missed: RwSignal::new(false),
            line: RwSignal::default(),
            clock: RwSignal::default(),
            told: RwSignal::new(false),
            asked: RwSignal::default(),
            channels: RwSignal::default(),
            only: RwSignal::new(None),
            offers: StoredValue::default(),
            socket: StoredValue::new_local(None),
        }
    }

    /// Connects.
    pub(crate) fn start(self, ui: Ui) {
        self.line.set(LineState::Connecting);
        let line = Line::open(move |event| self.happens(ui, event));
        self.socket.set_value(Some(line));
        self.load_channels();
    }

    /// Whether there is a line at all.
    pub(crate) fn is_started(self) -> bool {
        self.socket.with_value(Option::is_some)
    }

    /// Whether there is nothing in it, as far as the worker has told.
    pub(crate) fn is_empty(self) -> bool {
        self.told.get() && self.rows.with(BTreeMap::is_empty)
    }

    /// Hangs up and forgets.
    pub(crate) fn stop(self) {
        self.socket.set_value(None);
        self.rows.set(BTreeMap::new());
        self.asked.set(BTreeSet::new());
        self.channels.set(Vec::new());
        self.only.set(None);
        self.told.set(false);
        self.presence(true, false);
        self.offers.set_value(BTreeSet::new());
    }

    /// Tries to connect now.
    pub(crate) fn retry(self) {
        self.line.set(LineState::Lost);
        self.socket.with_value(|line| line.as_ref().map(Line::retry));
    }

    /// Reads the channels' names.
    pub(crate) fn load_channels(self) {
        http::spawn(async move {
            // Without them rows show the channels' ids.
            if let Ok(channels) = http::fetch::<Vec<Channel>>(EndpointName::Channels).await {
                self.channels.set(channels);
            }
        });
    }

    /// The name of a channel.
    pub(crate) fn channel_name(self, id: &ChannelId) -> String {
        self.channels.with(|channels| name_of(channels, id))
    }

    /// The same, where nothing is drawn again when it changes.
    pub(crate) fn channel_name_now(self, id: &ChannelId) -> String {
        self.channels.with_untracked(|channels| name_of(channels, id))
    }

    // --------------------------------------------------------------------------------------------- what the operator asks

    pub(crate) fn set_available(self, available: bool) {
        self.ask(None, &ToInbox::Presence { available });
    }

    pub(crate) fn accept(self, session: SessionId, epoch: Epoch) {
        self.ask(Some(session.clone()), &ToInbox::Accept { session, epoch });
    }

    pub(crate) fn skip(self, session: SessionId, epoch: Epoch) {
        self.ask(Some(session.clone()), &ToInbox::Skip { session, epoch });
    }

    fn ask(self, session: Option<SessionId>, frame: &ToInbox) {
        let sent = self.socket.with_value(|line| line.as_ref().is_some_and(|line| line.send(frame)));
        if !sent {
            ui().refuse(words().refusals.offline);
        } else if let Some(session) = session {
            self.asked.update(|asked| {
                asked.insert(session);
            });
        }
    }

    // ----------------------------------------------------------------------------------------------- what the worker says

    fn happens(self, ui: Ui, event: LineEvent) {
        match event {
            LineEvent::State(state) => self.line_is(ui, state),
            LineEvent::Text(text) => {
                // A frame of a later version that this page does not know is skipped.
                if let Ok(frame) = serde_json::from_str(&text) {
                    self.frame(ui, frame);
                }
            }
        }
    }

    fn line_is(self, ui: Ui, state: LineState) {
        self.line.set(state);
        if state != LineState::Online {
            self.asked.set(BTreeSet::new());
        }
        if state == (LineState::Ended { code: close::SIGNED_OUT }) {
            ui.leave(Greeting::Ended);
        } else if state == LineState::Lost {
            // A refused upgrade looks like a lost line: only the API tells whether the sign-in has ended.
            crate::gate::check_sign_in(ui);
        }
    }

    fn frame(self, ui: Ui, frame: FromInbox) {
        match frame {
            FromInbox::Welcome { clock, available, missed, rows, .. } => {
                self.clock.set(WorkerClock::heard(clock, link::now()));
                self.presence(available, missed);
                self.socket.with_value(|line| line.as_ref().map(Line::stands));
                self.replace(ui, rows);
            }
            FromInbox::Row(row) => self.row(ui, row),
            FromInbox::Gone { conversation, reason } => self.gone(ui, &conversation, &reason),
            FromInbox::Presence { available, missed } => self.presence(available, missed),
            FromInbox::Reject { session, code } => {
                self.answered(session.as_ref());
                ui.refuse(words().refusals.of(code));
            }
        }
    }

    fn presence(self, available: bool, missed: bool) {
        self.available.set(available);
        self.missed.set(missed && !available);
    }

    fn replace(self, ui: Ui, rows: Vec<InboxRow>) {
        let first = !self.told.get_untracked();
        for row in &rows {
            let new = self.note_offer(row);
            if new && !first {
                announce(ui, row);
            }
        }
        self.rows.set(rows.into_iter().map(|row| (row.session.conversation.clone(), row)).collect());
        self.told.set(true);
    }

    fn row(self, ui: Ui, row: InboxRow) {
        if self.note_offer(&row) {
            announce(ui, &row);
        }
        let asked = self.asked.with_untracked(|asked| asked.contains(&row.session));
        if asked && !row.state.is_offer() {
            self.answered(Some(&row.session));
            browser::go(&Route::Chat(row.session.conversation.clone()).fragment());
            focus_composer(&row.session.conversation);
        }
        if self.channels.with_untracked(|channels| channels.iter().all(|channel| channel.id != row.channel)) {
            self.load_channels();
        }
        self.rows.update(|rows| {
            rows.insert(row.session.conversation.clone(), row);
        });
    }

    fn gone(self, ui: Ui, conversation: &ConversationId, reason: &GoneReason) {
        let row = self.rows.try_update(|rows| rows.remove(conversation)).flatten();
        let Some(row) = row else { return };
        let asked = self.answered(Some(&row.session));
        self.offers.update_value(|offers| offers.retain(|(session, _)| *session != row.session));
        if let Some(text) = gone::told(ui, &row, reason, asked) {
            ui.notify(text, false);
        }
    }

    /// Forgets that something was asked for. Whether it had been.
    fn answered(self, session: Option<&SessionId>) -> bool {
        session
            .is_some_and(|session| self.asked.try_update(|asked| asked.remove(session)).unwrap_or_default())
    }

    /// Whether the row is an offer not seen before; from now on it is.
    fn note_offer(self, row: &InboxRow) -> bool {
        let offer = (row.session.clone(), row.epoch);
        row.state.is_offer()
            && self.offers.try_update_value(|offers| offers.insert(offer)).unwrap_or_default()
    }
}

fn name_of(channels: &[Channel], id: &ChannelId) -> String {
    let known = channels.iter().find(|channel| channel.id == *id);
    known.map_or_else(|| id.to_string(), |channel| channel.name.clone())
}

fn announce(ui: Ui, row: &InboxRow) {
    sound::play();
    ui.spoken.set(put(words().inbox.announced, called(&row.name, &row.session.conversation)));
}
