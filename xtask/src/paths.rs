//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

use crate::fail::{Failure, Result};

/// The root of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A path inside the workspace.
pub fn at(inside: &str) -> PathBuf {
    root().join(inside)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| at("target"), |dir| root().join(dir))
}

/// Notes and intermediate files of the commands.
pub fn work() -> PathBuf {
    at("target/xtask")
}

/// The folder that the Worker serves; `edge/wrangler.jsonc` names it too.
pub fn assets() -> PathBuf {
    at("target/assets")
}

/// A program that npm installed.
pub fn npm_bin(program: &str) -> PathBuf {
    at("node_modules/.bin").join(program)
}

/// Where tools are kept between checkouts.
pub fn tools() -> Result<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("guichet/tools"))
        .ok_or_else(|| {
            Failure::new("Neither HOME nor XDG_CACHE_HOME is set: set one, tools are kept below it.")
        })
}
