//! The rows of operators' inboxes: who has one of the session, and what it shows.

use super::{Changes, Conversation, Phase};
use crate::core::Effect;
use crate::id::OperatorId;
use crate::note::{Address, Hint, Note};
use crate::wire::{GoneReason, InboxRow, RowState};
use std::collections::BTreeMap;

impl Conversation {
    /// Everybody who has something to do with the session, and what.
    fn holders(&self) -> BTreeMap<OperatorId, RowState> {
        let mut holders = BTreeMap::new();
        let Some(session) = &self.session else { return holders };
        let owner = match &session.phase {
            Phase::Waiting { offer, shown, .. } => {
                for operator in shown {
                    holders.insert(operator.clone(), RowState::Shown { since: session.since });
                }
                if let Some(offer) = offer {
                    let (since, until) = (offer.since, offer.until);
                    holders.insert(offer.to.id.clone(), RowState::Offered { since, until });
                }
                None
            }
            Phase::Active { owner } if session.awaiting_since.is_some() => Some((owner, RowState::InWork)),
            Phase::Active { owner } => Some((owner, RowState::Answered)),
            Phase::Closing { owner, until, .. } => Some((owner, RowState::Closing { until: *until })),
            Phase::Ended { .. } => return holders,
        };
        let name = owner.as_ref().map_or("", |(owner, _)| owner.name.as_str());
        for operator in session.joined.keys() {
            holders.entry(operator.clone()).or_insert_with(|| RowState::Joined { owner: name.to_owned() });
        }
        if let Some((owner, state)) = owner {
            holders.insert(owner.id.clone(), state);
        }
        holders
    }

    /// Tells the inboxes what has changed. Those who are newly shown something are told; those who were are not again.
    pub(super) fn tell_rows(&mut self, Changes { gone, gone_else, shown, .. }: &Changes) {
        let holders = self.holders();
        let Some(session) = &mut self.session else { return };
        let before = core::mem::replace(&mut session.rows, holders.keys().cloned().collect());
        session.told.extend(holders.keys().cloned());
        let (number, epoch) = (session.number, session.epoch);
        for operator in before.iter().filter(|operator| !holders.contains_key(*operator)) {
            let reason = gone.get(operator).or(gone_else.as_ref()).cloned().unwrap_or(GoneReason::Ended);
            let session = self.session_id(number);
            self.tell_operator(operator, Note::Gone { session, epoch, reason, last: false });
        }
        for (operator, state) in holders {
            let known = matches!(state, RowState::Shown { .. })
                && before.contains(&operator)
                && !shown.contains(&operator);
            if let Some(row) = self.row(state).filter(|_| !known) {
                self.tell_operator(&operator, Note::Row(row));
            }
        }
    }

    /// What the rows show has changed, but not the session's state.
    pub(super) fn mention_rows(&mut self) {
        for (operator, state) in self.holders() {
            if let Some(row) = self.row(state) {
                self.effects
                    .push_back(Effect::Mention { to: Address::Operator(operator), hint: Hint::Row(row) });
            }
        }
    }

    pub(super) fn row(&self, state: RowState) -> Option<InboxRow> {
        let (session, head) = (self.session.as_ref()?, self.head.as_ref()?);
        Some(InboxRow {
            session: self.session_id(session.number),
            epoch: session.epoch,
            channel: session.channel.clone().unwrap_or_else(|| head.channel.clone()),
            state,
            since: session.since,
            preview: self.tail.preview.clone(),
            at: self.tail.preview_at,
            unread: self.tail.unread,
            name: head.contact.name.clone(),
            pinned: session.pinned,
            why: session.why.clone(),
        })
    }
}
