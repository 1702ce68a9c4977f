//! Verified visitors: who gets in with which token, into which conversation, and who learns of it.

mod keys;
mod matrix;
mod sessions;

use crate::fixture::rig;
use serde_json::{Value, json};
use shared::api::{KeyMade, NewKey};
use shared::id::ChannelId;
use shared::verified::Algorithm;
use tests::rig::{ISSUER, Signer, claims, demo};

/// A key of a channel, on both sides.
pub(crate) struct Site {
    pub(crate) channel: ChannelId,
    pub(crate) kid: String,
    pub(crate) signer: Signer,
}

fn new_key(algorithm: Algorithm) -> NewKey {
    NewKey { algorithm, issuer: ISSUER.into(), kid: None, secret: None, public_key: None }
}

fn address(channel: &ChannelId) -> String {
    format!("/api/v1/channels/{channel}/keys")
}

impl Site {
    /// A site that shares a secret of the worker's making.
    pub(crate) fn hs256(channel: &ChannelId) -> Self {
        let made: KeyMade = rig().admin().post(&address(channel), &new_key(Algorithm::Hs256)).of(201);
        let secret = made.secret.expect("the secret, once");
        Self { channel: channel.clone(), kid: made.key.kid, signer: Signer::Hs256(secret.into_bytes()) }
    }

    /// A site that keeps its private key.
    pub(crate) fn es256(channel: &ChannelId) -> Self {
        let signer = Signer::es256();
        let key = NewKey { public_key: Some(signer.public_pem()), ..new_key(Algorithm::Es256) };
        let made: KeyMade = rig().admin().post(&address(channel), &key).of(201);
        assert_eq!(made.secret, None);
        Self { channel: channel.clone(), kid: made.key.kid, signer }
    }

    /// A token for `subject`.
    pub(crate) fn token(&self, subject: &str) -> String {
        self.signer.token(&self.kid, &claims(subject))
    }

    /// A token with other claims; null takes one away.
    fn token_but(&self, change: &Value) -> String {
        let mut changed = claims("zoe");
        let members = changed.as_object_mut().unwrap();
        members.extend(change.as_object().unwrap().clone());
        members.retain(|_, value| !value.is_null());
        self.signer.token(&self.kid, &changed)
    }

    /// Takes the key away.
    fn remove(&self) {
        let answer =
            rig().admin().post(&format!("{}/remove", address(&self.channel)), &json!({ "kid": self.kid }));
        assert_eq!(answer.status, 204);
    }
}

fn new_channel() -> ChannelId {
    rig().channel(&[], |_| {})
}

fn demo_key(algorithm: Algorithm) -> Site {
    match algorithm {
        Algorithm::Hs256 => Site::hs256(&demo()),
        Algorithm::Es256 => Site::es256(&demo()),
    }
}
