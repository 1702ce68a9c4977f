//! The rules of routing, written to be obviously right: lists that are searched from the front each time, and nothing that is
//! remembered but what has happened. It takes what a desk takes, and says where the desk differs.

mod events;

use shared::core::Input;
use shared::desk::{Desk, OWNER_GRACE, Place, Seat, SessionRow, Versioned};
use shared::id::{ChannelId, Epoch, OperatorId, SessionId};
use shared::limits::SHOWN_MAX;
use shared::note::{Face, Note, Standing, Topic};
use shared::settings::{CountsUntil, Distribution, Queue};
use shared::time::Timestamp;
use std::collections::BTreeSet;
use std::fmt::Debug;

/// A channel's line, offers and owners as they have to be; but for names, and why.
#[derive(Clone, Debug)]
pub struct Model {
    channel: ChannelId,
    settings: Option<Versioned>,
    people: Vec<Seat>,
    sessions: Vec<SessionRow>,
}

/// What happens when its time comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    OfferPasses(SessionId, OperatorId),
    NextRound(SessionId),
    GivenUp(SessionId),
    GraceEnds(OperatorId),
}

const LINE: Place = Place::Line { next_round: None, shown: BTreeSet::new() };

impl Model {
    /// A channel that has no settings yet.
    pub const fn new(channel: ChannelId) -> Self {
        Self { channel, settings: None, people: Vec::new(), sessions: Vec::new() }
    }

    /// The same has happened to the desk.
    pub fn apply(&mut self, now: Timestamp, input: &Input<Desk>) {
        match input {
            Input::Note { topic, note, .. } if self.is_current(topic, note) => self.note(now, note),
            Input::Own(own) => self.own(now, own),
            Input::Timeout => {
                while let Some((_, due)) = self.timers().into_iter().min().filter(|(at, _)| *at <= now) {
                    self.falls_due(now, due);
                }
            }
            _ => {}
        }
        self.place_all(now);
        self.notice_absence();
        self.dismiss_guests();
    }

    /// When the alarm has to ring.
    pub fn next_timer(&self) -> Option<Timestamp> {
        self.timers().into_iter().map(|(at, _)| at).min()
    }

    /// Compares every session, every person, and how many sessions count against them.
    ///
    /// # Errors
    /// What the desk has, and what it has to be.
    pub fn compare(&self, desk: &Desk) -> Result<(), String> {
        let sessions: Vec<SessionRow> = desk.sessions().cloned().map(without_words).collect();
        same(&sessions, &sorted(&self.sessions, |row| row.session.clone()))?;
        let seats: Vec<Seat> =
            desk.seats().map(|seat| Seat { face: face(&seat.face.id), ..seat.clone() }).collect();
        same(&seats, &sorted(&self.people, |seat| seat.face.id.clone()))?;
        let who = || self.people.iter().map(|seat| seat.face.id.clone());
        let at_desk: Vec<_> = who().map(|id| (desk.load(&id), id)).collect();
        same(&at_desk, &who().map(|id| (self.load(&id), id)).collect::<Vec<_>>())?;
        same(&[desk.is_available()], &[self.queue().members.iter().any(|who| self.can_take_one(who))])
    }

    // ------------------------------------------------------------------------------------------------------- what is known

    fn is_active(&self) -> bool {
        self.settings.as_ref().is_some_and(|known| known.settings.active)
    }

    fn queue(&self) -> Queue {
        self.settings.as_ref().map(|known| known.settings.queue.clone()).unwrap_or_default()
    }

    fn person(&mut self, who: &OperatorId) -> Option<&mut Seat> {
        self.people.iter_mut().find(|seat| seat.face.id == *who)
    }

    fn session(&mut self, id: &SessionId) -> Option<&mut SessionRow> {
        self.sessions.iter_mut().find(|row| row.session == *id)
    }

    /// The session, if whoever speaks of it saw its present ownership.
    fn seen(&mut self, id: &SessionId, epoch: Epoch) -> Option<&mut SessionRow> {
        self.session(id).filter(|row| row.epoch == epoch)
    }

