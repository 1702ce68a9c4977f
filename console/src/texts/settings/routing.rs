//! Who answers, and how chats are placed with them.

use super::{Options, Said};

pub(crate) struct Routing {
    pub(crate) title: &'static str,
    pub(crate) forward: Said,
    pub(crate) members: Said,
    pub(crate) members_none: &'static str,
    pub(crate) former: &'static str,
    pub(crate) up: &'static str,
    pub(crate) down: &'static str,
    pub(crate) distribution: Said,
    pub(crate) distributions: Options,
    pub(crate) response_limit: Said,
    pub(crate) check_availability: Said,
    pub(crate) at_once: Said,
    pub(crate) counts_until: Said,
    pub(crate) counts: Options,
    pub(crate) misses: Said,
    pub(crate) give_up: Said,
}

pub(crate) const EN: Routing = Routing {
    title: "Routing",
    forward: Said(
        "Forward to the responsible person",
        "A known contact’s chat goes to whoever is responsible for them first, member or not.",
    ),
    members: Said(
        "Members",
        "Only members are sent the chats of this channel. Their order counts when chats are placed in order.",
    ),
    members_none: "Nobody is a member, so visitors would wait for ever. Choose at least one person.",
    former: "Someone who has left the team",
    up: "Move {} up",
    down: "Move {} down",
    distribution: Said("Distribution", "How new chats are placed."),
    distributions: &[
        ("Evenly", "to whoever has the fewest chats, so that all have the same workload."),
        ("In order", "to the first member who is free; if they do not accept, to the next one."),
        ("Everyone", "to all members at once; the first to accept has the chat."),
    ],
    response_limit: Said(
        "Time to accept a chat",
        "After that it moves on to the next person. Not used when chats go to everyone.",
    ),
    check_availability: Said(
        "Check availability",
        "Only people who are online and not on a break are sent chats.",
    ),
    at_once: Said("Chats at once, per person", "0 means no limit."),
    counts_until: Said("A chat counts until", "How long a chat takes up one of those places."),
    counts: &[
        ("The first reply", ""),
        ("Each reply", "only while the visitor waits for one."),
        ("It is closed", ""),
    ],
    misses: Said(
        "Missed chats before a break",
        "Whoever lets so many chats in a row pass is put on a break. 0 means never.",
    ),
    give_up: Said(
        "Give up after",
        "A chat that nobody takes then leaves the line as missed. It stays in the inbox; an answer opens it again.",
    ),
};

pub(crate) const FR: Routing = Routing {
    title: "Routage",
    forward: Said(
        "Transférer au responsable",
        "La conversation d’un contact connu va d’abord à la personne qui en est responsable, membre ou non.",
    ),
    members: Said(
        "Membres",
        "Seuls les membres reçoivent les conversations de ce canal. Leur ordre compte pour la distribution dans l’ordre.",
    ),
    members_none: "Personne n’est membre : les visiteurs attendront sans fin. Choisissez au moins une personne.",
    former: "Une personne qui a quitté l’équipe",
    up: "Monter {}",
    down: "Descendre {}",
    distribution: Said("Distribution", "À qui va une nouvelle conversation."),
    distributions: &[
        (
            "Équitable",
            "à qui a le moins de conversations, pour que la charge de travail soit la même pour tous.",
        ),
        ("Dans l’ordre", "au premier membre disponible ; s’il n’accepte pas, au suivant."),
        ("Tout le monde", "à tous les membres à la fois ; le premier qui accepte la prend."),
    ],
    response_limit: Said(
        "Délai pour accepter une conversation",
        "Ensuite, elle passe à la personne suivante. Ne sert pas quand les conversations vont à tout le monde.",
    ),
    check_availability: Said(
        "Vérifier la disponibilité",
        "Seules les personnes en ligne et pas en pause reçoivent des conversations.",
    ),
    at_once: Said("Conversations à la fois, par personne", "0 : pas de limite."),
    counts_until: Said("Une conversation compte jusqu’à", "Combien de temps elle occupe une de ces places."),
    counts: &[
        ("La première réponse", ""),
        ("Chaque réponse", "seulement tant que le visiteur en attend une."),
        ("Sa fin", ""),
    ],
    misses: Said(
        "Conversations manquées avant une pause",
        "Qui en laisse passer autant de suite est mis en pause. 0 : jamais.",
    ),
    give_up: Said(
        "Abandonner après",
        "Une conversation que personne ne prend quitte alors la file comme manquée. Elle reste dans la boîte de réception ; une réponse la rouvre.",
    ),
};
