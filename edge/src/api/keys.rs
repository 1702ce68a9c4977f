//! The keys with which a channel checks tokens of verified visitors.

use super::channels::existing;
use crate::answer::Answer;
use crate::call::Call;
use crate::directory::Directory;
use crate::failure::{Failure, Refusal};
use crate::{secrets, signature};
use shared::api::{Key, KeyMade, KeyName, NewKey};
use shared::limits::KEYS_MAX;
use shared::reject::{Broken, Code};
use shared::settings::{FieldCode, FieldError};
use shared::verified::{self, Algorithm, PublicKey};

pub(super) async fn list(call: &Call, channel: &str) -> Result<Answer, Failure> {
    let channel = existing(&call.env, channel).await?;
    Ok(Answer::json(&Directory::open(&call.env)?.keys(&channel).await?)?)
}

pub(super) async fn add(call: &mut Call, channel: &str) -> Result<Answer, Failure> {
    let channel = existing(&call.env, channel).await?;
    let wanted: NewKey = call.json().await?;
    Refusal::unless_empty(verified::errors(&wanted))?;
    let material = material(&wanted).await?;
    let key = Key {
        kid: wanted.kid.map_or_else(|| secrets::key_id(call.clock.now()), Ok)?,
        algorithm: wanted.algorithm,
        issuer: wanted.issuer,
        created_at: call.clock.now(),
    };
    let directory = Directory::open(&call.env)?;
    if !directory.add_key(&channel, &key, &material).await? {
        let is_full = directory.keys(&channel).await?.len() >= KEYS_MAX;
        return Err(if is_full { Code::TooLarge.into() } else { wrong("kid", FieldCode::Repeated) });
    }
    let is_made = key.algorithm == Algorithm::Hs256 && wanted.secret.is_none();
    Ok(Answer::json(&KeyMade { key, secret: is_made.then_some(material) })?)
}

/// What is stored to check tokens with. That a point is on the curve, only the runtime can tell.
async fn material(wanted: &NewKey) -> Result<String, Failure> {
    match (wanted.algorithm, &wanted.secret, &wanted.public_key) {
        (Algorithm::Hs256, Some(secret), _) => Ok(secret.clone()),
        (Algorithm::Hs256, None, _) => Ok(secrets::token()?),
        (Algorithm::Es256, _, text) => {
            let key = text.as_deref().and_then(PublicKey::read);
            let PublicKey(point) = key.ok_or_else(|| Broken("a public key that was read is none".into()))?;
            if !signature::is_public_key(&point).await? {
                return Err(wrong("public_key", FieldCode::BadFormat));
            }
            Ok(secrets::base64url(&point))
        }
    }
}

pub(super) async fn remove(call: &mut Call, channel: &str) -> Result<Answer, Failure> {
    let channel = existing(&call.env, channel).await?;
    let KeyName { kid } = call.json().await?;
    if Directory::open(&call.env)?.remove_key(&channel, &kid).await? {
        Ok(Answer::empty())
    } else {
        Err(Code::NotFound.into())
    }
}

fn wrong(field: &str, code: FieldCode) -> Failure {
    Refusal { fields: vec![FieldError::new(field, code)], ..Refusal::of(Code::InvalidFields) }.into()
}
