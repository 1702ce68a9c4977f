//! What a conversation stores.

use super::{Session, Told, Upload};
use crate::id::{ChannelId, MessageId, Seq};
use crate::note::Face;
use crate::rating::Rating;
use crate::reject::Broken;
use crate::settings::Settings;
use crate::verified::Identity;
use crate::wire::{Author, Body, Contact, Entry, Event, Side};
use serde::{Deserialize, Serialize};

/// One stored value of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Whose it is. Written with the first message, or the form before it.
    Head(Head),
    /// The channel's settings as this conversation last heard of them.
    Rules(Rules),
    /// The settings of the channel that the session was transferred to; none once it is over.
    Away(Option<Rules>),
    /// The last session.
    Session(Session),
    /// The rating of a session, by its number; none once it is forgotten.
    Rating(u32, Option<Rating>),
    /// One entry of the log.
    Entry(StoredEntry),
    /// A file on its way, by the message that it will be; none once it is one.
    Upload(MessageId, Option<Upload>),
}

/// What never changes, or seldom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The channel that it came through.
    pub channel: ChannelId,
    /// The visitor's language.
    #[serde(default)]
    pub locale: String,
    /// To whom a session of it was ever offered: they may read it.
    #[serde(default)]
    pub told: Told,
    /// How the visitor can be reached, as they said.
    #[serde(default)]
    pub contact: Contact,
    /// Who is responsible for the contact.
    #[serde(default)]
    pub responsible: Option<Face>,
    /// Whether the visitor's client draws no buttons or forms.
    #[serde(default)]
    pub plain: bool,
    /// Who the visitor is, as far as that is known.
    #[serde(default, skip_serializing_if = "Identity::is_empty")]
    pub identity: Identity,
    /// Whether it draws forms that are described to it.
    #[serde(default)]
    pub forms: bool,
    /// Whether the visitor has filled in a start form: what is optional there is asked once.
    #[serde(default)]
    pub filled: bool,
}

/// The settings of the channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The channel.
    pub channel: ChannelId,
    /// The settings' version.
    pub version: u64,
    /// The settings.
    pub settings: Settings,
}

/// An entry as operators see it, and where it stands among those that visitors see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredEntry {
    /// As operators see it.
    #[serde(flatten)]
    pub entry: Entry,
    /// The last entry before it that the visitor may see.
    #[serde(rename = "vprev")]
    pub visitor_prev: Seq,
    /// What visitors call whoever it is by or about, if that is not their own name.
    #[serde(default, rename = "vname", skip_serializing_if = "Option::is_none")]
    pub visitor_name: Option<String>,
}

impl StoredEntry {
    /// Whether readers of `side` may see it.
    pub const fn is_visible_to(&self, side: Side) -> bool {
        match (side, &self.entry.body) {
            (Side::Operator, _) | (Side::Visitor, Body::Text { .. }) => true,
            (Side::Visitor, Body::Note { .. }) => false,
            (Side::Visitor, Body::Event(event)) => match event {
                Event::Assigned { .. }
                | Event::Joined { .. }
                | Event::Left { .. }
                | Event::Ended { .. }
                | Event::Resumed {}
                | Event::Reopened { .. }
                | Event::Contact(_) => true,
                Event::MovedOn { .. }
                | Event::Moved { .. }
                | Event::ContactAsked { .. }
                | Event::Rated { .. }
                | Event::Reviewed { .. }
                | Event::Unknown => false,
            },
        }
    }

    /// The entry as readers of `side` see it, if they may.
    pub fn for_side(&self, side: Side) -> Option<Entry> {
        if !self.is_visible_to(side) {
            return None;
        }
        let mut entry = self.entry.clone();
        if side == Side::Visitor {
            entry.prev = self.visitor_prev;
            entry.author = for_visitor(entry.author);
            if let Some(name) = &self.visitor_name {
                rename(&mut entry, name);
            }
        }
        Some(entry)
    }
}

/// Lets an entry name whoever it is by or about as visitors know them.
fn rename(entry: &mut Entry, name: &str) {
    let named = match (&mut entry.author, &mut entry.body) {
        (Author::Operator { name, .. }, _)
        | (
            _,
            Body::Event(
                Event::Assigned { name }
                | Event::Joined { name }
                | Event::Left { name }
                | Event::Reopened { name },
            ),
        ) => name,
        _ => return,
    };
    name.clone_into(named);
}

/// An author as visitors know them.
pub(super) fn for_visitor(author: Author) -> Author {
    match author {
        Author::Operator { name, .. } => Author::Operator { name, id: None },
        author => author,
    }
}

const HEAD: &str = "head";
const RULES: &str = "rules";
const AWAY: &str = "away";
const SESSION: &str = "session";
const RATING: &str = "rating/";
const UPLOAD: &str = "upload/";

/// What the keys of entries begin with.
pub const ENTRY_PREFIX: &str = "entry/";
/// The first key after all entries.
pub const ENTRY_END: &str = "entry0";

/// The key of the entry `seq`: keys sort as the entries do.
pub fn entry_key(seq: Seq) -> String {
    format!("{ENTRY_PREFIX}{:016}", seq.0)
}

impl crate::core::Record for Record {
    fn key(&self) -> String {
        match self {
            Self::Head(_) => HEAD.into(),
            Self::Rules(_) => RULES.into(),
            Self::Away(_) => AWAY.into(),
            Self::Session(_) => SESSION.into(),
            Self::Rating(number, _) => format!("{RATING}{number}"),
            Self::Entry(stored) => entry_key(stored.entry.seq),
            Self::Upload(id, _) => format!("{UPLOAD}{id}"),
        }
    }

    fn value(&self) -> Option<String> {
        match self {
            Self::Head(head) => serde_json::to_string(head),
            Self::Rules(rules) | Self::Away(Some(rules)) => serde_json::to_string(rules),
            Self::Session(session) => serde_json::to_string(session),
            Self::Rating(_, Some(rating)) => serde_json::to_string(rating),
            Self::Entry(stored) => serde_json::to_string(stored),
            Self::Upload(_, Some(upload)) => serde_json::to_string(upload),
            Self::Away(None) | Self::Rating(_, None) | Self::Upload(_, None) => return None,
        }
        .ok()
    }

    fn read(key: &str, value: &str) -> Result<Self, Broken> {
        if let Some(number) = key.strip_prefix(RATING) {
            let number = number.parse().map_err(|error| Broken(format!("{key}: {error}")))?;
            let rating = serde_json::from_str(value).map_err(|error| Broken(format!("{key}: {error}")))?;
            return Ok(Self::Rating(number, Some(rating)));
        }
        if let Some(id) = key.strip_prefix(UPLOAD) {
            let id = id.parse().map_err(|error| Broken(format!("{key}: {error}")))?;
            let upload = serde_json::from_str(value).map_err(|error| Broken(format!("{key}: {error}")))?;
            return Ok(Self::Upload(id, Some(upload)));
        }
        match key {
            HEAD => serde_json::from_str(value).map(Self::Head),
            RULES => serde_json::from_str(value).map(Self::Rules),
            AWAY => serde_json::from_str(value).map(|rules| Self::Away(Some(rules))),
            SESSION => serde_json::from_str(value).map(Self::Session),
            _ if key.starts_with(ENTRY_PREFIX) => serde_json::from_str(value).map(Self::Entry),
            _ => return Err(Broken(format!("a conversation does not store {key}"))),
        }
        .map_err(|error| Broken(format!("{key}: {error}")))
    }
}
