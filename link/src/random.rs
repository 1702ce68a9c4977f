//! Randomness from the browser, and what is made of it.

use core::cell::Cell;
use shared::id::MessageId;

thread_local! {
    static LAST_ULID: Cell<(u64, u128)> = const { Cell::new((0, 0)) };
}

const RANDOM_BITS: u32 = 80;
const RANDOM_MASK: u128 = (1 << RANDOM_BITS) - 1;
const CROCKFORD: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE64_URL: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Fills `bytes` from the browser's cryptographic source. False if it has none; `bytes` are then as they were.
#[must_use]
pub fn fill_random(bytes: &mut [u8]) -> bool {
    web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok())
}

/// A random number, good enough for jitter and seeds even where the cryptographic source fails.
pub fn random_u64() -> u64 {
    let mut bytes = [0; 8];
    if fill_random(&mut bytes) { u64::from_le_bytes(bytes) } else { js_sys::Math::random().to_bits() }
}

/// A visitor's secret: 32 random bytes as 43 characters of base64url. None without a cryptographic source.
pub fn secret() -> Option<String> {
    let mut bytes = [0; 32];
    fill_random(&mut bytes).then(|| base64_url(&bytes))
}

/// A new message id, greater than all that this page made before.
pub fn ulid() -> Option<MessageId> {
    let time = crate::now().0;
    let (time, random) = LAST_ULID.with(|last| {
        let (last_time, last_random) = last.get();
        let next = if time > last_time {
            (time, (u128::from(random_u64()) << 16 | u128::from(random_u64() & 0xFFFF)) & RANDOM_MASK)
        } else {
            (last_time, (last_random + 1) & RANDOM_MASK)
        };
        last.set(next);
        next
    });
    crockford(u128::from(time) << RANDOM_BITS | random).parse().ok()
}

fn crockford(value: u128) -> String {
    (0..26).rev().map(|place| digit(&CROCKFORD, (value >> (5 * place)) & 31)).collect()
}

fn base64_url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        text.extend((0..=chunk.len()).map(|place| digit(&BASE64_URL, (bits >> (18 - 6 * place)) & 63)));
    }
    text
}

fn digit(alphabet: &[u8], value: u128) -> char {
    alphabet.get(value as usize).copied().map_or('0', char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ulid_is_written_as_the_specification_says() {
        // The example of the specification: its time part is 1469918176385.
        assert_eq!(crockford(1_469_918_176_385 << RANDOM_BITS), "01ARYZ6S410000000000000000");
        assert_eq!(crockford(u128::MAX), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    }

    #[test]
    fn base64_has_no_padding() {
        assert_eq!(base64_url(b"Man"), "TWFu");
        assert_eq!(base64_url(b"Ma"), "TWE");
        assert_eq!(base64_url(&[0xFB]), "-w");
        assert_eq!(base64_url(&[0; 32]).len(), 43);
    }
}
