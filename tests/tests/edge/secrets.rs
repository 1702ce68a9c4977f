//! What is secret stays with who knows it: not in the log, not in any database, not in another answer.

use serde_json::json;
use shared::api::{Invite, Join, KeyMade, Me, NewInvite, Role, SetupState, SignIn};
use shared::id::Seq;
use shared::reject::Code;
use shared::wire::ToConversation;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tests::rig::{Ask, ISSUER, Inbox, PASSWORD, Rig, Signer, Thread, Visitor, claims, demo, secret};
use xtask::{d1, hash};

/// All bytes below a folder, by file.
fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
}

fn holds(hay: &[u8], needle: &str) -> bool {
    hay.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// Several at the same moment open the same set-up link: one of them becomes the administrator.
fn race_for_the_set_up(rig: &Rig) -> (String, Me) {
    let form = |n: u32| Join {
        token: rig.link().into(),
        name: format!("Racer {n}"),
        email: format!("racer{n}@shop.example"),
        password: PASSWORD.into(),
    };
    // Answering one request first, the Worker is awake for all of them.
    let state: SetupState = rig.ask("GET", "/api/v1/setup").send().of(200);
    assert!(state.open);
    let racers: Vec<_> =
        (0..4).map(|n| rig.ask("POST", "/api/v1/setup").origin(rig.origin()).json(&form(n))).collect();
    let answers = Ask::race(&racers);
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!(won.len(), 1, "{answers:?}");
    assert!(lost.iter().all(|answer| answer.code() == Code::LinkUsed));
    (won[0].cookie().unwrap(), won[0].of(201))
}

#[test]
fn secrets_are_kept_nowhere_and_a_second_set_up_is_refused() {
    let rig = Rig::start();
    let (cookie, ada) = race_for_the_set_up(&rig);
    let token = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let own = |method: &str, path: &str| rig.ask(method, path).origin(rig.origin()).header("cookie", &cookie);
    let mut answers = Vec::new();
    let mut secrets = BTreeMap::from([("link", rig.link().to_owned()), ("password", PASSWORD.to_owned())]);
    secrets.insert("cookie", token(&cookie));
    secrets.insert("visitor", secret());
    secrets.insert("wrong password", "the password of another site".to_owned());
    secrets.insert("malformed", secret());

    // Somebody joins; somebody mistypes; bodies and addresses hold what they should not.
    let invite: Invite =
        own("POST", "/api/v1/invites").json(&NewInvite { role: Role::Operator }).send().of(201);
    secrets.insert("invitation", invite.token.clone());
    let join = Join {
        token: invite.token,
        name: "Olga".into(),
        email: "olga@shop.example".into(),
        password: PASSWORD.into(),
    };
    let mut olga_join = rig.ask("POST", "/api/v1/join").origin(rig.origin()).json(&join).send();
    let olga_cookie = olga_join.cookie().unwrap();
    secrets.insert("other cookie", token(&olga_cookie));
    olga_join.body.extend(rig.ask("POST", "/api/v1/join").origin(rig.origin()).json(&join).send().body);
    answers.push(olga_join.body);
    let wrong = SignIn { email: ada.email.clone(), password: secrets["wrong password"].clone() };
    for body in
        [json!(wrong), json!({ "email": secrets["malformed"], "password": 7 }), json!(secrets["malformed"])]
    {
        let answer = rig.ask("POST", "/api/v1/sign-in").origin(rig.origin()).json(&body).send();
        answers.push(answer.body);
    }
    for path in [
        "/api/v1/me",
        "/api/v1/operators",
        "/api/v1/channels",
        "/api/v1/channels/demo/settings",
        "/api/v1/setup",
    ] {
        answers.push(own("GET", path).send().body);
    }

    // A conversation, with a socket that is refused and frames that are.
    let people = tests::rig::Account { me: ada, cookie: cookie.clone(), origin: rig.origin().to_owned() };
    let mut inbox = Inbox::connect(&people);
    let mut visitor = Visitor::connect(&rig, "demo", &secrets["visitor"]);
    visitor.say("a message that is no secret");
    let offer = inbox.offered(&visitor.conversation());
    let epoch = inbox.accept(&offer);
    let mut thread = Thread::open(&people, &visitor.conversation());
    thread.hello(Seq(0));
    thread.reply("nor is the reply", epoch);
    visitor.send_text(&secrets["malformed"]);
    assert_eq!(visitor.rejected(), Code::Malformed);
    visitor.send(&ToConversation::End {});
    let refused = Visitor::handshake(rig.origin(), "nowhere", &secrets["visitor"]).refused();
    answers.push(refused.headers().into_bytes());
    answers.push(refused.body);
    let frames = format!("{:?} {:?} {:?}", thread.sync(), visitor.sync(), visitor.welcome);
    answers.push(frames.into_bytes());
    answers.push(rig.ask("GET", "/w/demo.js").send().body);

    // A verified visitor, with a key whose secret the worker made, and one who is turned away.
    let key = json!({ "algorithm": "HS256", "issuer": ISSUER });
    let made: KeyMade = own("POST", "/api/v1/channels/demo/keys").json(&key).send().of(201);
    let key_secret = made.secret.unwrap();
    let token = Signer::Hs256(key_secret.clone().into_bytes()).token(&made.key.kid, &claims("zoe"));
    let forged = Signer::Hs256(secret().into_bytes()).token(&made.key.kid, &claims("zoe"));
    let mut verified = Visitor::connect_vouched(&rig, "demo", &secrets["visitor"], &token);
    verified.say("a verified message");
    answers.push(Visitor::turned_away(&rig, "demo", &secrets["visitor"], &forged).into_bytes());
    for token in [&token, &forged] {
        let refused = Visitor::vouched(rig.origin(), "nowhere", &secrets["visitor"], token).refused();
        answers.push(refused.body);
    }
    answers.push(format!("{:?} {:?}", verified.sync(), verified.welcome).into_bytes());
    answers.push(own("GET", "/api/v1/channels/demo/keys").send().body);
    answers.push(own("GET", "/api/v1/channels/demo/settings").send().body);
    secrets.insert("token", token);
    secrets.insert("forged token", forged);

    rig.worker().stop().unwrap();
    let log = rig.worker().log().unwrap();
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' \
                  AND name NOT LIKE 'sqlite%'";
    let names = d1::query(rig.storage(), tables).unwrap().remove(0);
    let names: Vec<_> = names.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
    assert!(names.iter().any(|name| name == "operator"), "{names:?}");
    let mut dump: String = names.iter().map(|name| format!("SELECT * FROM {name};")).collect();
    let second = secret();
    dump.push_str(&format!(
        "INSERT INTO one_time_link (hash, kind, role, created_at, expires_at) \
         VALUES ('{}', 'setup', 'admin', 0, 9007199254740991);",
        hash::hex(&second)
    ));
    let directory = format!("{:?}", d1::query(rig.storage(), &dump).unwrap());
    let mut stored = BTreeMap::new();
    files(&rig.storage().join("v3"), &mut stored);

    // That a text is found where it belongs shows that the search finds texts.
    assert!(directory.contains("olga@shop.example"));
    assert!(stored.values().any(|bytes| holds(bytes, "a message that is no secret")));
    assert!(answers.iter().any(|bytes| holds(bytes, "a message that is no secret")));
    for (what, secret) in &secrets {
        assert!(!log.contains(secret), "the {what} is in the log:\n{log}");
        assert!(!directory.contains(secret), "the {what} is in the directory:\n{directory}");
        assert!(answers.iter().all(|bytes| !holds(bytes, secret)), "the {what} is in an answer");
        for (name, bytes) in &stored {
            assert!(!holds(bytes, secret), "the {what} is in {name}");
        }
    }
    // The one secret that has to be read again is in the directory alone.
    assert!(directory.contains(&key_secret) && !log.contains(&key_secret));
    assert!(answers.iter().all(|bytes| !holds(bytes, &key_secret)), "the secret of a key is in an answer");
    assert!(!log.contains("olga@shop.example") && !log.contains("no secret"), "the log names nobody:\n{log}");

    // A link that was never used opens nothing once there is an administrator.
    rig.worker().restart().unwrap();
    let late = Join { token: second, email: "late@shop.example".into(), ..join };
    let answer = rig.ask("POST", "/api/v1/setup").origin(rig.origin()).json(&late).send();
    assert_eq!(answer.code(), Code::LinkUsed);
    let members = people.settings(&demo()).settings.queue.members;
    assert!(members.contains(&people.me.id), "the first one answers on the demo");
}
