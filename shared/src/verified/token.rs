//! A token: what it has to look like, and what its claims have to say.

use super::base64::read_url;
use super::{Algorithm, Verified, is_key_id};
use crate::id::ChannelId;
use crate::limits::{SUBJECT_BYTES_MAX, TOKEN_BYTES_MAX, TOKEN_LIFE_MAX, TOKEN_SKEW};
use crate::reject::Code;
use crate::time::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Why a token is not believed. Past the signature nothing is told to somebody who cannot sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Longer than [`TOKEN_BYTES_MAX`].
    TooLarge,
    /// Not three parts of base64url that hold JSON.
    Shape,
    /// Signed in another way than the two that there are, or in a way that has to be understood and is not.
    Algorithm,
    /// Does not name its key.
    KeyId,
    /// No such key on this channel, or none any more.
    UnknownKey,
    /// The key is for the other algorithm.
    OtherAlgorithm,
    /// The signature is not of this key.
    Signature,
    /// The issuer is missing, or not the key's.
    Issuer,
    /// The subject is missing, too long, or holds what cannot be read.
    Subject,
    /// For another channel.
    Audience,
    /// Does not say when it expires.
    NoExpiry,
    /// Has expired.
    Expired,
    /// Not valid yet.
    NotYet,
    /// Valid for longer than [`TOKEN_LIFE_MAX`].
    TooLong,
}

impl Fault {
    /// The code that refuses it.
    pub const fn code(self) -> Code {
        match self {
            Self::Expired => Code::TokenExpired,
            _ => Code::TokenInvalid,
        }
    }

    /// Both, as the close frame of a socket tells them: a page cannot read the answer to a handshake.
    pub fn reason(self) -> String {
        format!("{}: {}", self.code().as_str(), self.words())
    }

    /// What is wrong in English words, for who writes the site.
    const fn words(self) -> &'static str {
        match self {
            Self::TooLarge => "longer than 4096 bytes",
            Self::Shape => "not a signed token",
            Self::Algorithm => "alg is neither HS256 nor ES256",
            Self::KeyId => "no kid in the header",
            Self::UnknownKey => "the channel has no key of this kid",
            Self::OtherAlgorithm => "the key is for another alg",
            Self::Signature => "the signature is not of this key",
            Self::Issuer => "iss is not the key's issuer",
            Self::Subject => "sub is missing, too long or unreadable",
            Self::Audience => "aud does not name this channel",
            Self::NoExpiry => "no exp",
            Self::Expired => "exp has passed",
            Self::NotYet => "nbf or iat is still to come",
            Self::TooLong => "exp is more than an hour away",
        }
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// What has to be understood. Nothing of the kind is.
    #[serde(default)]
    crit: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Claims {
    #[serde(default)]
    iss: Option<String>,
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    aud: Option<Audience>,
    #[serde(default)]
    exp: Option<f64>,
    #[serde(default)]
    nbf: Option<f64>,
    #[serde(default)]
    iat: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    fn names(&self, channel: &str) -> bool {
        match self {
            Self::One(name) => name == channel,
            Self::Many(names) => names.iter().any(|name| name == channel),
        }
    }
}

/// A token that was read. It proves nothing before its signature has been checked.
pub struct Token<'t> {
    algorithm: Algorithm,
    key_id: String,
    claims: Claims,
    signed: &'t str,
    signature: Vec<u8>,
}

impl<'t> Token<'t> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// A [`Fault`] that can be seen without a key.
    pub fn read(text: &'t str) -> Result<Self, Fault> {
        if text.len() > TOKEN_BYTES_MAX {
            return Err(Fault::TooLarge);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(Fault::Shape)?;
        let (header, claims) = signed.split_once('.').ok_or(Fault::Shape)?;
        let [header, claims, signature] = [header, claims, signature].map(read_url);
        let header: Header = read_json(header)?;
        let algorithm = Algorithm::ALL.into_iter().find(|known| known.name() == header.alg);
        let algorithm = algorithm.filter(|_| header.crit.is_none()).ok_or(Fault::Algorithm)?;
        let key_id = header.kid.filter(|id| is_key_id(id)).ok_or(Fault::KeyId)?;
        let (claims, signature) = (read_json(claims)?, signature.ok_or(Fault::Shape)?);
        Ok(Self { algorithm, key_id, claims, signed, signature })
    }

    /// Which key to check it with.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// What was signed.
    pub const fn signed(&self) -> &'t str {
        self.signed
    }

    /// The signature.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Whether the key may check it: the key says how, never the token.
    ///
    /// # Errors
    /// [`Fault::OtherAlgorithm`].
    pub fn suits(&self, key: Algorithm) -> Result<(), Fault> {
        if self.algorithm == key { Ok(()) } else { Err(Fault::OtherAlgorithm) }
    }

    /// For whom the issuer of the key vouches on this channel, now. To be asked only once the signature has been checked.
    ///
    /// # Errors
    /// What of the claims does not hold.
    pub fn visitor(self, issuer: &str, channel: &ChannelId, now: Timestamp) -> Result<Verified, Fault> {
        self.claims.hold_at(now)?;
        if self.claims.iss.as_deref() != Some(issuer) {
            return Err(Fault::Issuer);
        }
        if self.claims.aud.is_some_and(|audience| !audience.names(channel.as_str())) {
            return Err(Fault::Audience);
        }
        let subject = self.claims.sub.filter(|subject| is_subject(subject)).ok_or(Fault::Subject)?;
        Ok(Verified { issuer: issuer.to_owned(), subject })
    }
}

impl Claims {
    /// It has begun, has not ended, and is short. Clocks differ by no more than [`TOKEN_SKEW`].
    fn hold_at(&self, now: Timestamp) -> Result<(), Fault> {
        let expires = at(self.exp.ok_or(Fault::NoExpiry)?);
        if expires + TOKEN_SKEW <= now {
            return Err(Fault::Expired);
        }
        let begins = [self.nbf, self.iat].into_iter().flatten().map(at);
        if begins.max().is_some_and(|begins| begins > now + TOKEN_SKEW) {
            return Err(Fault::NotYet);
        }
        let too_long = self.iat.is_some_and(|issued| expires.since(at(issued)) > TOKEN_LIFE_MAX);
        if too_long || expires > now + TOKEN_LIFE_MAX + TOKEN_SKEW {
            return Err(Fault::TooLong);
        }
        Ok(())
    }
}

fn is_subject(text: &str) -> bool {
    (1..=SUBJECT_BYTES_MAX).contains(&text.len()) && !text.chars().any(char::is_control)
}

/// A moment that tokens count in seconds since 1970, with fractions if they like.
fn at(seconds: f64) -> Timestamp {
    // A JavaScript time: exact, and far from where additions overflow. `as` saturates.
    const MOST: f64 = 9_007_199_254_740_991.0;
    Timestamp((seconds * 1000.0).clamp(0.0, MOST) as u64)
}

fn read_json<T: for<'de> Deserialize<'de>>(bytes: Option<Vec<u8>>) -> Result<T, Fault> {
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or(Fault::Shape)
}
