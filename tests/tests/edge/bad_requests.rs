//! Requests that nobody should send to the API.

use crate::fixture::{fast, rig};
use serde_json::json;
use shared::api::{Invite, Join, Me, NewInvite, Person, Role, SetupState, SignIn, VersionedSettings};
use shared::hours::Hours;
use shared::id::ChannelId;
use shared::limits::BODY_BYTES_MAX;
use shared::reject::Code;
use shared::settings::{Appearance, FieldCode, Queue, Ratings, Settings, WorkingHours};
use shared::time::Millis;
use tests::rig::{Answer, Ask, PASSWORD, secret};

fn join_form(token: &str, email: &str) -> Join {
    Join { token: token.into(), name: "Joined".into(), email: email.into(), password: PASSWORD.into() }
}

fn post(path: &str, body: &impl serde::Serialize) -> Answer {
    rig().ask("POST", path).origin(rig().origin()).json(body).send()
}

fn sign_in(email: &str, password: &str) -> Answer {
    post("/api/v1/sign-in", &SignIn { email: email.into(), password: password.into() })
}

fn invite(role: Role) -> Invite {
    rig().admin().post("/api/v1/invites", &NewInvite { role }).of(201)
}

fn address(channel: &ChannelId) -> String {
    format!("/api/v1/channels/{channel}/settings")
}

