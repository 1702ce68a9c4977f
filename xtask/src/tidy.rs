//! Small habits of the source, checked.

use std::path::{Path, PathBuf};

use crate::fail::{Result, fail};
use crate::{files, paths};

const MOST_LINES: usize = 500;
const KINDS: [&str; 10] = ["rs", "toml", "md", "js", "ts", "css", "html", "json", "jsonc", "sql"];
const NOT_OURS: [&str; 5] = ["target", "node_modules", ".git", "edge/.wrangler", "edge/build"];

/// Fails with a list of what is untidy.
pub fn check() -> Result<()> {
    let mut found = Vec::new();
    for inside in sources()? {
        let text = files::read_text(&paths::root().join(&inside))?;
        found
            .extend(faults(&inside, &text).into_iter().map(|fault| format!("{}: {fault}", inside.display())));
    }
    if found.is_empty() { Ok(()) } else { fail(format!("Tidy up:\n  {}", found.join("\n  "))) }
}

fn faults(path: &Path, text: &str) -> Vec<String> {
    let lines = || text.lines().zip(1..);
    let mut found = Vec::new();
    found.extend(lines().filter(|(line, _)| line.contains('\t')).map(|(_, n)| format!("a tab in line {n}")));
    found.extend(
        lines().filter(|(line, _)| line.ends_with(' ')).map(|(_, n)| format!("line {n} ends with a space")),
    );
    if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
        found.push("does not end with one line break".to_owned());
    }
    let length = text.lines().count();
    if path.extension().is_some_and(|kind| kind == "rs") && length > MOST_LINES {
        found.push(format!("{length} lines, more than {MOST_LINES}: what does it hide?"));
    }
    found
}

/// Every source file of ours, by its path in the workspace.
fn sources() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        for (name, is_folder) in files::names(&paths::root().join(&folder))? {
            let inside = folder.join(&name);
            if NOT_OURS.iter().any(|other| inside == Path::new(other)) {
                continue;
            }
            if is_folder {
                open.push(inside);
            } else if KINDS.iter().any(|kind| inside.extension().is_some_and(|e| e == *kind)) {
                found.push(inside);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named_with_their_line() {
        let rust = Path::new("a.rs");
        assert_eq!(faults(rust, "fn a() {}\n"), Vec::<String>::new());
        assert_eq!(faults(rust, "a\n\tb\nc \n"), ["a tab in line 2", "line 3 ends with a space"]);
        assert_eq!(faults(rust, "a").len(), 1);
        assert_eq!(faults(rust, &"a\n".repeat(501)).len(), 1);
        assert!(faults(Path::new("a.css"), &"a\n".repeat(501)).is_empty());
    }

    #[test]
    fn our_sources_are_found_and_no_others() {
        let found = sources().expect("sources");
        assert!(found.contains(&PathBuf::from("xtask/src/build/page.rs")));
        assert!(found.iter().all(|path| !path.starts_with("target") && !path.starts_with("node_modules")));
    }
}
