//! The end of a run: nothing fails any more, everybody comes back, and all that was promised must come true.

use super::faults::Faults;
use super::kind::Kind;
use super::ledger::is_open;
use super::node::Node;
use super::turns::Job;
use super::world::World;
use shared::client::{Input, PendingState};
use shared::conversation::Conversation;
use shared::desk::{Desk, Place};
use shared::id::{ConversationId, Epoch, SessionId};
use shared::operator::Operator;
use shared::time::Millis;
use shared::wire::{HoursView, RowState, ToInbox};
use std::collections::BTreeMap;

/// Longer than any backoff and any limit of a channel.
const ROUND: Millis = Millis::minutes(2);
const ROUNDS_MAX: u32 = 40;

impl World {
    pub(super) fn heal(&mut self) {
        self.faults = Faults::default();
        self.story.tell(|| "everything heals".into());
        self.wake_all();
        self.everybody_comes_back();
        for _ in 0..ROUNDS_MAX {
            let until = self.now + ROUND;
            while self.now < until && !self.ledger.is_violated() {
                self.run_until(self.now + Millis::seconds(5));
                self.accept_all();
                self.reopen_ended();
            }
            if self.ledger.is_violated() {
                return;
            }
            if self.is_calm() {
                break;
            }
        }
        self.check_liveness();
        self.check_logs();
        self.check_inboxes();
        self.check_ownership();
        self.check_seats(true);
        self.check_versions();
        if self.ledger.is_violated() {
            return;
        }
        self.pass_a_day();
        self.check_hours();
        self.everybody_leaves();
        self.pass_a_day();
        self.pass_a_day();
        self.check_seats(false);
        self.check_books();
    }

    /// The desks know who is there.
    fn check_seats(&mut self, online: bool) {
        let mut wrong = Vec::new();
        for (channel, node) in &self.desks {
            let Some(desk) = node.memory.as_ref().map(|object| &object.core) else { continue };
            let members = desk.settings().map(|row| row.settings.members.clone()).unwrap_or_default();
            for member in members {
                if desk.seat(&member).is_some_and(|seat| seat.online) != online {
                    wrong.push(format!("{channel} has {member}: {:?}", desk.seat(&member)));
                }
            }
        }
        self.check(wrong.is_empty(), "live: a desk is wrong about who is there", || wrong.join("; "));
    }

    /// The directory and all open sessions live by the desks' settings.
    fn check_versions(&mut self) {
        let mut wrong = Vec::new();
        for (channel, node) in &self.desks {
            let Some(desk) = node.memory.as_ref().map(|object| &object.core) else { continue };
            let version = desk.settings().map(|row| row.version);
            if self.directory.get(channel).map(|row| row.version) != version {
                wrong.push(format!("the directory's copy of {channel}"));
            }
            for row in desk.sessions() {
                let node = self.conversations.get(&row.session.conversation);
                let core = node.and_then(|node| node.memory.as_ref()).map(|object| &object.core);
                if core.is_some_and(|core| core.rules_version() < version) {
                    wrong.push(row.session.to_string());
                }
            }
        }
        self.check(wrong.is_empty(), "live: old settings are in use", || wrong.join("; "));
    }

    fn everybody_comes_back(&mut self) {
        for id in self.tabs.keys().copied().collect::<Vec<_>>() {
            self.close_tab(id);
        }
        for id in self.inboxes.keys().copied().collect::<Vec<_>>() {
            self.close_inbox(id);
        }
        for (conversation, _) in self.visitors.clone() {
            self.open_tab(None, &conversation);
        }
        for person in 0..self.people.len() {
            self.open_inbox(person);
        }
        for (operator, conversation) in self.outboxes.keys().cloned().collect::<Vec<_>>() {
            if operator.is_some() {
                self.open_tab(operator, &conversation);
            }
        }
    }

    fn accept_all(&mut self) {
        let inboxes: Vec<_> =
            self.inboxes.iter().filter(|(_, inbox)| inbox.online).map(|(id, _)| *id).collect();
        for id in inboxes {
            if self.inboxes.get(&id).is_some_and(|inbox| !inbox.available) {
                self.inbox_says(id, &ToInbox::Presence { available: true });
            }
            self.decide(id, |_| true);
        }
    }

    /// Whether nobody waits for anything but people.
    fn is_calm(&self) -> bool {
        let offers = self.ledger.rows.values().flat_map(BTreeMap::values);
        self.talkative().is_empty()
            && offers.filter(|row| matches!(row.place, Place::Offered { .. })).count() == 0
            && self.tabs.values().all(|tab| {
                tab.client.pending().all(|pending| matches!(pending.state, PendingState::Failed { .. }))
            })
    }

    fn wake_all(&mut self) {
        for id in self.conversations.keys().cloned().collect::<Vec<_>>() {
            self.perform::<Conversation>(&id, Job::Alarm);
        }
        for id in self.desks.keys().cloned().collect::<Vec<_>>() {
            self.perform::<Desk>(&id, Job::Alarm);
        }
        for id in self.operators.keys().cloned().collect::<Vec<_>>() {
            self.perform::<Operator>(&id, Job::Alarm);
        }
    }

    /// The objects that still have something to tell.
    fn talkative(&self) -> Vec<String> {
        fn of<C: Kind>(nodes: &BTreeMap<C::Id, Node<C>>) -> impl Iterator<Item = String> {
            let quiet = |node: &Node<C>| node.memory.as_ref().is_some_and(|object| object.is_quiet());
            nodes.iter().filter(move |(_, node)| !quiet(node)).map(|(id, _)| C::address(id).to_string())
        }
        of(&self.conversations).chain(of(&self.desks)).chain(of(&self.operators)).collect()
    }

