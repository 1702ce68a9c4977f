//! What those who answer do.

use super::habits::Deed;
use super::visits::TABS_MAX;
use super::wire::{InboxId, TabId};
use super::world::World;
use shared::api::Role;
use shared::client::Input;
use shared::id::{ConversationId, Epoch};
use shared::wire::{RowState, SessionView, Target, ToConversation, ToInbox};

impl World {
    pub(super) fn operator_acts(&mut self) {
        let person = self.random.index(self.people.len());
        if self.people.get(person).is_none_or(|person| person.absent) {
            return;
        }
        let open: Vec<InboxId> =
            self.inboxes.iter().filter(|(_, inbox)| inbox.person == person).map(|(id, _)| *id).collect();
        let inbox = self.random.pick(&open);
        if inbox.is_none() && self.random.chance(450) {
            self.open_inbox(person);
            return;
        }
        let Some(deed) = self.random.weighted(&self.habits.deeds) else { return };
        match (deed, inbox) {
            (Deed::OpenInbox, _) if open.len() < TABS_MAX => self.open_inbox(person),
            (Deed::Accept, Some(inbox)) => self.decide(inbox, true),
            (Deed::Skip, Some(inbox)) => self.decide(inbox, false),
            (Deed::ClickLate, Some(inbox)) => self.click_late(inbox),
            (Deed::TakeBreak, Some(inbox)) => self.switch(inbox, false),
            (Deed::EndBreak, Some(inbox)) => self.switch(inbox, true),
            (Deed::CloseInbox, Some(inbox)) => self.close_inbox(inbox),
            (Deed::InboxNonsense, Some(inbox)) => {
                if let Some(wire) = self.inboxes.get(&inbox).and_then(|inbox| inbox.wire) {
                    self.nonsense_on(wire);
                }
            }
            (Deed::OpenThread, Some(inbox)) => self.open_thread(person, inbox),
            (Deed::OpenAny, _) => self.open_any(person),
            (deed, _) => self.acts_in_a_thread(person, deed),
        }
    }

    fn switch(&mut self, inbox: InboxId, available: bool) {
        self.inbox_says(inbox, &ToInbox::Presence { available });
    }

    /// Takes an offer in the inbox, or passes it on.
    pub(super) fn decide(&mut self, inbox: InboxId, takes: bool) {
        let offers: Vec<_> = match self.inboxes.get(&inbox) {
            Some(inbox) if inbox.online => inbox
                .rows
                .values()
                .filter(|row| row.state.is_offer())
                .map(|row| (row.session.clone(), row.epoch))
                .collect(),
            _ => return,
        };
        let Some((session, epoch)) = self.random.pick(&offers) else { return };
        let frame = if takes { ToInbox::Accept { session, epoch } } else { ToInbox::Skip { session, epoch } };
        self.inbox_says(inbox, &frame);
    }

    /// Clicks on what was there a while ago.
    fn click_late(&mut self, inbox: InboxId) {
        let seen = self.inboxes.get(&inbox).map(|inbox| inbox.seen.clone()).unwrap_or_default();
        let Some((session, epoch)) = self.random.pick(&seen) else { return };
        let accept = self.random.chance(500);
        let frame =
            if accept { ToInbox::Accept { session, epoch } } else { ToInbox::Skip { session, epoch } };
        self.inbox_says(inbox, &frame);
    }

    /// Opens a thread of the inbox that is not open yet: what is new first.
    fn open_thread(&mut self, person: usize, inbox: InboxId) {
        let Some(inbox) = self.inboxes.get(&inbox) else { return };
        let unopened = |conversation: &&ConversationId| self.tabs_of(Some(person), conversation).is_empty();
        let listed: Vec<ConversationId> = inbox.rows.keys().filter(unopened).cloned().collect();
        let missed: Vec<ConversationId> = inbox
            .rows
            .values()
            .filter(|row| row.state == RowState::Missed)
            .map(|row| row.session.conversation.clone())
            .collect();
        let missed: Vec<ConversationId> = missed.iter().filter(unopened).cloned().collect();
        let from = if self.random.chance(300) && !missed.is_empty() { missed } else { listed };
        if let Some(conversation) = self.random.pick(&from) {
            self.open_tab(Some(person), &conversation);
        }
    }

