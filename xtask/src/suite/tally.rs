//! Counting what passed.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::fail::{Failure, Result};
use crate::run;

/// How many checks passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Tally {
    pub(super) const PASSED: Self = Self { passed: 1, failed: 0 };
    pub(super) const FAILED: Self = Self { passed: 0, failed: 1 };

    pub(super) fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// Runs `cargo test`, shows what it prints, and adds up its results. A run that fails without naming a test (it did
    /// not compile, or a test ended the process) counts as one failure.
    pub(super) fn of(mut test: Command) -> Result<Self> {
        let failed =
            |e: std::io::Error| Failure::new(format!("cargo test could not be run ({e}): is cargo there?"));
        let mut child = test.stdout(Stdio::piped()).spawn().map_err(failed)?;
        let mut tally = Self::default();
        if let Some(out) = child.stdout.take() {
            for line in BufReader::new(out).lines() {
                let line = line.map_err(failed)?;
                tally = tally.and(Self::in_line(&line).unwrap_or_default());
                run::note(&line);
            }
        }
        let ok = child.wait().map_err(failed)?.success();
        Ok(if !ok && tally.failed == 0 { tally.and(Self::FAILED) } else { tally })
    }

    /// Reads `test result: ok. 3 passed; 0 failed; …`.
    fn in_line(line: &str) -> Option<Self> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let mut numbers = counts.split("; ").map(|part| part.split(' ').next().and_then(|n| n.parse().ok()));
        Some(Self { passed: numbers.next()??, failed: numbers.next()?? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_cargo_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(Tally::in_line(line), Some(Tally { passed: 12, failed: 3 }));
        assert_eq!(Tally::in_line("running 3 tests"), None);
    }

    #[test]
    fn a_run_that_names_no_test_is_a_failure() {
        let mut silent = run::command("sh");
        silent.args(["-c", "echo 'test result: ok. 2 passed; 0 failed; 0 ignored'; exit 1"]);
        assert_eq!(Tally::of(silent), Ok(Tally { passed: 2, failed: 1 }));
    }
}
