//! What may happen to a desk.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use shared::id::OperatorId;
use shared::note::Standing;
use shared::settings::{CountsUntil, Distribution, Queue};
use shared::time::Millis;

/// Something that happens. Operators are numbered from 1 to 5, sessions from 1 to 10.
#[derive(Clone, Debug)]
pub(crate) enum Move {
    Begin,
    Arrive {
        session: u8,
        again: bool,
        ago: u64,
        responsible: Option<u8>,
        claim: Option<u8>,
    },
    Told {
        session: u8,
        seen: Seen,
        what: Told,
    },
    Wish {
        session: u8,
        seen: Seen,
        who: Who,
        by_reply: bool,
        takes: bool,
    },
    Presence {
        operator: u8,
        online: bool,
        available: bool,
    },
    Settings {
        patch: Patch,
        stale: bool,
    },
    /// A note about a run of the session that is over.
    Stray {
        session: u8,
    },
    Watch {
        session: u8,
        on: bool,
    },
    /// Time passes, and the alarm rings.
    Pass(Millis),
    /// Time passes up to the alarm.
    Ring,
    /// The alarm rings although nothing is due.
    RingEarly,
    /// Time passes, and the alarm is late.
    Lag(Millis),
    ClockBack(Millis),
    /// The desk is read back from its store, and goes on beside the one that was not.
    Crash,
}

/// What a conversation tells.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    Ended { missed: bool },
    Standing(Standing),
    Abandoned,
    Unanswered,
    ToOperator(Who),
    ToChannel { own: bool },
    Intercept(Who),
    Pinned(bool),
}

/// Which ownership somebody saw.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Seen {
    Present,
    Former,
    Later,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Who {
    /// Who was offered the session, sees it, or owns it.
    Holder,
    Operator(u8),
}

/// A change of the settings.
#[derive(Clone, Debug)]
pub(crate) enum Patch {
    All(Queue),
    Members(Vec<OperatorId>),
    Distribution(Distribution),
    Limit(u32),
    ResponseLimit(Millis),
    Checks(bool),
    Counts(CountsUntil),
    Misses(u32),
    GiveUp(Millis),
    Forward(bool),
    Active(bool),
    Notice(bool),
}

pub(crate) fn operator(n: u8) -> OperatorId {
    format!("01ARZ3NDEKTSV4RRFFQ69G5F{n:02}").parse().unwrap()
}

pub(crate) fn any_queue() -> impl Strategy<Value = Queue> {
    let times = (minutes(&[1, 2, 3]), minutes(&[60, 90]));
    let first = (members(), distribution(), times, checks());
    let second = (limit(), counts(), misses(), any::<bool>());
    (first, second).prop_map(|((members, distribution, (response_limit, give_up), checks), second)| {
        let (sessions_at_once, counts_until, misses_before_break, forward_to_responsible) = second;
        Queue {
            members,
            distribution,
            response_limit,
            check_availability: checks,
            sessions_at_once,
            counts_until,
            misses_before_break,
            give_up,
            forward_to_responsible,
        }
    })
}

pub(crate) fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        1 => Just(Move::Begin),
        14 => arrivals(),
        14 => (session(), seen(), told()).prop_map(|(session, seen, what)| Move::Told { session, seen, what }),
        18 => wishes(),
        10 => (one_of_us(), any::<bool>(), prop::bool::weighted(0.75))
            .prop_map(|(operator, online, available)| Move::Presence { operator, online, available }),
        7 => (patch(), prop::bool::weighted(0.1)).prop_map(|(patch, stale)| Move::Settings { patch, stale }),
        1 => session().prop_map(|session| Move::Stray { session }),
        1 => (session(), any::<bool>()).prop_map(|(session, on)| Move::Watch { session, on }),
        8 => pass().prop_map(Move::Pass),
        10 => Just(Move::Ring),
        2 => Just(Move::RingEarly),
        2 => pass().prop_map(Move::Lag),
        1 => pass().prop_map(Move::ClockBack),
        2 => Just(Move::Crash),
    ]
}

