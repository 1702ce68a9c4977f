//! Rare orders of events, each of which once went wrong.

use super::*;

fn place(rig: &mut Rig, place: u32) {
    let session = rig.session_id();
    rig.input(T0, Input::Hint(Hint::Place { session, place, beyond: false, wait: None })).unwrap();
}

fn shown_to(rig: &mut Rig, epoch: u64, to: &[Face]) {
    let (session, to, why) = (rig.session_id(), to.to_vec(), Box::new(shown_to_everyone()));
    rig.note(Note::Shown { session, epoch: Epoch(epoch), to, hidden: Vec::new(), why });
}

fn waits(rig: &mut Rig, epoch: u64) {
    rig.note(Note::Waiting { session: rig.session_id(), epoch: Epoch(epoch), moved: None });
}

#[test]
fn a_sleep_among_what_only_operators_see_hides_no_gap_from_the_visitor() {
    let mut rig = Rig::active();
    for n in 10..10 + u32::try_from(limits::TAIL_MAX).unwrap() {
        rig.says_at(T0 + Millis::seconds(n.into()), 2, internal(n)).unwrap();
    }
    let shown = rig.log().into_iter().filter(|entry| !matches!(entry.body, Body::Note { .. }));
    let last_shown = shown.map(|entry| entry.seq).max().unwrap();
    let tail: Vec<_> = rig.records.values().cloned().collect();
    let (entries, others): (Vec<_>, Vec<_>) =
        tail.into_iter().partition(|record| matches!(record, Record::Entry(_)));
    let from = entries.len() - limits::TAIL_MAX;
    rig.core = Conversation::restore(
        "ab".repeat(32).parse().unwrap(),
        1,
        others.into_iter().chain(entries.into_iter().skip(from)),
    );
    rig.opens(1, Who::Visitor);
    rig.says(1, hello(last_shown.0)).unwrap();
    rig.writes(1, 2).unwrap();
    let entry = rig.sent(1).into_iter().find_map(|frame| match frame {
        FromConversation::Entry(entry) => Some(entry.prev),
        _ => None,
    });
    assert_eq!(entry, Some(last_shown));
}

#[test]
fn a_session_that_was_spam_is_not_rated_after_a_sleep() {
    let mut rig = Rig::active();
    rig.says(2, ToConversation::Spam { epoch: Epoch(3) }).unwrap();
    rig.crashes();
    assert!(rig.core.ratings().is_empty());
}

#[test]
fn a_reply_that_is_held_and_said_by_a_colleague_meanwhile_is_stored_once() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    waits(&mut rig, 1);
    shown_to(&mut rig, 1, &[ana()]);
    rig.reads(2, ana());
    rig.replies(2, 10, 1).unwrap();
    rig.says(2, ToConversation::Join {}).unwrap();
    rig.replies(2, 10, 1).unwrap();
    rig.assigned(2, ana());
    assert_eq!(rig.acks(2).len(), 1);
    let ours = rig.log().into_iter().filter(|entry| entry.id == Some(message(10)));
    assert_eq!(ours.count(), 1);
}

#[test]
fn a_colleague_to_whom_a_session_is_shown_may_accept_it() {
    let mut rig = Rig::active();
    rig.opens(3, Who::Operator { face: ben(), role: Role::Supervisor });
    rig.says(3, hello(0)).unwrap();
    rig.says(3, ToConversation::Join {}).unwrap();
    rig.moved_on(4, ana(), MoveReason::Removed);
    shown_to(&mut rig, 4, &[ben()]);
    assert_eq!(rig.rows(), [(ben().id, RowState::Shown { since: T0 })]);
    shown_to(&mut rig, 4, &[ana()]);
    assert_eq!(rig.rows(), [(ana().id, RowState::Shown { since: T0 })], "who sees it is not told again");
}

#[test]
fn a_missed_session_leaves_an_inbox_in_the_order_in_which_it_came() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    let topic = |rig: &Rig| {
        rig.effects.iter().find_map(|effect| match effect {
            Effect::Tell { to: Address::Operator(_), topic, .. } => Some(topic.clone()),
            _ => None,
        })
    };
    rig.note(Note::Missed { session: rig.session_id(), epoch: Epoch(3), to: Vec::new() });
    assert_eq!(rig.rows(), [(ana().id, RowState::Missed)]);
    let came = topic(&rig);
    rig.writes(1, 2).unwrap();
    assert_eq!(rig.gone(), [(ana().id, GoneReason::Ended, true)]);
    assert_eq!(topic(&rig), came);
}

#[test]
fn a_stray_word_of_the_desk_does_not_end_the_books_of_a_session_that_stays_in_inboxes() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.says(1, ToConversation::End {}).unwrap();
    rig.offered(4, ben());
    assert!(rig.effects.is_empty());
    rig.note(Note::Missed { session: rig.session_id(), epoch: Epoch(5), to: Vec::new() });
    assert_eq!(rig.rows(), [(ana().id, RowState::Missed)]);
}

