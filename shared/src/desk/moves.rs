//! What happens to sessions: they come, wait, go on and end.

use super::{Desk, Place, Record, SessionRow};
use crate::id::{Epoch, OperatorId, SessionId};
use crate::limits;
use crate::note::{Arrival, Face, Moved, Note, Standing};
use crate::settings::Distribution;
use crate::time::Timestamp;
use crate::why::{Rule, Verdict};
use crate::wire::MoveReason;
use std::collections::BTreeSet;

impl Desk {
    pub(super) fn arrived(&mut self, now: Timestamp, arrival: Arrival) {
        let Arrival { session, run, since, epoch, settings, responsible, claim } = arrival;
        if self.sessions.get(&session).is_some_and(|known| known.run >= run) {
            return;
        }
        // The end of the last time may still be on its way.
        self.forget(&session);
        let row = SessionRow {
            session: session.clone(),
            run,
            since,
            waiting_since: now,
            epoch: epoch.next(),
            place: Place::line(),
            tried: BTreeSet::new(),
            standing: Standing::Fresh,
            pinned: false,
            why: None,
        };
        let epoch = row.epoch;
        self.replace(row);
        if self.settings.is_none() {
            self.tell_conversation(&session, Note::NoChannel { session: session.clone(), epoch });
            self.forget(&session);
            return;
        }
        if run == 0 {
            self.count_arrival(now);
        }
        self.tell_conversation(&session, Note::Waiting { session: session.clone(), epoch, moved: None });
        self.bring_up_to_date(&session, settings);
        match (claim, responsible) {
            (Some(owner), _) => {
                self.welcome_guest(&owner);
                self.give(now, &session, owner, None, Some(Rule::Reopened));
            }
            (None, Some(person)) => self.offer_to_responsible(now, &session, &person),
            (None, None) => {}
        }
    }

    /// The directory's copy, from which a conversation begins, may be behind.
    fn bring_up_to_date(&mut self, session: &SessionId, settings: u64) {
        if self.settings.as_ref().is_some_and(|known| known.version > settings)
            && let Some(note) = self.settings_note()
        {
            self.tell_conversation(session, note);
        }
    }

    /// Who is responsible for the contact comes first, a member or not, if they can take it.
    fn offer_to_responsible(&mut self, now: Timestamp, session: &SessionId, person: &Face) {
        let wanted =
            self.rules().is_some_and(|settings| settings.active && settings.queue.forward_to_responsible);
        // Of somebody who was never heard of, the first word comes after the offer and takes it back if need be.
        let able = self.judge(&person.id).is_none_or(|verdict| verdict == Verdict::Ready);
        if wanted && able {
            self.welcome_guest(person);
            self.offer(now, session, &person.id, Rule::Responsible);
        }
    }

    pub(super) fn ended(&mut self, session: &SessionId, missed: bool) {
        if missed { self.miss(session) } else { self.forget(session) }
    }

    /// Nobody accepted it, and nobody will be asked any more. It stays in inboxes.
    pub(super) fn miss(&mut self, session: &SessionId) {
        let Some(row) = self.sessions.get(session) else { return };
        let epoch = row.epoch.next();
        let members = self.rules().map(|settings| settings.queue.members.as_slice()).unwrap_or_default();
        let to: Vec<OperatorId> = members.iter().take(limits::HEIRS_MAX).cloned().collect();
        self.tell_conversation(session, Note::Missed { session: session.clone(), epoch, to });
        self.forget(session);
    }

    /// An offer was not accepted in time.
    pub(super) fn offer_ends(&mut self, now: Timestamp, session: &SessionId) {
        let Some(Place::Offered { to, .. }) = self.sessions.get(session).map(|row| row.place.clone()) else {
            return;
        };
        self.mark_tried(session, &to.id);
        self.requeue(now, session, Moved { from: to.clone(), reason: MoveReason::TimeLimit });
        self.missed_offer(&to.id);
    }

    pub(super) fn mark_tried(&mut self, session: &SessionId, operator: &OperatorId) {
        if let Some(row) = self.sessions.get_mut(session) {
            row.tried.insert(operator.clone());
        }
    }

    /// Whether the visitor waits has changed.
    pub(super) fn stands(&mut self, now: Timestamp, session: &SessionId, epoch: Epoch, standing: Standing) {
        let Some(mut row) = self.seen(session, epoch).filter(|row| row.standing != standing).cloned() else {
            return;
        };
        let resumed = row.standing == Standing::Closing;
        row.standing = standing;
        let owner = row.owner().cloned();
        self.replace(row);
        if let Some(from) = owner.filter(|owner| resumed && !self.seats.contains_key(&owner.id)) {
            self.requeue(now, session, Moved { from, reason: MoveReason::Removed });
        }
        self.tell_away(session);
    }

