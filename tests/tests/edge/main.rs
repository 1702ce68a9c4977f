//! A Rust client against the built Worker under workerd.
#![allow(clippy::disallowed_methods, reason = "these tests run natively and wait against the clock")]

mod answers;
mod bad_frames;
mod bad_inbox;
mod bad_requests;
mod bad_sockets;
mod colleagues;
mod crash;
mod driver;
mod files;
mod fixture;
mod floods;
mod forms;
mod line;
mod road;
mod roles;
mod secrets;
mod sleep;
mod tabs;
mod verified;
mod work;
