//! Who may do what: every endpoint (in [`crate::api::ENDPOINTS`]), every socket and every frame names what it needs.

use crate::api::Role;
use crate::wire::ToConversation;

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

/// Who may send a frame to a conversation. Whether the sender takes part in the session is the core's to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Both sides.
    Both,
    /// The visitor.
    Visitor,
    /// Operators with at least this role.
    Operator(Role),
}

impl Sender {
    /// Whether the visitor (`None`) or an operator of this role may send it.
    pub fn allows(self, role: Option<Role>) -> bool {
        match self {
            Self::Both => true,
            Self::Visitor => role.is_none(),
            Self::Operator(least) => role.is_some_and(|role| role >= least),
        }
    }
}

/// Who may send `frame`.
pub const fn sender_of(frame: &ToConversation) -> Sender {
    match frame {
        ToConversation::Hello { .. }
        | ToConversation::Typing { .. }
        | ToConversation::Read { .. }
        | ToConversation::History { .. }
        | ToConversation::Attach { .. }
        | ToConversation::Fetch { .. }
        | ToConversation::Send { note: false, .. } => Sender::Both,
        ToConversation::Rate { .. } | ToConversation::End {} | ToConversation::Contact(_) => Sender::Visitor,
        ToConversation::Send { note: true, .. }
        | ToConversation::Close { .. }
        | ToConversation::Transfer { .. }
        | ToConversation::Join {}
        | ToConversation::Leave {}
        | ToConversation::Pin { .. }
        | ToConversation::Spam { .. }
        | ToConversation::Reopen { .. } => Sender::Operator(Role::Operator),
        ToConversation::Intercept { .. } | ToConversation::Review { .. } => {
            Sender::Operator(Role::Supervisor)
        }
    }
}
