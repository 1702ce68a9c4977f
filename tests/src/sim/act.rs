//! What people do, and what fails: one thing a step, by chance.

use super::turns::Job;
use super::wire::{InboxId, TabId, Up};
use super::world::World;
use shared::client::{Input, Link, PendingState};
use shared::conversation::Conversation;
use shared::core;
use shared::desk::{self, Desk};
use shared::id::{ChannelId, MessageId};
use shared::note::Address;
use shared::operator::Operator;
use shared::time::Millis;
use shared::wire::{RowState, Score, SessionView, Side, ToInbox};

const TABS_MAX: usize = 2;
/// What no client of ours would say.
const NONSENSE: &[&str] = &[
    "",
    "{",
    "[]",
    "{\"dance\":{}}",
    "{\"send\":{\"id\":\"<script>\",\"text\":\"x\"}}",
    "{\"hello\":{\"v\":1}}",
    "{\"hello\":{\"v\":9}}",
    "{\"rate\":{\"session\":1,\"score\":\"bad\"}}",
    "{\"close\":{\"epoch\":2}}",
    "{\"history\":{\"before\":18446744073709551615}}",
    "{\"read\":{\"seq\":18446744073709551615}}",
    "{\"presence\":{\"available\":\"yes\"}}",
];
const TEXTS: &[&str] =
    &["Hello?", "👩‍👩‍👧 où êtes-vous", "\u{202E}שלום", "\u{200B}\u{200B}", "<script>alert(1)</script>", "   "];

impl World {
    /// Time passes, then somebody does something or something fails.
    pub(super) fn step(&mut self) {
        let gap = match self.random.below(100) {
            0..70 => self.random.below(400),
            70..95 => self.random.below(8_000),
            95..99 => self.random.below(90_000),
            _ => self.random.below(400_000),
        };
        self.run_until(self.now + Millis(gap));
        self.fail();
        for _ in 0..self.random.between(1, 3) {
            self.steps += 1;
            self.somebody_acts();
        }
    }

    fn somebody_acts(&mut self) {
        match self.random.below(100) {
            0..45 => self.visitor_acts(),
            _ => self.operator_acts(),
        }
    }

    // -------------------------------------------------------------------------------------------------------------- faults

    fn fail(&mut self) {
        if self.random.chance(self.faults.evict) {
            self.evict_one();
        }
        if self.random.chance(self.faults.cut)
            && let Some(wire) = self.some_wire()
        {
            self.cut(wire);
        }
        if self.random.chance(self.faults.black_hole)
            && let Some(wire) = self.some_wire()
        {
            self.black_hole(wire);
        }
        if self.random.chance(self.faults.cut_off) {
            self.cut_one_off();
        }
        if self.random.chance(self.faults.stray_alarm) {
            self.stray_alarm();
        }
        if self.random.chance(self.faults.jump) {
            self.now = self.now + Millis(self.random.below(3_600_000));
            self.story.tell(|| "all clocks jump".into());
        }
        if self.random.chance(self.faults.client_jump)
            && let Some(tab) = self.some_tab(|_| true)
            && let Some(tab) = self.tabs.get_mut(&tab)
        {
            tab.ahead = Millis(tab.ahead.0 + self.random.below(600_000));
        }
        if self.random.chance(self.faults.settings) {
            self.change_settings();
        }
    }

    fn cut_one_off(&mut self) {
        let (conversations, desks, operators) = self.names();
        let object = match self.random.below(5) {
            0 => self.random.pick(&conversations).map(Address::Conversation),
            1 => self.random.pick(&desks).map(Address::Desk),
            2 => Some(Address::Directory),
            _ => self.random.pick(&operators).map(Address::Operator),
        };
        if let Some(object) = object {
            self.story.tell(|| format!("{object} is cut off"));
            let until = self.now + Millis(self.random.between(1_000, 90_000));
            self.cut_off.insert(object, until);
        }
    }

    fn evict_one(&mut self) {
        let (conversations, desks, operators) = self.names();
        match self.random.below(3) {
            0 => self.random.pick(&conversations).map(|id| self.evict::<Conversation>(&id)),
            1 => self.random.pick(&desks).map(|id| self.evict::<Desk>(&id)),
            _ => self.random.pick(&operators).map(|id| self.evict::<Operator>(&id)),
        };
    }

    /// An alarm that rings early, or twice.
    fn stray_alarm(&mut self) {
        let (conversations, desks, operators) = self.names();
        match self.random.below(3) {
            0 => self
                .random
                .pick(&conversations)
                .map(|id| self.perform::<Conversation>(&id, Job::Alarm).crashed),
            1 => self.random.pick(&desks).map(|id| self.perform::<Desk>(&id, Job::Alarm).crashed),
            _ => self.random.pick(&operators).map(|id| self.perform::<Operator>(&id, Job::Alarm).crashed),
        };
    }

