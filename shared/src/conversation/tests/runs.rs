//! A session that comes to a desk for another time, and a session at another desk.

use super::*;

fn elsewhere(rig: &mut Rig) {
    let moved = Some(Moved { from: ana(), reason: MoveReason::Transferred });
    let session = rig.session_id();
    rig.note(Note::Released { session, epoch: Epoch(4), moved, to: "other".parse().unwrap() });
}

fn desks(rig: &Rig) -> Vec<Address> {
    let desk = |effect: &Effect<Conversation>| match effect {
        Effect::Tell { to: to @ Address::Desk(_), .. } => Some(to.clone()),
        _ => None,
    };
    rig.effects.iter().filter_map(desk).collect()
}

#[test]
fn a_session_sent_to_another_channel_arrives_there_with_its_time_and_its_epoch() {
    let mut rig = Rig::active();
    elsewhere(&mut rig);
    assert_eq!(desks(&rig), [Address::Desk("other".parse().unwrap())]);
    let arrival = rig.told().into_iter().find_map(|note| match note {
        Note::Arrived(arrival) => Some((arrival.since, arrival.epoch, arrival.run, arrival.settings)),
        _ => None,
    });
    assert_eq!(arrival, Some((T0, Epoch(4), 1, 0)));
    assert_eq!(rig.gone(), [(ana().id, GoneReason::Moved(MoveReason::Transferred), true)]);
    assert_eq!(rig.kind(), Kind::Waiting);
}

#[test]
fn there_the_other_channels_settings_apply_until_the_end() {
    let mut rig = Rig::active();
    elsewhere(&mut rig);
    let other =
        Settings { automatic: Automatic { closing_period: Millis(0), ..quiet().automatic }, ..quiet() };
    let channel = || "other".parse().unwrap();
    rig.note(Note::Settings { channel: channel(), version: 3, settings: Box::new(other.clone()) });
    assert_eq!(
        rig.core.present_rules().map(|rules| (rules.channel.clone(), rules.version)),
        Some((channel(), 3))
    );
    assert_eq!(rig.core.rules_version(), Some(1), "its own channel's are kept beside");
    rig.crashes();
    assert_eq!(rig.core.present_rules().map(|rules| rules.version), Some(3));
    rig.rules(2, quiet());
    assert_eq!(rig.core.present_rules().map(|rules| rules.version), Some(3));
    rig.note(Note::Waiting { session: rig.session_id(), epoch: Epoch(5), moved: None });
    rig.assigned(6, ana());
    assert!(matches!(rig.told().first(), Some(Note::Row(row)) if row.channel == channel()));
    rig.reads(2, ana());
    rig.says(2, ToConversation::Close { epoch: Epoch(6) }).unwrap();
    assert_eq!((rig.kind(), rig.core.present_rules().map(|rules| rules.version)), (Kind::Ended, Some(2)));
    let late = Note::Settings { channel: channel(), version: 4, settings: Box::new(other) };
    rig.note_in(T0, Topic::Again(rig.session_id(), 1), late);
    assert!(matches!(rig.effects[..], [Effect::EndTopic(Topic::Again(_, 1))]));
}

#[test]
fn from_a_channel_that_does_not_exist_it_comes_back() {
    let mut rig = Rig::active();
    elsewhere(&mut rig);
    rig.note(Note::NoChannel { session: rig.session_id(), epoch: Epoch(5) });
    assert_eq!(desks(&rig), [Address::Desk("demo".parse().unwrap())]);
    let session = rig.core.session().unwrap();
    assert_eq!((session.run, session.epoch, session.channel.clone()), (2, Epoch(5), None));
}

#[test]
fn a_word_of_an_older_run_ends_its_own_books_alone() {
    let mut rig = Rig::active();
    elsewhere(&mut rig);
    let late = Note::Waiting { session: rig.session_id(), epoch: Epoch(9), moved: None };
    rig.note_in(T0, Topic::Session(rig.session_id()), late);
    assert!(matches!(rig.effects[..], [Effect::EndTopic(Topic::Session(_))]));
    assert_eq!(rig.core.session().map(|session| session.epoch), Some(Epoch(4)));
}

#[test]
fn an_owner_who_is_away_loses_the_session_when_the_visitor_waits() {
    let mut rig = Rig::active();
    rig.replies(2, 10, 3).unwrap();
    let away = |rig: &mut Rig, away| {
        let session = rig.session_id();
        rig.note(Note::Away { session, epoch: Epoch(3), away });
    };
    away(&mut rig, true);
    assert!(rig.told().is_empty(), "nobody waits");
    rig.writes(1, 2).unwrap();
    assert!(rig.told().iter().any(|note| matches!(note, Note::Abandoned { epoch: Epoch(3), .. })));
    away(&mut rig, false);
    rig.writes(1, 3).unwrap();
    assert!(!rig.told().iter().any(|note| matches!(note, Note::Abandoned { .. })));
    away(&mut rig, true);
    assert!(rig.told().iter().any(|note| matches!(note, Note::Abandoned { .. })));
}

#[test]
fn the_desk_hears_of_replies_only_where_they_count() {
    let told = |counts_until| {
        let mut rig = Rig::active();
        rig.rules(2, Settings { queue: Queue { counts_until, ..Queue::default() }, ..quiet() });
        let mut told = Vec::new();
        let mut look = |rig: &Rig| {
            told.extend(rig.told().iter().filter_map(|note| match note {
                Note::Standing { standing, .. } => Some(*standing),
                _ => None,
            }));
        };
        rig.replies(2, 10, 3).unwrap();
        look(&rig);
        rig.writes(1, 2).unwrap();
        look(&rig);
        rig.replies(2, 11, 3).unwrap();
        look(&rig);
        told
    };
    assert_eq!(told(CountsUntil::Close), []);
    assert_eq!(told(CountsUntil::FirstReply), [Standing::Answered]);
    assert_eq!(told(CountsUntil::EachReply), [Standing::Answered, Standing::Awaiting, Standing::Answered]);
}
