//! The commands of the project, and what its tests need to start a Worker.
#![allow(clippy::disallowed_methods, reason = "these programs run natively and may read the clock")]

pub mod bench;
pub mod build;
pub mod chromium;
pub mod d1;
pub mod deploy;
pub mod dev;
pub mod fail;
pub mod files;
pub mod hash;
mod history;
mod http;
pub mod paths;
pub mod peers;
pub mod run;
pub mod section;
pub mod setup;
pub mod size;
pub mod suite;
pub mod tidy;
pub mod tools;
pub mod worker;
