//! The rating of one session: asked for at most once, changed within its time, and kept for whoever owned the session at its
//! close. A state machine of its own, since a session may close, resume and open again.

use crate::limits;
use crate::note::Face;
use crate::reject::{Code, Reject};
use crate::settings::{Ratings, Scale};
use crate::text;
use crate::time::Timestamp;
use crate::wire::{RatingView, ReviewView, Score};
use serde::{Deserialize, Serialize};

/// Later than any time that is told: for a rating without a limit of time.
const NEVER: Timestamp = Timestamp(8_640_000_000_000_000);

/// All that is known of the rating of one session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rating {
    /// When the visitor was asked; none if they never were.
    pub asked_at: Option<Timestamp>,
    /// The session's close; none while it goes on for the first time.
    pub close: Option<Close>,
    /// What the visitor said.
    pub given: Option<Given>,
    /// What a supervisor said.
    pub review: Option<Review>,
}

/// The close that a rating is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// When.
    pub at: Timestamp,
    /// Who owned the session: the one who is rated.
    pub owner: Face,
}

/// What a visitor said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The score.
    pub score: Score,
    /// What they added.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

/// What a supervisor said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// 1 to 5.
    pub score: u8,
    /// What they added.
    pub comment: String,
    /// Who.
    pub by: Face,
    /// When.
    pub at: Timestamp,
}

impl Rating {
    /// The session closes with `owner`. A rating that was given after a close stays with that close's owner.
    pub fn closes(&mut self, now: Timestamp, owner: Face) {
        let settled = match (&self.close, &self.given) {
            (Some(close), Some(given)) => given.at >= close.at,
            (None, _) | (_, None) => false,
        };
        if !settled {
            self.close = Some(Close { at: now, owner });
        }
    }

    /// Whether the visitor is to be asked now; at most once.
    pub fn asks(&mut self, now: Timestamp) -> bool {
        let asks = self.asked_at.is_none() && self.given.is_none();
        if asks {
            self.asked_at = Some(now);
        }
        asks
    }

    /// The visitor rates. Whether that changed anything. `open`: the session goes on.
    ///
    /// # Errors
    /// [`Code::NotRateable`] if it may not be rated (now, or on this scale), [`Code::TextTooLong`].
    pub fn gives(
        &mut self,
        now: Timestamp,
        score: Score,
        comment: &str,
        open: bool,
        settings: &Ratings,
    ) -> Result<bool, Reject> {
        let comment = comment.trim();
        if comment.chars().count() > limits::COMMENT_CHARS_MAX {
            return Err(Reject(Code::TextTooLong));
        }
        if !(settings.enabled && fits(score, settings.scale) && self.is_in_time(now, open, settings)) {
            return Err(Reject(Code::NotRateable));
        }
        let same = self.given.as_ref().is_some_and(|old| old.score == score && old.comment == comment);
        if !same {
            self.given = Some(Given { score, comment: comment.to_owned(), at: now });
        }
        Ok(!same)
    }

    /// A supervisor rates. Whether that changed anything.
    ///
    /// # Errors
    /// [`Code::NotRateable`] before the first close, or if `score` is not 1 to 5; [`Code::TextTooLong`].
    pub fn reviews(&mut self, now: Timestamp, score: u8, comment: &str, by: Face) -> Result<bool, Reject> {
        let comment = comment.trim();
        if comment.chars().count() > limits::COMMENT_CHARS_MAX {
            return Err(Reject(Code::TextTooLong));
        }
        if self.close.is_none() || !(1..=5).contains(&score) {
            return Err(Reject(Code::NotRateable));
        }
        let same = self.review.as_ref().is_some_and(|old| old.score == score && old.comment == comment);
        if !same {
            self.review = Some(Review { score, comment: comment.to_owned(), by, at: now });
        }
        Ok(!same)
    }

    fn is_in_time(&self, now: Timestamp, open: bool, settings: &Ratings) -> bool {
        if open {
            return settings.during_session || self.asked_at.is_some();
        }
        self.close.is_some() && now < self.until(settings)
    }

    fn until(&self, settings: &Ratings) -> Timestamp {
        match (&self.close, settings.accepted_for) {
            (Some(close), Some(period)) => close.at + period,
            (Some(_), None) => NEVER,
            // Rated while the session goes on: may be changed as long as it does.
            (None, _) => NEVER,
        }
    }

