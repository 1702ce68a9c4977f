//! The keys with which a channel checks tokens.

use super::Algorithm;
use super::base64::{read_lines, read_url};
use crate::api::NewKey;
use crate::limits::{ISSUER_BYTES_MAX, KEY_ID_CHARS_MAX, KEY_SECRET_BYTES, PUBLIC_KEY_BYTES_MAX};
use crate::settings::{FieldCode, FieldError};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// What stands before the point of every public key on P-256 (RFC 5480).
const SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
    0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// What stands before a point that is written whole.
const WHOLE: u8 = 4;

/// A public key: a point that claims to be on P-256, written whole. Whether it is, shows when the key is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(pub [u8; 65]);

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
    y: String,
    /// Only a private key has it.
    #[serde(default)]
    d: Option<IgnoredAny>,
}

impl PublicKey {
    /// Reads a public key as PEM or as a JWK. A private key is none: it has no business here.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes = if text.starts_with('{') { read_jwk(text)? } else { read_pem(text)? };
        let point: [u8; 65] = bytes.try_into().ok()?;
        point.starts_with(&[WHOLE]).then_some(Self(point))
    }
}

fn read_jwk(text: &str) -> Option<Vec<u8>> {
    let jwk: Jwk = serde_json::from_str(text).ok()?;
    if jwk.kty != "EC" || jwk.crv != "P-256" || jwk.d.is_some() {
        return None;
    }
    let (x, y) = (read_url(&jwk.x)?, read_url(&jwk.y)?);
    (x.len() == 32 && y.len() == 32).then(|| [vec![WHOLE], x, y].concat())
}

fn read_pem(text: &str) -> Option<Vec<u8>> {
    let body = text.strip_prefix("-----BEGIN PUBLIC KEY-----")?.strip_suffix("-----END PUBLIC KEY-----")?;
    read_lines(body)?.strip_prefix(&SPKI).map(<[u8]>::to_vec)
}

/// Whether a key may have this name.
pub fn is_key_id(text: &str) -> bool {
    let is_valid = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    (1..=KEY_ID_CHARS_MAX).contains(&text.len()) && text.bytes().all(is_valid)
}

/// All that is wrong with a key that somebody wants to add.
pub fn errors(key: &NewKey) -> Vec<FieldError> {
    let issuer = match key.issuer.len() {
        0 => Some(FieldCode::Required),
        length if length > ISSUER_BYTES_MAX => Some(FieldCode::TooLong),
        // A conversation's name is made of the issuer and of what follows it on the next line.
        _ if key.issuer.chars().any(char::is_control) => Some(FieldCode::BadFormat),
        _ => None,
    };
    let id = key.kid.as_deref().filter(|id| !is_key_id(id)).map(|_| FieldCode::BadFormat);
    let (secret, public_key) = match (key.algorithm, &key.secret, &key.public_key) {
        (Algorithm::Hs256, None, None) => (None, None),
        (Algorithm::Hs256, Some(secret), None) => (secret_error(secret), None),
        (Algorithm::Es256, None, None) => (None, Some(FieldCode::Required)),
        (Algorithm::Es256, None, Some(text)) => (None, public_key_error(text)),
        // One for the other algorithm: somebody is mistaken about which it is.
        (Algorithm::Hs256, _, Some(_)) => (None, Some(FieldCode::BadFormat)),
        (Algorithm::Es256, Some(_), _) => (Some(FieldCode::BadFormat), None),
    };
    let found = [("issuer", issuer), ("kid", id), ("secret", secret), ("public_key", public_key)];
    found.into_iter().filter_map(|(field, code)| Some(FieldError::new(field, code?))).collect()
}

fn secret_error(secret: &str) -> Option<FieldCode> {
    match secret.len() {
        length if length < *KEY_SECRET_BYTES.start() => Some(FieldCode::TooShort),
        length if length > *KEY_SECRET_BYTES.end() => Some(FieldCode::TooLong),
        _ => None,
    }
}

fn public_key_error(text: &str) -> Option<FieldCode> {
    if text.len() > PUBLIC_KEY_BYTES_MAX {
        return Some(FieldCode::TooLong);
    }
    PublicKey::read(text).is_none().then_some(FieldCode::BadFormat)
}
