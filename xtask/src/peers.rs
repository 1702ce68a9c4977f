//! Other chats for a browser, which the bench measures beside ours: as their makers built them, from npm, for the bench alone.

use std::path::PathBuf;

use crate::fail::Result;
use crate::{files, paths, run};

/// Exact versions, so that two runs measure the same.
const PACKAGES: [&str; 2] = ["@rocket.chat/livechat@1.13.3", "deep-chat@2.4.2"];

/// Where npm puts them; installed when they are missing. No script of theirs is run.
pub fn ready() -> Result<PathBuf> {
    let folder = paths::work().join("peers");
    let (marker, wanted) = (folder.join(".guichet"), PACKAGES.join(" "));
    if !files::read_text(&marker).is_ok_and(|have| have == wanted) {
        run::note("Installing the chats that are measured beside ours with npm (once, about half a minute)…");
        files::remove(&folder)?;
        files::write(&folder.join("package.json"), r#"{"private":true}"#)?;
        let mut install = run::command("npm");
        install.current_dir(&folder).args([
            "install",
            "--ignore-scripts",
            "--legacy-peer-deps",
            "--no-audit",
        ]);
        install.args(["--no-fund", "--no-package-lock", "--loglevel=error"]).args(PACKAGES);
        run::watched(
            &mut install,
            "check the network; `cargo xtask bench --cores` needs neither npm nor a browser.",
        )?;
        files::write(&marker, wanted)?;
    }
    Ok(folder.join("node_modules"))
}
