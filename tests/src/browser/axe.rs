//! axe-core, which knows much of what keeps people from using a page.

use super::page::Page;
use serde::Deserialize;
use serde_json::json;
use xtask::{files, paths};

/// What axe-core complains of.
#[derive(Debug, Deserialize)]
struct Violation {
    rule: String,
    impact: String,
    help: String,
    elements: Vec<String>,
}

/// Looks at a part of the page; of what is found, the rest is advice.
const RUN: &str = "const found = await axe.run({ include: [arguments[0]] }, { resultTypes: ['violations'] });
    return found.violations.map((violation) => ({
        rule: violation.id, impact: violation.impact ?? '', help: violation.help,
        elements: violation.nodes.map((node) => `${node.html} ${node.failureSummary}`),
    }));";

impl Page {
    /// Nothing serious or critical may be wrong with what `selector` names, in light and in dark colours. `what` is said if
    /// there is.
    pub fn is_accessible(&self, what: &str, selector: &str) {
        for scheme in ["dark", "light"] {
            self.prefers(scheme);
            let faults = self.faults(selector);
            assert!(faults.is_empty(), "{what}, {scheme}:\n{}", faults.join("\n"));
        }
    }

    /// What is seriously wrong with what `selector` names, in words.
    pub fn faults(&self, selector: &str) -> Vec<String> {
        if self.script("return typeof axe;", &json!([])) == "undefined" {
            let axe = paths::at("node_modules/axe-core/axe.min.js");
            let axe = files::read_text(&axe).expect("axe-core, which `cargo xtask test` installs");
            self.script(&axe, &json!([]));
        }
        let found: Vec<Violation> =
            serde_json::from_value(self.script(RUN, &json!([selector]))).expect("violations");
        let is_bad = |it: &&Violation| matches!(it.impact.as_str(), "serious" | "critical");
        let in_words = |it: &Violation| {
            format!("{} ({}): {}\n  {}", it.rule, it.impact, it.help, it.elements.join("\n  "))
        };
        found.iter().filter(is_bad).map(in_words).collect()
    }
}
