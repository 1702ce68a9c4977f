//! The two programs of the browser: widget and console.

use std::path::{Path, PathBuf};

use super::stamp::Stamp;
use crate::fail::{Failure, Result};
use crate::tools::{Tools, WASM};
use crate::{files, hash, paths, run};

/// A WebAssembly program and the JavaScript that loads it, as they are served.
pub(super) struct App {
    pub(super) js: File,
    pub(super) wasm: File,
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

const STRIP: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];

pub(super) fn build(tools: &Tools) -> Result<Apps> {
    run::note("Building the widget and the console…");
    let mut build = run::cargo();
    build.args(["build", "--release", "--target", WASM, "--package", "widget", "--package", "console"]);
    run::watched(&mut build, "mend the errors above.")?;
    Ok(Apps { widget: app(tools, "widget")?, console: app(tools, "console")? })
}

fn app(tools: &Tools, name: &str) -> Result<App> {
    let compiled = paths::target().join(WASM).join("release").join(format!("{name}.wasm"));
    let bindgen = tools.wasm_bindgen.to_string_lossy();
    let flags = [FEATURES.as_slice(), &STRIP].concat().join(" ");
    let css = paths::at(name).join(format!("src/{name}.css"));
    let css = if css.is_file() { minified_css(&css)? } else { String::new() };
    let stamp =
        Stamp::of(name, &[&files::read(&compiled)?, bindgen.as_bytes(), flags.as_bytes(), css.as_bytes()])?;
    let folder = paths::work().join(name);
    let (js, wasm) = (folder.join("min.js"), folder.join("opt.wasm"));
    if !stamp.is_current() {
        run::note(&format!("Shrinking the {name}…"));
        files::remove(&folder)?;
        bind(tools, name, &compiled, &folder)?;
        shrink(&folder.join(format!("{name}_bg.wasm")), &wasm)?;
        minify(&folder.join(format!("{name}.js")), &js, &css)?;
        stamp.set()?;
    }
    named(name, &files::read_text(&js)?, files::read(&wasm)?)
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

fn shrink(from: &Path, to: &PathBuf) -> Result<()> {
    let mut shrink = run::command(paths::npm_bin("wasm-opt"));
    shrink.arg("-Oz").args(FEATURES).args(STRIP).arg(from).arg("--output").arg(to);
    run::silent(&mut shrink, "name the feature that it misses in xtask/src/build/front.rs.")?;
    Ok(())
}

/// A style sheet as small as it gets.
pub(super) fn minified_css(path: &Path) -> Result<String> {
    let mut minify = run::command(paths::npm_bin("esbuild"));
    minify.args(["--minify", "--log-level=warning"]).arg(path);
    let css = run::silent(&mut minify, &format!("mend {}.", path.display()))?;
    Ok(css.trim_end().to_owned())
}

/// Bundling draws in the snippets of crates that bring JavaScript of their own. An app's style sheet goes where its
/// snippet says `__CSS__`: beside other text it is compressed better than within the module.
fn minify(from: &Path, to: &Path, css: &str) -> Result<()> {
    let mut minify = run::command(paths::npm_bin("esbuild"));
    minify.args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
    minify.arg(format!("--define:__CSS__={}", serde_json::Value::from(css)));
    minify.arg(from).arg(format!("--outfile={}", to.display()));
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
    Ok(App { js: File { name: format!("{name}-{}.js", hash::short(&js)), bytes: js }, wasm })
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
