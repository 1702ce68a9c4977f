//! Random tokens and their hashes.

use sha2::{Digest, Sha256};
use shared::id::{ChannelId, ConversationId, OperatorId};
use shared::reject::Broken;
use shared::time::Timestamp;
use shared::verified::Verified;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// How many characters 256 bits take in base64url.
const TOKEN_CHARS: usize = 43;
const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Broken> {
    let mut bytes = [0; N];
    get_random_values(&mut bytes).map_err(|_| Broken("no random values".into()))?;
    Ok(bytes)
}

/// A token of 256 random bits.
pub(crate) fn token() -> Result<String, Broken> {
    Ok(base64url(&random::<32>()?))
}

/// Whether `text` has the shape of a token of 256 bits.
pub(crate) fn is_token(text: &str) -> bool {
    text.len() == TOKEN_CHARS && text.bytes().all(|b| BASE64URL.contains(&b))
}

/// A new name for a key.
pub(crate) fn key_id(now: Timestamp) -> Result<String, Broken> {
    Ok(ulid(now, random()?))
}

/// A new person's id.
pub(crate) fn operator_id(now: Timestamp) -> Result<OperatorId, Broken> {
    ulid(now, random()?).parse().map_err(|_| Broken("a new operator id is not valid".into()))
}

/// Whose conversation a visitor's secret opens. Nobody who knows the id can find the secret.
pub(crate) fn conversation_id(channel: &ChannelId, secret: &str) -> Result<ConversationId, Broken> {
    sha256_hex(&format!("guichet/v1/conversation\n{channel}\n{secret}"))
        .parse()
        .map_err(|_| Broken("a conversation id is not valid".into()))
}

/// The conversation of a visitor for whom a site vouches. No secret opens it: what is hashed begins otherwise.
pub(crate) fn verified_id(channel: &ChannelId, who: &Verified) -> Result<ConversationId, Broken> {
    let Verified { issuer, subject } = who;
    // Neither a channel nor an issuer holds a line break, so where each ends is certain.
    sha256_hex(&format!("guichet/v1/verified\n{channel}\n{issuer}\n{subject}"))
        .parse()
        .map_err(|_| Broken("a conversation id is not valid".into()))
}

/// The hash of a text, in hexadecimal digits.
pub(crate) fn sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Without padding.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    digits(bytes, 6, BASE64URL)
}

fn ulid(at: Timestamp, random: [u8; 10]) -> String {
    let random = random.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    let number = u128::from(at.0) << 80 | random;
    let digit = |place: u32| CROCKFORD.get((number >> (place * 5) & 31) as usize).copied().map(char::from);
    (0..26).rev().filter_map(digit).collect()
}

/// `bytes` in groups of `bits` bits from the left, the last filled up with zeros, each written as one of `alphabet`.
fn digits(bytes: &[u8], bits: usize, alphabet: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    (0..bytes.len() * 8)
        .step_by(bits)
        .map(|start| (start..start + bits).fold(0, |group, at| group << 1 | bit(at)))
        .filter_map(|group| alphabet.get(group).copied().map(char::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_written_without_padding() {
        assert_eq!(base64url(b""), "");
        assert_eq!(base64url(b"f"), "Zg");
        assert_eq!(base64url(b"foobar"), "Zm9vYmFy");
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
        assert!(is_token(&base64url(&[7; 32])));
    }

    #[test]
    fn tokens_have_one_shape() {
        assert!(is_token(&"A".repeat(43)));
        for bad in ["A".repeat(42), "A".repeat(44), "=".repeat(43), "é".repeat(21) + "A"] {
            assert!(!is_token(&bad), "{bad}");
        }
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn one_secret_opens_different_conversations_on_different_channels() {
        let id = |channel: &str| conversation_id(&channel.parse().unwrap(), &"s".repeat(43)).unwrap();
        assert_ne!(id("a"), id("b"));
        assert_eq!(id("a"), id("a"));
    }

    #[test]
    fn a_verified_visitor_has_a_conversation_that_no_secret_names() {
        let id = |channel: &str, issuer: &str, subject: &str| {
            let who = Verified { issuer: issuer.into(), subject: subject.into() };
            verified_id(&channel.parse().unwrap(), &who).unwrap()
        };
        let ids = [
            id("a", "i", "s"),
            id("b", "i", "s"),
            id("a", "j", "s"),
            id("a", "i", "t"),
            id("a", "is", ""),
            conversation_id(&"a".parse().unwrap(), "i\ns").unwrap(),
        ];
        let different: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(different.len(), ids.len());
        assert_eq!(id("a", "i", "s"), id("a", "i", "s"));
    }

    #[test]
    fn a_ulid_holds_its_time() {
        let id = ulid(Timestamp(1_469_918_176_385), [0xff; 10]);
        assert_eq!(id, "01ARYZ6S41ZZZZZZZZZZZZZZZZ");
        assert!(id.parse::<OperatorId>().is_ok());
        assert!(ulid(Timestamp(1), [0; 10]) < ulid(Timestamp(2), [0; 10]));
    }
}
