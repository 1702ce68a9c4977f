//! The main road: a visitor is greeted, queued, served, and says how it was.

use crate::fixture::{Shop, rig};
use shared::api::Role;
use shared::hours::{Hours, Interval};
use shared::id::Seq;
use shared::reject::Code;
use shared::settings::LocalText;
use shared::wire::{
    Author, Body, Ending, Event, FromConversation, FromInbox, GoneReason, HoursView, MoveReason, RatingView,
    RowState, Score, SessionView, ToConversation, ToInbox,
};
use tests::rig::{Inbox, Thread, Visitor, message_id, secret, text_of};

#[test]
fn a_visitor_and_an_operator_talk_from_the_first_word_to_the_second_session() {
    let mut shop = Shop::open("Olivia");
    let mut visitor = shop.visitor(&secret());
    let conversation = visitor.conversation();
    let FromConversation::Welcome { head, session, hours, .. } = &visitor.welcome else { unreachable!() };
    assert_eq!((head, session, hours), (&Seq(0), &SessionView::None, &HoursView::AlwaysOpen));
    // Even for who may read everything there is nothing before the first word.
    let early = Thread::handshake(shop.rig.admin(), &conversation).refused();
    assert_eq!(early.code(), Code::NotFound);

    let first = visitor.say("Do you have this in blue?");
    assert_eq!(first, Seq(1));
    let greeting = visitor.entry(|entry| entry.author == Author::Channel);
    assert_eq!((greeting.seq, greeting.prev), (Seq(2), Seq(1)));
    assert!(matches!(&greeting.body, Body::Text { text, .. } if !text.is_empty()));
    visitor.session(|view| matches!(view, SessionView::Waiting { number: 1, .. }));

    let offer = shop.inbox.offered(&conversation);
    assert_eq!((offer.preview.as_str(), offer.session.number), ("Do you have this in blue?", 1));
    let epoch = shop.inbox.accept(&offer);
    visitor.session(|view| {
        matches!(view, SessionView::Active { number: 1, operator, mine: false, .. } if operator == "Olivia")
    });
    visitor.entry(|entry| entry.body == Body::Event(Event::Assigned { name: "Olivia".into() }));

    let mut thread = Thread::connect(&shop.operator, &conversation);
    let held = thread.entries();
    assert_eq!(held.len(), 3, "the question, the greeting and the assignment: {held:?}");
    assert!(matches!(
        &thread.welcome,
        FromConversation::Welcome { session: SessionView::Active { mine: true, .. }, .. }
    ));

    thread.send(&ToConversation::Typing { on: true });
    visitor.expect(|frame| {
        matches!(frame, FromConversation::Typing { who: Author::Operator { name, id: None }, on: true } if name == "Olivia")
    });
    thread.reply("In blue and in green.", epoch);
    let reply = visitor.text("In blue and in green.");
    assert_eq!(reply.author, Author::Operator { name: "Olivia".into(), id: None });
    shop.inbox.row(|row| row.state == RowState::Answered && row.preview == "In blue and in green.");
    visitor.send(&ToConversation::Read { seq: reply.seq });
    thread.expect(|frame| *frame == FromConversation::Read { seq: reply.seq });
    visitor.send(&ToConversation::Typing { on: true });
    thread.expect(|frame| matches!(frame, FromConversation::Typing { who: Author::Visitor, on: true }));
    let blue = visitor.say("Blue, please.");
    let row = shop.inbox.row(|row| row.state == RowState::InWork && row.preview == "Blue, please.");
    assert_eq!(row.unread, 1);
    thread.text("Blue, please.");
    thread.send(&ToConversation::Read { seq: blue });
    visitor.expect(|frame| *frame == FromConversation::Read { seq: blue });
    shop.inbox.row(|row| row.unread == 0 && row.preview == "Blue, please.");

    thread.send(&ToConversation::Close { epoch });
    visitor.entry(|entry| entry.body == Body::Event(Event::Ended { by: Ending::Operator }));
    visitor.session(|view| {
        matches!(view, SessionView::Closing { number: 1, rating: RatingView::Asked { .. }, .. })
    });
    shop.inbox.row(|row| matches!(row.state, RowState::Closing { .. }));
    for (score, comment) in [(Score::Bad, "slow"), (Score::Good, "sorry, wrong thumb")] {
        visitor.send(&ToConversation::Rate { session: 1, score, comment: comment.into() });
        visitor.session(
            |view| matches!(view, SessionView::Closing { rating: RatingView::Given { score: now, .. }, .. } if *now == score),
        );
        let rated = Event::Rated { score, comment: comment.into() };
        thread.entry(|entry| entry.body == Body::Event(rated.clone()));
    }

    visitor.send(&ToConversation::End {});
    visitor.session(|view| matches!(view, SessionView::Ended { number: 1, .. }));
    shop.inbox.expect(|frame| matches!(frame, FromInbox::Gone { reason: GoneReason::Ended, .. }));
    visitor.say("One more thing.");
    visitor.session(|view| matches!(view, SessionView::Waiting { number: 2, .. }));
    assert_eq!(shop.inbox.offered(&conversation).session.number, 2);
}

