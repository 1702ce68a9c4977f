//! What keeps a flood away.

use super::Said;

pub(crate) struct Protection {
    pub(crate) title: &'static str,
    pub(crate) per_minute: Said,
    pub(crate) work: Said,
}

pub(crate) const EN: Protection = Protection {
    title: "Protection",
    per_minute: Said(
        "New chats in a minute",
        "Who comes beyond is asked to wait for some seconds; chats that go on are not concerned. 0: no limit.",
    ),
    work: Said(
        "Let browsers work before a new chat",
        "A third of a second of computing, which nobody notices and which makes floods dear. Needs https on your site.",
    ),
};

pub(crate) const FR: Protection = Protection {
    title: "Protection",
    per_minute: Said(
        "Nouvelles conversations par minute",
        "Au-delà, on demande de patienter quelques secondes ; les conversations en cours continuent. 0 : pas de limite.",
    ),
    work: Said(
        "Faire calculer le navigateur avant une nouvelle conversation",
        "Un tiers de seconde de calcul, que personne ne remarque et qui rend les inondations coûteuses. Demande https sur votre site.",
    ),
};
