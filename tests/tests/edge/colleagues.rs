//! What colleagues do with a session, through the real worker.

use crate::fixture::{Shop, fast, rig};
use shared::api::{LineView, PersonView, Role};
use shared::reject::Code;
use shared::settings::{Distribution, NoAnswerAction, Scale};
use shared::time::Millis;
use shared::why::{Rule, Verdict};
use shared::wire::{
    Body, Contact, Event, FormView, FromConversation, FromInbox, GoneReason, RatingView, RowState, Score,
    SessionView, Target, ToConversation, ToInbox,
};
use std::time::Instant;
use tests::rig::{Inbox, PATIENCE, Thread, Visitor, secret};

#[test]
fn two_accepts_at_the_same_instant_give_one_owner_and_one_refusal() {
    let rig = rig();
    let people = [rig.join_as("Eve", Role::Operator), rig.join_as("Una", Role::Operator)];
    let channel = rig.channel(&[&people[0], &people[1]], |settings| {
        settings.queue.distribution = Distribution::Everyone;
    });
    let mut inboxes = people.each_ref().map(Inbox::connect);
    let mut visitor = Visitor::connect(rig, channel.as_str(), &secret());
    visitor.say("who is first?");
    let conversation = visitor.conversation();
    let offers = inboxes.each_mut().map(|inbox| inbox.offered(&conversation));
    assert!(offers.iter().all(|row| matches!(row.state, RowState::Shown { .. })));
    for (inbox, row) in inboxes.iter_mut().zip(&offers) {
        inbox.send(&ToInbox::Accept { session: row.session.clone(), epoch: row.epoch });
    }
    let owner = visitor.session(|view| matches!(view, SessionView::Active { .. }));
    let SessionView::Active { operator: name, .. } = owner else { unreachable!() };
    let loser = usize::from(name == "Eve");
    let [one, two] = &mut inboxes;
    let (won, lost) = if loser == 1 { (one, two) } else { (two, one) };
    let row = won.row(|row| row.state == RowState::InWork);
    assert_eq!(row.why.map(|why| why.rule), Some(Rule::Everyone));
    lost.expect(
        |frame| matches!(frame, FromInbox::Gone { reason: GoneReason::Taken { by }, .. } if *by == name),
    );
    lost.expect(|frame| matches!(frame, FromInbox::Reject { code: Code::OfferGone, .. }));
}

#[test]
fn a_session_goes_to_a_member_and_to_another_channel() {
    let mut shop = Shop::open("Ann");
    let mut served = shop.serve("hello");
    let bob = shop.rig.join_as("Bob", Role::Operator);
    let transfer = |epoch, to| ToConversation::Transfer { epoch, to };
    served.thread.send(&transfer(served.epoch, Target::Operator(bob.me.id.clone())));
    assert_eq!(served.thread.rejected(), Code::NotMember);
    shop.rig.seat(&shop.channel, &[&bob]);
    served.thread.send(&transfer(served.epoch, Target::Operator(bob.me.id.clone())));
    assert_eq!(served.thread.rejected(), Code::NotAvailable);
    let mut inbox = Inbox::connect(&bob);
    let members = format!("/api/v1/channels/{}/members", shop.channel);
    let ready = |person: &PersonView| person.id == bob.me.id && person.verdict == Verdict::Ready;
    let end = Instant::now() + PATIENCE;
    while !shop.operator.get(&members).of::<Vec<PersonView>>(200).iter().any(ready) {
        assert!(Instant::now() < end, "Bob is not seen");
    }
    served.thread.send(&transfer(served.epoch, Target::Operator(bob.me.id.clone())));
    let offer = inbox.offered(&served.conversation);
    let rule = offer.why.as_ref().map(|why| why.rule.clone());
    assert_eq!(rule, Some(Rule::Transferred { by: "Ann".into(), over_limit: false }));
    let epoch = inbox.accept(&offer);

    // It would come back to whoever has had none for longer.
    shop.inbox.send(&ToInbox::Presence { available: false });
    let on_break = |person: &PersonView| person.id != bob.me.id && person.verdict == Verdict::OnBreak;
    while !shop.operator.get(&members).of::<Vec<PersonView>>(200).iter().any(on_break) {
        assert!(Instant::now() < end, "the break is not seen");
    }
    let mut thread = Thread::connect(&bob, &served.conversation);
    thread.send(&transfer(epoch, Target::Channel("no-such-channel".parse().unwrap())));
    let back = inbox.row(|row| row.epoch > epoch && row.state.is_offer());
    let epoch = inbox.accept(&back);
    let other = shop.rig.channel(&[&bob], |settings| settings.automatic.closing_period = Millis(0));
    thread.send(&transfer(epoch, Target::Channel(other.clone())));
    let offer = inbox.row(|row| row.channel == other && row.state.is_offer());
    assert_eq!(offer.since, back.since, "it arrived when it arrived");
    let epoch = inbox.accept(&offer);
    thread.reply("now from here", epoch);
    served.visitor.text("now from here");
    thread.send(&ToConversation::Close { epoch });
    served.visitor.session(|view| matches!(view, SessionView::Ended { .. }));
}

