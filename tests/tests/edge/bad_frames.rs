//! Frames that nobody should send to a conversation: each gets its code, and everybody else notices nothing.

use crate::fixture::{Shop, rig};
use shared::id::{Epoch, Seq};
use shared::limits::{COMMENT_CHARS_MAX, CONVERSATION_SOCKETS_MAX, FRAME_BYTES_MAX, FRAMES, TEXT_CHARS_MAX};
use shared::reject::Code;
use shared::wire::{Author, FromConversation, Score, SessionView, Side, ToConversation, close};
use tests::rig::{Talk, Visitor, message_id, secret, text_of};

/// Bad frames that a socket is forgiven.
const STRIKES: usize = 20;

#[test]
fn what_is_no_frame_is_refused_and_nothing_else_happens() {
    let mut served = Shop::open("Fay").serve("hello");
    let deep = "[".repeat(20_000);
    let long = "x".repeat(FRAME_BYTES_MAX + 1);
    let cases = [
        ("", Code::Malformed),
        ("{", Code::Malformed),
        ("null", Code::Malformed),
        ("\"send\"", Code::Malformed),
        ("{}", Code::Malformed),
        ("Ping", Code::Malformed),
        (deep.as_str(), Code::Malformed),
        (r#"{"send":{"id":"not-a-ulid","text":"x"}}"#, Code::Malformed),
        (r#"{"send":{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}}"#, Code::Malformed),
        (r#"{"send":{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","text":"\ud800"}}"#, Code::Malformed),
        (r#"{"read":{"seq":-1}}"#, Code::Malformed),
        (r#"{"typing":{"on":true},"end":{}}"#, Code::Malformed),
        (r#"{"launch":{}}"#, Code::UnknownFrame),
        (r#"{"<script>":1}"#, Code::UnknownFrame),
        (long.as_str(), Code::TooLarge),
    ];
    for (text, code) in cases {
        served.visitor.send_text(text);
        assert_eq!(served.visitor.rejected(), code, "{}", text.chars().take(60).collect::<String>());
    }
    served.visitor.send_binary(br#"{"typing":{"on":true}}"#);
    assert_eq!(served.visitor.rejected(), Code::Malformed);
    let told = served.thread.sync();
    assert!(!told.iter().any(
        |frame| matches!(frame, FromConversation::Entry(e) if e.author == Author::Visitor && e.seq > Seq(1))
    ));
    served.is_whole();
}

fn hello(v: u16) -> ToConversation {
    ToConversation::Hello {
        v,
        cursor: Seq(0),
        locale: "en".into(),
        zone: String::new(),
        plain: false,
        forms: false,
    }
}

#[test]
fn hello_comes_first_and_once_and_in_our_version() {
    let mut served = Shop::open("Hel").serve("hello");
    let shop = served.channel.clone();
    let mut talk = Visitor::open(rig(), shop.as_str(), &served.secret);
    let id = talk.write("too early", None);
    assert_eq!(talk.refused(&id), Code::HelloExpected);
    talk.send(&ToConversation::Typing { on: true });
    assert_eq!(talk.rejected(), Code::HelloExpected);
    for v in [0, 2, u16::MAX] {
        talk.send(&hello(v));
        assert_eq!(talk.rejected(), Code::UnsupportedVersion, "version {v}");
    }
    talk.hello(Seq(u64::MAX));
    talk.send(&hello(1));
    assert_eq!(talk.rejected(), Code::HelloExpected);
    served.thread.reply("at last", served.epoch);
    talk.text("at last");
    served.is_whole();
}

#[test]
fn texts_of_any_script_pass_as_they_are_and_empty_or_endless_ones_do_not() {
    let mut served = Shop::open("Tex").serve("hello");
    let quotes = "\"".repeat(TEXT_CHARS_MAX);
    let emoji = "🦀".repeat(TEXT_CHARS_MAX);
    let taken = [
        "x",
        "👩‍👩‍👧‍👦 🇫🇷 e\u{301}",
        "שלום \u{202e}עולם\u{202c} مرحبا",
        "a\u{200b}b\u{feff}",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "{\"send\":{}} ${7*7} {{visitor}} {operator} %s \\u0000 '; DROP TABLE record; --",
        "\u{0}\u{1b}[31m tab\t newline\n end",
        &quotes,
        &emoji,
    ];
    for text in taken {
        let seq = served.visitor.say(text);
        let heard = served.thread.entry(|entry| entry.seq == seq);
        assert_eq!(text_of(&heard), Some(text));
        let epoch = served.epoch;
        let seq = served.thread.reply(text, epoch);
        let heard = served.visitor.entry(|entry| entry.seq == seq);
        assert_eq!(text_of(&heard), Some(text));
    }
    let too_long = "é".repeat(TEXT_CHARS_MAX + 1);
    let refused = [
        ("", Code::EmptyText),
        (" \n\t\u{a0}", Code::EmptyText),
        ("\u{200b}\u{200d}\u{feff}\u{2060}\u{202e}\u{ad}", Code::EmptyText),
        (&too_long, Code::TextTooLong),
    ];
    for (text, code) in refused {
        let id = served.visitor.write(text, None);
        assert_eq!(served.visitor.refused(&id), code, "{text:?}");
        let id = served.thread.write(text, Some(served.epoch));
        assert_eq!(served.thread.refused(&id), code, "{text:?}");
    }
    served.is_whole();
}

#[test]
fn who_sends_too_fast_is_told_so_and_may_go_on_later() {
    let mut served = Shop::open("Tof").serve("hello");
    for _ in 0..FRAMES.burst * 3 {
        served.visitor.send(&ToConversation::Typing { on: true });
    }
    assert_eq!(served.visitor.rejected(), Code::TooFast);
    served.thread.reply("slowly!", served.epoch);
    served.visitor.text("slowly!");
    // The bucket fills again by itself, and the frame may be sent until it is taken.
    let id = message_id();
    let frame =
        ToConversation::Send { id: id.clone(), text: "sorry".into(), note: false, epoch: None, file: false };
    loop {
        served.visitor.send(&frame);
        let taken = served.visitor.find(|frame| match frame {
            FromConversation::Ack { id: of, .. } if *of == id => Some(true),
            FromConversation::Reject { id: Some(of), code: Code::TooFast, retry_after: None }
                if *of == id =>
            {
                Some(false)
            }
            _ => None,
        });
        if taken {
            break;
        }
    }
    served.thread.text("sorry");
}

#[test]
fn who_does_not_stop_is_shut_out_and_nobody_else() {
    let mut served = Shop::open("Sto").serve("hello");
    let mut bad = Visitor::open(rig(), served.channel.as_str(), &served.secret);
    bad.hello(Seq(0));
    for _ in 0..STRIKES {
        bad.send_text("{");
    }
    for _ in 0..STRIKES {
        assert_eq!(bad.rejected(), Code::Malformed);
    }
    assert_eq!(bad.closed(), close::BAD_CLIENT);
    served.is_whole();
}

#[test]
fn a_frame_past_what_the_platform_takes_harms_its_sender_alone() {
    let mut served = Shop::open("Mib").serve("hello");
    let mut bad = Visitor::open(rig(), served.channel.as_str(), &served.secret);
    bad.hello(Seq(0));
    let huge = 40 * 1024 * 1024;
    bad.send_text(&"x".repeat(huge));
    let code = bad.closed();
    assert!(!close::is_final(code), "a client may come back after {code}");
    served.is_whole();
}

#[test]
fn one_conversation_has_so_many_sockets_and_no_more() {
    let mut served = Shop::open("Man").serve("hello");
    let more = || Visitor::open(rig(), served.channel.as_str(), &served.secret);
    // The visitor's and the operator's own are open.
    let mut open: Vec<Talk> = (2..CONVERSATION_SOCKETS_MAX).map(|_| more()).collect();
    let mut last = open.pop().unwrap();
    last.hello(Seq(0));
    assert_eq!(more().closed(), close::TOO_MANY);
    last.close();
    let mut next = more();
    next.hello(Seq(0));
    served.is_whole();
    next.text("I am.");
}

#[test]
fn what_is_out_of_state_is_refused_with_the_reason() {
    let mut served = Shop::open("Out").serve("hello");
    let rate =
        |session, length| ToConversation::Rate { session, score: Score::Good, comment: "é".repeat(length) };
    for (frame, code) in [
        (rate(2, 0), Code::NotRateable),
        (rate(1, COMMENT_CHARS_MAX + 1), Code::TextTooLong),
        (ToConversation::Close { epoch: served.epoch }, Code::Forbidden),
    ] {
        served.visitor.send(&frame);
        assert_eq!(served.visitor.rejected(), code, "{frame:?}");
    }
    // The ownership before the last is the offer that the owner accepted: what they wrote under it still counts.
    let stale = Epoch(served.epoch.0 - 2);
    for epoch in [None, Some(stale), Some(served.epoch.next())] {
        let id = served.thread.write("x", epoch);
        assert_eq!(served.thread.refused(&id), Code::StaleEpoch, "{epoch:?}");
    }
    served.thread.send(&ToConversation::Close { epoch: stale });
    assert_eq!(served.thread.rejected(), Code::StaleEpoch);
    served.visitor.send(&ToConversation::Read { seq: Seq(u64::MAX) });
    served.is_whole();

    served.visitor.send(&ToConversation::End {});
    served.visitor.session(|view| matches!(view, SessionView::Ended { .. }));
    served.visitor.send(&ToConversation::End {});
    assert_eq!(served.visitor.rejected(), Code::NoSession);
    for (frame, code) in
        [(rate(2, 0), Code::NotRateable), (rate(1, COMMENT_CHARS_MAX + 1), Code::TextTooLong)]
    {
        served.visitor.send(&frame);
        assert_eq!(served.visitor.rejected(), code);
    }
    served.visitor.send(&rate(1, COMMENT_CHARS_MAX));
    served.thread.entry(|entry| entry.author == Author::Visitor && entry.id.is_none());
}

#[test]
fn nobody_becomes_an_operator_by_a_header_of_their_own() {
    let mut shop = Shop::open("Hea");
    let served = shop.serve("hello");
    let forged = format!(
        r#"{{"operator":{{"conversation":"{}","operator":"{}","name":"Hea","role":"admin"}}}}"#,
        served.conversation, shop.operator.me.id
    );
    let handshake =
        Visitor::handshake(rig().origin(), served.channel.as_str(), &secret()).header("x-guichet", &forged);
    let mut talk = Talk::new(handshake.open().unwrap());
    let welcome = talk.hello(Seq(0));
    assert!(
        matches!(welcome, FromConversation::Welcome { side: Side::Visitor, head: Seq(0), .. }),
        "{welcome:?}"
    );
}
