//! The deterministic simulation: the real cores and the real clients over a network that loses, repeats and delays, objects
//! that crash between any two steps, and clocks that jump. After each step the invariants of the behaviour are checked; at
//! the end everything heals, and all must be delivered and quiet. A seed gives the same run each time.

mod act;
mod check;
mod deeds;
mod end;
mod faults;
mod habits;
mod heal;
mod inbox;
mod kind;
mod network;
mod node;
mod people;
mod settings;
mod story;
mod turns;
mod visits;
mod wire;
mod world;
mod zones;

use std::collections::BTreeMap;
use world::World;

/// A fault planted in the shell, to prove that the simulation notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Notes are taken without noting so.
    ForgetReceipts,
    /// Notes to tell are not stored.
    ForgetOutbox,
    /// Some entries of the log are not stored.
    ForgetEntries,
    /// The desk does not store who owns a session.
    ForgetAccepts,
    /// Ratings are not stored.
    ForgetRatings,
    /// The desk does not store who is there.
    ForgetPresence,
    /// The alarm is not set for what is to come.
    ForgetAlarms,
    /// Some frames are not sent, on a socket that goes on.
    ForgetFrames,
}

/// How to run one seed.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many things people do.
    pub steps: u64,
    /// What is planted.
    pub sabotage: Option<Sabotage>,
    /// How many lines of the story to tell of what was violated; none tells nothing.
    pub lines: usize,
}

/// What came of one seed.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Events that happened.
    pub steps: u64,
    /// Checks that were made.
    pub checks: u64,
    /// How often what happened.
    pub seen: BTreeMap<String, u64>,
    /// What was violated: the rule, and where.
    pub violations: Vec<(&'static str, String)>,
    /// The last events in words, if they were asked for.
    pub story: Vec<String>,
}

/// Runs one seed.
pub fn run(seed: u64, plan: &Plan) -> Outcome {
    let mut world = World::new(seed, plan);
    for _ in 0..plan.steps {
        if world.ledger.is_violated() {
            break;
        }
        world.step();
    }
    if !world.ledger.is_violated() {
        world.heal();
    }
    let about = world.ledger.violations.first().map_or("", |(_, words)| words);
    Outcome {
        steps: world.steps,
        checks: world.ledger.checks,
        story: world.story.lines(about),
        violations: world.named_violations(),
        seen: world.ledger.seen,
    }
}
