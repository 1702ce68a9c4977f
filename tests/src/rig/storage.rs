//! The folder of one Worker's data.

use super::made;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use xtask::paths;

/// A folder that goes with this value, unless a test has failed.
#[derive(Debug)]
pub(super) struct Storage(PathBuf);

impl Storage {
    /// An empty one. What processes that have ended left behind is removed.
    pub(super) fn new() -> Self {
        let all = paths::at("target/rigs");
        fs::create_dir_all(&all).expect("a folder for storages");
        for entry in fs::read_dir(&all).expect("the storages").flatten() {
            let name = entry.file_name();
            let owner = name.to_str().and_then(|name| name.split('-').next());
            if owner.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
                // Another process may be removing it too.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let folder = all.join(format!("{}-{}", std::process::id(), made::number()));
        fs::create_dir_all(&folder).expect("a folder for a storage");
        Self(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        if !thread::panicking() {
            // The next start removes what is left.
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}
