//! The table of who may do what, walked.

use crate::fixture::{Shop, rig};
use serde_json::json;
use shared::access::{Need, SOCKETS, sender_of};
use shared::api::{BASE, ENDPOINTS, Endpoint, EndpointName, Me, Method, Role, SignIn};
use shared::id::{Epoch, OperatorId, Seq};
use shared::reject::Code;
use shared::wire::{Contact, Frame, FromConversation, SECRET_PREFIX, Score, Target, ToConversation};
use tests::rig::{Account, Ask, Handshake, PASSWORD, Talk, Thread, message_id, secret};

/// Calls an endpoint with a body that nobody can mean.
fn call(endpoint: &Endpoint, channel: &str, cookie: Option<&str>) -> Ask {
    let path = format!("{BASE}{}", endpoint.path.replace("{channel}", channel));
    let method = match endpoint.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
    };
    let ask = rig().ask(method, &path).origin(rig().origin());
    let ask = cookie.map_or(ask.clone(), |cookie| ask.header("cookie", cookie));
    if endpoint.method == Method::Get { ask } else { ask.json(&json!({})) }
}

/// A second sign-in of the same person, for the endpoint that ends it.
fn signed_in_again(account: &Account) -> String {
    let form = SignIn { email: account.me.email.clone(), password: PASSWORD.into() };
    let answer = rig().ask("POST", "/api/v1/sign-in").origin(rig().origin()).json(&form).send();
    let _: Me = answer.of(200);
    answer.cookie().unwrap()
}

#[test]
fn every_endpoint_lets_in_exactly_whom_the_table_names() {
    let people = [
        rig().join_as("Walk operator", Role::Operator),
        rig().join_as("Walk supervisor", Role::Supervisor),
        rig().join_as("Walk admin", Role::Admin),
    ];
    for endpoint in ENDPOINTS {
        for caller in [None, Some(&people[0]), Some(&people[1]), Some(&people[2])] {
            let role = caller.map(|account| account.me.role);
            let cookie = caller.map(|account| match endpoint.name {
                EndpointName::SignOut => signed_in_again(account),
                _ => account.cookie.clone(),
            });
            let answer = call(endpoint, "demo", cookie.as_deref()).send();
            let told = format!("{:?} by {role:?}: {} {}", endpoint.name, answer.status, answer.text());
            match (endpoint.need.allows(role), role) {
                (true, _) if endpoint.method == Method::Get => {
                    assert_eq!(answer.status, endpoint.success, "{told}")
                }
                (true, _) if endpoint.name == EndpointName::SignOut => {
                    assert_eq!(answer.status, 204, "{told}")
                }
                (true, _) => assert_eq!(answer.code(), Code::Malformed, "{told}"),
                (false, None) => assert_eq!(answer.code(), Code::SignInRequired, "{told}"),
                (false, Some(_)) => assert_eq!(answer.code(), Code::Forbidden, "{told}"),
            }
        }
    }
}

#[test]
fn who_may_not_call_an_endpoint_does_not_learn_what_there_is() {
    let operator = rig().join_as("Curious", Role::Operator);
    let may = |endpoint: &&Endpoint| endpoint.need.allows(Some(Role::Operator));
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.path.contains("{channel}") && !may(endpoint))
    {
        for (cookie, code) in
            [(None, Code::SignInRequired), (Some(operator.cookie.as_str()), Code::Forbidden)]
        {
            let codes = ["demo", "nowhere"].map(|channel| call(endpoint, channel, cookie).send().code());
            assert_eq!(codes, [code, code], "{:?}", endpoint.name);
        }
    }
}

