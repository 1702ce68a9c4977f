//! What must be true once nothing fails and nothing is on its way: all parts say the same.

use super::check::stands_for_one;
use super::heal::TOLD_SURELY;
use super::world::World;
use super::zones::is_open;
use shared::conversation::{Form, Kind, Phase, Session};
use shared::desk::{Place, SessionRow};
use shared::hours::State;
use shared::id::{ConversationId, Epoch, OperatorId, SessionId};
use shared::note::{Standing, Topic};
use shared::time::{Millis, Timestamp};
use shared::wire::{FormView, HoursView, InboxRow, RowState, SessionView, Side};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What an inbox has to show of one session.
type Listed = (SessionId, Epoch, RowState, bool);

impl World {
    /// Every client holds the log as its side may see it.
    pub(super) fn check_logs(&mut self) {
        let mut wrong = Vec::new();
        for (id, tab) in &self.tabs {
            let Some(talk) = self.ledger.talks.get(&tab.conversation) else { continue };
            let seen: Vec<_> =
                talk.log.entries.iter().filter_map(|entry| entry.for_side(tab.side())).collect();
            let held = tab.client.entries();
            let tail = seen.len().checked_sub(held.len()).and_then(|from| seen.get(from..));
            if tail != Some(held) || (held.is_empty() && !seen.is_empty()) {
                wrong.push(format!("tab {id} of {}: {} of {}", tab.conversation, held.len(), seen.len()));
            }
        }
        self.check(wrong.is_empty(), "5: a client does not hold the log", || wrong.join("; "));
    }

    /// Every client is shown where the session stands, and visitors whether they are asked for their contact.
    pub(super) fn check_views(&mut self) {
        let mut wrong = Vec::new();
        for (id, tab) in &self.tabs {
            let Some(talk) = self.ledger.talks.get(&tab.conversation).filter(|_| tab.wire.is_some()) else {
                continue;
            };
            let session = talk.session.as_deref();
            let (is, shown) = (session.map(stands), shows(tab.client.session()));
            if is != shown {
                wrong.push(format!("tab {id} of {}: {shown:?}, but {is:?}", tab.conversation));
            }
            let form = session.map_or(Form::Off, |session| session.form);
            let shown = tab.client.form();
            let right = match form {
                Form::Off => *shown == FormView::Off,
                Form::Given => *shown == FormView::Given,
                Form::OffHours | Form::NoAnswer => matches!(shown, FormView::Asked { .. }),
            };
            // Where there are no forms, words have asked.
            let plain = talk.head.as_ref().is_some_and(|head| head.plain);
            if tab.side() == Side::Visitor && !right && !plain {
                wrong.push(format!("tab {id} of {}: form {shown:?}, but {form:?}", tab.conversation));
            }
        }
        self.check(wrong.is_empty(), "live: a client is shown something else", || wrong.join("; "));
    }

    /// Conversations and desks agree on every session: who holds it, in which ownership, how it stands, whether it is held.
    pub(super) fn check_agreement(&mut self) {
        let mut rows: BTreeMap<SessionId, Rc<SessionRow>> = BTreeMap::new();
        let mut wrong = Vec::new();
        for (channel, counter) in &self.ledger.counters {
            for row in counter.rows.values() {
                let Some(session) = self.open_session(&row.session) else {
                    wrong
                        .push(format!("{} is over, but desk:{channel} has it: {:?}", row.session, row.place));
                    continue;
                };
                let until = counter
                    .settings
                    .as_ref()
                    .map(|known| known.settings.queue.counts_until)
                    .unwrap_or_default();
                let differs = difference(session, row, |standing| stands_for_one(standing, until));
                wrong.extend(differs.map(|what| format!("{} at desk:{channel}: {what}", row.session)));
                if rows.insert(row.session.clone(), Rc::clone(row)).is_some() {
                    wrong.push(format!("{} is at two desks", row.session));
                }
            }
        }
        for (id, talk) in &self.ledger.talks {
            let Some(session) = talk.session.as_ref().filter(|session| session.is_open()) else { continue };
            let name = SessionId { conversation: id.clone(), number: session.number };
            if !rows.contains_key(&name) {
                wrong.push(format!("{name} is at no desk: {:?}", session.phase));
            }
        }
        self.check(wrong.is_empty(), "live: desks and conversations disagree", || wrong.join("; "));
    }

    fn open_session(&self, id: &SessionId) -> Option<&Session> {
        let session = self.ledger.talks.get(&id.conversation)?.session.as_deref()?;
        (session.number == id.number && session.is_open()).then_some(session)
    }

