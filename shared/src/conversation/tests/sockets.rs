//! Readers: tabs, hostile input, limits.

use super::*;
use crate::wire;

#[test]
fn two_tabs_of_a_visitor_see_the_same_and_only_the_sender_is_answered() {
    let mut rig = Rig::new();
    rig.opens(4, Who::Visitor);
    rig.says(4, hello(0)).unwrap();
    rig.writes(1, 1).unwrap();
    let entry = |frame: &&FromConversation| matches!(frame, FromConversation::Entry(_));
    assert!(rig.sent(1).iter().any(entry) && rig.sent(4).iter().any(entry));
    assert_eq!((rig.acks(1), rig.acks(4)), (vec![1], vec![]));
    rig.writes(4, 1).unwrap();
    assert_eq!((rig.acks(4), rig.log().len()), (vec![1], 1), "both tabs share one outbox");
}

#[test]
fn hello_comes_first_and_once_and_in_a_known_version() {
    let mut rig = Rig::new();
    rig.opens(4, Who::Visitor);
    assert_eq!(rig.writes(4, 1), Err(Reject(Code::HelloExpected)));
    for v in [0, 2] {
        let (locale, zone) = (String::new(), String::new());
        let frame = ToConversation::Hello { v, cursor: Seq(0), locale, zone, plain: false, forms: false };
        assert_eq!(rig.says(4, frame), Err(Reject(Code::UnsupportedVersion)));
    }
    rig.says(4, hello(0)).unwrap();
    assert_eq!(rig.says(4, hello(0)), Err(Reject(Code::HelloExpected)));
    assert_eq!(rig.says(99, hello(0)), Ok(()), "a socket that is gone says nothing");
    assert!(rig.effects.is_empty());
}

#[test]
fn a_reader_resumes_after_their_cursor() {
    let mut rig = Rig::active();
    let welcomed = |rig: &mut Rig, cursor| {
        rig.opens(4, Who::Visitor);
        rig.says(4, hello(cursor)).unwrap();
        let read = rig.effects.iter().find_map(|effect| match effect {
            Effect::Read { query: Query::After { side: Side::Visitor, cursor }, .. } => Some(cursor.0),
            _ => None,
        });
        rig.input(T0, Input::Gone { socket: Socket(4) }).unwrap();
        read
    };
    assert_eq!(welcomed(&mut rig, 0), Some(0));
    assert_eq!(welcomed(&mut rig, 1), Some(1));
    assert_eq!(welcomed(&mut rig, 2), None, "nothing was missed");
    rig.says(2, internal(10)).unwrap();
    assert_eq!(welcomed(&mut rig, 2), None, "a note is not for them");
    assert_eq!(welcomed(&mut rig, u64::MAX), None);
}

#[test]
fn text_is_measured_in_characters_and_must_say_something() {
    let mut rig = Rig::new();
    let longest = "👋".repeat(limits::TEXT_CHARS_MAX);
    rig.says(1, send(1, &longest, None)).unwrap();
    let longer = format!("{longest}x");
    assert_eq!(rig.says(1, send(2, &longer, None)), Err(Reject(Code::TextTooLong)));
    for blank in ["", " \n\t ", "\u{200B}\u{200B}", "\u{FEFF}", "\u{202E}\u{2066}"] {
        assert_eq!(rig.says(1, send(3, blank, None)), Err(Reject(Code::EmptyText)), "{blank:?}");
    }
    for (n, text) in
        ["\u{202E}שלום", "👩‍👩‍👧", "<script>alert(1)</script>", "{operator} {", "a\u{0}b"].iter().enumerate()
    {
        rig.says(1, send(10 + u32::try_from(n).unwrap(), text, None)).unwrap();
        assert!(matches!(&rig.log().last().unwrap().body, Body::Text { text: stored, .. } if stored == text));
    }
}

#[test]
fn a_refused_message_changes_nothing() {
    let mut rig = Rig::new();
    assert!(rig.says(1, send(1, "", None)).is_err());
    assert!(rig.effects.is_empty() && rig.records.is_empty());
    assert_eq!(
        rig.core.refusal(T0, &send(1, "", None), Code::EmptyText),
        FromConversation::Reject { id: Some(message(1)), code: Code::EmptyText, retry_after: None }
    );
}

