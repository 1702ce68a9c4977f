//! `cargo xtask deploy`: the Worker, its database and its first operator on a real account.

use std::path::PathBuf;

use crate::d1::{self, Place};
use crate::fail::{Result, fail};
use crate::setup::{self, Demo};
use crate::{build, files, paths, run};

/// The id that stands in `edge/wrangler.jsonc` until a database exists.
const NO_DATABASE: &str = "00000000-0000-0000-0000-000000000000";

/// Where a rehearsal leaves what would be uploaded.
pub fn rehearsal() -> PathBuf {
    paths::work().join("upload")
}

/// Builds and deploys, then prints the set-up link if nobody can sign in yet.
pub fn deploy() -> Result<()> {
    if files::read_text(&paths::at("edge/wrangler.jsonc"))?.contains(NO_DATABASE) {
        return fail(
            "edge/wrangler.jsonc names no database yet: in edge/, run `npx wrangler login` and `npx wrangler d1 create \
             guichet`, and put the id that it prints in place of the zeros.",
        );
    }
    build::build()?;
    run::note("Applying the migrations…");
    d1::apply(Place::Remote)?;
    run::note("Deploying…");
    let mend = "run `npx wrangler login` in edge/, or see the lines above.";
    let printed = run::silent(wrangler().arg("deploy"), mend)?;
    run::note(printed.trim_end());
    let Some(token) = setup::first_run(Place::Remote, Demo::Without)? else {
        return Ok(());
    };
    let origin = origin(&printed).unwrap_or("https://<the address of your Worker>");
    run::say(&format!(
        "Open this link once, it makes the first operator:\n  {}",
        setup::link(origin, &token)
    ));
    Ok(())
}

/// Builds and lets wrangler put together the upload without sending it.
pub fn rehearse() -> Result<()> {
    build::build()?;
    pack()?;
    run::say(&format!("Ready to deploy; the upload is in {}.", rehearsal().display()));
    Ok(())
}

/// Lets wrangler put together the upload of what was built.
pub fn pack() -> Result<()> {
    files::remove(&rehearsal())?;
    let mut wrangler = wrangler();
    wrangler.args(["deploy", "--dry-run", "--outdir"]).arg(rehearsal());
    run::silent(&mut wrangler, "see the lines above.").map(|_| ())
}

fn wrangler() -> std::process::Command {
    let mut wrangler = run::command(paths::npm_bin("wrangler"));
    wrangler.current_dir(paths::at("edge")).env(build::BUILT, "1");
    wrangler
}

/// The address that wrangler prints on a line of its own.
fn origin(printed: &str) -> Option<&str> {
    printed.lines().map(str::trim).find(|line| line.starts_with("https://") && !line.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_what_wrangler_prints() {
        let printed = "Uploaded guichet (3.1 sec)\nDeployed guichet triggers (0.4 sec)\n  https://guichet.a.workers.dev\n";
        assert_eq!(origin(printed), Some("https://guichet.a.workers.dev"));
        assert_eq!(origin("nothing"), None);
    }
}
