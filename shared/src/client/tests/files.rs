use super::*;

#[test]
fn a_file_is_announced_sent_and_then_a_message() {
    let mut client = client();
    online(&mut client, 0);
    client.handle(T0, Input::Attach { id: id(1), name: "a.png".into(), size: 9 });
    let effects = drain(&mut client);
    assert!(
        matches!(&effects[..], [Effect::Keep(_), Effect::Transmit(frame)] if frame.contains("\"attach\""))
    );
    let link = FromConversation::Link { id: id(1), path: "/f/x".into() };
    let upload = Effect::Upload { id: id(1), path: "/f/x".into() };
    assert_eq!(give(&mut client, T0, &link), [upload]);
    assert_eq!(give(&mut client, T0, &link), [], "it is on its way already");

    // The socket may be lost meanwhile: the bytes go another way.
    client.handle(T0, Input::Lost { code: 1006 });
    client.handle(T0, Input::Start);
    client.handle(T0, Input::Opened);
    drain(&mut client);
    assert_eq!(sends(&give(&mut client, T0, &welcome(0))), 0);
    client.handle(T0, Input::Uploaded(id(1)));
    let effects = drain(&mut client);
    assert_eq!(sends(&effects), 1);
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::Keep(pending) => pending.file,
        _ => None,
    });
    assert_eq!(kept, Some(PendingFile { size: 9, is_stored: true }), "a reload does not send it again");
}

#[test]
fn bytes_that_did_not_arrive_are_sent_again_and_a_refusal_stays() {
    let mut client = client();
    online(&mut client, 0);
    client.handle(T0, Input::Attach { id: id(1), name: "a.png".into(), size: 9 });
    let link = FromConversation::Link { id: id(1), path: "/f/x".into() };
    for why in ["", "internal", "link_invalid", "of a later version"] {
        give(&mut client, T0, &link);
        client.handle(T0, Input::NotUploaded { id: id(1), why: why.into() });
        let again = client.poll_timeout().unwrap();
        assert_eq!(again, T0 + AGAIN_AFTER, "{why}");
        drain(&mut client);
        client.handle(again, Input::Timeout);
        assert!(matches!(&drain(&mut client)[..], [Effect::Transmit(frame)] if frame.contains("\"attach\"")));
    }
    give(&mut client, T0, &link);
    client.handle(T0, Input::NotUploaded { id: id(1), why: "file_kind".into() });
    let state = client.pending().next().unwrap().state;
    assert_eq!(state, PendingState::Failed { code: Code::FileKind });
    assert_eq!(client.poll_timeout(), None);
}

#[test]
fn a_file_that_was_lost_at_the_worker_is_sent_again_if_the_user_says_so() {
    let mut client = client();
    online(&mut client, 0);
    client.handle(T0, Input::Attach { id: id(1), name: "a.png".into(), size: 9 });
    client.handle(T0, Input::Uploaded(id(1)));
    drain(&mut client);
    give(
        &mut client,
        T0,
        &FromConversation::Reject { id: Some(id(1)), code: Code::FileGone, retry_after: None },
    );
    client.handle(T0, Input::Retry(id(1)));
    let effects = drain(&mut client);
    assert!(effects.iter().any(|it| matches!(it, Effect::Transmit(frame) if frame.contains("\"attach\""))));
}

#[test]
fn where_a_file_is_is_asked_again_after_a_reconnect() {
    let mut client = client();
    client.handle(T0, Input::Fetch(id(3)));
    assert!(drain(&mut client).is_empty());
    let asked = |effects: &[Effect]| {
        effects
            .iter()
            .filter(|it| matches!(it, Effect::Transmit(frame) if frame.contains("\"fetch\"")))
            .count()
    };
    assert_eq!(asked(&online(&mut client, 0)), 1);
    let fetched = give(&mut client, T0, &FromConversation::Link { id: id(3), path: "/f/y".into() });
    assert_eq!(fetched, [Effect::Fetch { id: id(3), path: "/f/y".into() }]);
    client.handle(T0, Input::Lost { code: 1006 });
    client.handle(T0, Input::Start);
    client.handle(T0, Input::Opened);
    drain(&mut client);
    assert_eq!(asked(&give(&mut client, T0, &welcome(0))), 0, "it is known");
}

#[test]
fn a_file_does_not_wait_for_words_that_have_to() {
    let mut client = client();
    online(&mut client, 0);
    for n in 1..=2 {
        client.handle(T0, Input::Send { id: id(n), text: "x".into(), note: false });
        let after = Some(Millis::seconds(if n == 1 { 9 } else { 1 }));
        let refused = FromConversation::Reject { id: Some(id(n)), code: Code::TooFast, retry_after: after };
        give(&mut client, T0, &refused);
    }
    client.handle(T0, Input::Attach { id: id(3), name: "a.png".into(), size: 9 });
    give(&mut client, T0, &FromConversation::Link { id: id(3), path: "/f/x".into() });
    client.handle(T0, Input::NotUploaded { id: id(3), why: String::new() });
    drain(&mut client);
    let again = client.poll_timeout().unwrap();
    assert_eq!(again, T0 + AGAIN_AFTER, "the file's time; the second words wait for the first");
    client.handle(again, Input::Timeout);
    assert!(matches!(&drain(&mut client)[..], [Effect::Transmit(frame)] if frame.contains("\"attach\"")));
    give(&mut client, again, &FromConversation::Link { id: id(3), path: "/f/x".into() });
    let later = client.poll_timeout().unwrap();
    assert_eq!(later, T0 + Millis::seconds(9));
    client.handle(later, Input::Timeout);
    assert_eq!(sends(&drain(&mut client)), 2, "in order");
}
