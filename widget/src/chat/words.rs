//! What the visitor is told of where things stand.

use super::{Chat, Model};
use crate::texts::fill;
use crate::when::list;
use shared::client::{Client, Link};
use shared::reject::Code;
use shared::text;
use shared::wire::{self, Author, HoursView, SessionView};

impl Chat {
    /// The place in line, and how long it may take; in the channel's own words if it has any.
    pub(super) fn place_words(&self, client: &Client) -> Option<String> {
        let SessionView::Waiting { place: Some(place), beyond, wait, notice, .. } = client.session() else {
            return None;
        };
        if matches!(client.hours(), HoursView::Closed { .. }) {
            return None;
        }
        if notice.is_some() {
            return notice.clone();
        }
        let count = |text: &str, number| self.texts.count(text, number);
        let words = count(if *beyond { self.texts.beyond } else { self.texts.number }, *place);
        Some(match wait {
            Some(wait) => [&words, " · ", &self.texts.wait(*wait, count)].concat(),
            None => words,
        })
    }

    /// Who answers, or that nobody does for now; none if there is nothing but a welcome to say.
    pub(super) fn status_words(&self, model: &Model, client: &Client) -> Option<String> {
        match (client.session(), client.hours()) {
            (SessionView::Active { operator, with, .. }, _) => {
                let words = fill(self.texts.answered_by, operator);
                if with.is_empty() {
                    return Some(words);
                }
                Some([words, fill(self.texts.answered_with, &list(self.texts.lang, with))].concat())
            }
            (SessionView::Closing { operator, .. }, _) => Some(fill(self.texts.closing, operator)),
            (_, HoursView::Closed { opens: Some(at), .. }) => {
                let now = client.server_now(link::now());
                Some(fill(self.texts.closed_until, &model.when.next(self.texts, now, *at)))
            }
            (_, HoursView::Closed { opens: None, .. }) => Some(self.texts.closed.to_owned()),
            (SessionView::Waiting { .. }, _) => Some(self.texts.soon.to_owned()),
            (SessionView::None | SessionView::Ended { .. }, _) => None,
        }
    }

    /// What a visitor should know before they write to a channel that is closed.
    pub(super) fn notice_words(&self, model: &Model, client: &Client) -> String {
        match client.hours() {
            HoursView::Closed { notice, opens } if begins(client) => {
                let words = notice.words(model.place.locale()).unwrap_or(self.texts.off_hours);
                let now = client.server_now(link::now());
                let opens = opens.map(|at| model.when.moment(self.texts, now, at)).unwrap_or_default();
                text::fill(words, &[("opens_at", &opens)])
            }
            _ => String::new(),
        }
    }

    /// What a visitor should know before they write to a channel that is open, but where nobody is free.
    pub(super) fn available_words(&self, client: &Client) -> &'static str {
        let is_open = !matches!(client.hours(), HoursView::Closed { .. });
        let is_busy = client.available() == Some(false);
        if is_open && is_busy && begins(client) { self.texts.unavailable } else { "" }
    }

    pub(super) fn typing_words(&self, client: &Client) -> String {
        match client.typing() {
            Some(Author::Operator { name, .. }) => fill(self.texts.typing, name),
            _ => String::new(),
        }
    }

    /// None of it if it is told at the form that was refused.
    pub(super) fn refusal_words(&self, client: &Client) -> &'static str {
        let words = match client.refusal() {
            None => "",
            // Of no message in particular: the outbox takes no more.
            Some(Code::TooLarge) => self.texts.outbox_full,
            Some(code) => self.texts.refusal(code),
        };
        if self.asks.contact.tells(words) { "" } else { words }
    }

    /// None leaves the banner as it is: each new try would make it flicker.
    pub(super) fn banner_words(&self, link: Link) -> Option<&'static str> {
        match link {
            Link::Idle | Link::Online => Some(""),
            Link::Connecting => None,
            Link::Waiting { .. } => Some(self.texts.reconnecting),
            Link::Ended { code: wire::close::TOO_MANY } => Some(self.texts.too_many),
            Link::Ended { .. } => Some(self.texts.stopped),
        }
    }
}

/// Whether a message would begin a session.
const fn begins(client: &Client) -> bool {
    matches!(client.session(), SessionView::None | SessionView::Ended { .. })
}
