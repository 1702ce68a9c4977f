//! Who gets a session: first in, first out, and the distribution among those who can take it.

use super::{Desk, Place, SessionRow};
use crate::id::{Epoch, OperatorId, SessionId};
use crate::limits;
use crate::note::{Face, Moved, Note};
use crate::settings::Distribution;
use crate::time::Timestamp;
use crate::why::{Candidate, Excluded, Rule, Why};
use core::ops::Bound;
use std::collections::BTreeSet;

impl Desk {
    /// Offers every session that somebody can take, oldest first. Those passed over were tried with all who are free; there
    /// are only as many as people skipped or missed within one response limit.
    pub(super) fn place_all(&mut self, now: Timestamp) {
        let Some(rule) = self.rules().and_then(|settings| match settings.queue.distribution {
            Distribution::Evenly => Some(Rule::Evenly),
            Distribution::InOrder => Some(Rule::InOrder),
            Distribution::Everyone => None,
        }) else {
            return;
        };
        let mut passed = None;
        while !self.index.ready.is_empty() {
            let next = match &passed {
                None => self.index.line.first(),
                Some(last) => self.index.line.range((Bound::Excluded(last), Bound::Unbounded)).next(),
            };
            let Some(key) = next.cloned() else { return };
            match self.best_for(&key.1) {
                Some(operator) => self.offer(now, &key.1, &operator, rule.clone()),
                None => self.plan_next_round(now, &key.1),
            }
            passed = Some(key);
        }
    }

    /// The best of those who can take the session and were not tried for it.
    fn best_for(&self, session: &SessionId) -> Option<OperatorId> {
        let tried = &self.sessions.get(session)?.tried;
        self.index.ready.iter().map(|key| &key.operator).find(|operator| !tried.contains(*operator)).cloned()
    }

    /// Offers a session to one operator for the response limit.
    pub(super) fn offer(&mut self, now: Timestamp, session: &SessionId, operator: &OperatorId, rule: Rule) {
        let Some(limit) = self.rules().map(|settings| settings.queue.response_limit) else { return };
        let Some(seat) = self.seats.get(operator) else { return };
        let why = self.explain(now, rule, Some(operator), session);
        let (to, until) = (seat.face.clone(), now + limit);
        self.was_offered_one(now, operator);
        let place = Place::Offered { to: to.clone(), until };
        if let Some(epoch) = self.move_to(session, place, Some(why.clone())) {
            let (session, why) = (session.clone(), Some(Box::new(why)));
            let note = Note::Offered { session: session.clone(), epoch, to, since: now, until, why };
            self.tell_conversation(&session, note);
        }
    }

    /// All who could take it were tried: after one response limit the round begins anew.
    pub(super) fn plan_next_round(&mut self, now: Timestamp, session: &SessionId) {
        let Some(limit) = self.rules().map(|settings| settings.queue.response_limit) else { return };
        let Some(mut row) = self.sessions.get(session).cloned() else { return };
        if let Place::Line { next_round: next_round @ None, .. } = &mut row.place {
            *next_round = Some(now + limit);
            self.replace(row);
        }
    }

    /// Those who were tried may be asked again.
    pub(super) fn round_ends(&mut self, session: &SessionId) {
        let Some(mut row) = self.sessions.get(session).cloned() else { return };
        row.tried.clear();
        if let Place::Line { next_round, .. } = &mut row.place {
            *next_round = None;
        }
        self.told.reshow(session);
        self.replace(row);
    }

    /// Puts a session somewhere else and counts the change of ownership.
    pub(super) fn move_to(&mut self, session: &SessionId, place: Place, why: Option<Why>) -> Option<Epoch> {
        let mut row = self.sessions.get(session)?.clone();
        row.epoch = row.epoch.next();
        // Whoever held it there has lost it.
        row.pinned = false;
        row.place = place;
        row.why = why;
        let epoch = row.epoch;
        self.replace(row);
        Some(epoch)
    }

