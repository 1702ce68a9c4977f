//! How the channel looks to visitors, and where it works.

use super::{Options, Said};

pub(crate) struct Site {
    pub(crate) appearance: &'static str,
    pub(crate) title: Said,
    pub(crate) welcome: Said,
    pub(crate) accent: Said,
    pub(crate) pick: &'static str,
    pub(crate) position: Said,
    pub(crate) positions: Options,
    pub(crate) names: Said,
    pub(crate) named: Options,
    pub(crate) aliases: Said,
    pub(crate) site: &'static str,
    pub(crate) origins: Said,
    pub(crate) active: Said,
    pub(crate) tag: &'static str,
    pub(crate) tag_label: &'static str,
    pub(crate) tag_help: &'static str,
}

pub(crate) const EN: Site = Site {
    appearance: "Appearance",
    title: Said("Title", "What visitors see at the top. At most 80 characters."),
    welcome: Said("Welcome line", "Under the title. At most 160 characters."),
    accent: Said("Colour", "# and six digits, 0 to 9 and a to f. Empty, as by default: Guichet’s teal."),
    pick: "Pick a colour",
    position: Said(
        "Corner of the launcher",
        "As seen from left to right; the other one for readers from right to left.",
    ),
    positions: &[("Right", ""), ("Left", "")],
    names: Said("How visitors know those who answer", ""),
    named: &[
        ("By their names", ""),
        ("By an alias", "each has a name of their own in this channel."),
        ("As one", "all speak under the title of the channel."),
    ],
    aliases: Said(
        "Aliases",
        "Of the members of this channel. Where none is written, their own name is shown.",
    ),
    site: "Where it works",
    origins: Said(
        "Sites that may embed the channel",
        "One on each line, such as https://shop.example. At most 100. Empty, as by default: only this host.",
    ),
    active: Said(
        "The channel takes messages",
        "When it is switched off, visitors see that it is closed. Nothing is lost.",
    ),
    tag: "On your site",
    tag_label: "Script tag",
    tag_help: "Put this line before the end of each page.",
};

pub(crate) const FR: Site = Site {
    appearance: "Apparence",
    title: Said("Titre", "Ce que les visiteurs voient en haut. 80 caractères au plus."),
    welcome: Said("Ligne de bienvenue", "Sous le titre. 160 caractères au plus."),
    accent: Said(
        "Couleur",
        "# et six chiffres, de 0 à 9 et de a à f. Vide, comme par défaut : le bleu-vert de Guichet.",
    ),
    pick: "Choisir une couleur",
    position: Said(
        "Coin du bouton",
        "Pour qui lit de gauche à droite ; l’autre coin pour qui lit de droite à gauche.",
    ),
    positions: &[("À droite", ""), ("À gauche", "")],
    names: Said("Sous quel nom les visiteurs connaissent qui leur répond", ""),
    named: &[
        ("Leur nom", ""),
        ("Un pseudonyme", "chacun a un nom qui lui est propre dans ce canal."),
        ("Un seul nom", "tous parlent sous le titre du canal."),
    ],
    aliases: Said(
        "Pseudonymes",
        "Ceux des membres de ce canal. Là où rien n’est écrit, leur propre nom est affiché.",
    ),
    site: "Où il fonctionne",
    origins: Said(
        "Sites qui peuvent afficher le canal",
        "Un par ligne, comme https://boutique.example. 100 au plus. Vide, comme par défaut : cet hôte seulement.",
    ),
    active: Said(
        "Le canal reçoit des messages",
        "Quand il est désactivé, les visiteurs voient qu’il est fermé. Rien n’est perdu.",
    ),
    tag: "Sur votre site",
    tag_label: "Balise",
    tag_help: "Placez cette ligne à la fin de chaque page.",
};
