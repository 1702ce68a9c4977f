//! Several tabs of one person, and coming back after having been away.

use crate::fixture::{Shop, rig};
use shared::api::Role;
use shared::id::Seq;
use shared::limits::PAGE_ENTRIES_MAX;
use shared::reject::Code;
use shared::wire::{FromConversation, FromInbox, RowState, SessionView, ToConversation, ToInbox};
use tests::rig::{Inbox, Thread, Visitor, message_id, secret, text_of};

#[test]
fn two_tabs_of_a_visitor_show_the_same_conversation() {
    let mut shop = Shop::open("Tara");
    let mut served = shop.serve("from the first tab");
    let mut other = shop.visitor(&served.secret);
    assert_eq!(other.conversation(), served.conversation);
    assert_eq!(text_of(&other.entries()[0]), Some("from the first tab"));
    let seq = other.say("from the second tab");
    assert_eq!(served.visitor.text("from the second tab").seq, seq);
    served.thread.reply("to both", served.epoch);
    let (one, two) = (served.visitor.text("to both"), other.text("to both"));
    assert_eq!(one, two);

    // Both tabs share one outbox: each may send what waits in it, and it is stored once.
    let id = message_id();
    let frame =
        ToConversation::Send { id: id.clone(), text: "once".into(), note: false, epoch: None, file: false };
    served.visitor.send(&frame);
    other.send(&frame);
    let numbers = (served.visitor.acked(&id), other.acked(&id));
    assert_eq!(numbers.0, numbers.1);
    served.thread.text("once");
    served.thread.reply("got it", served.epoch);
    let times = |frames: Vec<FromConversation>| {
        frames
            .iter()
            .filter(|frame| matches!(frame, FromConversation::Entry(e) if e.id.as_ref() == Some(&id)))
            .count()
    };
    other.text("got it");
    assert_eq!(times(other.drain()), 1);

    other.send(&ToConversation::Typing { on: true });
    served.thread.expect(|frame| matches!(frame, FromConversation::Typing { .. }));
    let told = served.visitor.sync();
    assert!(
        !told.iter().any(|frame| matches!(frame, FromConversation::Typing { .. })),
        "one is not told of oneself"
    );
}

#[test]
fn two_tabs_of_an_operator_agree() {
    let mut shop = Shop::open("Vera");
    let mut other = Inbox::connect(&shop.operator);
    let mut visitor = shop.visitor(&secret());
    visitor.say("hello");
    let offer = shop.inbox.offered(&visitor.conversation());
    assert_eq!(other.offered(&visitor.conversation()), offer);
    let epoch = other.accept(&offer);
    shop.inbox.row(|row| row.epoch == epoch && row.state == RowState::InWork);

    let (mut left, mut right) = (
        Thread::connect(&shop.operator, &visitor.conversation()),
        Thread::connect(&shop.operator, &visitor.conversation()),
    );
    left.reply("from the left", epoch);
    assert_eq!(left.text("from the left"), right.text("from the left"));
    right.reply("from the right", epoch);
    shop.inbox.row(|row| row.preview == "from the right");
    other.row(|row| row.preview == "from the right");

    shop.inbox.send(&ToInbox::Presence { available: false });
    other.expect(|frame| *frame == FromInbox::Presence { available: false, missed: false });
    let third = Inbox::connect(&shop.operator);
    let FromInbox::Welcome { available, rows, operator, .. } = &third.welcome else { unreachable!() };
    assert_eq!((*available, rows.len(), operator), (false, 1, &shop.operator.me.id));

    // One tab less changes nothing for the others.
    shop.inbox.close();
    other.send(&ToInbox::Presence { available: true });
    other.expect(|frame| *frame == FromInbox::Presence { available: true, missed: false });
}

