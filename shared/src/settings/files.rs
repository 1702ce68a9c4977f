//! Which files people may send each other.

use crate::file::{Group, Kind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which files people may send each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Files {
    /// Whether visitors and operators may send files. Default: yes.
    pub enabled: bool,
    /// Megabytes of one file, 1 to 50. Default: 10.
    pub megabytes: u32,
    /// Files in one session, 1 to 200. Default: 20.
    pub in_session: u32,
    /// What they may be, as their content tells. Default: images and documents.
    pub groups: BTreeSet<Group>,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            enabled: true,
            megabytes: 10,
            in_session: 20,
            groups: [Group::Images, Group::Documents].into(),
        }
    }
}

impl Files {
    /// Bytes of one file at most.
    pub const fn bytes_max(&self) -> u32 {
        self.megabytes.saturating_mul(1024 * 1024)
    }

    /// Whether files of this kind are taken.
    pub fn take(&self, kind: Kind) -> bool {
        self.groups.contains(&kind.group())
    }

    /// What a browser's file dialogue is told to offer; empty for everything.
    pub fn accept(&self) -> String {
        let offered: Option<Vec<_>> = self.groups.iter().map(|group| group.accept()).collect();
        offered.unwrap_or_default().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialogue_offers_what_is_taken() {
        let mut files = Files::default();
        assert!(files.accept().starts_with("image/*,.pdf,"));
        assert!(files.take(Kind::Png) && files.take(Kind::Office) && !files.take(Kind::Archive));
        files.groups.insert(Group::Other);
        assert_eq!(files.accept(), "");
        assert_eq!(files.bytes_max(), 10 << 20);
    }
}
