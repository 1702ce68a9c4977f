//! The desk as it ships, behind the trait that it shares with the plain scan.

use super::clock::Stopwatch;
use super::router::{Event, Operator, Router, Said, Session};
use crate::random::Random;
use shared::core::{Core, Effect, Input};
use shared::desk::{Desk, Own, Versioned};
use shared::id::{ChannelId, ConversationId, Epoch, OperatorId, SessionId};
use shared::note::{Address, Arrival, Face, Note, Standing, Topic};
use shared::settings::{Queue, Settings};
use shared::time::Timestamp;
use shared::wire::Target;
use std::hint::black_box;
use std::time::Duration;

/// Room for all benches, so that it does not grow where memory is counted.
const EPOCHS: usize = 1 << 21;

/// A desk, and what its sessions and operators are called.
pub(super) struct Real {
    pub(super) desk: Desk,
    faces: Vec<Face>,
    epochs: Vec<Epoch>,
}

impl Real {
    /// A desk with this many members, of whom nobody is there yet.
    pub(super) fn new(operators: Operator, queue: &Queue) -> Self {
        let faces: Vec<Face> = (0..operators).map(face).collect();
        let members = faces.iter().map(|face| face.id.clone()).collect();
        let settings = Settings { queue: Queue { members, ..queue.clone() }, ..Settings::default() };
        let channel: ChannelId = "shop".parse().expect("a channel id");
        let mut real = Self { desk: Desk::restore(channel, []), faces, epochs: Vec::with_capacity(EPOCHS) };
        let begin = Own::Begin { settings: Versioned { version: 1, settings }, people: real.faces.clone() };
        real.handle(Timestamp(0), Input::Own(begin), &mut Vec::new());
        real
    }

    /// Hands one input to the core, as a shell does: all effects are taken out and the next timer is asked for.
    pub(super) fn handle(&mut self, now: Timestamp, input: Input<Desk>, said: &mut Vec<Said>) -> Duration {
        let watch = Stopwatch::start();
        // What is refused has no effects.
        let _ = black_box(self.desk.handle(now, input));
        while let Some(effect) = self.desk.poll_effect() {
            if let Some((word, epoch)) = heard(&effect) {
                self.note_epoch(word, epoch);
                said.push(word);
            }
            black_box(&effect);
        }
        black_box(self.desk.poll_timeout());
        watch.stop()
    }

    fn note_epoch(&mut self, word: Said, epoch: Epoch) {
        let (Said::Waits(session) | Said::Offered(session, _) | Said::Owned(session, _)) = word else {
            return;
        };
        let at = session as usize;
        if self.epochs.len() <= at {
            self.epochs.resize(at + 1, Epoch(0));
        }
        self.epochs[at] = epoch;
    }

    pub(super) fn face(&self, operator: Operator) -> Face {
        self.faces[operator as usize].clone()
    }

    fn input(&self, now: Timestamp, event: Event) -> Input<Desk> {
        let of_session = |session: Session, note: Note| {
            let id = session_id(session);
            let (from, topic) = (Address::Conversation(id.conversation.clone()), Topic::of(&id, 0));
            Input::Note { from, topic, note }
        };
        let of_operator = |operator: Operator, note: Note| {
            let from = Address::Operator(self.face(operator).id);
            Input::Note { from, topic: Topic::Standing, note }
        };
        let id = session_id;
        let epoch = |session: Session| self.epochs.get(session as usize).copied().unwrap_or_default();
        match event {
            Event::Arrives(n) => of_session(n, Note::Arrived(Box::new(arrival(n, now)))),
            Event::Accepts(n, o) => {
                let operator = self.face(o).id;
                of_operator(o, Note::Accept { session: id(n), epoch: epoch(n), operator })
            }
            Event::Skips(n, o) => {
                let operator = self.face(o).id;
                of_operator(o, Note::Skip { session: id(n), epoch: epoch(n), operator })
            }
            Event::Transfers { session: n, by, to } => {
                let (by, to) = (self.face(by), Target::Operator(self.face(to).id));
                of_session(n, Note::Transfer { session: id(n), epoch: epoch(n), by, to })
            }
            Event::Closes(n) => {
                let standing = Standing::Closing;
                of_session(n, Note::Standing { session: id(n), epoch: epoch(n), standing })
            }
            Event::Ends(n) => of_session(n, Note::Ended { session: id(n), missed: false }),
            Event::Leaves(n) => of_session(n, Note::Ended { session: id(n), missed: true }),
            Event::Abandons(n) => of_session(n, Note::Abandoned { session: id(n), epoch: epoch(n) }),
            Event::Presence { operator, online, available } => {
                let face = self.face(operator);
                of_operator(operator, Note::Presence { operator: face, online, available })
            }
            Event::Rings => Input::Timeout,
        }
    }
}

impl Router for Real {
    fn take(&mut self, now: Timestamp, event: Event, said: &mut Vec<Said>) -> Duration {
        let input = self.input(now, event);
        self.handle(now, input, said)
    }

    fn next_timer(&self) -> Option<Timestamp> {
        self.desk.poll_timeout()
    }
}

fn arrival(session: Session, now: Timestamp) -> Arrival {
    Arrival {
        session: session_id(session),
        run: 0,
        since: now,
        epoch: Epoch(0),
        settings: 1,
        responsible: None,
        claim: None,
    }
}

/// What the desk says that the benches listen to.
fn heard(effect: &Effect<Desk>) -> Option<(Said, Epoch)> {
    let Effect::Tell { to: receiver, note, .. } = effect else { return None };
    match note {
        Note::Waiting { session, epoch, .. } => Some((Said::Waits(number(session)), *epoch)),
        Note::Offered { session, epoch, to, .. } => {
            Some((Said::Offered(number(session), place(&to.id)), *epoch))
        }
        Note::Assigned { session, epoch, owner, .. } => {
            Some((Said::Owned(number(session), place(&owner.id)), *epoch))
        }
        Note::Away { session, epoch, away: true } => Some((Said::Away(number(session)), *epoch)),
        Note::Refused { session, .. } => Some((Said::Refused(number(session)), Epoch(0))),
        Note::Break { .. } => match receiver {
            Address::Operator(id) => Some((Said::Break(place(id)), Epoch(0))),
            _ => None,
        },
        _ => None,
    }
}

/// The session's id: as in life its conversation's is a hash, so neighbours in the line are far apart in every index.
pub(super) fn session_id(session: Session) -> SessionId {
    let mut chance = Random::new(session.into());
    let words = std::array::from_fn::<_, 4, _>(|_| format!("{:016x}", chance.next()));
    let conversation: ConversationId = words.concat().parse().expect("64 hexadecimal digits");
    SessionId { conversation, number: session + 1 }
}

/// How the session's id compares with others that arrived in the same millisecond.
pub(super) const fn order(session: Session) -> u64 {
    Random::new(session as u64).next()
}

const fn number(session: &SessionId) -> Session {
    session.number - 1
}

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// An operator whose id is a ULID and ends with their place.
fn face(operator: Operator) -> Face {
    let mut chance = Random::new(u64::from(operator) ^ 0x0b5e_55ed);
    let random: String = (0..20).map(|_| char::from(DIGITS[chance.below(32) as usize])).collect();
    let id: OperatorId = format!("01{random}{operator:04}").parse().expect("a ULID");
    Face { id, name: format!("Camille Moreau {operator}") }
}

fn place(id: &OperatorId) -> Operator {
    id.as_str().get(22..).and_then(|digits| digits.parse().ok()).unwrap_or_default()
}
