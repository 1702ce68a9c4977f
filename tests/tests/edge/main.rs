//! A Rust client against the built Worker under workerd.
#![allow(clippy::disallowed_methods, reason = "these tests run natively and wait against the clock")]

mod fixture;
mod road;
