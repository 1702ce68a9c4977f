//! More new sessions than a channel takes.

use super::*;
use crate::limits;

fn rig(per_minute: u32) -> Rig {
    let mut rig = Rig::new(&[1], 0);
    limit(&mut rig, per_minute);
    rig
}

fn limit(rig: &mut Rig, per_minute: u32) {
    let mut settings = rig.desk.settings().unwrap().clone();
    settings.settings.protection.sessions_per_minute = per_minute;
    rig.own(T0, Own::Change { settings, people: vec![face(1)] }).unwrap();
}

#[test]
fn a_channel_pauses_once_as_many_have_come_as_it_takes_in_a_minute() {
    let mut rig = rig(6);
    for n in 1..=5 {
        rig.arrives(T0, n);
    }
    assert!(rig.desk.paused_until() <= T0);
    rig.arrives(T0, 6);
    assert_eq!(rig.desk.paused_until(), T0 + limits::FLOOD_PAUSE);
    rig.arrives(T0, 7);
    assert!(rig.desk.session(&session(7)).is_some(), "what was acknowledged is never turned away");
    // One is regained every ten seconds.
    let later = T0 + Millis::seconds(40);
    for n in 8..=10 {
        rig.arrives(later, n);
        assert!(rig.desk.paused_until() < later, "{n}");
    }
    rig.arrives(later, 11);
    assert_eq!(rig.desk.paused_until(), later + limits::FLOOD_PAUSE);
}

#[test]
fn only_new_sessions_count_and_each_of_them_once() {
    let mut rig = rig(2);
    rig.arrives(T0, 1);
    rig.arrives(T0, 1);
    assert!(rig.desk.paused_until() <= T0);
}

#[test]
fn without_a_limit_everybody_comes_in_and_a_new_one_begins_anew() {
    let mut rig = rig(0);
    for n in 1..=9 {
        rig.arrives(T0, n);
    }
    assert!(rig.desk.paused_until() <= T0);
    limit(&mut rig, 3);
    for n in 10..=12 {
        assert!(rig.desk.paused_until() <= T0);
        rig.arrives(T0, n);
    }
    assert!(rig.desk.paused_until() > T0);
}
