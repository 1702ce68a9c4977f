//! Ratings: asked for once, given, changed, by digit, and by supervisors.

use super::*;

fn rate(score: Score, comment: &str) -> ToConversation {
    ToConversation::Rate { session: 1, score, comment: comment.into() }
}

impl Rig {
    fn rated(&self) -> Option<(Score, String)> {
        let given = self.core.ratings().get(&1)?.given.clone()?;
        Some((given.score, given.comment))
    }

    fn ratings(&self) -> usize {
        self.events().iter().filter(|event| matches!(event, Event::Rated { .. })).count()
    }

    fn rating_shown(&self) -> Option<RatingView> {
        match self.shown(1)? {
            SessionView::Active { rating, .. }
            | SessionView::Closing { rating, .. }
            | SessionView::Ended { rating, .. } => Some(rating.clone()),
            SessionView::None | SessionView::Waiting { .. } => None,
        }
    }

    fn closes(&mut self, epoch: u64) {
        self.says(2, ToConversation::Close { epoch: Epoch(epoch) }).unwrap();
    }
}

fn ended() -> Rig {
    let mut rig = Rig::active();
    rig.says(1, ToConversation::End {}).unwrap();
    rig
}

/// Ana owns a session of a visitor whose client has no buttons.
fn plain() -> Rig {
    let mut rig = Rig::with(quiet());
    rig.opens(4, Who::Visitor);
    let (locale, zone) = ("en".to_owned(), String::new());
    rig.says(4, ToConversation::Hello { v: 1, cursor: Seq(0), locale, zone, plain: true, forms: false })
        .unwrap();
    rig.writes(4, 1).unwrap();
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.assigned(3, ana());
    rig
}

#[test]
fn a_rating_is_stored_for_the_owner_at_the_close() {
    let mut rig = ended();
    assert!(matches!(rig.rating_shown(), Some(RatingView::Asked { .. })));
    rig.says(1, rate(Score::Good, "  Quick ")).unwrap();
    assert_eq!(rig.rated(), Some((Score::Good, "Quick".into())));
    assert_eq!(rig.core.ratings()[&1].close.as_ref().unwrap().owner, ana());
    assert!(matches!(rig.rating_shown(), Some(RatingView::Given { score: Score::Good, .. })));
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
    let mut rig = ended();
    assert_eq!(rig.says(2, rate(Score::Good, "")), Err(Reject(Code::Forbidden)), "not by an operator");
    let long = "x".repeat(limits::COMMENT_CHARS_MAX + 1);
    assert_eq!(rig.says(1, rate(Score::Good, &long)), Err(Reject(Code::TextTooLong)));
    let other = ToConversation::Rate { session: 2, score: Score::Good, comment: String::new() };
    assert_eq!(rig.says(1, other), Err(Reject(Code::NotRateable)), "no such session");
    let ratings = Ratings { enabled: false, ..Ratings::default() };
    rig.rules(2, Settings { ratings, ..quiet() });
    assert_eq!(rig.says(1, rate(Score::Good, "")), Err(Reject(Code::NotRateable)), "switched off");

    let mut missed = Rig::new();
    missed.writes(1, 1).unwrap();
    missed.says(1, ToConversation::End {}).unwrap();
    assert_eq!(missed.says(1, rate(Score::Good, "")), Err(Reject(Code::NotRateable)), "nobody answered");
}

#[test]
fn who_rates_during_the_session_is_not_asked_at_its_end() {
    let mut rig = Rig::active();
    assert_eq!(rig.rating_shown(), Some(RatingView::Possible { scale: crate::settings::Scale::Thumbs }));
    rig.says(1, rate(Score::Good, "")).unwrap();
    rig.closes(3);
    assert!(matches!(rig.rating_shown(), Some(RatingView::Given { .. })));
    assert_eq!(rig.core.ratings()[&1].asked_at, None);
    assert_eq!(rig.core.ratings()[&1].close.as_ref().unwrap().owner, ana());
}

