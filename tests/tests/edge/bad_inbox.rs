//! Frames that nobody should send to an inbox.

use crate::fixture::{Shop, rig};
use shared::api::Role;
use shared::id::SessionId;
use shared::limits::INBOX_SOCKETS_MAX;
use shared::reject::Code;
use shared::wire::{FromInbox, ToInbox, close};
use tests::rig::{Inbox, Socket, secret};

#[test]
fn an_inbox_refuses_what_it_does_not_know_and_goes_on() {
    let mut shop = Shop::open("Ian");
    let mut inbox = Inbox::open(&shop.operator);
    let rejected = |inbox: &mut Socket<ToInbox, FromInbox>| {
        inbox.find(|frame| match frame {
            FromInbox::Reject { session: None, code } => Some(*code),
            _ => None,
        })
    };
    inbox.send(&ToInbox::Presence { available: false });
    assert_eq!(rejected(&mut inbox), Code::HelloExpected);
    for v in [0, 2] {
        inbox.send(&ToInbox::Hello { v });
        assert_eq!(rejected(&mut inbox), Code::UnsupportedVersion);
    }
    inbox.send(&ToInbox::Hello { v: 1 });
    let welcome = inbox.expect(|frame| matches!(frame, FromInbox::Welcome { .. }));
    assert!(
        matches!(welcome, FromInbox::Welcome { available: true, .. }),
        "nothing has changed: {welcome:?}"
    );
    for (text, code) in [
        ("{", Code::Malformed),
        (r#"{"accept":{"session":"x.1","epoch":1}}"#, Code::Malformed),
        (r#"{"send":{}}"#, Code::UnknownFrame),
        (r#"{"hello":{"v":1}}"#, Code::HelloExpected),
        (&"x".repeat(40_000), Code::TooLarge),
    ] {
        inbox.send_text(text);
        assert_eq!(rejected(&mut inbox), code, "{}", text.chars().take(60).collect::<String>());
    }
    inbox.send_binary(b"ping");
    assert_eq!(rejected(&mut inbox), Code::Malformed);

    for _ in 0..20 {
        inbox.send_text("[]");
    }
    assert_eq!(inbox.closed(), close::BAD_CLIENT);
    shop.serve("the other tab still works");
}

#[test]
fn only_what_is_offered_can_be_taken_or_skipped() {
    let mut shop = Shop::open("Oda");
    let served = shop.serve("mine");
    let session = SessionId { conversation: served.conversation.clone(), number: 1 };
    let unknown = SessionId { conversation: "ab".repeat(32).parse().unwrap(), number: 1 };
    for (session, epoch) in [(session, served.epoch), (unknown, served.epoch)] {
        for frame in [
            ToInbox::Accept { session: session.clone(), epoch },
            ToInbox::Skip { session: session.clone(), epoch },
        ] {
            shop.inbox.send(&frame);
            assert_eq!(shop.inbox.rejected(), (Some(session.clone()), Code::OfferGone), "{frame:?}");
        }
    }
    // Accepting twice, as two tabs may, is no fault.
    let mut visitor = shop.visitor(&secret());
    visitor.say("next");
    let offer = shop.inbox.offered(&visitor.conversation());
    let mut other = Inbox::connect(&shop.operator);
    let frame = ToInbox::Accept { session: offer.session.clone(), epoch: offer.epoch };
    shop.inbox.send(&frame);
    other.send(&frame);
    shop.inbox.row(|row| row.session == offer.session && row.epoch > offer.epoch);
    let mut again = Inbox::connect(&shop.operator);
    again.row(|row| row.session == offer.session && row.epoch > offer.epoch);
}

#[test]
fn nobody_takes_what_is_offered_to_another() {
    let mut shop = Shop::open("Una");
    let mut visitor = shop.visitor(&secret());
    visitor.say("hello");
    let offer = shop.inbox.offered(&visitor.conversation());
    let stranger = rig().join_as("Stranger", Role::Operator);
    let mut inbox = Inbox::connect(&stranger);
    inbox.send(&ToInbox::Accept { session: offer.session.clone(), epoch: offer.epoch });
    assert_eq!(inbox.rejected(), (Some(offer.session.clone()), Code::OfferGone));
    shop.inbox.accept(&offer);
}

#[test]
fn one_inbox_has_so_many_tabs_and_no_more() {
    let shop = Shop::open("Tia");
    let tabs: Vec<_> = (1..INBOX_SOCKETS_MAX).map(|_| Inbox::connect(&shop.operator)).collect();
    assert_eq!(Inbox::open(&shop.operator).closed(), close::TOO_MANY);
    drop(tabs);
}
