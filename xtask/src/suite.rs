//! `cargo xtask test`: everything that must hold before a change lands.

mod tally;
mod targets;

use std::process::Command;
use std::time::Instant;

use tally::Tally;

use crate::fail::{Failure, Result};
use crate::tools::{Tools, WASM};
use crate::{build, chromium, deploy, paths, run, size, tidy, tools};

/// How much is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// For the daily loop: no browser, nothing that needs the network.
    Quick,
    /// Everything.
    Whole,
}

/// One entry of the table: what it is called, whether the daily loop has it, and what it does.
struct Stage {
    name: &'static str,
    scope: Scope,
    needs_build: bool,
    run: fn() -> Result<Tally>,
}

const fn stage(name: &'static str, scope: Scope, needs_build: bool, run: fn() -> Result<Tally>) -> Stage {
    Stage { name, scope, needs_build, run }
}

/// In order: what is cheap and tells most comes first.
const STAGES: [Stage; 15] = [
    stage("tools", Scope::Quick, false, || one(Tools::ready())),
    stage("tidy", Scope::Quick, false, || one(tidy::check())),
    stage("types", Scope::Quick, false, || one(types())),
    stage("format", Scope::Quick, false, || {
        one(cargo(&["fmt", "--all", "--check"], "run `cargo fmt --all`."))
    }),
    stage("clippy, native", Scope::Quick, false, || {
        one(clippy(&["--all-targets", "-p=shared", "-p=tests", "-p=xtask"]))
    }),
    stage("clippy, wasm", Scope::Quick, false, || {
        one(clippy(&["--target", WASM, "-p=link", "-p=edge", "-p=widget", "-p=console"]))
    }),
    stage("licences and sources", Scope::Whole, false, || one(deny())),
    stage("unit tests", Scope::Quick, false, || Tally::of(cargo_test(&["--workspace", "--exclude=tests"]))),
    stage("tests of the cores", Scope::Quick, false, || targets::run(targets::Needs::Nothing)),
    stage("simulation", Scope::Quick, false, || one(simulate())),
    stage(BUILD, Scope::Quick, false, || one(build::build())),
    stage("size", Scope::Quick, true, || one(size::check())),
    stage("plain wrangler", Scope::Whole, true, || one(plain_wrangler())),
    stage("tests of the Worker", Scope::Quick, true, || targets::run(targets::Needs::Worker)),
    stage("tests in the browser", Scope::Whole, true, || {
        chromium::ready()?;
        targets::run(targets::Needs::Browser)
    }),
];

const BUILD: &str = "build";

/// Runs the stages, goes on after a failed one, and ends with the line `N passed, N failed`.
pub fn test(scope: Scope) -> Result<()> {
    let begun = Instant::now();
    let mut total = Tally::default();
    let mut summary = Vec::new();
    let mut built = true;
    for stage in STAGES.iter().filter(|stage| scope == Scope::Whole || stage.scope == Scope::Quick) {
        if stage.needs_build && !built {
            summary.push(format!("  –  {:24} skipped: there is no build", stage.name));
            continue;
        }
        let (tally, line) = timed(stage);
        built &= stage.name != BUILD || tally.failed == 0;
        total = total.and(tally);
        run::note(&line);
        summary.push(line);
    }
    run::note(&format!("\n{}\n\n{:.0} s in all", summary.join("\n"), begun.elapsed().as_secs_f32()));
    run::say(&total.to_string());
    if total.failed == 0 { Ok(()) } else { Err(Failure::silent()) }
}

fn timed(stage: &Stage) -> (Tally, String) {
    run::note(&format!("\n── {}", stage.name));
    let begun = Instant::now();
    let tally = (stage.run)().unwrap_or_else(|failure| {
        run::note(&failure.to_string());
        Tally::FAILED
    });
    let sign = if tally.failed == 0 { '✓' } else { '✗' };
    let seconds = begun.elapsed().as_secs_f32();
    (tally, format!("  {sign}  {:24} {seconds:>6.1} s   {tally}", stage.name))
}

/// A stage that is one check.
fn one<T>(result: Result<T>) -> Result<Tally> {
    result.map(|_| Tally::PASSED)
}

fn cargo(words: &[&str], mend: &str) -> Result<()> {
    run::watched(run::cargo().args(words), mend)
}

/// Whether what a page writes against the types that are served passes.
fn types() -> Result<()> {
    let mut check = run::command(paths::npm_bin("tsc"));
    check.args(["--noEmit", "--strict", "--target", "es2022", "--module", "esnext"]);
    check.args(["--moduleResolution", "bundler", "--types", ""]).arg(paths::at("tests/page/api.ts"));
    run::watched(&mut check, "mend widget/guichet.d.ts, or what tests/page/api.ts does with it.")
}

fn clippy(words: &[&str]) -> Result<()> {
    let words = [&["clippy", "--quiet"], words, &["--", "--deny=warnings"]].concat();
    cargo(&words, "mend what clippy names above.")
}

fn cargo_test(words: &[&str]) -> Command {
    let mut test = run::cargo();
    test.args(["test", "--no-fail-fast"]).args(words);
    test
}

fn simulate() -> Result<()> {
    run::watched(simulation().args(["--seeds", "200"]), "replay the seed that is named above.")
}

/// The simulation, as a command that takes its arguments.
pub fn simulation() -> Command {
    let mut sim = run::cargo();
    sim.args(["run", "--quiet", "--profile=native", "-p=tests", "--bin=sim", "--"]);
    sim
}

/// Licences and sources always, known vulnerabilities when their database can be had.
fn deny() -> Result<()> {
    let deny = tools::cargo_deny()?;
    let check = |what: &[&str]| {
        run::watched(
            run::command(&deny).args(["--log-level=error", "check"]).args(what),
            "see the lines above.",
        )
    };
    check(&["bans", "licenses", "sources"])?;
    if run::silent(run::command(&deny).args(["fetch", "db"]), "").is_err() {
        run::note("Advisories are skipped: their database cannot be reached.");
        return Ok(());
    }
    check(&["advisories"])
}

/// What someone does who knows wrangler and not our commands: it builds by its own configuration.
fn plain_wrangler() -> Result<()> {
    let mut wrangler = run::command(paths::npm_bin("wrangler"));
    wrangler.current_dir(paths::at("edge")).env_remove(build::BUILT);
    wrangler.args(["deploy", "--dry-run", "--outdir"]).arg(deploy::rehearsal());
    run::silent(&mut wrangler, "see the lines above.").map(|_| ())
}
