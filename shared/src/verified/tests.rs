use super::*;
use crate::api::NewKey;
use crate::limits::{SUBJECT_BYTES_MAX, TOKEN_BYTES_MAX};
use crate::settings::FieldCode;
use crate::time::Timestamp;
use serde_json::{Value, json};

/// In seconds, as tokens count.
const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://shop.example";
const PEM: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjj/CcqFa9SWIpynR3jQl+/C8oq49
ucKdoMnUmGumo2eZ2A0k7Ic4j67D9RqjmYR6s1pg1z1EJG6peQEz+d+ArQ==
-----END PUBLIC KEY-----
";
const X: &str = "jj_CcqFa9SWIpynR3jQl-_C8oq49ucKdoMnUmGumo2c";
const Y: &str = "mdgNJOyHOI-uw_Uao5mEerNaYNc9RCRuqXkBM_nfgK0";

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let digit = |bits: &[u8]| {
        let value = format!("{:0<6}", core::str::from_utf8(bits).unwrap());
        DIGITS[usize::from_str_radix(&value, 2).unwrap()] as char
    };
    bits.as_bytes().chunks(6).map(digit).collect()
}

fn token(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| base64url(value.to_string().as_bytes());
    format!("{}.{}.{}", part(header), part(claims), base64url(b"signature"))
}

fn header() -> Value {
    json!({ "alg": "HS256", "typ": "JWT", "kid": "k1" })
}

fn claims() -> Value {
    json!({ "iss": ISSUER, "sub": "user-17", "iat": NOW, "exp": NOW + 300 })
}

/// The same with other members; null takes one away.
fn with(mut value: Value, change: &Value) -> Value {
    let members = value.as_object_mut().unwrap();
    for (name, changed) in change.as_object().unwrap() {
        members.remove(name);
        if !changed.is_null() {
            members.insert(name.clone(), changed.clone());
        }
    }
    value
}

/// What becomes of good claims after a change of them.
fn judged(change: &Value) -> Result<Verified, Fault> {
    let text = token(&header(), &with(claims(), change));
    Token::read(&text)?.visitor(ISSUER, &"demo".parse().unwrap(), Timestamp(NOW * 1000))
}

#[test]
fn a_good_token_vouches_for_its_subject() {
    let text = token(&header(), &claims());
    let read = Token::read(&text).unwrap();
    assert_eq!((read.key_id(), read.signature()), ("k1", b"signature".as_slice()));
    assert_eq!(read.signed(), text.rsplit_once('.').unwrap().0);
    assert_eq!(read.suits(Algorithm::Hs256), Ok(()));
    let who = Verified { issuer: ISSUER.into(), subject: "user-17".into() };
    for change in [
        json!({}),
        json!({ "iat": null }),
        json!({ "exp": NOW as f64 + 0.5 }),
        json!({ "nbf": NOW - 5, "aud": "demo", "name": "Zoë", "role": ["x"] }),
        json!({ "aud": ["other", "demo"] }),
        // Clocks differ.
        json!({ "iat": NOW + 59, "nbf": NOW + 60 }),
        json!({ "iat": NOW - 600, "exp": NOW - 59 }),
        // The longest that it may be valid.
        json!({ "iat": NOW, "exp": NOW + 3600 }),
        json!({ "iat": null, "exp": NOW + 3660 }),
    ] {
        assert_eq!(judged(&change), Ok(who.clone()), "{change}");
    }
}

