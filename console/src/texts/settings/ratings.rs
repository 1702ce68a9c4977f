//! What visitors may say about a chat.

use super::{Options, Said};

pub(crate) struct Ratings {
    pub(crate) title: &'static str,
    pub(crate) enabled: Said,
    pub(crate) scale: Said,
    pub(crate) scales: Options,
    pub(crate) chat: Said,
    pub(crate) connectors: Said,
    pub(crate) ask: Said,
    pub(crate) good: Said,
    pub(crate) bad: Said,
    pub(crate) when: &'static str,
    pub(crate) unlimited: Said,
    pub(crate) accepted_for: Said,
    pub(crate) during: Said,
}

pub(crate) const EN: Ratings = Ratings {
    title: "Rating",
    enabled: Said("Ask visitors to rate chats", "At most once in a chat, when it ends."),
    scale: Said("Scale", "Visitors may add a comment."),
    scales: &[("Thumb up or down", ""), ("One to five stars", "")],
    chat: Said("In the live chat", ""),
    connectors: Said(
        "On other connectors",
        "There are no buttons there: the request has to name the digits, 1 or 0 for a thumb, 1 to 5 for stars.",
    ),
    ask: Said("Request", ""),
    good: Said("Thanks for a good rating", ""),
    bad: Said("Thanks for a bad rating", ""),
    when: "When chats may be rated",
    unlimited: Said("At any time after the end", ""),
    accepted_for: Said("Accept ratings for", "Counted from the end of the chat."),
    during: Said("During the chat", "Visitors may also rate while the chat goes on."),
};

pub(crate) const FR: Ratings = Ratings {
    title: "Évaluation",
    enabled: Said(
        "Demander aux visiteurs d’évaluer les conversations",
        "Une fois au plus par conversation, à sa fin.",
    ),
    scale: Said("Échelle", "Les visiteurs peuvent ajouter un commentaire."),
    scales: &[("Pouce vers le haut ou vers le bas", ""), ("Une à cinq étoiles", "")],
    chat: Said("Dans le chat en direct", ""),
    connectors: Said(
        "Dans les autres connecteurs",
        "Il n’y a pas de boutons là-bas : la demande doit nommer les chiffres, 1 ou 0 pour un pouce, de 1 à 5 pour les étoiles.",
    ),
    ask: Said("Demande", ""),
    good: Said("Remerciement d’une bonne évaluation", ""),
    bad: Said("Remerciement d’une mauvaise évaluation", ""),
    when: "Quand évaluer",
    unlimited: Said("Sans limite de temps après la fin", ""),
    accepted_for: Said("Accepter les évaluations pendant", "Compté à partir de la fin de la conversation."),
    during: Said(
        "Pendant la conversation",
        "Les visiteurs peuvent aussi évaluer tant que la conversation dure.",
    ),
};
