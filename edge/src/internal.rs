//! What the router tells an object: whose socket it hands over, and what an administrator asks of a desk. Objects are reached through the router alone, so they
//! may believe it.

use crate::answer::to_json;
use serde::{Deserialize, Serialize};
use shared::api::{Role, VersionedSettings};
use shared::file::Kind;
use shared::id::{ChannelId, ConversationId, MessageId, OperatorId};
use shared::note::Face;
use shared::reject::Broken;
use shared::settings::Files;
use shared::time::Timestamp;
use shared::verified::Verified;

/// What an administrator's change brings to a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    /// The settings, and the version that they replace.
    pub(crate) settings: VersionedSettings,
    /// The people of the directory.
    pub(crate) people: Vec<Face>,
}

/// The path at which a desk tells its settings, and takes others.
pub(crate) const SETTINGS_PATH: &str = "/settings";
/// The path at which a desk tells who waits and who is there.
pub(crate) const LINE_PATH: &str = "/line";

/// The path at which a conversation checks a link to a file.
pub(crate) const FILE_PATH: &str = "/file";
/// The path at which a conversation hears that a file is in the store.
pub(crate) const STORED_PATH: &str = "/stored";

/// A link to a file, as somebody came with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LinkUse {
    /// The message that it is, or will be.
    pub(crate) id: MessageId,
    /// Whether they send it; else they fetch it.
    pub(crate) upload: bool,
    /// Until when the link says that it is good.
    pub(crate) until: Timestamp,
    /// The proof that it was made by us.
    pub(crate) proof: String,
}

/// What may be done with a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Grant {
    /// The file may be fetched.
    Fetch,
    /// This file may be sent.
    Upload {
        /// Its name.
        name: String,
        /// How many bytes it has.
        size: u32,
        /// What it may be.
        files: Box<Files>,
    },
}

/// A file is in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// The message that it will be.
    pub(crate) id: MessageId,
    /// What it is.
    pub(crate) kind: Kind,
}

/// The header that carries an [`Upgrade`].
pub(crate) const HEADER: &str = "x-guichet";

/// The path at which a conversation is told that its visitor has signed in on the site: it is posted a [`shared::verified::Linked`]
/// and answers with what was [`Found`].
pub(crate) const SIGNED_IN_PATH: &str = "/signed-in";

/// What was found in the conversation of somebody who has signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Found {
    /// Nothing was ever said.
    Nothing,
    /// Its last session has ended.
    Over,
    /// A session is open.
    Open,
}

/// Whether a site vouches for a visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Visit {
    /// Their secret is all that is known.
    Anonymous,
    /// It does, and this is the conversation from before, whose session is open.
    SignedIn,
    /// It does, and this is their own conversation.
    Verified {
        /// For whom.
        who: Verified,
        /// The conversation of the same browser from before, if anything was said there.
        before: Option<ConversationId>,
    },
}

/// Whose socket it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Upgrade {
    /// A visitor's, for their conversation.
    Visitor {
        /// The channel they came through.
        channel: ChannelId,
        /// The conversation that their secret or their token opens.
        conversation: ConversationId,
        /// The version of the channel's settings in the directory.
        version: u64,
        /// Whether a site vouches for them.
        visit: Visit,
        /// Until when the channel takes no new sessions, if it takes none now.
        paused_until: Option<Timestamp>,
        /// Whether they have to work before a new conversation opens, and have not.
        owes_work: bool,
    },
    /// An operator's, for a conversation on screen.
    Operator {
        /// Which conversation.
        conversation: ConversationId,
        /// Who.
        operator: OperatorId,
        /// Their name.
        name: String,
        /// What they may do.
        role: Role,
    },
    /// An operator's, for their inbox.
    Inbox {
        /// Who.
        operator: OperatorId,
        /// Their name.
        name: String,
    },
}

impl Upgrade {
    /// The header's value. Headers hold no letters beyond ASCII, so these are escaped as JSON allows.
    pub(crate) fn to_header(&self) -> Result<String, Broken> {
        let mut header = String::new();
        for letter in to_json(self)?.chars() {
            if letter.is_ascii() {
                header.push(letter);
            } else {
                let mut units = [0; 2];
                header.extend(letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
        Ok(header)
    }

    /// Reads the header's value.
    pub(crate) fn from_header(header: &str) -> Result<Self, Broken> {
        serde_json::from_str(header).map_err(|error| Broken(format!("the header {HEADER}: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_passes_through_a_header() {
        let upgrade = Upgrade::Inbox {
            operator: "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap(),
            name: "Zoë \"🙂\" שלום".into(),
        };
        let header = upgrade.to_header().unwrap();
        assert!(header.is_ascii(), "{header}");
        assert_eq!(Upgrade::from_header(&header).unwrap(), upgrade);
    }
}
