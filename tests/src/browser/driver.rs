//! WebDriver, as much of it as the tests need: JSON over HTTP to chromedriver, which starts a Chromium for each session.

use serde::Deserialize;
use serde_json::{Value, json};
use std::fmt;
use std::thread;
use std::time::{Duration, Instant};
use xtask::chromium;
use xtask::worker::{Guarded, free_port, guarded};

/// How long one command may take; the start of a browser is one.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long an answer may be; a picture is one.
const ANSWER_MAX: u64 = 64 << 20;

/// How often a condition is looked at.
pub(super) const LOOK: Duration = Duration::from_millis(40);

/// What makes Chromium quiet, and the same each time. Each session has a new profile, which chromedriver makes.
const FLAGS: [&str; 14] = [
    "--headless=new",
    "--window-size=1280,800",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--mute-audio",
    "--force-color-profile=srgb",
];

/// A running chromedriver. It and its browsers end with this value.
#[derive(Debug)]
pub struct Driver {
    url: String,
    agent: ureq::Agent,
    _running: Guarded,
}

/// One browser with a profile of its own. Ends with this value.
#[derive(Debug)]
pub struct Browser {
    url: String,
    agent: ureq::Agent,
}

/// What WebDriver says when a command fails.
#[derive(Clone, Debug, Deserialize)]
pub struct Trouble {
    /// A stable name, as `no such element`.
    pub error: String,
    /// The same in words.
    pub message: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.message.lines().next().unwrap_or_default();
        write!(to, "{}: {words}", self.error)
    }
}

impl Driver {
    /// Starts chromedriver.
    pub fn start() -> Self {
        let found = chromium::ready().expect("a Chromium and its driver");
        let port = free_port().expect("a port");
        let mut command = guarded(&found.driver);
        command.arg(format!("--port={port}")).arg("--log-level=OFF");
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let running = Guarded::spawn(&mut command).expect("chromedriver starts");
        let driver = Self { url: format!("http://127.0.0.1:{port}"), agent: agent(), _running: running };
        let deadline = Instant::now() + PATIENCE;
        while driver.agent.get(format!("{}/status", driver.url)).call().is_err() {
            assert!(Instant::now() < deadline, "chromedriver does not answer");
            thread::sleep(LOOK);
        }
        driver
    }

    /// Starts a browser whose user prefers `language`.
    pub fn browser(&self, language: &str) -> Browser {
        self.browser_with(language, &[])
    }

    /// The same, with further flags of the browser.
    pub fn browser_with(&self, language: &str, further: &[&str]) -> Browser {
        let found = chromium::find().expect("a Chromium");
        let mut flags: Vec<String> = FLAGS.iter().chain(further).map(|&flag| flag.to_owned()).collect();
        flags.push(format!("--lang={language}"));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {
                "binary": found.browser,
                "args": flags,
                "prefs": {"intl.accept_languages": language},
            },
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        let started = ask(&self.agent, Ask::Post(&wanted), &format!("{}/session", self.url));
        let started = started.unwrap_or_else(|trouble| panic!("no browser: {trouble}"));
        let id = started["sessionId"].as_str().expect("a session").to_owned();
        Browser { url: format!("{}/session/{id}", self.url), agent: self.agent.clone() }
    }
}

impl Browser {
    /// Sends a command of the session.
    pub(super) fn post(&self, command: &str, body: &Value) -> Result<Value, Trouble> {
        ask(&self.agent, Ask::Post(body), &format!("{}/{command}", self.url))
    }

    /// Asks something of the session.
    pub(super) fn get(&self, command: &str) -> Result<Value, Trouble> {
        ask(&self.agent, Ask::Get, &format!("{}/{command}", self.url))
    }

    /// A command of the DevTools protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.post("goog/cdp/execute", &body).unwrap_or_else(|trouble| panic!("{command}: {trouble}"))
    }

    /// A log of the browser since the last call: `browser` is what its console says, `performance` what it does.
    pub(super) fn log(&self, kind: &str) -> Vec<LogLine> {
        let lines = self.post("se/log", &json!({"type": kind})).expect("the browser's log");
        serde_json::from_value(lines).expect("log lines")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends it in any case.
        let _ended = ask(&self.agent, Ask::Delete, &self.url);
    }
}

/// A line of a log.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct LogLine {
    pub(super) level: String,
    pub(super) message: String,
}

enum Ask<'a> {
    Get,
    Post(&'a Value),
    Delete,
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder();
    config.http_status_as_error(false).proxy(None).timeout_global(Some(PATIENCE)).build().new_agent()
}

fn ask(agent: &ureq::Agent, what: Ask<'_>, url: &str) -> Result<Value, Trouble> {
    let answer = match what {
        Ask::Get => agent.get(url).call(),
        Ask::Post(body) => agent.post(url).content_type("application/json").send(body.to_string()),
        Ask::Delete => agent.delete(url).call(),
    };
    let read = answer.and_then(|mut answer| answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec());
    let bytes = read.map_err(|error| Trouble { error: "no answer".into(), message: error.to_string() })?;
    let mut answer: Value = serde_json::from_slice(&bytes).expect("an answer of WebDriver");
    let value = answer["value"].take();
    if value.get("error").is_some_and(Value::is_string) {
        return Err(serde_json::from_value(value).expect("an error of WebDriver"));
    }
    Ok(value)
}
