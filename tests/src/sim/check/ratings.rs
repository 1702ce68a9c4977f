//! Rule 8: a rating is stored at most once for a session, for its owner at the close, and changed only within its time.

use super::super::world::World;
use super::talk::{Step, Talk};
use shared::conversation::{Phase, Session};
use shared::rating::Rating;
use shared::settings::{Ratings, Scale};
use shared::time::Timestamp;
use shared::wire::{Body, Ending, Event, Score};

impl World {
    pub(super) fn check_ratings(&mut self, step: &Step<'_>, talk: &mut Talk, stored: Vec<(u32, Rating)>) {
        let events = step.entries.iter().filter(|stored| {
            matches!(stored.entry.body, Body::Event(Event::Rated { .. } | Event::Reviewed { .. }))
        });
        let events = events.count();
        let once = stored.len() <= 1 || step.before.as_ref().is_some_and(|before| before.is_open());
        self.check(once, "8: two sessions were rated at once", || step.name());
        let mut changes = 0;
        for (number, rating) in stored {
            let before = talk.ratings.get(&number).cloned().unwrap_or_default();
            self.check_close(step, number, &before, &rating);
            changes += usize::from(self.check_given(step, number, &before, &rating));
            changes += usize::from(self.check_review(step, &before, &rating));
            talk.ratings.insert(number, rating);
        }
        let told = events == changes;
        self.check(told, "8: a rating and the log disagree", || {
            format!("{}: {events} events, {changes} changes", step.name())
        });
        let most = shared::limits::RATINGS_MAX;
        while talk.ratings.len() > most {
            talk.ratings.pop_first();
        }
    }

    /// The request and the owner: set by a close, once given after one for good.
    fn check_close(&mut self, step: &Step<'_>, number: u32, before: &Rating, after: &Rating) {
        let closing = closes(step, number);
        let asked_once = before.asked_at.is_none() || before.asked_at == after.asked_at;
        self.check(asked_once, "6: a visitor was asked again", || step.name());
        let asked_now = before.asked_at != after.asked_at;
        let enabled = step.allowed(|settings| settings.ratings.enabled);
        self.check(
            !asked_now || (closing.is_some() && enabled && before.given.is_none()),
            "6: asked out of turn",
            || step.name(),
        );
        if before.close == after.close {
            return;
        }
        let settled = match (&before.close, &before.given) {
            (Some(close), Some(given)) => given.at >= close.at,
            _ => false,
        };
        self.check(!settled, "8: the owner of a rating that was given has changed", || {
            format!("{}: {:?} then {:?}", step.name(), before.close, after.close)
        });
        let owner = closing.and_then(Session::owner);
        let right =
            after.close.as_ref().is_some_and(|close| Some(&close.owner) == owner && close.at == step.now);
        self.check(right, "8: not the owner at the close is rated", || {
            format!("{}: {:?}, but it was {owner:?}", step.name(), after.close)
        });
    }

    /// The score: on the scale, and in time. Whether it has changed.
    fn check_given(&mut self, step: &Step<'_>, number: u32, before: &Rating, after: &Rating) -> bool {
        if before.given == after.given {
            return false;
        }
        self.ledger.count("ratings stored");
        let Some(given) = &after.given else {
            self.violated("8: a rating was taken back", || step.name());
            return false;
        };
        let during = step
            .before
            .as_deref()
            .is_some_and(|session| session.number == number && matches!(session.phase, Phase::Active { .. }));
        let fits =
            step.allowed(|settings| may_rate(&settings.ratings, before, given.score, step.now, during));
        self.check(fits, "8: rated out of time, or off the scale", || format!("{}: {given:?}", step.name()));
        let told = step.entries.iter().any(|stored| match &stored.entry.body {
            Body::Event(Event::Rated { score, comment }) => {
                *score == given.score && *comment == given.comment
            }
            _ => false,
        });
        self.check(told && given.at == step.now, "8: another rating is stored than was given", || {
            step.name()
        });
        let repeated = before
            .given
            .as_ref()
            .is_some_and(|old| (old.score, &old.comment) == (given.score, &given.comment));
        self.check(!repeated, "8: the same rating was stored again", || step.name());
        true
    }

    fn check_review(&mut self, step: &Step<'_>, before: &Rating, after: &Rating) -> bool {
        if before.review == after.review {
            return false;
        }
        let by = after.review.as_ref().map(|review| &review.by);
        let supervises = self.people.iter().any(|person| {
            Some(&person.id) == by.map(|face| &face.id) && person.role >= shared::api::Role::Supervisor
        });
        let fits = after.review.as_ref().is_some_and(|review| (1..=5).contains(&review.score));
        let closed = after.close.is_some();
        self.check(supervises && fits && closed, "8: a review that may not be", || {
            format!("{}: {:?}", step.name(), after.review)
        });
        true
    }
}

/// The session as it was before a close of it.
fn closes<'a>(step: &'a Step<'_>, number: u32) -> Option<&'a Session> {
    let closed = step.entries.iter().any(|stored| {
        matches!(
            &stored.entry.body,
            Body::Event(Event::Ended { by: Ending::Operator | Ending::Silence | Ending::Visitor })
        )
    });
    step.before.as_deref().filter(|before| closed && before.number == number)
}

fn may_rate(settings: &Ratings, before: &Rating, score: Score, now: Timestamp, during: bool) -> bool {
    let fits = match (settings.scale, score) {
        (Scale::Thumbs, Score::Good | Score::Bad) => true,
        (Scale::Stars, Score::Stars(count)) => (1..=5).contains(&count),
        (Scale::Thumbs | Scale::Stars, _) => false,
    };
    let in_time = match &before.close {
        _ if during => settings.during_session || before.asked_at.is_some(),
        Some(close) => settings.accepted_for.is_none_or(|period| now < close.at + period),
        None => false,
    };
    settings.enabled && fits && in_time
}
