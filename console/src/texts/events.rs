//! What happened in a conversation, line by line in its log.

use super::moves::{self, Moves};

pub(crate) struct Events {
    pub(crate) assigned: &'static str,
    pub(crate) joined: &'static str,
    pub(crate) left: &'static str,
    pub(crate) moved_on: Moves,
    /// Who had it, and the channel it goes to.
    pub(crate) to_channel: &'static str,
    pub(crate) to_channel_unheld: &'static str,
    pub(crate) ended_visitor: &'static str,
    pub(crate) ended_operator: &'static str,
    pub(crate) ended_silence: &'static str,
    pub(crate) given_up: &'static str,
    pub(crate) spam: &'static str,
    pub(crate) resumed: &'static str,
    pub(crate) reopened: &'static str,
    pub(crate) contact_asked: &'static str,
    pub(crate) contact: &'static str,
    /// The same, where that is not told.
    pub(crate) filled: &'static str,
    pub(crate) agreed: &'static str,
    pub(crate) rated_good: &'static str,
    pub(crate) rated_bad: &'static str,
    pub(crate) rated_stars: &'static str,
    /// Who rated, and how.
    pub(crate) reviewed: &'static str,
}

pub(crate) const EN: Events = Events {
    assigned: "{} took the chat",
    joined: "{} joined",
    left: "{} left",
    moved_on: moves::LOG_EN,
    to_channel: "Handed over from {} to the channel {}",
    to_channel_unheld: "Handed over to the channel {}",
    ended_visitor: "The visitor ended the chat",
    ended_operator: "The chat was closed",
    ended_silence: "Closed by itself: the visitor had been silent for long",
    given_up: "Missed: nobody accepted it in time",
    spam: "Marked as spam",
    resumed: "The chat goes on",
    reopened: "{} opened the chat again",
    contact_asked: "The visitor was asked how they can be reached",
    contact: "The visitor can be reached",
    filled: "The visitor filled in the form",
    agreed: "Agreed to: {}",
    rated_good: "Rated: good",
    rated_bad: "Rated: not good",
    rated_stars: "Rated: {} of 5 stars",
    reviewed: "{} rated this chat {} of 5",
};

pub(crate) const FR: Events = Events {
    assigned: "{} a pris la conversation",
    joined: "{} participe",
    left: "{} ne participe plus",
    moved_on: moves::LOG_FR,
    to_channel: "Transférée de {} au canal {}",
    to_channel_unheld: "Transférée au canal {}",
    ended_visitor: "Le visiteur a terminé la conversation",
    ended_operator: "La conversation a été fermée",
    ended_silence: "Fermée d’elle-même : le visiteur est resté longtemps silencieux",
    given_up: "Manquée : personne ne l’a acceptée à temps",
    spam: "Marquée comme indésirable",
    resumed: "La conversation reprend",
    reopened: "{} a rouvert la conversation",
    contact_asked: "On a demandé au visiteur comment le joindre",
    contact: "Le visiteur est joignable",
    filled: "Le visiteur a rempli le formulaire",
    agreed: "A accepté : {}",
    rated_good: "Avis : satisfait",
    rated_bad: "Avis : pas satisfait",
    rated_stars: "Avis : {} sur 5 étoiles",
    reviewed: "{} a noté cette conversation {} sur 5",
};
