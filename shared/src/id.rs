//! Names of things, each a type of its own. All read from the outside are checked when they are read.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A text that does not have the shape of the id it was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct BadId(pub &'static str);

/// An id is read from text and written as text. Within, it is as small as it can be and compared without following a
/// pointer: a desk compares and copies many.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty), $what:literal, $read:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name($inner);

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let read: fn(&str) -> Option<$inner> = $read;
                read(text).map(Self).ok_or(BadId($what))
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }
    };
}

macro_rules! text_of {
    ($name:ident, $text:expr) => {
        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                let text: fn(&Self) -> &str = $text;
                text(self)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// 26 characters of Crockford's base 32, as a ULID is written; the first at most `7`, so that it fits 128 bits.
fn ulid(text: &str) -> Option<[u8; 26]> {
    let digits: [u8; 26] = text.as_bytes().try_into().ok()?;
    let is_digit = |b: &u8| matches!(b, b'0'..=b'9' | b'A'..=b'H' | b'J' | b'K' | b'M' | b'N' | b'P'..=b'T' | b'V'..=b'Z');
    Some(digits).filter(|digits| digits.first().is_some_and(|b| *b <= b'7') && digits.iter().all(is_digit))
}

/// 256 bits, written as 64 lower-case hexadecimal digits.
fn hash(text: &str) -> Option<[u8; 32]> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let digits: [u8; 64] = text.as_bytes().try_into().ok()?;
    let mut hash = [0; 32];
    for (byte, [high, low]) in hash.iter_mut().zip(digits.as_chunks().0) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(hash)
}

id! {
    /// An open channel: 1 to 40 lower-case letters, digits and dashes, as in the script tag's address.
    ChannelId(Box<str>), "channel id", |text| {
        let is_valid = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
        ((1..=40).contains(&text.len()) && text.bytes().all(is_valid)).then(|| text.into())
    }
}
id! {
    /// A person who answers: a ULID.
    OperatorId([u8; 26]), "operator id", ulid
}
id! {
    /// The lasting thread of one visitor on one channel: 64 hexadecimal digits, the hash of the channel and the visitor's
    /// secret. Knowing it does not let anybody speak as the visitor.
    ConversationId([u8; 32]), "conversation id", hash
}
id! {
    /// A message: a ULID that the sender made before the first try, so that a repeat is known for one.
    MessageId([u8; 26]), "message id", ulid
}

text_of!(ChannelId, |id| &id.0);
text_of!(OperatorId, |id| core::str::from_utf8(&id.0).unwrap_or_default());
text_of!(MessageId, |id| core::str::from_utf8(&id.0).unwrap_or_default());

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + (nibble - 10) };
        let mut digits = [0; 64];
        for ([high, low], byte) in digits.as_chunks_mut().0.iter_mut().zip(self.0) {
            (*high, *low) = (digit(byte >> 4), digit(byte & 15));
        }
        f.write_str(core::str::from_utf8(&digits).unwrap_or_default())
    }
}

impl ConversationId {
    /// Four characters by which people tell nameless visitors apart.
    pub fn short(&self) -> String {
        self.to_string().chars().take(4).collect::<String>().to_uppercase()
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
