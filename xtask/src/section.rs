//! Sections of documents that a command writes: all between `<!-- name -->` and `<!-- /name -->`.

use std::path::Path;

use crate::fail::{Failure, Result};
use crate::files;

/// Writes a section of a document anew.
pub fn write(path: &Path, name: &str, body: &str) -> Result<()> {
    let document = files::read_text(path)?;
    let written = replaced(&document, name, body).ok_or_else(|| {
        let path = path.display();
        Failure::new(format!("{path} has no section {name}: write `<!-- {name} -->` and `<!-- /{name} -->`."))
    })?;
    files::write(path, written)
}

/// What a section of a document holds.
pub fn read<'a>(document: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = document.split_once(&format!("<!-- {name} -->\n"))?;
    let (body, _) = after.split_once(&format!("<!-- /{name} -->"))?;
    Some(body.trim())
}

fn replaced(document: &str, name: &str, body: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, after) = document.split_once(&begin)?;
    let (_, after) = after.split_once(&end)?;
    Some(format!("{before}{begin}\n{}\n\n{end}{after}", body.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n<!-- y -->\nkept\n<!-- /y -->\n";

    #[test]
    fn one_section_is_replaced_and_the_rest_stays() {
        let written = replaced(DOCUMENT, "x", "new").expect("a section");
        assert_eq!(written, DOCUMENT.replace("old", "\nnew\n"));
        assert_eq!(read(&written, "x"), Some("new"));
        assert_eq!(replaced(&written, "x", "new").as_deref(), Some(written.as_str()));
    }

    #[test]
    fn a_section_that_is_not_there_is_not_made() {
        assert_eq!(replaced(DOCUMENT, "z", "new"), None);
        assert_eq!(replaced("<!-- x -->\nno end", "x", "new"), None);
    }
}