#[test]
fn who_comes_back_gets_exactly_what_was_missed() {
    let mut shop = Shop::open("Cleo");
    let mut served = shop.serve("one");
    served.visitor.text("one");
    let cursor = served.visitor.say("two");
    served.thread.text("two");
    served.visitor.cut();
    let mut wanted = Vec::new();
    for words in ["three", "four", "five"] {
        wanted.push((served.thread.reply(words, served.epoch), words));
        let id = message_id();
        let note = ToConversation::Send {
            id: id.clone(),
            text: "hidden".into(),
            note: true,
            epoch: None,
            file: false,
        };
        served.thread.send(&note);
        served.thread.acked(&id);
    }
    let mut back = Visitor::resume(shop.rig, shop.channel.as_str(), &served.secret, cursor);
    let missed = back.entries();
    let got: Vec<_> = missed.iter().map(|entry| (entry.seq, text_of(entry).unwrap())).collect();
    assert_eq!(got, wanted);
    assert_eq!(missed[0].prev, cursor);
    let FromConversation::Welcome { head, session, .. } = &back.welcome else { unreachable!() };
    assert_eq!(*head, wanted[2].0);
    assert!(matches!(session, SessionView::Active { .. }));

    // Nothing was missed now, so nothing comes but what is new.
    back.close();
    let mut again = Visitor::resume(shop.rig, shop.channel.as_str(), &served.secret, wanted[2].0);
    again.say("six");
    let frames = again.sync();
    assert!(!frames.iter().any(|frame| matches!(frame, FromConversation::Entries { .. })), "{frames:?}");
}

#[test]
fn a_long_history_comes_in_pages() {
    let mut served = Shop::open("Hugo").serve("0");
    let mut last = Seq(0);
    // Both sides write, so that neither is too fast.
    for number in 1..=30 {
        served.visitor.say(&number.to_string());
        last = served.thread.reply(&number.to_string(), served.epoch);
    }
    served.visitor.send(&ToConversation::History { before: last });
    let (page, earlier) = served.visitor.find(|frame| match frame {
        FromConversation::Entries { entries, earlier, history: true } => Some((entries.clone(), *earlier)),
        _ => None,
    });
    assert!(earlier);
    assert_eq!(page.len(), PAGE_ENTRIES_MAX);
    assert_eq!(page.last().unwrap().seq.next(), last);
    served.visitor.send(&ToConversation::History { before: page[0].seq });
    let (first, earlier) = served.visitor.find(|frame| match frame {
        FromConversation::Entries { entries, earlier, history: true } => Some((entries.clone(), *earlier)),
        _ => None,
    });
    assert!(!earlier);
    assert_eq!(text_of(&first[0]), Some("0"));
}

#[test]
fn a_repeated_message_gets_the_same_number_even_on_another_socket() {
    let shop = Shop::open("Rob");
    let secret = secret();
    let mut visitor = shop.visitor(&secret);
    let id = message_id();
    let frame =
        ToConversation::Send { id: id.clone(), text: "hello".into(), note: false, epoch: None, file: false };
    visitor.send(&frame);
    let seq = visitor.acked(&id);
    visitor.send(&frame);
    assert_eq!(visitor.acked(&id), seq);
    visitor.cut();
    let mut again = shop.visitor(&secret);
    again.send(&frame);
    assert_eq!(again.acked(&id), seq);
    let entries = again.entries();
    assert_eq!(entries.iter().filter(|entry| entry.id.as_ref() == Some(&id)).count(), 1);
}

#[test]
fn a_person_who_leaves_the_channel_loses_what_was_theirs() {
    let rig = rig();
    let (one, two) = (rig.join_as("Gus", Role::Operator), rig.join_as("Hal", Role::Operator));
    let channel = rig.channel(&[&one], |_| {});
    let mut first = Inbox::connect(&one);
    let mut second = Inbox::connect(&two);
    let mut visitor = Visitor::connect(rig, channel.as_str(), &secret());
    visitor.say("hello");
    let offer = first.offered(&visitor.conversation());
    let epoch = first.accept(&offer);
    let mut thread = Thread::connect(&one, &visitor.conversation());
    rig.settle(&channel, |settings| settings.queue.members = vec![two.me.id.clone()]);
    first.expect(|frame| matches!(frame, FromInbox::Gone { .. }));
    let moved = second.offered(&visitor.conversation());
    second.accept(&moved);
    thread.session(|view| matches!(view, SessionView::Active { mine: false, .. }));
    let late = thread.write("mine!", Some(epoch));
    assert_eq!(thread.refused(&late), Code::NotParticipant);
}
