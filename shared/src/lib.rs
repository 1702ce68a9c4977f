//! The rules of Guichet, and nothing else: no clock, no randomness, no JavaScript, no async.
//!
//! Each of the three durable objects has a core here ([`conversation`], [`desk`], [`operator`]). A core is a value: it is
//! told what happened and when, and answers with what to do (see [`core`]). Shells in `edge` carry the answers out.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod access;
pub mod api;
pub mod client;
pub mod conversation;
pub mod core;
pub mod desk;
pub mod file;
pub mod form;
pub mod hours;
pub mod id;
pub mod limits;
pub mod moment;
pub mod note;
pub mod operator;
pub mod post;
pub mod rating;
pub mod reject;
pub mod settings;
pub mod shell;
pub mod text;
pub mod time;
pub mod turn;
pub mod verified;
pub mod why;
pub mod wire;
