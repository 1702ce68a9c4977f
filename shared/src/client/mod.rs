//! The client's half of delivery: one conversation's socket, its outbox and its cursor, as the widget and the console both
//! use it. Pure: the browser's glue feeds [`Input`]s in, carries [`Effect`]s out, and draws what the getters say.
//!
//! After each [`Client::handle`], drain [`Client::poll_effect`] until it is empty, then arm one timer for
//! [`Client::poll_timeout`]. `now` is the client's own clock; [`Client::server_now`] translates.

mod files;
mod incoming;
pub mod json;
mod link;
mod pending;
mod read;
mod send;
#[cfg(test)]
mod tests;
mod user;
mod write;

pub use link::Link;
pub use pending::{Pending, PendingFile, PendingState};
pub use user::User;

use crate::id::{Epoch, MessageId, Seq};
use crate::limits;
use crate::reject::Code;
use crate::time::{Millis, Timestamp, earliest};
use crate::wire::{
    self, Author, ChannelView, Clock, Contact, Entry, FormView, HoursView, Score, SessionView, Side,
    ToConversation,
};
use pending::Outgoing;
use std::collections::VecDeque;
use user::Whose;

/// What a client is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Connect and stay connected.
    Start,
    /// Disconnect and stay so.
    Stop,
    /// The socket is open.
    Opened,
    /// The socket is closed, or could not be opened.
    Lost {
        /// The close code; 1006 if there was none.
        code: u16,
    },
    /// A frame arrived.
    Text(String),
    /// The user sends a message.
    Send {
        /// A new id.
        id: MessageId,
        /// What it says.
        text: String,
        /// Whether it is an internal note.
        note: bool,
    },
    /// The user sends a file. Its bytes are asked for with [`Effect::Upload`].
    Attach {
        /// A new id.
        id: MessageId,
        /// Its name.
        name: String,
        /// How many bytes it has.
        size: u32,
    },
    /// The bytes of a file have arrived at the worker.
    Uploaded(MessageId),
    /// They have not.
    NotUploaded {
        /// The message.
        id: MessageId,
        /// The code of the refusal; empty if the connection failed.
        why: String,
    },
    /// More of the bytes have left.
    Progress,
    /// The user wants to see the file of a message: [`Effect::Fetch`] tells where it is.
    Fetch(MessageId),
    /// The user tries a refused message again.
    Retry(MessageId),
    /// The user gives a refused message up.
    Discard(MessageId),
    /// The user typed a character, or emptied the composer.
    Typing {
        /// Whether there is something in the composer.
        on: bool,
    },
    /// The user has everything so far before their eyes.
    Read,
    /// The visitor rates the session that has ended.
    Rate {
        /// Which session.
        session: u32,
        /// The score.
        score: Score,
        /// What they add.
        comment: String,
    },
    /// The visitor ends the session.
    End,
    /// The visitor has filled in a form.
    Contact(Contact),
    /// The operator closes the session.
    Close,
    /// The operator asks for something else; [`Client::epoch`] is the ownership to name.
    Ask(ToConversation),
    /// The user wants to see what came before the first entry.
    History,
    /// The page became visible or the network came back: if disconnected, try at once.
    Nudge,
    /// The timer rang.
    Timeout,
}

/// What a client orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open a socket.
    Connect,
    /// Close the socket, without reporting it as lost.
    Disconnect,
    /// Send a frame.
    Transmit(String),
    /// Store this message in the persistent outbox, or replace it.
    Keep(Pending),
    /// Remove this message from the persistent outbox.
    Forget(MessageId),
    /// Send the bytes of a file there, and tell [`Input::Uploaded`] or [`Input::NotUploaded`].
    Upload {
        /// The message.
        id: MessageId,
        /// A path on the worker's origin.
        path: String,
    },
    /// The file of a message can be fetched there, for a few minutes.
    Fetch {
        /// The message.
        id: MessageId,
        /// A path on the worker's origin.
        path: String,
    },
    /// Something that the getters show has changed.
    Changed,
}

