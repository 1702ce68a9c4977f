//! The sockets of a conversation, and what each may do.

use super::messages::Draft;
use super::{Conversation, Phase, Query, Reader, Who};
use crate::access;
use crate::api::Role;
use crate::core::{Bucket, Effect};
use crate::hours::is_zone_name;
use crate::id::{Seq, Socket};
use crate::limits;
use crate::note::Face;
use crate::reject::{Code, Reject};
use crate::time::Timestamp;
use crate::wire::{self, Author, FromConversation, Side, ToConversation};

/// Bad frames after which a socket is closed for good.
const STRIKES_MAX: u32 = 20;
/// Longest language tag that is remembered (BCP 47).
const LOCALE_BYTES_MAX: usize = 35;

/// The first frame of a client.
struct Hello {
    v: u16,
    cursor: Seq,
    locale: String,
    zone: String,
    plain: bool,
    forms: bool,
}

impl Conversation {
    pub(super) fn connected(&mut self, now: Timestamp, socket: Socket, who: Who, resumed: bool) {
        let refused = match &who {
            _ if self.readers.len() >= limits::CONVERSATION_SOCKETS_MAX => Some(wire::close::TOO_MANY),
            Who::Operator { face, role } if !self.may_read(&face.id, *role) => Some(wire::close::FORBIDDEN),
            Who::Visitor | Who::SignedIn | Who::Operator { .. } => None,
        };
        match refused {
            Some(code) => self.effects.push_back(Effect::Close { socket, code }),
            None => {
                // But for what their next message does, who has signed in is the visitor that they were.
                let signed_in = who == Who::SignedIn;
                let who = if signed_in { Who::Visitor } else { who };
                if resumed && who == Who::Visitor {
                    // Whether somebody is free was told to the memory that is gone.
                    self.visitor.watch_due = Some(now);
                }
                self.readers
                    .insert(socket, Reader { who, signed_in, welcomed: resumed, bucket: None, strikes: 0 });
            }
        }
    }

    pub(super) fn gone(&mut self, now: Timestamp, socket: Socket) {
        self.readers.remove(&socket);
        if !self.visitor_is_here() {
            self.watch(now, false);
        }
    }

    pub(super) fn bad_frame(&mut self, socket: Socket, code: Code) {
        let Some(reader) = self.readers.get_mut(&socket) else { return };
        reader.strikes = reader.strikes.saturating_add(1);
        let too_often = reader.strikes >= STRIKES_MAX;
        self.send(socket, FromConversation::Reject { id: None, code, retry_after: None });
        if too_often {
            self.hang_up(socket, wire::close::BAD_CLIENT);
        }
    }

    pub(super) fn hang_up(&mut self, socket: Socket, code: u16) {
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
        if !reader.bucket.get_or_insert_with(|| Bucket::full(now, limits::FRAMES)).take(now) {
            return Err(Reject(Code::TooFast));
        }
        if reader.welcomed == matches!(frame, ToConversation::Hello { .. }) {
            return Err(Reject(Code::HelloExpected));
        }
        let who = reader.who.clone();
        if !access::sender_of(&frame).allows(who.role()) {
            return Err(Reject(Code::Forbidden));
        }
        match (frame, who) {
            (ToConversation::Hello { v, cursor, locale, zone, plain, forms }, who) => {
                let hello = Hello { v, cursor, locale, zone, plain, forms };
                self.hello(now, socket, &who, hello)
            }
            (ToConversation::Send { id, text, note, epoch, file: false }, who) => {
                self.message(now, socket, &who, Draft { id, text, note, epoch, file: None })
            }
            (ToConversation::Send { id, note, epoch, file: true, .. }, who) => {
                self.file_message(now, socket, &who, id, note, epoch)
            }
            (ToConversation::Attach { id, name, size }, who) => {
                self.attach(now, socket, &who, id, &name, size)
            }
            (ToConversation::Fetch { id }, _) => {
                self.link(now, socket, id, false);
                Ok(())
            }
            (ToConversation::Typing { on }, who) => {
                self.typing(socket, &who, on);
                Ok(())
            }
            (ToConversation::Read { seq }, who) => {
                self.read(&who, seq);
                Ok(())
            }
            (ToConversation::History { before }, who) => {
                let query = Query::Before { side: who.side(), before };
                self.effects.push_back(Effect::Read { to: socket, query });
                Ok(())
            }
            (frame, Who::Visitor | Who::SignedIn) => self.visitor_frame(now, frame),
            (frame, Who::Operator { face, role }) => self.operator_frame(now, &face, role, frame),
        }
    }

