//! Runs the benches: `bench [--json]`.

#![allow(clippy::print_stdout, reason = "this program's purpose is to print")]

use std::process::ExitCode;
use tests::bench::{Counting, json, run, table};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let show = match words.as_slice() {
        [] => table,
        [word] if word == "--json" => json,
        _ => {
            eprintln!("usage: bench [--json]");
            return ExitCode::from(2);
        }
    };
    let lines = run(|what| eprintln!("{what}…"));
    println!("{}", show(&lines));
    ExitCode::SUCCESS
}
