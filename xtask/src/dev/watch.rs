//! Notices that a source file has changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use crate::fail::Result;
use crate::{files, paths};

/// What a build reads.
const SOURCES: [&str; 9] = [
    "shared",
    "link",
    "widget",
    "console",
    "edge/src",
    "edge/migrations",
    "demo",
    "docs/openapi.json",
    "index.html",
];

/// The sources as they were when last looked at.
pub(super) struct Watch {
    seen: BTreeMap<PathBuf, SystemTime>,
}

impl Watch {
    pub(super) fn new() -> Result<Self> {
        Ok(Self { seen: look()? })
    }

    /// Whether a file came, went or changed since the last call.
    pub(super) fn changed(&mut self) -> Result<bool> {
        let now = look()?;
        let changed = now != self.seen;
        self.seen = now;
        Ok(changed)
    }
}

fn look() -> Result<BTreeMap<PathBuf, SystemTime>> {
    let mut paths = Vec::new();
    for source in SOURCES.map(paths::at) {
        paths.extend(files::tree(&source)?.into_values());
        paths.push(source);
    }
    // A file that goes between the two looks is simply not there.
    let when =
        |path: PathBuf| fs::metadata(&path).and_then(|about| about.modified()).ok().map(|time| (path, time));
    Ok(paths.into_iter().filter_map(when).collect())
}
