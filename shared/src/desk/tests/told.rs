//! What visitors hear while they wait or look on.

use super::*;
use crate::limits;

/// Places as told in the last turn: the session, the place, and whether it is a later one.
fn places(rig: &Rig) -> Vec<(SessionId, u32, bool)> {
    let place = |effect: &Effect<Desk>| match effect {
        Effect::Mention { hint: Hint::Place { session, place, beyond, .. }, .. } => {
            Some((session.clone(), *place, *beyond))
        }
        _ => None,
    };
    rig.effects.iter().filter_map(place).collect()
}

fn waits(rig: &Rig) -> Vec<Option<Millis>> {
    let wait = |effect: &Effect<Desk>| match effect {
        Effect::Mention { hint: Hint::Place { wait, .. }, .. } => Some(*wait),
        _ => None,
    };
    rig.effects.iter().filter_map(wait).collect()
}

/// To whom it was told whether somebody is free.
fn availability(rig: &Rig) -> Vec<(Address, bool)> {
    let told = |effect: &Effect<Desk>| match effect {
        Effect::Mention { to, hint: Hint::Available { now, .. } } => Some((to.clone(), *now)),
        _ => None,
    };
    rig.effects.iter().filter_map(told).collect()
}

fn watches(rig: &mut Rig, now: Timestamp, n: u32, on: bool) {
    let conversation = session(n).conversation;
    rig.input(now, Input::Hint(Hint::Watch { conversation, on })).unwrap();
}

fn visitor(n: u32) -> Address {
    Address::Conversation(session(n).conversation)
}

#[test]
fn whoever_comes_hears_their_place_at_once() {
    let mut rig = Rig::new(&[], 1);
    for n in 1..=25 {
        rig.arrives(T0 + Millis(n.into()), n);
        let told = places(&rig);
        let place = if n <= 20 { (session(n), n, false) } else { (session(n), 20, true) };
        assert_eq!(told, [place], "exactly up to the twentieth, coarsely beyond");
    }
}

