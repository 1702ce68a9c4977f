//! `cargo xtask …`: the commands of the project.
#![allow(clippy::disallowed_methods, reason = "this program runs natively and may read the clock")]

use std::env;
use std::process::{Command, ExitCode};

use xtask::fail::{Failure, Result, fail};
use xtask::suite::{self, Scope};
use xtask::{bench, build, chromium, deploy, dev, peers, run, size};

const USAGE: &str = "\
cargo xtask dev [--port N] [--fresh]   installs what is missing, builds, and serves on http://127.0.0.1:8787
cargo xtask build                      builds the widget, the console and the Worker
cargo xtask test [--quick]             everything that must hold; --quick leaves out what is slow
cargo xtask size [--json]              the bytes of what ships, against their budgets; keeps them in
                                       docs/sizes.csv and docs/performance.md, but with --json only prints
cargo xtask sim [--seeds N] [--steps N] [--seed S]
                                       the deterministic simulation
cargo xtask bench [--json] [--cores|--browser] [--write]
                                       what costs time, memory or traffic, each beside its baseline; --cores and
                                       --browser leave out the other, --write puts the tables into docs/performance.md
cargo xtask screens                    drives a browser through the screens and writes pictures
cargo xtask deploy [--dry-run]         builds and deploys with wrangler";

const PORT: u16 = 8787;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match command(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_silent() {
                run::note(&failure.to_string());
            }
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[&str]) -> Result<()> {
    match words {
        ["dev", flags @ ..] => {
            let (port, fresh) = dev_flags(flags)?;
            dev::dev(port, fresh)
        }
        ["build"] => build::build(),
        ["test"] => suite::test(Scope::Whole),
        ["test", "--quick"] => suite::test(Scope::Quick),
        ["size"] => size::size(),
        ["size", "--json"] => size::as_json(),
        ["sim", flags @ ..] => through(suite::simulation().args(flags)),
        ["bench", flags @ ..] if flags.iter().all(|flag| bench::FLAGS.contains(flag)) => benches(flags),
        ["screens", flags @ ..] => screens(flags),
        ["deploy"] => deploy::deploy(),
        ["deploy", "--dry-run"] => deploy::rehearse(),
        [] | ["help" | "--help" | "-h"] => {
            run::say(USAGE);
            Ok(())
        }
        other => fail(format!("`{}` is not a command:\n{USAGE}", other.join(" "))),
    }
}

fn dev_flags(flags: &[&str]) -> Result<(u16, bool)> {
    let (mut port, mut fresh, mut rest) = (PORT, false, flags);
    loop {
        rest = match rest {
            [] => return Ok((port, fresh)),
            ["--fresh", rest @ ..] => {
                fresh = true;
                rest
            }
            ["--port", number, rest @ ..] => {
                port = number.parse().ok().filter(|port| *port > 0).ok_or_else(|| no_port(number))?;
                rest
            }
            ["--port"] => return Err(no_port("")),
            [other, ..] => return fail(format!("`dev` knows --port N and --fresh, not `{other}`.")),
        };
    }
}

fn no_port(word: &str) -> Failure {
    Failure::new(format!("`{word}` is not a port: write `--port` and a number between 1 and 65535."))
}

fn benches(flags: &[&str]) -> Result<()> {
    if !flags.contains(&"--cores") {
        build::build()?;
        chromium::ready()?;
        peers::ready()?;
    }
    run::note("Building for speed…");
    through(&mut bench::benches(flags))
}

fn screens(flags: &[&str]) -> Result<()> {
    build::build()?;
    chromium::ready()?;
    through(run::cargo().args(["run", "--quiet", "-p=tests", "--bin=screens", "--"]).args(flags))
}

/// Runs a program that speaks for itself.
fn through(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|e| Failure::new(format!("cargo could not be started ({e}).")))?;
    if status.success() { Ok(()) } else { Err(Failure::silent()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_of_dev_are_read_in_any_order() {
        assert_eq!(dev_flags(&[]), Ok((8787, false)));
        assert_eq!(dev_flags(&["--fresh", "--port", "9000"]), Ok((9000, true)));
        for wrong in [vec!["--port"], vec!["--port", "0"], vec!["--port", "70000"], vec!["--prot", "1"]] {
            assert!(dev_flags(&wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_unknown_command_is_named() {
        assert!(command(&["tset"]).is_err_and(|failure| failure.to_string().contains("`tset`")));
    }
}
