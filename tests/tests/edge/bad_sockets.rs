//! Sockets that nobody should be given.

use crate::fixture::{Shop, rig};
use shared::api::Role;
use shared::id::ConversationId;
use shared::reject::Code;
use shared::wire::{SECRET_PREFIX, SUBPROTOCOL};
use tests::rig::{Handshake, Inbox, Thread, Visitor, secret};

fn knock(path: &str) -> Handshake {
    Handshake::new(rig().origin(), path)
}

#[test]
fn a_visitor_needs_a_secret_of_the_right_shape() {
    let own = |protocols: &str| knock("/ws/v1/visitor/demo").header("sec-websocket-protocol", protocols);
    let whole = secret();
    let bad = [
        SUBPROTOCOL.to_owned(),
        format!("{SUBPROTOCOL}, {SECRET_PREFIX}"),
        format!("{SUBPROTOCOL}, {SECRET_PREFIX}{}", &whole[..42]),
        format!("{SUBPROTOCOL}, {SECRET_PREFIX}{whole}A"),
        format!("{SUBPROTOCOL}, {whole}"),
    ];
    for protocols in bad {
        assert_eq!(own(&protocols).refused().code(), Code::SecretRequired, "{protocols}");
    }
    assert_eq!(knock("/ws/v1/visitor/demo").refused().code(), Code::SecretRequired);
    for protocols in [format!("{SECRET_PREFIX}{whole}"), format!("guichet.v2, {SECRET_PREFIX}{whole}")] {
        assert_eq!(own(&protocols).refused().code(), Code::UnsupportedVersion, "{protocols}");
    }
    // The secret is no part of an address.
    let in_query = knock(&format!("/ws/v1/visitor/demo?secret={whole}")).protocols(&[]);
    assert_eq!(in_query.refused().code(), Code::SecretRequired);
}

#[test]
fn only_channels_that_exist_and_are_open_are_connected_to() {
    let origin = rig().origin();
    for unknown in ["nowhere", "Demo", "demo%2f..", "d%C3%A9mo", &"x".repeat(41)] {
        let refused = Visitor::handshake(origin, unknown, &secret()).refused();
        assert_eq!(refused.code(), Code::NotFound, "{unknown}");
    }
    let shop = Shop::open("Ina");
    let mut visitor = shop.visitor(&secret());
    visitor.say("hello");
    rig().settle(&shop.channel, |settings| settings.active = false);
    let refused = Visitor::handshake(origin, shop.channel.as_str(), &secret()).refused();
    assert_eq!(refused.code(), Code::ChannelClosed);
    assert_eq!(rig().ask("GET", &format!("/w/{}.js", shop.channel)).send().code(), Code::ChannelClosed);
    let page = rig().ask("GET", &format!("/c/{}", shop.channel)).send();
    assert_eq!(page.status, Code::ChannelClosed.status());
}

#[test]
fn only_pages_that_may_embed_a_channel_reach_it() {
    let rig = rig();
    let channel = rig.channel(&[], |settings| settings.origins = vec!["https://shop.example".into()]);
    let from =
        |page: &str| Visitor::handshake(rig.origin(), channel.as_str(), &secret()).header("origin", page);
    for page in [
        "https://evil.example",
        "http://shop.example",
        "https://shop.example:444",
        "null",
        "https://shop.example.evil",
    ] {
        assert_eq!(from(page).refused().code(), Code::WrongOrigin, "{page}");
    }
    assert_eq!(from("x").without("origin").refused().code(), Code::WrongOrigin);
    for page in ["https://shop.example", rig.origin()] {
        assert!(from(page).open().is_ok(), "{page}");
    }
    // Without a list, every page of this machine may, since the Worker is reached on this machine.
    let demo = Visitor::handshake(rig.origin(), "demo", &secret());
    assert!(demo.clone().header("origin", "http://localhost:4000").open().is_ok());
    assert_eq!(demo.header("origin", "https://evil.example").refused().code(), Code::WrongOrigin);
}

#[test]
fn an_operators_sockets_need_a_page_of_our_own_and_a_sign_in() {
    let mut shop = Shop::open("Pat");
    let served = shop.serve("hello");
    for handshake in
        [Inbox::handshake(&shop.operator), Thread::handshake(&shop.operator, &served.conversation)]
    {
        let other = rig().other_origin();
        for page in ["https://evil.example", "null", other.as_str()] {
            assert_eq!(
                handshake.clone().header("origin", page).refused().code(),
                Code::WrongOrigin,
                "{page}"
            );
        }
        assert_eq!(handshake.clone().without("origin").refused().code(), Code::WrongOrigin);
        for cookie in ["", "__Host-guichet=", "__Host-guichet=nonsense", "guichet=x"] {
            let refused = handshake.clone().header("cookie", cookie).refused();
            assert_eq!(refused.code(), Code::SignInRequired, "{cookie}");
        }
        assert_eq!(handshake.clone().without("cookie").refused().code(), Code::SignInRequired);
        let old = handshake.clone().header("sec-websocket-protocol", "guichet.v0");
        assert_eq!(old.refused().code(), Code::UnsupportedVersion);
        assert!(handshake.open().is_ok());
    }
}

#[test]
fn a_sign_in_that_has_ended_opens_nothing() {
    let shop = Shop::open("End");
    assert_eq!(shop.operator.post("/api/v1/sign-out", &()).status, 204);
    assert_eq!(Inbox::handshake(&shop.operator).refused().code(), Code::SignInRequired);
    assert_eq!(shop.operator.get("/api/v1/me").code(), Code::SignInRequired);
}

#[test]
fn an_operator_reads_only_what_was_offered_to_them() {
    let mut shop = Shop::open("Own");
    let served = shop.serve("hello");
    let stranger = rig().join_as("Foreign", Role::Operator);
    assert_eq!(Thread::handshake(&stranger, &served.conversation).refused().code(), Code::Forbidden);
    let supervisor = rig().join_as("Super", Role::Supervisor);
    for reader in [&supervisor, rig().admin()] {
        let thread = Thread::connect(reader, &served.conversation);
        assert_eq!(tests::rig::conversation_of(&thread.welcome), served.conversation);
    }
    let unknown: ConversationId = "0f".repeat(32).parse().unwrap();
    for reader in [&stranger, &supervisor, rig().admin()] {
        assert_eq!(Thread::handshake(reader, &unknown).refused().code(), Code::NotFound);
    }
    let bad = knock("/ws/v1/conversation/not-an-id").header("cookie", &stranger.cookie).protocols(&[]);
    assert_eq!(bad.refused().code(), Code::NotFound);
}

#[test]
fn a_socket_has_to_be_asked_for_as_one() {
    for path in ["/ws/v1/visitor/demo", "/ws/v1/inbox", "/ws/v1/conversation/x"] {
        let own = rig().admin().ask("GET", path);
        assert_eq!(own.send().code(), Code::UpgradeRequired, "{path}");
        assert_eq!(own.header("upgrade", "h2c").send().code(), Code::UpgradeRequired, "{path}");
        assert_eq!(rig().admin().post(path, &()).code(), Code::MethodNotAllowed, "{path}");
    }
    for path in ["/ws/v1/", "/ws/v2/inbox", "/ws/v1/inbox/x", "/ws/v1/visitor/demo/x"] {
        assert_eq!(knock(path).protocols(&[]).refused().code(), Code::NotFound, "{path}");
    }
}
