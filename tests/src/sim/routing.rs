//! Rules 2, 3, 4 and 9 at a desk, written to be obviously right: everything is computed anew from the settings, the seats and
//! the sessions.

use super::kind::Cause;
use super::node::Node;
use super::world::World;
use shared::core::Record as _;
use shared::desk::{Desk, Place, Record, SessionRow};
use shared::id::{ChannelId, Epoch, OperatorId, SessionId};
use shared::post::Row;
use shared::settings::Settings;
use shared::time::Timestamp;
use std::collections::BTreeMap;

type Rows = BTreeMap<SessionId, SessionRow>;

impl World {
    pub(super) fn check_desk(&mut self, id: &ChannelId, node: &Node<Desk>, written: &[Row], cause: &Cause) {
        let Some(desk) = node.memory.as_ref().map(|object| &object.core) else { return };
        let Some(settings) = desk.settings().map(|row| row.settings.clone()) else { return };
        let rows: Rows = desk.sessions().map(|row| (row.session.clone(), row.clone())).collect();
        let before = self.ledger.rows.insert(id.clone(), rows.clone()).unwrap_or_default();
        for row in rows.values() {
            self.check_move(before.get(&row.session), row, cause);
        }
        for (key, value) in written {
            // A session may move several times in one turn.
            if let Some(Ok(Record::Session(row))) = value.as_deref().map(|value| Record::read(key, value)) {
                self.ledger.rights.insert((row.session, row.epoch), row.place);
            }
        }
        let placed: Vec<&SessionRow> = rows.values().filter(|row| is_placed(&before, row)).collect();
        for row in &placed {
            self.check_limit(&settings, &rows, row);
            self.check_fifo(&rows, row);
        }
        let able: Vec<&OperatorId> =
            settings.members.iter().filter(|member| is_able(desk, &settings, &rows, member)).collect();
        for row in rows.values() {
            self.check_live(row, &able, cause);
        }
    }

    fn check_move(&mut self, before: Option<&SessionRow>, row: &SessionRow, cause: &Cause) {
        let Some(before) = before else { return };
        let counted = before.epoch < row.epoch || (before.epoch == row.epoch && same_holder(before, row));
        self.check(counted, "1: an ownership changed without its epoch", || format!("{before:?} {row:?}"));
        let kept = before.since == row.since;
        self.check(kept, "3: a session lost its arrival time", || row.session.to_string());
        self.check_wish(before, row, cause);
        if *cause == Cause::Alarm
            && let Some(at) = timer(before).filter(|_| before.place != row.place)
        {
            let now = self.now;
            let placed = matches!(before.place, Place::Line { .. }) && before.tried == row.tried;
            self.check(at <= now || placed, "9: a timer fired early", || format!("{before:?} {row:?}"));
        }
    }

    /// An offer is taken or passed on by a wish that saw this very offer; who lets it pass is tried.
    fn check_wish(&mut self, before: &SessionRow, row: &SessionRow, cause: &Cause) {
        let Place::Offered { to, until } = &before.place else { return };
        let saw = |session: &SessionId, epoch: &Epoch| *session == before.session && *epoch == before.epoch;
        let (taken, skipped) = match cause {
            Cause::Accept(session, epoch) => (saw(session, epoch), false),
            Cause::Skip(session, epoch) => (false, saw(session, epoch)),
            Cause::Alarm | Cause::Other => (false, false),
        };
        let owned = matches!(row.place, Place::Owned { .. });
        self.check(taken || !owned, "1: an accept of another offer was granted", || {
            format!("{before:?} {row:?}")
        });
        let passed = *cause == Cause::Alarm && *until <= self.now;
        let tried = row.tried.contains(&to.id);
        self.check(tried || !(passed || skipped), "4: who let an offer pass is not tried", || {
            format!("{row:?}")
        });
    }

    fn check_limit(&mut self, settings: &Settings, rows: &Rows, row: &SessionRow) {
        let Some(holder) = row.holder().map(|face| face.id.clone()) else { return };
        let (load, limit) = (load(rows, &holder), settings.sessions_at_once as usize);
        self.check(limit == 0 || load <= limit, "2: placed with somebody over the limit", || {
            format!("{} with {holder}: {load} of {limit}", row.session)
        });
        let member = settings.members.contains(&holder) && settings.active;
        self.check(member, "2: placed with somebody who is no member", || row.session.to_string());
        let again = row.tried.contains(&holder);
        self.check(!again, "4: offered again to somebody who was tried", || row.session.to_string());
    }

    fn check_fifo(&mut self, rows: &Rows, row: &SessionRow) {
        let Some(holder) = row.holder().map(|face| face.id.clone()) else { return };
        let older = rows.values().find(|other| {
            matches!(other.place, Place::Line { .. })
                && (other.since, &other.session) < (row.since, &row.session)
                && !other.tried.contains(&holder)
        });
        let words = || format!("{} was placed while {:?} waits", row.session, older.map(|row| &row.session));
        self.check(older.is_none(), "3: first in was not first out", words);
    }

    fn check_live(&mut self, row: &SessionRow, able: &[&OperatorId], cause: &Cause) {
        let Place::Line { next_round } = row.place else {
            let due = timer(row).is_some_and(|at| at <= self.now);
            self.check(!(due && *cause == Cause::Alarm), "9: a due timer was passed over", || {
                row.session.to_string()
            });
            return;
        };
        let untried = able.iter().find(|operator| !row.tried.contains(**operator));
        self.check(untried.is_none(), "4: a session waits although somebody can take it", || {
            format!("{row:?}, {untried:?}")
        });
        let planned = able.is_empty() || next_round.is_some();
        self.check(planned, "4: a session waits for nothing", || format!("{row:?}"));
    }
}

fn is_placed(before: &Rows, row: &SessionRow) -> bool {
    let held_before = before.get(&row.session).map(|row| (&row.place, row.epoch));
    matches!(row.place, Place::Offered { .. }) && held_before != Some((&row.place, row.epoch))
}

fn is_able(desk: &Desk, settings: &Settings, rows: &Rows, member: &OperatorId) -> bool {
    let limit = settings.sessions_at_once as usize;
    settings.active
        && desk.seat(member).is_some_and(|seat| seat.online && seat.available)
        && (limit == 0 || load(rows, member) < limit)
}

fn load(rows: &Rows, operator: &OperatorId) -> usize {
    rows.values().filter(|row| row.holder().is_some_and(|face| face.id == *operator)).count()
}

fn same_holder(one: &SessionRow, other: &SessionRow) -> bool {
    let kind = |row: &SessionRow| match row.place {
        Place::Line { .. } => 0,
        Place::Offered { .. } => 1,
        Place::Owned { .. } => 2,
    };
    kind(one) == kind(other) && one.holder() == other.holder()
}

const fn timer(row: &SessionRow) -> Option<Timestamp> {
    match &row.place {
        Place::Line { next_round } => *next_round,
        Place::Offered { until, .. } => Some(*until),
        Place::Owned { .. } => None,
    }
}