/// How long a sent message may stay without an answer before the socket is taken for dead.
pub const ACK_MAX: Millis = Millis::seconds(15);
/// How long "is typing" is shown after the last sign of it.
const TYPING_SHOWN: Millis = Millis::seconds(6);
/// How often "I am typing" is repeated.
const TYPING_EVERY: Millis = Millis::seconds(3);
/// After how long a message that was too fast, or met a failure of the worker, is sent again.
const AGAIN_AFTER: Millis = Millis::seconds(2);

/// One conversation's client.
#[derive(Debug)]
pub struct Client {
    user: User,
    link: link::LinkState,
    cursor: Seq,
    entries: Vec<Entry>,
    earlier: bool,
    history_asked: bool,
    pending: Vec<Outgoing>,
    caught_up_at: Option<Seq>,
    session: SessionView,
    channel: ChannelView,
    hours: HoursView,
    form: FormView,
    forms_heard: u32,
    available: Option<bool>,
    whose: Whose,
    clock: Option<(Clock, Timestamp)>,
    typing: Option<(Author, Timestamp)>,
    typing_sent: Option<Timestamp>,
    read_by_other: Seq,
    read_sent: Seq,
    rating: Option<(u32, Score, String)>,
    contact: Option<Contact>,
    refusal: Option<Code>,
    /// Files of which it was not said yet where they are.
    wanted: Vec<MessageId>,
    effects: VecDeque<Effect>,
}

impl Client {
    /// A client of `user`, with what its persistent outbox held. `seed` spreads the reconnects of many clients.
    pub fn new(user: User, seed: u64, saved: Vec<Pending>) -> Self {
        // ULIDs sort by the time they were made. Not sorted with the library: that would weigh 1.3 KB in the widget.
        let mut pending = Vec::<Outgoing>::new();
        for message in saved {
            let later = pending.iter().position(|other| other.message.id > message.id);
            pending.insert(later.unwrap_or(pending.len()), Outgoing::new(message));
        }
        Self {
            user,
            link: link::LinkState::new(seed),
            cursor: Seq(0),
            entries: Vec::new(),
            earlier: false,
            history_asked: false,
            pending,
            caught_up_at: None,
            session: SessionView::None,
            channel: ChannelView::default(),
            hours: HoursView::default(),
            form: FormView::Off,
            forms_heard: 0,
            available: None,
            whose: Whose::default(),
            clock: None,
            typing: None,
            typing_sent: None,
            read_by_other: Seq(0),
            read_sent: Seq(0),
            rating: None,
            contact: None,
            refusal: None,
            wanted: Vec::new(),
            effects: VecDeque::new(),
        }
    }

    // ------------------------------------------------------------------------------------------------------- what to draw