    /// The inboxes show what the conversations say.
    pub(super) fn check_inboxes(&mut self) {
        let mut wrong = Vec::new();
        for (index, person) in self.people.iter().enumerate() {
            let expected: Vec<Listed> = self.expected_rows(&person.id);
            let stored = self.operators.get(&person.id).and_then(|node| node.memory.as_ref());
            let stored: Vec<Listed> =
                stored.map(|object| object.core.rows().map(listed).collect()).unwrap_or_default();
            if stored != expected {
                wrong.push(format!("{}: {}", person.name, differing(&stored, &expected)));
            }
            let shown = self.inboxes.values().find(|inbox| inbox.person == index && inbox.online);
            let shown: Option<Vec<Listed>> = shown.map(|inbox| inbox.rows.values().map(listed).collect());
            if let Some(shown) = shown.filter(|shown| *shown != expected) {
                wrong.push(format!("{} sees {}", person.name, differing(&shown, &expected)));
            }
        }
        self.check(wrong.is_empty(), "live: an inbox shows something else", || wrong.join("; "));
    }

    fn expected_rows(&self, person: &OperatorId) -> Vec<Listed> {
        let rows = self.ledger.talks.iter().filter_map(|(id, talk)| {
            let session = talk.session.as_deref()?;
            let state = row_of(session, person)?;
            let name = SessionId { conversation: id.clone(), number: session.number };
            Some((name, session.epoch, state, session.pinned))
        });
        rows.collect()
    }

    /// The desks know who is there and who takes sessions, and whoever they follow knows of them.
    pub(super) fn check_presence(&mut self) {
        let mut wrong = Vec::new();
        for (index, person) in self.people.iter().enumerate() {
            let here = self.inboxes.values().any(|inbox| inbox.person == index);
            let Some(presence) = self.operators.get(&person.id).and_then(|node| node.memory.as_ref()) else {
                continue;
            };
            let presence = presence.core.presence();
            if presence.online != here {
                wrong.push(format!("{} is online: {}, but {here}", person.name, presence.online));
            }
            for (channel, counter) in &self.ledger.counters {
                let seat = counter.seats.get(&person.id);
                if seat.is_some() != presence.channels.contains(channel) {
                    wrong.push(format!(
                        "{} and desk:{channel} disagree on whether they are followed",
                        person.name
                    ));
                }
                let Some(seat) = seat else { continue };
                if (seat.online, seat.available) != (presence.online, presence.available) {
                    wrong.push(format!("desk:{channel} has {seat:?}, but {presence:?}"));
                }
            }
        }
        self.check(wrong.is_empty(), "live: a desk is wrong about who is there", || wrong.join("; "));
    }

    /// The directory and all open sessions live by the desks' settings.
    pub(super) fn check_versions(&mut self) {
        let mut wrong = Vec::new();
        for (channel, counter) in &self.ledger.counters {
            if self.directory.get(channel) != counter.settings.as_deref() {
                wrong.push(format!("the directory's copy of {channel}"));
            }
            let version = counter.settings.as_ref().map(|known| known.version);
            for row in counter.rows.values() {
                let node = self.conversations.get(&row.session.conversation);
                let core = node.and_then(|node| node.memory.as_ref()).map(|object| &object.core);
                let known = core.and_then(|core| core.present_rules());
                if known.is_some_and(|known| known.channel != *channel || Some(known.version) != version) {
                    wrong.push(row.session.to_string());
                }
            }
        }
        self.check(wrong.is_empty(), "live: old settings are in use", || wrong.join("; "));
    }

    /// A visitor who is connected knows whether the channel is open.
    pub(super) fn check_hours(&mut self) {
        let mut wrong = Vec::new();
        for (id, tab) in self.tabs.iter().filter(|(_, tab)| tab.operator.is_none() && tab.wire.is_some()) {
            let node = self.conversations.get(&tab.conversation).and_then(|node| node.memory.as_ref());
            let Some(rules) = node.and_then(|object| object.core.present_rules()) else { continue };
            let schedule = rules.settings.working_hours.schedule.as_ref();
            let (shown, is) = (tab.client.hours(), is_open(schedule, self.now));
            let wrong_by_the_clock = is.is_some_and(|is| is == matches!(shown, HoursView::Closed { .. }));
            let known = node.and_then(|object| object.core.hours()).filter(|_| schedule.is_some());
            let right = match (known.map(|hours| hours.state(self.now)), shown) {
                (None, _) => true,
                (Some(State::Always), HoursView::AlwaysOpen) => true,
                (Some(State::Open { until }), HoursView::Open { until: told }) => until == *told,
                (Some(State::Closed { opens }), HoursView::Closed { opens: told, .. }) => opens == *told,
                _ => false,
            };
            if wrong_by_the_clock || !right {
                wrong.push(format!("tab {id} of {}: {shown:?}, but {is:?}", tab.conversation));
            }
        }
        self.check(wrong.is_empty(), "5: a visitor was not told the hours", || wrong.join("; "));
    }