fn session() -> impl Strategy<Value = u8> {
    1..=10_u8
}

fn one_of_us() -> impl Strategy<Value = u8> {
    1..=5_u8
}

fn minutes(of: &'static [u64]) -> impl Strategy<Value = Millis> {
    select(of).prop_map(Millis::minutes)
}

fn members() -> impl Strategy<Value = Vec<OperatorId>> {
    subsequence(vec![1, 2, 3, 4, 5_u8], 0..=4)
        .prop_shuffle()
        .prop_map(|members| members.into_iter().map(operator).collect())
}

fn distribution() -> impl Strategy<Value = Distribution> {
    select(&[Distribution::Evenly, Distribution::InOrder, Distribution::Everyone])
}

fn counts() -> impl Strategy<Value = CountsUntil> {
    select(&[CountsUntil::FirstReply, CountsUntil::EachReply, CountsUntil::Close])
}

fn limit() -> impl Strategy<Value = u32> {
    0..=3_u32
}

fn misses() -> impl Strategy<Value = u32> {
    0..=3_u32
}

fn checks() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.75)
}

fn pass() -> impl Strategy<Value = Millis> {
    prop_oneof![
        3 => prop_oneof![Just(Millis(1)), Just(Millis::seconds(59)), Just(Millis::minutes(1))],
        2 => minutes(&[2, 3, 10]),
        1 => minutes(&[59, 120]),
    ]
}

fn arrivals() -> impl Strategy<Value = Move> {
    let sometimes = |weight| proptest::option::weighted(weight, one_of_us());
    (session(), prop::bool::weighted(0.2), 0..100_u64, sometimes(0.3), sometimes(0.15)).prop_map(
        |(session, again, ago, responsible, claim)| Move::Arrive { session, again, ago, responsible, claim },
    )
}

fn seen() -> impl Strategy<Value = Seen> {
    prop_oneof![12 => Just(Seen::Present), 1 => Just(Seen::Former), 1 => Just(Seen::Later)]
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![2 => Just(Who::Holder), 1 => one_of_us().prop_map(Who::Operator)]
}

fn told() -> impl Strategy<Value = Told> {
    let standing = select(&[Standing::Fresh, Standing::Awaiting, Standing::Answered, Standing::Closing]);
    prop_oneof![
        2 => any::<bool>().prop_map(|missed| Told::Ended { missed }),
        6 => standing.prop_map(Told::Standing),
        3 => Just(Told::Abandoned),
        2 => Just(Told::Unanswered),
        3 => one_of_us().prop_map(|n| Told::ToOperator(Who::Operator(n))),
        1 => any::<bool>().prop_map(|own| Told::ToChannel { own }),
        2 => who().prop_map(Told::Intercept),
        2 => any::<bool>().prop_map(Told::Pinned),
    ]
}

fn wishes() -> impl Strategy<Value = Move> {
    (session(), seen(), who(), any::<bool>(), prop::bool::weighted(0.6))
        .prop_map(|(session, seen, who, by_reply, takes)| Move::Wish { session, seen, who, by_reply, takes })
}

fn patch() -> impl Strategy<Value = Patch> {
    prop_oneof![
        1 => any_queue().prop_map(Patch::All),
        3 => members().prop_map(Patch::Members),
        2 => distribution().prop_map(Patch::Distribution),
        // Sometimes out of range.
        2 => prop_oneof![9 => limit(), 1 => Just(1001)].prop_map(Patch::Limit),
        1 => minutes(&[1, 2, 3]).prop_map(Patch::ResponseLimit),
        2 => any::<bool>().prop_map(Patch::Checks),
        1 => counts().prop_map(Patch::Counts),
        1 => misses().prop_map(Patch::Misses),
        1 => minutes(&[60, 90]).prop_map(Patch::GiveUp),
        1 => any::<bool>().prop_map(Patch::Forward),
        2 => any::<bool>().prop_map(Patch::Active),
        1 => any::<bool>().prop_map(Patch::Notice),
    ]
}