    /// The entries held, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
    /// Whether there are entries before the first one held.
    pub const fn has_earlier(&self) -> bool {
        self.earlier
    }
    /// The messages not acknowledged yet, in the order they were written.
    pub fn pending(&self) -> impl Iterator<Item = &Pending> {
        self.pending.iter().map(|outgoing| &outgoing.message)
    }
    /// The state of the session.
    pub const fn session(&self) -> &SessionView {
        &self.session
    }
    /// How the channel presents itself.
    pub const fn channel(&self) -> &ChannelView {
        &self.channel
    }
    /// Whether the channel is open.
    pub const fn hours(&self) -> &HoursView {
        &self.hours
    }
    /// Whether the visitor is asked how they can be reached.
    pub const fn form(&self) -> &FormView {
        &self.form
    }
    /// How often that has changed.
    pub const fn forms_heard(&self) -> u32 {
        self.forms_heard
    }
    /// Whether somebody could take a session now, if that is known.
    pub const fn available(&self) -> Option<bool> {
        self.available
    }
    /// Who types on the other side.
    pub fn typing(&self) -> Option<&Author> {
        self.typing.as_ref().map(|(who, _)| who)
    }
    /// The last entry that the other side has read.
    pub const fn read_by_other(&self) -> Seq {
        self.read_by_other
    }
    /// The last entry held.
    pub const fn cursor(&self) -> Seq {
        self.cursor
    }
    /// How many entries of the other side came after the last [`Input::Read`].
    pub fn unread(&self) -> usize {
        let mine = |author: &Author| matches!((self.user.side, author), (Side::Visitor, Author::Visitor));
        let counts =
            |entry: &&Entry| entry.seq > self.read_sent && matches!(entry.body, wire::Body::Text { .. });
        self.entries
            .iter()
            .rev()
            .take_while(|entry| entry.seq > self.read_sent)
            .filter(counts)
            .filter(|e| !mine(&e.author))
            .count()
    }
    /// The state of the connection.
    pub const fn link(&self) -> Link {
        self.link.shown()
    }
    /// Whether the first answer of the worker has come, in this or an earlier connection.
    pub const fn is_welcomed(&self) -> bool {
        self.clock.is_some()
    }
    /// The last refusal that concerned no message, until the next thing the user does.
    pub const fn refusal(&self) -> Option<Code> {
        self.refusal
    }
    /// The worker's time, when the client's own clock says `now`.
    pub fn server_now(&self, now: Timestamp) -> Timestamp {
        self.clock
            .map_or(now, |(clock, at)| clock.now + Millis(now.since(at).0.saturating_mul(clock.rate.into())))
    }
    /// When the first message that came too fast is sent again, by the client's own clock. Words wait for the words before them.
    pub fn again_at(&self) -> Option<Timestamp> {
        let (mut soonest, mut words_wait) = (None, false);
        for outgoing in self.pending.iter().filter(|outgoing| outgoing.again_at.is_some()) {
            let is_words = outgoing.message.file.is_none();
            if !(is_words && words_wait) {
                soonest = earliest(soonest, outgoing.again_at);
            }
            words_wait |= is_words;
        }
        soonest
    }
    /// Whether what was filled into a form is on its way.
    pub const fn is_contact_sent(&self) -> bool {
        self.contact.is_some()
    }
    /// The rating that is on its way.
    pub fn rating_sent(&self) -> Option<Score> {
        self.rating.as_ref().map(|(_, score, _)| *score)
    }

    // ----------------------------------------------------------------------------------------------------------- the drain

