//! What happened, in words: the last events before a violation.

use std::collections::VecDeque;

const LINES_MAX: usize = 40;

/// Written only when a seed is replayed: words are slow.
#[derive(Debug, Default)]
pub(super) struct Story {
    told: bool,
    lines: VecDeque<String>,
}

impl Story {
    pub(super) const fn new(told: bool) -> Self {
        Self { told, lines: VecDeque::new() }
    }

    pub(super) fn tell(&mut self, words: impl FnOnce() -> String) {
        if !self.told {
            return;
        }
        if self.lines.len() == LINES_MAX {
            self.lines.pop_front();
        }
        self.lines.push_back(shorten(&words()));
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.lines.iter().cloned().collect()
    }
}

/// Ids without their leading zeros: what is left tells them apart.
fn shorten(words: &str) -> String {
    let mut short = String::with_capacity(words.len());
    let mut zeros = 0;
    for c in words.chars() {
        if c == '0' {
            zeros += 1;
            continue;
        }
        if zeros > 0 {
            short.push_str(if zeros > 8 { "~" } else { &"00000000"[..zeros] });
            zeros = 0;
        }
        short.push(c);
    }
    short.push_str(if zeros > 8 { "~" } else { &"00000000"[..zeros] });
    short
}
