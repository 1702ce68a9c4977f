//! The end of a run: nothing fails any more, everybody comes back, and all that was promised must come true.

use super::faults::Faults;
use super::kind::Kind;
use super::node::Node;
use super::turns::Job;
use super::world::{Event, World};
use shared::client::{Input, PendingState};
use shared::conversation::Conversation;
use shared::desk::Desk;
use shared::id::{ChannelId, OperatorId};
use shared::operator::Operator;
use shared::time::Millis;
use shared::wire::ToInbox;
use std::collections::BTreeMap;

/// Longer than any backoff and most limits of a channel.
const ROUND: Millis = Millis::minutes(2);
const ROUNDS: u32 = 8;
/// Within this all that is on its way has arrived.
const QUIET_MAX: Millis = Millis::minutes(10);
/// Within this a change is told by hints, also where one has overtaken another.
pub(super) const TOLD_SURELY: Millis = Millis::seconds(50);
/// Longer than the grace of an owner, and what is left of a heartbeat.
const GRACES: Millis = Millis::minutes(5);

impl World {
    pub(super) fn heal(&mut self) {
        self.faults = Faults::default();
        self.cut_off.clear();
        self.story.tell(|| "everything heals".into());
        self.wake_all();
        self.everybody_comes_back();
        for round in 0..ROUNDS {
            let until = self.now + ROUND;
            while self.now < until && !self.ledger.is_violated() {
                self.run_until(self.now + Millis::seconds(5));
                self.accept_all(round % 2 == 0);
                self.reopen_ended();
            }
        }
        let stages: [fn(&mut Self); 6] = [
            Self::check_what_is_shared,
            Self::take_a_break,
            Self::pass_a_day,
            Self::check_what_is_shared,
            Self::leave_visitors_waiting,
            Self::everything_ends,
        ];
        for stage in stages {
            if self.ledger.is_violated() {
                return;
            }
            stage(self);
        }
    }

    fn check_what_is_shared(&mut self) {
        self.settle_down();
        self.forget_what_was_told();
        self.settle_down();
        self.check_delivered();
        self.check_logs();
        self.check_views();
        self.check_agreement();
        self.check_inboxes();
        self.check_presence();
        self.check_versions();
        self.check_hours();
        self.check_hints();
    }

    /// Nobody is free, and visitors are told so; then somebody is again. Of two changes in a row the second is held back:
    /// a desk that sleeps meanwhile tells of it all the same.
    fn take_a_break(&mut self) {
        for available in [false, true] {
            self.everybody_is(available);
            self.check_what_is_mentioned();
        }
        for available in [false, true] {
            self.everybody_is(available);
            self.run_until(self.now + Millis::seconds(2));
        }
        self.evict_desks();
        self.check_what_is_mentioned();
    }

    fn everybody_is(&mut self, available: bool) {
        for id in self.inboxes.keys().copied().collect::<Vec<_>>() {
            self.inbox_says(id, &ToInbox::Presence { available });
        }
    }

    fn check_what_is_mentioned(&mut self) {
        self.run_until(self.now + TOLD_SURELY);
        self.settle_down();
        self.check_hints();
        self.check_presence();
    }

    /// The owners leave for good while visitors wait for them: what is theirs goes on.
    fn leave_visitors_waiting(&mut self) {
        for (tab, who) in self.tabs.iter().map(|(id, tab)| (*id, tab.operator)).collect::<Vec<_>>() {
            if who.is_none() && self.random.chance(500) {
                self.write(tab, false);
            }
        }
        self.run_until(self.now + Millis::seconds(5));
        self.everybody_leaves();
        self.run_until(self.now + GRACES);
        self.settle_down();
        self.check_abandoned();
        self.check_agreement();
    }

    fn everything_ends(&mut self) {
        self.pass_a_day();
        self.pass_a_day();
        self.settle_down();
        self.check_presence();
        self.check_agreement();
        self.check_books();
    }

    /// What was lost on its way is told again: what is only mentioned has to be true from here on.
    fn forget_what_was_told(&mut self) {
        self.evict_desks();
        for id in self.desks.keys().cloned().collect::<Vec<_>>() {
            self.perform::<Desk>(&id, Job::Alarm);
        }
        // Some conversations fall asleep: whoever looks on is to hear of changes all the same. One without a message has
        // nothing stored to wake from; its visitor hears again when they come back or write.
        for id in self.conversations.keys().cloned().collect::<Vec<_>>() {
            let begun = self.ledger.talks.get(&id).is_some_and(|talk| talk.head.is_some());
            if begun && self.random.chance(500) {
                self.evict::<Conversation>(&id);
            }
        }
        self.run_until(self.now + TOLD_SURELY);
    }