    /// The next order to carry out.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// When [`Input::Timeout`] is due.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        let acks = self.pending.iter().filter_map(|outgoing| outgoing.sent_at.map(|at| at + ACK_MAX)).min();
        let again = self.again_at().filter(|_| self.is_caught_up() && !self.form.bars());
        let typing = self.typing.as_ref().map(|(_, until)| *until);
        [acks, again, typing].into_iter().fold(self.link.timeout(), earliest)
    }

    /// Takes in what has happened. `now` is the client's own clock and may jump.
    pub fn handle(&mut self, now: Timestamp, input: Input) {
        match input {
            Input::Start => self.connect(now),
            Input::Stop => {
                self.link.stop();
                self.unsend();
                self.effects.push_back(Effect::Disconnect);
            }
            Input::Opened => self.opened(now),
            Input::Lost { code } => self.lost(now, code),
            Input::Text(frame) => self.incoming(now, &frame),
            Input::Send { id, text, note } => self.send(now, id, text, note, None),
            Input::Attach { id, name, size } => {
                self.send(now, id, name, false, Some(PendingFile { size, is_stored: false }));
            }
            Input::Uploaded(id) => self.uploaded(now, &id),
            Input::NotUploaded { id, why } => self.not_uploaded(now, &id, &why),
            Input::Progress => {}
            Input::Fetch(id) => self.fetch(id),
            Input::Retry(id) => self.retry(now, &id),
            Input::Discard(id) => {
                self.pending.retain(|outgoing| outgoing.message.id != id);
                self.effects.push_back(Effect::Forget(id));
            }
            Input::Typing { on } => self.type_on(now, on),
            Input::Read => self.read(),
            Input::Rate { session, score, comment } => {
                self.refusal = None;
                self.rating = Some((session, score, comment));
                self.transmit_rating();
            }
            Input::End => {
                self.refusal = None;
                self.transmit_if_online(&ToConversation::End {});
            }
            Input::Contact(contact) => {
                self.refusal = None;
                self.contact = Some(contact);
                self.transmit_contact();
            }
            Input::Ask(frame) => {
                self.refusal = None;
                self.transmit_if_online(&frame);
            }
            Input::Close => {
                let epoch = self.epoch().unwrap_or_default();
                self.transmit_if_online(&ToConversation::Close { epoch });
            }
            Input::History => self.ask_history(),
            Input::Nudge => self.nudge(now),
            Input::Timeout => self.timeout(now),
        }
        self.effects.push_back(Effect::Changed);
    }

    // ---------------------------------------------------------------------------------------------------------- the outbox

    fn send(&mut self, now: Timestamp, id: MessageId, text: String, note: bool, file: Option<PendingFile>) {
        self.refusal = None;
        if self.pending.len() >= limits::OUTBOX_MAX {
            self.refusal = Some(Code::TooLarge);
            return;
        }
        self.typing_sent = None;
        let message = Pending { id, text, note, epoch: self.epoch(), file, state: PendingState::Sending };
        self.effects.push_back(Effect::Keep(message.clone()));
        self.pending.push(Outgoing::new(message));
        self.flush(now);
    }

    fn retry(&mut self, now: Timestamp, id: &MessageId) {
        let epoch = self.epoch();
        if let Some(outgoing) = self.pending.iter_mut().find(|outgoing| outgoing.message.id == *id) {
            if let (Some(file), PendingState::Failed { code: Code::FileGone }) =
                (&mut outgoing.message.file, outgoing.message.state)
            {
                file.is_stored = false;
            }
            outgoing.message.state = PendingState::Sending;
            outgoing.message.epoch = epoch;
            outgoing.sent_at = None;
            self.effects.push_back(Effect::Keep(outgoing.message.clone()));
        }
        self.flush(now);
    }

    /// Sends what waits, once the client has seen all that the worker had stored: its own messages may be among it.
    fn flush(&mut self, now: Timestamp) {
        if !self.is_caught_up() || self.form.bars() {
            return;
        }
        let write = self.user.write;
        let mut words_wait = false;
        for outgoing in &mut self.pending {
            let is_on_its_way = outgoing.sent_at.is_some() || outgoing.is_uploading;
            if is_on_its_way || outgoing.message.state != PendingState::Sending {
                continue;
            }
            // No words overtake words that have to wait; files take the time that they take.
            let is_words = outgoing.message.file.is_none();
            let waits = outgoing.again_at.is_some_and(|at| at > now);
            words_wait |= is_words && waits;
            if waits || (is_words && words_wait) {
                continue;
            }
            outgoing.sent_at = Some(now);
            outgoing.again_at = None;
            self.effects.push_back(Effect::Transmit(write(&outgoing.message.frame())));
        }
    }

    fn unsend(&mut self) {
        for outgoing in &mut self.pending {
            outgoing.sent_at = None;
            outgoing.again_at = None;
        }
        self.caught_up_at = None;
        self.history_asked = false;
    }

    fn is_caught_up(&self) -> bool {
        self.link.is_online() && self.caught_up_at.is_some_and(|head| self.cursor >= head)
    }

    /// The ownership that an operator sees now.
    pub fn epoch(&self) -> Option<Epoch> {
        match (self.user.side, &self.session) {
            (
                Side::Operator,
                SessionView::Waiting { epoch, .. }
                | SessionView::Active { epoch, .. }
                | SessionView::Closing { epoch, .. },
            ) => Some(*epoch),
            _ => None,
        }
    }
}