    /// By its address, whether it may be read or not.
    fn open_any(&mut self, person: usize) {
        let supervises = self.people.get(person).is_some_and(|person| person.role >= Role::Supervisor);
        if supervises || self.random.chance(200) {
            let begun = self.ledger.talks.iter().filter(|(_, talk)| talk.head.is_some());
            let begun: Vec<ConversationId> = begun.map(|(id, _)| id.clone()).collect();
            let conversation = match self.busy.clone().filter(|busy| begun.contains(busy)) {
                Some(busy) if self.random.chance(500) => Some(busy),
                _ => self.random.pick(&begun),
            };
            if let Some(conversation) = conversation.filter(|id| self.tabs_of(Some(person), id).is_empty()) {
                self.open_tab(Some(person), &conversation);
            }
        }
    }

    // -------------------------------------------------------------------------------------------------------- in a thread

    fn acts_in_a_thread(&mut self, person: usize, deed: Deed) {
        let Some(tab) = self.choose_thread(person, deed) else { return };
        let Some(client) = self.tabs.get(&tab).map(|tab| &tab.client) else { return };
        let (epoch, view) = (client.epoch().unwrap_or_default(), client.session().clone());
        let frame = match deed {
            Deed::Write => return self.write(tab, false),
            Deed::Note => return self.write(tab, true),
            Deed::Close => return self.tell_tab(tab, Input::Close),
            Deed::CloseTab => return self.close_tab(tab),
            Deed::Typing => return self.tell_tab(tab, Input::Typing { on: true }),
            Deed::Read => return self.tell_tab(tab, Input::Read),
            Deed::History => return self.tell_tab(tab, Input::History),
            Deed::Nudge => return self.tell_tab(tab, Input::Nudge),
            Deed::SettleRefused => return self.settle_refused(tab),
            Deed::Nonsense => return self.nonsense(tab),
            Deed::Transfer | Deed::TransferAway => {
                let to = if deed == Deed::Transfer { self.some_colleague() } else { self.some_channel() };
                let Some(to) = to else { return };
                ToConversation::Transfer { epoch, to }
            }
            Deed::Intercept => ToConversation::Intercept { epoch },
            Deed::Join => ToConversation::Join {},
            Deed::Leave => ToConversation::Leave {},
            Deed::Pin => ToConversation::Pin { epoch, on: true },
            Deed::Unpin => ToConversation::Pin { epoch, on: false },
            Deed::Spam => ToConversation::Spam { epoch },
            Deed::Reopen => ToConversation::Reopen { session: number_of(&view) },
            Deed::Review => self.some_review(number_of(&view)),
            Deed::Outdated => self.something_outdated(epoch),
            Deed::Accept
            | Deed::Skip
            | Deed::ClickLate
            | Deed::TakeBreak
            | Deed::EndBreak
            | Deed::OpenInbox
            | Deed::CloseInbox
            | Deed::InboxNonsense
            | Deed::OpenThread
            | Deed::OpenAny => return,
        };
        let who = self.name_of(Some(person));
        self.story.tell(|| format!("{who} asks in tab {tab}: {frame:?}"));
        self.tell_tab(tab, Input::Ask(frame));
    }

    /// A thread of theirs where that makes sense, most of the time.
    fn choose_thread(&mut self, person: usize, deed: Deed) -> Option<TabId> {
        let (sense, crowding) = (self.habits.sense, self.habits.crowding);
        let sensible = self.random.chance(sense);
        let busy = self.busy.clone().filter(|_| self.random.chance(crowding));
        let theirs = |tab: &super::people::Tab| tab.operator == Some(person);
        let makes_sense = move |tab: &super::people::Tab| {
            theirs(tab)
                && suits(deed, tab.client.session())
                && busy.as_ref().is_none_or(|busy| *busy == tab.conversation)
        };
        match self.some_tab(makes_sense) {
            Some(tab) if sensible => Some(tab),
            _ if sensible && self.random.chance(700) => None,
            _ => self.some_tab(theirs),
        }
    }

