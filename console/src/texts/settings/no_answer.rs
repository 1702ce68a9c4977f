//! What happens when nobody answers.

use super::{Options, Said};

pub(crate) struct NoAnswer {
    pub(crate) title: &'static str,
    pub(crate) delay: Said,
    pub(crate) action: Said,
    pub(crate) actions: Options,
    pub(crate) text: Said,
}

pub(crate) const EN: NoAnswer = NoAnswer {
    title: "No answer",
    delay: Said(
        "Time without an answer",
        "Counted from the visitor’s first message of a chat that nobody has answered.",
    ),
    action: Said("What happens then", "At most once in a chat, which keeps waiting all the same."),
    actions: &[
        ("Send a text", ""),
        ("Ask for contact details", "how the visitor can be reached."),
        ("Back to the line", "the chat is placed as if it were new."),
        ("Nothing", ""),
    ],
    text: Said("Text when nobody answers", "Sent, or shown above the fields for contact details."),
};

pub(crate) const FR: NoAnswer = NoAnswer {
    title: "Sans réponse",
    delay: Said(
        "Temps sans réponse",
        "Compté à partir du premier message du visiteur auquel personne n’a répondu dans la conversation.",
    ),
    action: Said(
        "Ce qui se passe alors",
        "Une fois au plus par conversation ; elle continue d’attendre malgré tout.",
    ),
    actions: &[
        ("Envoyer un texte", ""),
        ("Demander les coordonnées", "comment joindre le visiteur."),
        ("Retour dans la file", "la conversation est distribuée comme une nouvelle."),
        ("Rien", ""),
    ],
    text: Said("Texte quand personne ne répond", "Envoyé, ou affiché au-dessus des champs de coordonnées."),
};
