//! Messages, owners and the desk.

use super::*;

#[test]
fn a_first_message_opens_a_session_and_the_desk_hears_of_it() {
    let mut rig = Rig::new();
    assert!(rig.records.is_empty(), "who only looks leaves no trace");
    rig.writes(1, 1).unwrap();
    let arrived =
        |note: &&Note| matches!(note, Note::Arrived(arrival) if arrival.since == T0 && arrival.settings == 1);
    assert_eq!((rig.told().len(), rig.told().iter().filter(|note| arrived(note)).count()), (1, 1));
    assert_eq!(rig.acks(1), [1]);
    rig.writes(1, 2).unwrap();
    assert_eq!((rig.told().len(), rig.acks(1)), (0, vec![2]));
}

#[test]
fn a_repeated_message_gets_the_same_number_even_after_a_crash() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.writes(1, 2).unwrap();
    rig.writes(1, 1).unwrap();
    assert_eq!((rig.acks(1), rig.log().len()), (vec![1], 2));
    rig.crashes();
    rig.opens(1, Who::Visitor);
    rig.says(1, hello(2)).unwrap();
    rig.writes(1, 2).unwrap();
    assert_eq!((rig.acks(1), rig.log().len()), (vec![2], 2));
}

#[test]
fn only_the_holder_may_write_and_only_in_the_present_ownership() {
    let mut rig = Rig::active();
    rig.replies(2, 10, 3).unwrap();
    assert_eq!(rig.acks(2).len(), 1);
    assert_eq!(rig.replies(2, 11, 1), Err(Reject(Code::StaleEpoch)));
    assert_eq!(rig.replies(2, 11, 4), Err(Reject(Code::StaleEpoch)));
    rig.moved_on(4, ana(), MoveReason::Removed);
    rig.offered(5, ben());
    rig.reads(3, ben());
    assert_eq!(rig.replies(2, 12, 5), Err(Reject(Code::NotParticipant)));
    rig.assigned(6, ben());
    assert_eq!(rig.replies(2, 12, 6), Err(Reject(Code::NotParticipant)));
    rig.replies(3, 13, 6).unwrap();
}

#[test]
fn a_reply_accepts_an_offer_and_waits_for_the_desk() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.replies(2, 10, 2).unwrap();
    assert!(matches!(rig.told()[..], [Note::Accept { epoch: Epoch(2), .. }]));
    assert!(rig.acks(2).is_empty());
    rig.replies(2, 11, 2).unwrap();
    rig.replies(2, 10, 2).unwrap();
    assert_eq!(rig.told().len(), 0, "asked for already");
    rig.assigned(3, ana());
    assert_eq!(rig.acks(2), [3, 4]);
    rig.replies(2, 12, 2).unwrap();
    assert_eq!(rig.acks(2), [5], "written under the offer that was accepted");
}

#[test]
fn a_reply_to_an_offer_that_somebody_else_got_is_refused() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.replies(2, 10, 2).unwrap();
    rig.moved_on(3, ana(), MoveReason::TimeLimit);
    assert_eq!(rig.refused(2), [Code::OfferGone]);
    rig.offered(4, ben());
    rig.assigned(5, ben());
    assert!(rig.log().iter().all(|entry| !matches!(entry.author, Author::Operator { .. })));
}

#[test]
fn a_reply_that_waits_is_refused_when_the_session_ends_or_the_desk_refuses() {
    for ends in [false, true] {
        let mut rig = Rig::new();
        rig.writes(1, 1).unwrap();
        rig.offered(2, ana());
        rig.reads(2, ana());
        rig.replies(2, 10, 2).unwrap();
        if ends {
            rig.says(1, ToConversation::End {}).unwrap();
        } else {
            let (session, operator) = (rig.session_id(), ana().id);
            rig.note(Note::Refused { session, operator, code: Code::OfferGone });
        }
        assert_eq!(rig.refused(2).len(), 1);
    }
}

#[test]
fn a_refusal_of_the_last_session_does_not_touch_the_next() {
    let mut rig = Rig::active();
    let last = rig.session_id();
    rig.says(1, ToConversation::End {}).unwrap();
    rig.writes(1, 2).unwrap();
    rig.offered(2, ana());
    rig.replies(2, 10, 2).unwrap();
    let late = Note::Refused { session: last.clone(), operator: ana().id, code: Code::OfferGone };
    rig.note_in(T0, Topic::Session(last), late);
    assert_eq!(rig.refused(2), []);
    rig.assigned(3, ana());
    assert_eq!(rig.acks(2).len(), 1);
}

#[test]
fn an_older_word_of_the_desk_changes_nothing() {
    let mut rig = Rig::active();
    rig.offered(2, ben());
    rig.assigned(3, ben());
    assert!(rig.effects.is_empty());
    assert!(matches!(rig.core.session().map(|s| &s.phase), Some(Phase::Active { owner }) if *owner == ana()));
}

#[test]
fn a_word_about_a_session_that_is_over_ends_its_books_again() {
    let mut rig = Rig::active();
    rig.says(1, ToConversation::End {}).unwrap();
    rig.note(Note::Waiting { session: rig.session_id(), epoch: Epoch(9), moved: None });
    assert!(matches!(rig.effects[..], [Effect::EndTopic(Topic::Session(_))]));
}