    fn some_colleague(&mut self) -> Option<Target> {
        let ids: Vec<_> = self.people.iter().map(|person| person.id.clone()).collect();
        self.random.pick(&ids).map(Target::Operator)
    }

    fn some_channel(&mut self) -> Option<Target> {
        let mut channels: Vec<_> = self.directory.keys().cloned().collect();
        channels.extend("nowhere".parse());
        self.random.pick(&channels).map(Target::Channel)
    }

    fn some_review(&mut self, session: u32) -> ToConversation {
        let score = self.random.below(7).try_into().unwrap_or(1);
        let comment = if self.random.chance(300) { "calm".to_owned() } else { String::new() };
        ToConversation::Review { session, score, comment }
    }

    /// As one who has not heard of the last change, or claims to know of the next.
    fn something_outdated(&mut self, epoch: Epoch) -> ToConversation {
        let epoch = Epoch(if self.random.chance(700) { epoch.0.saturating_sub(1) } else { epoch.0 + 1 });
        match self.random.below(6) {
            0 => ToConversation::Close { epoch },
            1 => match self.some_colleague() {
                Some(to) => ToConversation::Transfer { epoch, to },
                None => ToConversation::Leave {},
            },
            2 => ToConversation::Intercept { epoch },
            3 => ToConversation::Pin { epoch, on: true },
            4 => ToConversation::Spam { epoch },
            _ => match self.fresh_message() {
                Some(id) => {
                    let text = format!("late {id}");
                    self.ledger.written.entry(id.clone()).or_default().insert(Some(epoch));
                    self.ledger.texts.insert(id.clone(), text.clone());
                    ToConversation::Send { id, text, note: false, epoch: Some(epoch), file: false }
                }
                None => ToConversation::Leave {},
            },
        }
    }
}

const fn number_of(view: &SessionView) -> u32 {
    match view {
        SessionView::None => 0,
        SessionView::Waiting { number, .. }
        | SessionView::Active { number, .. }
        | SessionView::Closing { number, .. }
        | SessionView::Ended { number, .. } => *number,
    }
}

/// Whether a person who sees this would think of doing that.
const fn suits(deed: Deed, view: &SessionView) -> bool {
    match (deed, view) {
        (Deed::Write, SessionView::Waiting { offered, .. }) => *offered,
        (Deed::Write, SessionView::Active { mine, joined, .. }) => *mine || *joined,
        (Deed::Write, SessionView::Closing { mine, .. }) => *mine,
        (Deed::Write, SessionView::Ended { missed, .. }) => *missed,
        (Deed::Close | Deed::Pin | Deed::Transfer | Deed::TransferAway, SessionView::Active { mine, .. }) => {
            *mine
        }
        (Deed::Close, SessionView::Ended { missed, .. }) => *missed,
        (Deed::Unpin, SessionView::Active { pinned, .. }) => *pinned,
        (Deed::Intercept | Deed::Join, SessionView::Active { mine, .. }) => !*mine,
        (Deed::Intercept | Deed::Join, SessionView::Waiting { .. }) => true,
        (Deed::Leave, SessionView::Active { joined, .. }) => *joined,
        (Deed::Spam, SessionView::Active { mine, .. }) => *mine,
        (Deed::Spam, SessionView::Waiting { offered, .. }) => *offered,
        (Deed::Review, SessionView::Closing { .. } | SessionView::Ended { .. }) => true,
        (Deed::Reopen, SessionView::Ended { .. }) => true,
        (
            Deed::Write
            | Deed::Close
            | Deed::Pin
            | Deed::Unpin
            | Deed::Transfer
            | Deed::TransferAway
            | Deed::Intercept
            | Deed::Join
            | Deed::Leave
            | Deed::Spam
            | Deed::Review
            | Deed::Reopen,
            _,
        ) => false,
        _ => true,
    }
}
