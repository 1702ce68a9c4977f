//! Work before a new conversation, where a channel wants it.

use crate::fixture::{Shop, rig};
use sha2::{Digest, Sha256};
use shared::wire::close;
use std::time::Instant;
use tests::rig::{Event, Handshake, PATIENCE, Visitor, secret};

/// The number that solves what a close's reason asks.
fn solved(task: &str) -> String {
    let (bits, text) = task.split_once('.').expect("bits and a text");
    let bits: u32 = bits.parse().expect("bits");
    let is_found = |number: &u64| {
        let hash = Sha256::digest(format!("{text}.{number}").as_bytes());
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= bits
    };
    (0..).find(is_found).expect("a number").to_string()
}

#[test]
fn a_new_conversation_opens_to_whoever_has_worked_for_it() {
    let shop = Shop::with(rig(), "Wanda", |settings| settings.protection.proof_of_work = true);
    let (origin, channel, mine) = (shop.rig.origin(), shop.channel.as_str(), secret());
    let turned_away = |handshake: Handshake| {
        let mut socket = handshake.open().expect("a socket");
        match socket.next(Instant::now() + PATIENCE) {
            Event::Closed(code) => assert_eq!(code, close::WORK),
            other => panic!("{other:?}"),
        }
        socket.reason().to_owned()
    };
    let with = |number: &str| Visitor::worked(origin, channel, &mine, number);
    let task = turned_away(Visitor::handshake(origin, channel, &mine));
    assert_eq!(turned_away(with("0x")), task);
    // A solution of somebody else's is none.
    let others = turned_away(Visitor::handshake(origin, channel, &secret()));
    assert_eq!(turned_away(with(&solved(&others))), task);

    let mut visitor = Visitor::over(&with(&solved(&task)));
    visitor.say("I have worked for this");
    // Who has written before does not work again.
    let mut again = shop.visitor(&mine);
    again.say("And again");
}
