//! The benches: what costs time or memory, each beside a baseline that does the same plainly, in the same run. Nothing is
//! asserted about time; what has a budget stands beside it, as a ratio.

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
pub use report::{Line, json, table};

/// Runs all benches. `progress` hears what is being measured.
pub fn run(progress: impl Fn(&str)) -> Vec<Line> {
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
