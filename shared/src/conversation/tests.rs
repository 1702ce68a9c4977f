use super::*;
use crate::core::Effect;
use crate::hours::{Hours, Interval, Open};
use crate::id::{Epoch, SessionId};
use crate::note::{Address, Moved, Note, Standing, Topic};
use crate::settings::{
    Automatic, CountsUntil, Greeting, LocalText, NoAnswer, NoAnswerAction, OffHoursAction, Queue, Ratings,
    Reminder, WorkingHours,
};
use crate::time::Millis;
use crate::why::{Excluded, Rule, Why};
use crate::wire::{
    Author, Contact, Ending, Event, FormView, MoveReason, RatingView, RowState, Score, SessionView, Target,
};

mod automatic;
mod colleagues;
mod corners;
mod ends;
mod files;
mod forms;
mod identity;
mod missed;
mod names;
mod ratings;
mod routing;
mod runs;
mod sockets;
mod waiting;

const T0: Timestamp = Timestamp(1_000_000);

fn ana() -> Face {
    Face { id: "01ARZ3NDEKTSV4RRFFQ69G5FA1".parse().unwrap(), name: "Ana".into() }
}

fn ben() -> Face {
    Face { id: "01ARZ3NDEKTSV4RRFFQ69G5FA2".parse().unwrap(), name: "Ben".into() }
}

fn message(n: u32) -> MessageId {
    format!("01ARZ3NDEKTSV4RRFFQ69{n:05}").parse().unwrap()
}

fn words(text: &str) -> LocalText {
    LocalText([("en".into(), text.into())].into())
}

/// Settings under which the channel says nothing by itself.
fn quiet() -> Settings {
    Settings {
        automatic: Automatic { greeting: Greeting::Off, ..Automatic::default() },
        no_answer: NoAnswer { action: NoAnswerAction::Nothing, ..NoAnswer::default() },
        ..Settings::default()
    }
}

/// Why a session is before everybody's eyes.
fn shown_to_everyone() -> Why {
    let excluded = Excluded::default();
    Why { at: T0, rule: Rule::Everyone, winner: None, next: Vec::new(), excluded }
}

/// A conversation and what it ordered in its last turn. Socket 1 is the visitor's; Ana's is 2, Ben's 3.
struct Rig {
    core: Conversation,
    effects: Vec<Effect<Conversation>>,
    records: BTreeMap<String, Record>,
}

impl Rig {
    fn with(settings: Settings) -> Self {
        let core = Conversation::restore("ab".repeat(32).parse().unwrap(), 1, []);
        let mut rig = Self { core, effects: Vec::new(), records: BTreeMap::new() };
        rig.rules(1, settings);
        rig.opens(1, Who::Visitor);
        rig.says(1, hello(0)).unwrap();
        rig
    }

    fn new() -> Self {
        Self::with(quiet())
    }

    /// The visitor has written, and Ana owns the session in epoch 3.
    fn active() -> Self {
        let mut rig = Self::new();
        rig.writes(1, 1).unwrap();
        rig.offered(2, ana());
        rig.reads(2, ana());
        rig.assigned(3, ana());
        rig
    }

    fn input(&mut self, now: Timestamp, input: Input<Conversation>) -> Result<(), Reject> {
        use crate::core::Record as _;
        let done = self.core.handle(now, input);
        self.effects = std::iter::from_fn(|| self.core.poll_effect()).collect();
        for effect in &self.effects {
            if let Effect::Persist(record) = effect {
                self.records.insert(record.key(), record.clone());
            }
        }
        done
    }

    fn rules(&mut self, version: u64, settings: Settings) {
        let channel = "demo".parse().unwrap();
        let own = Own::Rules { channel, version, settings: Box::new(settings) };
        self.input(T0, Input::Own(own)).unwrap();
    }

    fn opens(&mut self, socket: u64, who: Who) {
        self.input(T0, Input::Connected { socket: Socket(socket), who, resumed: false }).unwrap();
    }

    fn reads(&mut self, socket: u64, face: Face) {
        self.opens(socket, Who::Operator { face, role: Role::Operator });
        self.says(socket, hello(0)).unwrap();
    }

    fn says(&mut self, socket: u64, frame: ToConversation) -> Result<(), Reject> {
        self.says_at(T0, socket, frame)
    }

    fn says_at(&mut self, now: Timestamp, socket: u64, frame: ToConversation) -> Result<(), Reject> {
        self.input(now, Input::Frame { socket: Socket(socket), frame })
    }

    fn writes(&mut self, socket: u64, n: u32) -> Result<(), Reject> {
        self.says(socket, send(n, "Hello", None))
    }

    fn replies(&mut self, socket: u64, n: u32, epoch: u64) -> Result<(), Reject> {
        self.says(socket, send(n, "Hi", Some(epoch)))
    }

    fn note(&mut self, note: Note) {
        self.note_at(T0, note);
    }

    /// A word of the desk in the session's present topic.
    fn note_at(&mut self, now: Timestamp, note: Note) {
        let run = self.core.session().map_or(0, |session| session.run);
        self.note_in(now, Topic::of(&self.session_id(), run), note);
    }

