//! What becomes of an offer.

use super::*;

#[test]
fn an_offer_passes_after_the_limit_and_keeps_its_place() {
    let mut rig = Rig::new(&[1, 2], 1);
    rig.arrives(T0, 1);
    rig.arrives(T0 + Millis(1), 2);
    rig.arrives(T0 + Millis(2), 3);
    let first = rig.offered(1).unwrap();
    rig.input(T0 + LIMIT - Millis(1), Input::Timeout).unwrap();
    assert_eq!(rig.offered(1), Some(first), "an early alarm does nothing");
    rig.input(T0 + LIMIT, Input::Timeout).unwrap();
    assert_eq!(rig.moved(), Some((MoveReason::TimeLimit, first)));
    assert_eq!(rig.row(1).since, T0);
    assert_eq!(
        rig.offered(3),
        Some(first),
        "who let the oldest pass takes the next that they were not tried for"
    );
    rig.input(T0 + LIMIT + Millis(1), Input::Timeout).unwrap();
    assert_eq!(rig.offered(1), Some(3 - first), "the oldest goes first to who was not tried for it");
    assert!(rig.waits(2));
}

#[test]
fn who_skips_is_not_asked_again_until_all_were_and_a_limit_has_passed() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    assert_eq!(rig.offered(1), Some(1));
    rig.skips(T0, 1, 1, 2);
    assert_eq!((rig.moved(), rig.offered(1)), (Some((MoveReason::Skipped, 1)), Some(2)));
    let epoch = rig.epoch(1);
    rig.skips(T0, 2, 1, epoch);
    assert!(rig.waits(1));
    assert_eq!(rig.desk.poll_timeout(), Some(T0 + LIMIT));
    rig.input(T0 + LIMIT - Millis(1), Input::Timeout).unwrap();
    assert!(rig.waits(1));
    rig.rings();
    assert!(rig.offered(1).is_some(), "the next round");
}

#[test]
fn a_newcomer_is_asked_before_the_round_begins_anew() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.presence(T0, 2, false, true);
    rig.arrives(T0, 1);
    rig.skips(T0, 1, 1, 2);
    assert!(rig.waits(1));
    rig.presence(T0 + Millis(5), 2, true, true);
    assert_eq!(rig.offered(1), Some(2));
}

#[test]
fn accepting_twice_is_granted_once_and_refused_to_others() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 2, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (None, 1), "it is offered to somebody else");
    rig.accepts(T0, 1, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), 0));
    let epoch = rig.epoch(1);
    rig.accepts(T0, 1, 1, 2);
    assert_eq!(
        (rig.owner(1), rig.refusals(), rig.epoch(1)),
        (Some(1), 0, epoch),
        "the same wish from a reply"
    );
    rig.accepts(T0, 2, 1, epoch);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), 1));
}

#[test]
fn a_wish_about_an_older_ownership_is_refused() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.rings();
    rig.rings();
    assert_eq!(rig.offered(1), Some(1), "offered again in the next round");
    let now = T0 + LIMIT + LIMIT;
    rig.accepts(now, 1, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (None, 1));
    rig.skips(now, 1, 1, 2);
    assert_eq!((rig.offered(1), rig.refusals()), (Some(1), 1));
}

#[test]
fn what_is_owned_cannot_be_skipped_and_what_is_over_cannot_be_taken() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 1, 1, 2);
    let epoch = rig.epoch(1);
    rig.skips(T0, 1, 1, epoch);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), 1));
    rig.note(T0, Note::Ended { session: session(1) });
    assert!(rig.desk.session(&session(1)).is_none());
    rig.accepts(T0, 1, 1, epoch);
    assert_eq!(rig.refusals(), 1);
    assert_eq!(rig.desk.load(&operator(1)), 0);
    assert_eq!(rig.desk.poll_timeout(), None);
}

#[test]
fn an_operator_who_goes_offline_loses_offers_and_keeps_sessions() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 1, 1, 2);
    rig.arrives(T0, 2);
    rig.arrives(T0, 3);
    let theirs = if rig.offered(2) == Some(1) { 2 } else { 3 };
    rig.presence(T0, 1, false, true);
    assert_eq!(rig.moved(), Some((MoveReason::Offline, 1)));
    assert_eq!((rig.owner(1), rig.offered(theirs)), (Some(1), Some(2)));
    assert!(!rig.row(theirs).tried.contains(&operator(1)), "who was away was not tried");
}

#[test]
fn a_break_stops_new_offers_only() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.presence(T0, 1, true, false);
    assert_eq!(rig.offered(1), Some(1));
    rig.arrives(T0, 2);
    assert!(rig.waits(2));
}
