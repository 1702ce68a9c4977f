//! A desk in a world without accidents: its store, the model, what the conversations have heard, and what is checked.

use crate::checks::{self, Mirror};
use crate::moves::{Move, Patch, Seen, Told, Who, operator};
use shared::core::{Core as _, Effect, Input, Record as _};
use shared::desk::{Desk, Own, Place, SessionRow, Versioned};
use shared::id::{ChannelId, ConversationId, Epoch, OperatorId, SessionId};
use shared::note::{Address, Arrival, Face, Hint, Note, Topic};
use shared::settings::Settings;
use shared::time::{Millis, Timestamp};
use shared::wire::Target;
use std::collections::BTreeMap;
use tests::model::Model;

const T0: Timestamp = Timestamp(1_000_000_000_000);

/// All of it.
pub(crate) struct World {
    now: Timestamp,
    initial: Settings,
    desk: Desk,
    /// Read back from the store at the last crash.
    twin: Option<Desk>,
    model: Model,
    store: BTreeMap<String, String>,
    mirror: Mirror,
    /// The last session of each conversation.
    last: BTreeMap<u8, Last>,
}

#[derive(Clone, Copy, Default)]
struct Last {
    number: u32,
    run: u32,
    since: Timestamp,
}

fn channel() -> ChannelId {
    "demo".parse().unwrap()
}

fn conversation_id(n: u8) -> ConversationId {
    format!("{n:064x}").parse().unwrap()
}

fn face(n: u8) -> Face {
    face_of(&operator(n))
}

fn face_of(id: &OperatorId) -> Face {
    Face { id: id.clone(), name: format!("Op {id}") }
}

impl World {
    /// A desk that has not begun, and will with these settings.
    pub(crate) fn new(initial: Settings) -> Self {
        Self {
            now: T0,
            initial,
            desk: Desk::restore(channel(), []),
            twin: None,
            model: Model::new(channel()),
            store: BTreeMap::new(),
            mirror: Mirror::default(),
            last: BTreeMap::new(),
        }
    }

    /// Something happens to all of them alike.
    pub(crate) fn step(&mut self, step: &Move) -> Result<(), String> {
        self.now = self.now + Millis(1);
        match step {
            Move::Crash => return self.crash(),
            Move::Lag(length) => {
                self.now = self.now + *length;
                return Ok(());
            }
            Move::ClockBack(length) => {
                self.now = self.now - *length;
                return Ok(());
            }
            Move::Pass(length) => self.now = self.now + *length,
            Move::Ring => self.now = self.desk.poll_timeout().unwrap_or(self.now).max(self.now),
            _ => {}
        }
        let Some(input) = self.input(step) else { return Ok(()) };
        self.take(&input)
    }

    fn take(&mut self, input: &Input<Desk>) -> Result<(), String> {
        let before: Vec<SessionRow> = self.desk.sessions().cloned().collect();
        let effects = handle(&mut self.desk, self.now, input);
        for effect in &effects {
            if let Effect::Persist(record) = effect {
                match record.value() {
                    Some(value) => self.store.insert(record.key(), value),
                    None => self.store.remove(&record.key()),
                };
            }
        }
        self.model.apply(self.now, input);
        self.model.compare(&self.desk)?;
        self.mirror.hear(&effects)?;
        self.mirror.compare(&self.desk)?;
        checks::placements(&self.desk, &before)?;
        checks::nobody_waits_in_vain(&self.desk)?;
        checks::wish_is_answered(&self.desk, input, &effects)?;
        checks::alarm(&self.desk, self.now, input, self.model.next_timer())?;
        if let Some(twin) = &mut self.twin {
            let others = handle(twin, self.now, input);
            checks::same_rows(twin, &self.desk)?;
            checks::same_effects(&others, &effects)?;
        }
        Ok(())
    }

    fn crash(&mut self) -> Result<(), String> {
        let rows = self.store.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let records = shared::core::read_all(rows).map_err(|broken| broken.to_string())?;
        let twin = Desk::restore(channel(), records);
        checks::same_rows(&twin, &self.desk)?;
        self.twin = Some(twin);
        Ok(())
    }

    // -------------------------------------------------------------------------------------------------- moves into inputs

    fn input(&mut self, step: &Move) -> Option<Input<Desk>> {
        match step {
            Move::Begin => {
                let settings = Versioned { version: 1, settings: self.initial.clone() };
                Some(Input::Own(Own::Begin { settings, people: vec![face(1), face(2)] }))
            }
            Move::Arrive { session, again, ago, responsible, claim } => {
                Some(self.arrival(*session, *again, Millis(*ago), *responsible, *claim))
            }
            Move::Told { session, seen, what } => Some(self.told(*session, *seen, what)),
            Move::Wish { session, seen, who, by_reply, takes } => {
                let (id, epoch) = (self.session(*session), self.epoch(*session, *seen));
                let operator = self.who(*session, *who);
                let from = Address::Operator(operator.clone());
                let note = if *takes {
                    Note::Accept { session: id, epoch, operator }
                } else {
                    Note::Skip { session: id, epoch, operator }
                };
                Some(if *by_reply {
                    self.by_conversation(*session, note)
                } else {
                    Input::Note { from, topic: Topic::Standing, note }
                })
            }
            Move::Presence { operator: n, online, available } => {
                let note = Note::Presence { operator: face(*n), online: *online, available: *available };
                Some(Input::Note { from: Address::Operator(operator(*n)), topic: Topic::Standing, note })
            }
            Move::Settings { patch, stale } => self.change(patch, *stale),
            Move::Stray { session } => {
                let (id, run) = (self.session(*session), self.last(*session).run + 1);
                let from = Address::Conversation(id.conversation.clone());
                let topic = Topic::of(&id, run);
                Some(Input::Note { from, topic, note: Note::Ended { session: id, missed: false } })
            }
            Move::Watch { session, on } => {
                let conversation = conversation_id(*session);
                Some(Input::Hint(Hint::Watch { conversation, on: *on }))
            }
            Move::Pass(_) | Move::Ring | Move::RingEarly => Some(Input::Timeout),
            Move::Lag(_) | Move::ClockBack(_) | Move::Crash => None,
        }
    }

