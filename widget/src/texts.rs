//! The widget's words, in each language.

use shared::reject::Code;
use shared::text::language;
use shared::time::Millis;

/// Up to here minutes are told one by one, then in steps.
const MINUTES_EXACT: u64 = 10;
const MINUTES_STEP: u64 = 5;

/// All words of one language. `{}` is filled by [`fill`].
pub(crate) struct Texts {
    pub(crate) title: &'static str,
    pub(crate) welcome: &'static str,
    pub(crate) close: &'static str,
    pub(crate) log: &'static str,
    pub(crate) you: &'static str,
    pub(crate) composer: &'static str,
    pub(crate) composer_hint: &'static str,
    pub(crate) composer_again: &'static str,
    pub(crate) composer_resume: &'static str,
    pub(crate) send: &'static str,
    pub(crate) left: &'static str,
    pub(crate) too_long: &'static str,
    pub(crate) sending: &'static str,
    pub(crate) sent: &'static str,
    pub(crate) read: &'static str,
    pub(crate) not_sent: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) discard: &'static str,
    pub(crate) typing: &'static str,
    pub(crate) hello: &'static str,
    pub(crate) hello_more: &'static str,
    pub(crate) earlier: &'static str,
    pub(crate) newer: &'static str,
    pub(crate) answered_by: &'static str,
    pub(crate) answered_with: &'static str,
    pub(crate) and: &'static str,
    pub(crate) closing: &'static str,
    pub(crate) number: &'static str,
    pub(crate) beyond: &'static str,
    pub(crate) wait_minute: &'static str,
    pub(crate) wait_minutes: &'static str,
    pub(crate) wait_long: &'static str,
    pub(crate) soon: &'static str,
    pub(crate) unavailable: &'static str,
    pub(crate) arrived: &'static str,
    pub(crate) joined: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) resumed: &'static str,
    pub(crate) reopened: &'static str,
    pub(crate) ended_by_you: &'static str,
    pub(crate) ended_by_us: &'static str,
    pub(crate) ended_quiet: &'static str,
    pub(crate) given_up: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) closed_until: &'static str,
    pub(crate) today_at: &'static str,
    pub(crate) at_time: &'static str,
    pub(crate) tomorrow_at: &'static str,
    pub(crate) on_day_at: &'static str,
    pub(crate) day_at: &'static str,
    pub(crate) today: &'static str,
    pub(crate) yesterday: &'static str,
    pub(crate) reconnecting: &'static str,
    pub(crate) try_now: &'static str,
    pub(crate) too_many: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) no_secret: &'static str,
    pub(crate) end: &'static str,
    pub(crate) end_sure: &'static str,
    pub(crate) end_no: &'static str,
    pub(crate) rate: &'static str,
    pub(crate) good: &'static str,
    pub(crate) bad: &'static str,
    pub(crate) comment_good: &'static str,
    pub(crate) comment_bad: &'static str,
    pub(crate) rate_submit: &'static str,
    pub(crate) thanks_good: &'static str,
    pub(crate) thanks_bad: &'static str,
    pub(crate) change: &'static str,
    pub(crate) rate_open: &'static str,
    pub(crate) later: &'static str,
    pub(crate) star: &'static str,
    pub(crate) stars: &'static str,
    pub(crate) contact_open: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) contact_hint: &'static str,
    pub(crate) contact_empty: &'static str,
    pub(crate) email_wrong: &'static str,
    pub(crate) not_now: &'static str,
    pub(crate) contact_thanks: &'static str,
    pub(crate) contact_told: &'static str,
    pub(crate) outbox_full: &'static str,
    refused: Refusals,
}

struct Refusals {
    empty: &'static str,
    too_long: &'static str,
    too_fast: &'static str,
    not_rateable: &'static str,
    closed: &'static str,
    no_session: &'static str,
    fields: &'static str,
    other: &'static str,
}

/// The words for a reader of `locale`.
pub(crate) fn texts(locale: &str) -> &'static Texts {
    if language(locale).eq_ignore_ascii_case("fr") { &FR } else { &EN }
}

