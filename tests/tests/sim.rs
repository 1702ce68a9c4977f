//! A short run of the simulation, and the proof that it notices what is broken.

use shared::conversation::TRANSITIONS;
use std::collections::BTreeSet;
use tests::sim::{Plan, Sabotage, run};

const STEPS: u64 = 250;

const fn plan(sabotage: Option<Sabotage>) -> Plan {
    Plan { steps: STEPS, sabotage, lines: 0 }
}

#[test]
fn thirty_seeds_hold_every_invariant_and_take_every_way_that_a_session_can_go() {
    let mut taken = BTreeSet::new();
    for seed in 1..=30 {
        let outcome = run(seed, &plan(None));
        assert!(outcome.violations.is_empty(), "seed {seed}: {:?}", outcome.violations);
        assert!(outcome.checks > STEPS, "seed {seed} was idle");
        taken.extend(outcome.seen.into_keys());
    }
    for (from, to, how) in TRANSITIONS {
        let way = format!("phase: {from:?} → {to:?}");
        assert!(taken.contains(&way), "no seed went {from:?} → {to:?}: {how}");
    }
}

#[test]
fn a_seed_gives_the_same_run_each_time() {
    let plan = Plan { lines: 50, ..plan(None) };
    let (one, other) = (run(7, &plan), run(7, &plan));
    assert_eq!((one.steps, one.checks, &one.story), (other.steps, other.checks, &other.story));
    assert_ne!(one.story, run(8, &plan).story);
}

/// The first seed that finds a fault planted in the shell.
fn found(sabotage: Sabotage) -> Option<u64> {
    (1..=50).find(|seed| !run(*seed, &plan(Some(sabotage))).violations.is_empty())
}

#[test]
fn receipts_that_are_not_stored_are_noticed() {
    assert!(found(Sabotage::ForgetReceipts).is_some());
}

#[test]
fn notes_that_are_not_stored_are_noticed() {
    assert!(found(Sabotage::ForgetOutbox).is_some());
}

#[test]
fn entries_that_are_not_stored_are_noticed() {
    assert!(found(Sabotage::ForgetEntries).is_some());
}

#[test]
fn owners_that_are_not_stored_are_noticed() {
    assert!(found(Sabotage::ForgetAccepts).is_some());
}

#[test]
fn ratings_that_are_not_stored_are_noticed() {
    assert!(found(Sabotage::ForgetRatings).is_some());
}

#[test]
fn presence_that_is_not_stored_is_noticed() {
    assert!(found(Sabotage::ForgetPresence).is_some());
}

#[test]
fn an_alarm_that_is_not_set_is_noticed() {
    assert!(found(Sabotage::ForgetAlarms).is_some());
}

#[test]
fn frames_that_are_not_sent_are_noticed() {
    assert!(found(Sabotage::ForgetFrames).is_some());
}
