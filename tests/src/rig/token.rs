//! A site that vouches for its visitors: keys, and the tokens that they sign.

use super::made;
use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::{EncodePublicKey, LineEnding};
use serde_json::{Value, json};
use sha2::Sha256;
use shared::verified::{Algorithm, read_base64url};
use std::time::{SystemTime, UNIX_EPOCH};
use xtask::hash::base64url;

/// Who signs the tokens of tests.
pub const ISSUER: &str = "https://shop.example";

/// With what a site signs.
#[derive(Clone, Debug)]
pub enum Signer {
    /// The bytes of a secret.
    Hs256(Vec<u8>),
    /// A private key.
    Es256(Box<SigningKey>),
}

impl Signer {
    /// A new private key.
    pub fn es256() -> Self {
        let bytes = read_base64url(&made::secret()).expect("32 bytes");
        Self::Es256(Box::new(SigningKey::from_slice(&bytes).expect("a private key")))
    }

    /// The public key of it, as PEM.
    pub fn public_pem(&self) -> String {
        match self {
            Self::Es256(key) => {
                let key = p256::PublicKey::from(key.verifying_key());
                key.to_public_key_pem(LineEnding::LF).expect("a public key")
            }
            Self::Hs256(_) => panic!("a secret has no public half"),
        }
    }

    /// How it signs.
    pub const fn algorithm(&self) -> Algorithm {
        match self {
            Self::Hs256(_) => Algorithm::Hs256,
            Self::Es256(_) => Algorithm::Es256,
        }
    }

    /// A token of these claims, as its key calls for.
    pub fn token(&self, kid: &str, claims: &Value) -> String {
        self.token_with(&json!({ "alg": self.algorithm(), "typ": "JWT", "kid": kid }), claims)
    }

    /// A token whose header says what it likes.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| base64url(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = match self {
            Self::Hs256(secret) => {
                let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
                mac.update(signed.as_bytes());
                mac.finalize().into_bytes().to_vec()
            }
            Self::Es256(key) => {
                let signature: Signature = key.sign(signed.as_bytes());
                signature.to_bytes().to_vec()
            }
        };
        format!("{signed}.{}", base64url(&signature))
    }
}

/// Good claims for `subject`, from now on.
pub fn claims(subject: &str) -> Value {
    let now = now();
    json!({ "iss": ISSUER, "sub": subject, "iat": now, "exp": now + 300 })
}

/// The time in seconds, as tokens count.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs()
}