#[test]
fn whoever_had_a_row_hears_of_the_end_and_the_desk_frees_the_slot() {
    let mut rig = Rig::active();
    rig.moved_on(4, ana(), MoveReason::Removed);
    assert_eq!(rig.gone(), [(ana().id, GoneReason::Moved(MoveReason::Removed), false)]);
    rig.offered(5, ben());
    rig.assigned(6, ben());
    rig.says(1, ToConversation::End {}).unwrap();
    let ended = |who: Face| (who.id, GoneReason::Ended, true);
    assert_eq!(rig.gone(), [ended(ana()), ended(ben())]);
    assert!(matches!(rig.told().first(), Some(Note::Ended { missed: false, .. })));
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::EndTopic(_))));
    assert_eq!(rig.says(1, ToConversation::End {}), Err(Reject(Code::NoSession)));
}

#[test]
fn only_the_owner_closes_and_only_what_they_see() {
    let mut rig = Rig::active();
    rig.offered(4, ben());
    rig.reads(3, ben());
    rig.assigned(5, ben());
    let close = |epoch| ToConversation::Close { epoch: Epoch(epoch) };
    assert_eq!(rig.says(2, close(5)), Err(Reject(Code::NotParticipant)));
    assert_eq!(rig.says(3, close(3)), Err(Reject(Code::StaleEpoch)));
    assert_eq!(rig.says(1, close(5)), Err(Reject(Code::Forbidden)));
    rig.says(3, close(5)).unwrap();
    assert_eq!(rig.kind(), Kind::Closing);
    rig.says(3, close(5)).unwrap();
    assert_eq!((rig.kind(), rig.says(3, close(5))), (Kind::Ended, Err(Reject(Code::NoSession))));
}

#[test]
fn after_the_end_a_message_opens_the_next_session() {
    let mut rig = Rig::active();
    rig.says(1, ToConversation::End {}).unwrap();
    rig.writes(1, 2).unwrap();
    assert_eq!(rig.core.session().map(|session| (session.number, session.epoch)), Some((2, Epoch(0))));
    assert!(matches!(rig.told().first(), Some(Note::Arrived(arrival)) if arrival.session.number == 2));
    assert_eq!(rig.replies(2, 10, 3), Err(Reject(Code::NotParticipant)));
}

#[test]
fn a_note_is_for_operators_and_leaves_no_gap_for_the_visitor() {
    let mut rig = Rig::active();
    rig.says(2, internal(10)).unwrap();
    assert!(rig.sent(1).is_empty());
    assert_eq!(rig.acks(2).len(), 1);
    rig.replies(2, 11, 3).unwrap();
    let entry = rig.sent(1).into_iter().find_map(|frame| match frame {
        FromConversation::Entry(entry) => Some((entry.seq.0, entry.prev.0, entry.author.clone())),
        _ => None,
    });
    assert_eq!(entry, Some((4, 2, Author::Operator { name: "Ana".into(), id: None })));
    assert_eq!(rig.says(1, internal(12)), Err(Reject(Code::Forbidden)));
}

#[test]
fn the_inbox_row_follows_the_conversation() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    let row = |rig: &Rig| match rig.told().first() {
        Some(Note::Row(row)) => Some((row.state.clone(), row.epoch.0, row.unread)),
        _ => None,
    };
    assert!(matches!(row(&rig), Some((RowState::Offered { .. }, 2, 1))));
    rig.assigned(3, ana());
    assert_eq!(row(&rig), Some((RowState::InWork, 3, 1)));
    rig.reads(2, ana());
    rig.replies(2, 10, 3).unwrap();
    assert_eq!(row(&rig), Some((RowState::Answered, 3, 0)), "who is to answer has changed");
    rig.replies(2, 11, 3).unwrap();
    let hint = rig.effects.iter().find_map(|effect| match effect {
        Effect::Mention { hint: Hint::Row(row), .. } => Some((row.state.clone(), row.unread)),
        _ => None,
    });
    assert_eq!((rig.told().len(), hint), (0, Some((RowState::Answered, 0))), "only what it shows");
}

fn place(session: &SessionId, place: u32) -> Hint {
    Hint::Place { session: session.clone(), place, beyond: false, wait: None }
}

#[test]
fn the_place_in_the_line_survives_the_word_that_the_session_waits() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    let session = rig.session_id();
    rig.input(T0, Input::Hint(place(&session, 2))).unwrap();
    rig.note(Note::Waiting { session, epoch: Epoch(1), moved: None });
    assert!(matches!(rig.shown(1), Some(SessionView::Waiting { place: Some(2), .. })));
    rig.offered(2, ana());
    assert!(matches!(rig.shown(1), Some(SessionView::Waiting { place: None, offered: false, .. })));
}

#[test]
fn a_conversation_reads_back_as_it_was_stored() {
    let mut rig = Rig::active();
    rig.replies(2, 10, 3).unwrap();
    let before = rig.core.session().cloned();
    rig.crashes();
    assert_eq!(rig.core.session(), before.as_ref());
    assert!(rig.core.exists());
    assert!(rig.core.may_read(&ana().id, Role::Operator));
    assert!(!rig.core.may_read(&ben().id, Role::Operator));
    assert!(rig.core.may_read(&ben().id, Role::Supervisor));
}
