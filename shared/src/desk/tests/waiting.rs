//! Sessions that nobody takes: why they wait, and for how long.

use super::*;
use crate::limits::{CANDIDATES_MAX, HEIRS_MAX};
use crate::why::{Candidate, Excluded, Verdict};

/// In whose inboxes a missed session stays, as told in the last turn.
fn missed(rig: &Rig) -> Option<Vec<OperatorId>> {
    rig.told().find_map(|(_, note)| match note {
        Note::Missed { to, .. } => Some(to.clone()),
        _ => None,
    })
}

#[test]
fn a_session_that_nobody_takes_is_given_up_after_a_day() {
    let mut rig = Rig::new(&[1], 1);
    rig.presence(T0, 1, false, true);
    rig.arrives(T0, 1);
    let day = Millis::hours(24);
    rig.rings_at(T0 + day - Millis(1));
    assert!(rig.waits(1));
    let epoch = rig.epoch(1);
    rig.rings_at(T0 + day);
    assert!(rig.is_over(1));
    assert_eq!(missed(&rig), Some(vec![operator(1)]));
    let told = rig.told().find_map(|(_, note)| match note {
        Note::Missed { epoch, .. } => Some(epoch.0),
        _ => None,
    });
    assert_eq!(told, Some(epoch + 1), "nobody's from now on");
    assert_eq!(rig.ended_topics(), [Topic::Session(session(1))]);
}

#[test]
fn an_offer_does_not_save_a_session_from_being_given_up_but_an_owner_does() {
    let mut rig = Rig::with(&[1], |queue| {
        queue.give_up = Millis::hours(1);
        queue.response_limit = Millis::minutes(30);
    });
    let hour = Millis::hours(1);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    rig.rings_at(T0 + hour);
    assert_eq!(rig.owner(1), Some(1));
    rig.members(T0 + hour, &[]);
    assert!(rig.waits(1));
    rig.rings_at(T0 + hour + hour - Millis(1));
    assert!(rig.waits(1), "another wait has begun");
    rig.members(T0 + hour + hour - Millis(1), &[1]);
    rig.presence(T0 + hour + hour - Millis(1), 1, true, true);
    assert_eq!(rig.offered(1), Some(1));
    rig.rings_at(T0 + hour + hour);
    assert!(rig.is_over(1));
}

#[test]
fn what_the_visitor_ends_before_anybody_took_it_is_missed() {
    let members: Vec<u8> = (10..40).collect();
    let mut rig = Rig::new(&members, 1);
    rig.arrives(T0, 1);
    rig.note(T0, 1, Note::Ended { session: session(1), missed: true });
    assert!(rig.is_over(1));
    assert_eq!(missed(&rig).map(|to| to.len()), Some(HEIRS_MAX), "the first of the members");
    rig.arrives(T0, 2);
    rig.ends(T0, 2);
    assert_eq!(missed(&rig), None);
}

// ---------------------------------------------------------------------------------------------------------- explanations

#[test]
fn a_placement_names_the_rule_the_winner_the_next_ten_and_who_could_not() {
    let members: Vec<u8> = (1..=20).collect();
    let mut rig = Rig::new(&members, 1);
    rig.arrives(T0, 1);
    rig.presence(T0, 2, false, true);
    rig.presence(T0, 3, false, true);
    rig.presence(T0, 4, true, false);
    rig.arrives(T0 + Millis(1), 2);
    let epoch = rig.epoch(2);
    rig.skips(T0 + Millis(2), 5, 2, epoch);
    let candidate = |n: u8| Candidate { id: operator(n), name: format!("Op{n}"), load: 0 };
    let why = rig.why(2).clone();
    assert_eq!((why.at, why.rule, why.winner), (T0 + Millis(2), Rule::Evenly, Some(candidate(6))));
    assert_eq!(CANDIDATES_MAX, 10);
    assert_eq!(why.next, (7..=16).map(candidate).collect::<Vec<_>>());
    assert_eq!(why.excluded, Excluded { offline: 2, on_break: 1, full: 1, tried: 1 });
}

#[test]
fn who_comes_next_is_told_in_the_order_in_which_they_would_be_asked() {
    let mut rig = Rig::new(&[1, 2, 3], 5);
    rig.arrives(T0 + Millis(1), 1);
    rig.takes(T0 + Millis(1), 1, 1);
    rig.arrives(T0 + Millis(2), 2);
    let why = rig.why(2);
    let next: Vec<_> = why.next.iter().map(|candidate| (number(&candidate.id), candidate.load)).collect();
    assert_eq!(why.winner.as_ref().map(|winner| winner.load), Some(0), "as it was just before");
    assert_eq!(next, [(Some(3), 0), (Some(1), 1)]);
}

#[test]
fn who_waits_hears_why_nobody_can_take_it() {
    let mut rig = Rig::new(&[1, 2], 1);
    rig.presence(T0, 2, false, true);
    rig.arrives(T0, 1);
    let explained = |rig: &Rig| {
        rig.told().find_map(|(_, note)| match note {
            Note::Explained { why, .. } => Some(why.excluded),
            _ => None,
        })
    };
    assert_eq!(explained(&rig), None, "what is offered says so itself");
    rig.arrives(T0, 2);
    assert_eq!(explained(&rig), Some(Excluded { offline: 1, full: 1, ..Excluded::default() }));
    assert_eq!((&rig.why(2).rule, &rig.why(2).winner), (&Rule::NobodyFree, &None));
    rig.presence(T0, 1, true, false);
    assert_eq!(explained(&rig), None, "told once");
}

#[test]
fn the_line_shows_who_waits_why_and_who_is_there() {
    let mut rig = Rig::new(&[1, 2, 3], 1);
    rig.presence(T0, 2, true, false);
    rig.presence(T0, 3, false, true);
    for n in 1..=3 {
        rig.arrives(T0 + Millis(n.into()), n);
    }
    rig.takes(T0 + Millis(4), 1, 1);
    let view = rig.desk.look(T0 + Millis(5));
    let waiting: Vec<_> = view.waiting.iter().map(|one| (one.session.clone(), one.place)).collect();
    assert_eq!(waiting, [(session(2), 1), (session(3), 2)]);
    assert!(view.waiting.iter().all(|one| one.why.as_ref().is_some_and(|why| why.rule == Rule::NobodyFree)));
    assert_eq!((view.waiting_total, view.offered_total, view.owned_total), (2, 0, 1));
    let people: Vec<_> = view.people.iter().map(|one| (one.name.as_str(), one.verdict, one.load)).collect();
    assert_eq!(
        people,
        [("Op1", Verdict::Full, 1), ("Op2", Verdict::OnBreak, 0), ("Op3", Verdict::Offline, 0)]
    );
    let given: Vec<_> = view.people.iter().map(|one| one.last_assigned).collect();
    assert_eq!(given, [Some(T0 + Millis(4)), None, None]);
    assert!(!view.available);
}
