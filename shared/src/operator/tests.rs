use super::*;
use crate::id::{Epoch, SessionId};
use crate::wire::{GoneReason, MoveReason, RowState};

const T0: Timestamp = Timestamp(1_000_000);

fn me() -> OperatorId {
    "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap()
}

fn session(number: u32) -> SessionId {
    SessionId { conversation: "ab".repeat(32).parse().unwrap(), number }
}

fn row(number: u32, epoch: u64, state: RowState) -> InboxRow {
    InboxRow {
        session: session(number),
        epoch: Epoch(epoch),
        channel: "demo".parse().unwrap(),
        state,
        since: T0,
        preview: "Hello".into(),
        at: T0,
        unread: 1,
        name: String::new(),
        pinned: false,
        why: None,
    }
}

fn offer(number: u32, epoch: u64) -> InboxRow {
    row(number, epoch, RowState::Offered { since: T0, until: T0 + Millis::minutes(3) })
}

fn gone(number: u32, epoch: u64, reason: GoneReason, last: bool) -> Note {
    Note::Gone { session: session(number), epoch: Epoch(epoch), reason, last }
}

/// An operator, and what they ordered in the last turn.
struct Rig {
    core: Operator,
    effects: Vec<Effect<Operator>>,
}

impl Rig {
    fn new() -> Self {
        Self { core: Operator::restore(me(), 1, []), effects: Vec::new() }
    }

    /// A member of one channel, with one tab that has been welcomed.
    fn online() -> Self {
        let mut rig = Self::new();
        rig.note(Note::Member { channel: "demo".parse().unwrap(), member: true });
        rig.opens(1);
        rig.says(1, ToInbox::Hello { v: 1 }).unwrap();
        rig
    }

    fn input(&mut self, now: Timestamp, input: Input<Operator>) -> Result<(), Reject> {
        let done = self.core.handle(now, input);
        self.effects = std::iter::from_fn(|| self.core.poll_effect()).collect();
        done
    }

    fn opens(&mut self, socket: u64) {
        let connected = Input::Connected { socket: Socket(socket), who: "Ana".into(), resumed: false };
        self.input(T0, connected).unwrap();
    }

    fn closes(&mut self, socket: u64) {
        self.input(T0, Input::Gone { socket: Socket(socket) }).unwrap();
    }

    fn says(&mut self, socket: u64, frame: ToInbox) -> Result<(), Reject> {
        self.input(T0, Input::Frame { socket: Socket(socket), frame })
    }

    fn note(&mut self, note: Note) {
        let from = Address::Desk("demo".parse().unwrap());
        let topic = Topic::Session(session(1));
        self.input(T0, Input::Note { from, topic, note }).unwrap();
    }

    fn sent(&self) -> Vec<(u64, &FromInbox)> {
        let sent = |effect| match effect {
            &Effect::Send { to, ref frame } => Some((to.0, frame)),
            _ => None,
        };
        self.effects.iter().filter_map(sent).collect()
    }

    /// What desks were told of the presence: online, available.
    fn told_presence(&self) -> Vec<(bool, bool)> {
        let told = |effect: &Effect<Operator>| match effect {
            Effect::Tell { note: Note::Presence { online, available, .. }, .. } => {
                Some((*online, *available))
            }
            _ => None,
        };
        self.effects.iter().filter_map(told).collect()
    }
}

#[test]
fn the_first_tab_brings_the_operator_online_and_the_second_changes_nothing() {
    let mut rig = Rig::new();
    rig.note(Note::Member { channel: "demo".parse().unwrap(), member: true });
    assert_eq!(rig.told_presence(), [(false, true)]);
    rig.opens(1);
    assert_eq!(rig.told_presence(), [(true, true)]);
    rig.opens(2);
    assert_eq!(rig.told_presence(), []);
    rig.closes(1);
    assert_eq!(rig.core.poll_timeout(), None);
}

#[test]
fn a_reload_does_not_count_as_absence() {
    let mut rig = Rig::online();
    rig.closes(1);
    assert_eq!(rig.core.poll_timeout(), Some(T0 + OFFLINE_AFTER));
    rig.opens(2);
    assert_eq!((rig.told_presence(), rig.core.poll_timeout()), (vec![], None));
}

