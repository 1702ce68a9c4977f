//! What is said by itself, hours, and ratings.

use super::*;

const HOUR: u64 = 60 * 60 * 1000;

fn greeting() -> Settings {
    let (greeting_text, off_hours_text) = (words("Hello!"), words("Closed."));
    Settings {
        greeting_text,
        off_hours_text,
        closing_text: words("Bye, says {operator}."),
        ..Settings::default()
    }
}

/// Open from hour 1 to hour 2 of the epoch, and from hour 3 on.
fn scheduled() -> Rig {
    let week = vec![Interval { day: 0, start: 0, end: 60 }];
    let hours = Some(Hours { zone: "UTC".into(), week });
    let mut rig = Rig::with(Settings { hours, ..greeting() });
    let at = |hour: u64| Timestamp(hour * HOUR);
    let spans = Some(vec![(at(1), at(2)), (at(3), at(4))]);
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
    assert_eq!(rig.core.poll_timeout(), Some(Timestamp(HOUR)));
    rig.input(Timestamp(HOUR - 1), Input::Timeout).unwrap();
    assert_eq!(rig.told_hours(1), 0);
    rig.input(Timestamp(HOUR), Input::Timeout).unwrap();
    assert_eq!(rig.told_hours(1), 1);
    assert_eq!(rig.core.poll_timeout(), Some(Timestamp(2 * HOUR)));
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
    rig.rules(2, Settings { hours: Some(Hours { zone: "UTC".into(), week: vec![] }), ..greeting() });
    assert!(rig.core.wants_hours(T0).is_some());
    assert_eq!(rig.core.poll_timeout(), Some(T0));
    rig.input(T0, Input::Own(Own::Hours(Resolved { spans: Some(vec![]) }))).unwrap();
    assert_eq!((rig.told_hours(1), rig.core.poll_timeout()), (1, None));
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
    rig.rules(2, Settings { greeting: false, ..greeting() });
    rig.says(2, ToConversation::Close { epoch: Epoch(3) }).unwrap();
    assert_eq!(rig.said(), ["Bye, says Ana."]);
    let last: Vec<_> = rig.log().into_iter().rev().take(1).map(|entry| entry.body.clone()).collect();
    assert_eq!(last, [Body::Event(Event::Ended { by: Side::Operator })]);
    let mut rig = Rig::active();
    rig.rules(2, Settings { greeting: false, ..greeting() });
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.said(), [""; 0]);
}

// --------------------------------------------------------------------------------------------------------------- ratings

fn rate(score: Score, comment: &str) -> ToConversation {
    ToConversation::Rate { session: 1, score, comment: comment.into() }
}

impl Rig {
    fn rated(&self) -> Option<(Score, String)> {
        match self.core.session().map(|session| &session.phase) {
            Some(Phase::Ended { rating: Some(rated), .. }) => Some((rated.score, rated.comment.clone())),
            _ => None,
        }
    }

    fn ratings(&self) -> usize {
        self.log().iter().filter(|entry| matches!(entry.body, Body::Event(Event::Rated { .. }))).count()
    }
}

fn ended() -> Rig {
    let mut rig = Rig::active();
    rig.says(1, ToConversation::End {}).unwrap();
    rig
}

#[test]
fn a_rating_is_stored_for_the_owner_at_the_close() {
    let mut rig = ended();
    assert!(matches!(rig.shown(1), Some(SessionView::Ended { rating: RatingView::Asked { .. }, .. })));
    rig.says(1, rate(Score::Good, "  Quick ")).unwrap();
    assert_eq!(rig.rated(), Some((Score::Good, "Quick".into())));
    let owner = |rig: &Rig| match rig.core.session().map(|session| session.phase.clone()) {
        Some(Phase::Ended { owner, .. }) => owner,
        _ => None,
    };
    assert_eq!(owner(&rig), Some(ana()));
    let shown = rig.shown(1).cloned();
    assert!(matches!(
        shown,
        Some(SessionView::Ended { rating: RatingView::Given { score: Score::Good, .. }, .. })
    ));
}

#[test]
fn a_rating_may_be_changed_within_the_period_and_is_never_stored_twice() {
    let mut rig = ended();
    rig.says(1, rate(Score::Good, "")).unwrap();
    rig.says(1, rate(Score::Good, "")).unwrap();
    assert_eq!(rig.ratings(), 1);
    rig.crashes();
    rig.opens(1, Who::Visitor);
    rig.says(1, hello(9)).unwrap();
    rig.says(1, rate(Score::Good, "")).unwrap();
    assert_eq!(rig.ratings(), 1);
    let last = T0 + Millis::days(7) - Millis(1);
    rig.says_at(last, 1, rate(Score::Bad, "slow")).unwrap();
    assert_eq!((rig.ratings(), rig.rated()), (2, Some((Score::Bad, "slow".into()))));
    assert_eq!(rig.says_at(last + Millis(1), 1, rate(Score::Good, "")), Err(Reject(Code::NotRateable)));
}

#[test]
fn what_cannot_be_rated_is_refused() {
    let mut rig = Rig::active();
    assert_eq!(rig.says(1, rate(Score::Good, "")), Err(Reject(Code::NotRateable)), "still open");
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.says(2, rate(Score::Good, "")), Err(Reject(Code::Forbidden)), "not by an operator");
    let long = "x".repeat(limits::COMMENT_CHARS_MAX + 1);
    assert_eq!(rig.says(1, rate(Score::Good, &long)), Err(Reject(Code::TextTooLong)));
    let other = ToConversation::Rate { session: 2, score: Score::Good, comment: String::new() };
    assert_eq!(rig.says(1, other), Err(Reject(Code::NotRateable)), "no such session");
    rig.rules(2, Settings { rating: false, ..Settings::default() });
    assert_eq!(rig.says(1, rate(Score::Good, "")), Err(Reject(Code::NotRateable)), "switched off");

    let mut missed = Rig::new();
    missed.writes(1, 1).unwrap();
    missed.says(1, ToConversation::End {}).unwrap();
    assert_eq!(missed.says(1, rate(Score::Good, "")), Err(Reject(Code::NotRateable)), "nobody answered");
    assert!(matches!(missed.core.session().map(|s| &s.phase), Some(Phase::Ended { owner: None, .. })));
}
