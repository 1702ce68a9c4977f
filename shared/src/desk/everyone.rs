//! Where sessions are shown to everyone: the oldest ones that wait are before the eyes of all who could take them.

use super::index::LineKey;
use super::{Desk, Place};
use crate::id::OperatorId;
use crate::limits;
use crate::note::{Face, Note};
use crate::settings::Distribution;
use crate::time::Timestamp;
use crate::why::Rule;
use std::collections::BTreeSet;

impl Desk {
    /// Shows the oldest sessions to all who can take them, and hides what they cannot take any more. Only what has changed
    /// since the last time is looked at.
    pub(super) fn show_to_everyone(&mut self, now: Timestamp) {
        let on = self.rules().is_some_and(|settings| settings.queue.distribution == Distribution::Everyone);
        let turned = core::mem::take(&mut self.index.turned);
        if !on && self.index.shown.is_empty() {
            return;
        }
        let window: BTreeSet<LineKey> = if on {
            self.index.line.iter().take(limits::SHOWN_MAX).cloned().collect()
        } else {
            BTreeSet::new()
        };
        for key in self.index.shown.difference(&window).cloned().collect::<Vec<_>>() {
            self.show(now, &key, &BTreeSet::new());
        }
        for key in &window {
            let seen_before = self.told.window.contains(key);
            match self.sessions.get(&key.1).map(|row| &row.place) {
                Some(Place::Line { shown, .. }) if seen_before => {
                    let mut audience = shown.clone();
                    for operator in &turned {
                        if self.may_see(key, operator) {
                            audience.insert(operator.clone());
                        } else {
                            audience.remove(operator);
                        }
                    }
                    self.show(now, key, &audience);
                }
                _ => {
                    let ready: Vec<_> = self.index.ready.iter().map(|ready| ready.operator.clone()).collect();
                    let audience = ready.into_iter().filter(|operator| self.may_see(key, operator)).collect();
                    self.show(now, key, &audience);
                }
            }
        }
        self.told.window = window;
    }

    fn may_see(&self, key: &LineKey, operator: &OperatorId) -> bool {
        self.index.is_ready(operator)
            && self.sessions.get(&key.1).is_some_and(|row| !row.tried.contains(operator))
    }

    fn show(&mut self, now: Timestamp, key: &LineKey, audience: &BTreeSet<OperatorId>) {
        let session = &key.1;
        let Some(row) = self.sessions.get(session) else { return };
        let Place::Line { shown, next_round } = &row.place else { return };
        let added: Vec<_> = audience.difference(shown).cloned().collect();
        let hidden: Vec<_> = shown.difference(audience).cloned().collect();
        if !(added.is_empty() && hidden.is_empty()) {
            let why = self.explain(now, Rule::Everyone, None, session);
            let (mut row, next_round) = (row.clone(), *next_round);
            row.place = Place::Line { next_round, shown: audience.clone() };
            row.why = Some(why.clone());
            let (epoch, why) = (row.epoch, Box::new(why));
            self.replace(row);
            let to = added.iter().filter_map(|operator| self.face(operator)).collect();
            let note = Note::Shown { session: session.clone(), epoch, to, hidden, why };
            self.tell_conversation(session, note);
        }
        if audience.is_empty() && self.is_available() {
            self.plan_next_round(now, session);
        }
    }

    pub(super) fn face(&self, operator: &OperatorId) -> Option<Face> {
        self.seats.get(operator).map(|seat| seat.face.clone())
    }
}
