//! Settings, who is followed, and what is stored.

use super::*;

#[test]
fn a_former_member_loses_everything_and_counts_as_away_until_they_tell() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 1, 1, 2);
    rig.arrives(T0, 2);
    rig.members(T0, &[]);
    assert_eq!(rig.asked(), [(1, false)]);
    let moved = rig.told().filter(|(_, note)| {
        matches!(note, Note::Waiting { moved: Some(Moved { reason: MoveReason::Removed, .. }), .. })
    });
    assert_eq!(moved.count(), 2);
    assert!(rig.waits(1) && rig.waits(2));
    rig.presence(T0, 1, true, true);
    rig.members(T0, &[1]);
    assert!(rig.waits(1), "what was known of a former member is stale");
    assert_eq!(rig.asked(), [(1, true)]);
    rig.presence(T0, 1, true, true);
    assert_eq!(rig.offered(1), Some(1));
}

#[test]
fn members_are_called_by_the_names_that_the_directory_knows() {
    let mut rig = Rig::new(&[], 5);
    let mut settings = rig.desk.settings().unwrap().clone();
    settings.settings.queue.members = vec![operator(1), operator(2)];
    settings.settings.queue.check_availability = false;
    rig.own(T0, Own::Change { settings, people: vec![face(1)] }).unwrap();
    let name = |rig: &Rig, n| rig.desk.seat(&operator(n)).map(|seat| seat.face.name.clone());
    assert_eq!((name(&rig, 1), name(&rig, 2)), (Some("Op1".into()), Some(String::new())));
    rig.presence(T0, 2, true, true);
    assert_eq!(name(&rig, 2), Some("Op2".into()), "from themselves");
}

#[test]
fn a_member_without_a_name_gets_the_first_that_is_known() {
    let mut rig = Rig::new(&[1], 1);
    let names = |rig: &mut Rig, people: Vec<Face>| {
        let mut settings = rig.desk.settings().unwrap().clone();
        settings.settings.queue.members = vec![operator(1), operator(2)];
        settings.settings.queue.sessions_at_once += 1;
        rig.own(T0, Own::Change { settings, people }).unwrap();
        rig.desk.seat(&operator(2)).unwrap().face.name.clone()
    };
    assert_eq!(names(&mut rig, Vec::new()), "");
    assert_eq!(names(&mut rig, vec![face(1), face(2)]), "Op2");
    assert_eq!(names(&mut rig, vec![Face { id: operator(2), name: "Other".into() }]), "Op2");
}

#[test]
fn settings_are_compared_and_set() {
    let mut rig = Rig::new(&[1], 5);
    let change = |version, limit| Own::Change { settings: versioned(version, &[1], limit), people: vec![] };
    rig.own(T0, change(1, 4)).unwrap();
    assert_eq!(rig.own(T0, change(1, 3)), Err(Reject(Code::VersionConflict)));
    assert_eq!(rig.own(T0, change(2, 1001)), Err(Reject(Code::InvalidFields)));
    let known = rig.desk.settings().unwrap();
    assert_eq!((known.version, known.settings.queue.sessions_at_once), (2, 4));
    let begin = Own::Begin { settings: versioned(9, &[2], 9), people: vec![] };
    rig.own(T0, begin).unwrap();
    assert_eq!(rig.desk.settings().map(|known| known.version), Some(2), "it has begun already");
}

#[test]
fn a_desk_that_has_not_begun_has_no_settings_to_change() {
    let mut desk = Desk::restore("demo".parse().unwrap(), []);
    let change = Own::Change { settings: versioned(1, &[1], 1), people: vec![] };
    assert_eq!(desk.handle(T0, Input::Own(change)), Err(Reject(Code::NotFound)));
}

#[test]
fn open_sessions_and_the_directory_hear_of_new_settings() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.change(T0, |settings| settings.queue.sessions_at_once = 4);
    let settings = rig.told().filter_map(|(to, note)| match note {
        Note::Settings { version: 2, .. } => Some(to.clone()),
        _ => None,
    });
    let told: Vec<_> = settings.collect();
    assert_eq!(told, [Address::Conversation(session(1).conversation), Address::Directory]);
}

#[test]
fn a_session_that_arrives_with_old_settings_is_told_the_new_ones() {
    let mut rig = Rig::new(&[1], 5);
    rig.change(T0, |settings| settings.queue.sessions_at_once = 4);
    let told = |rig: &Rig| rig.told().any(|(_, note)| matches!(note, Note::Settings { .. }));
    rig.arrives(T0, 1);
    assert!(told(&rig));
    let informed = Arrival { settings: 2, ..arrival(T0, 2) };
    rig.note(T0, 2, Note::Arrived(Box::new(informed)));
    assert!(!told(&rig));
}

#[test]
fn offers_are_made_anew_when_members_or_distribution_change_and_owners_stay() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    rig.arrives(T0, 2);
    assert_eq!(rig.offered(2), Some(2));
    rig.change(T0, |settings| settings.queue.distribution = Distribution::InOrder);
    assert_eq!((rig.moved(), rig.offered(2)), (Some((MoveReason::QueueChanged, 2)), Some(1)));
    rig.members(T0, &[2, 1]);
    assert_eq!((rig.moved(), rig.offered(2)), (Some((MoveReason::QueueChanged, 1)), Some(2)));
    rig.change(T0, |settings| settings.queue.sessions_at_once = 1);
    assert_eq!(
        (rig.moved(), rig.offered(2), rig.owner(1)),
        (None, Some(2), Some(1)),
        "a limit takes nothing"
    );
}

