//! Who gets a session.

use super::*;
use crate::settings::CountsUntil;

#[test]
fn evenly_picks_the_lowest_load() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.arrives(T0, 2);
    let mut holders = [rig.offered(1), rig.offered(2)];
    holders.sort_unstable();
    assert_eq!(holders, [Some(1), Some(2)]);
    rig.ends(T0, 2);
    let free = holders.into_iter().find(|holder| *holder != rig.offered(1)).unwrap();
    rig.arrives(T0 + Millis(1), 3);
    assert_eq!(rig.offered(3), free);
}

#[test]
fn a_tie_goes_to_the_longest_without_one_then_to_the_queue_order() {
    let mut rig = Rig::new(&[2, 1], 5);
    rig.arrives(T0 + Millis(1), 1);
    assert_eq!(rig.offered(1), Some(2), "the first in the queue");
    rig.ends(T0 + Millis(2), 1);
    rig.arrives(T0 + Millis(3), 2);
    assert_eq!(rig.offered(2), Some(1), "2 had one a moment ago");
    rig.ends(T0 + Millis(4), 2);
    rig.arrives(T0 + Millis(5), 3);
    assert_eq!(rig.offered(3), Some(2));
}

#[test]
fn who_took_one_over_comes_last_among_equals() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0 + Millis(1), 1);
    rig.takes(T0 + Millis(1), 1, 1);
    rig.intercepts(T0 + Millis(2), 2, 1);
    rig.ends(T0 + Millis(3), 1);
    rig.arrives(T0 + Millis(4), 2);
    assert_eq!(rig.offered(2), Some(1));
}

