//! Waiting, offers that move on, and hours.

use shared::hours::{Hours, Interval};
use shared::time::Millis;
use std::time::{SystemTime, UNIX_EPOCH};
use tests::browser::{Operator, Stage};
use tests::rig::{Rig, demo};

/// The one of two who is offered the chat, and the other.
fn offered<'a>(one: &'a Operator, other: &'a Operator) -> (&'a Operator, &'a Operator) {
    one.until("one of them is offered the chat", || {
        let has = |operator: &Operator| !operator.shown("@group-new @accept").is_empty();
        if has(one) {
            return Some((one, other));
        }
        has(other).then_some((other, one))
    })
}

#[test]
fn who_waits_sees_their_place_in_line() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| settings.queue.sessions_at_once = 1);
        let operator = stage.operator(stage.rig.admin());
        let [first, second, third] = ["first", "second", "third"].map(|words| {
            let visitor = stage.visitor_in_chat();
            visitor.says(words);
            visitor.is_told(words, "sent");
            visitor
        });
        operator.accepts();
        operator.hears("first");
        second.reads("@status", "You are number 1 in line");
        third.reads("@status", "You are number 2 in line");
        operator.closes_chat();
        first.reads("@event", "The chat was closed");
        second.reads("@status", "Someone will be with you in a moment");
        third.reads("@status", "You are number 1 in line");
        operator.accepts();
        operator.hears("second");
        second.reads("@status", "answers you");
    });
}

#[test]
fn a_skipped_offer_goes_to_the_colleague() {
    Stage::play(Rig::start(), |stage| {
        let ada = stage.operator(stage.rig.admin());
        let ben = stage.operator(&stage.rig.join("Ben Okoye"));
        let visitor = stage.visitor_in_chat();
        visitor.says("Who has time?");
        let (first, second) = offered(&ada, &ben);
        first.click("@group-new @skip");
        first.sees_no("@group-new @row");
        second.reads("@group-new @row", "Who has time?");
        second.accepts();
        second.reads("@thread @event", "passed it on");
        second.says("I do");
        visitor.hears("I do");
        assert!(first.shown("@row").is_empty(), "who skipped it has no row of it");
    });
}

#[test]
fn an_offer_that_nobody_takes_in_time_moves_on() {
    // A minute passes in six seconds.
    Stage::play(Rig::with().clock_rate(10).start(), |stage| {
        stage.rig.settle(&demo(), |settings| settings.queue.response_limit = Millis::minutes(1));
        let ada = stage.operator(stage.rig.admin());
        let ben = stage.operator(&stage.rig.join("Ben Okoye"));
        let visitor = stage.visitor_in_chat();
        visitor.says("Is somebody there?");
        let (first, second) = offered(&ada, &ben);
        first.reads("@notice", "the time to accept was over");
        second.accepts();
        second.reads("@thread @event", "the time to accept was over");
        second.says("Sorry for the wait");
        visitor.hears("Sorry for the wait");
    });
}

#[test]
fn a_visitor_is_told_that_it_is_closed_before_they_write() {
    Stage::play(Rig::start(), |stage| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
        // The first of January 1970 was a Thursday. Neither today nor tomorrow, wherever it is still or already that day.
        let day = u8::try_from((now.as_secs() / 86_400 + 3 + 3) % 7).expect("a weekday");
        let week = vec![Interval { day, start: 9 * 60, end: 17 * 60 }];
        let hours = Hours { zone: "Europe/Paris".into(), week, exceptions: Vec::new() };
        stage.rig.settle(&demo(), |settings| settings.working_hours.schedule = Some(hours.clone()));
        let visitor = stage.visitor_in_chat();
        visitor.reads("@notice", "We are closed at the moment");
        visitor.reads("@status", "Closed, back on");
        visitor.says("For when you are back");
        visitor.is_told("For when you are back", "sent");
        visitor.reads("@message[data-author=channel]", "We are closed at the moment");
    });
}