    /// Whether a note belongs to a session that is here, in this very run.
    fn is_current(&self, topic: &Topic, note: &Note) -> bool {
        let known = |row: &SessionRow| Topic::of(&row.session, row.run) == *topic;
        *topic == Topic::Standing || matches!(note, Note::Arrived(_)) || self.sessions.iter().any(known)
    }

    fn counts(&self, row: &SessionRow) -> bool {
        let queue = self.queue();
        match (&row.place, queue.counts_until) {
            (Place::Line { .. }, _) => false,
            (Place::Offered { .. }, _) => queue.distribution != Distribution::Everyone,
            (Place::Owned { .. }, CountsUntil::FirstReply) => row.standing == Standing::Fresh,
            (Place::Owned { .. }, CountsUntil::EachReply) => {
                row.standing == Standing::Fresh || row.standing == Standing::Awaiting
            }
            (Place::Owned { .. }, CountsUntil::Close) => row.standing != Standing::Closing,
        }
    }

    fn load(&self, who: &OperatorId) -> u32 {
        let counted = self.sessions.iter().filter(|row| holder(row) == Some(who) && self.counts(row));
        counted.count().try_into().unwrap_or(u32::MAX)
    }

    fn is_full(&self, who: &OperatorId) -> bool {
        let limit = self.queue().sessions_at_once;
        limit != 0 && self.load(who) >= limit
    }

    fn can_take_one(&self, who: &OperatorId) -> bool {
        let is_there = |seat: &Seat| seat.face.id == *who && seat.online && seat.available;
        let there = !self.queue().check_availability || self.people.iter().any(is_there);
        self.is_active() && there && !self.is_full(who)
    }

    // ------------------------------------------------------------------------------------------------------------- placing

    /// Oldest first, each that somebody can take is offered to the best of them, or shown to all of them.
    fn place_all(&mut self, now: Timestamp) {
        let queue = self.queue();
        let to_everyone = queue.distribution == Distribution::Everyone;
        let mut line = sorted(&self.sessions, |row| (row.since, row.session.clone()));
        line.retain(|row| matches!(row.place, Place::Line { .. }));
        for (index, SessionRow { session: id, tried, .. }) in line.into_iter().enumerate() {
            let able: Vec<_> = queue.members.iter().filter(|who| self.can_take_one(who)).cloned().collect();
            let eligible: Vec<_> = able.iter().filter(|who| !tried.contains(who)).cloned().collect();
            let winner = match queue.distribution {
                Distribution::Evenly => self.least_busy(&eligible),
                Distribution::InOrder => eligible.first().cloned(),
                Distribution::Everyone => None,
            };
            if let Some(winner) = winner {
                self.offer(now, &id, &winner);
                continue;
            }
            let is_within = !to_everyone || index < SHOWN_MAX;
            let Some(Place::Line { next_round, shown }) = self.session(&id).map(|row| &mut row.place) else {
                continue;
            };
            if is_within && !eligible.is_empty() {
                *next_round = None;
            } else if is_within && !able.is_empty() {
                next_round.get_or_insert(now + queue.response_limit);
            }
            *shown = if is_within { eligible.into_iter().collect() } else { BTreeSet::new() };
        }
    }

    /// The lowest load; then the longest since a session last came to them; then the order of the members.
    fn least_busy(&self, eligible: &[OperatorId]) -> Option<OperatorId> {
        let seat = |who: &OperatorId| self.people.iter().find(|seat| seat.face.id == *who);
        let last = |who: &OperatorId| seat(who).map(|seat| seat.last_assigned);
        eligible.iter().min_by_key(|who| (self.load(who), last(who))).cloned()
    }

    fn offer(&mut self, now: Timestamp, id: &SessionId, to: &OperatorId) {
        let until = now + self.queue().response_limit;
        self.put(id, Place::Offered { to: face(to), until });
        if let Some(seat) = self.person(to) {
            seat.last_assigned = now;
        }
    }