    #[allow(clippy::type_complexity, reason = "used where it is made")]
    fn names(&self) -> (Vec<shared::id::ConversationId>, Vec<ChannelId>, Vec<shared::id::OperatorId>) {
        let conversations = self.conversations.keys().cloned().collect();
        (conversations, self.desks.keys().cloned().collect(), self.operators.keys().cloned().collect())
    }

    fn some_wire(&mut self) -> Option<u64> {
        let open: Vec<_> = self.wires.iter().filter(|(_, wire)| !wire.hung_up).map(|(id, _)| *id).collect();
        self.random.pick(&open)
    }

    fn change_settings(&mut self) {
        let channels: Vec<_> = self.directory.keys().cloned().collect();
        let Some(channel) = self.random.pick(&channels) else { return };
        let settings = self.some_settings();
        self.set(&channel, settings);
    }

    /// An administrator saves, after having read the desk's settings; sometimes somebody else was faster.
    pub(super) fn set(&mut self, channel: &ChannelId, settings: shared::settings::Settings) {
        let known = self.desks.get(channel).and_then(|node| node.memory.as_ref()?.core.settings()).cloned();
        let version = known.map_or(1, |row| row.version);
        let version = if self.random.chance(50) { version.saturating_sub(1) } else { version };
        self.story.tell(|| format!("settings of {channel}: {settings:?}"));
        let change = desk::Own::Change(shared::api::VersionedSettings { version, settings });
        self.perform::<Desk>(channel, Job::Input(core::Input::Own(change)));
    }

    // ------------------------------------------------------------------------------------------------------------ visitors

    fn visitor_acts(&mut self) {
        let visitors = self.visitors.clone();
        // Somebody who is at it goes on: what follows closely on each other is where it breaks.
        if self.busy.is_none() || self.random.chance(300) {
            self.busy = self.random.pick(&visitors).map(|(conversation, _)| conversation);
        }
        let Some(conversation) = self.busy.clone() else { return };
        let open: Vec<TabId> = self.tabs_of(None, &conversation);
        let Some(tab) = self.random.pick(&open) else {
            self.open_tab(None, &conversation);
            return;
        };
        match self.random.below(100) {
            0..50 => self.write(tab, false),
            50..55 if open.len() < TABS_MAX => {
                self.open_tab(None, &conversation);
            }
            55..60 => self.close_tab(tab),
            60..64 => self.tell_tab(tab, Input::End),
            64..66 => {
                // In haste: the next session begins while the last is still spoken of.
                self.tell_tab(tab, Input::End);
                self.write(tab, false);
            }
            66..76 => self.rate(tab),
            76..80 => self.tell_tab(tab, Input::Typing { on: true }),
            80..86 => self.tell_tab(tab, Input::Read),
            86..88 => self.tell_tab(tab, Input::History),
            88..92 => self.tell_tab(tab, Input::Nudge),
            92..96 => self.settle_refused(tab),
            96..99 => self.nonsense(tab),
            _ => self.flood(tab),
        }
    }

    /// More than anybody types.
    fn flood(&mut self, tab: TabId) {
        if self.random.chance(800) {
            return;
        }
        if let Some(wire) = self.tabs.get(&tab).and_then(|tab| tab.wire) {
            for _ in 0..80 {
                self.up(wire, Up::Text("{\"typing\":{\"on\":true}}".into()));
            }
        }
        self.write(tab, false);
    }

    pub(super) fn tabs_of(
        &self,
        operator: Option<usize>,
        conversation: &shared::id::ConversationId,
    ) -> Vec<TabId> {
        let theirs =
            self.tabs.iter().filter(|(_, tab)| tab.operator == operator && tab.conversation == *conversation);
        theirs.map(|(id, _)| *id).collect()
    }

    fn some_tab(&mut self, chosen: impl Fn(&super::people::Tab) -> bool) -> Option<TabId> {
        let tabs: Vec<_> = self.tabs.iter().filter(|(_, tab)| chosen(tab)).map(|(id, _)| *id).collect();
        self.random.pick(&tabs)
    }

    pub(super) fn write(&mut self, tab: TabId, note: bool) {
        let Ok(id) = format!("01{:024}", self.fresh_id()).parse::<MessageId>() else { return };
        let text = match self.random.pick(TEXTS) {
            Some(text) if self.random.chance(100) => text.to_owned(),
            _ => format!("message {id}"),
        };
        self.story.tell(|| format!("tab {tab} writes {id}"));
        self.tell_tab(tab, Input::Send { id, text, note });
    }

    fn rate(&mut self, tab: TabId) {
        let Some(SessionView::Ended { number, .. }) =
            self.tabs.get(&tab).map(|tab| tab.client.session().clone())
        else {
            return;
        };
        let score = if self.random.chance(700) { Score::Good } else { Score::Bad };
        let comment = if self.random.chance(300) { "slow".to_owned() } else { String::new() };
        self.story.tell(|| format!("tab {tab} rates {score:?}"));
        self.tell_tab(tab, Input::Rate { session: number, score, comment });
    }

