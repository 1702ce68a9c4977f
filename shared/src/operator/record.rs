//! What an operator's object stores.

use crate::id::{ChannelId, ConversationId};
use crate::reject::Broken;
use crate::time::Timestamp;
use crate::wire::InboxRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One stored value of an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "made and consumed one at a time")]
pub enum Record {
    /// Who they are and whether they are there.
    Presence(Presence),
    /// A row of the inbox.
    Row(InboxRow),
    /// A row that is gone.
    Forgotten(ConversationId),
}

/// Who an operator is and whether they are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Their name.
    pub name: String,
    /// Whether they take new sessions; `false` on a break.
    pub available: bool,
    /// Whether they are on a break because they let offers pass.
    #[serde(default)]
    pub missed: bool,
    /// Whether the desks were told that they are there.
    pub online: bool,
    /// When the desks will be told that they are not: the last tab is gone.
    #[serde(default)]
    pub offline_at: Option<Timestamp>,
    /// The channels that they are a member of.
    #[serde(default)]
    pub channels: BTreeSet<ChannelId>,
}

impl Default for Presence {
    fn default() -> Self {
        Self {
            name: String::new(),
            available: true,
            missed: false,
            online: false,
            offline_at: None,
            channels: BTreeSet::new(),
        }
    }
}

const PRESENCE: &str = "presence";
const ROW: &str = "row/";

impl crate::core::Record for Record {
    fn key(&self) -> String {
        match self {
            Self::Presence(_) => PRESENCE.into(),
            Self::Row(row) => format!("{ROW}{}", row.session.conversation),
            Self::Forgotten(conversation) => format!("{ROW}{conversation}"),
        }
    }

    fn value(&self) -> Option<String> {
        match self {
            Self::Presence(presence) => serde_json::to_string(presence).ok(),
            Self::Row(row) => serde_json::to_string(row).ok(),
            Self::Forgotten(_) => None,
        }
    }

    fn read(key: &str, value: &str) -> Result<Self, Broken> {
        match key {
            PRESENCE => serde_json::from_str(value).map(Self::Presence),
            _ if key.starts_with(ROW) => serde_json::from_str(value).map(Self::Row),
            _ => return Err(Broken(format!("an operator does not store {key}"))),
        }
        .map_err(|error| Broken(format!("{key}: {error}")))
    }
}
