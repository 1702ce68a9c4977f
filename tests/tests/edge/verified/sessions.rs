//! An open session goes on where it is, the next one is verified; operators see both.

use super::Site;
use crate::fixture::{Shop, rig};
use shared::id::ConversationId;
use shared::verified::{Identity, Linked, Verified};
use shared::wire::{FromConversation, SessionView, ToConversation, close};
use tests::rig::{ISSUER, Thread, Visitor, secret};

fn who(subject: &str) -> Verified {
    Verified { issuer: ISSUER.into(), subject: subject.into() }
}

/// What an operator learns when they open a thread.
fn identity(shop: &Shop, conversation: &ConversationId) -> Option<Identity> {
    let thread = Thread::connect(&shop.operator, conversation);
    let FromConversation::Welcome { identity, .. } = &thread.welcome else { unreachable!() };
    identity.as_deref().cloned()
}

#[test]
fn an_open_session_goes_on_and_the_next_one_is_verified() {
    let mut shop = Shop::open("Vera");
    let mut served = shop.serve("before I signed in");
    let site = Site::hs256(&shop.channel);
    let channel = shop.channel.to_string();
    let connect = || Visitor::connect_vouched(rig(), &channel, &served.secret, &site.token("zoe"));

    let mut same = connect();
    assert_eq!(same.conversation(), served.conversation);
    same.say("after it");
    served.thread.text("after it");
    // Who has the thread open is told at once.
    let told = served.thread.find(|frame| match frame {
        FromConversation::Identity(identity) => Some((**identity).clone()),
        _ => None,
    });
    let verified = told.linked[0].conversation.clone();
    assert_eq!(told.verified, None);
    assert_eq!(told.linked, [Linked { conversation: verified.clone(), verified: Some(who("zoe")) }]);

    same.send(&ToConversation::End {});
    same.session(|session| matches!(session, SessionView::Ended { .. }));
    same.write("the next one", None);
    assert_eq!(same.closed(), close::MOVED);
    let mut next = connect();
    assert_eq!(next.conversation(), verified);
    next.say("the next one");
    let offer = shop.inbox.offered(&verified);
    shop.inbox.accept(&offer);

    let before = Linked { conversation: served.conversation.clone(), verified: None };
    assert_eq!(
        identity(&shop, &verified),
        Some(Identity { verified: Some(who("zoe")), linked: vec![before] })
    );
    assert_eq!(identity(&shop, &served.conversation), Some(told));
    // The visitor is told nothing of it, on either side.
    let own = Visitor::connect(rig(), &channel, &served.secret);
    assert_eq!(own.conversation(), served.conversation, "signed out, they are who they were");
    for mut visitor in [own, connect()] {
        let frames = visitor.sync();
        let seen = format!("{:?}{frames:?}", visitor.welcome);
        assert!(seen.contains("identity: None") && !seen.contains("Identity"), "{seen}");
    }
}

#[test]
fn who_wrote_nothing_before_leaves_no_trace_but_their_own() {
    let mut shop = Shop::open("Vik");
    let site = Site::es256(&shop.channel);
    let secret = secret();
    let mut visitor = Visitor::connect_vouched(rig(), shop.channel.as_str(), &secret, &site.token("zoe"));
    visitor.say("hello");
    let offer = shop.inbox.offered(&visitor.conversation());
    shop.inbox.accept(&offer);
    let known = identity(&shop, &visitor.conversation()).unwrap();
    assert_eq!(known, Identity { verified: Some(who("zoe")), linked: Vec::new() });
    // The conversation of the secret was asked, and does not exist for that.
    let own = Visitor::connect(rig(), shop.channel.as_str(), &secret).conversation();
    assert_eq!(Thread::handshake(rig().admin(), &own).refused().status, 404);
}

#[test]
fn a_session_outlives_the_token_that_opened_it() {
    let mut shop = Shop::open("Vesna");
    let site = Site::hs256(&shop.channel);
    let token = site.token("zoe");
    let mut visitor = Visitor::connect_vouched(rig(), shop.channel.as_str(), &secret(), &token);
    visitor.say("hello");
    let offer = shop.inbox.offered(&visitor.conversation());
    let epoch = shop.inbox.accept(&offer);
    site.remove();
    visitor.say("still here");
    Thread::connect(&shop.operator, &visitor.conversation()).reply("So am I.", epoch);
    visitor.text("So am I.");
    let told = Visitor::turned_away(rig(), shop.channel.as_str(), &secret(), &token);
    assert!(told.starts_with("token_invalid"), "{told}");
}
