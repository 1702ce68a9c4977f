//! Verified visitors: whom a site vouches for with a signed token, and what has to hold for it to be believed.
//!
//! Here stand the rules; checking a signature is left to the worker. [`Token::read`] tells which key to check with,
//! [`Token::suits`] binds the algorithm to that key, and only a token whose signature holds is asked for its
//! [`Token::visitor`].

mod base64;
mod key;
#[cfg(test)]
mod tests;
mod token;

pub use base64::read_url as read_base64url;
pub use key::{PublicKey, errors, is_key_id};
pub use token::{Fault, Token};

use crate::id::ConversationId;
use crate::limits::LINKED_MAX;
use serde::{Deserialize, Serialize};

/// How a token is signed. There are no others: in particular not `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Algorithm {
    /// HMAC with SHA-256: the site and the worker share a secret.
    #[serde(rename = "HS256")]
    Hs256,
    /// ECDSA on P-256 with SHA-256: the worker knows the public key alone.
    #[serde(rename = "ES256")]
    Es256,
}

impl Algorithm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Hs256, Self::Es256];

    /// As a token's header names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Es256 => "ES256",
        }
    }
}

/// Whom a site vouches for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Who vouches.
    pub issuer: String,
    /// For whom: the site's own name for them.
    pub subject: String,
}

/// What operators are told of who a visitor is. Visitors never are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// For whom a site vouched; none for a conversation that a secret opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verified>,
    /// The other conversations of the same browser, the last one last; at most [`LINKED_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<Linked>,
}

/// Another conversation that the same browser opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Which.
    pub conversation: ConversationId,
    /// For whom a site vouched there; none if it is the one from before the visitor signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verified>,
}

impl Identity {
    /// Whether there is nothing to tell.
    pub const fn is_empty(&self) -> bool {
        self.verified.is_none() && self.linked.is_empty()
    }

    /// Takes up whom a site vouched for here.
    pub(crate) fn verify(&mut self, who: Verified) {
        self.verified = Some(who);
    }

    /// Takes up another conversation of the same browser; the oldest gives way.
    pub(crate) fn link(&mut self, other: Linked) {
        if self.linked.contains(&other) {
            return;
        }
        self.linked.retain(|known| known.conversation != other.conversation);
        if self.linked.len() >= LINKED_MAX {
            self.linked.remove(0);
        }
        self.linked.push(other);
    }
}
