//! The copy of the build that a Worker runs on, so that editing or building meanwhile does not disturb it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::fail::{Failure, Result, fail};
use crate::{files, paths};

/// Copies the build below `storage` and gives the configuration that names the copy.
pub(super) fn make(storage: &Path) -> Result<PathBuf> {
    let built = paths::at("edge/build");
    if !built.join("index.js").is_file() {
        return fail("The Worker is not built: run `cargo xtask build` first.");
    }
    let site = storage.join("site");
    files::remove(&site)?;
    files::copy(&built, &site.join("build"))?;
    files::copy(&paths::assets(), &site.join("assets"))?;
    let config = site.join("wrangler.json");
    files::write(&config, for_copy(&files::read_text(&paths::at("edge/wrangler.jsonc"))?)?.to_string())?;
    Ok(config)
}

/// The project's configuration without its build command, on the copied folders.
fn for_copy(jsonc: &str) -> Result<Value> {
    let plain: String = jsonc.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut config: Value = serde_json::from_str(&plain).map_err(|e| {
        Failure::new(format!(
            "edge/wrangler.jsonc cannot be read ({e}): keep each comment on a line of its own."
        ))
    })?;
    config["build"] = json!({});
    config["main"] = json!("build/index.js");
    config["assets"]["directory"] = json!("assets");
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_has_its_own_folders_and_no_build_command() {
        let config =
            for_copy(&files::read_text(&paths::at("edge/wrangler.jsonc")).expect("file")).expect("config");
        assert_eq!(config["build"], json!({}));
        assert_eq!(config["assets"]["directory"], "assets");
        assert_eq!(config["assets"]["binding"], "ASSETS");
        assert_eq!(config["d1_databases"][0]["binding"], "DB");
    }
}
