//! What a page holds on to.

use super::page::Page;
use serde_json::{Value, json};

/// What is alive in a browser's page after its rubbish was collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Nodes, those that nobody sees among them.
    pub nodes: u64,
    /// Event listeners.
    pub listeners: u64,
    /// Documents.
    pub documents: u64,
}

impl Page {
    /// What is alive now.
    pub fn held(&self) -> Held {
        // What has a finalizer goes one collection later than what it was kept by.
        for _ in 0..3 {
            self.browser().devtools("HeapProfiler.collectGarbage", &json!({}));
        }
        let counted = self.browser().devtools("Memory.getDOMCounters", &json!({}));
        let count = |name: &str| counted[name].as_u64().expect("a count");
        Held { nodes: count("nodes"), listeners: count("jsEventListeners"), documents: count("documents") }
    }

    /// How many sockets were opened since the last look at the browser's log, and how many closed.
    pub fn sockets(&self) -> (usize, usize) {
        let lines = self.browser().log("performance");
        let method = |line: &Value| line["message"]["method"].as_str().unwrap_or_default().to_owned();
        let events: Vec<Value> =
            lines.iter().filter_map(|line| serde_json::from_str(&line.message).ok()).collect();
        let count = |name: &str| events.iter().filter(|line| method(line) == name).count();
        (count("Network.webSocketCreated"), count("Network.webSocketClosed"))
    }
}
