//! The browser tests: real Chromium, a strict policy, another origin, a visitor and an operator at once.

#[path = "browser/talk.rs"]
mod talk;
