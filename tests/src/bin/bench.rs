//! Runs the benches: `bench [--json] [--cores|--browser] [--write]`.

#![allow(clippy::print_stdout, reason = "this program's purpose is to print")]

use std::process::ExitCode;
use tests::bench::{Counting, Part, json, markdown, table};
use xtask::{paths, section};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| words.iter().any(|word| word == flag);
    let known = ["--json", "--cores", "--browser", "--write"];
    let parts: &[Part] = match (has("--cores"), has("--browser")) {
        (true, false) => &[Part::Cores],
        (false, true) => &[Part::Browser],
        (false, false) => &[Part::Cores, Part::Browser],
        (true, true) => &[],
    };
    if parts.is_empty() || !words.iter().all(|word| known.contains(&word.as_str())) {
        eprintln!("usage: bench [--json] [--cores|--browser] [--write]");
        return ExitCode::from(2);
    }
    let mut all = Vec::new();
    for part in parts {
        let lines = part.run(|what| eprintln!("{what}…"));
        if has("--write")
            && let Err(failure) =
                section::write(&paths::at("docs/performance.md"), part.section(), &markdown(&lines))
        {
            eprintln!("{failure}");
            return ExitCode::FAILURE;
        }
        all.extend(lines);
    }
    println!("{}", if has("--json") { json(&all) } else { table(&all) });
    ExitCode::SUCCESS
}
