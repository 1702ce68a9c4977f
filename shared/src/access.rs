//! Who may do what: every endpoint (in [`crate::api::ENDPOINTS`]), every socket and every frame names what it needs.

use crate::api::Role;
use crate::wire::{Side, ToConversation};

/// What a caller has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anybody may call it.
    Nobody,
    /// A visitor with the secret of the conversation.
    Visitor,
    /// Anybody who is signed in.
    SignedIn,
    /// Somebody who is signed in with at least this role.
    Role(Role),
}

impl Need {
    /// Whether somebody with `role` (none: not signed in) may do what needs this. Visitors are not people with roles.
    pub fn allows(self, role: Option<Role>) -> bool {
        match self {
            Self::Nobody => true,
            Self::Visitor => false,
            Self::SignedIn => role.is_some(),
            Self::Role(least) => role.is_some_and(|role| role >= least),
        }
    }
}

/// The sockets, and who may open them.
pub const SOCKETS: &[(&str, Need)] = &[
    ("/ws/v1/visitor/{channel}", Need::Visitor),
    ("/ws/v1/conversation/{conversation}", Need::SignedIn),
    ("/ws/v1/inbox", Need::SignedIn),
];

/// Which sides of a conversation may send a frame. Whether the sender takes part in the session is the core's to decide.
pub const fn may_send(side: Side, frame: &ToConversation) -> bool {
    match frame {
        ToConversation::Hello { .. }
        | ToConversation::Typing { .. }
        | ToConversation::Read { .. }
        | ToConversation::History { .. } => true,
        ToConversation::Send { note, .. } => !*note || matches!(side, Side::Operator),
        ToConversation::Rate { .. } | ToConversation::End {} => matches!(side, Side::Visitor),
        ToConversation::Close { .. } => matches!(side, Side::Operator),
    }
}