fn fields(answer: &Answer) -> Vec<(String, FieldCode)> {
    let problem = answer.problem();
    assert_eq!(problem.code, Code::InvalidFields);
    problem.fields.into_iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn a_set_up_link_works_once_and_no_other_does() {
    rig().admin();
    assert_eq!(post("/api/v1/setup", &join_form(rig().link(), "second@shop.example")).code(), Code::LinkUsed);
    for token in ["", "x", &secret(), &invite(Role::Admin).token, "' OR 1=1 --"] {
        let answer = post("/api/v1/setup", &join_form(token, "second@shop.example"));
        assert_eq!(answer.code(), Code::LinkInvalid, "{token}");
    }
    let state: SetupState = rig().ask("GET", "/api/v1/setup").send().of(200);
    assert!(!state.open);
    let people: Vec<Person> = rig().admin().get("/api/v1/operators").of(200);
    assert_eq!(people.iter().filter(|person| person.name == "Joined").count(), 0);
}

#[test]
fn an_invitation_works_once_and_is_not_used_up_by_mistakes() {
    let link = invite(Role::Operator).token;
    assert_eq!(post("/api/v1/join", &join_form(rig().link(), "x@shop.example")).code(), Code::LinkInvalid);
    let bad = Join { name: " \u{200b}".into(), password: "short".into(), ..join_form(&link, "nobody") };
    assert_eq!(
        fields(&post("/api/v1/join", &bad)),
        [
            ("name".to_owned(), FieldCode::Required),
            ("email".to_owned(), FieldCode::BadFormat),
            ("password".to_owned(), FieldCode::TooShort)
        ]
    );
    let taken = rig().admin().me.email.to_uppercase();
    assert_eq!(post("/api/v1/join", &join_form(&link, &taken)).code(), Code::EmailTaken);

    // Several at the same moment: one of them gets it.
    let racers: Vec<_> = (0..4)
        .map(|n| {
            let form = join_form(&link, &format!("racer{n}@shop.example"));
            rig().ask("POST", "/api/v1/join").origin(rig().origin()).json(&form)
        })
        .collect();
    let answers = Ask::race(&racers);
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!(won.len(), 1);
    assert!(lost.iter().all(|answer| answer.code() == Code::LinkUsed));
    let me: Me = won[0].of(201);
    assert_eq!(me.role, Role::Operator, "the role is the link's");
}

#[test]
fn changes_need_a_page_of_our_own() {
    let admin = rig().admin();
    let other = rig().other_origin();
    let channel = rig().channel(&[], |_| {});
    let change = admin.settings(&channel);
    for page in [Some("https://evil.example"), Some("null"), Some(other.as_str()), Some(""), None] {
        let ask = |method: &str, path: &str| {
            let ask = rig().ask(method, path).header("cookie", &admin.cookie);
            page.map_or(ask.clone(), |page| ask.origin(page))
        };
        for (path, body) in [
            ("/api/v1/invites", json!({ "role": "admin" })),
            ("/api/v1/channels", json!({ "name": "Stolen" })),
            ("/api/v1/sign-out", json!({})),
            ("/api/v1/sign-in", json!({ "email": admin.me.email, "password": PASSWORD })),
        ] {
            assert_eq!(ask("POST", path).json(&body).send().code(), Code::WrongOrigin, "{path} {page:?}");
        }
        let put = ask("PUT", &address(&channel)).json(&change).send();
        assert_eq!(put.code(), Code::WrongOrigin, "{page:?}");
    }
    // Reading is not a change, and browsers send no origin with it.
    assert_eq!(rig().ask("GET", "/api/v1/me").header("cookie", &admin.cookie).send().status, 200);
    assert_eq!(admin.settings(&channel), change);
}

#[test]
fn wrong_passwords_slow_one_account_down_and_no_other() {
    let victim = rig().join_as("Victim", Role::Operator);
    let other = rig().join_as("Bystander", Role::Operator);
    let mut wrong = 0;
    let throttled = loop {
        let answer = sign_in(&victim.me.email, "not the password");
        match answer.code() {
            Code::WrongCredentials => wrong += 1,
            Code::Throttled => break answer,
            other => panic!("{other:?}"),
        }
        assert!(wrong < 20, "nobody stops the guessing");
    };
    assert!(wrong >= 3, "a person mistypes now and then: {wrong}");
    let wait = throttled.problem().retry_after.unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
    assert_eq!(throttled.header("retry-after"), Some(wait.to_string().as_str()));
    // Nobody learns whether the next guess would have been right.
    assert_eq!(sign_in(&victim.me.email.to_uppercase(), PASSWORD).code(), Code::Throttled);
    // Who is signed in stays so, and others may sign in.
    assert_eq!(victim.get("/api/v1/me").status, 200);
    let _: Me = sign_in(&other.me.email, PASSWORD).of(200);

    // An address without an account is treated alike.
    let codes: Vec<_> =
        (0..=wrong).map(|_| sign_in("nobody@shop.example", "not the password").code()).collect();
    assert_eq!(codes.last(), Some(&Code::Throttled));
    assert!(codes.iter().take(wrong).all(|code| *code == Code::WrongCredentials), "{codes:?}");
}

#[test]
fn a_body_is_json_of_the_right_shape_and_not_too_long() {
    let admin = rig().admin();
    let ask = |body: &[u8]| admin.ask("POST", "/api/v1/channels").body(body);
    for body in
        [&b""[..], b"{", b"[]", b"null", b"{\"name\":7}", b"{}", b"\xff\xfe", b"{\"name\":\"a\"} trailing"]
    {
        assert_eq!(ask(body).send().code(), Code::Malformed, "{:?}", String::from_utf8_lossy(body));
    }
    let deep = "[".repeat(30_000);
    assert_eq!(ask(deep.as_bytes()).send().code(), Code::Malformed);
    let long = format!("{{\"name\":\"{}\"}}", "x".repeat(BODY_BYTES_MAX));
    assert_eq!(ask(long.as_bytes()).send().code(), Code::TooLarge);
    assert_eq!(ask(long.as_bytes()).streamed().send().code(), Code::TooLarge);
    for name in ["", "  ", "\u{200b}", &"é".repeat(81), "a\u{7}b"] {
        let answer = admin.post("/api/v1/channels", &json!({ "name": name }));
        assert_eq!(fields(&answer)[0].0, "name", "{name:?}");
    }
}

#[test]
fn an_address_has_its_methods_and_the_rest_is_not_there() {
    let admin = rig().admin();
    for (method, path, allow) in [
        ("DELETE", "/api/v1/channels/demo/settings", "GET, HEAD, PUT"),
        ("PATCH", "/api/v1/me", "GET, HEAD"),
        ("GET", "/api/v1/sign-in", "POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("POST", "/w/demo.js", "GET, HEAD"),
        ("POST", "/c/demo", "GET, HEAD"),
        ("PUT", "/", "GET, HEAD"),
        ("OPTIONS", "/api/v1/me", "GET, HEAD"),
    ] {
        let answer = admin.ask(method, path).send();
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allow)), "{method} {path}");
    }
    for path in [
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v2/me",
        "/api/v1/me/",
        "/api/v1/channels/Demo/settings",
        "/api/v1/channels/nowhere/settings",
        "/api/v1/channels/%00/settings",
        "/api/v1/channels/a%2fb/settings",
    ] {
        assert_eq!(admin.get(path).code(), Code::NotFound, "{path}");
    }
    for path in [
        "/nothing",
        "/a/loader.js",
        "/a/../_headers",
        "/_headers",
        "/console/x",
        "/index.html",
        "/.dev.vars",
        "/a/",
        "/demo/",
        "/c/",
        "/c/nowhere",
        "/c/demo/",
        "/c/index.html",
    ] {
        let answer = rig().ask("GET", path).send();
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (404, Some("text/plain; charset=utf-8")),
            "{path}"
        );
    }
    assert_eq!(rig().ask("GET", "/w/nowhere.js").send().code(), Code::NotFound);
    assert_eq!(rig().ask("GET", &format!("/w/{}.js", "x".repeat(5000))).send().code(), Code::NotFound);
}