#[test]
fn a_higher_limit_and_a_new_member_are_used_at_once() {
    let mut rig = Rig::new(&[1], 1);
    for n in 1..=3 {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    assert!(rig.waits(2));
    rig.change(T0, |settings| settings.queue.sessions_at_once = 2);
    assert_eq!(rig.offered(2), Some(1));
    rig.members(T0, &[1, 2]);
    rig.presence(T0, 2, true, true);
    assert!([1, 2, 3].iter().any(|n| rig.offered(*n) == Some(2)));
}

#[test]
fn a_channel_that_is_switched_off_keeps_its_owners() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    rig.change(T0, |settings| settings.active = false);
    assert_eq!((rig.owner(1), rig.desk.is_available()), (Some(1), false));
}

// ------------------------------------------------------------------------------------------------------ runs and topics

#[test]
fn a_channel_that_does_not_exist_sends_a_session_back() {
    let mut rig = Rig::empty("nowhere");
    let sent = Arrival { run: 1, epoch: Epoch(7), ..arrival(T0, 1) };
    rig.note(T0, 1, Note::Arrived(Box::new(sent)));
    let answer = rig.told().map(|(_, note)| note.clone()).collect::<Vec<_>>();
    assert_eq!(answer, [Note::NoChannel { session: session(1), epoch: Epoch(8) }]);
    assert_eq!(rig.ended_topics(), [Topic::Again(session(1), 1)]);
    assert!(rig.is_over(1));
}

#[test]
fn a_stray_note_ends_its_topic_and_changes_nothing() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    for topic in [Topic::Again(session(1), 3), Topic::Session(session(2))] {
        let from = Address::Conversation(session(1).conversation);
        let note = Note::Ended { session: session(1), missed: false };
        rig.input(T0, Input::Note { from, topic: topic.clone(), note }).unwrap();
        assert_eq!(rig.ended_topics(), [topic]);
        assert_eq!(rig.offered(1), Some(1));
    }
}

#[test]
fn an_arrival_that_is_repeated_or_old_changes_nothing_and_a_later_one_begins_anew() {
    let mut rig = Rig::new(&[1], 5);
    let again = Arrival { run: 1, epoch: Epoch(4), ..arrival(T0, 1) };
    rig.note(T0, 1, Note::Arrived(Box::new(again.clone())));
    rig.takes(T0, 1, 1);
    let owned = rig.row(1).clone();
    rig.note(T0, 1, Note::Arrived(Box::new(again)));
    rig.arrives(T0, 1);
    assert_eq!(rig.row(1), &owned);
    let later = Arrival { run: 2, epoch: owned.epoch, ..arrival(T0, 1) };
    rig.note(T0, 1, Note::Arrived(Box::new(later)));
    assert_eq!((rig.offered(1), rig.row(1).epoch), (Some(1), Epoch(owned.epoch.0 + 2)));
    assert_eq!(rig.ended_topics(), [Topic::Again(session(1), 1)]);
}

#[test]
fn a_note_that_is_not_for_desks_is_refused() {
    let mut rig = Rig::new(&[1], 5);
    let note = Note::Member { channel: "demo".parse().unwrap(), member: true };
    let from = Address::Operator(operator(1));
    let done = rig.input(T0, Input::Note { from, topic: Topic::Standing, note });
    assert_eq!(done, Err(Reject(Code::UnknownFrame)));
}

// ----------------------------------------------------------------------------------------------------------------- store

#[test]
fn a_desk_reads_back_as_it_was_stored() {
    let mut rig = Rig::new(&[1, 2], 1);
    rig.members(T0, &[2, 1]);
    for n in [1, 2] {
        rig.presence(T0, n, true, true);
    }
    for n in 1..=3 {
        rig.arrives(T0, n);
    }
    rig.arrives_for(T0, 4, 7);
    rig.takes(T0, 2, 1);
    rig.pins(T0, 1, true);
    rig.ends(T0, 2);
    rig.input(T0, Input::Hint(Hint::Watch { conversation: session(9).conversation, on: true })).unwrap();
    let again = rig.woken();
    assert!(again.sessions().eq(rig.desk.sessions()));
    assert!(again.seats().eq(rig.desk.seats()));
    assert_eq!(again.watchers, rig.desk.watchers);
    assert_eq!(again.index.next_timer(), rig.desk.index.next_timer());
    assert_eq!((&again.index.line, &again.index.ready), (&rig.desk.index.line, &rig.desk.index.ready));
    assert_eq!(again.settings(), rig.desk.settings());
}

#[test]
fn a_row_of_the_first_version_waits_since_it_arrived() {
    let row = format!(
        r#"{{"session":"{}","since":5,"epoch":1,"place":{{"line":{{"next_round":null}}}}}}"#,
        session(1)
    );
    let Ok(Record::Session(row)) = Record::read(&format!("session/{}", session(1)), &row) else {
        panic!("a row of a session");
    };
    assert_eq!((row.waiting_since, row.run), (Timestamp(5), 0));
}
