//! A channel at work, with either router: operators who have sessions, and perhaps a line.

use super::plain::Plain;
use super::real::Real;
use super::router::{Event, Operator, Router, Said, Session, take};
use crate::random::Random;
use shared::desk::TOLD_EVERY;
use shared::settings::Queue;
use shared::time::{Millis, Timestamp};
use std::time::Duration;

/// A channel at work.
pub(super) struct Shop<R> {
    pub(super) router: R,
    now: Timestamp,
    limit: Millis,
    owned: Vec<Session>,
    next: Session,
    chance: Random,
}

/// How large a channel is.
#[derive(Clone, Debug)]
pub(super) struct Size {
    pub(super) operators: Operator,
    /// How many sessions each operator has.
    pub(super) held: u32,
    pub(super) waiting: Session,
    pub(super) queue: Queue,
}

/// How long the decisions of one turn took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    pub(super) ends: Duration,
    pub(super) accepts: Duration,
    pub(super) arrives: Duration,
}

/// Thousands of sessions come and go in an hour: one event each 40 ms.
const STEP: Millis = Millis(40);

impl Shop<Real> {
    pub(super) fn desk(size: &Size) -> Self {
        let mut shop = Self::at_work(Real::new(size.operators, &size.queue), size);
        for _ in 0..size.waiting {
            shop.wait();
        }
        shop
    }

    /// A session joins the line.
    pub(super) fn wait(&mut self) {
        let session = self.number();
        self.quiet(Event::Arrives(session));
    }
}

impl Shop<Plain> {
    pub(super) fn plain(size: &Size) -> Self {
        let mut shop = Self::at_work(Plain::new(size.operators, &size.queue), size);
        for _ in 0..size.waiting {
            let session = shop.number();
            shop.now = shop.now + STEP;
            shop.router.queue(shop.now, session);
        }
        shop
    }
}

impl<R: Router> Shop<R> {
    fn at_work(router: R, size: &Size) -> Self {
        let now = Timestamp(1_700_000_000_000);
        let limit = size.queue.response_limit;
        let mut shop = Self { router, now, limit, owned: Vec::new(), next: 0, chance: Random::new(1) };
        for operator in 0..size.operators {
            shop.quiet(Event::Presence { operator, online: true, available: true });
        }
        for _ in 0..size.operators * size.held {
            shop.serve();
        }
        shop
    }

    const fn number(&mut self) -> Session {
        self.next += 1;
        self.next - 1
    }

    /// The session that came last.
    pub(super) const fn last(&self) -> Option<Session> {
        self.next.checked_sub(1)
    }

    fn quiet(&mut self, event: Event) -> (Vec<Said>, Duration) {
        self.now = self.now + STEP;
        take(&mut self.router, self.now, event)
    }

    fn accept(&mut self, said: &[Said]) -> Duration {
        let offered = said.iter().find_map(|word| match word {
            Said::Offered(session, operator) => Some((*session, *operator)),
            _ => None,
        });
        let (session, operator) = offered.expect("an offer");
        let (said, spent) = self.quiet(Event::Accepts(session, operator));
        assert_eq!(said, [Said::Owned(session, operator)]);
        self.owned.push(session);
        spent
    }

    fn end_one(&mut self) -> (Vec<Said>, Duration) {
        let at = self.chance.below(self.owned.len() as u64) as usize;
        let session = self.owned.swap_remove(at);
        self.quiet(Event::Ends(session))
    }

    /// A session arrives, is offered to somebody who is free, and accepted.
    fn serve(&mut self) -> Spent {
        let session = self.number();
        let (said, arrives) = self.quiet(Event::Arrives(session));
        let accepts = self.accept(&said);
        Spent { arrives, accepts, ends: Duration::ZERO }
    }

    /// Where some are free: a session arrives and is accepted, another ends.
    pub(super) fn calm_turn(&mut self) -> Spent {
        let spent = self.serve();
        let (said, ends) = self.end_one();
        assert_eq!(said, []);
        Spent { ends, ..spent }
    }

    /// Where all are full: a session ends, the oldest of those who wait is offered and accepted, and another arrives.
    pub(super) fn busy_turn(&mut self) -> Spent {
        let (said, ends) = self.end_one();
        let accepts = self.accept(&said);
        let session = self.number();
        let (said, arrives) = self.quiet(Event::Arrives(session));
        assert_eq!(said, [Said::Waits(session)]);
        Spent { ends, accepts, arrives }
    }

    /// Eighty are served, and it is time to tell those who wait of their places.
    pub(super) fn telling_turn(&mut self) -> Duration {
        let last = self.now;
        for _ in 0..80 {
            self.busy_turn();
        }
        self.now = self.now.max(last + TOLD_EVERY);
        self.quiet(Event::Rings).1
    }

    /// Where all are full: an offer passes. Its session goes back to the line, and the operator is offered the next one.
    pub(super) fn passing_turn(&mut self) -> Duration {
        self.end_one();
        let until = self.now + self.limit;
        // Whatever else was due by then is not what is measured.
        take(&mut self.router, until - Millis(1), Event::Rings);
        self.now = until;
        let (said, spent) = take(&mut self.router, until, Event::Rings);
        assert!(matches!(said[..], [Said::Waits(_), Said::Offered(..)]), "{said:?}");
        self.accept(&said);
        spent
    }
}
