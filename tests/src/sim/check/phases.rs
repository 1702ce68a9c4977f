//! Rules 1 and 12, and the table of phases: a session goes only the ways that there are, is held only by whom its desk said,
//! and is read only by who may.

use super::super::node::Plug;
use super::super::world::World;
use super::Right;
use super::talk::{Step, Talk};
use shared::api::Role;
use shared::conversation::{Conversation, Kind, Phase, Session, TRANSITIONS, Who};
use shared::id::{OperatorId, SessionId, Socket};
use shared::reject::Code;
use shared::turn::Out;
use shared::wire::{Ending, FromConversation, ToConversation};
use std::collections::{BTreeMap, BTreeSet};

impl World {
    pub(super) fn check_phase(&mut self, step: &Step<'_>, talk: &mut Talk) {
        let Some(after) = step.after.as_deref() else { return };
        let before = step.before.as_deref();
        if before == Some(after) {
            return;
        }
        self.check_transition(step, before, after);
        if let Some(before) = before {
            self.check_course(step, before, after);
        }
        if let Phase::Waiting { claim: Some(face), .. } = &after.phase {
            talk.claim = Some((after.run, face.id.clone()));
        }
        self.check_right(step, after);
    }

    fn check_transition(&mut self, step: &Step<'_>, before: Option<&Session>, after: &Session) {
        let (from, to) = (before.map_or(Kind::None, |before| before.phase.kind()), after.phase.kind());
        let renewed = before.is_some_and(|before| (before.number, before.run) != (after.number, after.run));
        let is_over = |kind: Kind| matches!(kind, Kind::None | Kind::Ended | Kind::Missed);
        // Put away, or sent on while it waits: the same phase in another run.
        let same = from == to && (!renewed || from == Kind::Waiting || is_over(from));
        let listed = TRANSITIONS.iter().any(|(one, other, _)| (*one, *other) == (from, to));
        self.check(same || listed, "the table of phases: another way was taken", || {
            format!("{}: {from:?} → {to:?}", step.name())
        });
        if !same {
            self.ledger.count(&transition(from, to));
        }
        let next = before.is_none_or(|before| {
            before.number == after.number || (is_over(from) && before.number + 1 == after.number)
        });
        self.check(next, "the table of phases: a session began before the last was over", || step.name());
    }

    /// What survives every turn of a session.
    fn check_course(&mut self, step: &Step<'_>, before: &Session, after: &Session) {
        let age = |session: &Session| (session.number, session.epoch, session.run);
        self.check(age(before) <= age(after), "1: ownership went back", || {
            format!("{}: {:?} then {:?}", step.name(), age(before), age(after))
        });
        if before.number != after.number {
            return;
        }
        if after.pinned && !before.pinned {
            self.ledger.count("pinned");
        }
        self.check(before.since == after.since, "3: a session lost its arrival time", || step.name());
        let (was, is) = (before.owner(), after.owner());
        let same_epoch = before.epoch == after.epoch && before.is_open() && after.is_open();
        self.check(!same_epoch || was == is, "1: an owner changed without an epoch", || {
            format!("{}: {was:?} then {is:?} in {}", step.name(), after.epoch)
        });
        let moved = was.is_some() && after.is_open() && was != is && before.run == after.run;
        self.check(
            !moved || step.cause.note().is_some(),
            "1: an owner changed without a word of the desk",
            || format!("{}: {was:?} then {is:?}", step.name()),
        );
        if let (Phase::Active { .. }, Phase::Closing { until, .. }) = (&before.phase, &after.phase) {
            let right = step.allowed(|settings| step.now + settings.automatic.closing_period == *until);
            self.check(right, "9: a closing period of another length", || step.name());
        }
        if let (Phase::Closing { until, .. }, Phase::Ended { .. }, true) =
            (&before.phase, &after.phase, step.cause.is_alarm())
        {
            self.check(*until <= step.now, "9: a closing period ended early", || step.name());
        }
    }