    fn arrival(
        &mut self,
        n: u8,
        again: bool,
        ago: Millis,
        responsible: Option<u8>,
        claim: Option<u8>,
    ) -> Input<Desk> {
        let is_here = self.desk.session(&self.session(n)).is_some();
        let mut last = self.last(n);
        if again {
            last.run += 1;
        } else if !is_here {
            last = Last { number: last.number + 1, run: 0, since: self.now - ago };
        }
        self.last.insert(n, last);
        let session = self.session(n);
        let arrival = Arrival {
            session: session.clone(),
            run: last.run,
            since: last.since,
            epoch: self.mirror.epoch(&session),
            settings: 1,
            responsible: responsible.map(face),
            claim: claim.map(face),
        };
        self.by_conversation(n, Note::Arrived(Box::new(arrival)))
    }

    fn told(&self, n: u8, seen: Seen, what: &Told) -> Input<Desk> {
        let (session, epoch) = (self.session(n), self.epoch(n, seen));
        let note = match what {
            Told::Ended { missed } => Note::Ended { session, missed: *missed },
            Told::Standing(standing) => Note::Standing { session, epoch, standing: *standing },
            Told::Abandoned => Note::Abandoned { session, epoch },
            Told::Unanswered => Note::Unanswered { session, epoch },
            Told::Pinned(on) => Note::Pinned { session, epoch, on: *on },
            Told::Intercept(who) => Note::Intercept { session, epoch, by: face_of(&self.who(n, *who)) },
            Told::ToOperator(who) => {
                let to = Target::Operator(self.who(n, *who));
                Note::Transfer { session, epoch, by: face(1), to }
            }
            Told::ToChannel { own } => {
                let to = if *own { channel() } else { "other".parse().unwrap() };
                Note::Transfer { session, epoch, by: face(1), to: Target::Channel(to) }
            }
        };
        self.by_conversation(n, note)
    }

    fn by_conversation(&self, n: u8, note: Note) -> Input<Desk> {
        let session = self.session(n);
        let topic = Topic::of(&session, self.last(n).run);
        Input::Note { from: Address::Conversation(session.conversation), topic, note }
    }

    fn last(&self, n: u8) -> Last {
        self.last.get(&n).copied().unwrap_or_default()
    }

    fn session(&self, n: u8) -> SessionId {
        SessionId { conversation: conversation_id(n), number: self.last(n).number }
    }

    fn epoch(&self, n: u8, seen: Seen) -> Epoch {
        let present = self.mirror.epoch(&self.session(n));
        match seen {
            Seen::Present => present,
            Seen::Former => Epoch(present.0.saturating_sub(1)),
            Seen::Later => present.next(),
        }
    }

    fn who(&self, n: u8, who: Who) -> OperatorId {
        match (who, self.desk.session(&self.session(n)).map(|row| &row.place)) {
            (Who::Operator(n), _) => operator(n),
            (Who::Holder, Some(Place::Offered { to: face, .. } | Place::Owned { owner: face, .. })) => {
                face.id.clone()
            }
            (Who::Holder, Some(Place::Line { shown, .. })) => {
                shown.first().cloned().unwrap_or_else(|| operator(1))
            }
            (Who::Holder, None) => operator(1),
        }
    }

    fn change(&self, patch: &Patch, stale: bool) -> Option<Input<Desk>> {
        let mut settings = self.desk.settings()?.clone();
        settings.version -= u64::from(stale);
        let queue = &mut settings.settings.queue;
        match patch.clone() {
            Patch::All(all) => *queue = all,
            Patch::Members(members) => queue.members = members,
            Patch::Distribution(distribution) => queue.distribution = distribution,
            Patch::Limit(limit) => queue.sessions_at_once = limit,
            Patch::ResponseLimit(limit) => queue.response_limit = limit,
            Patch::Checks(on) => queue.check_availability = on,
            Patch::Counts(until) => queue.counts_until = until,
            Patch::Misses(misses) => queue.misses_before_break = misses,
            Patch::GiveUp(after) => queue.give_up = after,
            Patch::Forward(on) => queue.forward_to_responsible = on,
            Patch::Active(on) => settings.settings.active = on,
            Patch::Notice(on) => settings.settings.automatic.waiting_notice = on,
        }
        Some(Input::Own(Own::Change { settings, people: vec![face(3)] }))
    }
}

/// A refused input changes nothing, which is compared.
fn handle(desk: &mut Desk, now: Timestamp, input: &Input<Desk>) -> Vec<Effect<Desk>> {
    let _refused = desk.handle(now, again(input));
    std::iter::from_fn(|| desk.poll_effect()).collect()
}

fn again(input: &Input<Desk>) -> Input<Desk> {
    match input {
        Input::Note { from, topic, note } => {
            Input::Note { from: from.clone(), topic: topic.clone(), note: note.clone() }
        }
        Input::Own(own) => Input::Own(own.clone()),
        Input::Hint(hint) => Input::Hint(hint.clone()),
        _ => Input::Timeout,
    }
}