#[test]
fn a_supervisor_joins_takes_over_and_rates() {
    let mut shop = Shop::open("Oz");
    let mut served = shop.serve("hello");
    let sue = shop.rig.join_as("Sue", Role::Supervisor);
    let mut above = Thread::connect(&sue, &served.conversation);
    let id = above.write("psst", Some(served.epoch));
    assert_eq!(above.refused(&id), Code::NotParticipant);
    above.send(&ToConversation::Join {});
    served.visitor.session(|view| matches!(view, SessionView::Active { with, .. } if with == &["Sue"]));
    above.reply("I am here too", served.epoch);
    served.visitor.text("I am here too");
    above.send(&ToConversation::Intercept { epoch: served.epoch });
    served.visitor.session(|view| matches!(view, SessionView::Active { operator, .. } if operator == "Sue"));
    shop.inbox.expect(
        |frame| matches!(frame, FromInbox::Gone { reason: GoneReason::Taken { by }, .. } if by == "Sue"),
    );
    let id = served.thread.write("mine", Some(served.epoch));
    assert_eq!(served.thread.refused(&id), Code::NotParticipant);
    served.visitor.send(&ToConversation::End {});
    served.visitor.session(|view| matches!(view, SessionView::Ended { .. }));
    above.send(&ToConversation::Review { session: 1, score: 5, comment: "Well done".into() });
    let reviewed = |event: &Body| matches!(event, Body::Event(Event::Reviewed { score: 5, .. }));
    served.thread.entry(|entry| reviewed(&entry.body));
}

#[test]
fn an_owner_who_stays_away_loses_the_session_to_somebody_who_is_there() {
    let rig = fast();
    let (one, two) = (rig.join_as("Kim", Role::Operator), rig.join_as("Lou", Role::Operator));
    let channel = rig.channel(&[&one, &two], |settings| {
        settings.queue.distribution = Distribution::InOrder;
        settings.queue.response_limit = Millis::minutes(30);
    });
    let mut first = Inbox::connect(&one);
    let mut visitor = Visitor::connect(rig, channel.as_str(), &secret());
    visitor.say("hello");
    let conversation = visitor.conversation();
    let offer = first.offered(&conversation);
    first.accept(&offer);
    let mut second = Inbox::connect(&two);
    first.close();
    let moved = second.offered(&conversation);
    second.accept(&moved);
    visitor.session(|view| matches!(view, SessionView::Active { operator, .. } if operator == "Lou"));
}

#[test]
fn nobody_answers_and_the_visitor_leaves_an_address() {
    let rig = fast();
    let channel = rig.channel(&[], |settings| {
        settings.no_answer.delay = Millis::minutes(1);
        settings.no_answer.action = NoAnswerAction::ContactForm;
    });
    let mut visitor = Visitor::connect(rig, channel.as_str(), &secret());
    visitor.say("hello");
    visitor.expect(|frame| matches!(frame, FromConversation::Form(FormView::Asked { .. })));
    visitor.send(&ToConversation::Contact(Contact { email: "nobody".into(), ..Contact::default() }));
    assert_eq!(visitor.rejected(), Code::InvalidFields);
    let contact = Contact { name: "Zoë".into(), email: "zoe@mail.example".into(), ..Contact::default() };
    visitor.send(&ToConversation::Contact(contact.clone()));
    visitor.expect(|frame| *frame == FromConversation::Form(FormView::Given));
    visitor.entry(|entry| entry.body == Body::Event(Event::Contact(contact.clone())));
}