    /// What the visitor sees. `open`: the session has an owner and goes on.
    pub fn view(&self, now: Timestamp, open: bool, settings: &Ratings, locale: &str) -> RatingView {
        let scale = settings.scale;
        if !settings.enabled || !self.is_in_time(now, open, settings) {
            return RatingView::Off;
        }
        let own = |text: &crate::settings::LocalText| text.words(locale).map(str::to_owned);
        let until = self.until(settings);
        match &self.given {
            Some(given) => {
                let thanks = if given.score.is_good() { &settings.chat.good } else { &settings.chat.bad };
                RatingView::Given { score: given.score, until, scale, thanks: own(thanks) }
            }
            None if open => RatingView::Possible { scale },
            None if self.asked_at.is_some() => {
                RatingView::Asked { until, scale, text: own(&settings.chat.ask) }
            }
            None => RatingView::Off,
        }
    }

    /// What operators see of a supervisor's rating.
    pub fn review_view(&self) -> Option<ReviewView> {
        let Review { score, comment, by, .. } = self.review.clone()?;
        Some(ReviewView { score, comment, name: by.name })
    }

    /// The score that a message stands for, where the visitor was asked to answer with a digit and has not yet.
    pub fn digit(&self, message: &str, scale: Scale) -> Option<Score> {
        self.asked_at?;
        if self.given.is_some() {
            return None;
        }
        digit(message, scale)
    }
}

/// The score that a digit stands for: 1 and 0 for thumbs, 1 to 5 for stars. [`text::Default::RatingAsk`] says so.
fn digit(message: &str, scale: Scale) -> Option<Score> {
    match (scale, message.trim()) {
        (Scale::Thumbs, "1") => Some(Score::Good),
        (Scale::Thumbs, "0") => Some(Score::Bad),
        (Scale::Stars, "1") => Some(Score::Stars(1)),
        (Scale::Stars, "2") => Some(Score::Stars(2)),
        (Scale::Stars, "3") => Some(Score::Stars(3)),
        (Scale::Stars, "4") => Some(Score::Stars(4)),
        (Scale::Stars, "5") => Some(Score::Stars(5)),
        _ => None,
    }
}

fn fits(score: Score, scale: Scale) -> bool {
    match (score, scale) {
        (Score::Good | Score::Bad, Scale::Thumbs) => true,
        (Score::Stars(count), Scale::Stars) => (1..=5).contains(&count),
        (Score::Good | Score::Bad, Scale::Stars) | (Score::Stars(_), Scale::Thumbs) => false,
    }
}

/// The words that ask for a rating where there are no buttons.
pub fn request<'a>(settings: &'a Ratings, locale: &str) -> &'a str {
    let default = match settings.scale {
        Scale::Thumbs => text::Default::RatingAskThumbs,
        Scale::Stars => text::Default::RatingAskStars,
    };
    text::or_default(&settings.connectors.ask, default, locale)
}

