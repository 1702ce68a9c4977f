//! What the log tells of a conversation beside its lines, for one that has no row in the inbox.

use shared::client::Client;
use shared::id::ChannelId;
use shared::wire::{Body, Ending, Event, SessionView};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The channel that has the session.
    pub(super) channel: Option<ChannelId>,
    /// What the visitor is called.
    pub(super) name: String,
    /// Whether the last session ended as spam.
    pub(super) spam: bool,
}

impl Known {
    pub(super) fn of(client: &Client) -> Self {
        let number = number(client.session());
        let name = events(client).find_map(|(_, event)| match event {
            Event::Contact(contact) if !contact.name.is_empty() => Some(contact.name.clone()),
            _ => None,
        });
        let mut own = events(client).filter(|(session, _)| Some(*session) == number);
        let moved = own.find_map(|(_, event)| match event {
            Event::Moved { channel, .. } => Some(channel.clone()),
            _ => None,
        });
        let mut own = events(client).filter(|(session, _)| Some(*session) == number);
        let end = own.find_map(|(_, event)| match event {
            Event::Ended { by } => Some(*by),
            _ => None,
        });
        Self {
            channel: moved.or_else(|| client.channel().id.clone()),
            name: name.unwrap_or_default(),
            spam: end == Some(Ending::Spam),
        }
    }
}

/// The events of the log and the sessions they belong to, the last first.
fn events(client: &Client) -> impl Iterator<Item = (u32, &Event)> {
    client.entries().iter().rev().filter_map(|entry| match &entry.body {
        Body::Event(event) => Some((entry.session, event)),
        Body::Text { .. } | Body::Note { .. } => None,
    })
}

/// Which session of the conversation it is.
pub(super) const fn number(session: &SessionView) -> Option<u32> {
    match session {
        SessionView::None => None,
        SessionView::Waiting { number, .. }
        | SessionView::Active { number, .. }
        | SessionView::Closing { number, .. }
        | SessionView::Ended { number, .. } => Some(*number),
    }
}
