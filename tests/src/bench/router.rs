//! What the desk and the plain scan have in common: what happens to them, and what they say.

use shared::time::Timestamp;
use std::time::Duration;

/// A session, by its number.
pub(super) type Session = u32;
/// An operator, by their place in the queue.
pub(super) type Operator = u32;

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// A session arrives.
    Arrives(Session),
    /// An operator takes what they are offered.
    Accepts(Session, Operator),
    /// An operator passes an offer on.
    Skips(Session, Operator),
    /// The owner hands a session over.
    Transfers { session: Session, by: Operator, to: Operator },
    /// A session is closed, and may be resumed for a while: it counts no more.
    Closes(Session),
    /// A session is over.
    Ends(Session),
    /// A visitor gives up before anybody has accepted.
    Leaves(Session),
    /// A visitor waits for an owner who has been offline for too long.
    Abandons(Session),
    /// An operator comes, goes, begins or ends a break.
    Presence { operator: Operator, online: bool, available: bool },
    /// A timer rings.
    Rings,
}

/// What is said about a session or an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// The session waits in line.
    Waits(Session),
    /// The session is offered.
    Offered(Session, Operator),
    /// The session has an owner.
    Owned(Session, Operator),
    /// The owner has been offline for too long.
    Away(Session),
    /// A wish was refused.
    Refused(Session),
    /// The operator has let too many offers pass.
    Break(Operator),
}

/// Something that places sessions with operators.
pub(super) trait Router {
    /// Takes in what happened and says what follows. The time is that of the decision alone: all that follows is worked
    /// out, and so is the next timer.
    fn take(&mut self, now: Timestamp, event: Event, said: &mut Vec<Said>) -> Duration;

    /// When the next timer rings.
    fn next_timer(&self) -> Option<Timestamp>;
}

/// One event: what was said, and how long the decision took.
pub(super) fn take(router: &mut impl Router, now: Timestamp, event: Event) -> (Vec<Said>, Duration) {
    let mut said = Vec::new();
    let spent = router.take(now, event, &mut said);
    (said, spent)
}
