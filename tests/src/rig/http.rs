//! Requests, and what comes back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::Problem;
use shared::reject::Code;
use std::io::{Cursor, Read};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;
use ureq::http::{HeaderMap, Request};
use ureq::{Agent, AsSendBody, SendBody};

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request that is being written.
#[derive(Clone, Debug)]
pub struct Ask {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    streamed: bool,
}

impl Ask {
    /// A request to `origin`.
    pub fn new(origin: &str, method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            url: format!("{origin}{path}"),
            headers: Vec::new(),
            body: None,
            streamed: false,
        }
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// From a page of this origin.
    #[must_use]
    pub fn origin(self, origin: &str) -> Self {
        self.header("origin", origin)
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, value: &impl Serialize) -> Self {
        let body = serde_json::to_vec(value).expect("JSON");
        self.header("content-type", "application/json").body(body)
    }

    /// With a body of any kind.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Without saying beforehand how long the body is.
    #[must_use]
    pub fn streamed(mut self) -> Self {
        self.streamed = true;
        self
    }

    /// Sends several, whose last byte goes out at the same moment.
    pub fn race(asks: &[Self]) -> Vec<Answer> {
        let barrier = Arc::new(Barrier::new(asks.len()));
        let run = |ask: &Self| {
            let body = ask.body.clone().expect("a body to hold back");
            ask.send_body(SendBody::from_owned_reader(Held {
                left: Cursor::new(body),
                barrier: Arc::clone(&barrier),
            }))
        };
        thread::scope(|scope| {
            let runs: Vec<_> = asks.iter().map(|ask| scope.spawn(|| run(ask))).collect();
            runs.into_iter().map(|run| run.join().expect("an answer")).collect()
        })
    }

    /// Sends it. Redirections are not followed.
    pub fn send(&self) -> Answer {
        match self.body.clone() {
            None => self.send_body(()),
            Some(body) if self.streamed => self.send_body(SendBody::from_owned_reader(Cursor::new(body))),
            Some(body) => self.send_body(body),
        }
    }

    fn send_body(&self, body: impl AsSendBody) -> Answer {
        // A connection of its own each time: the Worker may have been killed since the last.
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .allow_non_standard_methods(true)
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        let mut request = Request::builder().method(self.method.as_str()).uri(&self.url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let told = format!("{} {}", self.method, self.url);
        let answer = agent.run(request.body(body).expect("a request"));
        let mut answer = answer.unwrap_or_else(|error| panic!("{told}: {error}"));
        let body = answer.body_mut().read_to_vec().unwrap_or_else(|error| panic!("{told}: {error}"));
        Answer { told, status: answer.status().as_u16(), headers: Box::new(answer.headers().clone()), body }
    }
}

/// A body whose last byte waits for the others.
struct Held {
    left: Cursor<Vec<u8>>,
    barrier: Arc<Barrier>,
}

impl Read for Held {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let left = self.left.get_ref().len() - usize::try_from(self.left.position()).expect("a short body");
        if left == 1 {
            self.barrier.wait();
        }
        let now = left.saturating_sub(1).max(left.min(1)).min(into.len());
        self.left.read(&mut into[..now])
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(super) told: String,
    /// Its status.
    pub status: u16,
    pub(super) headers: Box<HeaderMap>,
    /// What follows the headers.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// All headers, as lines.
    pub fn headers(&self) -> String {
        let line = |(name, value): (&_, &ureq::http::HeaderValue)| {
            format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes()))
        };
        self.headers.iter().map(line).collect()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body of an answer with this status, read from JSON.
    #[track_caller]
    pub fn of<T: DeserializeOwned>(&self, status: u16) -> T {
        assert_eq!(self.status, status, "{}: {}", self.told, self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{}: {e}: {}", self.told, self.text()))
    }

    /// What was refused.
    #[track_caller]
    pub fn problem(&self) -> Problem {
        assert!(self.status >= 400, "{} was not refused: {} {}", self.told, self.status, self.text());
        let problem: Problem = self.of(self.status);
        assert_eq!(self.status, problem.code.status(), "{}: the status of {:?}", self.told, problem.code);
        problem
    }

    /// Why it was refused.
    #[track_caller]
    pub fn code(&self) -> Code {
        self.problem().code
    }

    /// The cookie that it sets, as it is sent back.
    pub fn cookie(&self) -> Option<String> {
        self.header("set-cookie")?.split(';').next().map(str::to_owned)
    }
}
