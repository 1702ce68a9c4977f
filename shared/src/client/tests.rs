use super::*;
use crate::file::{File, Kind};
use crate::wire::{Answer, Body, FilesView, FromConversation};

mod files;

const T0: Timestamp = Timestamp(1_000_000);

fn id(n: u8) -> MessageId {
    format!("01ARZ3NDEKTSV4RRFFQ69G5F{n:02}").parse().unwrap()
}

fn client() -> Client {
    Client::new(User::visitor("en".into(), "Europe/Paris".into()), 7, Vec::new())
}

fn drain(client: &mut Client) -> Vec<Effect> {
    std::iter::from_fn(|| client.poll_effect()).filter(|effect| *effect != Effect::Changed).collect()
}

fn give(client: &mut Client, now: Timestamp, frame: &FromConversation) -> Vec<Effect> {
    client.handle(now, Input::Text(serde_json::to_string(frame).unwrap()));
    drain(client)
}

fn welcome(head: u64) -> FromConversation {
    FromConversation::Welcome {
        v: 1,
        conversation: "ab".repeat(32).parse().unwrap(),
        side: Side::Visitor,
        clock: Clock { now: T0, rate: 1 },
        head: Seq(head),
        session: SessionView::None,
        channel: ChannelView::default(),
        hours: HoursView::AlwaysOpen,
        read: Seq(0),
        form: FormView::Off,
        available: None,
        identity: None,
    }
}

fn entry(seq: u64, prev: u64, message: Option<MessageId>) -> Entry {
    let (seq, prev) = (Seq(seq), Seq(prev));
    let body = Body::text("x".into());
    Entry { seq, prev, id: message, at: T0, session: 1, author: Author::Visitor, body }
}

fn online(client: &mut Client, head: u64) -> Vec<Effect> {
    client.handle(T0, Input::Start);
    client.handle(T0, Input::Opened);
    drain(client);
    give(client, T0, &welcome(head))
}

fn sends(effects: &[Effect]) -> usize {
    effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Transmit(frame) if frame.contains("\"send\"")))
        .count()
}

#[test]
fn a_message_waits_for_the_catch_up_and_is_not_sent_if_it_was_stored() {
    let mut client = client();
    client.handle(T0, Input::Send { id: id(1), text: "hi".into(), note: false });
    assert_eq!(sends(&drain(&mut client)), 0);
    assert_eq!(sends(&online(&mut client, 1)), 0);
    let missed =
        FromConversation::Entries { entries: vec![entry(1, 0, Some(id(1)))], earlier: false, history: false };
    let effects = give(&mut client, T0, &missed);
    assert_eq!(effects, [Effect::Forget(id(1))]);
    assert_eq!(client.pending().count(), 0);
}

#[test]
fn what_was_not_acknowledged_is_sent_again_on_the_next_socket() {
    let mut client = client();
    online(&mut client, 0);
    client.handle(T0, Input::Send { id: id(1), text: "hi".into(), note: false });
    assert_eq!(sends(&drain(&mut client)), 1);
    client.handle(T0, Input::Lost { code: 1006 });
    let Link::Waiting { until } = client.link() else { panic!() };
    client.handle(until, Input::Timeout);
    assert_eq!(drain(&mut client), [Effect::Connect]);
    client.handle(until, Input::Opened);
    drain(&mut client);
    assert_eq!(sends(&give(&mut client, until, &welcome(0))), 1);
}

#[test]
fn a_socket_that_swallows_a_message_is_dropped_within_fifteen_seconds() {
    let mut client = client();
    online(&mut client, 0);
    client.handle(T0, Input::Send { id: id(1), text: "hi".into(), note: false });
    drain(&mut client);
    assert_eq!(client.poll_timeout(), Some(T0 + ACK_MAX));
    client.handle(T0 + ACK_MAX, Input::Timeout);
    assert!(drain(&mut client).contains(&Effect::Disconnect));
    assert!(matches!(client.link(), Link::Waiting { .. }));
}

#[test]
fn a_gap_is_noticed_and_a_repeat_is_ignored() {
    let mut client = client();
    online(&mut client, 0);
    give(&mut client, T0, &FromConversation::Entry(entry(1, 0, None)));
    give(&mut client, T0, &FromConversation::Entry(entry(1, 0, None)));
    // 2 was a note that this reader may not see.
    give(&mut client, T0, &FromConversation::Entry(entry(3, 1, None)));
    assert_eq!(client.entries().len(), 2);
    let effects = give(&mut client, T0, &FromConversation::Entry(entry(6, 5, None)));
    assert_eq!(effects, [Effect::Disconnect]);
    assert_eq!(client.cursor(), Seq(3));
}

