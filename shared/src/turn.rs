//! One event of an object, from what happened to what the shell has to do: the part of the shells that is pure, and that
//! the simulation runs as it is.

use crate::core::{Core, Effect, Input, Record};
use crate::id::Socket;
use crate::note::{Address, Hint};
use crate::post::{Arrival, Envelope, Post, Receipt, Row};
use crate::reject::{Broken, Reject};
use crate::time::{Timestamp, earliest};

/// An object: its core, and its books with other objects.
#[derive(Debug)]
pub struct Object<C> {
    /// Its own address.
    pub me: Address,
    /// Its rules and their state.
    pub core: C,
    post: Post,
}

/// What a shell does for one event, in this order: all of `rows` and the alarm in one transaction; then `outs`; then it
/// delivers `envelopes` and `hints`.
#[derive(Debug)]
pub struct Turn<C: Core> {
    /// Rows to write or remove.
    pub rows: Vec<Row>,
    /// When the alarm must ring; none for never.
    pub alarm: Option<Timestamp>,
    /// What goes to sockets, in order.
    pub outs: Vec<Out<C>>,
    /// Notes to deliver; each result goes back through [`Object::delivered`].
    pub envelopes: Vec<Envelope>,
    /// Hints to pass on, best effort.
    pub hints: Vec<(Address, Hint)>,
}

/// What goes to a socket.
#[derive(Debug)]
pub enum Out<C: Core> {
    /// A frame.
    Frame(Socket, C::Outgoing),
    /// Stored entries.
    Read(Socket, C::Query),
    /// The end.
    Close(Socket, u16),
}

impl<C: Core> Object<C> {
    /// An object with what its store held.
    pub const fn new(me: Address, core: C, post: Post) -> Self {
        Self { me, core, post }
    }

    /// Something happened. A frame that is refused is answered; any other refusal is the caller's.
    ///
    /// # Errors
    /// [`Broken`] if the object cannot go on: throw it away and rebuild it from the store.
    pub fn handle(&mut self, now: Timestamp, input: Input<C>) -> Result<Result<Turn<C>, Reject>, Broken> {
        let sender = match &input {
            Input::Frame { socket, frame } => Some((*socket, frame.clone())),
            _ => None,
        };
        match (self.core.handle(now, input), sender) {
            (Ok(()), _) => self.turn(now, Vec::new()).map(Ok),
            (Err(Reject(code)), Some((socket, frame))) => {
                let mut turn = self.turn(now, Vec::new())?;
                turn.outs.push(Out::Frame(socket, self.core.refusal(now, &frame, code)));
                Ok(Ok(turn))
            }
            (Err(reject), None) => Ok(Err(reject)),
        }
    }

    /// A note arrived.
    ///
    /// # Errors
    /// [`Broken`] as for [`Object::handle`]. A note that the core refuses is dropped and told, so that it does not block
    /// those behind it: between our own objects that is a fault of ours.
    pub fn receive(
        &mut self,
        now: Timestamp,
        envelope: &Envelope,
    ) -> Result<(Receipt, Turn<C>, Option<Broken>), Broken> {
        match self.post.arrival(envelope) {
            Arrival::Answer(receipt) => Ok((receipt, self.turn(now, Vec::new())?, None)),
            Arrival::Take => {
                let row = self.post.took(envelope);
                let Envelope { from, topic, note, .. } = envelope.clone();
                let input = Input::Note { from, topic, note };
                let refused = self.core.handle(now, input).err();
                let fault = refused.map(|reject| {
                    Broken(format!("{} refused a note of {}: {reject}", self.me, envelope.from))
                });
                Ok((Receipt::Done, self.turn(now, vec![row])?, fault))
            }
        }
    }

    /// What became of a delivery; none if nobody answered.
    ///
    /// # Errors
    /// [`Broken`] as for [`Object::handle`].
    pub fn delivered(
        &mut self,
        now: Timestamp,
        envelope: &Envelope,
        receipt: Option<Receipt>,
    ) -> Result<Turn<C>, Broken> {
        let row = self.post.delivered(now, envelope, receipt);
        self.turn(now, row.into_iter().collect())
    }

    /// The alarm rang.
    ///
    /// # Errors
    /// [`Broken`] as for [`Object::handle`].
    pub fn alarm(&mut self, now: Timestamp) -> Result<Turn<C>, Broken> {
        self.post.give_up_stuck(now);
        let rows = self.post.forget_ended(now);
        self.core
            .handle(now, Input::Timeout)
            .map_err(|reject| Broken(format!("a timeout was refused: {reject}")))?;
        self.turn(now, rows)
    }

    /// Whether nothing waits to be told to another object.
    pub fn is_quiet(&self) -> bool {
        self.post.is_quiet()
    }

    /// When the alarm must ring.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        earliest(self.core.poll_timeout(), self.post.poll_timeout())
    }

    /// Drains the core after an event.
    fn turn(&mut self, now: Timestamp, rows: Vec<Row>) -> Result<Turn<C>, Broken> {
        let mut turn = Turn { rows, alarm: None, outs: Vec::new(), envelopes: Vec::new(), hints: Vec::new() };
        while let Some(effect) = self.core.poll_effect() {
            match effect {
                Effect::Persist(record) => turn.rows.push((record.key(), record.value())),
                Effect::Send { to, frame } => turn.outs.push(Out::Frame(to, frame)),
                Effect::Read { to, query } => turn.outs.push(Out::Read(to, query)),
                Effect::Close { socket, code } => turn.outs.push(Out::Close(socket, code)),
                Effect::Tell { to, topic, note } => turn.rows.push(self.post.tell(to, topic, note)?),
                Effect::Mention { to, hint } => turn.hints.push((to, hint)),
                Effect::EndTopic(topic) => turn.rows.extend(self.post.end_topic(now, &topic)),
            }
        }
        turn.envelopes = self.post.ready(now, &self.me);
        turn.alarm = self.poll_timeout();
        Ok(turn)
    }
}