    /// Who waits was told their place, and who looks on whether somebody is free: not at once, but within a while.
    pub(super) fn check_hints(&mut self) {
        let told = |since: Timestamp| since + TOLD_SURELY <= self.now;
        let mut wrong = Vec::new();
        for (id, tab) in self.tabs.iter().filter(|(_, tab)| tab.operator.is_none() && tab.wire.is_some()) {
            let Some(visitor) = self.visitors.iter().find(|visitor| visitor.id == tab.conversation) else {
                continue;
            };
            let Some(counter) = self.ledger.counters.get(&visitor.channel) else { continue };
            let session = self.ledger.talks.get(&tab.conversation).and_then(|talk| talk.session.as_deref());
            if session.is_none_or(|session| !session.is_open()) {
                let (free, since) = counter.available;
                if told(since) && tab.client.available() != Some(free) {
                    wrong.push(format!(
                        "tab {id} of {}: {:?}, but {free}",
                        visitor.id,
                        tab.client.available()
                    ));
                }
                continue;
            }
            let counters = self.ledger.counters.values().filter(|counter| told(counter.line_since));
            let mut places = counters.filter(|counter| {
                counter.settings.as_ref().is_some_and(|known| known.settings.automatic.waiting_notice)
            });
            let place = places.find_map(|counter| {
                let mut line = counter.line().into_iter().map(|row| &row.session.conversation);
                line.position(|waiting| *waiting == visitor.id)
            });
            let shown = match tab.client.session() {
                SessionView::Waiting { place, beyond, .. } => place.map(|place| (place, *beyond)),
                _ => None,
            };
            let place = place.map(|index| u32::try_from(index).unwrap_or(u32::MAX) + 1);
            let right = place.map(|place| if place <= 20 { (place, false) } else { (20, true) });
            if right.is_some() && right != shown {
                wrong.push(format!("tab {id} of {}: place {shown:?}, but {right:?}", visitor.id));
            }
        }
        self.check(wrong.is_empty(), "live: a visitor was told something else", || wrong.join("; "));
    }

    /// Nobody who waits for an answer is left with an owner who has gone.
    pub(super) fn check_abandoned(&mut self) {
        let mut wrong = Vec::new();
        for (channel, counter) in &self.ledger.counters {
            let checks =
                counter.settings.as_ref().is_some_and(|known| known.settings.queue.check_availability);
            for row in counter.rows.values().filter(|row| checks && !row.pinned) {
                let waits = self.open_session(&row.session).is_some_and(|session| {
                    matches!(session.phase, Phase::Active { .. }) && session.awaiting_since.is_some()
                });
                if waits && row.owner().is_some() {
                    wrong.push(format!("{} at desk:{channel} with {:?}", row.session, row.place));
                }
            }
        }
        self.check(wrong.is_empty(), "live: a visitor waits for an owner who has gone", || wrong.join("; "));
    }

    /// The books of sessions that are over are thrown away after a day.
    pub(super) fn check_books(&mut self) {
        let rows = self.ledger.counters.values().flat_map(|counter| counter.rows.values());
        let rows = rows.map(|row| Topic::of(&row.session, row.run).to_string());
        // A missed session is not over while it stays in inboxes; and one may have ended only today.
        let today = self.now - Millis::hours(25);
        let talks = self.ledger.talks.iter().filter_map(|(id, talk)| Some((id, talk.session.as_deref()?)));
        let named = |(id, session): (&ConversationId, &Session)| {
            (SessionId { conversation: id.clone(), number: session.number }, session.run)
        };
        let missed = talks.clone().filter(|(_, session)| !session.heirs.is_empty()).map(named);
        let fresh = talks
            .filter(|(_, session)| matches!(session.phase, Phase::Ended { at, .. } if at > today))
            .map(named)
            .flat_map(|(name, last)| (0..=last).map(move |run| (name.clone(), run)));
        let past = missed.chain(fresh).map(|(name, run)| Topic::of(&name, run).to_string());
        let open: Vec<String> = rows.chain(past).collect();
        let keys = self.conversations.values().flat_map(|node| node.rows.keys());
        let keys = keys.chain(self.desks.values().flat_map(|node| node.rows.keys()));
        let keys = keys.chain(self.operators.values().flat_map(|node| node.rows.keys()));
        let left: Vec<String> = keys
            .filter(|key| key.contains("session:"))
            .filter(|key| !open.iter().any(|topic| key.ends_with(topic.as_str())))
            .cloned()
            .collect();
        self.check(left.is_empty(), "9: books of sessions that are over", || left.join("; "));
    }
}