    /// The writer tries a refused message again, or gives it up.
    fn settle_refused(&mut self, tab: TabId) {
        let refused =
            |pending: &&shared::client::Pending| matches!(pending.state, PendingState::Failed { .. });
        let message = self.tabs.get(&tab).and_then(|tab| tab.client.pending().find(refused)).cloned();
        let Some(message) = message else { return };
        if self.random.chance(500) {
            self.tell_tab(tab, Input::Retry(message.id));
        } else {
            self.tell_tab(tab, Input::Discard(message.id));
        }
    }

    fn nonsense(&mut self, tab: TabId) {
        let wire = self.tabs.get(&tab).and_then(|tab| tab.wire);
        if let (Some(wire), Some(text)) = (wire, self.random.pick(NONSENSE)) {
            self.up(wire, Up::Text(text.to_owned()));
        }
    }

    // ----------------------------------------------------------------------------------------------------------- operators

    fn operator_acts(&mut self) {
        let person = usize::try_from(self.random.below(self.people.len() as u64)).unwrap_or(0);
        let open: Vec<InboxId> =
            self.inboxes.iter().filter(|(_, inbox)| inbox.person == person).map(|(id, _)| *id).collect();
        let Some(inbox) = self.random.pick(&open) else {
            if self.random.chance(300) {
                self.open_inbox(person);
            }
            return;
        };
        match self.random.below(100) {
            0..20 => self.decide(inbox, |world| world.random.chance(800)),
            20..65 => self.operator_reads(person, inbox),
            65..68 => self.click_late(inbox),
            68..71 => {
                let available = self.random.chance(600);
                self.inbox_says(inbox, &ToInbox::Presence { available });
            }
            71..74 => self.close_inbox(inbox),
            74..76 if open.len() < TABS_MAX => self.open_inbox(person),
            76..78 => {
                if let Some(tab) = self.some_tab(|tab| tab.operator == Some(person)) {
                    self.close_tab(tab);
                }
            }
            78..80 => {
                let wire = self.inboxes.get(&inbox).and_then(|inbox| inbox.wire);
                if let (Some(wire), Some(text)) = (wire, self.random.pick(NONSENSE)) {
                    self.up(wire, Up::Text(text.to_owned()));
                }
            }
            _ => {}
        }
    }

    /// Takes an offer in the inbox, or passes it on.
    pub(super) fn decide(&mut self, inbox: InboxId, takes: impl Fn(&mut Self) -> bool) {
        let offers: Vec<_> = match self.inboxes.get(&inbox) {
            Some(inbox) if inbox.online => inbox
                .rows
                .values()
                .filter(|row| matches!(row.state, RowState::Offered { .. }))
                .map(|row| (row.session.clone(), row.epoch))
                .collect(),
            _ => return,
        };
        let Some((session, epoch)) = self.random.pick(&offers) else { return };
        let frame =
            if takes(self) { ToInbox::Accept { session, epoch } } else { ToInbox::Skip { session, epoch } };
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

    /// Opens a thread of the inbox, or does something in one that is open.
    fn operator_reads(&mut self, person: usize, inbox: InboxId) {
        let theirs: Vec<TabId> =
            self.tabs.iter().filter(|(_, tab)| tab.operator == Some(person)).map(|(id, _)| *id).collect();
        let listed: Vec<_> =
            self.inboxes.get(&inbox).map(|inbox| inbox.rows.keys().cloned().collect()).unwrap_or_default();
        let unopened: Vec<_> = listed
            .into_iter()
            .filter(|conversation| self.tabs_of(Some(person), conversation).is_empty())
            .collect();
        if let Some(conversation) = self.random.pick(&unopened).filter(|_| self.random.chance(600)) {
            self.open_tab(Some(person), &conversation);
            return;
        }
        let Some(tab) = self.random.pick(&theirs) else { return };
        match self.random.below(100) {
            0..55 => self.write(tab, false),
            55..62 => self.write(tab, true),
            62..75 => {
                self.story.tell(|| format!("tab {tab} closes the session"));
                self.tell_tab(tab, Input::Close);
            }
            75..80 => self.tell_tab(tab, Input::Typing { on: true }),
            80..88 => self.tell_tab(tab, Input::Read),
            88..90 => self.tell_tab(tab, Input::History),
            90..96 => self.settle_refused(tab),
            96..98 => self.nonsense(tab),
            _ => self.tell_tab(tab, Input::Nudge),
        }
    }

    /// A tab whose worker has closed it for good is opened again by its user.
    pub(super) fn reopen_ended(&mut self) {
        let ended: Vec<_> = self
            .tabs
            .iter()
            .filter(|(_, tab)| matches!(tab.client.link(), Link::Ended { .. }))
            .map(|(id, tab)| (*id, tab.side(), tab.conversation.clone()))
            .collect();
        for (id, side, conversation) in ended {
            self.close_tab(id);
            if side == Side::Visitor {
                self.open_tab(None, &conversation);
            }
        }
    }
}
