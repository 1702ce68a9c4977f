//! A Worker under wrangler and workerd on this machine, for `dev` and for the tests.

mod copy;
mod guard;

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub use guard::{Guarded, Process, command as guarded};

pub use crate::d1::{migrate, query as d1};
use crate::fail::{Failure, Result, fail};
use crate::{files, http, paths, run};

/// How long a Worker may take to answer after its start.
const START: Duration = Duration::from_secs(60);

/// How long a Worker that was ended may hold its port.
const END: Duration = Duration::from_secs(2);

/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// How a Worker is to run.
#[derive(Clone, Debug)]
pub struct Config {
    storage: PathBuf,
    port: Option<u16>,
    vars: Vec<(String, String)>,
    shown: bool,
}

impl Config {
    /// A Worker that keeps everything below `storage`, on a free port.
    pub fn new(storage: impl Into<PathBuf>) -> Self {
        Self { storage: storage.into(), port: None, vars: Vec::new(), shown: false }
    }

    /// Listens on this port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Gives the Worker a variable.
    #[must_use]
    pub fn var(mut self, name: &str, value: &str) -> Self {
        self.vars.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Shows warnings and errors to the person at the terminal in place of keeping them in the log.
    #[must_use]
    pub fn shown(mut self) -> Self {
        self.shown = true;
        self
    }

    /// Applies the migrations, starts the Worker and waits until it answers.
    pub fn start(self) -> Result<Worker> {
        migrate(&self.storage)?;
        let port = self.port.map_or_else(free_port, Ok)?;
        let running = spawn(&self, port)?;
        let mut worker = Worker { config: self, port, running };
        worker.wait_until_ready()?;
        Ok(worker)
    }

    fn log(&self) -> PathBuf {
        self.storage.join("wrangler.log")
    }
}

/// A running Worker. It dies with this value, and with the process that holds it.
#[derive(Debug)]
pub struct Worker {
    config: Config,
    port: u16,
    running: Guarded,
}

impl Worker {
    /// Starts what `cargo xtask build` has built, on a free port.
    pub fn start(storage: impl Into<PathBuf>) -> Result<Self> {
        Config::new(storage).start()
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its origin, as `http://127.0.0.1:8787`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where it keeps its data.
    pub fn storage(&self) -> &Path {
        &self.config.storage
    }

    /// The processes that belong to it: wrangler's two of Node, and those of workerd.
    pub fn processes(&self) -> Vec<Process> {
        self.running.processes()
    }

    /// What wrangler and the Worker have written so far.
    pub fn log(&self) -> Result<String> {
        files::read_text(&self.config.log())
    }

    /// Kills all of it without a warning (SIGKILL), as a power cut would.
    pub fn kill_hard(&mut self) -> Result<()> {
        self.running.end("KILL")
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(&mut self) -> Result<()> {
        self.running.end("TERM")
    }

    /// Starts what is built now again on the same port and the same data, killing what may still run.
    pub fn restart(&mut self) -> Result<()> {
        self.kill_hard()?;
        self.running = spawn(&self.config, self.port)?;
        self.wait_until_ready()
    }

    /// Whether wrangler has ended, by itself or by us.
    pub fn has_ended(&mut self) -> bool {
        self.running.has_ended()
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + START;
        while http::status(self.port, "/healthz") != Some(200) {
            if self.running.has_ended() {
                return self.failed("wrangler ended at its start");
            }
            if Instant::now() > deadline {
                return self.failed(&format!("/healthz did not answer 200 within {} s", START.as_secs()));
            }
            thread::sleep(LOOK);
        }
        Ok(())
    }

    fn failed(&self, what: &str) -> Result<()> {
        let log =
            if self.config.shown { String::new() } else { run::tail(&self.log().unwrap_or_default(), 20) };
        fail(format!(
            "{log}\nThe Worker did not start ({what}): see the lines above, then run `cargo xtask build`."
        ))
    }
}

/// A port that is free now, each time another one: below those that systems give to connections, which could take it before
/// whoever asked for it does.
pub fn free_port() -> Result<u16> {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let start = std::process::id().wrapping_mul(397);
    let tried = (0..PORTS).map(|_| {
        let number = start.wrapping_add(ASKED.fetch_add(1, Ordering::Relaxed)) % PORTS;
        u16::try_from(20_000 + number).unwrap_or(20_000)
    });
    let found = tried.into_iter().find(|port| is_free(*port));
    found.ok_or_else(|| Failure::new("No port is free on 127.0.0.1: close a program."))
}

/// How many ports [`free_port`] chooses from.
const PORTS: u32 = 12_000;

/// Whether nobody listens on a port.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

fn spawn(config: &Config, port: u16) -> Result<Guarded> {
    // A Worker that ends at this moment may still hold it.
    let deadline = Instant::now() + END;
    while !is_free(port) && Instant::now() < deadline {
        thread::sleep(LOOK);
    }
    if !is_free(port) {
        return fail(format!(
            "Port {port} is taken: end the program that listens there, or choose another with `--port`."
        ));
    }
    let mut wrangler = guard::command(paths::npm_bin("wrangler"));
    wrangler.arg("dev").arg("--config").arg(copy::make(&config.storage)?);
    wrangler.args(["--ip", "127.0.0.1", "--port", &port.to_string()]);
    wrangler.args(["--inspector-port", &free_port()?.to_string()]);
    wrangler.args([
        "--show-interactive-dev-session=false",
        "--log-level",
        if config.shown { "warn" } else { "info" },
    ]);
    wrangler.arg("--persist-to").arg(&config.storage);
    for (name, value) in &config.vars {
        wrangler.args(["--var", &format!("{name}:{value}")]);
    }
    let secrets = paths::at("edge/.dev.vars");
    if secrets.is_file() {
        wrangler.arg("--env-file").arg(secrets);
    }
    if config.shown {
        wrangler.stdout(std::io::stderr());
    } else {
        let (out, err) = log_file(&config.log())?;
        wrangler.stdout(out).stderr(err);
    }
    Guarded::spawn(&mut wrangler)
}

fn log_file(path: &Path) -> Result<(Stdio, Stdio)> {
    let failed = |e: std::io::Error| Failure::new(format!("Cannot write {}: {e}.", path.display()));
    let file = File::options().create(true).append(true).open(path).map_err(failed)?;
    Ok((file.try_clone().map_err(failed)?.into(), file.into()))
}