    fn note_in(&mut self, now: Timestamp, topic: Topic, note: Note) {
        let from = Address::Desk("demo".parse().unwrap());
        self.input(now, Input::Note { from, topic, note }).unwrap();
    }

    fn rings(&mut self) -> Timestamp {
        let at = self.core.poll_timeout().unwrap();
        self.input(at, Input::Timeout).unwrap();
        at
    }

    fn kind(&self) -> Kind {
        self.core.session().map_or(Kind::None, |session| session.phase.kind())
    }

    /// To whom rows went, and in what state.
    fn rows(&self) -> Vec<(OperatorId, RowState)> {
        let row = |effect: &Effect<Conversation>| match effect {
            Effect::Tell { to: Address::Operator(to), note: Note::Row(row), .. } => {
                Some((to.clone(), row.state.clone()))
            }
            _ => None,
        };
        self.effects.iter().filter_map(row).collect()
    }

    /// Who lost a row, why, and whether that was the last word of a topic.
    fn gone(&self) -> Vec<(OperatorId, GoneReason, bool)> {
        let gone = |effect: &Effect<Conversation>| match effect {
            Effect::Tell { to: Address::Operator(to), note: Note::Gone { reason, last, .. }, .. } => {
                Some((to.clone(), reason.clone(), *last))
            }
            _ => None,
        };
        self.effects.iter().filter_map(gone).collect()
    }

    fn session_id(&self) -> SessionId {
        let number = self.core.session().map_or(1, |session| session.number);
        SessionId { conversation: "ab".repeat(32).parse().unwrap(), number }
    }

    fn offered(&mut self, epoch: u64, to: Face) {
        let session = self.session_id();
        let until = T0 + Millis::minutes(3);
        self.note(Note::Offered { session, epoch: Epoch(epoch), to, since: T0, until, why: None });
    }

    fn assigned(&mut self, epoch: u64, owner: Face) {
        let (session, epoch) = (self.session_id(), Epoch(epoch));
        self.note(Note::Assigned { session, epoch, owner, moved: None, why: None });
    }

    fn moved_on(&mut self, epoch: u64, from: Face, reason: MoveReason) {
        let moved = Some(Moved { from, reason });
        self.note(Note::Waiting { session: self.session_id(), epoch: Epoch(epoch), moved });
    }

    fn sent(&self, socket: u64) -> Vec<&FromConversation> {
        let sent = |effect| match effect {
            &Effect::Send { to, ref frame } if to.0 == socket => Some(frame),
            _ => None,
        };
        self.effects.iter().filter_map(sent).collect()
    }

    fn acks(&self, socket: u64) -> Vec<u64> {
        let ack = |frame: &FromConversation| match frame {
            FromConversation::Ack { seq, .. } => Some(seq.0),
            _ => None,
        };
        self.sent(socket).into_iter().filter_map(ack).collect()
    }

    fn refused(&self, socket: u64) -> Vec<Code> {
        let code = |frame: &FromConversation| match frame {
            FromConversation::Reject { code, .. } => Some(*code),
            _ => None,
        };
        self.sent(socket).into_iter().filter_map(code).collect()
    }

    fn told(&self) -> Vec<&Note> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Tell { note, .. } => Some(note),
                _ => None,
            })
            .collect()
    }

    fn log(&self) -> Vec<&Entry> {
        self.records
            .values()
            .filter_map(|record| match record {
                Record::Entry(stored) => Some(&stored.entry),
                _ => None,
            })
            .collect()
    }

    /// What the channel itself has said.
    fn said(&self) -> Vec<&str> {
        let said = |entry| match entry {
            &Entry { author: Author::Channel, body: Body::Text { ref text, .. }, .. } => Some(text.as_str()),
            _ => None,
        };
        self.log().into_iter().filter_map(said).collect()
    }

    fn shown(&self, socket: u64) -> Option<&SessionView> {
        self.sent(socket)
            .into_iter()
            .filter_map(|frame| match frame {
                FromConversation::Session(session) => Some(session),
                _ => None,
            })
            .next_back()
    }

    fn events(&self) -> Vec<&Event> {
        let event = |entry| match entry {
            &Entry { body: Body::Event(ref event), .. } => Some(event),
            _ => None,
        };
        self.log().into_iter().filter_map(event).collect()
    }

    /// Forgets everything but the store.
    fn crashes(&mut self) {
        let records: Vec<_> = self.records.values().cloned().collect();
        self.core = Conversation::restore("ab".repeat(32).parse().unwrap(), 1, records);
        self.effects.clear();
    }
}

use crate::wire::Entry;

fn hello(cursor: u64) -> ToConversation {
    ToConversation::Hello {
        v: 1,
        cursor: Seq(cursor),
        locale: "en".into(),
        zone: String::new(),
        plain: false,
        forms: true,
    }
}

fn send(n: u32, text: &str, epoch: Option<u64>) -> ToConversation {
    ToConversation::Send {
        id: message(n),
        text: text.into(),
        note: false,
        epoch: epoch.map(Epoch),
        file: false,
    }
}

fn internal(n: u32) -> ToConversation {
    ToConversation::Send { id: message(n), text: "VIP".into(), note: true, epoch: None, file: false }
}
