//! What a conversation has stored, turn by turn.

use super::super::kind::{Cause, Committed};
use super::super::node::Node;
use super::super::world::World;
use super::logs::Log;
use shared::conversation::{Conversation, Head, Record, Session, StoredEntry};
use shared::hours::Hours;
use shared::id::{ChannelId, ConversationId, OperatorId, SessionId};
use shared::rating::Rating;
use shared::settings::Settings;
use shared::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A conversation as it is stored.
#[derive(Default)]
pub(in super::super) struct Talk {
    pub(in super::super) head: Option<Head>,
    pub(in super::super) session: Option<Rc<Session>>,
    pub(in super::super) log: Log,
    pub(super) ratings: BTreeMap<u32, Rating>,
    pub(super) rules: Option<Known>,
    /// Who opened the session again, in which run.
    pub(super) claim: Option<(u32, OperatorId)>,
    /// Those to whom the desks ever gave a session of it to see, and supervisors who joined.
    pub(super) entitled: BTreeSet<OperatorId>,
    /// When its alarm last rang, and how often at that time.
    pub(super) rang: (Timestamp, u32),
}

/// The settings that a conversation lives by.
#[derive(Clone)]
pub(in super::super) struct Known {
    channel: ChannelId,
    version: u64,
    pub(super) settings: Rc<Settings>,
}

impl Known {
    pub(super) fn hours(&self) -> Option<&Hours> {
        self.settings.working_hours.schedule.as_ref()
    }
}

/// One turn of a conversation.
pub(super) struct Step<'a> {
    pub(super) id: &'a ConversationId,
    pub(super) cause: &'a Cause<Conversation>,
    pub(super) before: Option<Rc<Session>>,
    pub(super) after: Option<Rc<Session>>,
    /// The settings before and after the turn.
    pub(super) rules: [Option<Known>; 2],
    pub(super) entries: Vec<StoredEntry>,
    pub(super) now: Timestamp,
}

impl Step<'_> {
    /// Whether one of the settings that the turn may have gone by allows this.
    pub(super) fn allowed(&self, by: impl Fn(&Settings) -> bool) -> bool {
        self.rules.iter().flatten().any(|known| by(&known.settings))
    }

    pub(super) fn name(&self) -> String {
        let number = self.after.as_ref().map_or(0, |session| session.number);
        SessionId { conversation: self.id.clone(), number }.to_string()
    }
}

impl World {
    pub(in super::super) fn check_talk(
        &mut self,
        id: &ConversationId,
        node: &Node<Conversation>,
        turn: &Committed<'_, Conversation>,
    ) {
        let Some(core) = node.memory.as_ref().map(|object| &object.core) else { return };
        let mut talk = self.ledger.talks.remove(id).unwrap_or_default();
        let records = self.read_records(turn.rows);
        let before = talk.session.clone();
        let rules = [talk.rules.clone(), talk.learn_rules(core)];
        let (ratings, entries) = self.take_in(&mut talk, records);
        self.check_removed(id, turn);
        let after = talk.session.clone();
        let step = Step { id, cause: turn.cause, before, after, rules, entries, now: self.now };
        self.check_phase(&step, &mut talk);
        self.check_entries(&step, &mut talk);
        self.check_said(&step, &mut talk);
        self.check_ratings(&step, &mut talk, ratings);
        self.check_refusals(&step, turn.outs, &node.plugs);
        self.check_colleagues(&step, &node.plugs);
        self.check_entitled(&step, &mut talk);
        self.check_talk_timers(&step, &mut talk, core);
        self.ledger.talks.insert(id.clone(), talk);
    }

    /// What of it is stored. Ratings and entries are looked at one by one.
    fn take_in(&mut self, talk: &mut Talk, records: Vec<Record>) -> (Vec<(u32, Rating)>, Vec<StoredEntry>) {
        let (mut ratings, mut entries) = (Vec::new(), Vec::new());
        for record in records {
            match record {
                Record::Head(head) => talk.head = Some(head),
                Record::Session(session) => talk.session = Some(Rc::new(session)),
                Record::Rating(number, rating) => ratings.extend(rating.map(|rating| (number, rating))),
                Record::Entry(entry) => entries.push(entry),
                Record::Rules(_) | Record::Away(_) | Record::Upload(..) => {}
            }
        }
        (ratings, entries)
    }

    /// Of a conversation's own rows only old ratings, files that are on their way no longer and the settings of another channel are ever
    /// removed.
    fn check_removed(&mut self, id: &ConversationId, turn: &Committed<'_, Conversation>) {
        let passing = ["rating/", "post/", "upload/"];
        let removed = |key: &str| key == "away" || passing.iter().any(|prefix| key.starts_with(prefix));
        let lost = turn.rows.iter().find(|(key, value)| value.is_none() && !removed(key));
        self.check(lost.is_none(), "5: a row of a conversation was removed", || format!("{id}: {lost:?}"));
    }

    /// Rule 10: what was rebuilt is what was stored last.
    pub(in super::super) fn check_talk_woken(&mut self, id: &ConversationId, core: &Conversation) {
        let Some(talk) = self.ledger.talks.get(id) else { return };
        let session = talk.session.as_deref() == core.session();
        let ratings = talk.ratings.iter().eq(core.ratings());
        self.check(session && ratings, "10: a conversation woke as another", || {
            format!("{id}: session {session}, ratings {ratings}")
        });
    }
}

impl Talk {
    /// The settings that the core goes by now.
    fn learn_rules(&mut self, core: &Conversation) -> Option<Known> {
        let present = core.present_rules();
        let same = match (&self.rules, present) {
            (Some(known), Some(rules)) => known.channel == rules.channel && known.version == rules.version,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !same {
            self.rules = present.map(|rules| Known {
                channel: rules.channel.clone(),
                version: rules.version,
                settings: Rc::new(rules.settings.clone()),
            });
        }
        self.rules.clone()
    }
}