#[test]
fn in_order_goes_by_the_list_whatever_the_load() {
    let mut rig = Rig::with(&[2, 1], |queue| {
        queue.distribution = Distribution::InOrder;
        queue.sessions_at_once = 2;
    });
    for n in 1..=3 {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    assert_eq!([1, 2, 3].map(|n| rig.offered(n)), [Some(2), Some(2), Some(1)], "2 is full at last");
}

#[test]
fn in_order_starts_over_when_all_were_tried() {
    let mut rig = Rig::with(&[3, 1, 2], |queue| queue.distribution = Distribution::InOrder);
    rig.arrives(T0, 1);
    for n in [3, 1, 2] {
        assert_eq!(rig.offered(1), Some(n));
        let epoch = rig.epoch(1);
        rig.skips(T0, n, 1, epoch);
    }
    assert!(rig.waits(1));
    rig.rings_at(T0 + LIMIT);
    assert_eq!(rig.offered(1), Some(3));
}

#[test]
fn offers_count_as_load_and_the_limit_holds() {
    let mut rig = Rig::new(&[1], 2);
    for n in 1..=3 {
        rig.arrives(T0, n);
    }
    assert_eq!((rig.offered(1), rig.offered(2)), (Some(1), Some(1)));
    assert!(rig.waits(3));
    rig.accepts(T0, 1, 1, 2);
    assert!(rig.waits(3), "an owned session counts as well");
    rig.ends(T0, 1);
    assert_eq!(rig.offered(3), Some(1), "at once when a slot frees");
}

#[test]
fn zero_is_no_limit() {
    let mut rig = Rig::new(&[1], 0);
    for n in 1..=50 {
        rig.arrives(T0, n);
    }
    assert!((1..=50).all(|n| rig.offered(n) == Some(1)));
}

/// How many sessions count in each standing.
fn loads(counts_until: CountsUntil) -> [u32; 4] {
    let mut rig = Rig::with(&[1], |queue| queue.counts_until = counts_until);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    [Standing::Fresh, Standing::Answered, Standing::Awaiting, Standing::Closing].map(|standing| {
        rig.stands(T0, 1, standing);
        rig.desk.load(&operator(1))
    })
}

#[test]
fn a_session_counts_until_the_first_reply_while_the_visitor_waits_or_until_it_is_closed() {
    assert_eq!(loads(CountsUntil::FirstReply), [1, 0, 0, 0]);
    assert_eq!(loads(CountsUntil::EachReply), [1, 0, 1, 0]);
    assert_eq!(loads(CountsUntil::Close), [1, 1, 1, 0]);
}

#[test]
fn a_reply_that_frees_the_slot_places_the_next_at_once() {
    let mut rig = Rig::with(&[1], |queue| {
        queue.counts_until = CountsUntil::EachReply;
        queue.sessions_at_once = 1;
    });
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    rig.arrives(T0, 2);
    assert!(rig.waits(2));
    rig.stands(T0, 1, Standing::Answered);
    assert_eq!(rig.offered(2), Some(1));
}

#[test]
fn the_line_is_first_in_first_out() {
    let mut rig = Rig::new(&[], 1);
    for n in [3, 1, 2] {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    rig.members(T0 + Millis(8), &[1]);
    rig.presence(T0 + Millis(9), 1, true, true);
    assert_eq!(rig.offered(1), Some(1));
    rig.ends(T0 + Millis(9), 1);
    assert_eq!(rig.offered(2), Some(1));
}

#[test]
fn a_newcomer_does_not_overtake_those_who_wait_for_the_same_operator() {
    let mut rig = Rig::new(&[1], 1);
    rig.arrives(T0, 1);
    rig.arrives(T0 + Millis(1), 2);
    assert!(rig.waits(2));
    let late = Arrival { since: T0 + Millis(2), ..arrival(T0, 3) };
    rig.note(T0 + Millis(2), 3, Note::Arrived(Box::new(late)));
    rig.ends(T0 + Millis(3), 1);
    assert_eq!((rig.offered(2), rig.waits(3)), (Some(1), true));
}

#[test]
fn nobody_who_is_away_gets_one() {
    let mut rig = Rig::new(&[1, 2, 3], 5);
    rig.presence(T0, 1, false, true);
    rig.presence(T0, 2, true, false);
    rig.arrives(T0, 1);
    assert_eq!(rig.offered(1), Some(3));
    rig.presence(T0, 3, false, true);
    assert!(rig.waits(1));
    rig.presence(T0, 2, true, true);
    assert_eq!(rig.offered(1), Some(2), "at once when a break ends");
}

#[test]
fn where_availability_is_not_checked_the_absent_are_sent_sessions_too() {
    let mut rig = Rig::with(&[1, 2], |queue| queue.check_availability = false);
    rig.presence(T0, 1, false, true);
    rig.presence(T0, 2, true, false);
    rig.arrives(T0, 1);
    rig.arrives(T0, 2);
    assert_eq!((rig.offered(1), rig.offered(2)), (Some(1), Some(2)));
    rig.presence(T0, 2, false, false);
    assert_eq!(rig.offered(2), Some(2), "nor is an offer taken back");
}

#[test]
fn an_inactive_channel_places_nothing() {
    let mut rig = Rig::new(&[1], 5);
    rig.change(T0, |settings| settings.active = false);
    rig.arrives(T0, 1);
    assert!(rig.waits(1));
    rig.change(T0, |settings| settings.active = true);
    assert_eq!(rig.offered(1), Some(1), "nothing is lost");
}

// ------------------------------------------------------------------------------------------------------ who is responsible

#[test]
fn the_person_responsible_comes_first_whoever_else_is_free_or_waits() {
    let mut rig = Rig::new(&[1, 2], 1);
    rig.arrives(T0, 1);
    rig.arrives_for(T0, 2, 2);
    assert_eq!((rig.offered(2), &rig.why(2).rule), (Some(2), &Rule::Responsible));
    rig.arrives(T0, 3);
    rig.arrives_for(T0, 4, 7);
    assert!(rig.waits(3));
    assert_eq!(rig.offered(4), Some(7), "no member of the channel");
}

#[test]
fn what_the_person_responsible_lets_pass_goes_to_the_line() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives_for(T0, 1, 7);
    assert_eq!(rig.asked(), [(7, true)]);
    rig.rings_at(T0 + LIMIT);
    assert_eq!(rig.moved(), Some((MoveReason::TimeLimit, 7)));
    assert_eq!((rig.offered(1), rig.row(1).since), (Some(1), T0));
    assert_eq!(rig.asked(), [(7, false)], "a guest is followed no longer");
}

#[test]
fn a_responsible_person_who_cannot_take_it_is_passed_over() {
    let mut rig = Rig::new(&[1, 2], 1);
    rig.presence(T0, 2, true, false);
    rig.arrives_for(T0, 1, 2);
    assert_eq!(rig.offered(1), Some(1), "2 is on a break");
    rig.presence(T0, 2, true, true);
    rig.arrives(T0, 2);
    rig.arrives_for(T0, 3, 2);
    assert!(rig.waits(3), "2 is full");
    rig.ends(T0, 3);
    rig.change(T0, |settings| {
        settings.queue.sessions_at_once = 5;
        settings.queue.forward_to_responsible = false;
    });
    rig.arrives_for(T0, 4, 7);
    assert_ne!(rig.offered(4), Some(7), "the setting is off");
}

#[test]
fn a_stranger_who_turns_out_to_be_away_or_on_a_break_gives_the_offer_back() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives_for(T0, 1, 7);
    rig.presence(T0, 7, true, false);
    assert_eq!(rig.offered(1), Some(1), "on a break");
    rig.arrives_for(T0, 2, 8);
    rig.presence(T0, 8, false, true);
    assert_eq!(rig.offered(2), Some(1), "away");
    rig.arrives_for(T0, 3, 9);
    rig.presence(T0, 9, true, true);
    rig.presence(T0, 9, true, false);
    assert_eq!(rig.offered(3), Some(9), "a break that begins later stops new offers only");
}
