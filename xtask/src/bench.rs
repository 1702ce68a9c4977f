//! `cargo xtask bench`: what costs time or memory, each beside its baseline in the same run.

use std::process::Command;

use crate::run;

/// The flags that the benches know.
pub const FLAGS: [&str; 4] = ["--json", "--cores", "--browser", "--write"];

/// The benches, as a command that prints a table, or JSON alone.
pub fn benches(flags: &[&str]) -> Command {
    let mut benches = run::cargo();
    benches.args(["run", "--quiet", "--profile=native", "-p=tests", "--bin=bench", "--"]).args(flags);
    benches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_benches_run_as_fast_as_they_can() {
        let words = |flags| benches(flags).get_args().map(|word| word.to_owned()).collect::<Vec<_>>();
        assert!(words(&[]).contains(&"--profile=native".into()));
        assert_eq!(words(&[]).last(), Some(&"--".into()));
        assert_eq!(words(&["--json"]).last(), Some(&"--json".into()));
    }
}