#[test]
fn settings_out_of_range_are_all_told_at_once_and_change_nothing() {
    let admin = rig().admin();
    let channel = rig().channel(&[], |_| {});
    let before = admin.settings(&channel);
    let member = admin.me.id.clone();
    let nobody = "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id");
    let zone = |zone: &str| Some(Hours { zone: zone.into(), ..Hours::default() });
    let settings = Settings {
        queue: Queue {
            response_limit: Millis::seconds(59),
            sessions_at_once: 1001,
            members: vec![member.clone(), member, nobody],
            ..Queue::default()
        },
        ratings: Ratings { accepted_for: Some(Millis::days(31)), ..Ratings::default() },
        origins: vec!["shop.example".into()],
        appearance: Appearance { accent: Some("teal".into()), ..Appearance::default() },
        working_hours: WorkingHours { schedule: zone("Mars/Olympus"), ..WorkingHours::default() },
        ..Settings::default()
    };
    let wanted = VersionedSettings { version: before.version, settings };
    let told: Vec<_> =
        fields(&admin.put(&address(&channel), &wanted)).into_iter().map(|(field, _)| field).collect();
    let all = [
        "origins.0",
        "appearance.accent",
        "queue.members",
        "queue.response_limit",
        "queue.sessions_at_once",
        "ratings.accepted_for",
        "working_hours.schedule.zone",
        "queue.members.2",
    ];
    assert_eq!(told, all);
    assert_eq!(admin.settings(&channel), before);

    let mut atlantis = before.clone();
    atlantis.settings.working_hours.schedule = zone("Europe/Atlantis");
    let told = fields(&admin.put(&address(&channel), &atlantis));
    assert_eq!(told, [("working_hours.schedule.zone".to_owned(), FieldCode::Unknown)]);
}

#[test]
fn two_who_change_the_same_settings_do_not_overwrite_each_other() {
    let admin = rig().admin();
    let channel = rig().channel(&[], |_| {});
    let before = admin.settings(&channel);
    let racers: Vec<_> = (1..=4)
        .map(|limit| {
            let mut wanted = before.clone();
            wanted.settings.queue.sessions_at_once = limit;
            admin.ask("PUT", &address(&channel)).json(&wanted)
        })
        .collect();
    let answers = Ask::race(&racers);
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!(won.len(), 1);
    assert!(lost.iter().all(|answer| answer.code() == Code::VersionConflict));
    let after: VersionedSettings = won[0].of(200);
    assert_eq!(after.version, before.version + 1);
    assert_eq!(admin.settings(&channel), after);
}

#[test]
fn a_worker_whose_clock_is_fast_serves_this_machine_alone() {
    let rig = fast();
    let answer = rig.ask("GET", "/healthz").header("host", "chat.example").send();
    assert_eq!(answer.code(), Code::Internal);
    assert!(answer.problem().message.contains("CLOCK_RATE"), "{}", answer.text());
    assert_eq!(rig.ask("GET", "/healthz").send().status, 200);
}
