//! The tools that a build needs, installed when they are missing.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::fail::{Failure, Result, fail};
use crate::{files, hash, paths, run};

/// The target of the widget, the console and the Worker.
pub const WASM: &str = "wasm32-unknown-unknown";

const WORKER_BUILD: &str = "0.8.7";
const CARGO_DENY: &str = "0.20.2";

/// These programs run for a second each; compiling them takes minutes of a first start. This takes a third off.
const QUICK_TO_COMPILE: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

/// The tools of a build, ready to run.
pub struct Tools {
    /// The `wasm-bindgen` program, of the version in `Cargo.lock`.
    pub wasm_bindgen: PathBuf,
    /// Packs the Worker.
    pub worker_build: PathBuf,
    /// Whether the standard library's source is there, so that it can be built for size.
    pub std_source: bool,
}

impl Tools {
    /// Finds the tools of a build, or installs them.
    pub fn ready() -> Result<Self> {
        let _one_at_a_time = lock(&paths::tools()?)?;
        wasm_target()?;
        npm()?;
        let version = locked_version("wasm-bindgen")?;
        Ok(Self {
            wasm_bindgen: installed("wasm-bindgen-cli", "wasm-bindgen", &version, 2)?,
            worker_build: installed("worker-build", "worker-build", WORKER_BUILD, 3)?,
            std_source: std_source()?,
        })
    }
}

/// The `cargo-deny` program, which checks licences, sources and known vulnerabilities.
pub fn cargo_deny() -> Result<PathBuf> {
    let _one_at_a_time = lock(&paths::tools()?)?;
    installed("cargo-deny", "cargo-deny", CARGO_DENY, 5)
}

/// Holds a folder for this process until the file that it gives is dropped; others wait.
pub fn lock(folder: &Path) -> Result<File> {
    files::make_dir(folder)?;
    let path = folder.join(".lock");
    let failed = |e: std::io::Error| Failure::new(format!("Cannot lock {}: {e}.", path.display()));
    let file = File::create(&path).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

/// The version of a crate in `Cargo.lock`.
pub fn locked_version(name: &str) -> Result<String> {
    let text = files::read_text(&paths::at("Cargo.lock"))?;
    version_in(&text, name).ok_or_else(|| {
        Failure::new(format!("Cargo.lock does not name {name}: run `cargo update --workspace`."))
    })
}

fn version_in(lock: &str, name: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{name}\""));
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

fn wasm_target() -> Result<()> {
    let mend = "install Rust with rustup (https://rustup.rs), then run this again.";
    let mut find = run::command("rustc");
    let libraries = run::silent(find.args(["--print", "target-libdir", "--target", WASM]), mend)?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    run::note(&format!("Installing the Rust target {WASM} (once)…"));
    let mend =
        format!("this Rust has no {WASM}: check the network, then run `rustup target add {WASM}` yourself.");
    run::watched(run::command("rustup").args(["target", "add", WASM]), &mend)
}

/// Without it everything is built all the same, and a tenth larger.
fn std_source() -> Result<bool> {
    let mend = "install Rust with rustup (https://rustup.rs), then run this again.";
    let sysroot = run::silent(run::command("rustc").args(["--print", "sysroot"]), mend)?;
    let source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std/Cargo.toml");
    if !source.is_file() {
        run::note("Adding the source of Rust's standard library, to build it for size (once)…");
        if let Err(failure) = run::silent(run::command("rustup").args(["component", "add", "rust-src"]), mend)
        {
            run::note(&format!("Not to be had, so the widget is built a tenth larger: {failure}"));
        }
    }
    Ok(source.is_file())
}

fn installed(package: &str, program: &str, version: &str, minutes: u32) -> Result<PathBuf> {
    let home = paths::tools()?.join(format!("{program}-{version}"));
    let path = home.join("bin").join(program);
    if path.is_file() {
        return Ok(path);
    }
    run::note(&format!("Installing {program} {version} (once, about {minutes} minutes)…"));
    let mut install = run::cargo();
    install
        .args(["install", package, "--version", version, "--root"])
        .arg(&home)
        .env_remove("CARGO_TARGET_DIR");
    install.envs(QUICK_TO_COMPILE);
    // The lock file that wasm-bindgen-cli is published with does not build any more.
    if package != "wasm-bindgen-cli" {
        install.arg("--locked");
    }
    run::watched(
        &mut install,
        "check the network and that a C compiler is there (`cc`), then run this again.",
    )?;
    Ok(path)
}

fn npm() -> Result<()> {
    let wanted = hash::hex(files::read(&paths::at("package-lock.json"))?);
    let marker = paths::at("node_modules/.guichet");
    if files::read_text(&marker).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    if !run::exists("npm") {
        return fail(
            "npm is missing: install Node.js 20 or later with npm (https://nodejs.org), then run this again.",
        );
    }
    run::note("Installing wrangler, esbuild, binaryen and Node 22 with npm (once, about half a minute)…");
    let mut install = run::command("npm");
    install.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    run::watched(&mut install, "check the network, then run `npm ci` yourself to see more.")?;
    files::write(&marker, wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_versions() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"9.9.9\"\n\n[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n";
        assert_eq!(version_in(lock, "a").as_deref(), Some("1.2.3"));
        assert_eq!(version_in(lock, "c"), None);
    }

    #[test]
    fn the_npm_lock_file_names_no_registry() {
        let lock = files::read_text(&paths::at("package-lock.json")).expect("package-lock.json");
        assert!(!lock.contains("\"resolved\""), "set omit-lockfile-registry-resolved and lock again");
    }
}