#[test]
fn a_refused_message_stays_until_its_writer_decides() {
    let mut client = client();
    online(&mut client, 0);
    client.handle(T0, Input::Send { id: id(1), text: "hi".into(), note: false });
    drain(&mut client);
    give(
        &mut client,
        T0,
        &FromConversation::Reject { id: Some(id(1)), code: Code::TextTooLong, retry_after: None },
    );
    let state = client.pending().next().unwrap().state;
    assert_eq!(state, PendingState::Failed { code: Code::TextTooLong });
    client.handle(T0, Input::Discard(id(1)));
    assert_eq!(drain(&mut client), [Effect::Forget(id(1))]);
    assert_eq!(client.pending().count(), 0);
}

#[test]
fn a_final_close_is_not_retried() {
    let mut client = client();
    online(&mut client, 0);
    client.handle(T0, Input::Lost { code: wire::close::TOO_MANY });
    assert_eq!(client.poll_timeout(), None);
    client.handle(T0, Input::Nudge);
    assert_eq!(drain(&mut client), []);
}

#[test]
fn an_outbox_that_is_full_says_so() {
    let mut client = client();
    for n in 0..=limits::OUTBOX_MAX {
        let id = format!("01ARZ3NDEKTSV4RRFFQ69G{n:04}").parse().unwrap();
        client.handle(T0, Input::Send { id, text: "x".into(), note: false });
    }
    assert_eq!(client.pending().count(), limits::OUTBOX_MAX);
    assert_eq!(client.refusal(), Some(Code::TooLarge));
}

use super::json::Json;

