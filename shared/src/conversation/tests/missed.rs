//! Nobody answers: what is said, whom it stays with, and how it is opened again.

use super::*;

fn unanswered(action: NoAnswerAction) -> Rig {
    let text = words("Soon.");
    let no_answer = NoAnswer { action, text, ..NoAnswer::default() };
    let mut rig = Rig::with(Settings { no_answer, ..quiet() });
    rig.writes(1, 1).unwrap();
    rig
}

#[test]
fn without_an_answer_a_text_comes_once_in_a_session() {
    let mut rig = unanswered(NoAnswerAction::AutoReply);
    assert_eq!(rig.rings(), T0 + Millis::minutes(5));
    assert_eq!(rig.said(), ["Soon."]);
    assert_eq!(rig.core.poll_timeout(), None);
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.assigned(3, ana());
    rig.replies(2, 10, 3).unwrap();
    rig.writes(1, 2).unwrap();
    rig.input(T0 + Millis::hours(1), Input::Timeout).unwrap();
    assert_eq!(rig.said(), ["Soon."]);
}

#[test]
fn any_operators_message_cancels_it() {
    let mut rig = unanswered(NoAnswerAction::AutoReply);
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.assigned(3, ana());
    rig.replies(2, 10, 3).unwrap();
    rig.input(T0 + Millis::minutes(9), Input::Timeout).unwrap();
    assert_eq!(rig.said(), [""; 0]);
}

#[test]
fn it_counts_from_the_first_unanswered_message() {
    let mut rig = unanswered(NoAnswerAction::AutoReply);
    rig.says_at(T0 + Millis::minutes(4), 1, send(2, "Anybody?", None)).unwrap();
    assert_eq!(rig.core.poll_timeout(), Some(T0 + Millis::minutes(5)));
}

#[test]
fn back_to_the_line_is_a_word_to_the_desk() {
    let mut rig = unanswered(NoAnswerAction::BackToQueue);
    rig.rings();
    assert!(matches!(rig.told()[..], [Note::Unanswered { .. }]));
    assert_eq!(rig.core.poll_timeout(), None);
}

#[test]
fn a_form_asks_how_the_visitor_can_be_reached_and_the_answer_is_kept() {
    let mut rig = unanswered(NoAnswerAction::ContactForm);
    let form = |rig: &Rig| {
        rig.sent(1).into_iter().find_map(|frame| match frame {
            FromConversation::Form(form) => Some(form.clone()),
            _ => None,
        })
    };
    let contact = |email: &str, phone: &str| {
        ToConversation::Contact(Contact {
            name: " Zoë  B ".into(),
            email: email.into(),
            phone: phone.into(),
            ..Contact::default()
        })
    };
    assert_eq!(rig.says(1, contact("z@e.example", "")), Err(Reject(Code::NoSession)), "nobody asked");
    rig.rings();
    assert_eq!(form(&rig), Some(FormView::Asked { text: Some("Soon.".into()) }));
    for (email, phone) in [("", ""), ("z@e", ""), ("", "call me"), ("z e@x.example", "")] {
        assert_eq!(rig.says(1, contact(email, phone)), Err(Reject(Code::InvalidFields)), "{email} {phone}");
    }
    rig.says(1, contact("z@e.example", "+33 1 23")).unwrap();
    assert_eq!(form(&rig), Some(FormView::Given));
    rig.says(1, contact("z@e.example", "+33 1 23")).unwrap();
    let told: Vec<_> = rig.events().into_iter().filter(|event| matches!(event, Event::Contact(_))).collect();
    let known = Contact {
        name: "Zoë B".into(),
        email: "z@e.example".into(),
        phone: "+33 1 23".into(),
        ..Contact::default()
    };
    assert_eq!(told, [&Event::Contact(known)], "stored once");
    rig.offered(2, ana());
    assert!(matches!(rig.told().first(), Some(Note::Row(row)) if row.name == "Zoë B"));
}

#[test]
fn who_was_told_that_the_channel_is_closed_is_not_told_again_that_nobody_answers() {
    let mut rig = unanswered(NoAnswerAction::AutoReply);
    let mut session = rig.core.session().cloned().unwrap();
    session.off_hours_told = true;
    rig.records.insert("session".into(), Record::Session(session));
    rig.crashes();
    assert_eq!(rig.core.poll_timeout(), None);
}

// ---------------------------------------------------------------------------------------------------------------- missed

/// Ana was offered the session, and nobody accepted it.
fn given_up() -> Rig {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    let (session, to) = (rig.session_id(), vec![ben().id]);
    rig.note(Note::Missed { session, epoch: Epoch(3), to });
    rig
}

#[test]
fn what_nobody_accepts_stays_with_those_it_was_offered_to() {
    let rig = given_up();
    assert_eq!(rig.kind(), Kind::Missed);
    assert_eq!(rig.rows(), [(ana().id, RowState::Missed)]);
    assert!(matches!(rig.shown(1), Some(SessionView::Ended { missed: true, rating: RatingView::Off, .. })));
    let ends = rig.effects.iter().any(|effect| matches!(effect, Effect::EndTopic(_)));
    assert!(!ends, "its books go on while it stays in an inbox");
}

#[test]
fn what_nobody_was_offered_stays_with_the_members_that_the_desk_names() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.kind(), Kind::Missed);
    assert!(matches!(rig.told()[..], [Note::Ended { missed: true, .. }]));
    let session = rig.session_id();
    rig.note(Note::Missed { session, epoch: Epoch(2), to: vec![ben().id] });
    assert_eq!(rig.rows(), [(ben().id, RowState::Missed)]);
    assert!(rig.core.may_read(&ben().id, Role::Operator));
}

#[test]
fn answering_what_was_missed_opens_it_again() {
    let mut rig = given_up();
    rig.reads(2, ana());
    rig.replies(2, 10, 3).unwrap();
    assert!(rig.acks(2).is_empty());
    let claimed = |note: &&Note| matches!(note, Note::Arrived(arrival) if arrival.claim == Some(ana()));
    assert_eq!(rig.told().iter().filter(|note| claimed(note)).count(), 1);
    rig.note(Note::Waiting { session: rig.session_id(), epoch: Epoch(4), moved: None });
    rig.assigned(5, ana());
    assert_eq!((rig.kind(), rig.acks(2).len()), (Kind::Active, 1));
}

#[test]
fn a_missed_row_goes_when_the_visitor_writes_anew_or_it_is_put_away() {
    let mut rig = given_up();
    rig.writes(1, 2).unwrap();
    assert_eq!(rig.gone(), [(ana().id, GoneReason::Ended, true)]);
    assert_eq!(rig.session_id().number, 2);
    let mut rig = given_up();
    rig.reads(2, ana());
    rig.says(2, ToConversation::Close { epoch: Epoch(3) }).unwrap();
    assert_eq!((rig.kind(), rig.gone()), (Kind::Missed, vec![(ana().id, GoneReason::Ended, true)]));
    assert_eq!(rig.replies(2, 10, 3), Err(Reject(Code::NoSession)));
}

#[test]
fn the_answer_of_one_takes_the_row_from_the_others() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    let (session, to) = (rig.session_id(), vec![ana().id, ben().id]);
    rig.note(Note::Missed { session, epoch: Epoch(2), to });
    rig.reads(2, ana());
    rig.replies(2, 10, 2).unwrap();
    let taken = GoneReason::Taken { by: "Ana".into() };
    assert_eq!(rig.gone(), [(ana().id, taken.clone(), true), (ben().id, taken, true)]);
}
