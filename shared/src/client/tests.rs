use super::*;
use crate::wire::{Body, FromConversation};

const T0: Timestamp = Timestamp(1_000_000);

fn id(n: u8) -> MessageId {
    format!("01ARZ3NDEKTSV4RRFFQ69G5F{n:02}").parse().unwrap()
}

fn client() -> Client {
    Client::new(Side::Visitor, "en".into(), 7, Vec::new())
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
    }
}

fn entry(seq: u64, prev: u64, message: Option<MessageId>) -> Entry {
    let (seq, prev) = (Seq(seq), Seq(prev));
    let body = Body::Text { text: "x".into() };
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
    give(&mut client, T0, &FromConversation::Reject { id: Some(id(1)), code: Code::TextTooLong });
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
