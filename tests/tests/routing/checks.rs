//! What has to hold whatever the rules say.

use shared::core::{Core as _, Effect, Input};
use shared::desk::{Desk, Place, Record, SessionRow};
use shared::id::{Epoch, OperatorId, SessionId};
use shared::note::{Address, Note, Topic};
use shared::settings::Distribution;
use shared::time::Timestamp;
use shared::why::Rule;
use std::collections::{BTreeMap, BTreeSet};

// -------------------------------------------------------------------------------------------------------- what was told

/// What the conversations know from notes alone: it has to be all that the desk knows.
#[derive(Default)]
pub(crate) struct Mirror {
    heard: BTreeMap<SessionId, (Epoch, Topic, Heard)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Heard {
    /// The books are closed.
    Nothing,
    Over,
    Waits {
        shown: BTreeSet<OperatorId>,
    },
    Offered {
        to: OperatorId,
        until: Timestamp,
    },
    Owned {
        by: OperatorId,
        away: bool,
    },
}

impl Mirror {
    pub(crate) fn epoch(&self, session: &SessionId) -> Epoch {
        self.heard.get(session).map(|(epoch, ..)| *epoch).unwrap_or_default()
    }

    pub(crate) fn hear(&mut self, effects: &[Effect<Desk>]) -> Result<(), String> {
        for effect in effects {
            match effect {
                Effect::Tell { to: Address::Conversation(_), topic, note } => self.hear_one(topic, note)?,
                Effect::EndTopic(ended) => {
                    for (_, topic, heard) in self.heard.values_mut() {
                        if topic == ended {
                            *heard = Heard::Nothing;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn hear_one(&mut self, topic: &Topic, note: &Note) -> Result<(), String> {
        let (session, epoch, heard) = match note.clone() {
            Note::Waiting { session, epoch, .. } => (session, epoch, Heard::Waits { shown: BTreeSet::new() }),
            Note::Offered { session, epoch, to, until, .. } => {
                (session, epoch, Heard::Offered { to: to.id, until })
            }
            Note::Assigned { session, epoch, owner, .. } => {
                (session, epoch, Heard::Owned { by: owner.id, away: false })
            }
            Note::Missed { session, epoch, .. }
            | Note::Released { session, epoch, .. }
            | Note::NoChannel { session, epoch } => (session, epoch, Heard::Over),
            Note::Shown { session, epoch, to, hidden, .. } => {
                return self.see(&session, epoch, |heard| {
                    let Heard::Waits { shown } = heard else { return false };
                    let are_new = to.into_iter().all(|face| shown.insert(face.id));
                    are_new && hidden.iter().all(|operator| shown.remove(operator))
                });
            }
            Note::Away { session, epoch, away: now } => {
                return self.see(&session, epoch, |heard| match heard {
                    Heard::Owned { away, .. } => core::mem::replace(away, now) != now,
                    _ => false,
                });
            }
            Note::Explained { session, epoch, .. } => return self.see(&session, epoch, |_| true),
            _ => return Ok(()),
        };
        if self.epoch(&session) >= epoch {
            return Err(format!("an ownership is not newer than the last: {note:?}"));
        }
        self.heard.insert(session, (epoch, topic.clone(), heard));
        Ok(())
    }

    fn see(
        &mut self,
        session: &SessionId,
        epoch: Epoch,
        change: impl FnOnce(&mut Heard) -> bool,
    ) -> Result<(), String> {
        let fits = |(known, _, heard): &mut (Epoch, Topic, Heard)| *known == epoch && change(heard);
        if self.heard.get_mut(session).is_some_and(fits) {
            Ok(())
        } else {
            Err(format!(
                "{session} was told what does not fit ownership {epoch}: {:?}",
                self.heard.get(session)
            ))
        }
    }

    pub(crate) fn compare(&self, desk: &Desk) -> Result<(), String> {
        for row in desk.sessions() {
            let place = match &row.place {
                Place::Line { shown, .. } => Heard::Waits { shown: shown.clone() },
                Place::Offered { to, until } => Heard::Offered { to: to.id.clone(), until: *until },
                Place::Owned { owner, away } => Heard::Owned { by: owner.id.clone(), away: *away },
            };
            let topic = Topic::of(&row.session, row.run);
            if self.heard.get(&row.session) != Some(&(row.epoch, topic, place)) {
                return Err(format!("{row:?} was told as {:?}", self.heard.get(&row.session)));
            }
        }
        let known = |session: &SessionId| desk.session(session).is_some();
        match self.heard.iter().find(|(id, (.., heard))| *heard != Heard::Nothing && !known(id)) {
            Some(left) => Err(format!("nobody was told that it is over: {left:?}")),
            None => Ok(()),
        }
    }
}

/// Whoever accepts or skips gets it, or hears why not.
pub(crate) fn wish_is_answered(
    desk: &Desk,
    input: &Input<Desk>,
    effects: &[Effect<Desk>],
) -> Result<(), String> {
    let Input::Note { from, note, .. } = input else { return Ok(()) };
    let (session, operator, takes) = match note {
        Note::Accept { session, operator, .. } => (session, operator, true),
        Note::Skip { session, operator, .. } => (session, operator, false),
        _ => return Ok(()),
    };
    let refusals = effects.iter().filter(|effect| match effect {
        Effect::Tell { to, note: Note::Refused { session: about, operator: whom, .. }, .. } => {
            to == from && about == session && whom == operator
        }
        _ => false,
    });
    let row = desk.session(session);
    let owns = row.and_then(SessionRow::owner).is_some_and(|owner| owner.id == *operator);
    let passed = row.is_some_and(|row| row.tried.contains(operator));
    let done = if takes { owns } else { passed };
    // What came over the conversation for another run of the session is the conversation's to know.
    let is_stray = effects.iter().any(|effect| matches!(effect, Effect::EndTopic(_)));
    match (refusals.count(), done) {
        (0, true) | (1, false) => Ok(()),
        (1, true) if !takes => Ok(()),
        (0, false) if is_stray => Ok(()),
        (refusals, done) => Err(format!("{note:?}: done {done}, refused {refusals} times, {row:?}")),
    }
}

// ------------------------------------------------------------------------------------------------------ what was decided

/// Nothing is placed by itself over the limit, nor past an older session that the same operator could take.
pub(crate) fn placements(desk: &Desk, before: &[SessionRow]) -> Result<(), String> {
    let Some(queue) = desk.settings().map(|settings| &settings.settings.queue) else { return Ok(()) };
    for row in desk.sessions() {
        let was = before.iter().find(|was| was.session == row.session && was.run == row.run);
        let is_new = was.is_none_or(|was| was.epoch != row.epoch);
        let Some((holder, why)) = row.holder().zip(row.why.as_ref()).filter(|_| is_new) else { continue };
        let (in_line, by_itself) = match why.rule {
            Rule::Evenly | Rule::InOrder => (true, was.is_none_or(|was| was.why.as_ref() != Some(why))),
            Rule::Responsible | Rule::Everyone => {
                (false, was.is_none_or(|was| was.why.as_ref() != Some(why)))
            }
            _ => (false, false),
        };
        let over = queue.sessions_at_once != 0 && desk.load(&holder.id) > queue.sessions_at_once;
        if by_itself && over {
            return Err(format!("{} has too many: {row:?}", holder.id));
        }
        let passed_over = |other: &&SessionRow| {
            matches!(other.place, Place::Line { .. })
                && (other.since, &other.session) < (row.since, &row.session)
                && !other.tried.contains(&holder.id)
        };
        if let Some(older) = desk.sessions().find(passed_over).filter(|_| in_line && by_itself) {
            return Err(format!("{row:?} was placed before {older:?}"));
        }
    }
    Ok(())
}

/// Whoever waits could be taken by nobody, is shown to all who could take them, or waits for the next round.
pub(crate) fn nobody_waits_in_vain(desk: &Desk) -> Result<(), String> {
    let Some(settings) = desk.settings().map(|settings| &settings.settings) else { return Ok(()) };
    let queue = &settings.queue;
    let able = |id: &&OperatorId| {
        let here = desk.seat(id).is_some_and(|seat| seat.online && seat.available);
        let room = queue.sessions_at_once == 0 || desk.load(id) < queue.sessions_at_once;
        settings.active && room && (here || !queue.check_availability)
    };
    let able: BTreeSet<OperatorId> = queue.members.iter().filter(able).cloned().collect();
    let mut waiting: Vec<&SessionRow> =
        desk.sessions().filter(|row| matches!(row.place, Place::Line { .. })).collect();
    waiting.sort_by_key(|row| (row.since, &row.session));
    for row in waiting.into_iter().take(20) {
        let Place::Line { next_round, shown } = &row.place else { continue };
        let eligible: BTreeSet<OperatorId> = able.difference(&row.tried).cloned().collect();
        let seen = queue.distribution == Distribution::Everyone && *shown == eligible;
        if !(eligible.is_empty() || seen) {
            return Err(format!("{row:?} waits, and {eligible:?} could take it"));
        }
        if eligible.is_empty() && !able.is_empty() && next_round.is_none() {
            return Err(format!("{row:?} waits for nothing"));
        }
    }
    Ok(())
}

/// The alarm is not later than the first timer, and nothing that was due is left when it has rung.
pub(crate) fn alarm(
    desk: &Desk,
    now: Timestamp,
    input: &Input<Desk>,
    next: Option<Timestamp>,
) -> Result<(), String> {
    let set = desk.poll_timeout();
    if next.is_some_and(|next| set.is_none_or(|at| at > next)) {
        return Err(format!("the alarm is set to {set:?}, and something is due at {next:?}"));
    }
    match set.filter(|at| matches!(input, Input::Timeout) && *at <= now) {
        Some(at) => Err(format!("it is {now}, and what was due at {at} was not done")),
        None => Ok(()),
    }
}

// ----------------------------------------------------------------------------------------------------- what was restored

pub(crate) fn same_rows(restored: &Desk, desk: &Desk) -> Result<(), String> {
    let words = |desk: &Desk| -> Vec<String> {
        let sessions = desk.sessions().map(|row| format!("{row:?}"));
        let seats = desk.seats().map(|seat| format!("{seat:?}"));
        sessions.chain(seats).chain([format!("{:?}", desk.settings())]).collect()
    };
    same_words(words(restored), words(desk))
}

/// All that was told and stored, but for mere hints and who is given them.
pub(crate) fn same_effects(restored: &[Effect<Desk>], desk: &[Effect<Desk>]) -> Result<(), String> {
    let words = |effects: &[Effect<Desk>]| -> Vec<String> {
        let is_hint = |effect: &&Effect<Desk>| {
            matches!(
                effect,
                Effect::Mention { .. }
                    | Effect::Persist(Record::Watcher(..) | Record::WatcherGone(_) | Record::Heard(_))
            )
        };
        let told = effects.iter().filter(|effect| !is_hint(effect));
        told.map(|effect| format!("{effect:?}")).collect()
    };
    same_words(words(restored), words(desk))
}

fn same_words(mut restored: Vec<String>, mut desk: Vec<String>) -> Result<(), String> {
    if restored == desk {
        return Ok(());
    }
    let (all_restored, all) = (restored.clone(), desk.clone());
    restored.retain(|line| !all.contains(line));
    desk.retain(|line| !all_restored.contains(line));
    Err(format!("restored: {restored:#?}\nnot: {desk:#?}"))
}
