//! Where sessions are shown to everyone.

use super::*;
use crate::limits::SHOWN_MAX;

fn everyone(members: &[u8], sessions_at_once: u32) -> Rig {
    Rig::with(members, |queue| {
        queue.distribution = Distribution::Everyone;
        queue.sessions_at_once = sessions_at_once;
    })
}

#[test]
fn a_session_is_shown_to_all_who_can_take_it() {
    let mut rig = everyone(&[1, 2, 3], 5);
    rig.presence(T0, 3, false, true);
    rig.arrives(T0, 1);
    assert_eq!(rig.shown(1), [1, 2]);
    assert_eq!(rig.desk.load(&operator(1)), 0, "what is shown counts against nobody");
    rig.presence(T0, 3, true, true);
    assert_eq!(rig.shown(1), [1, 2, 3]);
    rig.presence(T0, 1, true, false);
    rig.presence(T0, 2, false, true);
    assert_eq!(rig.shown(1), [3]);
    rig.rings_at(T0 + LIMIT + LIMIT);
    assert_eq!(rig.shown(1), [3], "there is no limit to the time");
}

#[test]
fn two_accepts_at_the_same_instant_give_one_owner_and_one_refusal() {
    let mut rig = everyone(&[1, 2], 5);
    rig.arrives(T0, 1);
    let epoch = rig.epoch(1);
    rig.accepts(T0, 2, 1, epoch);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(2), vec![]));
    rig.accepts(T0, 1, 1, epoch);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(2), vec![Code::OfferGone]));
}

#[test]
fn at_the_limit_nothing_is_shown_and_an_accept_is_refused_as_full() {
    let mut rig = everyone(&[1, 2], 1);
    rig.arrives(T0, 1);
    rig.arrives(T0, 2);
    rig.takes(T0, 1, 1);
    assert_eq!(rig.shown(2), [2]);
    rig.takes(T0, 1, 2);
    assert_eq!((rig.owner(2), rig.refusals()), (None, vec![Code::Full]));
    rig.ends(T0, 1);
    assert_eq!(rig.shown(2), [1, 2]);
}

#[test]
fn the_twenty_oldest_are_shown_and_any_of_them_may_be_taken() {
    let mut rig = everyone(&[1], 0);
    for n in (1..=25).rev() {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    let seen =
        |rig: &Rig| (1..=25).filter(|n| !rig.is_over(*n) && rig.shown(*n) == [1]).collect::<Vec<u32>>();
    assert_eq!(SHOWN_MAX, 20);
    assert_eq!(seen(&rig), (1..=20).collect::<Vec<u32>>());
    rig.takes(T0, 1, 21);
    assert_eq!(rig.refusals(), [Code::OfferGone]);
    rig.takes(T0, 1, 17);
    assert_eq!(rig.owner(17), Some(1));
    assert_eq!(seen(&rig), (1..=21).filter(|n| *n != 17).collect::<Vec<u32>>());
}

#[test]
fn who_passes_one_on_sees_it_again_when_all_have_and_a_limit_is_over() {
    let mut rig = everyone(&[1, 2], 5);
    rig.arrives(T0, 1);
    let epoch = rig.epoch(1);
    rig.skips(T0, 1, 1, epoch);
    assert_eq!((rig.shown(1), rig.epoch(1)), (vec![2], epoch), "it stays with the others");
    rig.skips(T0, 1, 1, epoch);
    assert_eq!(rig.refusals(), [Code::OfferGone]);
    rig.skips(T0, 2, 1, epoch);
    assert!(rig.shown(1).is_empty());
    rig.rings_at(T0 + LIMIT - Millis(1));
    assert!(rig.shown(1).is_empty());
    rig.rings_at(T0 + LIMIT);
    assert_eq!(rig.shown(1), [1, 2]);
}

#[test]
fn a_round_is_not_over_while_somebody_sees_it_who_has_not_passed_it_on() {
    let mut rig = everyone(&[1, 2], 5);
    rig.presence(T0, 2, false, true);
    rig.arrives(T0, 1);
    let epoch = rig.epoch(1);
    rig.skips(T0, 1, 1, epoch);
    rig.presence(T0 + LIMIT - Millis(1), 2, true, true);
    rig.rings_at(T0 + LIMIT);
    assert_eq!(rig.shown(1), [2]);
    rig.skips(T0 + LIMIT, 2, 1, epoch);
    rig.rings_at(T0 + LIMIT + LIMIT);
    assert_eq!(rig.shown(1), [1, 2]);
}

#[test]
fn only_what_has_changed_is_told() {
    let mut rig = everyone(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.arrives(T0 + Millis(1), 2);
    rig.presence(T0 + Millis(2), 2, true, false);
    let shown = |note: &Note| match note {
        Note::Shown { session, to, hidden, .. } => Some((session.clone(), to.len(), hidden.clone())),
        _ => None,
    };
    let told: Vec<_> = rig.told().filter_map(|(_, note)| shown(note)).collect();
    assert_eq!(told, [(session(1), 0, vec![operator(2)]), (session(2), 0, vec![operator(2)])]);
    rig.presence(T0 + Millis(3), 2, true, false);
    assert_eq!(rig.told().count(), 0);
}

#[test]
fn the_person_responsible_has_it_to_themselves_for_a_while() {
    let mut rig = everyone(&[1, 2], 5);
    rig.arrives_for(T0, 1, 2);
    assert_eq!((rig.offered(1), rig.desk.load(&operator(2))), (Some(2), 0));
    rig.rings_at(T0 + LIMIT);
    assert_eq!(rig.shown(1), [1], "2 let it pass");
}

#[test]
fn another_distribution_takes_hold_at_once() {
    let mut rig = everyone(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.change(T0, |settings| settings.queue.distribution = Distribution::Evenly);
    assert_eq!(rig.offered(1), Some(1));
    rig.change(T0, |settings| settings.queue.distribution = Distribution::Everyone);
    assert_eq!((rig.moved(), rig.shown(1)), (Some((MoveReason::QueueChanged, 1)), vec![1, 2]));
    rig.change(T0, |settings| settings.active = false);
    assert!(rig.shown(1).is_empty());
}

#[test]
fn a_session_that_comes_again_is_shown_again() {
    let mut rig = everyone(&[1], 5);
    rig.arrives(T0, 1);
    let again = Arrival { run: 1, epoch: Epoch(rig.epoch(1)), ..arrival(T0, 1) };
    rig.note(T0, 1, Note::Arrived(Box::new(again)));
    assert_eq!((rig.row(1).run, rig.shown(1)), (1, vec![1]));
}
