//! Names of things, each a type of its own. All read from the outside are checked when they are read.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A text that does not have the shape of the id it was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct BadId(pub &'static str);

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::try_from(text.to_owned())
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(&text) { Ok(Self(text)) } else { Err(BadId($what)) }
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// 26 characters of Crockford's base 32, as a ULID is written; the first at most `7`, so that it fits 128 bits.
fn is_ulid(text: &str) -> bool {
    text.len() == 26
        && text.bytes().next().is_some_and(|b| b <= b'7')
        && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'H' | b'J' | b'K' | b'M' | b'N' | b'P'..=b'T' | b'V'..=b'Z'))
}

text_id! {
    /// An open channel: 1 to 40 lower-case letters, digits and dashes, as in the script tag's address.
    ChannelId, "channel id", |t| (1..=40).contains(&t.len())
        && t.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}
text_id! {
    /// A person who answers: a ULID.
    OperatorId, "operator id", is_ulid
}
text_id! {
    /// The lasting thread of one visitor on one channel: 64 hexadecimal digits, the hash of the channel and the visitor's
    /// secret. Knowing it does not let anybody speak as the visitor.
    ConversationId, "conversation id", |t| t.len() == 64 && t.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
text_id! {
    /// A message: a ULID that the sender made before the first try, so that a repeat is known for one.
    MessageId, "message id", is_ulid
}

impl ConversationId {
    /// Four characters by which people tell nameless visitors apart.
    pub fn short(&self) -> String {
        self.0.chars().take(4).collect::<String>().to_uppercase()
    }
}

/// One episode of a conversation: the conversation, and which episode of it (1, 2, …). Written `<conversation>.<number>`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct SessionId {
    /// Whose episode it is.
    pub conversation: ConversationId,
    /// 1 for the first.
    pub number: u32,
}

impl FromStr for SessionId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let (conversation, number) = text.split_once('.').ok_or(BadId("session id"))?;
        let number = number.parse().map_err(|_| BadId("session id"))?;
        Ok(Self { conversation: conversation.parse()?, number })
    }
}
impl TryFrom<String> for SessionId {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}
impl From<SessionId> for String {
    fn from(id: SessionId) -> Self {
        id.to_string()
    }
}
impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.conversation, self.number)
    }
}
impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

macro_rules! counter {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The one after this.
            #[must_use]
            pub const fn next(self) -> Self {
                Self(self.0 + 1)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

counter! {
    /// The place of an entry in its conversation: 1, 2, …, without holes. 0 stands before the first.
    Seq
}
counter! {
    /// Counts the changes of a session's ownership at its desk.
    Epoch
}
counter! {
    /// A socket of an object, numbered as it was accepted; never used twice by one object.
    Socket
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_checked_when_read() {
        assert!("demo".parse::<ChannelId>().is_ok());
        for bad in ["", "Demo", "a/b", "é", &"x".repeat(41)] {
            assert!(bad.parse::<ChannelId>().is_err(), "{bad}");
        }
        assert!("01ARZ3NDEKTSV4RRFFQ69G5FAV".parse::<MessageId>().is_ok());
        for bad in [
            "01ARZ3NDEKTSV4RRFFQ69G5FA",
            "81ARZ3NDEKTSV4RRFFQ69G5FAV",
            "01ARZ3NDEKTSV4RRFFQ69G5FAI",
            "<script>",
        ] {
            assert!(bad.parse::<MessageId>().is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<MessageId>("\"nope\"").is_err());
    }

    #[test]
    fn a_session_id_reads_back_as_written() {
        let id: SessionId = format!("{}.7", "ab".repeat(32)).parse().unwrap();
        assert_eq!(id.number, 7);
        assert_eq!(serde_json::from_str::<SessionId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
        assert!("ab.7".parse::<SessionId>().is_err());
    }
}
