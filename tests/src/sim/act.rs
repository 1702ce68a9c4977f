//! One step: time passes, something fails, and somebody does something, by chance.

use super::turns::Job;
use super::wire::TabId;
use super::world::World;
use shared::client::{Input, Link, PendingState};
use shared::conversation::Conversation;
use shared::core;
use shared::desk::{self, Desk};
use shared::id::{ChannelId, ConversationId, MessageId, OperatorId};
use shared::note::Address;
use shared::operator::Operator;
use shared::time::Millis;
use shared::wire::Side;

/// Whoever expects to be away for longer closes the page.
const NIGHT: Millis = Millis::hours(2);

impl World {
    /// Time passes, then somebody does something or something fails.
    pub(super) fn step(&mut self) {
        let pause = self.habits.pause(&mut self.random);
        if pause > NIGHT {
            self.night_falls();
        }
        self.run_until(self.now + pause);
        self.fail();
        for _ in 0..self.random.between(1, 3) {
            self.steps += 1;
            let visitors = self.habits.visitors;
            if self.random.chance(visitors) { self.visitor_acts() } else { self.operator_acts() }
        }
    }

    fn night_falls(&mut self) {
        self.story.tell(|| "most people leave".into());
        for id in self.tabs.keys().copied().collect::<Vec<_>>() {
            if self.random.chance(800) {
                self.close_tab(id);
            }
        }
        for id in self.inboxes.keys().copied().collect::<Vec<_>>() {
            if self.random.chance(850) {
                self.close_inbox(id);
            }
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
            self.jump();
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
        if self.random.chance(self.faults.responsible) {
            self.change_responsible();
        }
    }

    /// All clocks jump forward: what was due in between is late.
    fn jump(&mut self) {
        let most = match self.random.below(20) {
            0..15 => Millis::hours(1),
            15..19 => Millis::days(3),
            // Over a change to summer time and one back.
            _ => Millis::days(200),
        };
        self.now = self.now + Millis(self.random.below(most.0));
        self.story.tell(|| "all clocks jump".into());
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
            0 => self.random.pick(&conversations).map(|id| self.perform::<Conversation>(&id, Job::Alarm)),
            1 => self.random.pick(&desks).map(|id| self.perform::<Desk>(&id, Job::Alarm)),
            _ => self.random.pick(&operators).map(|id| self.perform::<Operator>(&id, Job::Alarm)),
        };
    }

    #[allow(clippy::type_complexity, reason = "used where it is made")]
    fn names(&self) -> (Vec<ConversationId>, Vec<ChannelId>, Vec<OperatorId>) {
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
        let mut settings = self.some_settings();
        let known = self.directory.get(&channel).map(|row| row.settings.clone()).unwrap_or_default();
        // Often only one group of fields is another: what else is under way has to stay as it is.
        match self.random.below(6) {
            0 => settings = shared::settings::Settings { queue: settings.queue, ..known },
            1 => {
                let queue =
                    shared::settings::Queue { members: settings.queue.members, ..known.queue.clone() };
                settings = shared::settings::Settings { queue, ..known };
            }
            2 => settings.queue = known.queue,
            3 => settings = shared::settings::Settings { automatic: settings.automatic, ..known },
            _ => {}
        }
        self.set(&channel, settings);
    }

    /// An administrator saves, after having read the desk's settings; sometimes somebody else was faster.
    pub(super) fn set(&mut self, channel: &ChannelId, settings: shared::settings::Settings) {
        let known = self.desks.get(channel).and_then(|node| node.memory.as_ref()?.core.settings()).cloned();
        let version = known.map_or(1, |row| row.version);
        let version = if self.random.chance(50) { version.saturating_sub(1) } else { version };
        self.story.tell(|| format!("somebody sets desk:{channel} to {settings:?}"));
        let people = self.names_of(&settings);
        let settings = shared::api::VersionedSettings { version, settings };
        self.perform::<Desk>(channel, Job::Input(core::Input::Own(desk::Own::Change { settings, people })));
    }

    /// The CRM has somebody else who is responsible for a visitor.
    fn change_responsible(&mut self) {
        let faces: Vec<_> = self.people.iter().map(super::people::Person::face).collect();
        let face = self.random.pick(&faces).filter(|_| self.random.chance(700));
        let index = self.random.index(self.visitors.len());
        let Some(visitor) = self.visitors.get_mut(index) else { return };
        visitor.responsible.clone_from(&face);
        let id = visitor.id.clone();
        if self.conversations.contains_key(&id) {
            let own = shared::conversation::Own::Responsible(face);
            self.perform::<Conversation>(&id, Job::Input(core::Input::Own(own)));
        }
    }

    // ------------------------------------------------------------------------------------------------- tabs of whomever

    pub(super) fn tabs_of(&self, operator: Option<usize>, conversation: &ConversationId) -> Vec<TabId> {
        let theirs =
            self.tabs.iter().filter(|(_, tab)| tab.operator == operator && tab.conversation == *conversation);
        theirs.map(|(id, _)| *id).collect()
    }

    pub(super) fn some_tab(&mut self, chosen: impl Fn(&super::people::Tab) -> bool) -> Option<TabId> {
        let tabs: Vec<_> = self.tabs.iter().filter(|(_, tab)| chosen(tab)).map(|(id, _)| *id).collect();
        self.random.pick(&tabs)
    }

    pub(super) fn fresh_message(&mut self) -> Option<MessageId> {
        format!("01{:024}", self.fresh_id()).parse().ok()
    }

    /// The writer tries a refused message again, or gives it up.
    pub(super) fn settle_refused(&mut self, tab: TabId) {
        let refused =
            |pending: &&shared::client::Pending| matches!(pending.state, PendingState::Failed { .. });
        let message = self.tabs.get(&tab).and_then(|tab| tab.client.pending().find(refused)).cloned();
        let Some(message) = message else { return };
        if self.random.chance(500) {
            self.tell_tab(tab, Input::Retry(message.id));
        } else {
            self.ledger.discarded.insert(message.id.clone());
            self.tell_tab(tab, Input::Discard(message.id));
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