#[test]
fn a_connector_without_buttons_is_asked_in_words_and_answers_with_a_digit() {
    let mut shop = Shop::with(rig(), "Dot", |settings| settings.ratings.scale = Scale::Stars);
    let mut plain = Visitor::open(shop.rig, shop.channel.as_str(), &secret());
    let (locale, zone) = ("en".to_owned(), String::new());
    plain.send(&ToConversation::Hello {
        v: 1,
        cursor: shared::id::Seq(0),
        locale,
        zone,
        plain: true,
        forms: false,
    });
    let welcome = plain.expect(|frame| matches!(frame, FromConversation::Welcome { .. }));
    let conversation = tests::rig::conversation_of(&welcome);
    plain.say("hello");
    let offer = shop.inbox.offered(&conversation);
    let epoch = shop.inbox.accept(&offer);
    let mut thread = Thread::connect(&shop.operator, &conversation);
    thread.send(&ToConversation::Close { epoch });
    plain.entry(|entry| {
        tests::rig::text_of(entry).is_some_and(|text| text.contains("from 1 (poor) to 5 (great)"))
    });
    plain.say("4");
    thread.entry(|entry| {
        entry.body == Body::Event(Event::Rated { score: Score::Stars(4), comment: String::new() })
    });
    plain.session(|view| {
        matches!(view, SessionView::Closing { rating: RatingView::Given { score: Score::Stars(4), .. }, .. })
    });
    plain.say("4 o'clock, then");
    plain.session(|view| matches!(view, SessionView::Active { .. }));
}

#[test]
fn the_line_of_a_channel_is_shown_with_its_reasons() {
    let mut shop = Shop::with(rig(), "Liv", |settings| settings.queue.sessions_at_once = 1);
    let served = shop.serve("first");
    let mut waits = shop.visitor(&secret());
    waits.say("second");
    waits.session(|view| matches!(view, SessionView::Waiting { place: Some(1), .. }));
    let line: LineView = shop.rig.admin().get(&format!("/api/v1/channels/{}/line", shop.channel)).of(200);
    let [waiting] = &line.waiting[..] else { panic!("{line:?}") };
    assert_eq!(waiting.session.conversation, waits.conversation());
    let why = waiting.why.as_ref().expect("a reason");
    assert_eq!((&why.rule, why.excluded.full), (&Rule::NobodyFree, 1));
    let liv = line.people.iter().find(|person| person.id == shop.operator.me.id).expect("Liv");
    assert_eq!((liv.verdict, liv.load, line.owned_total, line.available), (Verdict::Full, 1, 1, false));
    assert_ne!(served.conversation, waits.conversation());
}

#[test]
fn a_visitor_who_looks_on_hears_when_somebody_is_free() {
    let rig = fast();
    let operator = rig.join_as("Fay", Role::Operator);
    let channel = rig.channel(&[&operator], |_| {});
    let mut visitor = Visitor::connect(rig, channel.as_str(), &secret());
    visitor.expect(|frame| *frame == FromConversation::Available { now: false });
    let inbox = Inbox::connect(&operator);
    visitor.expect(|frame| *frame == FromConversation::Available { now: true });
    drop(inbox);
    visitor.expect(|frame| *frame == FromConversation::Available { now: false });
}

#[test]
fn a_missed_session_is_opened_again_by_its_answer() {
    let mut shop = Shop::open("Mia");
    let mut visitor = shop.visitor(&secret());
    visitor.say("is anybody there?");
    let offer = shop.inbox.offered(&visitor.conversation());
    visitor.send(&ToConversation::End {});
    visitor.session(|view| matches!(view, SessionView::Ended { missed: true, .. }));
    let missed = shop.inbox.row(|row| row.state == RowState::Missed);
    assert_eq!(missed.session, offer.session);
    let mut thread = Thread::connect(&shop.operator, &visitor.conversation());
    thread.reply("Here I am.", missed.epoch);
    visitor.text("Here I am.");
    shop.inbox.row(|row| row.state == RowState::Answered && row.session == offer.session);
}