    /// Whoever takes a session is there, whatever was heard of them last.
    fn give(&mut self, now: Timestamp, id: &SessionId, by: &OperatorId) {
        self.put(id, Place::Owned { owner: face(by), away: false });
        if let Some(row) = self.session(id) {
            row.tried.clear();
            row.standing = Standing::Fresh;
        }
        if let Some(seat) = self.person(by) {
            (seat.last_assigned, seat.missed, seat.orphaned) = (now, 0, false);
            seat.away_since = seat.away_since.map(|_| now);
        }
    }

    /// Back to the line, at its original place. After an owner it waits anew.
    fn moves_on(&mut self, now: Timestamp, id: &SessionId) {
        if let Some(row) = self.session(id).filter(|row| owner(row).is_some()) {
            row.waiting_since = now;
        }
        self.put(id, LINE);
    }

    fn move_on_all(&mut self, now: Timestamp, which: impl Fn(&SessionRow) -> bool) {
        let moved: Vec<_> = self.sessions.iter().filter(|row| which(row)).cloned().collect();
        for row in moved {
            self.moves_on(now, &row.session);
        }
    }

    /// Each change of ownership is counted.
    fn put(&mut self, id: &SessionId, place: Place) {
        if let Some(row) = self.session(id) {
            row.epoch = row.epoch.next();
            row.pinned = false;
            row.place = place;
        }
    }

    fn forget(&mut self, id: &SessionId) {
        self.sessions.retain(|row| row.session != *id);
    }

    // ---------------------------------------------------------------------------------------------------------------- time

    fn timers(&self) -> Vec<(Timestamp, Due)> {
        let queue = self.queue();
        let mut timers = Vec::new();
        for SessionRow { session, place, waiting_since, .. } in &self.sessions {
            let id = || session.clone();
            match place {
                Place::Owned { .. } => continue,
                Place::Offered { to, until } => timers.push((*until, Due::OfferPasses(id(), to.id.clone()))),
                Place::Line { next_round, .. } => {
                    timers.extend(next_round.map(|at| (at, Due::NextRound(id()))));
                }
            }
            timers.push((*waiting_since + queue.give_up, Due::GivenUp(id())));
        }
        for seat in self.people.iter().filter(|seat| queue.check_availability && !seat.orphaned) {
            let ends = seat.away_since.map(|since| since + OWNER_GRACE);
            timers.extend(ends.map(|at| (at, Due::GraceEnds(seat.face.id.clone()))));
        }
        timers
    }

    fn falls_due(&mut self, now: Timestamp, due: Due) {
        match due {
            Due::OfferPasses(id, to) => {
                self.passed_on(now, &id, &to);
                self.missed_one(&to);
            }
            Due::NextRound(id) => {
                if let Some(row) = self.session(&id) {
                    row.tried.clear();
                    row.place = LINE;
                }
            }
            Due::GivenUp(id) => self.forget(&id),
            Due::GraceEnds(who) => {
                if let Some(seat) = self.person(&who) {
                    seat.orphaned = true;
                }
            }
        }
    }
}

fn face(id: &OperatorId) -> Face {
    Face { id: id.clone(), name: String::new() }
}

fn holder(row: &SessionRow) -> Option<&OperatorId> {
    match &row.place {
        Place::Line { .. } => None,
        Place::Offered { to: face, .. } | Place::Owned { owner: face, .. } => Some(&face.id),
    }
}

fn owner(row: &SessionRow) -> Option<&OperatorId> {
    holder(row).filter(|_| matches!(row.place, Place::Owned { .. }))
}

fn without_words(mut row: SessionRow) -> SessionRow {
    row.why = None;
    if let Place::Offered { to: face, .. } | Place::Owned { owner: face, .. } = &mut row.place {
        face.name.clear();
    }
    row
}

fn sorted<T: Clone, K: Ord>(list: &[T], key: impl Fn(&T) -> K) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort_by_key(key);
    list
}

fn same<T: PartialEq + Debug>(desk: &[T], model: &[T]) -> Result<(), String> {
    if desk == model {
        return Ok(());
    }
    let only = |these: &[T], those: &[T]| -> Vec<String> {
        these.iter().filter(|one| !those.contains(one)).map(|one| format!("{one:?}")).collect()
    };
    Err(format!("the desk has {:#?}, it has to be {:#?}", only(desk, model), only(model, desk)))
}
