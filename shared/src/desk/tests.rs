use super::*;
use crate::id::{ConversationId, Epoch};
use crate::note::{Face, Moved};
use crate::time::Millis;
use crate::wire::MoveReason;

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

// ---------------------------------------------------------------------------------------------------------------- placing

#[test]
fn evenly_picks_the_lowest_load() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.arrives(T0, 2);
    let mut holders = [rig.offered(1), rig.offered(2)];
    holders.sort_unstable();
    assert_eq!(holders, [Some(1), Some(2)]);
    rig.note(T0, Note::Ended { session: session(2) });
    let free = holders.into_iter().find(|holder| *holder != rig.offered(1)).unwrap();
    rig.arrives(T0 + Millis(1), 3);
    assert_eq!(rig.offered(3), free);
}

#[test]
fn a_tie_goes_to_the_longest_without_one_then_to_the_queue_order() {
    let mut rig = Rig::new(&[2, 1], 5);
    rig.arrives(T0 + Millis(1), 1);
    assert_eq!(rig.offered(1), Some(2), "the first in the queue");
    rig.note(T0 + Millis(2), Note::Ended { session: session(1) });
    rig.arrives(T0 + Millis(3), 2);
    assert_eq!(rig.offered(2), Some(1), "2 had one a moment ago");
    rig.note(T0 + Millis(4), Note::Ended { session: session(2) });
    rig.arrives(T0 + Millis(5), 3);
    assert_eq!(rig.offered(3), Some(2));
}

#[test]
fn offers_count_as_load_and_the_limit_holds() {
    let mut rig = Rig::new(&[1], 2);
    for n in 1..=3 {
        rig.arrives(T0, n);
    }
    assert_eq!((rig.offered(1), rig.offered(2)), (Some(1), Some(1)));
    assert!(rig.waits(3));
    rig.accepts(T0, 1, 1, 2);
    assert!(rig.waits(3), "an owned session counts as well");
    rig.note(T0, Note::Ended { session: session(1) });
    assert_eq!(rig.offered(3), Some(1), "at once when a slot frees");
}

#[test]
fn zero_is_no_limit() {
    let mut rig = Rig::new(&[1], 0);
    for n in 1..=50 {
        rig.arrives(T0, n);
    }
    assert!((1..=50).all(|n| rig.offered(n) == Some(1)));
}

#[test]
fn the_line_is_first_in_first_out() {
    let mut rig = Rig::new(&[], 1);
    for n in [3, 1, 2] {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    rig.own(T0, Own::Change(versioned(1, &[1], 1))).unwrap();
    rig.presence(T0 + Millis(9), 1, true, true);
    assert_eq!(rig.offered(1), Some(1));
    rig.note(T0 + Millis(9), Note::Ended { session: session(1) });
    assert_eq!(rig.offered(2), Some(1));
}

#[test]
fn nobody_who_is_away_gets_one() {
    let mut rig = Rig::new(&[1, 2, 3], 5);
    rig.presence(T0, 1, false, true);
    rig.presence(T0, 2, true, false);
    rig.arrives(T0, 1);
    assert_eq!(rig.offered(1), Some(3));
    rig.presence(T0, 3, false, true);
    assert!(rig.waits(1));
    rig.presence(T0, 2, true, true);
    assert_eq!(rig.offered(1), Some(2), "at once when a break ends");
}

#[test]
fn an_inactive_channel_places_nothing() {
    let mut rig = Rig::new(&[1], 5);
    let mut off = versioned(1, &[1], 5);
    off.settings.active = false;
    rig.own(T0, Own::Change(off)).unwrap();
    rig.arrives(T0, 1);
    assert!(rig.waits(1));
}

// ---------------------------------------------------------------------------------------------------------------- offers

#[test]
fn an_offer_passes_after_the_limit_and_keeps_its_place() {
    let mut rig = Rig::new(&[1, 2], 1);
    rig.arrives(T0, 1);
    rig.arrives(T0 + Millis(1), 2);
    rig.arrives(T0 + Millis(2), 3);
    let first = rig.offered(1).unwrap();
    rig.input(T0 + LIMIT - Millis(1), Input::Timeout).unwrap();
    assert_eq!(rig.offered(1), Some(first), "an early alarm does nothing");
    rig.input(T0 + LIMIT, Input::Timeout).unwrap();
    assert_eq!(rig.moved(), Some((MoveReason::TimeLimit, first)));
    assert_eq!(rig.row(1).since, T0);
    assert_eq!(
        rig.offered(3),
        Some(first),
        "who let the oldest pass takes the next that they were not tried for"
    );
    rig.input(T0 + LIMIT + Millis(1), Input::Timeout).unwrap();
    assert_eq!(rig.offered(1), Some(3 - first), "the oldest goes first to who was not tried for it");
    assert!(rig.waits(2));
}

#[test]
fn who_skips_is_not_asked_again_until_all_were_and_a_limit_has_passed() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    assert_eq!(rig.offered(1), Some(1));
    rig.skips(T0, 1, 1, 2);
    assert_eq!((rig.moved(), rig.offered(1)), (Some((MoveReason::Skipped, 1)), Some(2)));
    let epoch = rig.epoch(1);
    rig.skips(T0, 2, 1, epoch);
    assert!(rig.waits(1));
    assert_eq!(rig.desk.poll_timeout(), Some(T0 + LIMIT));
    rig.input(T0 + LIMIT - Millis(1), Input::Timeout).unwrap();
    assert!(rig.waits(1));
    rig.rings();
    assert!(rig.offered(1).is_some(), "the next round");
}

