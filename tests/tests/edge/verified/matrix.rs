//! Visitors × conversations: which token opens what.

use super::{Site, demo_key, new_channel};
use crate::fixture::rig;
use serde_json::json;
use shared::reject::Code;
use shared::verified::Algorithm;
use tests::rig::{ISSUER, Signer, Visitor, claims, demo, now, secret};

fn refused(site: &Site, token: &str) -> String {
    Visitor::turned_away(rig(), site.channel.as_str(), &secret(), token)
}

#[test]
fn a_good_token_opens_the_conversation_of_its_subject_on_every_device() {
    for algorithm in Algorithm::ALL {
        let site = demo_key(algorithm);
        let subject = secret();
        let connect = || Visitor::connect_vouched(rig(), "demo", &secret(), &site.token(&subject));
        let (mut one, other) = (connect(), connect());
        assert_eq!(one.conversation(), other.conversation(), "{algorithm:?}");
        one.say("the first device");
        let third = &mut connect();
        third.expect(|frame| format!("{frame:?}").contains("the first device"));
        let else_one = Visitor::connect_vouched(rig(), "demo", &secret(), &site.token("somebody else"));
        assert_ne!(one.conversation(), else_one.conversation());
    }
}

#[test]
fn the_name_of_a_conversation_is_of_the_channel_the_issuer_and_the_subject_and_not_of_the_key() {
    let channel = new_channel();
    let (old, new) = (Site::hs256(&channel), Site::es256(&channel));
    let open = |site: &Site, token: &str| {
        Visitor::connect_vouched(rig(), site.channel.as_str(), &secret(), token).conversation()
    };
    // While keys are exchanged both are good for the same conversations.
    let ours = open(&old, &old.token("zoe"));
    assert_eq!(open(&new, &new.token("zoe")), ours);
    old.remove();
    assert_eq!(refused(&old, &old.token("zoe")), "token_invalid: the channel has no key of this kid");
    assert_eq!(open(&new, &new.token("zoe")), ours);
    let elsewhere = Site::hs256(&new_channel());
    assert_ne!(open(&elsewhere, &elsewhere.token("zoe")), ours);
}

#[test]
fn a_token_that_cannot_be_believed_opens_nothing() {
    let (hs, es) = (Site::hs256(&demo()), Site::es256(&demo()));
    let Signer::Hs256(shared) = &hs.signer else { unreachable!() };
    let now = now();
    let public = es.signer.public_pem();
    let forged = |header: serde_json::Value, key: &[u8]| {
        Signer::Hs256(key.to_vec()).token_with(&header, &claims("zoe"))
    };
    let tampered = |site: &Site| {
        let (mine, other) = (site.token("zoe"), site.token("eve"));
        let part = |token: &str, n: usize| token.split('.').nth(n).unwrap().to_owned();
        format!("{}.{}.{}", part(&mine, 0), part(&other, 1), part(&mine, 2))
    };
    let unsigned = forged(json!({ "alg": "none", "kid": hs.kid }), shared);
    let unsigned = unsigned.rsplit_once('.').unwrap().0.to_owned() + ".";
    let elsewhere = Site::hs256(&new_channel());
    let cases = [
        (unsigned, "alg is neither"),
        (String::new(), "not a signed token"),
        ("a.b.c".into(), "not a signed token"),
        // The public key is no secret: whoever has it must not sign with it.
        (forged(json!({ "alg": "HS256", "kid": es.kid }), public.as_bytes()), "another alg"),
        (forged(json!({ "alg": "ES256", "kid": es.kid }), public.as_bytes()), "the signature"),
        (forged(json!({ "alg": "HS256" }), shared), "no kid"),
        (
            forged(json!({ "alg": "HS256", "kid": hs.kid }), b"another secret of about this length"),
            "the signature",
        ),
        (forged(json!({ "alg": "HS256", "kid": hs.kid, "crit": ["b64"] }), shared), "alg is neither"),
        (es.signer.token(&hs.kid, &claims("zoe")), "another alg"),
        (Signer::es256().token(&es.kid, &claims("zoe")), "the signature"),
        (elsewhere.token("zoe"), "no key of this kid"),
        (tampered(&hs), "the signature"),
        (tampered(&es), "the signature"),
        (hs.token("zoe").rsplit_once('.').unwrap().0.to_owned() + ".", "the signature"),
        (hs.token_but(&json!({ "iss": "https://evil.example" })), "iss is not"),
        (hs.token_but(&json!({ "aud": "other" })), "aud does not"),
        (hs.token_but(&json!({ "sub": null })), "sub is missing"),
        (hs.token_but(&json!({ "exp": null })), "no exp"),
        (hs.token_but(&json!({ "exp": now + 86_400 })), "more than an hour"),
        (es.token_but(&json!({ "iat": now - 86_400, "exp": now + 60 })), "more than an hour"),
        (es.token_but(&json!({ "nbf": now + 120 })), "still to come"),
        (format!("{}.{}", "x".repeat(5_000), "y"), "longer than 4096"),
    ];
    for (token, why) in cases {
        let told = refused(&hs, &token);
        assert!(told.starts_with("token_invalid: ") && told.contains(why), "{token}: {told}");
    }
    for site in [&hs, &es] {
        let expired = site.token_but(&json!({ "iat": now - 600, "exp": now - 120 }));
        assert_eq!(refused(site, &expired), "token_expired: exp has passed");
        // Nothing was wrong with it but the claims.
        let good = site.token_but(&json!({ "aud": ["other", "demo"], "iss": ISSUER }));
        Visitor::connect_vouched(rig(), "demo", &secret(), &good);
    }
}

#[test]
fn a_token_takes_nothing_away_from_what_a_visitor_needs_besides() {
    let site = Site::hs256(&demo());
    let token = site.token("zoe");
    let ask = |channel: &str, secret: &str| Visitor::vouched(rig().origin(), channel, secret, &token);
    assert_eq!(ask("demo", "short").refused().code(), Code::SecretRequired);
    assert_eq!(ask("nowhere", &secret()).refused().code(), Code::NotFound);
    let stranger = ask("demo", &secret()).header("origin", "https://evil.example");
    assert_eq!(stranger.refused().code(), Code::WrongOrigin);
}

#[test]
fn nobody_reads_a_verified_history_without_a_token() {
    let site = Site::es256(&demo());
    let (subject, secret) = (self::secret(), secret());
    let mut zoe = Visitor::connect_vouched(rig(), "demo", &secret, &site.token(&subject));
    zoe.say("for verified eyes only");
    // The same browser without a token, another with one for somebody else, and secrets made of what is known.
    let conversation = zoe.conversation();
    let mut strangers = vec![
        Visitor::connect(rig(), "demo", &secret),
        Visitor::connect_vouched(rig(), "demo", &secret, &site.token("eve")),
    ];
    let known = conversation.to_string();
    strangers.push(Visitor::connect(rig(), "demo", &known[..43]));
    strangers.push(Visitor::connect(rig(), "demo", &known[21..]));
    for stranger in &mut strangers {
        assert_ne!(stranger.conversation(), conversation);
        stranger.say("hello");
        let frames = stranger.sync();
        let seen = format!("{:?}{frames:?}", stranger.welcome);
        assert!(!seen.contains("verified eyes") && !seen.contains(&subject), "{seen}");
    }
    assert!(!format!("{:?}", zoe.sync()).contains("hello"));
}
