//! Other programs: how they are started, and what is said when they fail.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::fail::{Failure, Result, fail};
use crate::paths;

/// A command in the root of the workspace that finds the programs of npm first (wrangler needs the Node among them), is
/// silent about itself to others and asks nothing.
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command
        .current_dir(paths::root())
        .env("PATH", path_with_npm())
        .env("WRANGLER_SEND_METRICS", "false")
        .env("WRANGLER_HIDE_BANNER", "true")
        .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
        .stdin(Stdio::null());
    command
}

/// Cargo, the same as the one that runs us.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command whose output a person may watch; all of it goes to the standard error stream.
pub fn watched(command: &mut Command, mend: &str) -> Result<()> {
    let status = command.stdout(io::stderr()).status().map_err(|e| not_started(command, &e, mend))?;
    if status.success() { Ok(()) } else { fail(format!("{} failed ({status}): {mend}", name(command))) }
}

/// Runs a command in silence and gives what it printed; its last lines are shown when it fails.
pub fn silent(command: &mut Command, mend: &str) -> Result<String> {
    let output = command.output().map_err(|e| not_started(command, &e, mend))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let said = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
    fail(format!("{}\n{} failed ({}): {mend}", tail(&said, 20), name(command), output.status))
}

/// The last lines of a text.
pub fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.trim_end().lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// Tells a person what happens now.
pub fn note(text: &str) {
    // The standard error stream may be closed; a command does not fail for that.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints a result on the standard output stream.
pub fn say(text: &str) {
    // A closed pipe (`… | head`) is no failure of the command.
    let _ = writeln!(io::stdout(), "{text}");
}

/// Whether a program can be found.
pub fn exists(program: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

fn path_with_npm() -> OsString {
    let before = env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(paths::at("node_modules/.bin")).chain(env::split_paths(&before));
    env::join_paths(all).unwrap_or(before)
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn not_started(command: &Command, error: &io::Error, mend: &str) -> Failure {
    Failure::new(format!("{} could not be started ({error}): {mend}", name(command)))
}
