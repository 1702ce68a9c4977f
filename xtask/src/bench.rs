//! `cargo xtask bench`: what costs time or memory, each beside its baseline in the same run.

use std::process::Command;

use crate::run;

/// The benches, as a command that prints a table, or JSON alone.
pub fn benches(as_json: bool) -> Command {
    let mut benches = run::cargo();
    benches.args(["run", "--quiet", "--profile=native", "-p=tests", "--bin=bench", "--"]);
    benches.args(as_json.then_some("--json"));
    benches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_benches_run_as_fast_as_they_can() {
        let words = |as_json| benches(as_json).get_args().map(|word| word.to_owned()).collect::<Vec<_>>();
        assert!(words(false).contains(&"--profile=native".into()));
        assert_eq!(words(false).last(), Some(&"--".into()));
        assert_eq!(words(true).last(), Some(&"--json".into()));
    }
}
