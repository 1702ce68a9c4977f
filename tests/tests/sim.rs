//! A short run of the simulation, and the proof that it notices what is broken.

use tests::sim::{Plan, Sabotage, run};

const STEPS: u64 = 250;

#[test]
fn thirty_seeds_hold_every_invariant() {
    for seed in 1..=30 {
        let outcome = run(seed, &Plan { steps: STEPS, sabotage: None, lines: 0 });
        assert!(outcome.violations.is_empty(), "seed {seed}: {:?}", outcome.violations);
        assert!(outcome.checks > STEPS, "seed {seed} was idle");
    }
}

#[test]
fn a_seed_gives_the_same_run_each_time() {
    let plan = Plan { steps: STEPS, sabotage: None, lines: 1000 };
    let (one, other) = (run(7, &plan), run(7, &plan));
    assert_eq!((one.steps, one.checks, &one.story), (other.steps, other.checks, &other.story));
    assert_ne!(one.story, run(8, &plan).story);
}

/// The first seed that finds a fault planted in the shell.
fn found(sabotage: Sabotage) -> Option<u64> {
    let plan = Plan { steps: STEPS, sabotage: Some(sabotage), lines: 0 };
    (1..=50).find(|seed| !run(*seed, &plan).violations.is_empty())
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
