//! Where sessions are shown to everyone: the oldest ones that wait are before the eyes of all who could take them.

use super::index::LineKey;
use super::{Desk, Place};
use crate::id::OperatorId;
use crate::limits;
use crate::note::{Face, Note};
use crate::time::Timestamp;
use crate::why::Rule;
use std::collections::BTreeSet;

impl Desk {
    /// Shows the oldest sessions to all who can take them, and hides what they cannot take any more. Only what has changed
    /// since the last time is looked at.
    pub(super) fn show_to_everyone(&mut self, now: Timestamp) {
        let (on, turned) = (self.is_everyone(), core::mem::take(&mut self.index.turned));
        if !on && self.index.shown.is_empty() {
            return;
        }
        let first = self.index.line.iter().take(if on { limits::SHOWN_MAX } else { 0 });
        if turned.is_empty() && first.clone().eq(&self.told.window) {
            return;
        }
        let window: BTreeSet<LineKey> = first.cloned().collect();
        for key in self.index.shown.difference(&window).cloned().collect::<Vec<_>>() {
            self.hide(now, &key);
        }
        for key in &window {
            let turned = Some(&turned).filter(|_| self.told.window.contains(key));
            let (added, hidden) = self.audience_changes(key, turned);
            self.show(now, key, added, hidden);
            self.wait_for_next_round(now, key);
        }
        self.told.window = window;
    }

    /// Who is to see a session and does not yet, and who sees it and must not any more: among those who turned, or, if it
    /// comes newly into view, among all.
    fn audience_changes(
        &self,
        key: &LineKey,
        turned: Option<&BTreeSet<OperatorId>>,
    ) -> (BTreeSet<OperatorId>, Vec<OperatorId>) {
        let Some(row) = self.sessions.get(&key.1) else { return (BTreeSet::new(), Vec::new()) };
        let Place::Line { shown, .. } = &row.place else { return (BTreeSet::new(), Vec::new()) };
        let may_see = |operator: &OperatorId| self.index.is_ready(operator) && !row.tried.contains(operator);
        let comes = |operator: &&OperatorId| may_see(operator) && !shown.contains(*operator);
        let goes = |operator: &&OperatorId| !may_see(operator) && shown.contains(*operator);
        match turned {
            Some(turned) => (
                turned.iter().filter(comes).cloned().collect(),
                turned.iter().filter(goes).cloned().collect(),
            ),
            None => (
                self.index.ready.iter().map(|ready| &ready.operator).filter(comes).cloned().collect(),
                shown.iter().filter(goes).cloned().collect(),
            ),
        }
    }

    fn hide(&mut self, now: Timestamp, key: &LineKey) {
        if let Some(Place::Line { shown, .. }) = self.sessions.get(&key.1).map(|row| &row.place) {
            let hidden = shown.iter().cloned().collect();
            self.show(now, key, BTreeSet::new(), hidden);
        }
    }

    fn show(&mut self, now: Timestamp, key: &LineKey, added: BTreeSet<OperatorId>, hidden: Vec<OperatorId>) {
        let session = &key.1;
        if !(added.is_empty() && hidden.is_empty()) {
            let why = self.explain(now, Rule::Everyone, None, session);
            let to = added.iter().filter_map(|operator| self.face(operator)).collect();
            let Some(row) = self.sessions.get_mut(session) else { return };
            let Place::Line { shown, next_round } = &mut row.place else { return };
            shown.extend(added);
            for operator in &hidden {
                shown.remove(operator);
            }
            let is_shown = !shown.is_empty();
            // Whoever sees it now was not tried: the round goes on.
            let ended = next_round.take_if(|_| is_shown);
            row.why = Some(why.clone());
            let (epoch, why) = (row.epoch, Box::new(why));
            if is_shown {
                self.index.shown.insert(key.clone());
            } else {
                self.index.shown.remove(key);
            }
            if let Some(at) = ended {
                self.index.round_goes_on(at, session);
            }
            self.changed.insert(session.clone());
            self.tell_conversation(session, Note::Shown { session: session.clone(), epoch, to, hidden, why });
        }
    }

    /// All who could take it have passed it on.
    fn wait_for_next_round(&mut self, now: Timestamp, key: &LineKey) {
        let place = self.sessions.get(&key.1).map(|row| &row.place);
        let is_hidden = matches!(place, Some(Place::Line { shown, .. }) if shown.is_empty());
        if is_hidden && self.is_available() {
            self.plan_next_round(now, &key.1);
        }
    }

    pub(super) fn face(&self, operator: &OperatorId) -> Option<Face> {
        self.seats.get(operator).map(|seat| seat.face.clone())
    }
}