#[test]
fn a_note_is_hidden_from_the_visitor_who_misses_nothing() {
    let mut served = Shop::open("Nora").serve("hello");
    let id = message_id();
    let note =
        ToConversation::Send { id: id.clone(), text: "rude?".into(), note: true, epoch: None, file: false };
    served.thread.send(&note);
    let hidden = served.thread.acked(&id);
    let before = served.thread.entry(|entry| entry.seq == hidden).prev;
    let seq = served.thread.reply("Good morning!", served.epoch);
    let seen = served.visitor.text("Good morning!");
    assert_eq!((seen.seq, seen.prev), (seq, before), "the visitor's chain skips the note");
    assert_eq!(seq, hidden.next());
    let all = served.visitor.drain();
    assert!(!format!("{all:?}").contains("rude?"), "{all:?}");

    let mut again = Visitor::open(rig(), &channel_of(&served.visitor), &served.secret);
    again.hello(Seq(0));
    let entries = again.entries();
    assert!(entries.iter().all(|entry| text_of(entry) != Some("rude?")), "{entries:?}");
    for pair in entries.windows(2) {
        assert_eq!(pair[1].prev, pair[0].seq);
    }
}

fn channel_of(visitor: &Visitor) -> String {
    match &visitor.welcome {
        FromConversation::Welcome { channel, .. } => channel.id.clone().unwrap().to_string(),
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn a_reply_accepts_an_offer() {
    let mut shop = Shop::open("Rita");
    let mut visitor = shop.visitor(&secret());
    visitor.say("anybody?");
    let offer = shop.inbox.offered(&visitor.conversation());
    let mut thread = Thread::connect(&shop.operator, &visitor.conversation());
    let both = ["Yes, me.", "How can I help?"].map(|text| thread.write(text, Some(offer.epoch)));
    assert_eq!(thread.acked(&both[0]).next(), thread.acked(&both[1]));
    visitor.session(|view| matches!(view, SessionView::Active { .. }));
    let reply = visitor.text("Yes, me.");
    let assigned = visitor.entry(|entry| matches!(entry.body, Body::Event(Event::Assigned { .. })));
    assert!(assigned.seq < reply.seq, "who answers is told before the answer");
    shop.inbox.row(|row| row.state == RowState::Answered);
}

#[test]
fn a_skipped_offer_goes_to_the_other_operator() {
    let rig = rig();
    let (one, two) = (rig.join_as("Sam", Role::Operator), rig.join_as("Tess", Role::Operator));
    let channel = rig.channel(&[&one, &two], |_| {});
    let mut visitor = Visitor::connect(rig, channel.as_str(), &secret());
    visitor.say("hello");
    let conversation = visitor.conversation();
    let mut first = Inbox::connect(&one);
    let offer = first.offered(&conversation);
    let mut second = Inbox::connect(&two);
    first.skip(&offer);
    first.expect(|frame| {
        matches!(frame, FromInbox::Gone { reason: GoneReason::Moved(MoveReason::Skipped), .. })
    });
    let moved = second.offered(&conversation);
    assert!(moved.epoch > offer.epoch);

    // The first knows no better than to accept what it was offered once.
    first.send(&ToInbox::Accept { session: offer.session.clone(), epoch: offer.epoch });
    assert_eq!(first.rejected(), (Some(offer.session.clone()), Code::OfferGone));
    second.accept(&moved);
    visitor.session(|view| matches!(view, SessionView::Active { operator, .. } if operator == "Tess"));

    // It was offered the session once, so it may read; it may not write.
    let mut reader = Thread::connect(&one, &conversation);
    let moves = reader.entries();
    assert!(
        moves.iter().any(|entry| matches!(&entry.body, Body::Event(Event::MovedOn { reason: MoveReason::Skipped, name }) if name == "Sam")),
        "{moves:?}"
    );
    let id = reader.write("me too", Some(moved.epoch));
    assert_eq!(reader.refused(&id), Code::NotParticipant);
}

#[test]
fn a_visitor_is_told_of_closed_hours_before_and_after_they_write() {
    let day = (std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
        / 86_400
        + 3
        + 3)
        % 7;
    let in_three_days = Interval { day: u8::try_from(day).unwrap(), start: 600, end: 660 };
    let notice = "Back soon.";
    let shop = Shop::with(rig(), "Hana", |settings| {
        let (zone, week) = ("Europe/Paris".to_owned(), vec![in_three_days]);
        settings.working_hours.schedule = Some(Hours { zone, week, exceptions: Vec::new() });
        settings.working_hours.text = LocalText([("en".into(), notice.into())].into());
    });
    let mut visitor = shop.visitor(&secret());
    let FromConversation::Welcome { hours, .. } = &visitor.welcome else { unreachable!() };
    assert!(
        matches!(hours, HoursView::Closed { opens: Some(_), notice: told } if told.pick("en") == Some(notice)),
        "{hours:?}"
    );
    visitor.say("hello?");
    let answer = visitor.entry(|entry| entry.author == Author::Channel);
    assert_eq!(text_of(&answer), Some(notice), "in place of a greeting");
}

#[test]
fn a_visitor_may_end_the_session() {
    let mut shop = Shop::open("Eve");
    let mut served = shop.serve("hello");
    served.visitor.send(&ToConversation::End {});
    served.thread.session(|view| matches!(view, SessionView::Ended { .. }));
    served.visitor.entry(|entry| entry.body == Body::Event(Event::Ended { by: Ending::Visitor }));
    let late = served.thread.write("wait", Some(served.epoch));
    assert_eq!(served.thread.refused(&late), Code::NoSession);
}
