//! Closing, resuming, silence, spam and opening again.

use super::*;

fn close(epoch: u64) -> ToConversation {
    ToConversation::Close { epoch: Epoch(epoch) }
}

/// The standings that the desk was told.
fn standings(rig: &Rig) -> Vec<Standing> {
    let standing = |note: &&Note| match note {
        Note::Standing { standing, .. } => Some(*standing),
        _ => None,
    };
    rig.told().iter().filter_map(standing).collect()
}

#[test]
fn a_closed_session_is_resumed_by_the_visitor_with_the_same_owner() {
    let mut rig = Rig::active();
    rig.says(2, close(3)).unwrap();
    assert_eq!((rig.kind(), standings(&rig)), (Kind::Closing, vec![Standing::Closing]));
    assert!(matches!(rig.rows()[..], [(_, RowState::Closing { .. })]));
    rig.writes(1, 2).unwrap();
    assert_eq!((rig.kind(), standings(&rig)), (Kind::Active, vec![Standing::Fresh]));
    assert!(rig.core.session().unwrap().is_owned_by(&ana().id));
    assert!(matches!(rig.rows()[..], [(_, RowState::InWork)]));
    assert_eq!(rig.events().last(), Some(&&Event::Resumed {}));
}

#[test]
fn after_the_closing_period_it_is_over_for_everybody() {
    let mut rig = Rig::active();
    rig.says(2, close(3)).unwrap();
    assert_eq!(rig.rings(), T0 + Millis::minutes(10));
    assert_eq!(rig.kind(), Kind::Ended);
    assert!(matches!(rig.told().first(), Some(Note::Ended { missed: false, .. })));
    assert_eq!(rig.gone(), [(ana().id, GoneReason::Ended, true)]);
    rig.input(T0 + Millis::minutes(10), Input::Timeout).unwrap();
    assert!(rig.told().is_empty(), "a second alarm does nothing");
}

#[test]
fn without_a_closing_period_it_is_over_at_once_and_so_when_the_visitor_ends_it() {
    let mut rig = Rig::active();
    let automatic = Automatic { closing_period: Millis(0), ..quiet().automatic };
    rig.rules(2, Settings { automatic, ..quiet() });
    rig.says(2, close(3)).unwrap();
    assert_eq!(rig.kind(), Kind::Ended);
    let mut rig = Rig::active();
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.kind(), Kind::Ended);
    let mut rig = Rig::active();
    rig.says(2, close(3)).unwrap();
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.kind(), Kind::Ended);
}

#[test]
fn what_was_closed_while_the_desk_moved_it_on_stays_closed() {
    let mut rig = Rig::active();
    rig.says(2, close(3)).unwrap();
    rig.moved_on(4, ana(), MoveReason::Removed);
    assert_eq!(rig.kind(), Kind::Ended);
    assert!(matches!(rig.told().first(), Some(Note::Ended { missed: false, .. })));
}

#[test]
fn a_silent_visitor_is_reminded_and_then_the_session_closes() {
    let mut rig = Rig::active();
    let remind = |minutes, text| Reminder { after: Millis::minutes(minutes), text: words(text) };
    let automatic = Automatic {
        reminders: vec![remind(5, "Still there?"), remind(20, "Hello?")],
        auto_close_text: words("Closed, {operator}."),
        auto_close: Millis::hours(1),
        ..quiet().automatic
    };
    rig.rules(2, Settings { automatic, ..quiet() });
    assert_eq!(rig.core.poll_timeout(), None, "the visitor waits, so nobody counts their silence");
    rig.replies(2, 10, 3).unwrap();
    assert_eq!(rig.rings(), T0 + Millis::minutes(5));
    assert_eq!(rig.rings(), T0 + Millis::minutes(20));
    assert_eq!(rig.rings(), T0 + Millis::hours(1));
    assert_eq!(rig.said(), ["Still there?", "Hello?", "Closed, Ana."]);
    assert!(matches!(rig.events().last(), Some(Event::Ended { by: Ending::Silence })));
    assert_eq!(rig.kind(), Kind::Closing);
}

#[test]
fn a_late_alarm_does_all_that_is_due_in_its_order_and_once() {
    let mut rig = Rig::active();
    let reminders = vec![Reminder { after: Millis::minutes(5), text: words("Still there?") }];
    let automatic = Automatic { reminders, auto_close_text: words("Closed."), ..quiet().automatic };
    rig.rules(2, Settings { automatic, ..quiet() });
    rig.replies(2, 10, 3).unwrap();
    let late = T0 + Millis::days(2);
    rig.input(late, Input::Timeout).unwrap();
    rig.input(late, Input::Timeout).unwrap();
    assert_eq!((rig.kind(), rig.said()), (Kind::Closing, vec!["Still there?", "Closed."]));
}

