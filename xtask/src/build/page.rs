//! Pages and style sheets with places to fill in: `{{name}}`.

use std::collections::BTreeMap;

use crate::fail::{Result, fail};

/// Fills in every place of `text`; `from` names the file in the message when a place is unknown.
pub(super) fn fill(from: &str, text: &str, values: &BTreeMap<String, String>) -> Result<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            return fail(format!("{from} opens {{{{ and does not close it."));
        };
        let Some(value) = values.get(name.trim()) else {
            let known: Vec<&str> = values.keys().map(String::as_str).collect();
            return fail(format!("{from} asks for {{{{{name}}}}}: known are {}.", known.join(", ")));
        };
        out.push_str(before);
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_unknown_ones_named() {
        let values = BTreeMap::from([("js".to_owned(), "/a/x.js".to_owned())]);
        assert_eq!(fill("p", "<{{js}}|{{ js }}>", &values).as_deref(), Ok("</a/x.js|/a/x.js>"));
        assert!(fill("p", "{{css}}", &values).is_err_and(|e| e.to_string().contains("{{css}}")));
        assert!(fill("p", "{{js", &values).is_err());
    }
}
