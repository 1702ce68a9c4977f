//! The browser tests: real Chromium, a strict policy, another origin, a visitor and an operator at once.

#![allow(clippy::disallowed_methods, reason = "these tests run natively and may read the clock")]

#[path = "browser/access.rs"]
mod access;
#[path = "browser/comforts.rs"]
mod comforts;
#[path = "browser/embedding.rs"]
mod embedding;
#[path = "browser/files.rs"]
mod files;
#[path = "browser/forms.rs"]
mod forms;
#[path = "browser/gate.rs"]
mod gate;
#[path = "browser/heard.rs"]
mod heard;
#[path = "browser/host.rs"]
mod host;
#[path = "browser/hosted.rs"]
mod hosted;
#[path = "browser/hostile.rs"]
mod hostile;
#[path = "browser/identify.rs"]
mod identify;
#[path = "browser/keyboard.rs"]
mod keyboard;
#[path = "browser/language.rs"]
mod language;
#[path = "browser/leaks.rs"]
mod leaks;
#[path = "browser/line.rs"]
mod line;
#[path = "browser/network.rs"]
mod network;
#[path = "browser/outbox.rs"]
mod outbox;
#[path = "browser/phone.rs"]
mod phone;
#[path = "browser/quiet.rs"]
mod quiet;
#[path = "browser/routing.rs"]
mod routing;
#[path = "browser/states.rs"]
mod states;
#[path = "browser/suite.rs"]
mod suite;
#[path = "browser/tabs.rs"]
mod tabs;
#[path = "browser/talk.rs"]
mod talk;