#[test]
fn places_beyond_the_twentieth_are_told_in_steps() {
    let mut rig = Rig::new(&[], 1);
    for n in 1..=130 {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    assert_eq!(places(&rig), [(session(130), 100, true)]);
    rig.rings_at(T0 + Millis::minutes(1));
    for n in 1..=11 {
        rig.ends(T0 + Millis::minutes(1), n);
    }
    rig.rings_at(T0 + Millis::minutes(2));
    let told = places(&rig);
    let place =
        |n| told.iter().find(|(of, ..)| *of == session(n)).map(|(_, place, beyond)| (*place, *beyond));
    assert_eq!(place(12), Some((1, false)));
    assert_eq!(place(31), Some((20, false)), "from a step to the exact place");
    assert_eq!(place(40), None, "the same step as before");
    assert_eq!(place(111), Some((50, true)));
    assert_eq!(place(112), None);
}

#[test]
fn a_change_of_place_is_told_at_most_every_ten_seconds() {
    let mut rig = Rig::new(&[], 1);
    for n in 1..=4 {
        rig.arrives(T0, n);
    }
    let now = T0 + Millis::minutes(1);
    rig.ends(now, 1);
    assert_eq!(places(&rig), [(session(2), 1, false), (session(3), 2, false), (session(4), 3, false)]);
    rig.ends(now + Millis::seconds(1), 2);
    assert_eq!(places(&rig), [], "not yet");
    assert_eq!(rig.desk.poll_timeout(), Some(now + TOLD_EVERY));
    rig.ends(now + Millis::seconds(9), 3);
    assert_eq!(places(&rig), []);
    rig.rings_at(now + TOLD_EVERY);
    assert_eq!(places(&rig), [(session(4), 1, false)]);
    rig.rings_at(now + TOLD_EVERY + TOLD_EVERY);
    assert_eq!(places(&rig), [], "only what has changed");
}

#[test]
fn nothing_is_told_where_the_notice_is_off() {
    let mut rig = Rig::new(&[], 1);
    rig.change(T0, |settings| settings.automatic.waiting_notice = false);
    rig.arrives(T0, 1);
    rig.arrives(T0 + Millis::minutes(1), 2);
    assert_eq!(places(&rig), []);
    rig.change(T0 + Millis::minutes(2), |settings| settings.automatic.waiting_notice = true);
    assert_eq!(places(&rig), [(session(1), 1, false), (session(2), 2, false)]);
}

#[test]
fn how_long_it_takes_is_told_as_soon_as_the_last_ones_served_tell() {
    let mut rig = Rig::new(&[1], 1);
    let mut now = T0;
    for n in 1..=4 {
        rig.arrives(now, n);
        rig.takes(now, 1, n);
        if n == 2 {
            rig.arrives(now, 90);
            assert_eq!(waits(&rig), [None], "two tell nothing");
            rig.ends(now, 90);
        }
        now = now + Millis::minutes(4);
        rig.ends(now, n);
    }
    rig.presence(now, 1, false, true);
    rig.arrives(now, 5);
    assert_eq!(waits(&rig), [Some(Millis::minutes(4))], "four in sixteen minutes");
    rig.arrives(now, 6);
    assert_eq!(waits(&rig), [Some(Millis::minutes(8))]);
}

#[test]
fn the_last_twenty_served_tell_how_long_it_takes() {
    let mut rig = Rig::new(&[1], 1);
    let served = |rig: &mut Rig, now: Timestamp, n: u32| {
        rig.arrives(now, n);
        rig.takes(now, 1, n);
        rig.ends(now, n);
    };
    served(&mut rig, T0, 1);
    let now = T0 + Millis::minutes(40);
    for n in 2..=20 {
        served(&mut rig, now, n);
    }
    rig.presence(now, 1, false, true);
    rig.arrives(now, 30);
    assert_eq!(waits(&rig), [Some(Millis::minutes(2))], "twenty in forty minutes");
    rig.presence(now, 1, true, true);
    rig.takes(now, 1, 30);
    rig.arrives(now, 31);
    assert_eq!(waits(&rig), [Some(Millis::minutes(1))], "the first of them counts no longer");
}

#[test]
fn those_who_look_on_hear_whether_somebody_is_free_when_that_changes() {
    let mut rig = Rig::new(&[1], 1);
    let now = T0 + Millis::minutes(1);
    watches(&mut rig, now, 8, true);
    watches(&mut rig, now, 9, true);
    assert_eq!(availability(&rig), [(visitor(9), true)], "an answer at once");
    rig.arrives(now, 1);
    assert_eq!(availability(&rig), [(visitor(8), false), (visitor(9), false)], "the only one is busy");
    watches(&mut rig, now, 8, false);
    rig.ends(now + Millis::seconds(1), 1);
    assert_eq!(availability(&rig), [], "not more often than every ten seconds");
    assert_eq!(rig.desk.poll_timeout(), Some(now + TOLD_EVERY));
    rig.rings_at(now + TOLD_EVERY);
    assert_eq!(availability(&rig), [(visitor(9), true)], "who looks on no longer hears nothing");
}

#[test]
fn what_is_held_back_is_told_after_a_sleep() {
    let mut rig = Rig::new(&[1], 1);
    let now = T0 + Millis::minutes(1);
    watches(&mut rig, now, 8, true);
    rig.arrives(now, 1);
    assert_eq!(availability(&rig), [(visitor(8), false)]);
    rig.ends(now + Millis::seconds(1), 1);
    rig.desk = rig.woken();
    rig.rings_at(now + TOLD_EVERY);
    assert_eq!(availability(&rig), [(visitor(8), true)]);
    rig.desk = rig.woken();
    rig.rings_at(now + TOLD_EVERY);
    assert_eq!(availability(&rig), [], "and once");
}

#[test]
fn who_came_while_a_change_was_held_back_hears_that_it_was_none() {
    let mut rig = Rig::new(&[1], 1);
    let now = T0 + Millis::minutes(1);
    watches(&mut rig, now, 8, true);
    rig.arrives(now, 1);
    rig.ends(now + Millis::seconds(1), 1);
    watches(&mut rig, now + Millis::seconds(2), 9, true);
    assert_eq!(availability(&rig), [(visitor(9), true)]);
    rig.arrives(now + Millis::seconds(3), 2);
    assert_eq!(availability(&rig), []);
    rig.desk = rig.woken();
    rig.rings_at(now + TOLD_EVERY);
    assert_eq!(availability(&rig), [(visitor(8), false), (visitor(9), false)]);
}

#[test]
fn a_desk_remembers_only_so_many_who_look_on() {
    let mut rig = Rig::new(&[1], 1);
    let most = u32::try_from(limits::WATCHERS_MAX).unwrap();
    for n in 1..=most + 1 {
        watches(&mut rig, T0, n, true);
        assert_eq!(availability(&rig), [(visitor(n), true)], "an answer they all have");
    }
    rig.presence(T0 + Millis::minutes(1), 1, false, true);
    assert_eq!(availability(&rig).len(), limits::WATCHERS_MAX);
    watches(&mut rig, T0 + Millis::minutes(30), most, true);
    watches(&mut rig, T0 + Millis::minutes(61), most + 2, true);
    rig.presence(T0 + Millis::minutes(62), 1, true, true);
    assert_eq!(
        availability(&rig),
        [(visitor(most), true), (visitor(most + 2), true)],
        "others in their place"
    );
}

#[test]
fn who_does_not_say_again_that_they_look_on_is_forgotten_after_an_hour() {
    let mut rig = Rig::new(&[1], 1);
    watches(&mut rig, T0, 8, true);
    watches(&mut rig, T0 + Millis::minutes(30), 9, true);
    let now = T0 + Millis::hours(1);
    rig.presence(now, 1, false, true);
    assert_eq!(availability(&rig), [(visitor(9), false)]);
    let forgotten = |effect: &Effect<Desk>| matches!(effect, Effect::Persist(Record::WatcherGone(_)));
    assert!(rig.effects.iter().any(forgotten));
}

#[test]
fn a_clock_that_jumps_back_silences_nobody() {
    let mut rig = Rig::new(&[1], 1);
    watches(&mut rig, T0, 9, true);
    rig.presence(T0 + Millis::minutes(30), 1, false, true);
    rig.arrives(T0 + Millis::minutes(30), 1);
    rig.arrives(T0 + Millis::minutes(30), 2);
    rig.ends(T0, 1);
    assert_eq!(places(&rig), [(session(2), 1, false)]);
    rig.presence(T0, 1, true, true);
    assert_eq!(rig.offered(2), Some(1));
    assert_eq!(availability(&rig), [], "the only one is busy");
    rig.ends(T0, 2);
    assert_eq!(availability(&rig), [(visitor(9), true)]);
}