#[test]
fn a_visitor_who_only_looks_on_keeps_no_alarm_ringing_after_a_sleep() {
    let mut rig = Rig::new();
    rig.crashes();
    rig.input(T0, Input::Connected { socket: Socket(1), who: Who::Visitor, resumed: true }).unwrap();
    rig.input(T0, Input::Timeout).unwrap();
    assert_eq!(rig.core.poll_timeout(), None);
    let available = Hint::Available { channel: "demo".parse().unwrap(), now: true };
    rig.input(T0, Input::Hint(available)).unwrap();
    assert!(matches!(rig.sent(1)[..], [FromConversation::Available { now: true }]));
}

#[test]
fn a_place_that_comes_before_the_word_that_the_session_waits_is_shown_with_it() {
    let mut rig = Rig::active();
    place(&mut rig, 4);
    rig.moved_on(4, ana(), MoveReason::NoAnswer);
    assert!(matches!(rig.shown(1), Some(SessionView::Waiting { place: Some(4), .. })));
}

#[test]
fn offers_that_go_round_are_written_once_until_something_else_is() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    let moved =
        |rig: &Rig| rig.events().into_iter().filter(|event| matches!(event, Event::MovedOn { .. })).count();
    for epoch in 1..5 {
        rig.offered(2 * epoch, ana());
        rig.moved_on(2 * epoch + 1, ana(), MoveReason::TimeLimit);
    }
    assert_eq!(moved(&rig), 1);
    rig.offered(10, ana());
    rig.moved_on(11, ana(), MoveReason::Skipped);
    assert_eq!(moved(&rig), 2, "for another reason");
    rig.writes(1, 2).unwrap();
    rig.offered(12, ana());
    rig.moved_on(13, ana(), MoveReason::TimeLimit);
    assert_eq!(moved(&rig), 3, "after a message");
}

#[test]
fn who_holds_a_session_loses_that_with_it() {
    let mut rig = Rig::active();
    rig.says(2, ToConversation::Pin { epoch: Epoch(3), on: true }).unwrap();
    rig.assigned(4, ben());
    assert!(rig.core.session().is_some_and(|session| !session.pinned));
}

#[test]
fn whoever_opens_a_session_again_is_not_preceded_by_the_text_that_nobody_is_there() {
    let no_answer = NoAnswer { action: NoAnswerAction::AutoReply, ..NoAnswer::default() };
    let mut rig = Rig::with(Settings { no_answer, ..quiet() });
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.says(1, ToConversation::End {}).unwrap();
    rig.note(Note::Missed { session: rig.session_id(), epoch: Epoch(3), to: Vec::new() });
    rig.reads(2, ana());
    rig.says_at(T0 + Millis::hours(1), 2, send(10, "Hi", None)).unwrap();
    rig.input(T0 + Millis::hours(1), Input::Timeout).unwrap();
    assert_eq!(rig.said(), [""; 0]);
}

#[test]
fn a_visitor_who_resumes_a_session_asks_anew() {
    let no_answer = NoAnswer { action: NoAnswerAction::AutoReply, ..NoAnswer::default() };
    let mut rig = Rig::with(Settings { no_answer, ..quiet() });
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.assigned(3, ana());
    rig.says(2, ToConversation::Close { epoch: Epoch(3) }).unwrap();
    let late = T0 + Millis::minutes(9);
    rig.says_at(late, 1, send(2, "And?", None)).unwrap();
    assert_eq!(rig.core.poll_timeout(), Some(late + Millis::minutes(5)));
}

#[test]
fn a_form_that_was_filled_in_is_gone_with_the_next_session() {
    let no_answer = NoAnswer { action: NoAnswerAction::ContactForm, ..NoAnswer::default() };
    let mut rig = Rig::with(Settings { no_answer, ..quiet() });
    rig.writes(1, 1).unwrap();
    rig.rings();
    rig.says(1, ToConversation::End {}).unwrap();
    rig.writes(1, 2).unwrap();
    assert!(rig.sent(1).contains(&&FromConversation::Form(FormView::Off)));
}

#[test]
fn a_visitor_who_reloads_the_page_is_named_to_the_desk_again() {
    let mut rig = Rig::new();
    rig.input(T0, Input::Gone { socket: Socket(1) }).unwrap();
    rig.opens(4, Who::Visitor);
    rig.says(4, hello(0)).unwrap();
    assert!(rig.core.poll_timeout().is_some_and(|at| at <= T0 + Millis::minutes(1)));
    rig.rings();
    assert!(rig.core.poll_timeout().is_some_and(|at| at > T0 + Millis::minutes(1)));
}
