//! The folder that the Worker serves: hashed names below `a/`, the pages, and their headers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::front::{App, Apps, minified_css};
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
        for words in &app.words {
            served.insert(Path::new("a").join(&words.name), words.bytes.clone());
        }
    }
    widget(&apps.widget, &mut served)?;
    console(&apps.console, &mut served)?;
    copy("index.html", "index.html", &mut served)?;
    copy("widget/guichet.d.ts", "guichet.d.ts", &mut served)?;
    copy("docs/openapi.json", "api/openapi.json", &mut served)?;
    for (inside, path) in files::tree(&paths::at("demo"))? {
        served.insert(Path::new("demo").join(inside), files::read(&path)?);
    }
    write(&served)
}

/// The scripts that bring the app to a page, and the channel's own page. Both templates are filled in by the Worker.
fn widget(app: &App, served: &mut Served) -> Result<()> {
    let mut known = BTreeMap::from([("__WIDGET_JS__", format!("/a/{}", app.js.name))]);
    known.insert("__WIDGET_WASM__", format!("/a/{}", app.wasm.name));
    let frame = script("widget/loader/frame.js", &known)?;
    known.insert("__FRAME_JS__", hashed(Path::new("frame.js"), frame.into(), served));
    let text = script("widget/loader/loader.js", &known)?;
    let places = text.matches(CONFIG).count();
    if places != 1 {
        return fail(format!(
            "The minified loader holds {CONFIG} {places} times: widget/loader/loader.js must use it once, in a way that \
             keeps the minifier from copying it."
        ));
    }
    served.insert("a/loader.js".into(), text.trim_end().into());
    hosted(&known, served)
}

fn hosted(known: &BTreeMap<&str, String>, served: &mut Served) -> Result<()> {
    let js = script("widget/hosted/hosted.js", known)?;
    let css = files::read(&paths::at("widget/hosted/hosted.css"))?;
    let mut values =
        BTreeMap::from([("hosted_js".to_owned(), hashed(Path::new("hosted.js"), js.into(), served))]);
    values.insert("hosted_css".to_owned(), hashed(Path::new("hosted.css"), css, served));
    let html = files::read_text(&paths::at("widget/hosted/index.html"))?;
    served.insert("c/index.html".into(), page::fill("widget/hosted/index.html", &html, &values)?.into());
    Ok(())
}

/// A script as it is served: small, and with the addresses that it loads.
fn script(source: &str, known: &BTreeMap<&str, String>) -> Result<String> {
    let mut minify = run::command(paths::npm_bin("esbuild"));
    minify.args(["--minify", "--target=es2020", "--log-level=warning"]);
    for (name, url) in known {
        minify.arg(format!("--define:{name}=\"{url}\""));
    }
    run::silent(minify.arg(paths::at(source)), &format!("mend {source}."))
}

fn console(app: &App, served: &mut Served) -> Result<()> {
    let mut values = BTreeMap::from([("console_js".to_owned(), format!("/a/{}", app.js.name))]);
    values.insert("console_wasm".to_owned(), format!("/a/{}", app.wasm.name));
    for (inside, path) in files::tree(&paths::at("console/static"))? {
        let url = hashed(&inside, files::read(&path)?, served);
        values.insert(format!("static:{}", inside.display()), url);
    }
    if let Some(css) = optional("console/console.css")? {
        let filled = paths::work().join("console.css");
        files::write(&filled, page::fill("console/console.css", &css, &values)?)?;
        let css = minified_css(&filled)?;
        let url = hashed(Path::new("console.css"), css.into_bytes(), served);
        values.insert("console_css".to_owned(), url);
    }
    if let Some(html) = optional("console/index.html")? {
        served.insert("console/index.html".into(), page::fill("console/index.html", &html, &values)?.into());
    }
    Ok(())
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