impl Texts {
    /// Why something was refused, and what one can do.
    pub(crate) fn refusal(&self, code: Code) -> &'static str {
        match code {
            Code::EmptyText => self.refused.empty,
            Code::TextTooLong | Code::TooLarge => self.refused.too_long,
            Code::TooFast | Code::Throttled => self.refused.too_fast,
            Code::NotRateable => self.refused.not_rateable,
            Code::ChannelClosed => self.refused.closed,
            Code::NoSession => self.refused.no_session,
            Code::InvalidFields => self.refused.fields,
            _ => self.refused.other,
        }
    }
}

impl Texts {
    /// How long it may take; never less than it will.
    pub(crate) fn wait(&self, wait: Millis) -> String {
        let minutes = wait.0.div_ceil(Millis::minutes(1).0);
        let rounded = if minutes > MINUTES_EXACT { minutes.next_multiple_of(MINUTES_STEP) } else { minutes };
        match rounded {
            0 | 1 => self.wait_minute.to_owned(),
            2..=60 => fill(self.wait_minutes, &(rounded as u32).to_string()),
            _ => self.wait_long.to_owned(),
        }
    }

    /// `Ana, Ben and Cleo`.
    pub(crate) fn names(&self, names: &[String]) -> Option<String> {
        let (last, others) = names.split_last()?;
        let mut all = String::new();
        for (index, name) in others.iter().enumerate() {
            all.push_str(if index == 0 { "" } else { ", " });
            all.push_str(name);
        }
        all.push_str(if others.is_empty() { "" } else { self.and });
        all.push_str(last);
        Some(all)
    }
}

/// `text` with `{}` replaced by `value`.
pub(crate) fn fill(text: &str, value: &str) -> String {
    fill_two(text, value, "")
}

/// `text` with its first and second `{}` replaced.
pub(crate) fn fill_two(text: &str, first: &str, second: &str) -> String {
    let mut values = [first, second].into_iter();
    let mut filled = String::new();
    for part in text.split_inclusive('{') {
        let part = part.strip_prefix('}').unwrap_or(part);
        match part.strip_suffix('{') {
            Some(before) => {
                filled.push_str(before);
                filled.push_str(values.next().unwrap_or_default());
            }
            None => filled.push_str(part),
        }
    }
    filled
}

static EN: Texts = Texts {
    title: "Talk to us",
    welcome: "We are here to help.",
    close: "Close",
    log: "Messages",
    you: "You",
    composer: "Your message",
    composer_hint: "Write your message",
    composer_again: "Write to start a new chat",
    composer_resume: "Write to continue this chat",
    send: "Send",
    left: "{} characters left",
    too_long: "Too long by {} characters. Shorten it, or send it in two parts.",
    sending: "Sending",
    sent: "Sent",
    read: "Read",
    not_sent: "Not sent.",
    retry: "Try again",
    discard: "Discard",
    typing: "{} is writing",
    hello: "Hello. What can we do for you?",
    hello_more: "Write to us below, and somebody will answer you here.",
    earlier: "Show earlier messages",
    newer: "New messages",
    answered_by: "{} answers you",
    answered_with: ", with {}",
    and: " and ",
    closing: "This chat is closed. If you write now, {} is with you again.",
    number: "You are number {} in line",
    beyond: "At least {} people are before you",
    wait_minute: "about a minute",
    wait_minutes: "about {} minutes",
    wait_long: "more than an hour",
    soon: "Someone will be with you in a moment",
    unavailable: "Nobody is free right now. Write to us, and you will get a place in line.",
    arrived: "{} is with you now",
    joined: "{} has joined the chat",
    gone: "{} has left the chat",
    resumed: "The chat goes on",
    reopened: "{} has opened the chat again",
    ended_by_you: "You ended the chat",
    ended_by_us: "The chat was closed",
    ended_quiet: "The chat was closed because it had been quiet for a while",
    given_up: "Sorry, nobody could answer in time. If you still need us, write again.",
    ended: "The chat has ended",
    closed: "Closed at the moment",
    closed_until: "Closed, back {}",
    today_at: "today at {}",
    at_time: "at {}",
    tomorrow_at: "tomorrow at {}",
    on_day_at: "on {} at {}",
    day_at: "{} at {}",
    today: "Today",
    yesterday: "Yesterday",
    reconnecting: "No connection. What you write is sent when it is back.",
    try_now: "Try now",
    too_many: "This chat is open in too many windows. Close one, then try again.",
    stopped: "The chat has stopped. Reload the page to go on.",
    no_secret: "The chat cannot start in this browser.",
    end: "End chat",
    end_sure: "End this chat?",
    end_no: "Keep chatting",
    rate: "How was this chat?",
    good: "Good",
    bad: "Not good",
    comment_good: "What did you like? (optional)",
    comment_bad: "What could we do better? (optional)",
    rate_submit: "Send rating",
    thanks_good: "Thank you. We are glad we could help.",
    thanks_bad: "Thank you for telling us. We will do better.",
    change: "Change rating",
    rate_open: "Rate this chat",
    later: "Later",
    star: "1 star",
    stars: "{} stars",
    contact_open: "Leave your contact details",
    name: "Name",
    email: "E-mail",
    phone: "Telephone",
    contact_hint: "An e-mail address or a telephone number is enough.",
    contact_empty: "Leave an e-mail address or a telephone number.",
    email_wrong: "This address is not complete. Example: name@example.com.",
    not_now: "Not now",
    contact_thanks: "Thank you. We will get back to you.",
    contact_told: "You told us how to reach you: {}",
    outbox_full: "Too many messages wait to be sent. Check your connection.",
    refused: Refusals {
        empty: "There is nothing to read in it.",
        too_long: "It is too long. Send it in two parts.",
        too_fast: "That was a lot at once. Wait a moment, then try again.",
        not_rateable: "This chat can no longer be rated.",
        closed: "The chat is closed at the moment.",
        no_session: "The chat has already ended.",
        fields: "We cannot use this. Check the address and the number.",
        other: "Something went wrong on our side. Try again.",
    },
};