#[test]
fn claims_that_do_not_hold_are_told_apart() {
    let long = "s".repeat(SUBJECT_BYTES_MAX + 1);
    let cases = [
        (json!({ "exp": null }), Fault::NoExpiry),
        (json!({ "exp": NOW - 60 }), Fault::Expired),
        (json!({ "exp": -1 }), Fault::Expired),
        (json!({ "exp": 0 }), Fault::Expired),
        (json!({ "exp": NOW + 3601 }), Fault::TooLong),
        (json!({ "exp": 1e300 }), Fault::TooLong),
        (json!({ "iat": null, "exp": NOW + 3661 }), Fault::TooLong),
        // Long-lived, and near its end.
        (json!({ "iat": NOW - 86_400, "exp": NOW + 60 }), Fault::TooLong),
        (json!({ "nbf": NOW + 61 }), Fault::NotYet),
        (json!({ "iat": NOW + 61 }), Fault::NotYet),
        (json!({ "iss": null }), Fault::Issuer),
        (json!({ "iss": "https://evil.example" }), Fault::Issuer),
        (json!({ "iss": "" }), Fault::Issuer),
        (json!({ "sub": null }), Fault::Subject),
        (json!({ "sub": "" }), Fault::Subject),
        (json!({ "sub": "a\nb" }), Fault::Subject),
        (json!({ "sub": long }), Fault::Subject),
        (json!({ "aud": "other" }), Fault::Audience),
        (json!({ "aud": [] }), Fault::Audience),
        (json!({ "aud": "demo " }), Fault::Audience),
        (json!({ "exp": "1800000300" }), Fault::Shape),
        (json!({ "sub": 17 }), Fault::Shape),
        (json!({ "iss": [ISSUER] }), Fault::Shape),
        (json!({ "aud": 1 }), Fault::Shape),
    ];
    for (change, fault) in cases {
        assert_eq!(judged(&change), Err(fault), "{change}");
    }
}

