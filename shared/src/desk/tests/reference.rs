//! The desk against a model that is written to be obviously right: lists that are searched from the front each time.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Move {
    Arrive(u32),
    End(u32),
    Accept { operator: u8, session: u32, stale: bool },
    Skip { operator: u8, session: u32, stale: bool },
    Presence { operator: u8, online: bool, available: bool },
    Settings { members: Vec<u8>, sessions_at_once: u32 },
    Pass(u64),
}

fn moves() -> impl Strategy<Value = Move> {
    let (operator, session) = (1..5_u8, 1..9_u32);
    prop_oneof![
        4 => session.clone().prop_map(Move::Arrive),
        2 => session.clone().prop_map(Move::End),
        3 => (operator.clone(), session.clone(), any::<bool>())
            .prop_map(|(operator, session, stale)| Move::Accept { operator, session, stale }),
        2 => (operator.clone(), session, any::<bool>())
            .prop_map(|(operator, session, stale)| Move::Skip { operator, session, stale }),
        3 => (operator, any::<bool>(), any::<bool>())
            .prop_map(|(operator, online, available)| Move::Presence { operator, online, available }),
        1 => (proptest::sample::subsequence(vec![1, 2, 3, 4], 0..=4), 0..4_u32)
            .prop_map(|(members, sessions_at_once)| Move::Settings { members, sessions_at_once }),
        2 => (1..200_u64).prop_map(Move::Pass),
    ]
}

#[derive(Clone, Debug, PartialEq)]
enum Where {
    Line { next_round: Option<Timestamp> },
    Offered { to: u8, until: Timestamp },
    Owned(u8),
}

#[derive(Clone, Debug)]
struct Case {
    id: u32,
    since: Timestamp,
    at: Where,
    tried: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Person {
    online: bool,
    available: bool,
    last: Timestamp,
}

#[derive(Default)]
struct Model {
    members: Vec<u8>,
    sessions_at_once: u32,
    people: std::collections::BTreeMap<u8, Person>,
    cases: Vec<Case>,
}

impl Model {
    fn case(&mut self, id: u32) -> Option<&mut Case> {
        self.cases.iter_mut().find(|case| case.id == id)
    }

    fn load(&self, operator: u8) -> u32 {
        let held = |case: &&Case| match case.at {
            Where::Offered { to, .. } => to == operator,
            Where::Owned(owner) => owner == operator,
            Where::Line { .. } => false,
        };
        u32::try_from(self.cases.iter().filter(held).count()).unwrap()
    }

    fn can_take(&self, operator: u8) -> bool {
        let person = self.people.get(&operator).copied().unwrap_or_default();
        let room = self.sessions_at_once == 0 || self.load(operator) < self.sessions_at_once;
        person.online && person.available && room
    }

    fn place_all(&mut self, now: Timestamp) {
        self.cases.sort_by_key(|case| (case.since, case.id));
        for index in 0..self.cases.len() {
            let Where::Line { next_round } = self.cases[index].at else { continue };
            let able: Vec<u8> =
                self.members.iter().copied().filter(|member| self.can_take(*member)).collect();
            let untried = able.iter().copied().filter(|operator| !self.cases[index].tried.contains(operator));
            let order = |operator: &u8| self.members.iter().position(|member| member == operator);
            let last = |operator: &u8| self.people.get(operator).copied().unwrap_or_default().last;
            let best = untried.min_by_key(|operator| (self.load(*operator), last(operator), order(operator)));
            match best {
                Some(to) => {
                    self.people.entry(to).or_default().last = now;
                    self.cases[index].at = Where::Offered { to, until: now + LIMIT };
                }
                None if !able.is_empty() && next_round.is_none() => {
                    self.cases[index].at = Where::Line { next_round: Some(now + LIMIT) };
                }
                None => {}
            }
        }
    }

    fn back_to_line(case: &mut Case) {
        case.at = Where::Line { next_round: None };
    }

    fn rings(&mut self, now: Timestamp) {
        for case in &mut self.cases {
            match case.at {
                Where::Offered { to, until } if until <= now => {
                    case.tried.push(to);
                    Self::back_to_line(case);
                }
                Where::Line { next_round: Some(at) } if at <= now => {
                    case.tried.clear();
                    Self::back_to_line(case);
                }
                Where::Offered { .. } | Where::Line { .. } | Where::Owned(_) => {}
            }
        }
        self.place_all(now);
    }