/// What a conversation and a desk do not agree on.
fn difference(session: &Session, row: &SessionRow, counts: impl Fn(Standing) -> bool) -> Option<String> {
    let ids = |who: Option<&shared::note::Face>| who.map(|face| face.id.clone());
    let (owner, desk_owner) = (ids(session.owner()), ids(row.owner()));
    let (offer, shown) = match &session.phase {
        Phase::Waiting { offer, shown, .. } => {
            (offer.as_ref().map(|offer| (offer.to.id.clone(), offer.until)), shown.clone())
        }
        Phase::Active { .. } | Phase::Closing { .. } | Phase::Ended { .. } => (None, Default::default()),
    };
    let (desk_offer, desk_shown) = match &row.place {
        Place::Offered { to, until } => (Some((to.id.clone(), *until)), Default::default()),
        Place::Line { shown, .. } => (None, shown.clone()),
        Place::Owned { .. } => (None, Default::default()),
    };
    let closing = matches!(session.phase, Phase::Closing { .. });
    let standing = match (closing, session.replied, session.awaiting_since) {
        (true, ..) => Standing::Closing,
        (false, false, _) => Standing::Fresh,
        (false, true, Some(_)) => Standing::Awaiting,
        (false, true, None) => Standing::Answered,
    };
    let owned = owner.is_some();
    let checks = [
        (session.run == row.run, format!("run {} or {}", session.run, row.run)),
        (session.epoch == row.epoch, format!("epoch {} or {}", session.epoch, row.epoch)),
        (session.since == row.since, "since when".to_owned()),
        (owner == desk_owner, format!("owner {owner:?} or {desk_owner:?}")),
        (offer == desk_offer, format!("offered {offer:?} or {desk_offer:?}")),
        (shown == desk_shown, format!("shown {shown:?} or {desk_shown:?}")),
        (session.pinned == row.pinned, format!("pinned {} or {}", session.pinned, row.pinned)),
        (
            !owned || counts(standing) == counts(row.standing),
            format!("standing {standing:?} or {:?}", row.standing),
        ),
        (!owned || closing == (row.standing == Standing::Closing), "whether it is closed".to_owned()),
        (session.why == row.why, format!("why {:?} or {:?}", session.why, row.why)),
    ];
    let differs: Vec<String> = checks.into_iter().filter(|(same, _)| !same).map(|(_, what)| what).collect();
    (!differs.is_empty()).then(|| differs.join(", "))
}

/// What an operator has to do with a session.
fn row_of(session: &Session, person: &OperatorId) -> Option<RowState> {
    let joined = session.joined.contains_key(person);
    let owner = session.owner().map(|owner| owner.name.clone()).unwrap_or_default();
    let mine = session.is_owned_by(person);
    match &session.phase {
        Phase::Waiting { offer: Some(offer), .. } if offer.to.id == *person => {
            Some(RowState::Offered { since: offer.since, until: offer.until })
        }
        Phase::Waiting { shown, .. } if shown.contains(person) => {
            Some(RowState::Shown { since: session.since })
        }
        Phase::Active { .. } if mine && session.awaiting_since.is_some() => Some(RowState::InWork),
        Phase::Active { .. } if mine => Some(RowState::Answered),
        Phase::Closing { until, .. } if mine => Some(RowState::Closing { until: *until }),
        Phase::Ended { .. } => session.heirs.contains(person).then_some(RowState::Missed),
        _ => joined.then_some(RowState::Joined { owner }),
    }
}

fn listed(row: &InboxRow) -> Listed {
    (row.session.clone(), row.epoch, row.state.clone(), row.pinned)
}

fn differing(one: &[Listed], other: &[Listed]) -> String {
    let extra: Vec<_> = one.iter().filter(|row| !other.contains(row)).collect();
    let missing: Vec<_> = other.iter().filter(|row| !one.contains(row)).collect();
    format!("{extra:?} in place of {missing:?}")
}

/// Where a session stands, as far as every reader is shown it.
fn stands(session: &Session) -> (Kind, u32, Option<Epoch>) {
    let epoch = session.is_open().then_some(session.epoch);
    (session.phase.kind(), session.number, epoch)
}

const fn shows(view: &SessionView) -> Option<(Kind, u32, Option<Epoch>)> {
    match view {
        SessionView::None => None,
        SessionView::Waiting { number, epoch, .. } => Some((Kind::Waiting, *number, Some(*epoch))),
        SessionView::Active { number, epoch, .. } => Some((Kind::Active, *number, Some(*epoch))),
        SessionView::Closing { number, epoch, .. } => Some((Kind::Closing, *number, Some(*epoch))),
        SessionView::Ended { number, missed, .. } => {
            Some((if *missed { Kind::Missed } else { Kind::Ended }, *number, None))
        }
    }
}
