//! What may be wrong with what somebody sent: one stable code each, the same on sockets and in the API.

use serde::{Deserialize, Serialize};

/// Why something was refused. The names are part of the wire contract; the words are the client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Not JSON, or not of the shape that was expected.
    Malformed,
    /// Longer or more than a limit allows.
    TooLarge,
    /// A frame that this side does not know.
    UnknownFrame,
    /// The peer speaks a version that this side does not.
    UnsupportedVersion,
    /// `hello` has to be the first frame, once.
    HelloExpected,
    /// A text with nothing to read in it.
    EmptyText,
    /// A text longer than [`crate::limits::TEXT_CHARS_MAX`].
    TextTooLong,
    /// Sent faster than the limit; try again later.
    TooFast,
    /// The sender is not a participant of the session any more, or not yet.
    NotParticipant,
    /// The ownership has changed since the sender last heard of it.
    StaleEpoch,
    /// No session is open.
    NoSession,
    /// The session cannot be rated: not closed, too late, or rating is off.
    NotRateable,
    /// Somebody else has it, or it has moved on.
    OfferGone,
    /// The operator has as many sessions as the limit allows.
    Full,
    /// The person is not a member of the channel, so nothing can be handed over to them.
    NotMember,
    /// The person is offline, so nothing can be handed over to them.
    NotAvailable,
    /// The session is open, or a later one is: it cannot be opened again.
    AlreadyOpen,
    /// As many people take part as the limit allows.
    TooManyParticipants,
    /// The role of the sender does not allow this.
    Forbidden,
    /// Not signed in, or the sign-in has ended.
    SignInRequired,
    /// Wrong e-mail address or password.
    WrongCredentials,
    /// The form that comes before the first message is not filled in.
    FormRequired,
    /// Too many wrong passwords, or too many new sessions; try again later.
    Throttled,
    /// The page or address that asks is not one that may.
    WrongOrigin,
    /// There is no such thing.
    NotFound,
    /// No such way to call this address.
    MethodNotAllowed,
    /// The one-time link was used before.
    LinkUsed,
    /// The one-time link is unknown or has expired.
    LinkInvalid,
    /// An e-mail address that is taken.
    EmailTaken,
    /// Some fields are out of range; the answer lists them all.
    InvalidFields,
    /// Somebody else changed it in between.
    VersionConflict,
    /// The channel is switched off.
    ChannelClosed,
    /// The visitor's secret is missing or has the wrong shape.
    SecretRequired,
    /// The token that vouches for the visitor cannot be believed.
    TokenInvalid,
    /// The token that vouches for the visitor has expired; a fresh one may do.
    TokenExpired,
    /// The address expects a WebSocket.
    UpgradeRequired,
    /// Too many sockets on one object.
    TooManySockets,
    /// The channel takes no files.
    FilesOff,
    /// A file larger than the channel takes.
    FileTooLarge,
    /// As many files as the channel takes in one session, or as may be on their way at once.
    TooManyFiles,
    /// A file of a kind that the channel does not take.
    FileKind,
    /// The file never came, or was thrown away meanwhile.
    FileGone,
    /// Guichet's own fault. Nothing was changed; try again.
    Internal,
}

impl Code {
    /// The code as it is written on the wire.
    pub fn as_str(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The HTTP status that carries the code.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::UnknownFrame | Self::UnsupportedVersion | Self::HelloExpected => 400,
            Self::EmptyText | Self::TextTooLong | Self::FormRequired | Self::InvalidFields => 422,
            Self::TooLarge | Self::FileTooLarge => 413,
            Self::FileKind => 415,
            Self::SignInRequired
            | Self::WrongCredentials
            | Self::SecretRequired
            | Self::TokenInvalid
            | Self::TokenExpired => 401,
            Self::NotParticipant | Self::Forbidden | Self::WrongOrigin => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::StaleEpoch
            | Self::NoSession
            | Self::NotRateable
            | Self::OfferGone
            | Self::Full
            | Self::NotMember
            | Self::NotAvailable
            | Self::AlreadyOpen
            | Self::TooManyParticipants
            | Self::EmailTaken
            | Self::FilesOff
            | Self::TooManyFiles
            | Self::VersionConflict => 409,
            Self::LinkUsed | Self::LinkInvalid | Self::ChannelClosed | Self::FileGone => 410,
            Self::UpgradeRequired => 426,
            Self::TooFast | Self::Throttled | Self::TooManySockets => 429,
            Self::Internal => 500,
        }
    }
}

/// The caller's fault: what was asked is refused, and nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused: {0:?}")]
pub struct Reject(pub Code);

/// Our fault: something that must hold does not. Logged once by the shell; the core is rebuilt from the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("broken: {0}")]
pub struct Broken(pub String);