#[test]
fn a_word_of_the_visitor_stops_the_reminders_and_the_close() {
    let mut rig = Rig::active();
    let reminders = vec![Reminder { after: Millis::minutes(5), text: words("Still there?") }];
    rig.rules(2, Settings { automatic: Automatic { reminders, ..quiet().automatic }, ..quiet() });
    rig.replies(2, 10, 3).unwrap();
    rig.writes(1, 2).unwrap();
    assert_eq!(rig.core.poll_timeout(), None);
    rig.input(T0 + Millis::days(3), Input::Timeout).unwrap();
    assert_eq!((rig.kind(), rig.said().len()), (Kind::Active, 0));
}

#[test]
fn a_pinned_session_does_not_close_by_itself() {
    let mut rig = Rig::active();
    rig.replies(2, 10, 3).unwrap();
    assert_eq!(rig.core.poll_timeout(), Some(T0 + Millis::hours(4)));
    let pin = |on| ToConversation::Pin { epoch: Epoch(3), on };
    rig.says(2, pin(true)).unwrap();
    assert!(rig.told().iter().any(|note| matches!(note, Note::Pinned { on: true, .. })));
    assert!(rig.told().iter().any(|note| matches!(note, Note::Row(row) if row.pinned)));
    assert_eq!(rig.core.poll_timeout(), None);
    rig.says(2, pin(false)).unwrap();
    assert_eq!(rig.core.poll_timeout(), Some(T0 + Millis::hours(4)));
    rig.reads(5, ana());
    assert_eq!(rig.says(1, pin(true)), Err(Reject(Code::Forbidden)));
}

#[test]
fn spam_is_closed_at_once_without_a_word_and_without_a_rating() {
    let mut rig = Rig::active();
    let automatic = Automatic { closing_text: words("Bye."), ..quiet().automatic };
    rig.rules(2, Settings { automatic, ..quiet() });
    rig.says(2, ToConversation::Spam { epoch: Epoch(3) }).unwrap();
    assert_eq!((rig.kind(), rig.said(), rig.core.ratings().len()), (Kind::Ended, vec![], 0));
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.reads(2, ana());
    assert_eq!(rig.says(2, ToConversation::Spam { epoch: Epoch(1) }), Err(Reject(Code::StaleEpoch)));
    rig.says(2, ToConversation::Spam { epoch: Epoch(2) }).unwrap();
    assert_eq!(rig.kind(), Kind::Ended);
    assert!(matches!(rig.told().first(), Some(Note::Ended { missed: false, .. })));
}

#[test]
fn who_reopens_a_session_claims_it_and_the_visitor_goes_on_in_the_same_one() {
    let mut rig = Rig::active();
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.says(2, ToConversation::Reopen { session: 2 }), Err(Reject(Code::AlreadyOpen)));
    rig.says(2, ToConversation::Reopen { session: 1 }).unwrap();
    let arrival = rig.told().into_iter().find_map(|note| match note {
        Note::Arrived(arrival) => Some((arrival.run, arrival.epoch, arrival.claim.clone())),
        _ => None,
    });
    assert_eq!(arrival, Some((1, Epoch(3), Some(ana()))));
    rig.replies(2, 10, 3).unwrap();
    assert!(rig.acks(2).is_empty() && rig.told().is_empty(), "the desk gives it to them anyway");
    rig.note(Note::Waiting { session: rig.session_id(), epoch: Epoch(4), moved: None });
    rig.assigned(5, ana());
    assert_eq!((rig.kind(), rig.acks(2).len(), rig.session_id().number), (Kind::Active, 1, 1));
    assert_eq!(rig.says(2, ToConversation::Reopen { session: 1 }), Err(Reject(Code::AlreadyOpen)));
}

#[test]
fn a_session_of_the_first_version_is_read_with_its_rating() {
    let row = r#"{"number":1,"since":1,"epoch":3,"told":[],"phase":{"ended":{"at":1000000,
        "owner":{"id":"01ARZ3NDEKTSV4RRFFQ69G5FA1","name":"Ana"},
        "rating":{"score":"good","comment":"","at":1000001}}}}"#;
    let record = <Record as crate::core::Record>::read("session", row).unwrap();
    let core = Conversation::restore("ab".repeat(32).parse().unwrap(), 1, [record]);
    let rating = &core.ratings()[&1];
    assert_eq!(rating.given.as_ref().map(|given| given.score), Some(Score::Good));
    assert_eq!(rating.close.as_ref().map(|close| close.owner.clone()), Some(ana()));
}