#[test]
fn a_flood_is_refused_and_a_pause_makes_good() {
    let mut rig = Rig::new();
    let typing = ToConversation::Typing { on: true };
    let mut say = |now| rig.says_at(now, 1, typing.clone());
    let passed = (0..2 * limits::FRAMES.burst).take_while(|_| say(T0).is_ok()).count();
    assert!(passed < limits::FRAMES.burst as usize + 1);
    assert_eq!(say(T0), Err(Reject(Code::TooFast)));
    assert_eq!(say(T0 + Millis(100)), Ok(()), "ten a second are regained");
    assert_eq!(say(T0 + Millis(100)), Err(Reject(Code::TooFast)));
}

#[test]
fn nonsense_is_answered_and_too_much_of_it_ends_the_socket() {
    let mut rig = Rig::new();
    for n in 1..=20 {
        rig.input(T0, Input::BadFrame { socket: Socket(1), code: Code::Malformed }).unwrap();
        assert_eq!(rig.refused(1), [Code::Malformed]);
        let closed = rig
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Close { code: wire::close::BAD_CLIENT, .. }));
        assert_eq!(closed, n == 20);
    }
    rig.writes(1, 1).unwrap();
    assert!(rig.effects.is_empty(), "it is gone");
}

#[test]
fn a_socket_too_many_is_closed_and_the_others_stay() {
    let mut rig = Rig::new();
    for socket in 2..=limits::CONVERSATION_SOCKETS_MAX as u64 {
        rig.opens(socket, Who::Visitor);
        assert!(rig.effects.is_empty());
    }
    rig.opens(99, Who::Visitor);
    assert!(matches!(rig.effects[..], [Effect::Close { socket: Socket(99), code: wire::close::TOO_MANY }]));
    rig.writes(1, 1).unwrap();
    assert_eq!(rig.acks(1), [1]);
}

#[test]
fn an_operator_reads_only_what_was_offered_to_them() {
    let mut rig = Rig::active();
    rig.opens(3, Who::Operator { face: ben(), role: Role::Operator });
    assert!(matches!(rig.effects[..], [Effect::Close { code: wire::close::FORBIDDEN, .. }]));
    rig.opens(4, Who::Operator { face: ben(), role: Role::Supervisor });
    assert!(rig.effects.is_empty());
}

#[test]
fn two_tabs_of_an_operator_see_the_same_and_each_acknowledgement_reaches_a_reply_that_waited() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.reads(5, ana());
    rig.replies(2, 10, 2).unwrap();
    rig.assigned(3, ana());
    assert_eq!((rig.acks(2), rig.acks(5)), (vec![3], vec![3]));
    assert!(matches!(rig.shown(5), Some(SessionView::Active { mine: true, .. })));
}

#[test]
fn who_types_is_shown_to_the_others_and_stored_nowhere() {
    let mut rig = Rig::active();
    rig.opens(4, Who::Visitor);
    rig.says(4, hello(0)).unwrap();
    rig.records.clear();
    rig.says(1, ToConversation::Typing { on: true }).unwrap();
    assert_eq!((rig.sent(2).len(), rig.sent(1).len(), rig.sent(4).len()), (1, 0, 0));
    rig.says(2, ToConversation::Typing { on: true }).unwrap();
    let expected = Author::Operator { name: "Ana".into(), id: None };
    assert!(matches!(rig.sent(1)[..], [FromConversation::Typing { who, on: true }] if *who == expected));
    assert!(rig.records.is_empty());
}

#[test]
fn only_the_owner_marks_as_read_and_nobody_beyond_the_end() {
    let mut rig = Rig::active();
    rig.says(2, ToConversation::Read { seq: Seq(u64::MAX) }).unwrap();
    assert!(matches!(rig.sent(1)[..], [FromConversation::Read { seq: Seq(2) }]));
    rig.moved_on(4, ana(), MoveReason::Removed);
    rig.says(2, ToConversation::Read { seq: Seq(3) }).unwrap();
    assert!(rig.effects.is_empty());
}

#[test]
fn a_socket_that_outlived_unstored_settings_is_asked_to_connect_again() {
    let mut rig = Rig::new();
    rig.crashes();
    let resumed = Input::Connected { socket: Socket(1), who: Who::Visitor, resumed: true };
    rig.input(T0, resumed).unwrap();
    rig.writes(1, 1).unwrap();
    assert!(matches!(rig.effects[..], [Effect::Close { socket: Socket(1), code: wire::close::INTERNAL }]));
    assert!(rig.records.is_empty());
}
