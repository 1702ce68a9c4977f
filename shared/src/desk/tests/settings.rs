//! Settings, places in the line, and what is stored.

use super::*;

#[test]
fn a_former_member_loses_everything_and_counts_as_away_until_they_tell() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 1, 1, 2);
    rig.own(T0, Own::Change(versioned(1, &[], 5))).unwrap();
    assert_eq!((rig.moved(), rig.waits(1)), (Some((MoveReason::Removed, 1)), true));
    rig.presence(T0, 1, true, true);
    rig.own(T0, Own::Change(versioned(2, &[1], 5))).unwrap();
    assert!(rig.waits(1), "what was known of a former member is stale");
    let asked = |effect: &Effect<Desk>| {
        matches!(effect, Effect::Tell { note: Note::Member { member: true, .. }, .. })
    };
    assert!(rig.effects.iter().any(asked));
    rig.presence(T0, 1, true, true);
    assert_eq!(rig.offered(1), Some(1));
}

#[test]
fn settings_are_compared_and_set() {
    let mut rig = Rig::new(&[1], 5);
    rig.own(T0, Own::Change(versioned(1, &[1], 4))).unwrap();
    assert_eq!(rig.own(T0, Own::Change(versioned(1, &[1], 3))), Err(Reject(Code::VersionConflict)));
    assert_eq!(rig.own(T0, Own::Change(versioned(2, &[1], 1001))), Err(Reject(Code::InvalidFields)));
    let known = rig.desk.settings().unwrap();
    assert_eq!((known.version, known.settings.sessions_at_once), (2, 4));
}

#[test]
fn open_sessions_and_the_directory_hear_of_new_settings() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.own(T0, Own::Change(versioned(1, &[1], 4))).unwrap();
    let told: Vec<_> = rig
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Tell { to, note: Note::Settings { version: 2, .. }, .. } => Some(to.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(told, [Address::Conversation(session(1).conversation), Address::Directory]);
}

#[test]
fn a_session_that_arrives_with_old_settings_is_told_the_new_ones() {
    let mut rig = Rig::new(&[1], 5);
    rig.own(T0, Own::Change(versioned(1, &[1], 4))).unwrap();
    let told = |rig: &Rig| {
        rig.effects.iter().any(|effect| matches!(effect, Effect::Tell { note: Note::Settings { .. }, .. }))
    };
    rig.note(T0, Note::Arrived { session: session(1), since: T0, settings: 1 });
    assert!(told(&rig));
    rig.note(T0, Note::Arrived { session: session(2), since: T0, settings: 2 });
    assert!(!told(&rig));
}

#[test]
fn the_first_twenty_hear_their_place_when_it_changes() {
    let mut rig = Rig::new(&[], 1);
    let places = |rig: &Rig| -> Vec<(SessionId, u32)> {
        let place = |effect: &Effect<Desk>| match effect {
            Effect::Mention { hint: Hint::Place { session, place }, .. } => Some((session.clone(), *place)),
            _ => None,
        };
        rig.effects.iter().filter_map(place).collect()
    };
    for n in 1..=22 {
        rig.arrives(T0 + Millis(n.into()), n);
        assert_eq!(places(&rig).len(), usize::from(n <= 20), "only who is new, and near");
    }
    rig.note(T0, Note::Ended { session: session(1) });
    assert_eq!(places(&rig).len(), 20);
    assert_eq!(places(&rig).first(), Some(&(session(2), 1)));
}

#[test]
fn a_desk_reads_back_as_it_was_stored() {
    let mut rig = Rig::new(&[1, 2], 1);
    let mut rows = std::collections::BTreeMap::new();
    let mut keep = |rig: &Rig| {
        for effect in &rig.effects {
            if let Effect::Persist(record) = effect {
                use crate::core::Record as _;
                match record.value() {
                    Some(value) => rows.insert(record.key(), value),
                    None => rows.remove(&record.key()),
                };
            }
        }
    };
    rig.own(T0, Own::Change(versioned(1, &[1, 2], 1))).unwrap();
    keep(&rig);
    for n in [1, 2] {
        rig.presence(T0, n, true, true);
        keep(&rig);
    }
    for n in 1..=3 {
        rig.arrives(T0, n);
        keep(&rig);
    }
    rig.accepts(T0, 1, 1, 2);
    keep(&rig);
    rig.note(T0, Note::Ended { session: session(2) });
    keep(&rig);
    let rows = rows.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let again = Desk::restore("demo".parse().unwrap(), crate::core::read_all(rows).unwrap());
    assert!(again.sessions().eq(rig.desk.sessions()));
    assert_eq!(
        (&again.ready, &again.line, &again.timers),
        (&rig.desk.ready, &rig.desk.line, &rig.desk.timers)
    );
    assert_eq!(again.settings(), rig.desk.settings());
}
