//! Who gets a session.

use super::*;

#[test]
fn evenly_picks_the_lowest_load() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.arrives(T0, 2);
    let mut holders = [rig.offered(1), rig.offered(2)];
    holders.sort_unstable();
    assert_eq!(holders, [Some(1), Some(2)]);
    rig.note(T0, Note::Ended { session: session(2) });
    let free = holders.into_iter().find(|holder| *holder != rig.offered(1)).unwrap();
    rig.arrives(T0 + Millis(1), 3);
    assert_eq!(rig.offered(3), free);
}

#[test]
fn a_tie_goes_to_the_longest_without_one_then_to_the_queue_order() {
    let mut rig = Rig::new(&[2, 1], 5);
    rig.arrives(T0 + Millis(1), 1);
    assert_eq!(rig.offered(1), Some(2), "the first in the queue");
    rig.note(T0 + Millis(2), Note::Ended { session: session(1) });
    rig.arrives(T0 + Millis(3), 2);
    assert_eq!(rig.offered(2), Some(1), "2 had one a moment ago");
    rig.note(T0 + Millis(4), Note::Ended { session: session(2) });
    rig.arrives(T0 + Millis(5), 3);
    assert_eq!(rig.offered(3), Some(2));
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
    rig.note(T0, Note::Ended { session: session(1) });
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

#[test]
fn the_line_is_first_in_first_out() {
    let mut rig = Rig::new(&[], 1);
    for n in [3, 1, 2] {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    rig.own(T0, Own::Change(versioned(1, &[1], 1))).unwrap();
    rig.presence(T0 + Millis(9), 1, true, true);
    assert_eq!(rig.offered(1), Some(1));
    rig.note(T0 + Millis(9), Note::Ended { session: session(1) });
    assert_eq!(rig.offered(2), Some(1));
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
fn an_inactive_channel_places_nothing() {
    let mut rig = Rig::new(&[1], 5);
    let mut off = versioned(1, &[1], 5);
    off.settings.active = false;
    rig.own(T0, Own::Change(off)).unwrap();
    rig.arrives(T0, 1);
    assert!(rig.waits(1));
}
