//! Rules 2, 3 and 4: nobody gets more than they may have, first in is first out, and nobody waits longer than one decision.

use super::super::world::World;
use super::desk::{Counter, Rows};
use shared::desk::{Place, SessionRow};
use shared::id::OperatorId;
use shared::limits::SHOWN_MAX;
use shared::settings::Distribution;
use shared::why::Rule;
use std::collections::BTreeSet;

impl World {
    /// Those that were placed in this turn.
    pub(super) fn check_placing(&mut self, counter: &Counter, before: &Rows) {
        for (session, row) in &counter.rows {
            let placed = before.get(session).is_none_or(|was| was.epoch != row.epoch);
            let Some(holder) = row.holder().filter(|_| placed).map(|face| &face.id) else { continue };
            let Some(why) = &row.why else {
                self.violated("a placement without a reason", || format!("{session}: {:?}", row.place));
                continue;
            };
            let winner = why.winner.as_ref().map(|winner| &winner.id) == Some(holder);
            // Of what was shown nobody is named before it is taken.
            self.check(winner, "a placement with another reason", || format!("{session}: {why:?}"));
            self.ledger.count(&format!("placed: {}", rule_name(&why.rule)));
            match why.rule {
                Rule::Evenly | Rule::InOrder if row.owner().is_none() => {
                    self.check_limit(counter, row, holder);
                    self.check_member(counter, row, holder);
                    self.check_fifo(counter, row, holder);
                }
                Rule::Everyone => {
                    self.check_limit(counter, row, holder);
                    self.check_member(counter, row, holder);
                }
                Rule::Responsible if row.owner().is_none() => {
                    self.check_limit(counter, row, holder);
                    let wanted =
                        counter.rules().is_some_and(|settings| settings.queue.forward_to_responsible);
                    self.check(wanted, "2: placed with who is responsible, unasked", || session.to_string());
                }
                _ => {}
            }
        }
    }

    fn check_limit(&mut self, counter: &Counter, row: &SessionRow, holder: &OperatorId) {
        let limit = counter.rules().map_or(0, |settings| settings.queue.sessions_at_once);
        let load = counter.load(holder);
        self.check(limit == 0 || load <= limit, "2: placed with somebody over the limit", || {
            format!("{} with {holder}: {load} of {limit}", row.session)
        });
    }

    fn check_member(&mut self, counter: &Counter, row: &SessionRow, holder: &OperatorId) {
        let member = counter.rules().is_some_and(|settings| {
            let (queue, seat) = (&settings.queue, counter.seats.get(holder));
            let here = seat.is_some_and(|seat| seat.online && seat.available);
            // Who accepts is there, whatever else they said.
            let here = here || !queue.check_availability || row.owner().is_some();
            queue.members.contains(holder) && settings.active && here
        });
        self.check(member, "2: placed with somebody who could not take it", || {
            format!("{} with {holder}", row.session)
        });
        let again = row.tried.contains(holder);
        self.check(!again, "4: offered again to somebody who was tried", || row.session.to_string());
    }

    fn check_fifo(&mut self, counter: &Counter, row: &SessionRow, holder: &OperatorId) {
        let older = counter.line().into_iter().find(|other| {
            (other.since, &other.session) < (row.since, &row.session) && !other.tried.contains(holder)
        });
        let words = || format!("{} was placed while {:?} waits", row.session, older.map(|row| &row.session));
        self.check(older.is_none(), "3: first in was not first out", words);
    }

    /// Rule 4: whoever could take a session has been asked, sees it, or was tried; and then there is another round.
    pub(super) fn check_line(&mut self, counter: &Counter) {
        let Some(settings) = counter.rules() else { return };
        let queue = &settings.queue;
        let able: BTreeSet<OperatorId> =
            queue.members.iter().filter(|member| counter.is_able(member)).cloned().collect();
        let everyone = queue.distribution == Distribution::Everyone;
        for (index, row) in counter.line().into_iter().enumerate() {
            let Place::Line { next_round, shown } = &row.place else { continue };
            let untried: BTreeSet<OperatorId> = able.difference(&row.tried).cloned().collect();
            let seen = if everyone && index < SHOWN_MAX { untried.clone() } else { BTreeSet::new() };
            self.check(*shown == seen, "4: a session is shown to others than could take it", || {
                format!("{}: {shown:?}, not {seen:?}", row.session)
            });
            self.check(
                everyone || untried.is_empty(),
                "4: a session waits although somebody can take it",
                || format!("{}: {untried:?}", row.session),
            );
            let waits_for_round = untried.is_empty() && !able.is_empty() && (!everyone || index < SHOWN_MAX);
            let planned = next_round.is_some();
            self.check(!waits_for_round || planned, "4: a session waits for nothing", || {
                row.session.to_string()
            });
            self.check(row.why.is_some(), "a session waits and nobody knows why", || row.session.to_string());
        }
    }
}

const fn rule_name(rule: &Rule) -> &'static str {
    match rule {
        Rule::Responsible => "responsible",
        Rule::Evenly => "evenly",
        Rule::InOrder => "in order",
        Rule::Everyone => "everyone",
        Rule::Transferred { .. } => "transferred",
        Rule::Intercepted => "intercepted",
        Rule::Reopened => "reopened",
        Rule::NobodyFree => "nobody free",
    }
}