    fn evict_desks(&mut self) {
        for id in self.desks.keys().cloned().collect::<Vec<ChannelId>>() {
            self.evict::<Desk>(&id);
        }
    }

    fn everybody_comes_back(&mut self) {
        for id in self.tabs.keys().copied().collect::<Vec<_>>() {
            self.close_tab(id);
        }
        for id in self.inboxes.keys().copied().collect::<Vec<_>>() {
            self.close_inbox(id);
        }
        for visitor in self.visitors.clone() {
            self.open_tab(None, &visitor.id);
        }
        for person in 0..self.people.len() {
            if self.people.get(person).is_some_and(|person| !person.absent) {
                self.open_inbox(person);
            }
        }
        for (operator, conversation) in self.outboxes.keys().cloned().collect::<Vec<_>>() {
            if operator.is_some() {
                self.open_tab(operator, &conversation);
            }
        }
    }

    fn accept_all(&mut self, twice: bool) {
        let inboxes: Vec<_> =
            self.inboxes.iter().filter(|(_, inbox)| inbox.online).map(|(id, _)| *id).collect();
        for id in inboxes {
            if self.inboxes.get(&id).is_some_and(|inbox| !inbox.available) {
                self.inbox_says(id, &ToInbox::Presence { available: true });
            }
            self.decide(id, true);
            if twice {
                self.decide(id, true);
            }
        }
    }

    /// Runs until nothing is on its way.
    pub(super) fn settle_down(&mut self) {
        let until = self.now + QUIET_MAX;
        while self.now < until && !self.ledger.is_violated() {
            if self.is_quiet() {
                return;
            }
            self.run_until(self.now + Millis(250));
            self.reopen_ended();
        }
    }

    fn is_quiet(&self) -> bool {
        let soon = self.now + Millis::seconds(1);
        let travels = |event: &Event| {
            matches!(
                event,
                Event::Deliver(_) | Event::Answered(..) | Event::Mention(..) | Event::Up(_) | Event::Down(_)
            )
        };
        self.talkative().is_empty() && !self.queue.range(..(soon, 0)).any(|(_, event)| travels(event))
    }

    /// Whether something has not been delivered at all, after so long.
    fn check_delivered(&mut self) {
        let talkative = self.talkative();
        self.check(talkative.is_empty(), "live: notes that were not delivered", || talkative.join("; "));
        let waiting: Vec<String> = self
            .tabs
            .iter()
            .flat_map(|(id, tab)| tab.client.pending().map(move |pending| (id, &tab.conversation, pending)))
            .filter(|(.., pending)| pending.state == PendingState::Sending)
            .map(|(id, conversation, pending)| format!("tab {id} of {conversation}: {pending:?}"))
            .collect();
        self.check(waiting.is_empty(), "live: a message is neither sent nor refused", || waiting.join("; "));
    }

    fn wake_all(&mut self) {
        for id in self.conversations.keys().cloned().collect::<Vec<_>>() {
            self.perform::<Conversation>(&id, Job::Alarm);
        }
        for id in self.desks.keys().cloned().collect::<Vec<ChannelId>>() {
            self.perform::<Desk>(&id, Job::Alarm);
        }
        for id in self.operators.keys().cloned().collect::<Vec<OperatorId>>() {
            self.perform::<Operator>(&id, Job::Alarm);
        }
    }

    /// The objects that still have something to tell.
    fn talkative(&self) -> Vec<String> {
        fn of<C: Kind>(nodes: &BTreeMap<C::Id, Node<C>>) -> impl Iterator<Item = String> {
            let quiet = |node: &Node<C>| node.memory.as_ref().is_none_or(|object| object.is_quiet());
            nodes.iter().filter(move |(_, node)| !quiet(node)).map(|(id, _)| C::address(id).to_string())
        }
        of(&self.conversations).chain(of(&self.desks)).chain(of(&self.operators)).collect()
    }

    fn everybody_leaves(&mut self) {
        for id in self.tabs.keys().copied().collect::<Vec<_>>() {
            self.tell_tab(id, Input::Stop);
        }
        for id in self.inboxes.keys().copied().collect::<Vec<_>>() {
            self.close_inbox(id);
        }
    }

    fn pass_a_day(&mut self) {
        for _ in 0..25 {
            self.run_until(self.now + Millis::hours(1));
        }
    }
}
