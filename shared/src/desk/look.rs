//! What a supervisor sees of a desk: who waits and why, who is there and how loaded.

use super::{Desk, Place};
use crate::api::{LineView, PersonView, WaitingView};
use crate::limits;
use crate::time::Timestamp;
use crate::why::Verdict;

impl Desk {
    /// The line and the people as they are at `now`. Of those who wait, the first hundred.
    pub fn look(&self, now: Timestamp) -> LineView {
        let waiting = self.index.line.iter().take(limits::LINE_VIEW_MAX).zip(1..);
        let waiting = waiting.filter_map(|((_, session), place)| {
            let row = self.sessions.get(session)?;
            let (next_round, shown) = match &row.place {
                Place::Line { next_round, shown } => (*next_round, shown.len()),
                Place::Offered { .. } | Place::Owned { .. } => (None, 0),
            };
            Some(WaitingView {
                session: session.clone(),
                place,
                since: row.since,
                tried: row.tried.iter().cloned().collect(),
                next_round,
                shown: u32::try_from(shown).unwrap_or(u32::MAX),
                why: row.why.clone(),
            })
        });
        let count = |chosen: fn(&Place) -> bool| {
            let rows = self.sessions.values().filter(|row| chosen(&row.place));
            u32::try_from(rows.count()).unwrap_or(u32::MAX)
        };
        LineView {
            now,
            waiting: waiting.collect(),
            waiting_total: u32::try_from(self.index.line.len()).unwrap_or(u32::MAX),
            offered_total: count(|place| matches!(place, Place::Offered { .. })),
            owned_total: count(|place| matches!(place, Place::Owned { .. })),
            available: self.is_available(),
            people: self.people(),
        }
    }

    fn people(&self) -> Vec<PersonView> {
        let members = self.rules().map(|settings| settings.queue.members.as_slice()).unwrap_or_default();
        let view = |id: &crate::id::OperatorId| {
            let seat = self.seats.get(id)?;
            Some(PersonView {
                id: id.clone(),
                name: seat.face.name.clone(),
                verdict: self.index.verdict(id).unwrap_or(Verdict::Offline),
                load: self.load(id),
                last_assigned: Some(seat.last_assigned).filter(|at| at.0 != 0),
            })
        };
        members.iter().filter_map(view).collect()
    }
}