fn samples() -> Vec<FromConversation> {
    use crate::settings::Scale;
    use crate::wire::{Ending, Event, MoveReason, RatingView};
    let words = crate::settings::LocalText(
        [("en".into(), "Hi \"you\"\n\\ é 👋".into()), ("fr".into(), String::new())].into(),
    );
    let operator =
        Author::Operator { name: "Léa".into(), id: Some("01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap()) };
    let asked = RatingView::Asked { until: T0, scale: Scale::Stars, text: Some("Well?".into()) };
    let given = RatingView::Given {
        score: Score::Stars(4),
        until: T0,
        scale: Scale::Stars,
        thanks: Some("Merci".into()),
    };
    let thumb = RatingView::Given { score: Score::Bad, until: T0, scale: Scale::Thumbs, thanks: None };
    let (number, epoch) = (1, Epoch(3));
    let waiting = |place, beyond, wait, notice, offered| SessionView::Waiting {
        number,
        epoch,
        place,
        beyond,
        wait,
        notice,
        offered,
        why: None,
    };
    let active = |rating, with: Vec<String>, mine| SessionView::Active {
        number,
        epoch,
        operator: "Léa".into(),
        mine,
        joined: !mine,
        with,
        pinned: mine,
        rating,
        why: None,
    };
    let ended = |operator, rating, missed| SessionView::Ended {
        number,
        operator,
        rating,
        missed,
        reopens: missed,
        review: None,
    };
    let sessions = [
        SessionView::None,
        waiting(Some(2), false, Some(Millis::minutes(4)), Some("Number 2".into()), true),
        waiting(Some(20), true, None, None, false),
        waiting(None, false, None, None, false),
        active(RatingView::Off, Vec::new(), true),
        active(RatingView::Possible { scale: Scale::Thumbs }, vec!["Bo".into()], false),
        SessionView::Closing {
            number,
            epoch,
            operator: "Léa".into(),
            mine: false,
            until: T0,
            rating: asked.clone(),
            review: None,
        },
        ended(None, RatingView::Off, true),
        ended(Some("Léa".into()), asked, false),
        ended(None, given, false),
        ended(None, thumb, false),
    ];
    let hours = [
        HoursView::AlwaysOpen,
        HoursView::Open { until: T0 },
        HoursView::Closed { opens: None, notice: words.clone() },
        HoursView::Closed { opens: Some(T0), notice: crate::settings::LocalText::default() },
    ];
    let bodies = [
        Body::text("\u{0}\u{1F}\u{2028}<script>".into()),
        Body::Note { text: "n".into() },
        Body::Event(Event::Assigned { name: "Léa".into() }),
        Body::Event(Event::MovedOn { reason: MoveReason::TimeLimit, name: "Léa".into() }),
        Body::Event(Event::Joined { name: "Bo".into() }),
        Body::Event(Event::Left { name: "Bo".into() }),
        Body::Event(Event::Ended { by: Ending::Silence }),
        Body::Event(Event::Resumed {}),
        Body::Event(Event::Reopened { name: "Léa".into() }),
        Body::Event(Event::Contact(Contact {
            name: "Zoë".into(),
            email: "z@e.example".into(),
            phone: "1 23".into(),
            more: vec![Answer { key: "order".into(), label: "Order".into(), value: "12".into() }],
            consent: "You may keep this.".into(),
        })),
        Body::Event(Event::Rated { score: Score::Good, comment: "c".into() }),
    ];
    let entries: Vec<Entry> = bodies
        .into_iter()
        .zip([Author::Visitor, operator.clone(), Author::Channel].into_iter().cycle())
        .map(|(body, author)| Entry { author, body, ..entry(2, 1, Some(id(1))) })
        .collect();
    let mut frames = vec![
        welcome(9),
        FromConversation::Entry(entry(1, 0, None)),
        FromConversation::Entries { entries, earlier: true, history: true },
        FromConversation::Entries { entries: Vec::new(), earlier: false, history: false },
        FromConversation::Ack { id: id(1), seq: Seq(1), at: T0 },
        FromConversation::Reject { id: Some(id(1)), code: Code::TextTooLong, retry_after: None },
        FromConversation::Reject { id: None, code: Code::NotRateable, retry_after: None },
        FromConversation::Typing { who: operator, on: true },
        FromConversation::Typing { who: Author::Visitor, on: false },
        FromConversation::Read { seq: Seq((1 << 53) - 1) },
        FromConversation::Available { now: true },
        FromConversation::Available { now: false },
        FromConversation::Form(FormView::Off),
        FromConversation::Form(FormView::Asked { text: Some("Where?".into()) }),
        FromConversation::Form(FormView::Asked { text: None }),
        FromConversation::Form(FormView::Given),
    ];
    frames.extend(sessions.into_iter().map(FromConversation::Session));
    frames.extend(hours.into_iter().map(FromConversation::Hours));
    if let FromConversation::Welcome { channel, form, available, .. } = &mut frames[0] {
        *form = FormView::Given;
        *available = Some(false);
        *channel = ChannelView {
            id: Some("demo".parse().unwrap()),
            title: words.clone(),
            welcome: words,
            accent: Some("#0b6e69".into()),
            position: crate::settings::Position::Start,
            files: Some(FilesView { bytes_max: 10, accept: "image/*".into() }),
        };
    }
    let file = Some(File { kind: Kind::Jpeg, size: 5 });
    let sent = Entry { body: Body::Text { text: "a.jpg".into(), file }, ..entry(8, 7, Some(id(8))) };
    frames.push(FromConversation::Entry(sent));
    frames.push(FromConversation::Link { id: id(9), path: "/f/x/y?until=1&proof=z".into() });
    frames
}

#[test]
fn a_client_reads_what_serde_writes() {
    for sample in samples() {
        let text = serde_json::to_string(&sample).unwrap();
        assert_eq!(super::read::frame(&text), Some(sample), "{text}");
        // Cut anywhere, it is refused and nothing panics.
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(super::read::frame(&text[..end]), None);
        }
    }
}

#[test]
fn a_saved_message_reads_as_serde_wrote_it() {
    let file = Some(PendingFile { size: 5, is_stored: true });
    for state in [PendingState::Sending, PendingState::Failed { code: Code::TooLarge }] {
        let saved = Pending {
            id: id(1),
            text: "é\u{1F600}\t".into(),
            note: true,
            epoch: Some(Epoch(2)),
            file,
            state,
        };
        assert_eq!(Pending::read(&serde_json::to_string(&saved).unwrap()), Some(saved));
    }
}

#[test]
fn json_is_read_as_written_and_nothing_else() {
    let read = |text| Json::read(text);
    assert_eq!(
        read(r#" {"a" : [1, true , null, "\u00e9\ud83d\ude00\/"], "b":{}} "#)
            .map(|json| json.get("a").items().len()),
        Some(4)
    );
    assert_eq!(read(r#""\u00e9\ud83d\ude00\/""#).as_ref().and_then(Json::text), Some("é😀/"));
    assert_eq!(read("-1"), Some(Json::Null));
    for bad in [
        "",
        "{",
        "[1,]",
        "{\"a\"}",
        "\"\\ud83d\"",
        "\"\\x\"",
        "tru",
        "1 2",
        "\"\\u12\"",
        "[1 2]",
        &"[".repeat(100_000),
    ] {
        assert_eq!(read(bad), None, "{bad:.20}");
    }
}

#[test]
fn what_only_a_later_version_knows_is_counted_and_does_not_look_like_a_gap() {
    let mut client = client();
    online(&mut client, 0);
    let later =
        r#"{"entry":{"seq":1,"prev":0,"at":1,"session":1,"author":"robot","body":{"poll":{"options":[1]}}}}"#;
    client.handle(T0, Input::Text(later.into()));
    assert_eq!(drain(&mut client), []);
    assert_eq!(
        (client.cursor(), &client.entries()[0].body),
        (Seq(1), &Body::Event(crate::wire::Event::Unknown))
    );
    let refusal = r#"{"reject":{"id":"01ARZ3NDEKTSV4RRFFQ69G5F01","code":"moon_phase"}}"#;
    client.handle(T0, Input::Send { id: id(1), text: "hi".into(), note: false });
    client.handle(T0, Input::Text(refusal.into()));
    let state = client.pending().next().unwrap().state;
    assert_eq!(state, PendingState::Failed { code: Code::Malformed });
}

#[test]
fn an_operator_is_told_the_whole_reason_and_old_and_new_frames_are_read() {
    use crate::why::{Excluded, Rule, Why};
    let mut client = Client::new(User::operator("en".into()), 7, Vec::new());
    let why =
        Why { at: T0, rule: Rule::Evenly, winner: None, next: Vec::new(), excluded: Excluded::default() };
    let view = SessionView::Waiting {
        number: 1,
        epoch: Epoch(2),
        place: None,
        beyond: false,
        wait: None,
        notice: None,
        offered: true,
        why: Some(Box::new(why)),
    };
    online(&mut client, 0);
    give(&mut client, T0, &FromConversation::Session(view.clone()));
    assert_eq!((client.session(), client.epoch()), (&view, Some(Epoch(2))));
    let later =
        r#"{"entry":{"seq":1,"prev":0,"at":1,"session":1,"author":"channel","body":{"event":{"moon":{}}}}}"#;
    client.handle(T0, Input::Text(later.into()));
    assert_eq!(client.cursor(), Seq(1), "what is new is counted");
}

#[test]
fn a_contact_is_sent_again_until_the_worker_has_it() {
    let mut client = client();
    let contact = Contact { email: "z@e.example".into(), ..Contact::default() };
    let sends = |effects: &[Effect]| {
        effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Transmit(t) if t.contains("\"contact\"")))
            .count()
    };
    client.handle(T0, Input::Contact(contact));
    assert_eq!(sends(&drain(&mut client)), 0);
    assert_eq!(sends(&online(&mut client, 0)), 1);
    client.handle(T0, Input::Lost { code: 1006 });
    assert_eq!(sends(&online_again(&mut client)), 1);
    give(&mut client, T0, &FromConversation::Form(FormView::Given));
    client.handle(T0, Input::Lost { code: 1006 });
    assert_eq!(sends(&online_again(&mut client)), 0);
}

fn online_again(client: &mut Client) -> Vec<Effect> {
    let Link::Waiting { until } = client.link() else { panic!() };
    client.handle(until, Input::Timeout);
    client.handle(until, Input::Opened);
    drain(client);
    give(client, until, &welcome(0))
}

#[test]
fn a_client_who_is_sent_to_another_conversation_begins_anew_and_keeps_what_it_has_to_send() {
    let mut client = client();
    online(&mut client, 1);
    give(&mut client, T0, &FromConversation::Entry(entry(1, 0, None)));
    client.handle(T0, Input::Send { id: id(1), text: "hi".into(), note: false });
    drain(&mut client);
    client.handle(T0, Input::Lost { code: wire::close::MOVED });
    let Link::Waiting { until } = client.link() else { panic!() };
    client.handle(until, Input::Timeout);
    client.handle(until, Input::Opened);
    drain(&mut client);
    let mut other = welcome(7);
    if let FromConversation::Welcome { conversation, .. } = &mut other {
        *conversation = "cd".repeat(32).parse().unwrap();
    }
    assert_eq!(give(&mut client, until, &other), [Effect::Disconnect]);
    assert_eq!((client.entries().len(), client.cursor()), (0, Seq(0)));
    let Link::Waiting { until } = client.link() else { panic!() };
    client.handle(until, Input::Timeout);
    client.handle(until, Input::Opened);
    let hello = drain(&mut client);
    assert!(matches!(&hello[..], [Effect::Connect, Effect::Transmit(t)] if t.contains("\"cursor\":0")));
    give(&mut client, until, &other);
    let page = FromConversation::Entries { entries: vec![entry(7, 6, None)], earlier: true, history: false };
    assert_eq!(sends(&give(&mut client, until, &page)), 1);
}
