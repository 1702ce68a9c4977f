//! What is said by itself, and the hours.

use super::*;
use crate::hours::Resolved;

const HOUR: u64 = 60 * 60 * 1000;

fn greeting() -> Settings {
    Settings {
        automatic: Automatic {
            greeting_text: words("Hello!"),
            closing_text: words("Bye, says {operator}."),
            ..Automatic::default()
        },
        working_hours: WorkingHours { text: words("Closed."), ..WorkingHours::default() },
        ..quiet()
    }
}

fn with_hours(settings: Settings, week: Vec<Interval>) -> Settings {
    let schedule = Some(Hours { zone: "UTC".into(), week, exceptions: Vec::new() });
    Settings { working_hours: WorkingHours { schedule, ..settings.working_hours }, ..settings }
}

/// Open from hour 1 to hour 2 of the epoch, and from hour 3 on.
fn scheduled() -> Rig {
    let week = vec![Interval { day: 0, start: 0, end: 60 }];
    let mut rig = Rig::with(with_hours(greeting(), week));
    let open = |from: u64| Open { from: Timestamp(from * HOUR), to: Timestamp((from + 1) * HOUR), offset: 0 };
    let spans = Some(vec![open(1), open(3)]);
    rig.input(T0, Input::Own(Own::Hours(Resolved { spans }))).unwrap();
    rig
}

impl Rig {
    fn writes_at(&mut self, hour: u64, n: u32) {
        self.says_at(Timestamp(hour * HOUR + 1), 1, send(n, "Hello", None)).unwrap();
    }

    fn told_hours(&self, socket: u64) -> usize {
        self.sent(socket).iter().filter(|frame| matches!(frame, FromConversation::Hours(_))).count()
    }
}

#[test]
fn the_greeting_comes_once_in_each_session_right_after_the_first_message() {
    let mut rig = Rig::with(greeting());
    rig.writes(1, 1).unwrap();
    assert_eq!(rig.said(), ["Hello!"]);
    assert_eq!(rig.log().iter().map(|entry| entry.seq.0).collect::<Vec<_>>(), [1, 2]);
    rig.writes(1, 2).unwrap();
    rig.crashes();
    rig.opens(1, Who::Visitor);
    rig.says(1, hello(3)).unwrap();
    rig.writes(1, 3).unwrap();
    assert_eq!(rig.said(), ["Hello!"]);
    rig.says(1, ToConversation::End {}).unwrap();
    rig.writes(1, 4).unwrap();
    assert_eq!(rig.said(), ["Hello!", "Hello!"]);
}

#[test]
fn a_greeting_for_the_first_contact_comes_once_in_a_life() {
    let mut settings = greeting();
    settings.automatic.greeting = Greeting::FirstContact;
    let mut rig = Rig::with(settings);
    rig.writes(1, 1).unwrap();
    rig.says(1, ToConversation::End {}).unwrap();
    rig.writes(1, 2).unwrap();
    assert_eq!(rig.said(), ["Hello!"]);
}

#[test]
fn outside_of_hours_nothing_may_be_said_and_no_greeting_either() {
    let mut rig = scheduled();
    let mut settings = with_hours(greeting(), vec![]);
    settings.working_hours.action = OffHoursAction::Nothing;
    rig.rules(2, settings);
    rig.input(T0, Input::Own(Own::Hours(Resolved { spans: Some(vec![]) }))).unwrap();
    rig.writes(1, 1).unwrap();
    assert_eq!(rig.said(), [""; 0]);
}

#[test]
fn the_off_hours_text_says_when_the_channel_opens_by_the_visitors_clock() {
    let mut rig = scheduled();
    let mut settings = with_hours(greeting(), vec![]);
    settings.working_hours.text = words("Back {opens_at}.");
    rig.rules(2, settings);
    let open = Open { from: Timestamp(HOUR), to: Timestamp(2 * HOUR), offset: 2 * 3600 };
    rig.input(T0, Input::Own(Own::Hours(Resolved { spans: Some(vec![open]) }))).unwrap();
    rig.writes(1, 1).unwrap();
    assert_eq!(rig.said(), ["Back today at 03:00."]);
}