    fn loses(&mut self, operator: u8, owned_too: bool) {
        for case in &mut self.cases {
            let theirs = match case.at {
                Where::Offered { to, .. } => to == operator,
                Where::Owned(owner) => owned_too && owner == operator,
                Where::Line { .. } => false,
            };
            if theirs {
                Self::back_to_line(case);
            }
        }
    }
}

/// Both do the same.
fn step(rig: &mut Rig, model: &mut Model, now: &mut Timestamp, version: &mut u64, step: &Move) {
    let epoch = |rig: &Rig, n: u32, stale: bool| {
        rig.desk.session(&session(n)).map_or(0, |row| row.epoch.0)
            - u64::from(stale && rig.desk.session(&session(n)).is_some())
    };
    match step {
        Move::Arrive(n) => {
            rig.arrives(*now, *n);
            if model.case(*n).is_none() {
                let at = Where::Line { next_round: None };
                model.cases.push(Case { id: *n, since: *now, at, tried: Vec::new() });
                model.place_all(*now);
            }
        }
        Move::End(n) => {
            rig.note(*now, Note::Ended { session: session(*n) });
            if model.case(*n).is_some() {
                model.cases.retain(|case| case.id != *n);
                model.place_all(*now);
            }
        }
        Move::Accept { operator, session, stale } => {
            let epoch = epoch(rig, *session, *stale);
            rig.accepts(*now, *operator, *session, epoch);
            if let Some(case) = model.case(*session).filter(|_| !stale)
                && matches!(case.at, Where::Offered { to, .. } if to == *operator)
            {
                case.at = Where::Owned(*operator);
                case.tried.clear();
                model.place_all(*now);
            }
        }
        Move::Skip { operator, session, stale } => {
            let epoch = epoch(rig, *session, *stale);
            rig.skips(*now, *operator, *session, epoch);
            if let Some(case) = model.case(*session).filter(|_| !stale)
                && matches!(case.at, Where::Offered { to, .. } if to == *operator)
            {
                case.tried.push(*operator);
                Model::back_to_line(case);
                model.place_all(*now);
            }
        }
        Move::Presence { operator, online, available } => {
            rig.presence(*now, *operator, *online, *available);
            if model.members.contains(operator) {
                let person = model.people.entry(*operator).or_default();
                (person.online, person.available) = (*online, *available);
                if !online {
                    model.loses(*operator, false);
                }
                model.place_all(*now);
            }
        }
        Move::Settings { members, sessions_at_once } => {
            rig.own(*now, Own::Change(versioned(*version, members, *sessions_at_once))).unwrap();
            *version += 1;
            let left: Vec<u8> = model.members.iter().copied().filter(|was| !members.contains(was)).collect();
            for operator in left {
                model.loses(operator, true);
                if let Some(person) = model.people.get_mut(&operator) {
                    person.online = false;
                }
            }
            model.members.clone_from(members);
            model.sessions_at_once = *sessions_at_once;
            model.place_all(*now);
        }
        Move::Pass(seconds) => {
            *now = *now + Millis::seconds(*seconds);
            rig.input(*now, Input::Timeout).unwrap();
            let due = |case: &Case| match case.at {
                Where::Offered { until, .. } => until <= *now,
                Where::Line { next_round } => next_round.is_some_and(|at| at <= *now),
                Where::Owned(_) => false,
            };
            if model.cases.iter().any(due) {
                model.rings(*now);
            }
        }
    }
}

fn agree(rig: &Rig, model: &Model) -> Result<(), TestCaseError> {
    prop_assert_eq!(rig.desk.sessions().count(), model.cases.len());
    for case in &model.cases {
        let row = rig.row(case.id);
        let at = match &row.place {
            Place::Line { next_round } => Where::Line { next_round: *next_round },
            Place::Offered { to, until, .. } => Where::Offered { to: number(to).unwrap(), until: *until },
            Place::Owned { owner } => Where::Owned(number(owner).unwrap()),
        };
        prop_assert_eq!(&at, &case.at, "session {}", case.id);
        prop_assert_eq!(row.since, case.since);
        let tried: BTreeSet<_> = case.tried.iter().map(|n| operator(*n)).collect();
        prop_assert_eq!(&row.tried, &tried);
    }
    for n in 1..5 {
        prop_assert_eq!(rig.desk.load(&operator(n)), model.load(n));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_desk_does_what_the_reference_does(moves in proptest::collection::vec(moves(), 1..60)) {
        let mut rig = Rig::new(&[1, 2, 3], 2);
        let mut model = Model { members: vec![1, 2, 3], sessions_at_once: 2, ..Model::default() };
        for n in 1..=3 {
            model.people.insert(n, Person { online: true, available: true, last: Timestamp::default() });
        }
        let (mut now, mut version) = (T0, 1);
        for one in &moves {
            now = now + Millis(1);
            step(&mut rig, &mut model, &mut now, &mut version, one);
            agree(&rig, &model)?;
        }
    }
}
