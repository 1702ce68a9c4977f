//! The waiting line, and offers that nobody answers.

use crate::fixture::{Shop, fast};
use shared::api::Role;
use shared::time::Millis;
use shared::wire::{
    Body, Entry, Event, FromConversation, FromInbox, GoneReason, MoveReason, SessionView, ToConversation,
    ToInbox,
};
use tests::rig::{Inbox, Thread, Visitor, secret};

fn waits_at(view: &SessionView, wanted: u32) -> bool {
    matches!(view, SessionView::Waiting { place: Some(place), .. } if *place == wanted)
}

#[test]
fn visitors_behind_a_busy_operator_learn_their_place_and_move_up() {
    let mut shop = Shop::with(fast(), "Wim", |settings| {
        settings.queue.sessions_at_once = 1;
        settings.queue.response_limit = Millis::minutes(30);
    });
    let mut first = shop.serve("first");
    let mut second = shop.visitor(&secret());
    second.say("second");
    second.session(|view| waits_at(view, 1));
    let third_secret = secret();
    let mut third = shop.visitor(&third_secret);
    third.say("third");
    third.session(|view| waits_at(view, 2));
    let again = shop.visitor(&third_secret);
    assert!(
        matches!(&again.welcome, FromConversation::Welcome { session, .. } if waits_at(session, 2)),
        "{:?}",
        again.welcome
    );

    first.thread.send(&ToConversation::Close { epoch: first.epoch });
    let offer = shop.inbox.offered(&second.conversation());
    third.session(|view| waits_at(view, 1));
    shop.inbox.accept(&offer);
    second.send(&ToConversation::End {});
    shop.inbox.offered(&third.conversation());
    third.session(|view| matches!(view, SessionView::Waiting { place: None, .. }));
    first.visitor.session(|view| matches!(view, SessionView::Closing { .. } | SessionView::Ended { .. }));
}

#[test]
fn an_offer_that_nobody_takes_in_time_moves_on() {
    let rig = fast();
    let (one, two) = (rig.join_as("Lea", Role::Operator), rig.join_as("Max", Role::Operator));
    let channel = rig.channel(&[&one, &two], |settings| settings.queue.response_limit = Millis::minutes(1));
    let mut visitor = Visitor::connect(rig, channel.as_str(), &secret());
    let conversation = visitor.conversation();
    let mut first = Inbox::connect(&one);
    visitor.say("hello");
    let offer = first.offered(&conversation);
    let mut second = Inbox::connect(&two);
    first.expect(|frame| {
        matches!(frame, FromInbox::Gone { reason: GoneReason::Moved(MoveReason::TimeLimit), .. })
    });
    let moved = second.offered(&conversation);
    assert!(moved.epoch > offer.epoch);
    second.accept(&moved);
    visitor.session(|view| matches!(view, SessionView::Active { operator, .. } if operator == "Max"));
    let mut log = Thread::connect(&two, &conversation);
    let moves = log.entries();
    let told = |entry: &Entry| matches!(&entry.body, Body::Event(Event::MovedOn { reason: MoveReason::TimeLimit, name }) if name == "Lea");
    assert!(moves.iter().any(told), "{moves:?}");
}

#[test]
fn an_operator_on_a_break_gets_no_offer_and_keeps_what_is_theirs() {
    let mut shop = Shop::open("Bo");
    let mut served = shop.serve("first");
    shop.inbox.send(&ToInbox::Presence { available: false });
    shop.inbox.expect(|frame| *frame == FromInbox::Presence { available: false, missed: false });
    let mut second = shop.visitor(&secret());
    second.say("second");
    second.session(|view| waits_at(view, 1));
    served.thread.reply("still here", served.epoch);
    served.visitor.text("still here");
    shop.inbox.send(&ToInbox::Presence { available: true });
    shop.inbox.offered(&second.conversation());
}

#[test]
fn an_offer_moves_on_when_its_operator_goes_offline() {
    let rig = fast();
    let (one, two) = (rig.join_as("Ola", Role::Operator), rig.join_as("Pim", Role::Operator));
    let channel = rig.channel(&[&one, &two], |settings| settings.queue.response_limit = Millis::minutes(30));
    let mut visitor = Visitor::connect(rig, channel.as_str(), &secret());
    let mut first = Inbox::connect(&one);
    visitor.say("hello");
    first.offered(&visitor.conversation());
    let mut second = Inbox::connect(&two);
    first.close();
    second.offered(&visitor.conversation());
}
