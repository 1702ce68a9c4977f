//! What becomes of a session that has an owner.

use super::*;
use crate::wire::Target;

const GRACE: Millis = OWNER_GRACE;

/// A desk whose first session is owned by 1.
fn owned(members: &[u8]) -> Rig {
    let mut rig = Rig::with(members, |queue| queue.distribution = Distribution::InOrder);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    rig
}

fn to(n: u8) -> Target {
    Target::Operator(operator(n))
}

// --------------------------------------------------------------------------------------------- handed over and taken over

#[test]
fn a_transfer_is_an_offer_to_the_member() {
    let mut rig = owned(&[1, 2]);
    rig.transfers(T0 + Millis(5), 1, to(2));
    assert_eq!((rig.moved(), rig.offered(1)), (Some((MoveReason::Transferred, 1)), Some(2)));
    assert_eq!(rig.why(1).rule, Rule::Transferred { by: "Op1".into(), over_limit: false });
    assert_eq!(rig.desk.load(&operator(1)), 0);
    rig.rings_at(T0 + Millis(5) + LIMIT);
    assert_eq!(rig.moved(), Some((MoveReason::TimeLimit, 2)));
    assert_eq!((rig.offered(1), rig.row(1).since), (Some(1), T0), "what they let pass is placed anew");
}

#[test]
fn a_transfer_may_exceed_the_limit_and_says_so() {
    let mut rig = Rig::with(&[1, 2], |queue| queue.sessions_at_once = 1);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    rig.arrives(T0, 2);
    rig.takes(T0, 2, 2);
    rig.transfers(T0, 1, to(2));
    assert_eq!((rig.offered(1), rig.desk.load(&operator(2))), (Some(2), 2));
    assert_eq!(rig.why(1).rule, Rule::Transferred { by: "Op1".into(), over_limit: true });
    rig.takes(T0, 2, 1);
    assert_eq!((rig.owner(1), rig.refusals()), (Some(2), vec![]));
}

#[test]
fn a_transfer_to_a_stranger_or_to_somebody_who_is_offline_is_refused() {
    let mut rig = owned(&[1, 2]);
    rig.transfers(T0, 1, to(7));
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), vec![Code::NotMember]));
    rig.presence(T0, 2, false, true);
    rig.transfers(T0, 1, to(2));
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), vec![Code::NotAvailable]));
    rig.presence(T0, 2, true, false);
    rig.transfers(T0, 1, to(2));
    assert_eq!(rig.offered(1), Some(2), "a break stops what is placed by itself only");
}

#[test]
fn a_transfer_to_another_channel_lets_the_session_go() {
    let mut rig = owned(&[1]);
    let epoch = rig.epoch(1);
    rig.transfers(T0, 1, Target::Channel("demo".parse().unwrap()));
    assert_eq!(rig.owner(1), Some(1), "it is here already");
    rig.transfers(T0, 1, Target::Channel("sales".parse().unwrap()));
    assert!(rig.is_over(1));
    assert_eq!(rig.moved(), Some((MoveReason::Transferred, 1)));
    let released = rig.told().find_map(|(_, note)| match note {
        Note::Released { epoch, to, .. } => Some((epoch.0, to.to_string())),
        _ => None,
    });
    assert_eq!(released, Some((epoch + 1, "sales".into())));
    assert_eq!(rig.ended_topics(), [Topic::Session(session(1))]);
}

#[test]
fn a_wish_about_a_former_ownership_is_refused_in_the_conversation() {
    let mut rig = owned(&[1, 2]);
    let former = Epoch(rig.epoch(1) - 1);
    let (id, by) = (session(1), face(2));
    rig.note(T0, 1, Note::Transfer { session: id.clone(), epoch: former, by: by.clone(), to: to(2) });
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), vec![Code::StaleEpoch]));
    rig.note(T0, 1, Note::Intercept { session: id, epoch: former, by });
    assert_eq!((rig.owner(1), rig.refusals()), (Some(1), vec![Code::StaleEpoch]));
}

