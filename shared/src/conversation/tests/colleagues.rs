//! Handing over, taking over, and taking part beside the owner.

use super::*;

fn supervisor(rig: &mut Rig) {
    rig.opens(3, Who::Operator { face: ben(), role: Role::Supervisor });
    rig.says(3, hello(0)).unwrap();
}

fn transfer(epoch: u64) -> ToConversation {
    ToConversation::Transfer { epoch: Epoch(epoch), to: Target::Operator(ben().id) }
}

#[test]
fn the_owner_or_a_supervisor_hands_over_and_the_desk_decides() {
    let mut rig = Rig::active();
    assert_eq!(rig.says(2, transfer(2)), Err(Reject(Code::StaleEpoch)));
    rig.says(2, transfer(3)).unwrap();
    assert!(matches!(rig.told()[..], [Note::Transfer { epoch: Epoch(3), .. }]));
    supervisor(&mut rig);
    rig.says(3, transfer(3)).unwrap();
    assert_eq!(rig.told().len(), 1);
    rig.moved_on(4, ana(), MoveReason::Transferred);
    rig.offered(5, ben());
    assert_eq!(rig.says(2, transfer(5)), Err(Reject(Code::NotParticipant)));
}

#[test]
fn a_refused_wish_is_told_to_who_asked() {
    let mut rig = Rig::active();
    rig.says(2, transfer(3)).unwrap();
    let (session, operator) = (rig.session_id(), ana().id);
    rig.note(Note::Refused { session, operator, code: Code::NotAvailable });
    assert_eq!((rig.refused(2), rig.refused(1)), (vec![Code::NotAvailable], vec![]));
}

#[test]
fn only_a_supervisor_takes_over_and_the_former_owner_sees_by_whom() {
    let mut rig = Rig::active();
    let intercept = ToConversation::Intercept { epoch: Epoch(3) };
    assert_eq!(rig.says(2, intercept.clone()), Err(Reject(Code::Forbidden)));
    supervisor(&mut rig);
    rig.says(3, intercept).unwrap();
    assert!(matches!(rig.told()[..], [Note::Intercept { .. }]));
    let moved = Some(Moved { from: ana(), reason: MoveReason::Intercepted });
    let session = rig.session_id();
    rig.note(Note::Assigned { session, epoch: Epoch(4), owner: ben(), moved, why: None });
    assert_eq!(rig.gone(), [(ana().id, GoneReason::Taken { by: "Ben".into() }, false)]);
    assert_eq!(rig.replies(2, 10, 4), Err(Reject(Code::NotParticipant)));
    rig.replies(3, 11, 4).unwrap();
}

#[test]
fn who_joins_may_write_until_they_leave() {
    let mut rig = Rig::active();
    supervisor(&mut rig);
    assert_eq!(rig.replies(3, 10, 3), Err(Reject(Code::NotParticipant)));
    rig.says(3, ToConversation::Join {}).unwrap();
    assert!(rig.rows().contains(&(ben().id, RowState::Joined { owner: "Ana".into() })));
    assert!(matches!(rig.shown(1), Some(SessionView::Active { with, .. }) if with == &["Ben"]));
    assert!(matches!(rig.shown(3), Some(SessionView::Active { joined: true, mine: false, .. })));
    rig.replies(3, 10, 3).unwrap();
    assert_eq!(rig.replies(3, 11, 2), Err(Reject(Code::StaleEpoch)));
    assert!(rig.core.session().unwrap().awaiting_since.is_none(), "an answer is an answer");
    rig.says(3, ToConversation::Leave {}).unwrap();
    assert_eq!(rig.gone(), [(ben().id, GoneReason::Left, false)]);
    assert_eq!(rig.replies(3, 12, 3), Err(Reject(Code::NotParticipant)));
    assert_eq!(rig.says(3, ToConversation::Leave {}), Err(Reject(Code::NotParticipant)));
}

#[test]
fn a_colleague_who_joined_stays_when_the_owner_changes_and_goes_with_the_end() {
    let mut rig = Rig::active();
    supervisor(&mut rig);
    rig.says(3, ToConversation::Join {}).unwrap();
    rig.moved_on(4, ana(), MoveReason::OwnerAway);
    assert!(rig.rows().contains(&(ben().id, RowState::Joined { owner: String::new() })));
    rig.assigned(5, ana());
    rig.says(1, ToConversation::End {}).unwrap();
    assert!(rig.gone().contains(&(ben().id, GoneReason::Ended, true)));
}

#[test]
fn so_many_may_join_and_no_more() {
    let mut rig = Rig::active();
    for n in 0..=limits::JOINED_MAX {
        let face = Face { id: format!("01ARZ3NDEKTSV4RRFFQ69G5F{n:02}").parse().unwrap(), name: "X".into() };
        let socket = 10 + n as u64;
        rig.opens(socket, Who::Operator { face, role: Role::Supervisor });
        rig.says(socket, hello(0)).unwrap();
        let full = n == limits::JOINED_MAX;
        let expected = if full { Err(Reject(Code::TooManyParticipants)) } else { Ok(()) };
        assert_eq!(rig.says(socket, ToConversation::Join {}), expected);
    }
}

#[test]
fn what_is_shown_to_everyone_is_theirs_to_accept_and_goes_to_one() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    let session = rig.session_id();
    rig.note(Note::Waiting { session: session.clone(), epoch: Epoch(1), moved: None });
    let why = || {
        Box::new(crate::why::Why {
            at: T0,
            rule: crate::why::Rule::Everyone,
            winner: None,
            next: Vec::new(),
            excluded: crate::why::Excluded::default(),
        })
    };
    let shown = Note::Shown {
        session: session.clone(),
        epoch: Epoch(1),
        to: vec![ana(), ben()],
        hidden: vec![],
        why: why(),
    };
    rig.note(shown);
    assert_eq!(rig.rows().len(), 2);
    rig.reads(2, ana());
    rig.reads(3, ben());
    rig.replies(2, 10, 1).unwrap();
    rig.replies(3, 11, 1).unwrap();
    assert!(matches!(rig.told()[..], [Note::Accept { .. }]), "each reply asks the desk");
    rig.assigned(2, ana());
    assert_eq!(rig.gone(), [(ben().id, GoneReason::Taken { by: "Ana".into() }, false)]);
    assert_eq!((rig.acks(2).len(), rig.refused(3)), (1, vec![Code::OfferGone]));
}

#[test]
fn who_is_hidden_from_loses_the_row_and_the_others_are_not_told_again() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    let session = rig.session_id();
    rig.note(Note::Waiting { session: session.clone(), epoch: Epoch(1), moved: None });
    let mut show = |to: Vec<Face>, hidden: Vec<OperatorId>| {
        let why = Box::new(shown_to_everyone());
        rig.note(Note::Shown { session: session.clone(), epoch: Epoch(1), to, hidden, why });
        (rig.rows().len(), rig.gone())
    };
    assert_eq!(show(vec![ana()], vec![]), (1, vec![]));
    assert_eq!(show(vec![ben()], vec![]), (1, vec![]));
    assert_eq!(show(vec![], vec![ana().id]), (0, vec![(ana().id, GoneReason::Hidden, false)]));
}