#[test]
fn fifteen_seconds_without_a_tab_are_an_absence() {
    let mut rig = Rig::online();
    rig.closes(1);
    rig.input(T0 + OFFLINE_AFTER - Millis(1), Input::Timeout).unwrap();
    assert_eq!(rig.told_presence(), []);
    rig.input(T0 + OFFLINE_AFTER, Input::Timeout).unwrap();
    assert_eq!(rig.told_presence(), [(false, true)]);
    assert_eq!(rig.core.poll_timeout(), None);
}

#[test]
fn after_a_crash_the_alarm_finds_that_the_tabs_are_gone() {
    let presence = Presence { online: true, ..Presence::default() };
    let mut rig = Rig { core: Operator::restore(me(), 1, [Record::Presence(presence)]), effects: Vec::new() };
    rig.input(T0, Input::Timeout).unwrap();
    assert_eq!(rig.core.poll_timeout(), Some(T0 + OFFLINE_AFTER));
}

#[test]
fn all_tabs_show_the_same_switch_and_the_same_rows() {
    let mut rig = Rig::online();
    rig.opens(2);
    rig.says(2, ToInbox::Hello { v: 1 }).unwrap();
    rig.opens(3);
    rig.says(1, ToInbox::Presence { available: false }).unwrap();
    let sockets: Vec<u64> = rig.sent().iter().map(|(socket, _)| *socket).collect();
    assert_eq!(sockets, [1, 2], "3 has not said hello");
    assert_eq!(rig.told_presence(), [(true, false)]);
    rig.says(2, ToInbox::Presence { available: false }).unwrap();
    assert_eq!(rig.told_presence(), [], "nothing has changed");
    rig.note(Note::Row(offer(1, 2)));
    assert_eq!(rig.sent().len(), 2);
    rig.says(3, ToInbox::Hello { v: 1 }).unwrap();
    assert!(
        matches!(rig.sent()[..], [(3, FromInbox::Welcome { available: false, rows, .. })] if rows.len() == 1)
    );
}

#[test]
fn a_wish_goes_to_the_desk_of_the_row_and_only_for_the_offer_that_is_shown() {
    let mut rig = Rig::online();
    rig.note(Note::Row(offer(1, 2)));
    let accept = |epoch| ToInbox::Accept { session: session(1), epoch: Epoch(epoch) };
    rig.says(1, accept(2)).unwrap();
    let told = |effect: &Effect<Operator>| {
        matches!(effect, Effect::Tell { to: Address::Desk(_), note: Note::Accept { .. }, .. })
    };
    assert!(rig.effects.iter().any(told));
    assert_eq!(rig.says(1, accept(1)), Err(Reject(Code::OfferGone)));
    rig.note(Note::Row(row(1, 3, RowState::InWork)));
    assert_eq!(
        rig.says(1, ToInbox::Skip { session: session(1), epoch: Epoch(3) }),
        Err(Reject(Code::OfferGone))
    );
    rig.note(gone(1, 3, GoneReason::Moved(MoveReason::Removed), false));
    assert_eq!(rig.says(1, accept(3)), Err(Reject(Code::OfferGone)));
}

#[test]
fn a_refusal_names_the_session() {
    let frame = ToInbox::Skip { session: session(1), epoch: Epoch(1) };
    let mut rig = Rig::online();
    let refusal = rig.core.refusal(Timestamp(0), &frame, Code::OfferGone);
    assert_eq!(refusal, FromInbox::Reject { session: Some(session(1)), code: Code::OfferGone });
    rig.note(Note::Refused { session: session(1), operator: me(), code: Code::OfferGone });
    assert_eq!(rig.sent(), [(1, &refusal)]);
}

#[test]
fn what_is_said_late_of_the_last_session_does_not_touch_the_next() {
    let mut rig = Rig::online();
    rig.note(Note::Row(offer(2, 2)));
    rig.note(Note::Row(offer(1, 5)));
    rig.note(gone(1, 9, GoneReason::Ended, true));
    let rows: Vec<u32> = rig.core.rows().map(|row| row.session.number).collect();
    assert_eq!(rows, [2]);
}

#[test]
fn the_books_of_a_session_end_with_it_and_not_before() {
    let mut rig = Rig::online();
    let ends =
        |rig: &Rig| rig.effects.iter().any(|effect| matches!(effect, Effect::EndTopic(Topic::Session(_))));
    rig.note(Note::Row(offer(1, 2)));
    rig.note(gone(1, 2, GoneReason::Moved(MoveReason::Skipped), false));
    assert!(!ends(&rig));
    rig.note(gone(1, 2, GoneReason::Ended, true));
    assert!(ends(&rig));
}

