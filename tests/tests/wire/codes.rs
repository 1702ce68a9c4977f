//! Every code of a refusal.

use shared::reject::Code;

pub(crate) fn codes() -> Vec<Code> {
    let samples = vec![
        Code::Malformed,
        Code::TooLarge,
        Code::UnknownFrame,
        Code::UnsupportedVersion,
        Code::HelloExpected,
        Code::EmptyText,
        Code::TextTooLong,
        Code::TooFast,
        Code::NotParticipant,
        Code::StaleEpoch,
        Code::NoSession,
        Code::NotRateable,
        Code::OfferGone,
        Code::Full,
        Code::NotMember,
        Code::NotAvailable,
        Code::AlreadyOpen,
        Code::TooManyParticipants,
        Code::Forbidden,
        Code::SignInRequired,
        Code::WrongCredentials,
        Code::FormRequired,
        Code::Throttled,
        Code::WrongOrigin,
        Code::NotFound,
        Code::MethodNotAllowed,
        Code::LinkUsed,
        Code::LinkInvalid,
        Code::EmailTaken,
        Code::InvalidFields,
        Code::VersionConflict,
        Code::ChannelClosed,
        Code::SecretRequired,
        Code::TokenInvalid,
        Code::TokenExpired,
        Code::UpgradeRequired,
        Code::TooManySockets,
        Code::FilesOff,
        Code::FileTooLarge,
        Code::TooManyFiles,
        Code::FileKind,
        Code::FileGone,
        Code::Internal,
    ];
    // `status` matches all codes without a wildcard; its count is the list's.
    assert!(samples.iter().all(|code| (400..=500).contains(&code.status())));
    assert_eq!(samples.last().copied().map(|code| code as usize), Some(samples.len() - 1));
    samples
}
