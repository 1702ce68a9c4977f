//! `cargo xtask dev`: from a fresh machine to a running Guichet.

mod watch;

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use watch::Watch;

use crate::d1::{self, Place};
use crate::fail::{Result, fail};
use crate::setup::{self, Demo};
use crate::worker::{self, Config, Worker};
use crate::{build, files, paths, run};

/// How often the sources are looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Where the data of `dev` stays, and that of a plain `wrangler dev` too.
fn storage() -> PathBuf {
    paths::at("edge/.wrangler/state")
}

/// Builds, prepares the storage and serves until Ctrl-C.
pub fn dev(port: u16, fresh: bool) -> Result<()> {
    if !worker::is_free(port) {
        return fail(format!(
            "Port {port} is taken: end the program that listens there, or choose another with `--port`."
        ));
    }
    build::build()?;
    let storage = storage();
    if fresh {
        run::note("Emptying the storage…");
        files::remove(&storage)?;
    }
    run::note("Preparing the database…");
    d1::migrate(&storage)?;
    let token = setup::first_run(Place::Local(&storage), Demo::With)?;
    run::note("Starting the Worker…");
    let mut worker = Config::new(storage).port(port).shown().start()?;
    run::say(&greeting(&worker.url(), token.as_deref()));
    follow(&mut worker)
}

/// Builds and starts again whenever a source has changed; a build that fails leaves the last one running.
fn follow(worker: &mut Worker) -> Result<()> {
    let mut watch = Watch::new()?;
    while !worker.has_ended() {
        thread::sleep(LOOK);
        if !watch.changed()? {
            continue;
        }
        run::note("A source has changed.");
        let renewed =
            build::build().and_then(|()| d1::migrate(worker.storage())).and_then(|()| worker.restart());
        run::note(&renewed.map_or_else(|failure| failure.to_string(), |()| "Reload the page.".to_owned()));
    }
    fail("wrangler has ended: see the lines above.")
}

fn greeting(origin: &str, token: Option<&str>) -> String {
    let mut lines = vec![
        "Guichet is running. Ctrl-C ends it; the data stays.".to_owned(),
        String::new(),
        format!("  Demo shop   {origin}/"),
        format!("  Console     {origin}/console/"),
    ];
    if let Some(token) = token {
        lines.push(String::new());
        lines.push("Nobody can sign in yet. Open this link once, it makes the first operator:".to_owned());
        lines.push(format!("  {}", setup::link(origin, token)));
    }
    boxed(&lines)
}

fn boxed(lines: &[String]) -> String {
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let edge = "─".repeat(width + 2);
    let body: String = lines.iter().map(|line| format!("│ {line:<width$} │\n")).collect();
    format!("\n┌{edge}┐\n{body}└{edge}┘\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greeting_names_the_link_only_while_it_is_needed() {
        let first = greeting("http://127.0.0.1:8787", Some("abc"));
        assert!(first.contains("http://127.0.0.1:8787/console/#setup=abc"));
        assert!(!greeting("http://127.0.0.1:8787", None).contains("setup"));
        let widths: Vec<usize> = first.trim().lines().map(|line| line.chars().count()).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "the box is straight");
    }
}
