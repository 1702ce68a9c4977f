//! Takes from an app what no page asks for: classes that a dependency exports, what they alone need of the module, and the
//! long names by which the module and its glue know each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::fail::{Failure, Result};
use crate::{files, paths, run};

/// The old names and the new ones.
#[derive(Debug)]
struct Names {
    /// Of which module, the old one, the new one.
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

impl Names {
    /// From what `--minify-imports-and-exports-and-modules` prints.
    fn read(json: &str) -> Result<Self> {
        let wrong = |error| Failure::new(format!("wasm-opt names things otherwise than it did: {error}"));
        let mut names: serde_json::Value = serde_json::from_str(json).map_err(wrong)?;
        let imports = serde_json::from_value(names["imports"].take()).map_err(wrong)?;
        Ok(Self { imports, exports: serde_json::from_value(names["exports"].take()).map_err(wrong)? })
    }
}

/// Reduces the module at `from` to what `glue` uses of it, shrinks it with `flags`, and writes it to `to`. The answer is the
/// glue that goes with it.
pub(super) fn trim(glue: &str, from: &Path, to: &Path, features: &[&str], flags: &[&str]) -> Result<String> {
    let glue = without_classes(glue)?;
    let used = to.with_file_name("used.json");
    let roots = used_exports(&glue).into_iter().enumerate();
    let roots: Vec<_> = roots
        .map(|(number, name)| serde_json::json!({"name": format!("use{number}"), "export": name, "root": true}))
        .collect();
    files::write(&used, serde_json::Value::from(roots).to_string())?;
    let reached = to.with_file_name("reached.wasm");
    let mut reach = run::command(paths::npm_bin("wasm-metadce"));
    reach.args(features).arg("--graph-file").arg(&used).arg(from).arg("--output").arg(&reached);
    run::silent(&mut reach, "look at the lines above.")?;
    let mut shrink = run::command(paths::npm_bin("wasm-opt"));
    shrink.args(features).args(flags).arg("--minify-imports-and-exports-and-modules");
    shrink.arg(&reached).arg("--output").arg(to);
    let names = run::silent(&mut shrink, "name the feature that it misses in xtask/src/build/front.rs.")?;
    Ok(rename(&glue, &Names::read(&names)?))
}

/// The glue without the classes that dependencies export: a page calls functions alone.
fn without_classes(glue: &str) -> Result<String> {
    let mut rest = glue;
    let mut kept = String::new();
    let mut classes = Vec::new();
    while let Some((before, class)) = rest.split_once("export class ") {
        let name = class.split(' ').next().unwrap_or_default();
        let end = format!("if (Symbol.dispose) {name}.prototype[Symbol.dispose] = {name}.prototype.free;\n");
        let Some((_, after)) = class.split_once(end.as_str()) else { return Err(changed(name)) };
        kept.push_str(before);
        classes.push(name);
        rest = after;
    }
    kept.push_str(rest);
    for name in classes {
        if let Some((before, after)) = kept.split_once(&format!("const {name}Finalization = ")) {
            let Some((_, after)) = after.split_once(";\n") else { return Err(changed(name)) };
            kept = [before, after].concat();
        }
        if kept.contains(name) {
            return Err(changed(name));
        }
    }
    Ok(kept)
}

fn changed(class: &str) -> Failure {
    Failure::new(format!(
        "The glue uses its class {class} in a new way: wasm-bindgen has changed, mend xtask/src/build/trim.rs."
    ))
}

/// Every `wasm.name` in the glue.
fn used_exports(glue: &str) -> BTreeSet<&str> {
    words(glue).filter(|(before, ..)| before.ends_with("wasm.")).map(|(_, word, _)| word).collect()
}

fn rename(glue: &str, names: &Names) -> String {
    let exports: BTreeMap<&str, &str> =
        names.exports.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    // What a module imports of the JavaScript that a crate brings is not in the glue's own list.
    let (brought, own): (Vec<_>, Vec<_>) = names.imports.iter().partition(|(module, ..)| is_brought(module));
    let imports: BTreeMap<&str, &str> =
        own.iter().map(|(_, old, new)| (old.as_str(), new.as_str())).collect();
    let mut renamed = String::with_capacity(glue.len());
    let mut copied = 0;
    for (before, word, after) in words(glue) {
        let new = if before.ends_with("wasm.") {
            exports.get(word)
        } else if after.starts_with(": ") {
            imports.get(word)
        } else {
            None
        };
        if let Some(new) = new {
            renamed.push_str(&glue[copied..before.len()]);
            renamed.push_str(new);
            copied = before.len() + word.len();
        }
    }
    renamed.push_str(&glue[copied..]);
    // All imports are of one module now, whose name was shortened too: binaryen calls it `a`.
    let Some((module, ..)) = own.first() else { return renamed };
    let renamed = renamed.replace(&format!("\"{module}\": "), "\"a\": ");
    with_brought(&renamed, &brought)
}

fn is_brought(module: &str) -> bool {
    module.starts_with("./snippets/")
}

/// The glue with what the module imports of the JavaScript of crates put into its own list.
fn with_brought(glue: &str, brought: &[&(String, String, String)]) -> String {
    let mut listed = String::new();
    for (module, old, new) in brought {
        let end = format!(" from \"{module}\"");
        let alias = glue.lines().find_map(|line| line.strip_prefix("import * as ")?.strip_suffix(&end));
        if let Some(alias) = alias {
            listed.push_str(&format!("\n        {new}: {alias}.{old},"));
        }
    }
    let is_kept = |line: &&str| !line.trim_start().starts_with("\"./snippets/");
    let kept: Vec<_> = glue.lines().filter(is_kept).collect();
    kept.join("\n").replacen("const import0 = {", &format!("const import0 = {{{listed}"), 1)
}

/// Every identifier with the text before and after it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_part)?;
        let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some((&text[..start], &text[start..at], &text[at..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
export class Gone {
    free() { wasm.gone_free(0); }
}
if (Symbol.dispose) Gone.prototype[Symbol.dispose] = Gone.prototype.free;
export function mount() { return wasm.mount(wasm.memory); }
const import0 = {
    __wbg_now_1f: function() { return Date.now(); },
};
const imports = { \"./app_bg.js\": import0 };
const GoneFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.gone_free(ptr, 1));
";

    #[test]
    fn classes_go_and_what_is_left_is_named() {
        let glue = without_classes(GLUE).expect("trimmed");
        assert_eq!(used_exports(&glue), ["memory", "mount"].into());
        assert!(!glue.contains("Gone"), "{glue}");
        assert!(without_classes(&format!("{GLUE}\nuse(Gone);")).is_err(), "a class that is used");
    }

    #[test]
    fn the_javascript_of_crates_is_found_under_the_short_names_too() {
        let glue = "import * as import1 from \"./snippets/link-1/src/files.js\"
const import0 = {
    __wbg_now_1f: function() { return Date.now(); },
};
const imports = {
    \"./app_bg.js\": import0,
    \"./snippets/link-1/src/files.js\": import1,
};";
        let import = |module: &str, old: &str, new: &str| (module.into(), old.into(), new.into());
        let names = Names {
            imports: vec![
                import("./snippets/link-1/src/files.js", "chosen", "b"),
                import("./app_bg.js", "__wbg_now_1f", "$"),
            ],
            exports: Vec::new(),
        };
        let glue = rename(glue, &names);
        assert!(glue.contains("const import0 = {\n        b: import1.chosen,\n    $: function()"), "{glue}");
        assert!(glue.contains("\"a\": import0,\n};"), "{glue}");
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let names = Names {
            imports: vec![("./app_bg.js".into(), "__wbg_now_1f".into(), "$".into())],
            exports: vec![("mount".into(), "b".into()), ("memory".into(), "c".into())],
        };
        let glue = rename(&without_classes(GLUE).expect("trimmed"), &names);
        assert!(glue.contains("export function mount() { return wasm.b(wasm.c); }"), "{glue}");
        assert!(glue.contains("    $: function() { return Date.now(); }"), "{glue}");
        assert!(glue.contains("{ \"a\": import0 }"), "{glue}");
    }
}
