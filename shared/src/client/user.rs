//! Who a client works for, and whose conversation it is.

use super::{Client, read, write};
use crate::id::ConversationId;
use crate::verified::Identity;
use crate::wire::{FromConversation, Side, ToConversation};

/// Who a client works for.
#[derive(Clone, Debug)]
pub struct User {
    pub(super) side: Side,
    pub(super) locale: String,
    pub(super) zone: String,
    pub(super) plain: bool,
    pub(super) forms: bool,
    pub(super) read: fn(&str) -> Option<FromConversation>,
    pub(super) write: fn(&ToConversation) -> String,
}

impl User {
    /// A visitor who reads `locale` (BCP 47) and lives in `zone` (IANA; empty if it is not known).
    pub const fn visitor(locale: String, zone: String) -> Self {
        let (read, write) = (read::frame, write::frame);
        Self { side: Side::Visitor, locale, zone, plain: false, forms: true, read, write }
    }

    /// An operator who reads `locale`. Their frames are read and written with serde: they hold more, and the console has it anyway.
    pub const fn operator(locale: String) -> Self {
        Self {
            side: Side::Operator,
            locale,
            zone: String::new(),
            plain: false,
            forms: false,
            read: read_whole,
            write: write_whole,
        }
    }

    /// The same on a client that draws no buttons or forms, as a connector to another network.
    #[must_use]
    pub fn plain(self) -> Self {
        Self { plain: true, forms: false, ..self }
    }
}

/// What only a later version knows is skipped, as far as that can be.
fn read_whole(text: &str) -> Option<FromConversation> {
    serde_json::from_str(text).ok().or_else(|| read::frame(text))
}

/// Whose conversation it is, as the worker said.
#[derive(Debug, Default)]
pub(super) struct Whose {
    conversation: Option<ConversationId>,
    pub(super) identity: Option<Box<Identity>>,
}

impl Whose {
    /// Takes up whose it is. Whether it was another's before.
    pub(super) fn is_another(&mut self, now: ConversationId) -> bool {
        let before = self.conversation.replace(now);
        before.is_some() && before != self.conversation
    }
}

impl Client {
    /// For operators: who the visitor is, as far as that is known.
    pub fn identity(&self) -> Option<&Identity> {
        self.whose.identity.as_deref()
    }
}

/// Frames hold only strings, numbers and flags: writing one as JSON cannot fail.
fn write_whole(frame: &ToConversation) -> String {
    serde_json::to_string(frame).unwrap_or_default()
}