#[test]
fn a_visitor_who_tells_another_zone_has_the_hours_resolved_for_it() {
    let mut rig = scheduled();
    assert!(rig.core.wants_hours(T0).is_none());
    rig.opens(5, Who::Visitor);
    let (locale, zone) = ("en".to_owned(), "Asia/Tokyo".to_owned());
    rig.says(5, ToConversation::Hello { v: 1, cursor: Seq(0), locale, zone, plain: false, forms: false })
        .unwrap();
    assert!(rig.core.wants_hours(T0).is_some());
    assert_eq!(rig.core.visitor_zone(), Some("Asia/Tokyo"));
}

#[test]
fn outside_of_hours_the_other_text_comes_instead_and_once_in_a_silence() {
    let mut rig = scheduled();
    rig.writes_at(2, 1);
    rig.writes_at(2, 2);
    assert_eq!(rig.said(), ["Closed."]);
    rig.says(1, ToConversation::End {}).unwrap();
    rig.writes_at(2, 3);
    assert_eq!(rig.said(), ["Closed."], "a silence does not end with the session");
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.assigned(3, ana());
    rig.replies(2, 10, 3).unwrap();
    rig.writes_at(2, 4);
    assert_eq!(rig.said(), ["Closed.", "Closed."], "an operator wrote in between");
}

#[test]
fn within_hours_the_greeting_comes() {
    let mut rig = scheduled();
    rig.writes_at(1, 1);
    assert_eq!(rig.said(), ["Hello!"]);
    rig.writes_at(2, 2);
    assert_eq!(rig.said(), ["Hello!", "Closed."]);
}

#[test]
fn visitors_hear_when_the_channel_opens_and_closes() {
    let mut rig = scheduled();
    assert_eq!(rig.core.next_hours_change(), Some(Timestamp(HOUR)));
    rig.input(Timestamp(HOUR - 1), Input::Timeout).unwrap();
    assert_eq!(rig.told_hours(1), 0);
    rig.input(Timestamp(HOUR), Input::Timeout).unwrap();
    assert_eq!(rig.told_hours(1), 1);
    assert_eq!(rig.core.next_hours_change(), Some(Timestamp(2 * HOUR)));
    rig.input(T0, Input::Gone { socket: Socket(1) }).unwrap();
    assert_eq!(rig.core.poll_timeout(), None, "nobody is there to be told");
}

#[test]
fn a_tab_that_comes_after_the_change_does_not_keep_it_from_the_others() {
    let mut rig = scheduled();
    rig.opens(2, Who::Visitor);
    rig.says_at(Timestamp(HOUR + 5), 2, hello(0)).unwrap();
    assert_eq!((rig.told_hours(1), rig.told_hours(2)), (1, 0));
}

#[test]
fn new_settings_ask_for_their_hours_at_once_and_tell_them() {
    let mut rig = scheduled();
    assert!(rig.core.wants_hours(T0).is_none());
    rig.rules(2, with_hours(greeting(), vec![]));
    assert!(rig.core.wants_hours(T0).is_some());
    assert_eq!(rig.core.poll_timeout(), Some(T0));
    rig.input(T0, Input::Own(Own::Hours(Resolved { spans: Some(vec![]) }))).unwrap();
    assert_eq!((rig.told_hours(1), rig.core.next_hours_change()), (1, None));
    assert!(rig.core.wants_hours(T0 + Millis::days(1)).is_some(), "resolved anew each day");
    rig.rules(3, greeting());
    assert_eq!((rig.told_hours(1), rig.core.wants_hours(T0)), (1, None));
    rig.rules(2, Settings::default());
    assert_eq!(rig.core.rules_version(), Some(3), "older settings come too late");
}

#[test]
fn an_inactive_channel_refuses_messages() {
    let mut rig = Rig::with(Settings { active: false, ..Settings::default() });
    assert_eq!(rig.writes(1, 1), Err(Reject(Code::ChannelClosed)));
    assert!(rig.records.is_empty());
}

#[test]
fn the_closing_text_comes_when_an_operator_closes_and_not_when_the_visitor_ends() {
    let mut rig = Rig::active();
    rig.rules(2, greeting());
    rig.says(2, ToConversation::Close { epoch: Epoch(3) }).unwrap();
    assert_eq!(rig.said(), ["Bye, says Ana."]);
    let last: Vec<_> = rig.log().into_iter().rev().take(1).map(|entry| entry.body.clone()).collect();
    assert_eq!(last, [Body::Event(Event::Ended { by: Ending::Operator })]);
    let mut rig = Rig::active();
    rig.rules(2, greeting());
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.said(), [""; 0]);
}
