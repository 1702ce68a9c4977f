//! The test targets of the package `tests`, by what they need.

use serde_json::Value;

use super::tally::Tally;
use crate::fail::{Failure, Result};
use crate::run;

/// What a test target needs before it can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    Nothing,
    Worker,
    Browser,
}

/// The targets that need something; every other one needs nothing.
const NEEDS: [(&str, Needs); 2] = [("edge", Needs::Worker), ("browser", Needs::Browser)];

/// Runs every target of `tests` that needs just this.
pub(super) fn run(needs: Needs) -> Result<Tally> {
    let mut words = vec!["-p=tests".to_owned()];
    words.extend(
        names()?.into_iter().filter(|name| needs_of(name) == needs).map(|name| format!("--test={name}")),
    );
    if needs == Needs::Nothing {
        words.push("--lib".to_owned());
    } else if words.len() == 1 {
        return Err(Failure::new(format!("The package `tests` has no target for {needs:?}: write it.")));
    }
    Tally::of(super::cargo_test(&words.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn needs_of(name: &str) -> Needs {
    NEEDS.iter().find(|(known, _)| *known == name).map_or(Needs::Nothing, |(_, needs)| *needs)
}

fn names() -> Result<Vec<String>> {
    let mut metadata = run::cargo();
    metadata.args(["metadata", "--no-deps", "--format-version=1"]);
    let printed = run::silent(&mut metadata, "mend the manifest that is named above.")?;
    in_metadata(&printed).ok_or_else(|| Failure::new("cargo metadata does not name the package `tests`."))
}

fn in_metadata(printed: &str) -> Option<Vec<String>> {
    let json: Value = serde_json::from_str(printed).ok()?;
    let package = json.get("packages")?.as_array()?.iter().find(|package| package["name"] == "tests")?;
    let targets = package.get("targets")?.as_array()?.iter();
    let tests = targets.filter(|target| target["kind"] == serde_json::json!(["test"]));
    tests.map(|target| target["name"].as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_targets_are_found() {
        let printed = r#"{"packages":[{"name":"tests","targets":[
            {"kind":["lib"],"name":"tests"},{"kind":["test"],"name":"sim"},{"kind":["test"],"name":"edge"}]}]}"#;
        assert_eq!(in_metadata(printed), Some(vec!["sim".to_owned(), "edge".to_owned()]));
        assert_eq!(needs_of("edge"), Needs::Worker);
        assert_eq!(needs_of("sim"), Needs::Nothing);
    }
}
