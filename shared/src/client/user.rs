//! Who a client works for.

use super::{read, write};
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

/// Frames hold only strings, numbers and flags: writing one as JSON cannot fail.
fn write_whole(frame: &ToConversation) -> String {
    serde_json::to_string(frame).unwrap_or_default()
}
