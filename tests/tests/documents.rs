//! What the documents say about the code is what the code says.

use shared::conversation::TRANSITIONS;
use std::path::PathBuf;

fn document(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_diagram_of_the_states_is_the_table_of_transitions() {
    let routing = document("routing.md");
    let (_, after) = routing.split_once("stateDiagram-v2\n").expect("a diagram");
    let (drawn, _) = after.split_once("```").expect("the end of the diagram");
    let line = |(from, to, why): &(_, _, &str)| format!("    {from:?} --> {to:?}: {why}\n");
    assert_eq!(drawn, TRANSITIONS.iter().map(line).collect::<String>());
}

#[test]
fn every_frame_is_described() {
    use shared::wire::{Frame, ToConversation, ToInbox};
    let protocol = document("protocol.md");
    for name in ToConversation::NAMES.iter().chain(ToInbox::NAMES) {
        assert!(protocol.contains(&format!("`{name}`")), "docs/protocol.md does not know `{name}`");
    }
}

#[test]
fn the_tables_of_the_bench_have_their_sections() {
    use tests::bench::Part;
    let performance = document("performance.md");
    for part in [Part::Cores, Part::Browser] {
        let table = xtask::section::read(&performance, part.section()).expect("a section");
        assert!(table.starts_with("| What | Value | Baseline | Ratio |\n"), "{part:?}: {table}");
    }
}
