//! The sockets of a conversation, and what each may do.

use super::messages::Draft;
use super::{Conversation, Phase, Query, Reader, Who};
use crate::access;
use crate::core::{Bucket, Effect};
use crate::id::{Epoch, Seq, Socket};
use crate::limits;
use crate::reject::{Code, Reject};
use crate::time::Timestamp;
use crate::wire::{self, Author, FromConversation, Side, ToConversation};

/// Bad frames after which a socket is closed for good.
const STRIKES_MAX: u32 = 20;

impl Conversation {
    pub(super) fn connected(&mut self, _now: Timestamp, socket: Socket, who: Who, resumed: bool) {
        let refused = match &who {
            _ if self.readers.len() >= limits::CONVERSATION_SOCKETS_MAX => Some(wire::close::TOO_MANY),
            Who::Operator { face, role } if !self.may_read(&face.id, *role) => Some(wire::close::FORBIDDEN),
            Who::Visitor | Who::Operator { .. } => None,
        };
        match refused {
            Some(code) => self.effects.push_back(Effect::Close { socket, code }),
            None => {
                self.readers.insert(socket, Reader { who, welcomed: resumed, bucket: None, strikes: 0 });
            }
        }
    }

    pub(super) fn gone(&mut self, socket: Socket) {
        self.readers.remove(&socket);
    }

    pub(super) fn bad_frame(&mut self, socket: Socket, code: Code) {
        let Some(reader) = self.readers.get_mut(&socket) else { return };
        reader.strikes = reader.strikes.saturating_add(1);
        let too_often = reader.strikes >= STRIKES_MAX;
        self.send(socket, FromConversation::Reject { id: None, code });
        if too_often {
            self.hang_up(socket, wire::close::BAD_CLIENT);
        }
    }

    fn hang_up(&mut self, socket: Socket, code: u16) {
        if self.readers.remove(&socket).is_some() {
            self.effects.push_back(Effect::Close { socket, code });
        }
    }

    pub(super) fn frame(
        &mut self,
        now: Timestamp,
        socket: Socket,
        frame: ToConversation,
    ) -> Result<(), Reject> {
        if self.rules.is_none() {
            // Nothing was said before the object slept, so nothing was stored: a new connection brings the settings again.
            self.hang_up(socket, wire::close::INTERNAL);
            return Ok(());
        }
        let Some(reader) = self.readers.get_mut(&socket) else { return Ok(()) };
        if !reader.bucket.get_or_insert_with(|| Bucket::full(now)).take(now) {
            return Err(Reject(Code::TooFast));
        }
        if reader.welcomed == matches!(frame, ToConversation::Hello { .. }) {
            return Err(Reject(Code::HelloExpected));
        }
        let who = reader.who.clone();
        if !access::may_send(who.side(), &frame) {
            return Err(Reject(Code::Forbidden));
        }
        match frame {
            ToConversation::Hello { v, cursor, locale } => self.hello(now, socket, &who, v, cursor, locale),
            ToConversation::Send { id, text, note, epoch } => {
                self.message(now, socket, &who, Draft { id, text, note, epoch })
            }
            ToConversation::Typing { on } => {
                self.typing(socket, &who, on);
                Ok(())
            }
            ToConversation::Read { seq } => {
                self.read(&who, seq);
                Ok(())
            }
            ToConversation::Rate { session, score, comment } => self.rate(now, session, score, &comment),
            ToConversation::End {} => self.end(now, Side::Visitor),
            ToConversation::Close { epoch } => self.close(now, &who, epoch),
            ToConversation::History { before } => {
                let query = Query::Before { side: who.side(), before };
                self.effects.push_back(Effect::Read { to: socket, query });
                Ok(())
            }
        }
    }

    fn hello(
        &mut self,
        now: Timestamp,
        socket: Socket,
        who: &Who,
        v: u16,
        cursor: Seq,
        locale: String,
    ) -> Result<(), Reject> {
        if v == 0 || v > wire::VERSION {
            return Err(Reject(Code::UnsupportedVersion));
        }
        // Other tabs may still have to hear of a change that this one is told with its welcome.
        self.tell_hours_if_due(now);
        let side = who.side();
        if side == Side::Visitor && locale.len() <= 35 {
            self.visitor_locale = locale;
        }
        if let Some(reader) = self.readers.get_mut(&socket) {
            reader.welcomed = true;
        }
        let welcome = self.welcome(now, who);
        self.send(socket, welcome);
        if self.head_for(side) > cursor {
            self.effects.push_back(Effect::Read { to: socket, query: Query::After { side, cursor } });
        }
        if side == Side::Visitor {
            self.schedule.told(now);
        }
        Ok(())
    }

    pub(super) const fn head_for(&self, side: Side) -> Seq {
        match side {
            Side::Visitor => self.tail.last_visible,
            Side::Operator => self.tail.last,
        }
    }

    fn typing(&mut self, socket: Socket, who: &Who, on: bool) {
        for (other, reader) in &self.readers {
            let visitors_two_tabs = who.side() == Side::Visitor && reader.who == Who::Visitor;
            if *other == socket || !reader.welcomed || visitors_two_tabs {
                continue;
            }
            let who = match (who, &reader.who) {
                (Who::Visitor, _) => Author::Visitor,
                (Who::Operator { face, .. }, Who::Visitor) => {
                    Author::Operator { name: face.name.clone(), id: None }
                }
                (Who::Operator { face, .. }, _) => {
                    Author::Operator { name: face.name.clone(), id: Some(face.id.clone()) }
                }
            };
            self.effects.push_back(Effect::Send { to: *other, frame: FromConversation::Typing { who, on } });
        }
    }

    fn read(&mut self, who: &Who, seq: Seq) {
        let seq = seq.min(self.tail.last);
        match who {
            Who::Visitor => {
                self.read_by_visitor = self.read_by_visitor.max(seq);
                self.send_to(
                    |who| who.side() == Side::Operator,
                    &FromConversation::Read { seq: self.read_by_visitor },
                );
            }
            Who::Operator { face, .. } => {
                let owns = matches!(self.open_session().map(|s| &s.phase), Some(Phase::Active { owner }) if owner.id == face.id);
                if !owns {
                    return;
                }
                self.read_by_operator = self.read_by_operator.max(seq);
                if seq >= self.tail.last_visible && self.tail.unread > 0 {
                    self.tail.unread = 0;
                    self.mention_row();
                }
                self.send_to(
                    |who| who.side() == Side::Visitor,
                    &FromConversation::Read { seq: self.read_by_operator },
                );
            }
        }
    }

    fn close(&mut self, now: Timestamp, who: &Who, epoch: Epoch) -> Result<(), Reject> {
        let Who::Operator { face, .. } = who else { return Err(Reject(Code::Forbidden)) };
        let session = self.open_session().ok_or(Reject(Code::NoSession))?;
        match &session.phase {
            Phase::Active { owner } if owner.id == face.id => {}
            Phase::Active { .. } | Phase::Waiting { .. } | Phase::Ended { .. } => {
                return Err(Reject(Code::NotParticipant));
            }
        }
        if session.epoch != epoch {
            return Err(Reject(Code::StaleEpoch));
        }
        self.end(now, Side::Operator)
    }
}