#[test]
fn closing_and_opening_again_asks_only_once() {
    let mut rig = plain();
    let asked = |rig: &Rig| rig.said().iter().filter(|text| text.contains("Reply 1 for yes")).count();
    rig.closes(3);
    assert_eq!(asked(&rig), 1);
    rig.says(4, send(2, "One more thing", None)).unwrap();
    assert_eq!(rig.kind(), Kind::Active);
    rig.closes(3);
    rig.rings();
    rig.says(2, ToConversation::Reopen { session: 1 }).unwrap();
    rig.note(Note::Waiting { session: rig.session_id(), epoch: Epoch(4), moved: None });
    rig.assigned(5, ana());
    rig.closes(5);
    assert_eq!((rig.kind(), asked(&rig)), (Kind::Closing, 1));
}

#[test]
fn a_digit_answers_where_there_are_no_buttons_and_anything_else_is_a_message() {
    let mut rig = plain();
    rig.closes(3);
    rig.says(4, send(2, " 1 ", None)).unwrap();
    assert_eq!((rig.kind(), rig.rated()), (Kind::Closing, Some((Score::Good, String::new()))));
    assert_eq!(rig.said().last(), Some(&"Thank you. We are glad that we could help."));
    rig.says(4, send(3, "1", None)).unwrap();
    assert_eq!(rig.kind(), Kind::Active, "it has been rated: now it is a message");

    let mut rig = plain();
    rig.closes(3);
    rig.says(4, send(2, "5", None)).unwrap();
    assert_eq!((rig.kind(), rig.rated()), (Kind::Active, None));
}

#[test]
fn a_digit_after_the_end_opens_no_session() {
    let mut rig = plain();
    rig.closes(3);
    rig.rings();
    assert_eq!(rig.kind(), Kind::Ended);
    rig.says(4, send(2, "0", None)).unwrap();
    assert_eq!((rig.kind(), rig.rated()), (Kind::Ended, Some((Score::Bad, String::new()))));
}

#[test]
fn a_rating_ends_the_closing_period_if_that_is_set() {
    for ends in [false, true] {
        let mut rig = Rig::active();
        let automatic = Automatic { rating_ends_closing: ends, ..quiet().automatic };
        rig.rules(2, Settings { automatic, ..quiet() });
        rig.closes(3);
        rig.says(1, rate(Score::Good, "")).unwrap();
        assert_eq!(rig.kind(), if ends { Kind::Ended } else { Kind::Closing });
    }
}

#[test]
fn a_former_session_may_still_be_rated() {
    let mut rig = ended();
    rig.writes(1, 2).unwrap();
    rig.says(1, rate(Score::Bad, "")).unwrap();
    assert_eq!(rig.rated(), Some((Score::Bad, String::new())));
}

#[test]
fn a_supervisor_rates_what_is_closed_and_operators_see_it() {
    let mut rig = ended();
    let review = |score| ToConversation::Review { session: 1, score, comment: "calm".into() };
    assert_eq!(rig.says(2, review(4)), Err(Reject(Code::Forbidden)), "not an operator");
    rig.opens(3, Who::Operator { face: ben(), role: Role::Supervisor });
    rig.says(3, hello(0)).unwrap();
    assert_eq!(rig.says(3, review(6)), Err(Reject(Code::NotRateable)));
    rig.says(3, review(4)).unwrap();
    let seen = |rig: &Rig, socket| match rig.shown(socket) {
        Some(SessionView::Ended { review, .. }) => review.clone(),
        _ => None,
    };
    assert_eq!(seen(&rig, 2).map(|review| (review.score, review.name)), Some((4, "Ben".into())));
    assert_eq!(seen(&rig, 1), None, "not for the visitor");
    rig.says(3, review(4)).unwrap();
    assert_eq!(rig.events().iter().filter(|event| matches!(event, Event::Reviewed { .. })).count(), 1);
}

#[test]
fn only_the_last_ratings_are_kept() {
    let mut rig = Rig::new();
    for n in 0..=u32::try_from(limits::RATINGS_MAX).unwrap() {
        rig.writes(1, 100 + n).unwrap();
        rig.offered(2, ana());
        rig.assigned(3, ana());
        rig.says(1, ToConversation::End {}).unwrap();
    }
    assert_eq!(rig.core.ratings().len(), limits::RATINGS_MAX);
    assert!(!rig.core.ratings().contains_key(&1));
}