    /// Back to the line, at its original place.
    pub(super) fn requeue(&mut self, now: Timestamp, session: &SessionId, moved: Moved) {
        let Some(row) = self.sessions.get_mut(session) else { return };
        if row.owner().is_some() {
            // What comes now is another wait, by another owner.
            let mut owned = row.clone();
            owned.waiting_since = now;
            self.replace(owned);
        }
        if let Some(epoch) = self.move_to(session, Place::line(), None) {
            let note = Note::Waiting { session: session.clone(), epoch, moved: Some(moved) };
            self.tell_conversation(session, note);
        }
    }

    /// Makes somebody the owner, by whatever right.
    pub(super) fn give(
        &mut self,
        now: Timestamp,
        session: &SessionId,
        owner: Face,
        moved: Option<Moved>,
        rule: Option<Rule>,
    ) {
        let why = match rule {
            Some(rule) => Some(self.explain(now, rule, Some(&owner.id), session)),
            None => self.sessions.get(session).and_then(|row| row.why.clone()),
        };
        let Some(mut row) = self.sessions.get(session).cloned() else { return };
        row.tried = BTreeSet::new();
        row.standing = crate::note::Standing::Fresh;
        row.epoch = row.epoch.next();
        row.pinned = false;
        row.place = Place::Owned { owner: owner.clone(), away: false };
        row.why.clone_from(&why);
        let epoch = row.epoch;
        self.replace(row);
        self.told.served(now);
        let (why, taker) = (why.map(Box::new), owner.id.clone());
        let note = Note::Assigned { session: session.clone(), epoch, owner, moved, why };
        self.tell_conversation(session, note);
        self.has_taken_one(now, &taker);
    }

    /// Says why those that came into the line in this event and are still there have to wait.
    pub(super) fn explain_waiting(&mut self, now: Timestamp) {
        for session in core::mem::take(&mut self.entered) {
            let Some(row) = self.sessions.get(&session) else { continue };
            if !matches!(&row.place, Place::Line { shown, .. } if shown.is_empty()) {
                continue;
            }
            let (mut row, why) = (row.clone(), self.explain(now, Rule::NobodyFree, None, &session));
            row.why = Some(why.clone());
            let note = Note::Explained { session: session.clone(), epoch: row.epoch, why: Box::new(why) };
            self.replace(row);
            self.tell_conversation(&session, note);
            self.told.entered(session);
        }
    }

    /// The reasons of a decision, as things stand just before it is carried out.
    pub(super) fn explain(
        &self,
        now: Timestamp,
        rule: Rule,
        winner: Option<&OperatorId>,
        session: &SessionId,
    ) -> Why {
        let none = BTreeSet::new();
        let tried = self.sessions.get(session).map_or(&none, |row| &row.tried);
        let others = self.index.ready.iter().map(|key| &key.operator);
        let others = others.filter(|operator| Some(*operator) != winner && !tried.contains(*operator));
        let next =
            others.take(limits::CANDIDATES_MAX).filter_map(|operator| self.candidate(operator)).collect();
        let among_ready = tried.iter().filter(|operator| self.index.is_ready(operator)).count();
        let excluded =
            Excluded { tried: u32::try_from(among_ready).unwrap_or(u32::MAX), ..self.index.excluded };
        Why { at: now, rule, winner: winner.and_then(|operator| self.candidate(operator)), next, excluded }
    }

    fn candidate(&self, operator: &OperatorId) -> Option<Candidate> {
        let seat = self.seats.get(operator)?;
        Some(Candidate { id: operator.clone(), name: seat.face.name.clone(), load: self.load(operator) })
    }

    /// The row that a wish or a word is about, if it saw the present ownership.
    pub(super) fn seen(&self, session: &SessionId, epoch: Epoch) -> Option<&SessionRow> {
        self.sessions.get(session).filter(|row| row.epoch == epoch)
    }
}
