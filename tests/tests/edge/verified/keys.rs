//! Keys are added, listed and removed; their secrets are shown once.

use super::{Site, address, new_channel, new_key};
use crate::fixture::rig;
use serde_json::json;
use shared::api::{Key, KeyMade, NewKey, Role};
use shared::limits::KEYS_MAX;
use shared::reject::Code;
use shared::settings::FieldCode;
use shared::verified::Algorithm;
use tests::rig::{Answer, ISSUER, Signer};

fn fields(answer: &Answer) -> Vec<(String, FieldCode)> {
    let problem = answer.problem();
    assert_eq!(problem.code, Code::InvalidFields);
    problem.fields.into_iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn keys_are_listed_without_what_they_check_with() {
    let channel = new_channel();
    let (shared, public) = (Site::hs256(&channel), Site::es256(&channel));
    let given = NewKey {
        kid: Some("2026-11".into()),
        secret: Some("a secret that somebody else has chosen".into()),
        ..new_key(Algorithm::Hs256)
    };
    let made: KeyMade = rig().admin().post(&address(&channel), &given).of(201);
    assert_eq!((made.key.kid.as_str(), made.secret), ("2026-11", None), "who gives a secret knows it");
    let answer = rig().admin().get(&address(&channel));
    let keys: Vec<Key> = answer.of(200);
    let listed: Vec<_> =
        keys.iter().map(|key| (key.kid.as_str(), key.algorithm, key.issuer.as_str())).collect();
    let (hs, es) = (Algorithm::Hs256, Algorithm::Es256);
    assert_eq!(
        listed,
        [(shared.kid.as_str(), hs, ISSUER), (&public.kid, es, ISSUER), ("2026-11", hs, ISSUER)]
    );
    let Signer::Hs256(secret) = &shared.signer else { unreachable!() };
    let secret = String::from_utf8(secret.clone()).unwrap();
    assert!(secret.len() == 43 && !answer.text().contains(&secret) && !answer.text().contains("chosen"));

    assert_eq!(
        fields(&rig().admin().post(&address(&channel), &given)),
        [("kid".into(), FieldCode::Repeated)]
    );
    shared.remove();
    let keys: Vec<Key> = rig().admin().get(&address(&channel)).of(200);
    assert_eq!(keys.len(), 2);
    let again = rig().admin().post(&format!("{}/remove", address(&channel)), &json!({ "kid": shared.kid }));
    assert_eq!(again.code(), Code::NotFound);
    // The other channels have keys of their own.
    let keys: Vec<Key> = rig().admin().get(&address(&new_channel())).of(200);
    assert_eq!(keys, []);
}

#[test]
fn what_is_no_key_is_not_added() {
    let channel = new_channel();
    let add = |key: &NewKey| rig().admin().post(&address(&channel), key);
    let with = |text: &str| NewKey { public_key: Some(text.into()), ..new_key(Algorithm::Es256) };
    let public_key = |code| vec![("public_key".to_owned(), code)];
    assert_eq!(fields(&add(&new_key(Algorithm::Es256))), public_key(FieldCode::Required));
    assert_eq!(fields(&add(&with("no key"))), public_key(FieldCode::BadFormat));
    // The right shape, but no point of the curve.
    let (x, y) = ("A".repeat(43), "B".repeat(42) + "A");
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }).to_string();
    assert_eq!(fields(&add(&with(&jwk))), public_key(FieldCode::BadFormat));
    let short = NewKey { secret: Some("short".into()), issuer: String::new(), ..new_key(Algorithm::Hs256) };
    assert_eq!(
        fields(&add(&short)),
        [("issuer".into(), FieldCode::Required), ("secret".into(), FieldCode::TooShort)]
    );
    for body in [json!({}), json!({ "algorithm": "none", "issuer": ISSUER }), json!([])] {
        assert_eq!(rig().admin().post(&address(&channel), &body).code(), Code::Malformed);
    }
    let nowhere = rig().admin().post("/api/v1/channels/nowhere/keys", &new_key(Algorithm::Hs256));
    assert_eq!(nowhere.code(), Code::NotFound);
    let keys: Vec<Key> = rig().admin().get(&address(&channel)).of(200);
    assert_eq!(keys, []);
}

#[test]
fn a_channel_has_as_many_keys_as_it_may_and_no_more() {
    let channel = new_channel();
    let sites: Vec<_> = (0..KEYS_MAX).map(|_| Site::hs256(&channel)).collect();
    let add = || rig().admin().post(&address(&channel), &new_key(Algorithm::Hs256));
    assert_eq!(add().code(), Code::TooLarge);
    sites[0].remove();
    assert_eq!(add().status, 201);
}

#[test]
fn keys_are_an_administrators_alone() {
    let channel = new_channel();
    let supervisor = rig().join_as("Keyless", Role::Supervisor);
    assert_eq!(supervisor.get(&address(&channel)).code(), Code::Forbidden);
    assert_eq!(supervisor.post(&address(&channel), &new_key(Algorithm::Hs256)).code(), Code::Forbidden);
    assert_eq!(
        supervisor.post(&format!("{}/remove", address(&channel)), &json!({ "kid": "x" })).code(),
        Code::Forbidden
    );
}
