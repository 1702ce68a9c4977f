//! The two programs of the browser: widget and console.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::stamp::Stamp;
use super::{trim, words};
use crate::fail::{Failure, Result};
use crate::tools::{Tools, WASM};
use crate::{files, hash, paths, run};

/// A WebAssembly program and the JavaScript that loads it, as they are served.
pub(super) struct App {
    pub(super) js: File,
    pub(super) wasm: File,
    /// The words of each language.
    pub(super) words: Vec<File>,
}

/// A served file under its final name.
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The apps by name.
pub(super) struct Apps {
    pub(super) widget: App,
    pub(super) console: App,
}

/// Named one by one: with `--all-features` wasm-opt writes encodings that browsers refuse.
const FEATURES: [&str; 6] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-reference-types",
];

const SHRINK: [&str; 4] = ["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// The standard library as it is shipped is made for speed, and carries the words of panics that nobody would read. See ADR 13.
const STD_FOR_SIZE: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
const STD_FOR_SIZE_ENV: [(&str, &str); 2] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none"),
];

/// A folder of its own: with the Worker's, which is built with other flags, each would undo what the other has built.
fn compiled_in() -> PathBuf {
    paths::target().join("front")
}

pub(super) fn build(tools: &Tools) -> Result<Apps> {
    run::note("Building the widget and the console…");
    let mut build = run::cargo();
    build.args(["build", "--release", "--target", WASM, "--package", "widget", "--package", "console"]);
    build.arg("--target-dir").arg(compiled_in());
    if tools.std_source {
        build.args(STD_FOR_SIZE).envs(STD_FOR_SIZE_ENV);
    }
    run::watched(&mut build, "mend the errors above.")?;
    Ok(Apps { widget: app(tools, "widget")?, console: app(tools, "console")? })
}

fn app(tools: &Tools, name: &str) -> Result<App> {
    let compiled = compiled_in().join(WASM).join("release").join(format!("{name}.wasm"));
    let bindgen = tools.wasm_bindgen.to_string_lossy();
    let flags = [FEATURES.as_slice(), &SHRINK].concat().join(" ");
    let beside = Beside::of(name)?;
    let known = [files::read(&compiled)?, beside.entry.clone(), beside.values().concat().into_bytes()];
    let how = include_bytes!("trim.rs");
    let stamp = Stamp::of(name, &[&known.concat(), bindgen.as_bytes(), flags.as_bytes(), how])?;
    let folder = paths::work().join(name);
    let (js, wasm) = (folder.join("min.js"), folder.join("opt.wasm"));
    if !stamp.is_current() {
        run::note(&format!("Shrinking the {name}…"));
        files::remove(&folder)?;
        bind(tools, name, &compiled, &folder)?;
        let glue = folder.join(format!("{name}.js"));
        let module = folder.join(format!("{name}_bg.wasm"));
        let trimmed = trim::trim(&files::read_text(&glue)?, &module, &wasm, &FEATURES, &SHRINK)?;
        files::write(&glue, trimmed)?;
        let entry = folder.join(ENTRY);
        if !beside.entry.is_empty() {
            files::write(&entry, &beside.entry)?;
        }
        minify(if entry.is_file() { &entry } else { &glue }, &js, &beside)?;
        stamp.set()?;
    }
    let words = beside.words.into_iter().map(|(_, file)| file).collect();
    Ok(App { words, ..named(name, &files::read_text(&js)?, files::read(&wasm)?)? })
}

/// What an app's script brings beside the module: it wraps the glue, and has the style sheet and the words written in.
#[derive(Default)]
struct Beside {
    entry: Vec<u8>,
    css: String,
    words: Vec<(String, File)>,
}

const ENTRY: &str = "entry.js";

impl Beside {
    fn of(name: &str) -> Result<Self> {
        let folder = paths::at(name);
        let entry = folder.join("src").join(ENTRY);
        if !entry.is_file() {
            return Ok(Self::default());
        }
        let css = minified_css(&folder.join(format!("src/{name}.css")))?;
        Ok(Self { entry: files::read(&entry)?, css, words: words::all(&folder.join("words"))? })
    }

    /// What the script is given, as esbuild takes it.
    fn values(&self) -> [String; 2] {
        let names: BTreeMap<&str, &str> =
            self.words.iter().map(|(lang, file)| (lang.as_str(), file.name.as_str())).collect();
        [
            format!("--define:__CSS__={}", serde_json::Value::from(self.css.as_str())),
            format!("--define:__WORDS__={}", serde_json::json!(names)),
        ]
    }
}

fn bind(tools: &Tools, name: &str, compiled: &Path, folder: &Path) -> Result<()> {
    let mut bind = run::command(&tools.wasm_bindgen);
    bind.args(["--target", "web", "--no-typescript", "--out-name", name, "--out-dir"])
        .arg(folder)
        .arg(compiled);
    run::silent(
        &mut bind,
        "the wasm-bindgen of Cargo.toml and the tool may differ: run `cargo xtask build` again.",
    )?;
    Ok(())
}

/// A style sheet as small as it gets.
pub(super) fn minified_css(path: &Path) -> Result<String> {
    let mut minify = run::command(paths::npm_bin("esbuild"));
    minify.args(["--minify", "--log-level=warning"]).arg(path);
    let css = run::silent(&mut minify, &format!("mend {}.", path.display()))?;
    Ok(css.trim_end().to_owned())
}

/// Bundling draws in the snippets of crates that bring JavaScript of their own.
fn minify(from: &Path, to: &Path, beside: &Beside) -> Result<()> {
    let mut minify = run::command(paths::npm_bin("esbuild"));
    minify.args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
    minify.args(beside.values()).arg(from).arg(format!("--outfile={}", to.display()));
    run::silent(&mut minify, "look at the lines above.")?;
    Ok(())
}

/// Gives both files their final names, and the glue the name of its wasm, which lies beside it.
fn named(name: &str, glue: &str, wasm: Vec<u8>) -> Result<App> {
    let wasm = File { name: format!("{name}-{}.wasm", hash::short(&wasm)), bytes: wasm };
    let unnamed = format!("{name}_bg.wasm");
    if !glue.contains(&unnamed) {
        return Err(Failure::new(format!(
            "The glue of the {name} does not load {unnamed}: wasm-bindgen has changed, mend xtask/src/build/front.rs."
        )));
    }
    let js = glue.replace(&unnamed, &wasm.name).into_bytes();
    Ok(App {
        js: File { name: format!("{name}-{}.js", hash::short(&js)), bytes: js },
        wasm,
        words: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_loads_the_hashed_module() {
        let app = named("widget", "fetch(new URL(\"widget_bg.wasm\",import.meta.url))", vec![1, 2, 3])
            .expect("named");
        assert!(app.wasm.name.starts_with("widget-") && app.wasm.name.ends_with(".wasm"));
        assert!(String::from_utf8_lossy(&app.js.bytes).contains(&app.wasm.name));
        assert!(named("console", "nothing", Vec::new()).is_err());
    }
}