    /// Rule 1: whoever holds a session is who its desk said.
    fn check_right(&mut self, step: &Step<'_>, session: &Session) {
        let name = SessionId { conversation: step.id.clone(), number: session.number };
        let nothing = Right::default();
        let right = self.ledger.rights.get(&(name, session.run, session.epoch)).unwrap_or(&nothing);
        let rightful = match &session.phase {
            Phase::Active { owner } | Phase::Closing { owner, .. } => right.owner.as_ref() == Some(&owner.id),
            Phase::Waiting { offer: Some(offer), .. } => right.offered.as_ref() == Some(&offer.to.id),
            Phase::Waiting { shown, .. } => shown.is_subset(&right.shown),
            Phase::Ended { owner: Some(owner), by, .. } => {
                *by == Ending::GivenUp || right.owner.as_ref() == Some(&owner.id)
            }
            Phase::Ended { owner: None, .. } => true,
        };
        let right = right.clone();
        self.check(rightful, "1: a session has another holder than its desk said", || {
            format!("{}: {:?} at {}, but {right:?}", step.name(), session.phase, session.epoch)
        });
        let alone = session.owner().is_none_or(|owner| !session.joined.contains_key(&owner.id));
        self.check(alone, "1: an owner beside themselves", || step.name());
        let heirs = session.heirs.is_empty() || session.phase.kind() == Kind::Missed;
        self.check(heirs, "1: a session that is not missed has heirs", || step.name());
    }

    /// Who takes part beside the owner is who has joined, until they leave, own it, or it is over.
    pub(super) fn check_colleagues(&mut self, step: &Step<'_>, plugs: &BTreeMap<Socket, Plug<Who>>) {
        let Some(after) = step.after.as_deref() else { return };
        let asked =
            step.cause.frame().and_then(|(socket, frame)| match plugs.get(&socket).map(|plug| &plug.who) {
                Some(Who::Operator { face, .. }) => Some((&face.id, frame)),
                Some(Who::Visitor | Who::SignedIn) | None => None,
            });
        let before = step.before.as_deref().filter(|before| before.number == after.number);
        let was = |id: &OperatorId| before.is_some_and(|before| before.joined.contains_key(id));
        let joins = |id: &OperatorId| matches!(asked, Some((by, ToConversation::Join {})) if by == id);
        let came = after.joined.keys().find(|id| !was(id) && !joins(id));
        self.check(came.is_none(), "1: somebody takes part who did not join", || {
            format!("{}: {came:?}", step.name())
        });
        if let Some((by, ToConversation::Leave {})) = asked.filter(|_| after.is_open()) {
            let left = !after.joined.contains_key(by);
            self.check(left, "1: somebody who has left takes part", || format!("{}: {by}", step.name()));
        }
    }

    /// Rule 12: who may read is who was ever given a session of it to see, or joined as a supervisor.
    pub(super) fn check_entitled(&mut self, step: &Step<'_>, talk: &mut Talk) {
        let Some(head) = talk.head.as_ref().filter(|head| !head.told.is_subset(&talk.entitled)) else {
            return;
        };
        let news: BTreeSet<OperatorId> = head.told.difference(&talk.entitled).cloned().collect();
        let heirs = step.after.as_deref().map(|session| session.heirs.clone()).unwrap_or_default();
        let joined = step.after.as_deref().map(|session| session.joined.clone()).unwrap_or_default();
        let supervises = |id: &OperatorId| {
            self.people.iter().any(|person| person.id == *id && person.role >= Role::Supervisor)
        };
        let is_member = |id: &OperatorId| {
            let mut counters = self.ledger.counters.values();
            counters.any(|counter| counter.ever_member(id))
        };
        let given = |id: &&OperatorId| {
            let shown = |right: &Right| {
                right.owner.as_ref() == Some(id)
                    || right.offered.as_ref() == Some(id)
                    || right.shown.contains(*id)
            };
            let mut rights = self.ledger.rights.iter();
            rights.any(|((session, ..), right)| session.conversation == *step.id && shown(right))
                || (heirs.contains(*id) && is_member(id))
                || (joined.contains_key(*id) && supervises(id))
        };
        let wrong: Vec<_> = news.iter().filter(|id| !given(id)).cloned().collect();
        self.check(wrong.is_empty(), "12: somebody may read what was never theirs to see", || {
            format!("{}: {wrong:?}", step.name())
        });
        talk.entitled.extend(news);
    }

