//! What was refused, and what one can do.

use shared::reject::Code;

pub(crate) struct Refusals {
    offer_gone: &'static str,
    full: &'static str,
    stale: &'static str,
    not_participant: &'static str,
    no_session: &'static str,
    empty: &'static str,
    too_long: &'static str,
    too_fast: &'static str,
    forbidden: &'static str,
    signed_out: &'static str,
    not_found: &'static str,
    conflict: &'static str,
    fields: &'static str,
    closed: &'static str,
    version: &'static str,
    other: &'static str,
    pub(crate) offline: &'static str,
}

impl Refusals {
    /// The words for a code.
    pub(crate) const fn of(&self, code: Code) -> &'static str {
        match code {
            Code::OfferGone => self.offer_gone,
            Code::Full => self.full,
            Code::StaleEpoch => self.stale,
            Code::NotParticipant => self.not_participant,
            Code::NoSession => self.no_session,
            Code::EmptyText => self.empty,
            Code::TextTooLong | Code::TooLarge => self.too_long,
            Code::TooFast | Code::Throttled => self.too_fast,
            Code::Forbidden | Code::WrongOrigin => self.forbidden,
            Code::SignInRequired => self.signed_out,
            Code::NotFound => self.not_found,
            Code::VersionConflict => self.conflict,
            Code::InvalidFields => self.fields,
            Code::ChannelClosed => self.closed,
            Code::UnsupportedVersion | Code::UnknownFrame => self.version,
            _ => self.other,
        }
    }
}

pub(crate) const EN: Refusals = Refusals {
    offer_gone: "Too late: this chat has gone to someone else.",
    full: "You have as many chats as the channel allows. Close one, then accept this one.",
    stale: "This chat changed hands while you wrote. Your draft is kept.",
    not_participant: "This chat is not yours to answer any more. Your draft is kept.",
    no_session: "This chat has ended. Your draft is kept.",
    empty: "There is nothing to send yet.",
    too_long: "This is too long to send. Split it in two.",
    too_fast: "That was a little fast. Wait a moment, then try again.",
    forbidden: "You may not do this. An administrator can.",
    signed_out: "Your sign-in has ended. Sign in again.",
    not_found: "This is not there any more.",
    conflict: "Someone else changed these settings in the meantime. Load theirs, then make your change again.",
    fields: "Some fields need another look.",
    closed: "The channel is switched off.",
    version: "This page is older than the server. Reload it.",
    other: "That did not work, and nothing was changed. Try again.",
    offline: "Not connected. Check your connection, then try again.",
};

pub(crate) const FR: Refusals = Refusals {
    offer_gone: "Trop tard : cette conversation est allée à quelqu’un d’autre.",
    full: "Vous avez autant de conversations que le canal le permet. Fermez-en une, puis acceptez celle-ci.",
    stale: "Cette conversation a changé de mains pendant que vous écriviez. Votre brouillon est conservé.",
    not_participant: "Vous ne pouvez plus répondre dans cette conversation. Votre brouillon est conservé.",
    no_session: "Cette conversation est terminée. Votre brouillon est conservé.",
    empty: "Il n’y a encore rien à envoyer.",
    too_long: "C’est trop long pour un envoi. Coupez-le en deux.",
    too_fast: "C’était un peu rapide. Patientez un instant, puis réessayez.",
    forbidden: "Vous n’avez pas ce droit. Un administrateur l’a.",
    signed_out: "Votre connexion a expiré. Reconnectez-vous.",
    not_found: "Cet élément n’existe plus.",
    conflict: "Quelqu’un d’autre a modifié ces réglages entre-temps. Chargez les siens, puis refaites votre modification.",
    fields: "Certains champs sont à revoir.",
    closed: "Le canal est désactivé.",
    version: "Cette page est plus ancienne que le serveur. Rechargez-la.",
    other: "Cela n’a pas marché, et rien n’a changé. Réessayez.",
    offline: "Pas de connexion. Vérifiez-la, puis réessayez.",
};
