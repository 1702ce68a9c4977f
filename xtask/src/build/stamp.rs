//! Skips a step whose input is the same as last time.

use std::path::PathBuf;

use crate::fail::Result;
use crate::{files, hash, paths};

/// What a step was last done with.
pub(super) struct Stamp {
    path: PathBuf,
    key: String,
}

impl Stamp {
    /// The stamp of the step `name` for these inputs. The tools of npm count as an input too.
    pub(super) fn of(name: &str, inputs: &[&[u8]]) -> Result<Self> {
        let npm = files::read(&paths::at("package-lock.json"))?;
        let digests: String = inputs.iter().copied().chain([npm.as_slice()]).map(hash::hex).collect();
        Ok(Self { path: paths::work().join(format!("{name}.stamp")), key: hash::hex(digests) })
    }

    /// Whether the step was done with the same inputs.
    pub(super) fn is_current(&self) -> bool {
        files::read_text(&self.path).is_ok_and(|key| key == self.key)
    }

    /// Says that the step is done.
    pub(super) fn set(&self) -> Result<()> {
        files::write(&self.path, &self.key)
    }
}
