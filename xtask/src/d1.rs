//! The database of a local Worker, and the deployed one, through wrangler.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::fail::{Failure, Result};
use crate::{files, hash, paths, run, tools};

/// The name of the database in `edge/wrangler.jsonc`.
const NAME: &str = "guichet";

/// Where wrangler keeps it inside a storage.
const DATABASE: &str = "v3/d1";

/// Says in a storage which migrations its database has.
const MARKER: &str = "migrations.applied";

/// Which database is meant.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// The one below this folder.
    Local(&'a Path),
    /// The deployed one.
    Remote,
}

/// Runs statements against the database below `storage` and gives the rows of each.
pub fn query(storage: &Path, sql: &str) -> Result<Vec<Vec<Value>>> {
    execute(Place::Local(storage), sql)
}

/// Runs statements and gives the rows of each.
pub fn execute(place: Place<'_>, sql: &str) -> Result<Vec<Vec<Value>>> {
    let mut wrangler = wrangler(&["d1", "execute", NAME, "--json", "--yes", "--command", sql], place);
    let printed = run::silent(&mut wrangler, "see the lines above.")?;
    rows(&printed).ok_or_else(|| Failure::new(format!("wrangler d1 printed no result, but: {printed}")))
}

/// Applies the migrations to the database below `storage`, unless they were applied already.
pub fn migrate(storage: &Path) -> Result<()> {
    let wanted = wanted()?;
    if is_at(storage, &wanted) {
        return Ok(());
    }
    if storage.join(DATABASE).exists() {
        apply(Place::Local(storage))?;
    } else {
        files::copy(&template(&wanted)?.join(DATABASE), &storage.join(DATABASE))?;
    }
    files::write(&storage.join(MARKER), wanted)
}

/// An empty database at the last migration. A new storage starts as its copy, since wrangler takes seconds to make one.
fn template(wanted: &str) -> Result<PathBuf> {
    let _one_at_a_time = tools::lock(&paths::work().join("d1"))?;
    let template = paths::work().join("d1/empty");
    if !is_at(&template, wanted) {
        files::remove(&template)?;
        files::make_dir(&template)?;
        apply(Place::Local(&template))?;
        files::write(&template.join(MARKER), wanted)?;
    }
    Ok(template)
}

fn is_at(storage: &Path, wanted: &str) -> bool {
    files::read_text(&storage.join(MARKER)).is_ok_and(|applied| applied == wanted)
}

/// Applies the migrations through wrangler.
pub fn apply(place: Place<'_>) -> Result<()> {
    let mut wrangler = wrangler(&["d1", "migrations", "apply", NAME], place);
    // Keeps wrangler from asking.
    wrangler.env("CI", "true");
    run::silent(&mut wrangler, "mend the migration in edge/migrations.").map(|_| ())
}

fn wrangler(words: &[&str], place: Place<'_>) -> Command {
    let mut wrangler = run::command(paths::npm_bin("wrangler"));
    wrangler.current_dir(paths::at("edge")).args(words);
    match place {
        Place::Local(storage) => wrangler.args(["--local", "--persist-to"]).arg(storage),
        Place::Remote => wrangler.arg("--remote"),
    };
    wrangler
}

/// What the database is to have: the migrations, under the id that the configuration gives it.
fn wanted() -> Result<String> {
    let mut all = hash::hex(files::read(&paths::at("edge/wrangler.jsonc"))?);
    for (inside, path) in files::tree(&paths::at("edge/migrations"))? {
        all.push_str(&format!("{} {}\n", inside.display(), hash::hex(files::read(&path)?)));
    }
    Ok(hash::hex(all))
}

fn rows(printed: &str) -> Option<Vec<Vec<Value>>> {
    let json: Value = serde_json::from_str(printed.get(printed.find('[')?..)?).ok()?;
    json.as_array()?.iter().map(|result| result.get("results")?.as_array().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_statement_by_statement() {
        let printed = r#"[{"results":[],"success":true},{"results":[{"n":1}],"success":true}]"#;
        let read = rows(printed).expect("rows");
        assert_eq!(read.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(rows("no json"), None);
    }
}