    fn check_liveness(&mut self) {
        let talkative = self.talkative();
        self.check(talkative.is_empty(), "live: notes that were not delivered", || talkative.join("; "));
        let waiting: Vec<String> = self
            .tabs
            .iter()
            .flat_map(|(id, tab)| tab.client.pending().map(move |pending| (id, pending)))
            .filter(|(_, pending)| pending.state == PendingState::Sending)
            .map(|(id, pending)| format!("tab {id}: {pending:?}"))
            .collect();
        self.check(waiting.is_empty(), "live: a message is neither sent nor refused", || waiting.join("; "));
    }

    /// Every client holds the log as its side may see it.
    fn check_logs(&mut self) {
        let mut wrong = Vec::new();
        for (id, tab) in &self.tabs {
            let Some(log) = self.ledger.logs.get(&tab.conversation) else { continue };
            let seen: Vec<_> = log.entries.iter().filter_map(|stored| stored.for_side(tab.side())).collect();
            let held = tab.client.entries();
            let tail = seen.len().checked_sub(held.len()).and_then(|from| seen.get(from..));
            if tail != Some(held) || (held.is_empty() && !seen.is_empty()) {
                wrong.push(format!("tab {id} of {}: {} of {}", tab.conversation, held.len(), seen.len()));
            }
        }
        self.check(wrong.is_empty(), "5: a client does not hold the log", || wrong.join("; "));
    }

    /// The inboxes show what the desks say.
    fn check_inboxes(&mut self) {
        type Listed = BTreeMap<ConversationId, (SessionId, Epoch, bool)>;
        for (index, person) in self.people.clone().into_iter().enumerate() {
            let held = self
                .ledger
                .rows
                .values()
                .flat_map(BTreeMap::values)
                .filter(|row| row.holder().is_some_and(|face| face.id == person.id));
            let expected: Listed = held
                .map(|row| {
                    let offered = matches!(row.place, Place::Offered { .. });
                    (row.session.conversation.clone(), (row.session.clone(), row.epoch, offered))
                })
                .collect();
            let shown = self.inboxes.values().find(|inbox| inbox.person == index).map(|inbox| {
                let rows = inbox.rows.iter().map(|(id, row)| {
                    let offered = matches!(row.state, RowState::Offered { .. });
                    (id.clone(), (row.session.clone(), row.epoch, offered))
                });
                rows.collect::<Listed>()
            });
            self.check(shown.as_ref() == Some(&expected), "live: an inbox shows something else", || {
                format!("{}: {shown:?}, but the desks say {expected:?}", person.name)
            });
        }
    }

    /// Conversations and desks agree on every session.
    fn check_ownership(&mut self) {
        let open: BTreeMap<SessionId, (Epoch, Option<String>)> = self
            .visitors
            .iter()
            .filter_map(|(id, _)| {
                let session = self.ledger.session(id).filter(|session| is_open(session))?;
                let name = SessionId { conversation: id.clone(), number: session.number };
                let holder = match &session.phase {
                    shared::conversation::Phase::Active { owner } => Some(owner.name.clone()),
                    shared::conversation::Phase::Waiting { offer, .. } => {
                        offer.as_ref().map(|offer| offer.to.name.clone())
                    }
                    shared::conversation::Phase::Ended { .. } => None,
                };
                Some((name, (session.epoch, holder)))
            })
            .collect();
        let known: BTreeMap<SessionId, (Epoch, Option<String>)> = self
            .ledger
            .rows
            .values()
            .flat_map(BTreeMap::values)
            .map(|row| (row.session.clone(), (row.epoch, row.holder().map(|face| face.name.clone()))))
            .collect();
        self.check(open == known, "live: desks and conversations disagree", || {
            format!("conversations {open:?}, desks {known:?}")
        });
    }

    /// A visitor who is connected knows whether the channel is open.
    fn check_hours(&mut self) {
        let mut wrong = Vec::new();
        for (id, tab) in self.tabs.iter().filter(|(_, tab)| tab.operator.is_none()) {
            let Some(core) = self
                .conversations
                .get(&tab.conversation)
                .and_then(|node| node.memory.as_ref())
                .map(|object| &object.core)
            else {
                continue;
            };
            let Some(known) = core.hours() else { continue };
            let shown = matches!(tab.client.hours(), HoursView::Closed { .. });
            if core.is_active() && known.state(self.now).is_open() == shown {
                wrong.push(format!("tab {id} of {}: {:?}", tab.conversation, tab.client.hours()));
            }
        }
        self.check(wrong.is_empty(), "5: a visitor was not told the hours", || wrong.join("; "));
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

    /// The books of sessions that are over are thrown away after a day.
    fn check_books(&mut self) {
        let open: Vec<SessionId> = self.ledger.rows.values().flat_map(|rows| rows.keys().cloned()).collect();
        let keys = self.conversations.values().flat_map(|node| node.rows.keys());
        let keys = keys.chain(self.desks.values().flat_map(|node| node.rows.keys()));
        let keys = keys.chain(self.operators.values().flat_map(|node| node.rows.keys()));
        let left: Vec<String> = keys
            .filter(|key| key.contains("session:"))
            .filter(|key| !open.iter().any(|session| key.ends_with(&session.to_string())))
            .cloned()
            .collect();
        self.check(left.is_empty(), "9: books of sessions that are over", || left.join("; "));
    }
}