static FR: Texts = Texts {
    title: "Écrivez-nous",
    welcome: "Nous sommes là pour vous aider.",
    close: "Fermer",
    log: "Messages",
    you: "Vous",
    composer: "Votre message",
    composer_hint: "Écrivez votre message",
    composer_again: "Écrivez-nous de nouveau",
    composer_resume: "Écrivez pour poursuivre",
    send: "Envoyer",
    left: "Encore {} caractères",
    too_long: "{} caractères de trop. Raccourcissez, ou envoyez en deux fois.",
    sending: "Envoi en cours",
    sent: "Envoyé",
    read: "Lu",
    not_sent: "Non envoyé.",
    retry: "Réessayer",
    discard: "Supprimer",
    typing: "{} écrit",
    hello: "Bonjour. Que pouvons-nous faire pour vous ?",
    hello_more: "Écrivez-nous ci-dessous : quelqu’un vous répondra ici.",
    earlier: "Afficher les messages précédents",
    newer: "Nouveaux messages",
    answered_by: "{} vous répond",
    answered_with: ", avec {}",
    and: " et ",
    closing: "Discussion fermée. Si vous écrivez maintenant, {} vous répond de nouveau.",
    number: "Vous êtes numéro {} dans la file",
    beyond: "Au moins {} personnes sont avant vous",
    wait_minute: "environ une minute",
    wait_minutes: "environ {} minutes",
    wait_long: "plus d’une heure",
    soon: "Quelqu’un vous répond dans un instant",
    unavailable: "Personne n’est libre pour l’instant. Écrivez-nous : vous aurez une place dans la file.",
    arrived: "{} vous répond",
    joined: "{} a rejoint la discussion",
    gone: "{} a quitté la discussion",
    resumed: "La discussion reprend",
    reopened: "{} a rouvert la discussion",
    ended_by_you: "Vous avez terminé la discussion",
    ended_by_us: "La discussion a été fermée",
    ended_quiet: "La discussion a été fermée, faute de message depuis un moment",
    given_up: "Désolés, personne n’a pu vous répondre à temps. Si besoin, écrivez-nous de nouveau.",
    ended: "La discussion est terminée",
    closed: "Fermé pour le moment",
    closed_until: "Fermé, de retour {}",
    today_at: "aujourd’hui à {}",
    at_time: "à {}",
    tomorrow_at: "demain à {}",
    on_day_at: "{} à {}",
    day_at: "{} à {}",
    today: "Aujourd’hui",
    yesterday: "Hier",
    reconnecting: "Pas de connexion. Vos messages partiront à son retour.",
    try_now: "Réessayer",
    too_many: "La discussion est ouverte dans trop de fenêtres. Fermez-en une, puis réessayez.",
    stopped: "La discussion s’est arrêtée. Rechargez la page pour continuer.",
    no_secret: "La discussion ne peut pas s’ouvrir dans ce navigateur.",
    end: "Terminer la discussion",
    end_sure: "Terminer cette discussion ?",
    end_no: "Continuer",
    rate: "Comment s’est passée cette discussion ?",
    good: "Bien",
    bad: "Pas bien",
    comment_good: "Qu’avez-vous apprécié ? (facultatif)",
    comment_bad: "Que pouvons-nous améliorer ? (facultatif)",
    rate_submit: "Envoyer l’avis",
    thanks_good: "Merci. Nous sommes ravis d’avoir pu vous aider.",
    thanks_bad: "Merci de nous l’avoir dit. Nous ferons mieux.",
    change: "Modifier l’avis",
    rate_open: "Donner votre avis",
    later: "Plus tard",
    star: "1 étoile",
    stars: "{} étoiles",
    contact_open: "Laisser vos coordonnées",
    name: "Nom",
    email: "E-mail",
    phone: "Téléphone",
    contact_hint: "Une adresse e-mail ou un numéro de téléphone suffit.",
    contact_empty: "Laissez une adresse e-mail ou un numéro de téléphone.",
    email_wrong: "Cette adresse est incomplète. Exemple : nom@exemple.fr.",
    not_now: "Pas maintenant",
    contact_thanks: "Merci. Nous reviendrons vers vous.",
    contact_told: "Vous nous avez laissé vos coordonnées : {}",
    outbox_full: "Trop de messages attendent d’être envoyés. Vérifiez votre connexion.",
    refused: Refusals {
        empty: "Il n’y a rien à lire.",
        too_long: "Il est trop long. Envoyez-le en deux fois.",
        too_fast: "C’est beaucoup à la fois. Patientez un instant, puis réessayez.",
        not_rateable: "Cette discussion ne peut plus être notée.",
        closed: "La discussion est fermée pour le moment.",
        no_session: "La discussion est déjà terminée.",
        fields: "Nous ne pouvons pas utiliser cela. Vérifiez l’adresse et le numéro.",
        other: "Un problème est survenu de notre côté. Réessayez.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_filled_in_order() {
        assert_eq!(fill_two(EN.on_day_at, "Monday", "09:00"), "on Monday at 09:00");
        assert_eq!(fill("{} answers you", "Léa"), "Léa answers you");
        assert_eq!(fill("no braces", "x"), "no braces");
    }

    #[test]
    fn a_wait_is_never_told_shorter_than_it_is() {
        let told = |seconds| EN.wait(Millis::seconds(seconds));
        assert_eq!(told(1), "about a minute");
        assert_eq!(told(61), "about 2 minutes");
        assert_eq!(told(10 * 60), "about 10 minutes");
        assert_eq!(told(10 * 60 + 1), "about 15 minutes");
        assert_eq!(told(60 * 60), "about 60 minutes");
        assert_eq!(told(60 * 60 + 1), "more than an hour");
        assert_eq!(EN.wait(Millis(u64::MAX)), "more than an hour");
        assert_eq!(FR.wait(Millis::minutes(3)), "environ 3 minutes");
    }

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        let names = |count| ["Ana", "Ben", "Cleo"].iter().take(count).map(|name| (*name).to_owned());
        let told = |count| EN.names(&names(count).collect::<Vec<_>>());
        assert_eq!(told(0), None);
        assert_eq!(told(1).as_deref(), Some("Ana"));
        assert_eq!(told(2).as_deref(), Some("Ana and Ben"));
        assert_eq!(told(3).as_deref(), Some("Ana, Ben and Cleo"));
    }
}
