//! What becomes of an offer.

use super::*;

#[test]
fn an_offer_passes_after_the_limit_and_keeps_its_place() {
    let mut rig = Rig::new(&[1, 2], 1);
    rig.arrives(T0, 1);
    rig.arrives(T0 + Millis(1), 2);
    rig.arrives(T0 + Millis(2), 3);
    let first = rig.offered(1).unwrap();
    rig.rings_at(T0 + LIMIT - Millis(1));
    assert_eq!(rig.offered(1), Some(first), "an early alarm does nothing");
    rig.rings_at(T0 + LIMIT);
    assert_eq!(rig.moved(), Some((MoveReason::TimeLimit, first)));
    assert_eq!(rig.row(1).since, T0);
    assert_eq!(
        rig.offered(3),
        Some(first),
        "who let the oldest pass takes the next that they were not tried for"
    );
    rig.rings_at(T0 + LIMIT + Millis(1));
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
    rig.rings_at(T0 + LIMIT - Millis(1));
    assert!(rig.waits(1));
    assert_eq!(rig.desk.poll_timeout(), Some(T0 + LIMIT));
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
    assert_eq!((rig.owner(1), rig.refusals()), (None, vec![Code::OfferGone]), "it is offered to 1");
    rig.accepts(T0, 1, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), vec![]));
    let epoch = rig.epoch(1);
    rig.accepts(T0, 1, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), vec![]), "the same wish from a reply");
    assert_eq!(rig.epoch(1), epoch);
    rig.accepts(T0, 2, 1, epoch);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), vec![Code::OfferGone]));
}

#[test]
fn a_wish_about_an_older_ownership_is_refused() {
    let mut rig = Rig::with(&[1], |queue| queue.misses_before_break = 0);
    rig.arrives(T0, 1);
    rig.rings_at(T0 + LIMIT);
    rig.rings_at(T0 + LIMIT + LIMIT);
    assert_eq!(rig.offered(1), Some(1), "offered again in the next round");
    let now = T0 + LIMIT + LIMIT;
    rig.accepts(now, 1, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (None, vec![Code::OfferGone]));
    rig.skips(now, 1, 1, 2);
    assert_eq!((rig.offered(1), rig.refusals()), (Some(1), vec![Code::OfferGone]));
}

#[test]
fn what_is_owned_cannot_be_skipped_and_what_is_over_cannot_be_taken() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 1, 1, 2);
    let epoch = rig.epoch(1);
    rig.skips(T0, 1, 1, epoch);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), vec![Code::OfferGone]));
    rig.ends(T0, 1);
    assert!(rig.is_over(1));
    rig.accepts(T0, 1, 1, epoch);
    assert_eq!(rig.refusals(), [Code::OfferGone]);
    assert_eq!(rig.desk.load(&operator(1)), 0);
}

#[test]
fn a_refusal_goes_to_whoever_asked() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    let accept = || Note::Accept { session: session(1), epoch: Epoch(2), operator: operator(2) };
    rig.wish(T0, 2, accept());
    assert_eq!(rig.told().next().map(|(to, _)| to.clone()), Some(Address::Operator(operator(2))));
    rig.note(T0, 1, accept());
    let conversation = Address::Conversation(session(1).conversation);
    assert_eq!(
        rig.told().next().map(|(to, _)| to.clone()),
        Some(conversation),
        "a reply would have accepted"
    );
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

fn breaks(rig: &Rig) -> usize {
    rig.told().filter(|(_, note)| matches!(note, Note::Break { .. })).count()
}

#[test]
fn two_misses_in_a_row_put_an_operator_on_a_break() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.rings_at(T0 + LIMIT);
    assert_eq!(breaks(&rig), 0);
    rig.rings_at(T0 + LIMIT + LIMIT);
    assert_eq!(rig.offered(1), Some(1), "the next round");
    let now = T0 + LIMIT + LIMIT + LIMIT;
    rig.rings_at(now);
    assert_eq!(breaks(&rig), 1);
    assert!(!rig.desk.is_available());
    rig.arrives(now, 2);
    assert!(rig.waits(2));
    rig.presence(now, 1, true, true);
    assert_eq!(rig.offered(2), Some(1), "back with one click");
    rig.rings_at(now + LIMIT);
    assert_eq!(breaks(&rig), 0, "and the count begins anew");
}

#[test]
fn who_says_again_that_they_are_there_did_not_show_up_for_the_offer() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.rings_at(T0 + LIMIT);
    rig.presence(T0 + LIMIT, 1, true, true);
    rig.rings_at(T0 + LIMIT + LIMIT);
    rig.rings_at(T0 + LIMIT + LIMIT + LIMIT);
    assert_eq!(breaks(&rig), 1);
}

#[test]
fn a_full_operator_is_told_so_only_where_the_session_was_for_everyone() {
    let mut rig = Rig::new(&[1], 1);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    rig.arrives(T0, 2);
    rig.takes(T0, 1, 2);
    assert_eq!(rig.refusals(), [Code::OfferGone], "it was never theirs to take");
}

#[test]
fn what_is_missed_on_a_break_does_not_shorten_the_next_row() {
    let mut rig = Rig::new(&[1], 5);
    for n in 1..=3 {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    rig.rings_at(T0 + Millis(2) + LIMIT);
    assert_eq!(breaks(&rig), 1);
    rig.rings_at(T0 + Millis(3) + LIMIT);
    rig.presence(T0 + LIMIT + LIMIT, 1, true, true);
    rig.arrives(T0 + LIMIT + LIMIT, 4);
    assert_eq!(rig.offered(4), Some(1));
    rig.rings_at(T0 + LIMIT + LIMIT + LIMIT);
    assert_eq!(breaks(&rig), 0);
}

#[test]
fn taking_one_or_passing_one_on_ends_a_row_of_misses() {
    let mut rig = Rig::new(&[1], 5);
    let mut now = T0;
    for n in [1, 2, 3] {
        rig.arrives(now, 2 * n);
        rig.arrives(now + Millis(1), 2 * n + 1);
        match n {
            1 => rig.takes(now, 1, 2 * n),
            2 => rig.skips(now, 1, 2 * n, 2),
            _ => rig.ends(now, 2 * n),
        }
        now = now + Millis(1) + LIMIT;
        rig.rings_at(now);
        assert_eq!(breaks(&rig) == 1, n == 3, "a break after one that nobody touched");
        rig.ends(now, 2 * n);
        rig.ends(now, 2 * n + 1);
    }
}

#[test]
fn nobody_is_sent_on_a_break_where_the_setting_is_zero() {
    let mut rig = Rig::with(&[1], |queue| queue.misses_before_break = 0);
    for n in 1..=5 {
        rig.arrives(T0, n);
    }
    rig.rings_at(T0 + LIMIT);
    assert_eq!(breaks(&rig), 0);
    assert!(rig.desk.is_available());
}
