//! Who gets a session: the line, first in first out, and the operators who can take one.

use super::{Desk, Place, ReadyKey, Record, SessionRow};
use crate::core::Effect;
use crate::id::{OperatorId, SessionId};
use crate::note::{Face, Moved, Note, Topic};
use crate::settings::Distribution;
use crate::time::Timestamp;

/// How many of those who wait hear of their exact place.
const PLACES_TOLD: usize = 20;

impl Desk {
    /// Places every session that somebody can take, oldest first: nobody waits longer than one decision.
    pub(super) fn place_all(&mut self, now: Timestamp) {
        let mut passed: Option<(Timestamp, SessionId)> = None;
        while !self.ready.is_empty() {
            let next = match &passed {
                None => self.line.first(),
                Some(last) => {
                    self.line.range((core::ops::Bound::Excluded(last), core::ops::Bound::Unbounded)).next()
                }
            };
            let Some(key) = next.cloned() else { return };
            match self.choose(&key.1) {
                Some(operator) => self.offer(now, &key.1, &operator),
                None => self.plan_next_round(now, &key.1),
            }
            passed = Some(key);
        }
    }

    /// The operator the distribution picks, among those who can take the session and were not tried for it.
    fn choose(&self, session: &SessionId) -> Option<OperatorId> {
        let tried = &self.sessions.get(session)?.tried;
        match self.settings.as_ref()?.settings.distribution {
            Distribution::Evenly => self
                .ready
                .iter()
                .map(|key| &key.operator)
                .find(|operator| !tried.contains(*operator))
                .cloned(),
        }
    }

    fn offer(&mut self, now: Timestamp, session: &SessionId, operator: &OperatorId) {
        let Some(limit) = self.settings.as_ref().map(|versioned| versioned.settings.response_limit) else {
            return;
        };
        let Some(seat) = self.seats.get_mut(operator) else { return };
        seat.last_assigned = now;
        let seat = seat.clone();
        let (to, until) = (seat.face.clone(), now + limit);
        self.persist(Record::Seat(seat));
        if let Some(epoch) = self.move_to(session, Place::Offered { to: to.clone(), until }) {
            self.tell_conversation(
                session,
                Note::Offered { session: session.clone(), epoch, to, since: now, until },
            );
        }
    }

    /// All who could take it were tried: after one response limit the round begins anew.
    fn plan_next_round(&mut self, now: Timestamp, session: &SessionId) {
        let Some(limit) = self.settings.as_ref().map(|versioned| versioned.settings.response_limit) else {
            return;
        };
        let Some(row) = self.sessions.get(session) else { return };
        if matches!(row.place, Place::Line { next_round: None }) {
            let mut row = row.clone();
            row.place = Place::Line { next_round: Some(now + limit) };
            self.replace(row);
        }
    }

    /// Puts a session somewhere else and counts the change of ownership.
    pub(super) fn move_to(&mut self, session: &SessionId, place: Place) -> Option<crate::id::Epoch> {
        let mut row = self.sessions.get(session)?.clone();
        row.epoch = row.epoch.next();
        row.place = place;
        let epoch = row.epoch;
        self.replace(row);
        Some(epoch)
    }

    /// Back to the line, at its original place.
    pub(super) fn requeue(&mut self, session: &SessionId, moved: Moved) {
        if let Some(epoch) = self.move_to(session, Place::Line { next_round: None }) {
            self.tell_conversation(
                session,
                Note::Waiting { session: session.clone(), epoch, moved: Some(moved) },
            );
        }
    }

    pub(super) fn mark_tried(&mut self, session: &SessionId, operator: &OperatorId) {
        if let Some(row) = self.sessions.get_mut(session) {
            row.tried.insert(operator.clone());
        }
    }

    /// Stores a session's row and keeps all indices true.
    pub(super) fn replace(&mut self, row: SessionRow) {
        let holders = [self.unindex(&row.session), row.holder().cloned()];
        self.persist(Record::Session(row.clone()));
        self.index(&row);
        for face in holders.into_iter().flatten() {
            self.rank(&face.id);
        }
    }

    pub(super) fn forget(&mut self, session: &SessionId) {
        let holder = self.unindex(session);
        self.persist(Record::Forgotten(session.clone()));
        self.told_places.remove(session);
        self.effects.push_back(Effect::EndTopic(Topic::Session(session.clone())));
        if let Some(face) = holder {
            self.rank(&face.id);
        }
    }

    pub(super) fn index(&mut self, row: &SessionRow) {
        if let Some(at) = row.timer() {
            self.timers.insert((at, row.session.clone()));
        }
        match row.holder() {
            None => {
                self.line.insert((row.since, row.session.clone()));
                self.line_changed = true;
            }
            Some(face) => *self.loads.entry(face.id.clone()).or_insert(0) += 1,
        }
        self.sessions.insert(row.session.clone(), row.clone());
    }

    fn unindex(&mut self, session: &SessionId) -> Option<Face> {
        let row = self.sessions.remove(session)?;
        if let Some(at) = row.timer() {
            self.timers.remove(&(at, session.clone()));
        }
        match row.holder().cloned() {
            None => {
                self.line.remove(&(row.since, session.clone()));
                self.line_changed = true;
                None
            }
            Some(face) => {
                if let Some(load) = self.loads.get_mut(&face.id) {
                    *load = load.saturating_sub(1);
                }
                Some(face)
            }
        }
    }

    /// Ranks all members, after the queue or the limits have changed.
    pub(super) fn rank_members(&mut self) {
        let members =
            self.settings.as_ref().map(|versioned| versioned.settings.members.clone()).unwrap_or_default();
        self.orders = members.iter().cloned().zip(0..).collect();
        self.ready.clear();
        self.ranks.clear();
        for operator in &members {
            self.rank(operator);
        }
    }

    /// Puts an operator where they belong among those who can take a session, or nowhere.
    pub(super) fn rank(&mut self, operator: &OperatorId) {
        if let Some(key) = self.ranks.remove(operator) {
            self.ready.remove(&key);
        }
        let Some(settings) = self.settings.as_ref().map(|versioned| &versioned.settings) else { return };
        let Some(order) = self.orders.get(operator).copied() else { return };
        let Some(seat) = self.seats.get(operator) else { return };
        let (load, limit) = (self.load(operator), settings.sessions_at_once);
        let has_room = limit == 0 || load < limit;
        if settings.active && seat.online && seat.available && has_room {
            let (last_assigned, operator) = (seat.last_assigned, operator.clone());
            let key = ReadyKey { load, last_assigned, order, operator };
            self.ranks.insert(key.operator.clone(), key.clone());
            self.ready.insert(key);
        }
    }

    /// Mentions to the first in line what place they have, if it is another than they last heard.
    pub(super) fn tell_places(&mut self) {
        if !core::mem::take(&mut self.line_changed) {
            return;
        }
        let first: Vec<_> = self.line.iter().take(PLACES_TOLD).map(|(_, session)| session.clone()).collect();
        let mut told = std::collections::BTreeMap::new();
        for (session, place) in first.into_iter().zip(1..) {
            if self.told_places.get(&session) != Some(&place) {
                self.mention_place(session.clone(), place);
            }
            told.insert(session, place);
        }
        self.told_places = told;
    }
}