/// The words of thanks where there are no buttons.
pub fn thanks<'a>(settings: &'a Ratings, score: Score, locale: &str) -> &'a str {
    if score.is_good() {
        text::or_default(&settings.connectors.good, text::Default::ThanksGood, locale)
    } else {
        text::or_default(&settings.connectors.bad, text::Default::ThanksBad, locale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Millis;

    const T0: Timestamp = Timestamp(1_000_000);

    fn face(name: &str) -> Face {
        Face { id: "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap(), name: name.to_owned() }
    }

    fn closed() -> Rating {
        let mut rating = Rating::default();
        rating.closes(T0, face("Ana"));
        rating
    }

    #[test]
    fn a_visitor_is_asked_once_whatever_closes_and_opens_again() {
        let mut rating = closed();
        assert!(rating.asks(T0));
        rating.closes(T0 + Millis::hours(1), face("Bo"));
        assert!(!rating.asks(T0 + Millis::hours(1)));
        assert_eq!(rating.close.unwrap().owner.name, "Bo");
    }

    #[test]
    fn who_has_rated_already_is_not_asked() {
        let (mut rating, settings) = (Rating::default(), Ratings::default());
        assert_eq!(rating.gives(T0, Score::Good, "", true, &settings), Ok(true));
        rating.closes(T0 + Millis(1), face("Ana"));
        assert!(!rating.asks(T0 + Millis(1)));
        assert_eq!(rating.close.unwrap().owner.name, "Ana");
    }

    #[test]
    fn a_rating_stays_with_the_owner_at_the_close() {
        let (mut rating, settings) = (closed(), Ratings::default());
        rating.asks(T0);
        rating.gives(T0 + Millis(1), Score::Bad, "", false, &settings).unwrap();
        rating.closes(T0 + Millis::hours(2), face("Bo"));
        assert_eq!(rating.close.as_ref().unwrap().owner.name, "Ana");
        assert_eq!(rating.gives(T0 + Millis::hours(3), Score::Good, "", false, &settings), Ok(true));
    }

    #[test]
    fn the_same_again_changes_nothing_and_another_score_does() {
        let (mut rating, settings) = (closed(), Ratings::default());
        let mut give = |score, comment| rating.gives(T0 + Millis(1), score, comment, false, &settings);
        assert_eq!(give(Score::Good, ""), Ok(true));
        assert_eq!(give(Score::Good, " "), Ok(false));
        assert_eq!(give(Score::Good, "quick"), Ok(true));
        assert_eq!(give(Score::Bad, "quick"), Ok(true));
    }

    #[test]
    fn a_rating_has_its_time_and_its_scale() {
        let (mut rating, mut settings) = (closed(), Ratings::default());
        let late = T0 + Millis::days(7);
        let refused = Err(Reject(Code::NotRateable));
        assert_eq!(rating.gives(late, Score::Good, "", false, &settings), refused);
        assert_eq!(rating.gives(T0, Score::Stars(5), "", false, &settings), refused);
        settings.accepted_for = None;
        assert_eq!(rating.gives(late, Score::Good, "", false, &settings), Ok(true));
        settings.scale = Scale::Stars;
        assert_eq!(rating.gives(late, Score::Stars(6), "", false, &settings), refused);
        assert_eq!(rating.gives(late, Score::Stars(1), "", false, &settings), Ok(true));
        settings.enabled = false;
        assert_eq!(rating.gives(late, Score::Stars(1), "", false, &settings), refused);
    }

    #[test]
    fn during_the_session_is_a_setting() {
        let (mut rating, mut settings) = (Rating::default(), Ratings::default());
        settings.during_session = false;
        assert_eq!(rating.gives(T0, Score::Good, "", true, &settings), Err(Reject(Code::NotRateable)));
        assert_eq!(rating.view(T0, true, &settings, "en"), RatingView::Off);
        settings.during_session = true;
        assert_eq!(rating.view(T0, true, &settings, "en"), RatingView::Possible { scale: Scale::Thumbs });
        // Before the first close nobody owned it for good, so without a session there is nothing to rate.
        assert_eq!(rating.view(T0, false, &settings, "en"), RatingView::Off);
    }

    #[test]
    fn a_digit_counts_once_and_only_after_the_request() {
        let (mut rating, settings) = (closed(), Ratings::default());
        assert_eq!(rating.digit("1", Scale::Thumbs), None);
        rating.asks(T0);
        assert_eq!(rating.digit(" 1 ", Scale::Thumbs), Some(Score::Good));
        assert_eq!(rating.digit("0", Scale::Thumbs), Some(Score::Bad));
        for other in ["2", "1!", "one", "10", ""] {
            assert_eq!(rating.digit(other, Scale::Thumbs), None, "{other}");
        }
        for stars in 1..=5 {
            assert_eq!(rating.digit(&stars.to_string(), Scale::Stars), Some(Score::Stars(stars)));
        }
        for other in ["0", "6"] {
            assert_eq!(rating.digit(other, Scale::Stars), None);
        }
        rating.gives(T0, Score::Good, "", false, &settings).unwrap();
        assert_eq!(rating.digit("1", Scale::Thumbs), None);
    }

    #[test]
    fn comments_have_a_limit_for_visitors_and_for_supervisors() {
        let (mut rating, settings) = (closed(), Ratings::default());
        let (most, more) = ("é".repeat(limits::COMMENT_CHARS_MAX), "é".repeat(limits::COMMENT_CHARS_MAX + 1));
        let refused = Err(Reject(Code::TextTooLong));
        assert_eq!(rating.gives(T0, Score::Good, &more, false, &settings), refused);
        assert_eq!(rating.gives(T0, Score::Good, &most, false, &settings), Ok(true));
        assert_eq!(rating.reviews(T0, 3, &more, face("Sup")), refused);
        assert_eq!(rating.reviews(T0, 3, &most, face("Sup")), Ok(true));
    }

    #[test]
    fn what_was_closed_without_a_request_shows_nothing_to_rate() {
        let (mut rating, settings) = (closed(), Ratings::default());
        assert_eq!(rating.view(T0, false, &settings, "en"), RatingView::Off);
        rating.asks(T0);
        assert!(matches!(rating.view(T0, false, &settings, "en"), RatingView::Asked { .. }));
    }

    #[test]
    fn a_supervisor_rates_what_is_closed() {
        let mut rating = Rating::default();
        assert!(rating.reviews(T0, 3, "", face("Sup")).is_err());
        rating.closes(T0, face("Ana"));
        assert!(rating.reviews(T0, 0, "", face("Sup")).is_err());
        assert_eq!(rating.reviews(T0, 4, "calm", face("Sup")), Ok(true));
        assert_eq!(rating.reviews(T0, 4, " calm ", face("Sup")), Ok(false));
        assert_eq!(rating.reviews(T0, 5, "calm", face("Sup")), Ok(true));
        assert_eq!(rating.reviews(T0, 5, "quick", face("Sup")), Ok(true));
        assert_eq!(rating.review_view().unwrap().name, "Sup");
    }
}
