//! The folder that the Worker serves: hashed names below `a/`, the pages, and their headers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::front::{App, Apps};
use super::page;
use crate::fail::{Result, fail};
use crate::{files, hash, paths, run};

/// Files below `a/` never change under their name, and pages of other origins load them. `loader.js` is the exception:
/// only the Worker reads it.
const HEADERS: &str = "\
/a/*
  Cache-Control: public, max-age=31536000, immutable
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff

/a/loader.js
  ! Cache-Control
  Cache-Control: no-store
";

/// What stands in the loader for the settings of its channel, which the Worker fills in.
pub const CONFIG: &str = "\"__CONFIG__\"";

/// Everything that is served, by its path.
type Served = BTreeMap<PathBuf, Vec<u8>>;

/// Writes the folder, and removes from it what no longer belongs there.
pub(super) fn lay_out(apps: &Apps) -> Result<()> {
    let mut served = Served::new();
    served.insert("_headers".into(), HEADERS.into());
    for app in [&apps.widget, &apps.console] {
        served.insert(Path::new("a").join(&app.js.name), app.js.bytes.clone());
        served.insert(Path::new("a").join(&app.wasm.name), app.wasm.bytes.clone());
    }
    loader(&apps.widget, &mut served)?;
    console(&apps.console, &mut served)?;
    copy("index.html", "index.html", &mut served)?;
    copy("docs/openapi.json", "api/openapi.json", &mut served)?;
    for (inside, path) in files::tree(&paths::at("demo"))? {
        served.insert(Path::new("demo").join(inside), files::read(&path)?);
    }
    write(&served)
}

fn loader(widget: &App, served: &mut Served) -> Result<()> {
    let source = paths::at("widget/loader/loader.js");
    if !source.is_file() {
        run::note("widget/loader/loader.js is not there: this build has no loader.");
        return Ok(());
    }
    let mut minify = run::command(paths::npm_bin("esbuild"));
    minify.args(["--minify", "--target=es2020", "--log-level=warning"]);
    for (name, file) in [("__WIDGET_JS__", &widget.js.name), ("__WIDGET_WASM__", &widget.wasm.name)] {
        minify.arg(format!("--define:{name}=\"/a/{file}\""));
    }
    let text = run::silent(minify.arg(&source), "mend widget/loader/loader.js.")?;
    let places = text.matches(CONFIG).count();
    if places != 1 {
        return fail(format!(
            "The minified loader holds {CONFIG} {places} times: widget/loader/loader.js must use it once, in a way that \
             keeps the minifier from copying it."
        ));
    }
    served.insert("a/loader.js".into(), text.trim_end().into());
    Ok(())
}

fn console(app: &App, served: &mut Served) -> Result<()> {
    let mut values = BTreeMap::from([("console_js".to_owned(), format!("/a/{}", app.js.name))]);
    values.insert("console_wasm".to_owned(), format!("/a/{}", app.wasm.name));
    for (inside, path) in files::tree(&paths::at("console/static"))? {
        let url = hashed(&inside, files::read(&path)?, served);
        values.insert(format!("static:{}", inside.display()), url);
    }
    if let Some(css) = optional("console/console.css")? {
        let css = minified_css(&page::fill("console/console.css", &css, &values)?)?;
        let url = hashed(Path::new("console.css"), css.into_bytes(), served);
        values.insert("console_css".to_owned(), url);
    }
    if let Some(html) = optional("console/index.html")? {
        served.insert("console/index.html".into(), page::fill("console/index.html", &html, &values)?.into());
    }
    Ok(())
}

fn minified_css(css: &str) -> Result<String> {
    let filled = paths::work().join("console.css");
    files::write(&filled, css)?;
    let mut minify = run::command(paths::npm_bin("esbuild"));
    minify.args(["--minify", "--log-level=warning"]).arg(&filled);
    run::silent(&mut minify, "mend console/console.css.")
}

/// Puts a file below `a/` under a name that holds its digest, and gives its URL.
fn hashed(inside: &Path, bytes: Vec<u8>, served: &mut Served) -> String {
    let stem = inside.file_stem().unwrap_or_default().to_string_lossy();
    let ending = inside.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    let name = format!("a/{stem}-{}{ending}", hash::short(&bytes));
    served.insert(PathBuf::from(&name), bytes);
    format!("/{name}")
}

fn optional(inside: &str) -> Result<Option<String>> {
    let path = paths::at(inside);
    if path.is_file() { files::read_text(&path).map(Some) } else { Ok(None) }
}

fn copy(from: &str, to: &str, served: &mut Served) -> Result<()> {
    let path = paths::at(from);
    if path.is_file() {
        served.insert(to.into(), files::read(&path)?);
    }
    Ok(())
}

fn write(served: &Served) -> Result<()> {
    let folder = paths::assets();
    for (inside, bytes) in served {
        files::write(&folder.join(inside), bytes)?;
    }
    for (inside, path) in files::tree(&folder)? {
        if !served.contains_key(&inside) {
            files::remove(&path)?;
        }
    }
    Ok(())
}
