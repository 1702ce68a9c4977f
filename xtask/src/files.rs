//! The file system, with errors that name the file.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fail::{Failure, Result, fail};

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| Failure::new(format!("Cannot read {}: {e}.", path.display())))
}

/// The text of a file.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|e| Failure::new(format!("Cannot read {}: {e}.", path.display())))
}

/// Writes a file and the folders above it; a reader sees the old bytes or the new ones, never half.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    let failed = |e: std::io::Error| Failure::new(format!("Cannot write {}: {e}.", path.display()));
    let folder = path.parent().ok_or_else(|| Failure::new(format!("{} has no folder.", path.display())))?;
    fs::create_dir_all(folder).map_err(failed)?;
    if fs::read(path).is_ok_and(|old| old == bytes.as_ref()) {
        return Ok(());
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let fresh = folder.join(name);
    fs::write(&fresh, bytes).map_err(failed)?;
    fs::rename(&fresh, path).map_err(failed)
}

/// Makes a folder and those above it.
pub fn make_dir(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|e| Failure::new(format!("Cannot make {}: {e}.", path.display())))
}

/// Removes a file or a folder with all that it holds; nothing there is fine.
pub fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            fail(format!("Cannot remove {}: {e}.", path.display()))
        }
        _ => Ok(()),
    }
}

/// Copies a folder with all that it holds.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    for (inside, path) in tree(from)? {
        write(&to.join(inside), read(&path)?)?;
    }
    Ok(())
}

/// Every file below `folder`, by its path inside it; a folder that is not there holds none.
pub fn tree(folder: &Path) -> Result<BTreeMap<PathBuf, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(here) = open.pop() {
        if !here.is_dir() {
            continue;
        }
        for (name, is_folder) in names(&here)? {
            let path = here.join(name);
            if is_folder {
                open.push(path);
            } else if let Ok(inside) = path.strip_prefix(folder) {
                found.insert(inside.to_path_buf(), path.clone());
            }
        }
    }
    Ok(found)
}

/// What lies directly in a folder: each name, and whether it is a folder itself.
pub fn names(folder: &Path) -> Result<Vec<(OsString, bool)>> {
    let failed = |e: std::io::Error| Failure::new(format!("Cannot list {}: {e}.", folder.display()));
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|entry| entry.map(|e| (e.file_name(), e.path().is_dir())).map_err(failed)).collect()
}
