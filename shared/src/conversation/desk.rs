//! What a conversation tells: the desk that has its session, and those who have a row of it.

use super::{Conversation, Form, Head, Phase, Record, Session, Told};
use crate::core::Effect;
use crate::id::{ChannelId, Epoch, OperatorId, SessionId};
use crate::note::{Address, Arrival, Face, Hint, Note, Standing, Topic};
use crate::settings::{CountsUntil, StartFormMode};
use crate::time::{Millis, Timestamp};
use crate::wire::{Contact, FromConversation, GoneReason};
use std::collections::BTreeMap;

/// How often a desk hears that a visitor still looks on: well within the time for which it remembers.
const WATCH_EVERY: Millis = Millis::minutes(30);
/// After how long it hears so again if one hint may have overtaken another. Longer than any is on its way.
const WATCH_AGAIN: Millis = Millis::seconds(30);

impl Conversation {
    pub(super) fn open_session(&self) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.is_open())
    }

    pub(super) fn session_id(&self, number: u32) -> SessionId {
        SessionId { conversation: self.id.clone(), number }
    }

    pub(super) fn topic(&self) -> Option<Topic> {
        self.session.as_ref().map(|session| Topic::of(&self.session_id(session.number), session.run))
    }

    fn desk(&self) -> Option<Address> {
        let sent = self.open_session().and_then(|session| session.channel.clone());
        let home = self.rules.as_ref().map(|rules| rules.channel.clone());
        sent.or(home).map(Address::Desk)
    }

    /// The visitor's first message opens a session, and the desk is told.
    pub(super) fn open(&mut self, now: Timestamp) {
        let number = self.session.as_ref().map_or(0, |session| session.number).saturating_add(1);
        // A silence does not end with the session.
        let off_hours_told = self.session.as_ref().is_some_and(|session| session.off_hours_told);
        let asked = self.session.as_ref().is_some_and(|session| session.form != Form::Off);
        let mode = self.settings().map_or(StartFormMode::Off, |settings| settings.start_form.mode);
        self.clear_heirs(&GoneReason::Ended);
        self.begin_head();
        self.session = Some(Session {
            number,
            run: 0,
            since: now,
            epoch: Epoch(0),
            phase: Phase::waiting(),
            channel: None,
            told: Told::new(),
            rows: Told::new(),
            heirs: Told::new(),
            joined: BTreeMap::new(),
            awaiting_since: None,
            silence: None,
            replied: false,
            standing: Standing::Fresh,
            pinned: false,
            away: false,
            off_hours_told,
            no_answer_done: false,
            form: Form::Off,
            start_form: mode == StartFormMode::After,
            why: None,
            files: 0,
        });
        self.changes.form |= asked || mode != StartFormMode::Off;
        self.register(None);
        self.watch(now, false);
    }

    pub(super) fn begin_head(&mut self) {
        let (plain, forms) = (self.visitor.plain, self.visitor.forms);
        match &mut self.head {
            None => {
                let Some(rules) = self.rules.clone() else { return };
                let head = Head {
                    channel: rules.channel.clone(),
                    locale: self.visitor.locale.clone(),
                    told: Told::new(),
                    contact: Contact::default(),
                    responsible: self.responsible.clone(),
                    plain: plain.unwrap_or_default(),
                    identity: self.identity.clone(),
                    forms: forms.unwrap_or_default(),
                    filled: false,
                };
                self.head = Some(head.clone());
                self.persist(Record::Head(head));
                self.persist(Record::Rules(rules));
            }
            Some(head) => {
                let (plain, forms) = (plain.unwrap_or(head.plain), forms.unwrap_or(head.forms));
                if (plain, forms) != (head.plain, head.forms) {
                    (head.plain, head.forms) = (plain, forms);
                    let head = head.clone();
                    self.persist(Record::Head(head));
                }
            }
        }
    }

    /// Tells the desk of the session, in a topic of its own.
    pub(super) fn register(&mut self, claim: Option<Face>) {
        self.changes.session = true;
        self.changes.view = true;
        let Some(session) = &self.session else { return };
        let arrival = Arrival {
            session: self.session_id(session.number),
            run: session.run,
            since: session.since,
            epoch: session.epoch,
            settings: self
                .rules
                .as_ref()
                .filter(|_| session.channel.is_none())
                .map_or(0, |rules| rules.version),
            responsible: self.responsible.clone().filter(|_| claim.is_none() && session.run == 0),
            claim,
        };
        self.tell_desk(Note::Arrived(Box::new(arrival)));
    }

    pub(super) fn tell_desk(&mut self, note: Note) {
        if let (Some(to), Some(topic)) = (self.desk(), self.topic()) {
            self.effects.push_back(Effect::Tell { to, topic, note });
        }
    }

    pub(super) fn tell_operator(&mut self, operator: &OperatorId, note: Note) {
        if let Some(topic) = self.topic() {
            let to = Address::Operator(operator.clone());
            self.effects.push_back(Effect::Tell { to, topic, note });
        }
    }

    /// Nothing more is told in this run: everybody who was told anything hears so. The next run is another topic.
    pub(super) fn end_topic(&mut self, reason: &GoneReason) {
        let Some((number, epoch)) = self.session.as_ref().map(|session| (session.number, session.epoch))
        else {
            return;
        };
        let told = self.session.as_mut().map(|session| {
            session.rows.clear();
            core::mem::take(&mut session.told)
        });
        for operator in told.unwrap_or_default() {
            let reason = self.changes.gone.remove(&operator).unwrap_or_else(|| reason.clone());
            let session = self.session_id(number);
            self.tell_operator(&operator, Note::Gone { session, epoch, reason, last: true });
        }
        self.effects.extend(self.topic().map(Effect::EndTopic));
        self.changes.session = true;
    }

    /// Tells the desk whether the visitor waits, where its settings make that count.
    pub(super) fn tell_standing(&mut self) {
        let counts = self.present_rules().map(|rules| rules.settings.queue.counts_until).unwrap_or_default();
        let Some(session) = self.session.as_mut().filter(|session| session.owner().is_some()) else { return };
        let (known, is) = (session.standing, session.present_standing());
        if matters(counts, known) == matters(counts, is) {
            return;
        }
        session.standing = is;
        let (number, epoch) = (session.number, session.epoch);
        self.changes.session = true;
        self.tell_desk(Note::Standing { session: self.session_id(number), epoch, standing: is });
    }

    // --------------------------------------------------------------------------------------------------- who could answer

    /// Tells the desk that a visitor without a session looks on, or no longer. It answers whether somebody is free.
    pub(super) fn watch(&mut self, now: Timestamp, on: bool) {
        let Some(channel) = self.rules.as_ref().map(|rules| rules.channel.clone()) else {
            // Nothing was said before the object slept, so nobody knows any more whom to tell.
            self.visitor.watch_due = None;
            return;
        };
        let watched = self.visitor.watch_due.is_some();
        if on || watched {
            let hint = Hint::Watch { conversation: self.id.clone(), on };
            self.effects.push_back(Effect::Mention { to: Address::Desk(channel), hint });
        }
        // One hint may overtake another: whoever has just come back, as after a reload, is named again soon.
        let came_back = self.visitor.left_at.is_some_and(|at| now.since(at) < WATCH_AGAIN);
        let again = if came_back { WATCH_AGAIN } else { WATCH_EVERY };
        self.visitor.watch_due = on.then_some(now + again);
        if on {
            self.visitor.left_at = None;
        } else if watched {
            self.visitor.left_at = Some(now);
        }
        if !on {
            self.visitor.available = None;
        }
    }

    pub(super) fn learn_available(&mut self, now: Timestamp, channel: &ChannelId, available: bool) {
        // Before the first message nobody else than the visitor's own desk knows of them.
        let ours = self.rules.as_ref().is_none_or(|rules| rules.channel == *channel);
        if !ours || self.open_session().is_some() {
            return;
        }
        let hasty = self.visitor.heard_at.replace(now).is_some_and(|at| now.since(at) < WATCH_AGAIN);
        let before = self.visitor.available.replace(available);
        if before != Some(available) {
            let frame = FromConversation::Available { now: available };
            self.send_to(|who| *who == super::Who::Visitor, &frame);
            if hasty && before.is_some() {
                // Which of two contrary words is the later one is not known: ask once more.
                self.visitor.watch_due = self.visitor.watch_due.map(|due| due.min(now + WATCH_AGAIN));
            }
        }
    }
}

/// What of a standing its desk has to know: whether it is closed, and whether it counts.
const fn matters(counts: CountsUntil, standing: Standing) -> (bool, bool) {
    let closing = matches!(standing, Standing::Closing);
    let counts = match counts {
        CountsUntil::Close => !closing,
        CountsUntil::FirstReply => matches!(standing, Standing::Fresh),
        CountsUntil::EachReply => matches!(standing, Standing::Fresh | Standing::Awaiting),
    };
    (closing, counts)
}
