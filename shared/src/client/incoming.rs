//! What the worker says, and what becomes of it.

use super::{AGAIN_AFTER, Client, Effect, PendingState, TYPING_SHOWN};
use crate::id::{MessageId, Seq};
use crate::reject::Code;
use crate::time::{Millis, Timestamp};
use crate::wire::{Author, Entry, FormView, FromConversation, RatingView, SessionView, Side};

impl Client {
    pub(super) fn incoming(&mut self, now: Timestamp, text: &str) {
        // A frame of a later version of the contract that this client does not know is skipped.
        let Some(frame) = (self.user.read)(text) else { return };
        match frame {
            FromConversation::Welcome {
                conversation,
                clock,
                head,
                session,
                channel,
                hours,
                read,
                form,
                available,
                identity,
                ..
            } => {
                let has_moved = self.whose.is_another(conversation);
                self.whose.identity = identity;
                self.clock = Some((clock, now));
                self.session = session;
                self.channel = channel;
                self.hours = hours;
                self.heard_form(form);
                self.available = available;
                self.read_by_other = self.read_by_other.max(read);
                self.link.welcomed();
                if has_moved || head < self.cursor {
                    // The visitor's next session opens elsewhere; or the worker holds less than this client has seen, as
                    // after a restored backup: begin anew.
                    self.begin_anew();
                    self.reconnect(now);
                    return;
                }
                self.caught_up_at = Some(head);
                self.transmit_rating();
                self.transmit_contact();
                self.ask_for_files();
                self.flush(now);
            }
            FromConversation::Entries { entries, earlier, history } => {
                if history {
                    self.prepend(entries, earlier);
                } else {
                    self.catch_up(now, entries, earlier);
                }
            }
            FromConversation::Entry(entry) => self.entry(now, entry),
            FromConversation::Ack { id, seq, .. } => self.acknowledged(now, &id, seq),
            FromConversation::Link { id, path } => self.linked(id, path),
            FromConversation::Reject { id, code, retry_after } => self.rejected(now, id, code, retry_after),
            FromConversation::Session(session) => {
                if !is_unrated(&session) {
                    self.rating = None;
                }
                self.session = session;
            }
            FromConversation::Identity(identity) => self.whose.identity = Some(identity),
            FromConversation::Form(form) => {
                self.heard_form(form);
                self.flush(now);
            }
            FromConversation::Available { now } => self.available = Some(now),
            FromConversation::Hours(hours) => self.hours = hours,
            FromConversation::Typing { who, on } => self.typing = on.then_some((who, now + TYPING_SHOWN)),
            FromConversation::Read { seq } => self.read_by_other = self.read_by_other.max(seq),
        }
    }

    fn begin_anew(&mut self) {
        self.entries.clear();
        self.cursor = Seq(0);
        self.read_by_other = Seq(0);
        self.read_sent = Seq(0);
        self.rating = None;
    }

    fn heard_form(&mut self, form: FormView) {
        if form != self.form {
            self.contact = None;
            self.form = form;
            self.forms_heard = self.forms_heard.wrapping_add(1);
        }
    }

    fn entry(&mut self, now: Timestamp, entry: Entry) {
        if entry.seq <= self.cursor {
            return;
        }
        if entry.prev > self.cursor {
            // Something was missed on this socket, which cannot be: ask for it on a new one.
            self.reconnect(now);
            return;
        }
        self.append(entry);
    }

    /// What was missed. Should it not join what the client holds, it takes its place: the rest can be loaded as history.
    fn catch_up(&mut self, now: Timestamp, entries: Vec<Entry>, earlier: bool) {
        let joins = entries.first().is_some_and(|first| first.prev <= self.cursor);
        if !joins || self.entries.is_empty() {
            self.entries.clear();
            self.earlier = earlier;
            self.cursor = Seq(0);
        }
        for entry in entries {
            if entry.seq > self.cursor {
                self.append(entry);
            }
        }
        self.flush(now);
    }

    fn prepend(&mut self, mut entries: Vec<Entry>, earlier: bool) {
        self.history_asked = false;
        self.earlier = earlier;
        let first = self.entries.first().map_or(Seq(u64::MAX), |entry| entry.seq);
        entries.retain(|entry| entry.seq < first);
        entries.append(&mut self.entries);
        self.entries = entries;
    }

    fn append(&mut self, entry: Entry) {
        self.cursor = entry.seq;
        if let Some(id) = &entry.id {
            self.settle(id);
        }
        let other = !matches!((self.user.side, &entry.author), (Side::Visitor, Author::Visitor));
        if other {
            self.typing = None;
        }
        self.entries.push(entry);
    }

    fn acknowledged(&mut self, now: Timestamp, id: &MessageId, seq: Seq) {
        self.settle(id);
        if seq > self.cursor {
            // The entry itself comes before its acknowledgement on the same socket; without it something was missed.
            self.reconnect(now);
        }
    }

    fn settle(&mut self, id: &MessageId) {
        let before = self.pending.len();
        self.pending.retain(|outgoing| outgoing.message.id != *id);
        if self.pending.len() < before {
            self.effects.push_back(Effect::Forget(id.clone()));
        }
    }

    pub(super) fn rejected(
        &mut self,
        now: Timestamp,
        id: Option<MessageId>,
        code: Code,
        retry_after: Option<Millis>,
    ) {
        let Some(id) = id else {
            self.refusal = Some(code);
            self.rating = None;
            self.contact = None;
            return;
        };
        let Some(outgoing) = self.pending.iter_mut().find(|outgoing| outgoing.message.id == id) else {
            return;
        };
        outgoing.sent_at = None;
        if matches!(code, Code::TooFast | Code::Throttled | Code::Internal) {
            let rate = self.clock.map_or(1, |(clock, _)| clock.rate.max(1));
            let wait = retry_after.map_or(AGAIN_AFTER, |wait| Millis(wait.0.div_ceil(rate.into())));
            outgoing.again_at = Some(now + wait);
            return;
        }
        if code == Code::FormRequired {
            // The form came before the refusal: the message follows what is filled in.
            return;
        }
        outgoing.message.state = PendingState::Failed { code };
        self.effects.push_back(Effect::Keep(outgoing.message.clone()));
    }
}

/// Whether a rating that was sent may still be on its way.
const fn is_unrated(session: &SessionView) -> bool {
    let rating = match session {
        SessionView::Active { rating, .. }
        | SessionView::Closing { rating, .. }
        | SessionView::Ended { rating, .. } => rating,
        SessionView::None | SessionView::Waiting { .. } => return false,
    };
    matches!(rating, RatingView::Asked { .. } | RatingView::Possible { .. })
}
