//! The browser of the browser tests.

use std::env;
use std::path::PathBuf;

use crate::fail::{Result, fail};
use crate::run;

/// A Chromium and the driver that belongs to it.
#[derive(Clone, Debug)]
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// Its WebDriver server.
    pub driver: PathBuf,
}

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser that is there: as `CHROMIUM` and `CHROMEDRIVER` name it, or on the path.
pub fn find() -> Option<Chromium> {
    let browser = named("CHROMIUM").or_else(|| BROWSERS.into_iter().find_map(on_path))?;
    let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
    Some(Chromium { browser, driver })
}

/// Finds the browser; on Debian and its kin, where we may, it is installed first.
pub fn ready() -> Result<Chromium> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let mend = "install Chromium and its driver (on Debian: `apt-get install chromium chromium-driver`), or name them \
                in CHROMIUM and CHROMEDRIVER.";
    let Some(mut become_root) = root_words() else {
        return fail(format!("Chromium or chromedriver is missing: {mend}"));
    };
    if !run::exists("apt-get") {
        return fail(format!("Chromium or chromedriver is missing: {mend}"));
    }
    run::note("Installing Debian's chromium and chromium-driver (once, about 2 minutes)…");
    become_root.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]);
    let (program, words) = become_root.split_first().unwrap_or((&"apt-get", &[]));
    run::watched(run::command(program).args(words).arg("update"), mend)?;
    let packages = ["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"];
    run::watched(run::command(program).args(words).args(packages), mend)?;
    find().map_or_else(|| fail(format!("Chromium was installed but is not on the path: {mend}")), Ok)
}

/// The words before a command that make it run as root, if that goes without a question.
fn root_words() -> Option<Vec<&'static str>> {
    if run::silent(run::command("id").arg("-u"), "").is_ok_and(|id| id.trim() == "0") {
        return Some(Vec::new());
    }
    run::silent(run::command("sudo").args(["-n", "true"]), "").ok().map(|_| vec!["sudo", "-n"])
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(program)).find(|path| path.is_file())
}
