//! Runs the simulation over many seeds: `sim --seeds 200 [--steps N] [--seed S] [--lines N]`.

#![allow(clippy::print_stdout, reason = "this program's purpose is to print")]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use tests::sim::{Outcome, Plan, run};

const STEPS: u64 = 1_000;
/// Lines of the story of a seed that failed.
const LINES: usize = 60;
/// How many stories are told at most, each of another rule.
const TOLD_MAX: usize = 3;

struct Args {
    seeds: u64,
    steps: u64,
    seed: Option<u64>,
    lines: usize,
}

fn main() -> ExitCode {
    let args = match read_args(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(words) => {
            eprintln!("{words}\nusage: sim [--seeds N] [--steps N] [--seed S] [--lines N]");
            return ExitCode::from(2);
        }
    };
    let first = args.seed.unwrap_or_else(random_seed);
    println!("first seed {first}");
    let plan = Plan { steps: args.steps, sabotage: None, lines: 0 };
    let outcomes = run_all(first, args.seeds, &plan);
    let violated: Vec<u64> = outcomes
        .iter()
        .filter(|(_, outcome)| !outcome.violations.is_empty())
        .map(|(seed, _)| *seed)
        .collect();
    let rules = rules(&outcomes);
    for (_, (_, seed)) in rules.iter().take(TOLD_MAX) {
        tell(*seed, &plan, args.lines);
    }
    for (rule, (count, seed)) in &rules {
        println!("violated {count} times, first in seed {seed}: {rule}");
    }
    println!("{}", seen(&outcomes));
    let sum = |of: fn(&Outcome) -> u64| outcomes.iter().map(|(_, outcome)| of(outcome)).sum::<u64>();
    println!(
        "seeds={} steps={} checks={} violations={}",
        args.seeds,
        sum(|outcome| outcome.steps),
        sum(|outcome| outcome.checks),
        sum(|outcome| outcome.violations.len() as u64)
    );
    if violated.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read_args(mut words: impl Iterator<Item = String>) -> Result<Args, String> {
    let mut args = Args { seeds: 200, steps: STEPS, seed: None, lines: LINES };
    let (mut seeds, mut alone) = (None, false);
    while let Some(word) = words.next() {
        let number = words.next().and_then(|number| number.parse().ok());
        let number = number.ok_or_else(|| format!("{word} needs a number"))?;
        match word.as_str() {
            "--seeds" => seeds = Some(number),
            "--steps" => args.steps = number,
            "--lines" => args.lines = usize::try_from(number).unwrap_or(LINES),
            "--seed" => {
                args.seed = Some(number);
                alone = true;
            }
            _ => return Err(format!("{word} is not known")),
        }
    }
    args.seeds = seeds.unwrap_or(if alone { 1 } else { args.seeds });
    Ok(args)
}

/// Only where to begin is left to chance.
fn random_seed() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::hash::RandomState::new().build_hasher().finish() >> 16
}

fn run_all(first: u64, seeds: u64, plan: &Plan) -> Vec<(u64, Outcome)> {
    let next = AtomicU64::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut outcomes = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= seeds {
                return outcomes;
            }
            let seed = first.wrapping_add(index);
            outcomes.push((seed, run(seed, plan)));
        }
    };
    let mut outcomes: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    outcomes.sort_by_key(|(seed, _)| *seed);
    outcomes
}

/// How often each rule was violated, and by which seed first.
fn rules(outcomes: &[(u64, Outcome)]) -> BTreeMap<&'static str, (u64, u64)> {
    let mut rules = BTreeMap::new();
    for (seed, outcome) in outcomes {
        if let Some((rule, _)) = outcome.violations.first() {
            rules.entry(*rule).or_insert((0, *seed)).0 += 1;
        }
    }
    rules
}

/// How often what happened, over all seeds.
fn seen(outcomes: &[(u64, Outcome)]) -> String {
    let mut sum: BTreeMap<&str, u64> = BTreeMap::new();
    for (what, count) in outcomes.iter().flat_map(|(_, outcome)| &outcome.seen) {
        *sum.entry(what).or_default() += count;
    }
    sum.iter().map(|(what, count)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

fn tell(seed: u64, plan: &Plan, lines: usize) {
    let outcome = run(seed, &Plan { lines, ..*plan });
    println!("\nseed {seed}");
    for line in &outcome.story {
        println!("  {line}");
    }
    for (rule, words) in &outcome.violations {
        println!("  violated {rule}: {words}");
    }
    println!("  again: sim --seed {seed} --steps {}", plan.steps);
}
