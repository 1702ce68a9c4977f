//! What keeps a flood away, and whom it leaves alone. Each limit is seen to be reached.

use crate::fixture::{Shop, rig};
use shared::limits::{FLOOD_PAUSE, MESSAGES};
use shared::reject::Code;
use shared::time::Millis;
use shared::wire::FromConversation;
use std::time::Instant;
use tests::rig::{PATIENCE, Talk, secret};

/// Writes, and waits for what becomes of it: how long to wait, if it was refused.
fn tries(talk: &mut Talk, text: &str) -> Result<(), (Code, Option<Millis>)> {
    let id = talk.write(text, None);
    talk.find(|frame| match frame {
        FromConversation::Ack { id: of, .. } if *of == id => Some(Ok(())),
        FromConversation::Reject { id: Some(of), code, retry_after } if *of == id => {
            Some(Err((*code, *retry_after)))
        }
        _ => None,
    })
}

#[test]
fn who_writes_too_much_is_told_how_long_to_wait() {
    let mut served = Shop::open("Rap").serve("hello");
    let refused = (0..MESSAGES.burst * 4).find_map(|n| tries(&mut served.visitor, &n.to_string()).err());
    let Some((Code::TooFast, Some(wait))) = refused else { panic!("nothing was refused: {refused:?}") };
    assert!(wait > Millis(0) && wait <= MESSAGES.every, "{wait:?}");
    let end = Instant::now() + PATIENCE;
    while tries(&mut served.visitor, "slowly").is_err() {
        assert!(Instant::now() < end, "it is never taken");
    }
    served.thread.text("slowly");
}

#[test]
fn a_channel_takes_so_many_new_sessions_and_asks_the_others_to_wait() {
    let shop = Shop::with(rig(), "Dam", |settings| settings.protection.sessions_per_minute = 3);
    let mut first = shop.visitor(&secret());
    first.say("the first");
    let end = Instant::now() + PATIENCE;
    // The desk hears of a session a moment after its first message.
    let (mut late, wait) = loop {
        let mut next = shop.visitor(&secret());
        match tries(&mut next, "one more") {
            Ok(()) => assert!(Instant::now() < end, "everybody came in"),
            Err((Code::Throttled, Some(wait))) => break (next, wait),
            Err(other) => panic!("{other:?}"),
        }
    };
    assert!(wait > Millis(0) && wait <= FLOOD_PAUSE, "{wait:?}");
    first.say("what goes on is not concerned");
    let end = Instant::now() + PATIENCE + std::time::Duration::from_millis(FLOOD_PAUSE.0);
    while tries(&mut late, "now?").is_err() {
        assert!(Instant::now() < end, "the pause does not end");
    }
}

#[test]
fn two_hundred_visitors_behind_one_address_are_served() {
    let shop = Shop::open("Hub");
    let mut office: Vec<_> = (0..200).map(|_| shop.visitor(&secret())).collect();
    for visitor in &mut office {
        visitor.say("hello from the office");
    }
    for visitor in &mut office {
        visitor.say("and again");
    }
}
