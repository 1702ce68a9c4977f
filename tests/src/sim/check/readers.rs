//! Rule 12: what is said in a conversation reaches its own visitor, and operators who may read it.

use super::super::node::Plug;
use super::super::wire::Peer;
use super::super::world::World;
use shared::api::Role;
use shared::conversation::Who;
use shared::id::ConversationId;
use shared::wire::{Author, Body, Entry, Event, FromConversation, SessionView, Side};

impl World {
    pub(in super::super) fn check_reader(
        &mut self,
        id: &ConversationId,
        plug: &Plug<Who>,
        frame: &FromConversation,
    ) {
        if matches!(frame, FromConversation::Reject { .. }) {
            return;
        }
        let Some(wire) = self.wires.get(&plug.wire) else { return };
        let Peer::Tab(tab) = wire.peer else {
            self.violated("12: an inbox was told what is said", || id.to_string());
            return;
        };
        if let Some(tab) = self.tabs.get(&tab) {
            let at_home = tab.conversation == *id && (tab.operator.is_none() == (plug.who == Who::Visitor));
            self.check(at_home, "12: a frame went to another conversation's reader", || id.to_string());
        }
        let side = match &plug.who {
            Who::Visitor | Who::SignedIn => Side::Visitor,
            Who::Operator { face, role } => {
                let head = self.ledger.talks.get(id).and_then(|talk| talk.head.as_ref());
                let told = head.is_some_and(|head| head.told.contains(&face.id));
                let (may, who) = (*role >= Role::Supervisor || told, face.name.clone());
                self.check(may, "12: somebody reads what they may not", || format!("{id}: {who}"));
                Side::Operator
            }
        };
        match frame {
            FromConversation::Entry(entry) => self.check_shown(id, side, entry),
            FromConversation::Entries { entries, .. } => {
                for entry in [entries.first(), entries.last()].into_iter().flatten() {
                    self.check_shown(id, side, entry);
                }
            }
            FromConversation::Session(view) | FromConversation::Welcome { session: view, .. } => {
                let secret = side == Side::Visitor && tells_operators_alone(view);
                self.check(!secret, "12: a visitor is shown what operators see", || {
                    format!("{id}: {view:?}")
                });
            }
            FromConversation::Typing { who: Author::Operator { id: named, .. }, .. } => {
                let secret = side == Side::Visitor && named.is_some();
                self.check(!secret, "12: a visitor learns who somebody is", || id.to_string());
            }
            _ => {}
        }
    }

    /// An entry is shown as it is stored, and as its reader may see it.
    fn check_shown(&mut self, id: &ConversationId, side: Side, entry: &Entry) {
        let stored = self.ledger.talks.get(id).and_then(|talk| {
            talk.log.entries.get(usize::try_from(entry.seq.0.checked_sub(1)?).ok()?)?.for_side(side)
        });
        let same = stored.as_ref() == Some(entry) && (side == Side::Operator || is_for_visitors(entry));
        self.check(same, "12: an entry is shown to whom it is not for", || format!("{id}: {entry:?}"));
    }
}

/// Said in other words than the product does: what a visitor may see.
const fn is_for_visitors(entry: &Entry) -> bool {
    let anonymous = !matches!(entry.author, Author::Operator { id: Some(_), .. });
    let public = match &entry.body {
        Body::Text { .. } => true,
        Body::Note { .. } => false,
        Body::Event(event) => !matches!(
            event,
            Event::MovedOn { .. }
                | Event::Moved { .. }
                | Event::ContactAsked { .. }
                | Event::Rated { .. }
                | Event::Reviewed { .. }
        ),
    };
    anonymous && public
}

const fn tells_operators_alone(view: &SessionView) -> bool {
    match view {
        SessionView::None => false,
        SessionView::Waiting { offered, why, .. } => *offered || why.is_some(),
        SessionView::Active { mine, joined, pinned, why, .. } => *mine || *joined || *pinned || why.is_some(),
        SessionView::Closing { mine, review, .. } => *mine || review.is_some(),
        SessionView::Ended { reopens, review, .. } => *reopens || review.is_some(),
    }
}