#[test]
fn who_takes_a_session_over_owns_it_at_once_a_member_or_not() {
    let mut rig = owned(&[1]);
    rig.intercepts(T0, 7, 1);
    assert_eq!((rig.owner(1), rig.moved()), (Some(7), Some((MoveReason::Intercepted, 1))));
    assert_eq!((rig.asked(), rig.desk.load(&operator(7))), (vec![(7, true)], 1));
    rig.ends(T0, 1);
    assert_eq!(rig.asked(), [(7, false)], "a guest who has nothing is followed no longer");
    assert!(rig.desk.seat(&operator(7)).is_none());
}

#[test]
fn who_opens_a_session_again_owns_it_even_at_the_limit() {
    let mut rig = Rig::new(&[1], 1);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    let claimed = Arrival { run: 1, epoch: Epoch(9), claim: Some(face(1)), ..arrival(T0, 2) };
    rig.note(T0, 2, Note::Arrived(Box::new(claimed)));
    assert_eq!((rig.owner(2), rig.epoch(2)), (Some(1), 11));
    assert_eq!((rig.why(2).rule.clone(), rig.desk.load(&operator(1))), (Rule::Reopened, 2));
}

// --------------------------------------------------------------------------------------------------- absent owners

fn abandoned(rig: &mut Rig, now: Timestamp, of: u32) {
    let epoch = Epoch(rig.epoch(of));
    rig.note(now, of, Note::Abandoned { session: session(of), epoch });
}

#[test]
fn an_owner_who_is_away_for_longer_than_the_grace_loses_a_visitor_who_waits() {
    let mut rig = owned(&[1, 2]);
    rig.presence(T0, 1, false, true);
    abandoned(&mut rig, T0, 1);
    assert_eq!(rig.owner(1), Some(1), "not before the grace is over");
    rig.rings_at(T0 + GRACE - Millis(1));
    assert_eq!(rig.away(), None);
    rig.rings_at(T0 + GRACE);
    assert_eq!(
        (rig.away(), rig.owner(1)),
        (Some(true), Some(1)),
        "whether somebody waits the conversation knows"
    );
    abandoned(&mut rig, T0 + GRACE, 1);
    assert_eq!((rig.moved(), rig.offered(1)), (Some((MoveReason::OwnerAway, 1)), Some(2)));
}

#[test]
fn an_owner_who_comes_back_keeps_the_session() {
    let mut rig = owned(&[1, 2]);
    rig.presence(T0, 1, false, true);
    rig.presence(T0 + Millis(1), 1, true, true);
    rig.rings_at(T0 + GRACE);
    assert_eq!(rig.away(), None, "a short loss does not count");
    rig.presence(T0 + GRACE, 1, false, true);
    rig.presence(T0 + GRACE + Millis(9), 1, false, true);
    rig.rings_at(T0 + GRACE + GRACE);
    assert_eq!(rig.away(), Some(true), "counted from the first word");
    rig.presence(T0 + GRACE + GRACE, 1, true, true);
    assert_eq!(rig.away(), Some(false));
    abandoned(&mut rig, T0 + GRACE + GRACE, 1);
    assert_eq!(rig.owner(1), Some(1));
}

#[test]
fn who_takes_a_session_though_they_seem_to_be_away_has_the_grace_anew() {
    let mut rig = owned(&[1, 2]);
    rig.arrives(T0, 2);
    rig.presence(T0, 1, false, true);
    rig.rings_at(T0 + GRACE);
    assert_eq!(rig.away(), Some(true));
    let now = T0 + GRACE + GRACE;
    rig.intercepts(now, 1, 2);
    assert_eq!((rig.owner(2), rig.away()), (Some(1), Some(false)), "they are there after all");
    rig.rings_at(now + GRACE);
    let away = rig.told().filter(|(_, note)| matches!(note, Note::Away { away: true, .. }));
    assert_eq!(away.count(), 2);
}

#[test]
fn where_availability_is_not_checked_absence_moves_nothing() {
    let mut rig = owned(&[1, 2]);
    rig.presence(T0, 1, false, true);
    rig.rings_at(T0 + GRACE);
    rig.change(T0 + GRACE, |settings| settings.queue.check_availability = false);
    assert_eq!(rig.away(), Some(false));
    abandoned(&mut rig, T0 + GRACE, 1);
    assert_eq!(rig.owner(1), Some(1));
    rig.change(T0 + GRACE, |settings| settings.queue.check_availability = true);
    assert_eq!(rig.away(), Some(true));
}