#[test]
fn a_newcomer_is_asked_before_the_round_begins_anew() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.presence(T0, 2, false, true);
    rig.arrives(T0, 1);
    rig.skips(T0, 1, 1, 2);
    assert!(rig.waits(1));
    rig.presence(T0 + Millis(5), 2, true, true);
    assert_eq!(rig.offered(1), Some(2));
}

#[test]
fn accepting_twice_is_granted_once_and_refused_to_others() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 2, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (None, 1), "it is offered to somebody else");
    rig.accepts(T0, 1, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), 0));
    let epoch = rig.epoch(1);
    rig.accepts(T0, 1, 1, 2);
    assert_eq!(
        (rig.owner(1), rig.refusals(), rig.epoch(1)),
        (Some(1), 0, epoch),
        "the same wish from a reply"
    );
    rig.accepts(T0, 2, 1, epoch);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), 1));
}

#[test]
fn a_wish_about_an_older_ownership_is_refused() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.rings();
    rig.rings();
    assert_eq!(rig.offered(1), Some(1), "offered again in the next round");
    let now = T0 + LIMIT + LIMIT;
    rig.accepts(now, 1, 1, 2);
    assert_eq!((rig.owner(1), rig.refusals()), (None, 1));
    rig.skips(now, 1, 1, 2);
    assert_eq!((rig.offered(1), rig.refusals()), (Some(1), 1));
}

#[test]
fn what_is_owned_cannot_be_skipped_and_what_is_over_cannot_be_taken() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 1, 1, 2);
    let epoch = rig.epoch(1);
    rig.skips(T0, 1, 1, epoch);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), 1));
    rig.note(T0, Note::Ended { session: session(1) });
    assert!(rig.desk.session(&session(1)).is_none());
    rig.accepts(T0, 1, 1, epoch);
    assert_eq!(rig.refusals(), 1);
    assert_eq!(rig.desk.load(&operator(1)), 0);
    assert_eq!(rig.desk.poll_timeout(), None);
}

#[test]
fn an_operator_who_goes_offline_loses_offers_and_keeps_sessions() {
    let mut rig = Rig::new(&[1, 2], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 1, 1, 2);
    rig.arrives(T0, 2);
    rig.arrives(T0, 3);
    let theirs = if rig.offered(2) == Some(1) { 2 } else { 3 };
    rig.presence(T0, 1, false, true);
    assert_eq!(rig.moved(), Some((MoveReason::Offline, 1)));
    assert_eq!((rig.owner(1), rig.offered(theirs)), (Some(1), Some(2)));
    assert!(!rig.row(theirs).tried.contains(&operator(1)), "who was away was not tried");
}

#[test]
fn a_break_stops_new_offers_only() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.presence(T0, 1, true, false);
    assert_eq!(rig.offered(1), Some(1));
    rig.arrives(T0, 2);
    assert!(rig.waits(2));
}

// -------------------------------------------------------------------------------------------------------------- settings

