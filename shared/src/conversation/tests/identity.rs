//! Who the visitor is: told to operators, never to the visitor; and where the next session of one who has signed in opens.

use super::*;
use crate::verified::{Identity, Linked, Verified};
use crate::wire::close;

fn zoe() -> Verified {
    Verified { issuer: "https://shop.example".into(), subject: "zoe".into() }
}

fn elsewhere() -> Linked {
    Linked { conversation: "cd".repeat(32).parse().unwrap(), verified: None }
}

fn learn(rig: &mut Rig, own: Own) {
    rig.input(T0, Input::Own(own)).unwrap();
}

/// What a socket was told of who the visitor is: in its welcome, or later.
fn known(rig: &Rig, socket: u64) -> Vec<Option<Identity>> {
    let known = |frame: &FromConversation| match frame {
        FromConversation::Welcome { identity, .. } => Some(identity.as_deref().cloned()),
        FromConversation::Identity(identity) => Some(Some((**identity).clone())),
        _ => None,
    };
    rig.sent(socket).into_iter().filter_map(known).collect()
}

fn closed(rig: &Rig) -> Vec<(u64, u16)> {
    let closed = |effect: &Effect<Conversation>| match effect {
        Effect::Close { socket, code } => Some((socket.0, *code)),
        _ => None,
    };
    rig.effects.iter().filter_map(closed).collect()
}

#[test]
fn operators_learn_who_a_visitor_is_and_the_visitor_does_not() {
    let mut rig = Rig::active();
    let all = Identity { verified: Some(zoe()), linked: vec![elsewhere()] };
    learn(&mut rig, Own::Verified(zoe()));
    learn(&mut rig, Own::Linked(elsewhere()));
    assert_eq!(known(&rig, 2), [Some(all.clone())]);
    assert!(rig.sent(1).is_empty());
    // What is known already is neither told nor stored again.
    learn(&mut rig, Own::Linked(elsewhere()));
    learn(&mut rig, Own::Linked(Linked { conversation: "ab".repeat(32).parse().unwrap(), verified: None }));
    assert!(rig.effects.is_empty());

    rig.crashes();
    rig.opens(1, Who::Visitor);
    rig.says(1, hello(0)).unwrap();
    assert_eq!(known(&rig, 1), [None]);
    rig.reads(2, ana());
    assert_eq!(known(&rig, 2), [Some(all)]);
}

#[test]
fn who_a_visitor_is_is_stored_with_their_first_message() {
    let mut rig = Rig::new();
    learn(&mut rig, Own::Verified(zoe()));
    assert!(rig.records.is_empty(), "who only looks leaves no trace");
    rig.writes(1, 1).unwrap();
    rig.crashes();
    assert_eq!(rig.core.identity.verified, Some(zoe()));
}

#[test]
fn an_open_session_goes_on_after_signing_in_and_the_next_one_opens_elsewhere() {
    let mut rig = Rig::active();
    assert!(rig.core.keeps_signed_in());
    rig.opens(4, Who::SignedIn);
    rig.says(4, hello(0)).unwrap();
    rig.writes(4, 2).unwrap();
    assert_eq!((rig.acks(4).len(), closed(&rig)), (1, vec![]));
    rig.says(1, ToConversation::End {}).unwrap();
    assert!(!rig.core.keeps_signed_in());
    assert_eq!(closed(&rig), [], "they still see how it ended, and may rate it");
    let before = rig.log().len();
    rig.writes(4, 3).unwrap();
    assert_eq!((closed(&rig), rig.acks(4), rig.log().len()), (vec![(4, close::MOVED)], vec![], before));
    assert!(!close::is_final(close::MOVED));
    // What was stored is known for a repeat, and who has not signed in goes on here.
    rig.opens(5, Who::SignedIn);
    rig.says(5, hello(0)).unwrap();
    rig.writes(5, 2).unwrap();
    assert_eq!((rig.acks(5).len(), closed(&rig)), (1, vec![]));
    rig.writes(1, 4).unwrap();
    assert_eq!(rig.acks(1).len(), 1);
}

#[test]
fn a_socket_is_known_for_one_who_has_signed_in_after_a_sleep() {
    let mut rig = Rig::active();
    rig.says(1, ToConversation::End {}).unwrap();
    rig.crashes();
    rig.input(T0, Input::Connected { socket: Socket(4), who: Who::SignedIn, resumed: true }).unwrap();
    rig.writes(4, 3).unwrap();
    assert_eq!(closed(&rig), [(4, close::MOVED)]);
}