    /// The visitor waits, and the conversation was told that the owner is away.
    pub(super) fn abandoned(&mut self, now: Timestamp, session: &SessionId, epoch: Epoch) {
        let Some(Place::Owned { owner, away: true }) = self.seen(session, epoch).map(|row| row.place.clone())
        else {
            return;
        };
        self.requeue(now, session, Moved { from: owner, reason: MoveReason::OwnerAway });
    }

    /// Nobody has answered in time: the session is placed anew, and not with who has it now while others can take it.
    pub(super) fn unanswered(&mut self, now: Timestamp, session: &SessionId, epoch: Epoch) {
        let Some(row) = self.seen(session, epoch).filter(|row| !row.pinned) else { return };
        let holder = row.holder().cloned();
        let mut row = row.clone();
        row.tried = holder.iter().map(|face| face.id.clone()).collect();
        match holder {
            Some(from) => {
                self.sessions.insert(session.clone(), row);
                self.requeue(now, session, Moved { from, reason: MoveReason::NoAnswer });
            }
            None => {
                if let Place::Line { next_round, .. } = &mut row.place {
                    *next_round = None;
                }
                self.told.reshow(session);
                self.replace(row);
            }
        }
    }

    pub(super) fn pinned(&mut self, session: &SessionId, epoch: Epoch, on: bool) {
        let Some(mut row) = self.seen(session, epoch).filter(|row| row.pinned != on).cloned() else { return };
        row.pinned = on;
        self.replace(row);
        self.tell_away(session);
    }

    /// Tells the conversation that its owner has been away for too long, so that it moves on as soon as the visitor waits;
    /// or that it does not any more. What is pinned or closed stays.
    pub(super) fn tell_away(&mut self, session: &SessionId) {
        let Some(row) = self.sessions.get(session) else { return };
        let Some(owner) = row.owner() else { return };
        let stays = row.pinned || row.standing == Standing::Closing || !self.checks_availability();
        let is_away = !stays && self.seats.get(&owner.id).is_some_and(|seat| seat.orphaned);
        let (mut row, epoch) = (row.clone(), row.epoch);
        match &mut row.place {
            Place::Owned { away, .. } if *away != is_away => *away = is_away,
            Place::Owned { .. } | Place::Line { .. } | Place::Offered { .. } => return,
        }
        self.replace(row);
        self.tell_conversation(session, Note::Away { session: session.clone(), epoch, away: is_away });
    }

    /// Offers that nobody has accepted yet are made anew.
    pub(super) fn take_all_offers(&mut self, now: Timestamp) {
        let offered = self.sessions.values().filter_map(|row| match &row.place {
            Place::Offered { to, .. } => Some((row.session.clone(), to.clone())),
            Place::Line { .. } | Place::Owned { .. } => None,
        });
        for (session, from) in offered.collect::<Vec<_>>() {
            self.requeue(now, &session, Moved { from, reason: MoveReason::QueueChanged });
        }
    }

    pub(super) fn checks_availability(&self) -> bool {
        self.rules().is_some_and(|settings| settings.queue.check_availability)
    }

    pub(super) fn is_everyone(&self) -> bool {
        self.rules().is_some_and(|settings| settings.queue.distribution == Distribution::Everyone)
    }

    /// Somebody who is no member is followed while they have something of this desk's.
    pub(super) fn welcome_guest(&mut self, face: &Face) {
        if self.seats.contains_key(&face.id) {
            return;
        }
        self.seat_changed(super::Seat::guest(face.clone()));
        let note = Note::Member { channel: self.channel.clone(), member: true };
        self.tell_operator(&face.id, note);
    }

    /// Guests who have nothing of this desk's any more are followed no longer.
    pub(super) fn dismiss_guests(&mut self) {
        for operator in self.index.idle_guests.iter().cloned().collect::<Vec<_>>() {
            self.seat_gone(&operator);
            let note = Note::Member { channel: self.channel.clone(), member: false };
            self.tell_operator(&operator, note);
        }
    }

    /// A visitor without a session looks on, or no longer.
    pub(super) fn watch(&mut self, now: Timestamp, conversation: crate::id::ConversationId, on: bool) {
        if !on {
            if self.watchers.remove(&conversation).is_some() {
                self.persist(Record::WatcherGone(conversation));
            }
            return;
        }
        if self.watchers.len() >= limits::WATCHERS_MAX {
            self.forget_old_watchers(now);
        }
        if self.watchers.len() < limits::WATCHERS_MAX || self.watchers.contains_key(&conversation) {
            let until = now + super::tell::WATCHED_FOR;
            self.watchers.insert(conversation.clone(), until);
            self.persist(Record::Watcher(conversation.clone(), until));
        }
        self.mention_availability(&conversation);
    }
}
