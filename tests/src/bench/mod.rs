//! The benches: what costs time or memory, each beside a baseline that does the same plainly, in the same run. Nothing is
//! asserted about time; what has a budget stands beside it, as a ratio.

mod browser;
mod clock;
mod conversation;
mod day;
mod days;
mod decisions;
mod everyone;
mod memory;
mod plain;
mod real;
mod report;
mod rounds;
mod router;
mod shifts;
mod shop;

pub use memory::Counting;
pub use report::{Line, json, markdown, table};

/// What the benches measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The desk and the other cores, natively.
    Cores,
    /// The widget in a browser, beside other chats.
    Browser,
}

impl Part {
    /// Runs its benches. `progress` hears what is being measured.
    pub fn run(self, progress: impl Fn(&str)) -> Vec<Line> {
        match self {
            Self::Cores => cores(progress),
            Self::Browser => browser::bench(progress),
        }
    }

    /// The section of `docs/performance.md` that has its table.
    pub const fn section(self) -> &'static str {
        match self {
            Self::Cores => "cargo xtask bench: cores",
            Self::Browser => "cargo xtask bench: browser",
        }
    }
}

fn cores(progress: impl Fn(&str)) -> Vec<Line> {
    let mut lines = Vec::new();
    progress("one decision");
    lines.extend(decisions::kinds());
    progress("growth");
    lines.extend(decisions::growth());
    progress("everyone");
    lines.extend(everyone::bench());
    progress("a message");
    lines.extend(conversation::bench());
    progress("memory");
    lines.extend(memory::bench());
    lines.extend(days::bench(progress));
    lines
}