#[test]
fn every_socket_lets_in_exactly_whom_the_table_names() {
    let mut shop = Shop::open("Soc");
    let served = shop.serve("hello");
    let secret = format!("{SECRET_PREFIX}{}", secret());
    for (template, need) in SOCKETS {
        let path = template
            .replace("{channel}", served.channel.as_str())
            .replace("{conversation}", &served.conversation.to_string());
        let nobody = Handshake::new(rig().origin(), &path).protocols(&[]);
        let visitor = nobody.clone().protocols(&[&secret]);
        let operator = nobody.clone().header("cookie", &shop.operator.cookie);
        let (visitors, operators) = (*need == Need::Visitor, need.allows(Some(Role::Operator)));
        assert!(visitors != operators, "{template}: for one side, never for nobody");
        for (handshake, allowed) in [(nobody, false), (visitor, visitors), (operator, operators)] {
            match handshake.open() {
                Ok(_) => assert!(allowed, "{template} was opened"),
                Err(answer) => {
                    assert!(!allowed, "{template}: {}", answer.text());
                    let wanted = if visitors { Code::SecretRequired } else { Code::SignInRequired };
                    assert_eq!(answer.code(), wanted, "{template}");
                }
            }
        }
    }
}

/// One of each frame, in an order in which each finds the session open.
fn frames(epoch: Epoch) -> Vec<ToConversation> {
    let send = |note| ToConversation::Send {
        id: message_id(),
        text: "x".into(),
        note,
        epoch: Some(epoch),
        file: false,
    };
    vec![
        ToConversation::Hello {
            v: 1,
            cursor: Seq(0),
            locale: String::new(),
            zone: String::new(),
            plain: false,
            forms: true,
        },
        send(false),
        send(true),
        ToConversation::Typing { on: true },
        ToConversation::Read { seq: Seq(1) },
        ToConversation::History { before: Seq(2) },
        ToConversation::Rate { session: 1, score: Score::Good, comment: String::new() },
        ToConversation::Contact(Contact::default()),
        ToConversation::Attach { id: message_id(), name: "a.png".into(), size: 5 },
        ToConversation::Fetch { id: message_id() },
        ToConversation::Join {},
        ToConversation::Leave {},
        ToConversation::Pin { epoch, on: false },
        ToConversation::Transfer { epoch, to: Target::Operator(nobody()) },
        ToConversation::Review { session: 9, score: 3, comment: String::new() },
        ToConversation::Intercept { epoch: Epoch(0) },
        ToConversation::Spam { epoch: Epoch(0) },
        ToConversation::Reopen { session: 9 },
        ToConversation::End {},
        ToConversation::Close { epoch },
    ]
}

fn nobody() -> OperatorId {
    "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id")
}

#[test]
fn every_frame_is_taken_from_exactly_those_in_the_table() {
    let name_of = |frame: &ToConversation| {
        serde_json::to_value(frame).unwrap().as_object().unwrap().keys().next().unwrap().clone()
    };
    for name in ToConversation::NAMES {
        assert!(frames(Epoch(0)).iter().any(|frame| name_of(frame) == *name), "{name} is not tried");
    }
    let mut shop = Shop::open("Fra");
    let supervisor = rig().join_as("Sue", Role::Supervisor);
    for role in [None, Some(Role::Operator), Some(Role::Supervisor)] {
        let mut served = shop.serve("hello");
        let mut above = Thread::connect(&supervisor, &served.conversation);
        let talk: &mut Talk = match role {
            None => &mut served.visitor,
            Some(Role::Operator) => &mut served.thread,
            Some(_) => &mut above,
        };
        talk.sync();
        for frame in frames(served.epoch) {
            talk.send(&frame);
            if matches!(frame, ToConversation::History { .. }) {
                // Its answer looks like the one that is waited for below.
                talk.entries();
            }
            let answers = talk.sync();
            let forbidden = answers
                .iter()
                .any(|answer| matches!(answer, FromConversation::Reject { code: Code::Forbidden, .. }));
            assert_eq!(!forbidden, sender_of(&frame).allows(role), "{frame:?} by {role:?}: {answers:?}");
        }
    }
}