#[test]
fn what_is_no_token_is_not_read() {
    let fault = |text: &str| Token::read(text).err();
    let good = token(&header(), &claims());
    let whole = |change: &Value| token(&with(header(), change), &claims());
    let cases = [
        (String::new(), Fault::Shape),
        ("a.b".into(), Fault::Shape),
        ("..".into(), Fault::Shape),
        (format!("{good}.x"), Fault::Shape),
        (format!("{good}="), Fault::Shape),
        (good.replace('.', "!"), Fault::Shape),
        (format!("{}.{}.", base64url(b"{}"), base64url(b"{}")), Fault::Shape),
        (format!("{}.{}.", base64url(b"[1]"), base64url(b"{}")), Fault::Shape),
        // Said twice: which one somebody else reads is not known.
        (
            format!("{}.{}.", base64url(br#"{"alg":"HS256","alg":"none","kid":"k"}"#), base64url(b"{}")),
            Fault::Shape,
        ),
        (token(&header(), &json!([])), Fault::NoExpiry),
        (whole(&json!({ "alg": "none" })), Fault::Algorithm),
        (whole(&json!({ "alg": "None" })), Fault::Algorithm),
        (whole(&json!({ "alg": "hs256" })), Fault::Algorithm),
        (whole(&json!({ "alg": "RS256" })), Fault::Algorithm),
        (whole(&json!({ "crit": ["exp"] })), Fault::Algorithm),
        (whole(&json!({ "kid": null })), Fault::KeyId),
        (whole(&json!({ "kid": "" })), Fault::KeyId),
        (whole(&json!({ "kid": "../k1" })), Fault::KeyId),
        ("x".repeat(TOKEN_BYTES_MAX + 1), Fault::TooLarge),
    ];
    for (text, wanted) in cases {
        let found = fault(&text);
        let judged =
            || Token::read(&text).ok()?.visitor(ISSUER, &"demo".parse().unwrap(), Timestamp(0)).err();
        assert_eq!(found.or_else(judged), Some(wanted), "{text:.80}");
    }
}

#[test]
fn the_key_says_how_a_token_is_signed() {
    let text = token(&with(header(), &json!({ "alg": "ES256" })), &claims());
    let read = Token::read(&text).unwrap();
    assert_eq!(read.suits(Algorithm::Hs256), Err(Fault::OtherAlgorithm));
    assert_eq!(read.suits(Algorithm::Es256), Ok(()));
}

#[test]
fn what_is_told_of_a_refusal_fits_a_close_frame() {
    use Fault::*;
    for fault in [
        TooLarge,
        Shape,
        Algorithm,
        KeyId,
        UnknownKey,
        OtherAlgorithm,
        Signature,
        Issuer,
        Subject,
        Audience,
        NoExpiry,
        Expired,
        NotYet,
        TooLong,
    ] {
        assert!(fault.reason().len() <= 123, "{fault:?}");
        assert_eq!(fault.code() == crate::reject::Code::TokenExpired, fault == Expired);
    }
    assert_eq!(Expired.reason(), "token_expired: exp has passed");
}

fn new_key(algorithm: Algorithm) -> NewKey {
    let public_key = (algorithm == Algorithm::Es256).then(|| PEM.to_owned());
    NewKey { algorithm, issuer: ISSUER.into(), kid: None, secret: None, public_key }
}

#[test]
fn a_public_key_is_read_in_both_notations_and_a_private_one_in_none() {
    let jwk = |extra: &str| format!(r#"{{"kty":"EC","crv":"P-256","x":"{X}","y":"{Y}"{extra}}}"#);
    let key = PublicKey::read(PEM).unwrap();
    assert_eq!(PublicKey::read(&jwk(r#","kid":"k1","use":"sig""#)), Some(key.clone()));
    assert_eq!(PublicKey::read(&PEM.replace('\n', "\r\n")), Some(key));
    for bad in [
        String::new(),
        "{}".into(),
        jwk(r#","d":"AAAA""#),
        jwk("").replace("P-256", "P-384"),
        jwk("").replace("EC", "OKP"),
        jwk("").replace(X, "AAAA"),
        PEM.replace("PUBLIC", "PRIVATE"),
        PEM.replace("MFkw", "MFkx"),
        PEM.replace("AQcDQgAEjj", "AQcDQgACjj"),
        X.to_owned(),
    ] {
        assert_eq!(PublicKey::read(&bad), None, "{bad}");
    }
}

#[test]
fn all_that_is_wrong_with_a_key_is_told() {
    let told = |change: &dyn Fn(&mut NewKey), algorithm| {
        let mut key = new_key(algorithm);
        change(&mut key);
        errors(&key).into_iter().map(|error| (error.field, error.code)).collect::<Vec<_>>()
    };
    let of = |field: &str, code| vec![(field.to_owned(), code)];
    let (hs, es) = (Algorithm::Hs256, Algorithm::Es256);
    for algorithm in [hs, es] {
        assert_eq!(told(&|_| {}, algorithm), []);
        assert_eq!(told(&|key| key.kid = Some("2026-11_a.b".into()), algorithm), []);
        assert_eq!(told(&|key| key.issuer.clear(), algorithm), of("issuer", FieldCode::Required));
        assert_eq!(told(&|key| key.issuer = "a\nb".into(), algorithm), of("issuer", FieldCode::BadFormat));
        assert_eq!(told(&|key| key.issuer = "x".repeat(201), algorithm), of("issuer", FieldCode::TooLong));
        assert_eq!(told(&|key| key.kid = Some("a b".into()), algorithm), of("kid", FieldCode::BadFormat));
    }
    assert_eq!(told(&|key| key.secret = Some("s".repeat(32)), hs), []);
    assert_eq!(told(&|key| key.secret = Some("s".repeat(31)), hs), of("secret", FieldCode::TooShort));
    assert_eq!(told(&|key| key.secret = Some("s".repeat(513)), hs), of("secret", FieldCode::TooLong));
    assert_eq!(told(&|key| key.public_key = Some(PEM.into()), hs), of("public_key", FieldCode::BadFormat));
    assert_eq!(told(&|key| key.public_key = None, es), of("public_key", FieldCode::Required));
    assert_eq!(
        told(&|key| key.public_key = Some("x".repeat(5000)), es),
        of("public_key", FieldCode::TooLong)
    );
    assert_eq!(told(&|key| key.secret = Some("s".repeat(32)), es), of("secret", FieldCode::BadFormat));
    let several = told(&|key| (key.issuer.clear(), key.kid = Some(String::new())).0, hs);
    assert_eq!(several.len(), 2);
}

#[test]
fn the_oldest_link_gives_way_and_the_same_is_kept_once() {
    let linked = |n: usize, subject: Option<&str>| Linked {
        conversation: format!("{n:064x}").parse().unwrap(),
        verified: subject.map(|subject| Verified { issuer: ISSUER.into(), subject: subject.into() }),
    };
    let mut identity = Identity::default();
    for n in 0..=LINKED_MAX {
        identity.link(linked(n, None));
    }
    identity.link(linked(5, None));
    identity.link(linked(5, Some("user-17")));
    assert_eq!(identity.linked.len(), LINKED_MAX);
    assert_eq!(identity.linked.first(), Some(&linked(1, None)));
    assert_eq!(identity.linked.last(), Some(&linked(5, Some("user-17"))));
}
