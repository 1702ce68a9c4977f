//! What tests make up, each time anew.

use super::PASSWORD;
use shared::api::Join;
use shared::id::MessageId;
use std::fs::File;
use std::io::Read;
use std::sync::atomic::{AtomicU32, Ordering};
use xtask::hash;

/// A number that this process has not used yet.
pub(super) fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A visitor's secret.
pub fn secret() -> String {
    let mut bytes = [0; 32];
    let read = File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    read.expect("random bytes");
    hash::base64url(&bytes)
}

/// A message's id, later in order than the ones before.
pub fn message_id() -> MessageId {
    format!("01EDGE{:020}", number()).parse().expect("a ULID")
}

/// What somebody of this name fills in.
pub(super) fn form(name: &str, token: &str) -> Join {
    let number = number();
    let word: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    Join {
        token: token.to_owned(),
        name: name.to_owned(),
        email: format!("{}{number}@shop.example", word.to_lowercase()),
        password: PASSWORD.to_owned(),
    }
}