#[test]
fn a_late_hint_changes_nothing() {
    let mut rig = Rig::online();
    let mut newer = row(1, 3, RowState::InWork);
    newer.at = T0 + Millis(9);
    rig.note(Note::Row(newer.clone()));
    let mut stale =
        vec![row(1, 3, RowState::Answered), row(1, 2, RowState::InWork), row(2, 3, RowState::InWork)];
    for hint in stale.drain(..) {
        rig.input(T0, Input::Hint(Hint::Row(hint))).unwrap();
        assert!(rig.effects.is_empty());
    }
    let (mut hint, mut expected) = (newer.clone(), newer);
    (hint.state, hint.pinned, hint.preview) = (RowState::Answered, true, "And?".into());
    expected.preview = "And?".into();
    rig.input(T0, Input::Hint(Hint::Row(hint))).unwrap();
    assert_eq!(
        rig.core.rows().collect::<Vec<_>>(),
        [&expected],
        "where a session stands is not for hints to say"
    );
}

#[test]
fn hello_comes_first_and_once_and_in_a_known_version() {
    let mut rig = Rig::new();
    rig.opens(1);
    assert_eq!(rig.says(1, ToInbox::Presence { available: true }), Err(Reject(Code::HelloExpected)));
    for v in [0, 2] {
        assert_eq!(rig.says(1, ToInbox::Hello { v }), Err(Reject(Code::UnsupportedVersion)));
    }
    rig.says(1, ToInbox::Hello { v: 1 }).unwrap();
    assert_eq!(rig.says(1, ToInbox::Hello { v: 1 }), Err(Reject(Code::HelloExpected)));
}

#[test]
fn a_flood_is_refused_and_nonsense_ends_the_socket() {
    let mut rig = Rig::online();
    let mut say = || rig.says(1, ToInbox::Presence { available: true });
    let refused = (0..=limits::FRAMES.burst).filter(|_| say() == Err(Reject(Code::TooFast))).count();
    assert!(refused > 0);
    for _ in 0..20 {
        rig.input(T0, Input::BadFrame { socket: Socket(1), code: Code::Malformed }).unwrap();
    }
    assert!(matches!(rig.effects.last(), Some(Effect::Close { code: wire::close::BAD_CLIENT, .. })));
}

#[test]
fn a_socket_too_many_is_closed_and_the_others_stay() {
    let mut rig = Rig::new();
    for socket in 1..=limits::INBOX_SOCKETS_MAX as u64 {
        rig.opens(socket);
        assert!(!rig.effects.iter().any(|effect| matches!(effect, Effect::Close { .. })));
    }
    rig.opens(99);
    assert!(matches!(rig.effects[..], [Effect::Close { socket: Socket(99), code: wire::close::TOO_MANY }]));
}

#[test]
fn an_operator_reads_back_as_they_were_stored() {
    let mut rig = Rig::online();
    rig.note(Note::Row(offer(1, 2)));
    let records = [Record::Presence(rig.core.presence().clone()), Record::Row(offer(1, 2))];
    let again = Operator::restore(me(), 1, records);
    assert!(again.rows().eq(rig.core.rows()));
    assert_eq!(again.presence(), rig.core.presence());
}

#[test]
fn the_end_of_an_older_run_does_not_take_the_row_of_the_newer() {
    let mut rig = Rig::online();
    rig.note(Note::Row(row(1, 7, RowState::InWork)));
    rig.note(gone(1, 5, GoneReason::Moved(MoveReason::Transferred), true));
    assert_eq!(rig.core.rows().count(), 1);
    rig.note(Note::Row(row(1, 5, RowState::Missed)));
    assert!(rig.core.rows().all(|row| row.state == RowState::InWork));
}

#[test]
fn who_missed_offers_is_on_a_break_that_says_so_and_one_click_ends_it() {
    let mut rig = Rig::online();
    rig.note(Note::Break { channel: "demo".parse().unwrap() });
    assert_eq!(rig.told_presence(), [(true, false)]);
    assert_eq!(rig.sent(), [(1, &FromInbox::Presence { available: false, missed: true })]);
    rig.opens(2);
    rig.says(2, ToInbox::Hello { v: 1 }).unwrap();
    assert!(matches!(rig.sent()[..], [(2, FromInbox::Welcome { available: false, missed: true, .. })]));
    rig.says(1, ToInbox::Presence { available: true }).unwrap();
    assert_eq!(rig.told_presence(), [(true, true)]);
    assert!(!rig.core.presence().missed);
}