#[test]
fn a_former_member_loses_everything_and_counts_as_away_until_they_tell() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.accepts(T0, 1, 1, 2);
    rig.own(T0, Own::Change(versioned(1, &[], 5))).unwrap();
    assert_eq!((rig.moved(), rig.waits(1)), (Some((MoveReason::Removed, 1)), true));
    rig.presence(T0, 1, true, true);
    rig.own(T0, Own::Change(versioned(2, &[1], 5))).unwrap();
    assert!(rig.waits(1), "what was known of a former member is stale");
    let asked = |effect: &Effect<Desk>| {
        matches!(effect, Effect::Tell { note: Note::Member { member: true, .. }, .. })
    };
    assert!(rig.effects.iter().any(asked));
    rig.presence(T0, 1, true, true);
    assert_eq!(rig.offered(1), Some(1));
}

#[test]
fn settings_are_compared_and_set() {
    let mut rig = Rig::new(&[1], 5);
    rig.own(T0, Own::Change(versioned(1, &[1], 4))).unwrap();
    assert_eq!(rig.own(T0, Own::Change(versioned(1, &[1], 3))), Err(Reject(Code::VersionConflict)));
    assert_eq!(rig.own(T0, Own::Change(versioned(2, &[1], 1001))), Err(Reject(Code::InvalidFields)));
    let known = rig.desk.settings().unwrap();
    assert_eq!((known.version, known.settings.sessions_at_once), (2, 4));
}

#[test]
fn open_sessions_and_the_directory_hear_of_new_settings() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.own(T0, Own::Change(versioned(1, &[1], 4))).unwrap();
    let told: Vec<_> = rig
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Tell { to, note: Note::Settings { version: 2, .. }, .. } => Some(to.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(told, [Address::Conversation(session(1).conversation), Address::Directory]);
}

#[test]
fn a_session_that_arrives_with_old_settings_is_told_the_new_ones() {
    let mut rig = Rig::new(&[1], 5);
    rig.own(T0, Own::Change(versioned(1, &[1], 4))).unwrap();
    let told = |rig: &Rig| {
        rig.effects.iter().any(|effect| matches!(effect, Effect::Tell { note: Note::Settings { .. }, .. }))
    };
    rig.note(T0, Note::Arrived { session: session(1), since: T0, settings: 1 });
    assert!(told(&rig));
    rig.note(T0, Note::Arrived { session: session(2), since: T0, settings: 2 });
    assert!(!told(&rig));
}

#[test]
fn the_first_twenty_hear_their_place_when_it_changes() {
    let mut rig = Rig::new(&[], 1);
    let places = |rig: &Rig| -> Vec<(SessionId, u32)> {
        let place = |effect: &Effect<Desk>| match effect {
            Effect::Mention { hint: Hint::Place { session, place }, .. } => Some((session.clone(), *place)),
            _ => None,
        };
        rig.effects.iter().filter_map(place).collect()
    };
    for n in 1..=22 {
        rig.arrives(T0 + Millis(n.into()), n);
        assert_eq!(places(&rig).len(), usize::from(n <= 20), "only who is new, and near");
    }
    rig.note(T0, Note::Ended { session: session(1) });
    assert_eq!(places(&rig).len(), 20);
    assert_eq!(places(&rig).first(), Some(&(session(2), 1)));
}

#[test]
fn a_desk_reads_back_as_it_was_stored() {
    let mut rig = Rig::new(&[1, 2], 1);
    let mut rows = std::collections::BTreeMap::new();
    let mut keep = |rig: &Rig| {
        for effect in &rig.effects {
            if let Effect::Persist(record) = effect {
                use crate::core::Record as _;
                match record.value() {
                    Some(value) => rows.insert(record.key(), value),
                    None => rows.remove(&record.key()),
                };
            }
        }
    };
    rig.own(T0, Own::Change(versioned(1, &[1, 2], 1))).unwrap();
    keep(&rig);
    for n in [1, 2] {
        rig.presence(T0, n, true, true);
        keep(&rig);
    }
    for n in 1..=3 {
        rig.arrives(T0, n);
        keep(&rig);
    }
    rig.accepts(T0, 1, 1, 2);
    keep(&rig);
    rig.note(T0, Note::Ended { session: session(2) });
    keep(&rig);
    let rows = rows.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let again = Desk::restore("demo".parse().unwrap(), crate::core::read_all(rows).unwrap());
    assert!(again.sessions().eq(rig.desk.sessions()));
    assert_eq!(
        (&again.ready, &again.line, &again.timers),
        (&rig.desk.ready, &rig.desk.line, &rig.desk.timers)
    );
    assert_eq!(again.settings(), rig.desk.settings());
}

// ----------------------------------------------------------------------------------------------- against a reference model

mod reference;
