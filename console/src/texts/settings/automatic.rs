//! What the channel says and does by itself.

use super::{Options, Said};

pub(crate) struct Automatic {
    pub(crate) title: &'static str,
    pub(crate) greeting: Said,
    pub(crate) greetings: Options,
    pub(crate) greeting_text: Said,
    pub(crate) waiting: Said,
    pub(crate) waiting_text: Said,
    pub(crate) reminders: Said,
    pub(crate) no_reminders: &'static str,
    pub(crate) add_reminder: &'static str,
    pub(crate) remove_reminder: &'static str,
    pub(crate) reminder_after: Said,
    pub(crate) reminder_text: Said,
    pub(crate) end: &'static str,
    pub(crate) auto_close: Said,
    pub(crate) auto_close_text: Said,
    pub(crate) closing_text: Said,
    pub(crate) closing_period: Said,
    pub(crate) rating_ends: Said,
}

pub(crate) const EN: Automatic = Automatic {
    title: "Automatic actions",
    greeting: Said("Greeting", "Answers a visitor’s first message at once, within working hours."),
    greetings: &[("Never", ""), ("In every chat", ""), ("Only in a visitor’s first chat", "")],
    greeting_text: Said("Text of the greeting", ""),
    waiting: Said("Waiting notice", "Visitors who wait read their place in line and what to expect."),
    waiting_text: Said("Text of the waiting notice", ""),
    reminders: Said(
        "Reminders",
        "Sent one after the other while a visitor is silent after a reply. At most 5; by default none.",
    ),
    no_reminders: "No reminders.",
    add_reminder: "Add a reminder",
    remove_reminder: "Remove reminder {}",
    reminder_after: Said("Sent after", "Counted from the reply, and longer than for the reminder before."),
    reminder_text: Said("Text of the reminder", ""),
    end: "End of a chat",
    auto_close: Said(
        "Close silent chats after",
        "Counted from the last reply. Never while the visitor waits for an answer.",
    ),
    auto_close_text: Said("Text when a silent chat is closed", ""),
    closing_text: Said("Text when an operator closes", ""),
    closing_period: Said(
        "Closing period",
        "For so long after the close, a visitor’s message resumes the chat with the same person. 0: it begins a new one.",
    ),
    rating_ends: Said("A rating ends the closing period", ""),
};

pub(crate) const FR: Automatic = Automatic {
    title: "Actions automatiques",
    greeting: Said("Accueil", "Répond aussitôt au premier message d’un visiteur, pendant les horaires."),
    greetings: &[
        ("Jamais", ""),
        ("À chaque conversation", ""),
        ("À la première conversation d’un visiteur seulement", ""),
    ],
    greeting_text: Said("Texte d’accueil", ""),
    waiting: Said(
        "Avis d’attente",
        "Les visiteurs qui attendent lisent leur place dans la file et à quoi s’attendre.",
    ),
    waiting_text: Said("Texte de l’avis d’attente", ""),
    reminders: Said(
        "Rappels",
        "Envoyés l’un après l’autre tant qu’un visiteur se tait après une réponse. 5 au plus ; par défaut, aucun.",
    ),
    no_reminders: "Aucun rappel.",
    add_reminder: "Ajouter un rappel",
    remove_reminder: "Retirer le rappel {}",
    reminder_after: Said(
        "Envoyé après",
        "Compté à partir de la réponse, et plus long que le rappel précédent.",
    ),
    reminder_text: Said("Texte du rappel", ""),
    end: "Fin d’une conversation",
    auto_close: Said(
        "Fermer les conversations silencieuses après",
        "Compté à partir de la dernière réponse. Jamais tant que le visiteur en attend une.",
    ),
    auto_close_text: Said("Texte quand une conversation silencieuse est fermée", ""),
    closing_text: Said("Texte quand un opérateur ferme", ""),
    closing_period: Said(
        "Temps de clôture",
        "Pendant ce temps après la fermeture, un message du visiteur reprend la conversation avec la même personne. 0 : il en commence une nouvelle.",
    ),
    rating_ends: Said("Une évaluation met fin au temps de clôture", ""),
};
