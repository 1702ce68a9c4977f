//! What happened, in words.

use crate::texts::{put, put_all, words};
use crate::ui::ui;
use shared::wire::{Contact, Ending, Event, Score};

/// What stands under the words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Aside {
    Nothing,
    /// What somebody said.
    Quoted(String),
    /// What is known.
    Plain(String),
}

impl Aside {
    fn quoted(words: &str) -> Self {
        if words.is_empty() { Self::Nothing } else { Self::Quoted(words.to_owned()) }
    }
}

/// An event in words, and what stands under them; none for one that only a later version knows.
pub(super) fn told(event: &Event) -> Option<(String, Aside)> {
    let text = &words().events;
    let told = match event {
        Event::Rated { score, comment } => return Some((rated(*score), Aside::quoted(comment))),
        Event::Reviewed { score, comment, name } => {
            let words = put_all(text.reviewed, &[name, &score.to_string()]);
            return Some((words, Aside::quoted(comment)));
        }
        Event::ContactAsked { text: asked } => {
            return Some((text.contact_asked.to_owned(), Aside::quoted(asked)));
        }
        Event::Contact(contact) => {
            let is_reachable = !(contact.email.is_empty() && contact.phone.is_empty());
            let words = if is_reachable { text.contact } else { text.filled };
            return Some((words.to_owned(), Aside::Plain(known(contact))));
        }
        Event::Assigned { name } => put(text.assigned, name),
        Event::Joined { name } => put(text.joined, name),
        Event::Left { name } => put(text.left, name),
        Event::MovedOn { reason, name } => put(text.moved_on.of(*reason), name),
        Event::Moved { channel, name } => {
            let channel = ui().inbox.channel_name_now(channel);
            match name.as_str() {
                "" => put(text.to_channel_unheld, channel),
                name => put_all(text.to_channel, &[name, &channel]),
            }
        }
        Event::Ended { by } => ended(*by).to_owned(),
        Event::Resumed {} => text.resumed.to_owned(),
        Event::Reopened { name } => put(text.reopened, name),
        Event::Unknown => return None,
    };
    Some((told, Aside::Nothing))
}

fn ended(by: Ending) -> &'static str {
    let text = &words().events;
    match by {
        Ending::Visitor => text.ended_visitor,
        Ending::Operator => text.ended_operator,
        Ending::Silence => text.ended_silence,
        Ending::GivenUp => text.given_up,
        Ending::Spam => text.spam,
    }
}

fn rated(score: Score) -> String {
    let text = &words().events;
    match score {
        Score::Good => text.rated_good.to_owned(),
        Score::Bad => text.rated_bad.to_owned(),
        Score::Stars(stars) => put(text.rated_stars, stars),
    }
}

/// All that somebody has filled in: how they can be reached, and a line for each thing else.
fn known(contact: &Contact) -> String {
    let parts = [&contact.name, &contact.email, &contact.phone];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let mut lines = vec![parts.join(" · ")];
    lines.extend(contact.more.iter().map(|answer| format!("{}: {}", answer.label, answer.value)));
    if !contact.consent.is_empty() {
        lines.push(put(words().events.agreed, &contact.consent));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
