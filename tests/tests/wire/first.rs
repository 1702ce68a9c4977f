//! What the first version stored.

use shared::conversation;
use shared::core::Record;
use shared::desk;
use shared::note::Hint;
use shared::operator;
use shared::post::{Envelope, Post, Receipt};

/// Everything that the first version has ever stored is read by this one. The file is that version's snapshot, and is never
/// written again.
pub(crate) fn what_the_first_version_stored() {
    let (mut heading, mut read) = ("", 0);
    for line in include_str!("../snapshots/stored-1.jsonl").lines().filter(|line| !line.is_empty()) {
        if let Some(words) = line.strip_prefix("# ") {
            heading = words;
            continue;
        }
        let row = || line.split_once(' ').filter(|(_, value)| *value != "(removed)");
        let wrong = match heading {
            "envelopes with every note" => {
                serde_json::from_str::<Envelope>(line).err().map(|e| e.to_string())
            }
            "hints" => serde_json::from_str::<Hint>(line).err().map(|e| e.to_string()),
            "receipts" => serde_json::from_str::<Receipt>(line).err().map(|e| e.to_string()),
            "rows of a conversation" => row()
                .and_then(|(key, value)| conversation::Record::read(key, value).err())
                .map(|e| e.to_string()),
            "rows of a desk" => {
                row().and_then(|(key, value)| desk::Record::read(key, value).err()).map(|e| e.to_string())
            }
            "rows of an operator" => {
                row().and_then(|(key, value)| operator::Record::read(key, value).err()).map(|e| e.to_string())
            }
            "books" => row().and_then(|row| Post::restore([row]).err()).map(|e| e.to_string()),
            other => panic!("{other}"),
        };
        assert_eq!(wrong, None, "{heading}: {line}");
        read += 1;
    }
    assert!(read > 60, "the snapshot has {read} lines");
    assert!(conversation::Record::read("presence", "{}").is_err());
}
