//! Team and channels. What a channel may be set to has a file for each card.

mod automatic;
mod files;
mod form;
mod hours;
mod no_answer;
mod protection;
mod ratings;
mod routing;
mod site;
mod start_form;

/// What stands at a field: its label and its help.
#[derive(Clone, Copy)]
pub(crate) struct Said(pub(crate) &'static str, pub(crate) &'static str);

/// The values that one can choose from: the name of each, and what it means if the name does not say it.
pub(crate) type Options = &'static [(&'static str, &'static str)];

pub(crate) struct Settings {
    pub(crate) loading: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) again: &'static str,
    pub(crate) team_lead: &'static str,
    pub(crate) people: &'static str,
    pub(crate) you: &'static str,
    pub(crate) role_operator: &'static str,
    pub(crate) role_supervisor: &'static str,
    pub(crate) role_admin: &'static str,
    pub(crate) invite: &'static str,
    pub(crate) invite_lead: &'static str,
    pub(crate) invite_role: &'static str,
    pub(crate) invite_make: &'static str,
    pub(crate) invite_link: &'static str,
    pub(crate) invite_help: &'static str,
    pub(crate) channels_lead: &'static str,
    pub(crate) new_channel: &'static str,
    pub(crate) channel_name: &'static str,
    pub(crate) channel_name_help: &'static str,
    pub(crate) make_channel: &'static str,
    pub(crate) no_channels: &'static str,
    pub(crate) all: &'static str,
    pub(crate) active: &'static str,
    pub(crate) inactive: &'static str,
    pub(crate) needed: &'static str,
    pub(crate) too_long: &'static str,
    pub(crate) form: form::Form,
    pub(crate) routing: routing::Routing,
    pub(crate) no_answer: no_answer::NoAnswer,
    pub(crate) hours: hours::Hours,
    pub(crate) automatic: automatic::Automatic,
    pub(crate) ratings: ratings::Ratings,
    pub(crate) files: files::Files,
    pub(crate) protection: protection::Protection,
    pub(crate) start_form: start_form::StartForm,
    pub(crate) site: site::Site,
}

pub(crate) const EN: Settings = Settings {
    loading: "Loading…",
    failed: "This could not be loaded.",
    again: "Try again",
    team_lead: "The people who answer visitors.",
    people: "People",
    you: "you",
    role_operator: "Operator",
    role_supervisor: "Supervisor",
    role_admin: "Administrator",
    invite: "Invite a colleague",
    invite_lead: "A link that works once. Send it to one person; they choose their own password.",
    invite_role: "What they may do",
    invite_make: "Make an invitation",
    invite_link: "Invitation link",
    invite_help: "Shown this once. It works until {}.",
    channels_lead: "A channel is a place where visitors write: a site, a shop, a help page.",
    new_channel: "New channel",
    channel_name: "Name",
    channel_name_help: "For your team; visitors do not see it.",
    make_channel: "Make the channel",
    no_channels: "There is no channel yet. Make one to get the script tag for your site.",
    all: "All channels",
    active: "Takes messages",
    inactive: "Switched off",
    needed: "Enter something here.",
    too_long: "This is too long.",
    form: form::EN,
    routing: routing::EN,
    no_answer: no_answer::EN,
    hours: hours::EN,
    automatic: automatic::EN,
    ratings: ratings::EN,
    files: files::EN,
    protection: protection::EN,
    start_form: start_form::EN,
    site: site::EN,
};

pub(crate) const FR: Settings = Settings {
    loading: "Chargement…",
    failed: "Le chargement n’a pas abouti.",
    again: "Réessayer",
    team_lead: "Les personnes qui répondent aux visiteurs.",
    people: "Personnes",
    you: "vous",
    role_operator: "Opérateur",
    role_supervisor: "Superviseur",
    role_admin: "Administrateur",
    invite: "Inviter un collègue",
    invite_lead: "Un lien qui sert une fois. Envoyez-le à une seule personne : elle choisira son mot de passe.",
    invite_role: "Ce que cette personne peut faire",
    invite_make: "Créer une invitation",
    invite_link: "Lien d’invitation",
    invite_help: "Affiché cette seule fois. Valable jusqu’au {}.",
    channels_lead: "Un canal est un lieu où les visiteurs écrivent : un site, une boutique, une page d’aide.",
    new_channel: "Nouveau canal",
    channel_name: "Nom",
    channel_name_help: "Pour votre équipe : les visiteurs ne le voient pas.",
    make_channel: "Créer le canal",
    no_channels: "Il n’y a pas encore de canal. Créez-en un pour obtenir la balise à mettre sur votre site.",
    all: "Tous les canaux",
    active: "Reçoit des messages",
    inactive: "Désactivé",
    needed: "À remplir.",
    too_long: "C’est trop long.",
    form: form::FR,
    routing: routing::FR,
    no_answer: no_answer::FR,
    hours: hours::FR,
    automatic: automatic::FR,
    ratings: ratings::FR,
    files: files::FR,
    protection: protection::FR,
    start_form: start_form::FR,
    site: site::FR,
};