    /// Nothing that is right is refused: an owner's, a colleague's or a visitor's message in the present ownership.
    pub(super) fn check_refusals(
        &mut self,
        step: &Step<'_>,
        outs: &[Out<Conversation>],
        plugs: &BTreeMap<Socket, Plug<Who>>,
    ) {
        let Some((socket, frame)) = step.cause.frame() else { return };
        // What is refused beside it is what others held back.
        let said = match frame {
            ToConversation::Send { id, .. } => Some(id),
            _ => None,
        };
        let refusal = outs.iter().find_map(|out| match out {
            Out::Frame(to, FromConversation::Reject { id, code, .. })
                if *to == socket && id.as_ref() == said =>
            {
                Some(*code)
            }
            _ => None,
        });
        let Some(code) = refusal else { return };
        self.ledger.count(&format!("refused: {}", code.as_str()));
        let own_fault = matches!(
            code,
            Code::TooFast
                | Code::FormRequired
                | Code::HelloExpected
                | Code::EmptyText
                | Code::TextTooLong
                | Code::Forbidden
        );
        let who = plugs.get(&socket).map(|plug| plug.who.clone());
        let (Some(before), Some(who), false) = (step.before.as_deref(), who, own_fault) else { return };
        let right = is_right(before, &who, frame) && code != Code::ChannelClosed;
        self.check(!right, "1: what was right was refused", || {
            format!("{}: {who:?} said {frame:?}, refused as {code:?}", step.name())
        });
        let ours = matches!(code, Code::NotFound | Code::Internal);
        self.check(!ours, "5: refused by our own fault", || format!("{}: {frame:?}", step.name()));
    }
}

/// Whether this has to be granted, or at least passed on to the desk.
fn is_right(session: &Session, who: &Who, frame: &ToConversation) -> bool {
    let Who::Operator { face, role } = who else {
        return matches!(frame, ToConversation::Send { note: false, file: false, .. })
            || (matches!(frame, ToConversation::End {}) && session.is_open());
    };
    let owns = session.is_owned_by(&face.id);
    match frame {
        ToConversation::Send { note: true, .. } => true,
        // It may have come too late for its file.
        ToConversation::Send { file: true, .. } => false,
        ToConversation::Send { epoch, .. } => {
            let takes_part = owns || session.joined.contains_key(&face.id) || session.is_for(&face.id);
            session.is_open() && takes_part && *epoch == Some(session.epoch)
        }
        ToConversation::Close { epoch } | ToConversation::Pin { epoch, .. } => {
            owns && *epoch == session.epoch && session.goes_on()
        }
        ToConversation::Transfer { epoch, .. } => {
            session.goes_on() && *epoch == session.epoch && (owns || *role >= Role::Supervisor)
        }
        ToConversation::Intercept { epoch } => {
            session.goes_on() && *epoch == session.epoch && *role >= Role::Supervisor
        }
        ToConversation::Spam { epoch } => {
            session.is_open() && *epoch == session.epoch && (owns || *role >= Role::Supervisor)
        }
        ToConversation::Reopen { session: number } => !session.is_open() && session.number == *number,
        _ => false,
    }
}

/// What a way of the table is called in the count of what happened.
pub(super) fn transition(from: Kind, to: Kind) -> String {
    format!("phase: {from:?} → {to:?}")
}
