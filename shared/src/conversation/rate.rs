//! Ratings of the last sessions: asked for, given, changed, and given by supervisors.

use super::{Conversation, Phase, Record};
use crate::limits;
use crate::note::Face;
use crate::rating::{self, Rating};
use crate::reject::{Code, Reject};
use crate::settings::Ratings;
use crate::time::Timestamp;
use crate::wire::{Author, Body, Event, Score};

impl Conversation {
    fn rating_settings(&self) -> Result<Ratings, Reject> {
        self.settings().map(|settings| settings.ratings.clone())
    }

    pub(super) fn is_plain(&self) -> bool {
        self.head.as_ref().is_some_and(|head| head.plain)
    }

    /// The session closes: whoever owned it is rated, and the visitor is asked, once.
    pub(super) fn ask_for_rating(&mut self, now: Timestamp, owner: &Face) {
        let Some(number) = self.session.as_ref().map(|session| session.number) else { return };
        let Ok(settings) = self.rating_settings() else { return };
        let rating = self.ratings.entry(number).or_default();
        rating.closes(now, owner.clone());
        let asks = settings.enabled && rating.asks(now);
        self.store_rating(number);
        if asks && self.is_plain() {
            let text = self.fill(now, rating::request(&settings, &self.locale()));
            self.append(now, None, Author::Channel, Body::text(text));
        }
    }

    fn store_rating(&mut self, number: u32) {
        let stored = self.ratings.get(&number).cloned();
        self.persist(Record::Rating(number, stored));
        while self.ratings.len() > limits::RATINGS_MAX
            && let Some((oldest, _)) = self.ratings.pop_first()
        {
            self.persist(Record::Rating(oldest, None));
        }
    }

    /// Whether the session has an owner and goes on, so that a rating comes during it.
    fn is_during(&self, number: u32) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.number == number && matches!(session.phase, Phase::Active { .. }))
    }

    /// The visitor rates a session, or changes the rating.
    pub(super) fn rate(
        &mut self,
        now: Timestamp,
        number: u32,
        score: Score,
        comment: &str,
    ) -> Result<(), Reject> {
        let settings = self.rating_settings()?;
        let during = self.is_during(number);
        let fresh = Rating::default();
        let mut rating = match self.ratings.get(&number) {
            Some(rating) => rating.clone(),
            None if during => fresh,
            None => return Err(Reject(Code::NotRateable)),
        };
        if rating.gives(now, score, comment, during, &settings)? {
            self.ratings.insert(number, rating);
            self.store_rating(number);
            let event = Event::Rated { score, comment: comment.trim().to_owned() };
            self.append(now, None, Author::Visitor, Body::Event(event));
            let ends = self.settings().is_ok_and(|settings| settings.automatic.rating_ends_closing);
            if ends && self.session.as_ref().is_some_and(|session| session.number == number) {
                self.finish(now);
            }
        }
        self.changes.view = true;
        Ok(())
    }

    /// The score that a message stands for, where a request without buttons waits for a digit.
    pub(super) fn score_of(&self, now: Timestamp, message: &str) -> Option<(u32, Score)> {
        if !self.is_plain() {
            return None;
        }
        let session = self.session.as_ref().filter(|session| !session.goes_on())?;
        let settings = self.settings().ok()?;
        let rating = self.ratings.get(&session.number)?;
        let score = rating.digit(message, settings.ratings.scale)?;
        let accepted = rating.clone().gives(now, score, "", false, &settings.ratings).is_ok();
        accepted.then_some((session.number, score))
    }

    /// Thanks, where there are no buttons to say it with.
    pub(super) fn thank(&mut self, now: Timestamp, score: Score) {
        let Ok(settings) = self.rating_settings() else { return };
        let text = self.fill(now, rating::thanks(&settings, score, &self.locale()));
        self.append(now, None, Author::Channel, Body::text(text));
    }

    /// A supervisor rates a session, or changes the rating.
    pub(super) fn review(
        &mut self,
        now: Timestamp,
        by: &Face,
        number: u32,
        score: u8,
        comment: &str,
    ) -> Result<(), Reject> {
        let rating = self.ratings.get_mut(&number).ok_or(Reject(Code::NotRateable))?;
        if rating.reviews(now, score, comment, by.clone())? {
            self.store_rating(number);
            let event = Event::Reviewed { score, comment: comment.trim().to_owned(), name: by.name.clone() };
            self.append(now, None, Author::Channel, Body::Event(event));
            self.changes.view = true;
        }
        Ok(())
    }
}