// ------------------------------------------------------------------------------------------------------ pinned and closed

#[test]
fn a_pinned_session_is_not_abandoned_and_does_not_move_on() {
    let mut rig = owned(&[1, 2]);
    rig.pins(T0, 1, true);
    rig.presence(T0, 1, false, true);
    rig.rings_at(T0 + GRACE);
    assert_eq!(rig.away(), None);
    abandoned(&mut rig, T0 + GRACE, 1);
    let epoch = Epoch(rig.epoch(1));
    rig.note(T0 + GRACE, 1, Note::Unanswered { session: session(1), epoch });
    assert_eq!(rig.owner(1), Some(1));
    rig.pins(T0 + GRACE, 1, false);
    assert_eq!(rig.away(), Some(true), "let go, it is looked at anew");
}

#[test]
fn a_session_that_is_pinned_after_its_owner_went_is_looked_at_when_it_is_let_go() {
    let mut rig = owned(&[1, 2]);
    rig.presence(T0, 1, false, true);
    rig.rings_at(T0 + GRACE);
    rig.pins(T0 + GRACE, 1, true);
    assert_eq!(rig.away(), Some(false));
    rig.pins(T0 + GRACE, 1, false);
    assert_eq!(rig.away(), Some(true));
}

#[test]
fn a_closed_session_stays_with_its_owner_and_is_looked_at_when_it_goes_on() {
    let mut rig = owned(&[1, 2]);
    rig.stands(T0, 1, Standing::Closing);
    rig.presence(T0, 1, false, true);
    rig.rings_at(T0 + GRACE);
    assert_eq!((rig.away(), rig.owner(1)), (None, Some(1)));
    rig.stands(T0 + GRACE, 1, Standing::Awaiting);
    assert_eq!((rig.away(), rig.owner(1)), (Some(true), Some(1)));
}

#[test]
fn a_closed_session_of_a_former_member_goes_to_the_line_when_it_goes_on() {
    let mut rig = owned(&[1, 2]);
    rig.stands(T0, 1, Standing::Closing);
    rig.members(T0, &[2]);
    assert_eq!(rig.owner(1), Some(1));
    rig.stands(T0, 1, Standing::Awaiting);
    assert_eq!((rig.moved(), rig.offered(1)), (Some((MoveReason::Removed, 1)), Some(2)));
}

#[test]
fn a_closed_session_frees_its_slot() {
    let mut rig = Rig::new(&[1], 1);
    rig.arrives(T0, 1);
    rig.takes(T0, 1, 1);
    rig.arrives(T0, 2);
    rig.stands(T0, 1, Standing::Closing);
    assert_eq!(rig.offered(2), Some(1));
    rig.stands(T0, 1, Standing::Awaiting);
    assert_eq!(rig.desk.load(&operator(1)), 2, "nobody loses what they had");
}

// -------------------------------------------------------------------------------------------------------------- no answer

#[test]
fn a_session_that_nobody_answers_begins_anew_and_not_with_the_same_one() {
    let mut rig = owned(&[1, 2]);
    let epoch = Epoch(rig.epoch(1));
    rig.note(T0, 1, Note::Unanswered { session: session(1), epoch });
    assert_eq!((rig.moved(), rig.offered(1)), (Some((MoveReason::NoAnswer, 1)), Some(2)));
    assert_eq!(rig.row(1).since, T0);
}

#[test]
fn a_session_that_waits_unanswered_is_offered_again_to_those_who_passed_it_on() {
    let mut rig = Rig::new(&[1], 5);
    rig.arrives(T0, 1);
    rig.skips(T0, 1, 1, 2);
    assert!(rig.waits(1));
    let epoch = Epoch(rig.epoch(1));
    rig.note(T0, 1, Note::Unanswered { session: session(1), epoch });
    assert_eq!(rig.offered(1), Some(1));
}
