//! The widget's words, in each language.

use shared::reject::Code;
use shared::text::language;

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
    pub(crate) number: &'static str,
    pub(crate) soon: &'static str,
    pub(crate) arrived: &'static str,
    pub(crate) ended_by_you: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) closed_until: &'static str,
    pub(crate) at_time: &'static str,
    pub(crate) tomorrow_at: &'static str,
    pub(crate) on_day_at: &'static str,
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
            _ => self.refused.other,
        }
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
    number: "You are number {} in line",
    soon: "Someone will be with you in a moment",
    arrived: "{} is with you now",
    ended_by_you: "You ended the chat",
    ended: "The chat has ended",
    closed: "Closed at the moment",
    closed_until: "Closed, back {}",
    at_time: "at {}",
    tomorrow_at: "tomorrow at {}",
    on_day_at: "on {} at {}",
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
    outbox_full: "Too many messages wait to be sent. Check your connection.",
    refused: Refusals {
        empty: "There is nothing to read in it.",
        too_long: "It is too long. Send it in two parts.",
        too_fast: "That was a lot at once. Wait a moment, then try again.",
        not_rateable: "This chat can no longer be rated.",
        closed: "The chat is closed at the moment.",
        no_session: "The chat has already ended.",
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
    composer_again: "Écrivez pour ouvrir une nouvelle discussion",
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
    number: "Vous êtes numéro {} dans la file",
    soon: "Quelqu’un vous répond dans un instant",
    arrived: "{} vous répond",
    ended_by_you: "Vous avez terminé la discussion",
    ended: "La discussion est terminée",
    closed: "Fermé pour le moment",
    closed_until: "Fermé, de retour {}",
    at_time: "à {}",
    tomorrow_at: "demain à {}",
    on_day_at: "{} à {}",
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
    outbox_full: "Trop de messages attendent d’être envoyés. Vérifiez votre connexion.",
    refused: Refusals {
        empty: "Il n’y a rien à lire.",
        too_long: "Il est trop long. Envoyez-le en deux fois.",
        too_fast: "C’est beaucoup à la fois. Patientez un instant, puis réessayez.",
        not_rateable: "Cette discussion ne peut plus être notée.",
        closed: "La discussion est fermée pour le moment.",
        no_session: "La discussion est déjà terminée.",
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
}
