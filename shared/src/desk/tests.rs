use super::*;
use crate::id::{ConversationId, Epoch};
use crate::note::{Face, Moved};
use crate::time::Millis;
use crate::wire::MoveReason;

mod offers;
mod placing;
mod reference;
mod settings;

const T0: Timestamp = Timestamp(1_000_000);
const LIMIT: Millis = Millis::minutes(3);

fn operator(n: u8) -> OperatorId {
    format!("01ARZ3NDEKTSV4RRFFQ69G5F{n:02}").parse().unwrap()
}

fn session(n: u32) -> SessionId {
    let conversation: ConversationId = format!("{n:064x}").parse().unwrap();
    SessionId { conversation, number: 1 }
}

fn versioned(version: u64, members: &[u8], sessions_at_once: u32) -> Versioned {
    let members = members.iter().map(|n| operator(*n)).collect();
    Versioned { version, settings: Settings { members, sessions_at_once, ..Settings::default() } }
}

/// A desk, and what it ordered in its last turn.
struct Rig {
    desk: Desk,
    effects: Vec<Effect<Desk>>,
}

impl Rig {
    /// With these members online and available.
    fn new(members: &[u8], sessions_at_once: u32) -> Self {
        let desk = Desk::restore("demo".parse().unwrap(), []);
        let mut rig = Self { desk, effects: Vec::new() };
        rig.own(T0, Own::Begin(versioned(1, members, sessions_at_once))).unwrap();
        for member in members {
            rig.presence(T0, *member, true, true);
        }
        rig
    }

    fn input(&mut self, now: Timestamp, input: Input<Desk>) -> Result<(), Reject> {
        let done = self.desk.handle(now, input);
        self.effects = std::iter::from_fn(|| self.desk.poll_effect()).collect();
        done
    }

    fn own(&mut self, now: Timestamp, own: Own) -> Result<(), Reject> {
        self.input(now, Input::Own(own))
    }

    fn note(&mut self, now: Timestamp, note: Note) {
        self.input(now, Input::Note { from: Address::Operator(operator(99)), note }).unwrap();
    }

    fn arrives(&mut self, now: Timestamp, n: u32) {
        self.note(now, Note::Arrived { session: session(n), since: now, settings: 1 });
    }

    fn presence(&mut self, now: Timestamp, n: u8, online: bool, available: bool) {
        let face = Face { id: operator(n), name: format!("Op{n}") };
        self.note(now, Note::Presence { operator: face, online, available });
    }

    fn accepts(&mut self, now: Timestamp, n: u8, of: u32, epoch: u64) {
        self.note(now, Note::Accept { session: session(of), epoch: Epoch(epoch), operator: operator(n) });
    }

    fn skips(&mut self, now: Timestamp, n: u8, of: u32, epoch: u64) {
        self.note(now, Note::Skip { session: session(of), epoch: Epoch(epoch), operator: operator(n) });
    }

    fn row(&self, n: u32) -> &SessionRow {
        self.desk.session(&session(n)).unwrap()
    }

    fn epoch(&self, n: u32) -> u64 {
        self.row(n).epoch.0
    }

    /// To whom the session is offered.
    fn offered(&self, n: u32) -> Option<u8> {
        match &self.row(n).place {
            Place::Offered { to, .. } => number(to),
            Place::Line { .. } | Place::Owned { .. } => None,
        }
    }

    fn owner(&self, n: u32) -> Option<u8> {
        match &self.row(n).place {
            Place::Owned { owner } => number(owner),
            Place::Line { .. } | Place::Offered { .. } => None,
        }
    }

    fn waits(&self, n: u32) -> bool {
        matches!(self.row(n).place, Place::Line { .. })
    }

    fn refusals(&self) -> usize {
        let refused = |effect: &&Effect<Desk>| {
            matches!(effect, Effect::Tell { note: Note::Refused { code: Code::OfferGone, .. }, .. })
        };
        self.effects.iter().filter(refused).count()
    }

    /// Why and from whom the session moved on in the last turn.
    fn moved(&self) -> Option<(MoveReason, u8)> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Tell { note: Note::Waiting { moved: Some(Moved { from, reason }), .. }, .. } => {
                Some((*reason, number(from)?))
            }
            _ => None,
        })
    }

    fn rings(&mut self) -> Timestamp {
        let at = self.desk.poll_timeout().unwrap();
        self.input(at, Input::Timeout).unwrap();
        at
    }
}

fn number(face: &Face) -> Option<u8> {
    face.name.strip_prefix("Op")?.parse().ok()
}