    /// What visitors alone may send.
    fn visitor_frame(&mut self, now: Timestamp, frame: ToConversation) -> Result<(), Reject> {
        match frame {
            ToConversation::Rate { session, score, comment } => self.rate(now, session, score, &comment),
            ToConversation::End {} => self.end_by_visitor(now),
            ToConversation::Contact(contact) => self.contact(now, &contact),
            _ => Err(Reject(Code::Forbidden)),
        }
    }

    /// What operators alone may send.
    fn operator_frame(
        &mut self,
        now: Timestamp,
        face: &Face,
        role: Role,
        frame: ToConversation,
    ) -> Result<(), Reject> {
        match frame {
            ToConversation::Close { epoch } => self.close_by_operator(now, &face.id, epoch),
            ToConversation::Transfer { epoch, to } => self.transfer(face, role, epoch, to),
            ToConversation::Intercept { epoch } => self.intercept(face, epoch),
            ToConversation::Join {} => self.join(now, face),
            ToConversation::Leave {} => self.leave(now, face),
            ToConversation::Pin { epoch, on } => self.pin(face, epoch, on),
            ToConversation::Spam { epoch } => self.spam(now, face, role, epoch),
            ToConversation::Reopen { session } => self.reopen(now, face, session),
            ToConversation::Review { session, score, comment } => {
                self.review(now, face, session, score, &comment)
            }
            _ => Err(Reject(Code::Forbidden)),
        }
    }

    fn hello(&mut self, now: Timestamp, socket: Socket, who: &Who, hello: Hello) -> Result<(), Reject> {
        if hello.v == 0 || hello.v > wire::VERSION {
            return Err(Reject(Code::UnsupportedVersion));
        }
        // Other tabs may still have to hear of a change that this one is told with its welcome.
        self.tell_hours_if_due(now);
        let side = who.side();
        if side == Side::Visitor {
            self.learn_visitor(&hello);
        }
        if let Some(reader) = self.readers.get_mut(&socket) {
            reader.welcomed = true;
        }
        let welcome = self.welcome(now, who);
        self.send(socket, welcome);
        if self.head_for(side) > hello.cursor {
            let query = Query::After { side, cursor: hello.cursor };
            self.effects.push_back(Effect::Read { to: socket, query });
        }
        if side == Side::Visitor {
            self.schedule.told(now);
            if self.is_watched() {
                self.watch(now, true);
            }
        }
        Ok(())
    }

    fn learn_visitor(&mut self, hello: &Hello) {
        if hello.locale.len() <= LOCALE_BYTES_MAX {
            self.visitor.locale.clone_from(&hello.locale);
        }
        if is_zone_name(&hello.zone) && hello.zone != self.visitor.zone {
            self.visitor.zone.clone_from(&hello.zone);
            self.schedule.stale();
        }
        self.visitor.plain = Some(hello.plain);
        self.visitor.forms = Some(hello.forms);
    }

    pub(super) fn visitor_is_here(&self) -> bool {
        self.readers.values().any(|reader| reader.welcomed && reader.who == Who::Visitor)
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
                (Who::Visitor | Who::SignedIn, _) => Author::Visitor,
                (Who::Operator { face, .. }, Who::Visitor) => {
                    Author::Operator { name: self.name_for_visitors(face), id: None }
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
            Who::Visitor | Who::SignedIn => {
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
                    self.changes.preview = true;
                }
                self.send_to(
                    |who| who.side() == Side::Visitor,
                    &FromConversation::Read { seq: self.read_by_operator },
                );
            }
        }
    }
}
