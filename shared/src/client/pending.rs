//! Messages that the worker has not acknowledged yet.

use crate::id::{Epoch, MessageId};
use crate::reject::Code;
use crate::time::Timestamp;
use crate::wire::ToConversation;
use serde::{Deserialize, Serialize};

/// A message that the worker has not acknowledged yet. Kept in the browser's storage, one key each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Its id; the same in each try.
    pub id: MessageId,
    /// What it says.
    pub text: String,
    /// Whether it is an internal note.
    #[serde(default)]
    pub note: bool,
    /// Operators: the ownership that the writer saw.
    #[serde(default)]
    pub epoch: Option<Epoch>,
    /// The file that it is; the text is then its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PendingFile>,
    /// Whether it is on its way or was refused.
    #[serde(default)]
    pub state: PendingState,
}

/// A file that is not acknowledged yet. Its bytes are the browser's: they do not outlive the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingFile {
    /// How many bytes it has.
    pub size: u32,
    /// Whether the worker has them.
    pub is_stored: bool,
}

/// What has become of a message that is not acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PendingState {
    /// On its way, as soon as there is a connection.
    #[default]
    Sending,
    /// Refused. It stays until its writer retries or discards it.
    Failed {
        /// Why.
        code: Code,
    },
}

/// A pending message, and when it went out on the present socket.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) message: Pending,
    pub(super) sent_at: Option<Timestamp>,
    pub(super) again_at: Option<Timestamp>,
    /// Whether its bytes are on their way, which does not depend on the socket.
    pub(super) is_uploading: bool,
}

impl Outgoing {
    pub(super) const fn new(message: Pending) -> Self {
        Self { message, sent_at: None, again_at: None, is_uploading: false }
    }
}

impl Pending {
    /// A file is announced first.
    pub(super) fn frame(&self) -> ToConversation {
        if let Some(PendingFile { size, is_stored: false }) = self.file {
            return ToConversation::Attach { id: self.id.clone(), name: self.text.clone(), size };
        }
        ToConversation::Send {
            id: self.id.clone(),
            text: self.text.clone(),
            note: self.note,
            epoch: self.epoch,
            file: self.file.is_some(),
        }
    }
}
