//! How the worker reads a frame.

use super::{ToConversation, ToInbox};
use crate::reject::Code;

/// A kind of frame that a socket may receive.
pub trait Frame: serde::de::DeserializeOwned {
    /// The names of all its frames.
    const NAMES: &'static [&'static str];
}

impl Frame for ToConversation {
    const NAMES: &'static [&'static str] = &[
        "hello",
        "send",
        "typing",
        "read",
        "rate",
        "end",
        "close",
        "history",
        "transfer",
        "intercept",
        "join",
        "leave",
        "pin",
        "spam",
        "reopen",
        "review",
        "contact",
        "attach",
        "fetch",
    ];
}

impl Frame for ToInbox {
    const NAMES: &'static [&'static str] = &["hello", "presence", "accept", "skip"];
}

/// Reads a frame that arrived.
///
/// # Errors
/// [`Code::TooLarge`], [`Code::UnknownFrame`] or [`Code::Malformed`].
pub fn read<F: Frame>(text: &str) -> Result<F, Code> {
    if text.len() > crate::limits::FRAME_BYTES_MAX {
        return Err(Code::TooLarge);
    }
    serde_json::from_str(text).map_err(|_| {
        let object = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text);
        let unknown =
            object.is_ok_and(|o| o.len() == 1 && o.keys().all(|name| !F::NAMES.contains(&name.as_str())));
        if unknown { Code::UnknownFrame } else { Code::Malformed }
    })
}
