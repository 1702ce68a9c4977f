//! The wire and the stores, one JSON line for each frame, note and row, so that a change of the contract is seen.
//! `UPDATE_SNAPSHOTS=1 cargo test -p tests --test wire` writes the snapshot anew.

#[path = "wire/codes.rs"]
mod codes;
#[path = "wire/first.rs"]
mod first;
#[path = "wire/form.rs"]
mod form;
#[path = "wire/samples.rs"]
mod samples;
#[path = "wire/stored.rs"]
mod stored;
#[path = "wire/views.rs"]
mod views;

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::limits;
use shared::reject::Code;
use shared::wire::{self, FromConversation, FromInbox, ToConversation, ToInbox};
use std::fmt::Debug;
use std::path::PathBuf;

/// Collects lines under headings, each read back before it is written down.
#[derive(Default)]
struct Snapshot(String);

impl Snapshot {
    fn heading(&mut self, words: &str) {
        self.0 += &format!("\n# {words}\n");
    }

    fn line(&mut self, json: &str) {
        self.0 += json;
        self.0.push('\n');
    }

    fn all<T: Serialize + DeserializeOwned + PartialEq + Debug>(&mut self, heading: &str, samples: &[T]) {
        self.heading(heading);
        for sample in samples {
            let json = serde_json::to_string(sample).unwrap();
            assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), sample, "{json}");
            self.line(&json);
        }
    }

    fn compare(&self, name: &str) {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(&path, &self.0).unwrap();
        }
        let known = std::fs::read_to_string(&path).unwrap_or_default();
        for (number, (is, was)) in self.0.lines().zip(known.lines()).enumerate() {
            assert_eq!(is, was, "line {} of {name}; if that is meant: UPDATE_SNAPSHOTS=1", number + 1);
        }
        assert_eq!(
            self.0.lines().count(),
            known.lines().count(),
            "{name}; if that is meant: UPDATE_SNAPSHOTS=1"
        );
    }
}

#[test]
fn every_frame_is_written_as_before() {
    let mut snapshot = Snapshot::default();
    snapshot.all("to a conversation", &samples::to_conversation());
    snapshot.all("from a conversation", &samples::from_conversation());
    snapshot.all("to an inbox", &samples::to_inbox());
    snapshot.all("from an inbox", &samples::from_inbox());
    snapshot.all("codes", &codes::codes());
    snapshot.compare("frames.jsonl");
}

#[test]
fn every_note_and_every_row_is_written_as_before() {
    let mut snapshot = Snapshot::default();
    snapshot.all("envelopes with every note", &stored::envelopes());
    snapshot.all("hints", &stored::hints());
    snapshot.all("receipts", &stored::receipts());
    for (heading, rows) in stored::rows() {
        snapshot.heading(heading);
        for (key, value) in rows {
            snapshot.line(&format!("{key} {}", value.as_deref().unwrap_or("(removed)")));
        }
    }
    snapshot.compare("stored.jsonl");
}

#[test]
fn the_names_of_all_frames_are_known() {
    fn named<F: wire::Frame + Serialize>(samples: &[F]) {
        let mut names: Vec<String> = samples
            .iter()
            .map(|frame| {
                serde_json::to_value(frame).unwrap().as_object().unwrap().keys().next().unwrap().clone()
            })
            .collect();
        names.dedup();
        assert_eq!(names, F::NAMES);
    }
    named::<ToConversation>(&samples::to_conversation());
    named::<ToInbox>(&samples::to_inbox());
}

#[test]
fn a_frame_without_what_later_versions_added_is_read() {
    let hello = wire::read::<ToConversation>("{\"hello\":{\"v\":1}}").unwrap();
    assert!(matches!(hello, ToConversation::Hello { v: 1, cursor, locale, zone, plain: false, forms: false }
            if cursor.0 == 0 && locale.is_empty() && zone.is_empty()));
    let send = "{\"send\":{\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"text\":\"hi\"}}";
    let send = wire::read::<ToConversation>(send).unwrap();
    assert!(matches!(send, ToConversation::Send { note: false, epoch: None, .. }));
    let rate = wire::read::<ToConversation>("{\"rate\":{\"session\":1,\"score\":\"good\"}}").unwrap();
    assert!(matches!(rate, ToConversation::Rate { comment, .. } if comment.is_empty()));
    let entries = "{\"entries\":{\"entries\":[],\"earlier\":false}}";
    let entries = serde_json::from_str::<FromConversation>(entries).unwrap();
    assert!(matches!(entries, FromConversation::Entries { history: false, .. }));
    let waiting = "{\"session\":{\"waiting\":{\"number\":1,\"epoch\":2}}}";
    assert!(serde_json::from_str::<FromConversation>(waiting).is_ok());
    assert!(serde_json::from_str::<FromInbox>("{\"reject\":{\"code\":\"full\"}}").is_ok());
}

#[test]
fn fields_that_a_reader_does_not_know_are_ignored() {
    for text in [
        "{\"hello\":{\"v\":1,\"dance\":true}}",
        "{\"end\":{\"why\":\"bored\"}}",
        "{\"typing\":{\"on\":true,\"draft\":\"Hel\"}}",
    ] {
        assert!(wire::read::<ToConversation>(text).is_ok(), "{text}");
    }
    assert!(wire::read::<ToInbox>("{\"presence\":{\"available\":true,\"until\":7}}").is_ok());
}

#[test]
fn what_is_no_frame_gets_the_code_that_says_why() {
    let long = format!("{{\"send\":{{\"text\":\"{}\"}}}}", "x".repeat(limits::FRAME_BYTES_MAX));
    for (text, code) in [
        ("", Code::Malformed),
        ("null", Code::Malformed),
        ("[1]", Code::Malformed),
        ("\"hello\"", Code::Malformed),
        ("{\"hello\":{}}", Code::Malformed),
        ("{\"hello\":{\"v\":-1}}", Code::Malformed),
        ("{\"hello\":{\"v\":1},\"end\":{}}", Code::Malformed),
        ("{\"send\":{\"id\":\"<script>\",\"text\":\"x\"}}", Code::Malformed),
        ("{\"rate\":{\"session\":4294967296,\"score\":\"good\"}}", Code::Malformed),
        ("{\"dance\":{}}", Code::UnknownFrame),
        ("{\"Hello\":{\"v\":1}}", Code::UnknownFrame),
        ("{\"accept\":{}}", Code::UnknownFrame),
        (long.as_str(), Code::TooLarge),
    ] {
        assert_eq!(
            wire::read::<ToConversation>(text).unwrap_err(),
            code,
            "{}",
            text.get(..40).unwrap_or(text)
        );
    }
    assert_eq!(wire::read::<ToInbox>("{\"send\":{}}").unwrap_err(), Code::UnknownFrame);
}

#[test]
fn deep_nesting_is_malformed_and_no_more() {
    let deep = format!("{{\"hello\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(wire::read::<ToConversation>(&deep).unwrap_err(), Code::Malformed);
}

#[test]
fn the_longest_text_fits_into_a_frame() {
    let text = "👋".repeat(limits::TEXT_CHARS_MAX);
    let frame =
        ToConversation::Send { id: samples::message_id(), text, note: false, epoch: None, file: false };
    assert!(wire::read::<ToConversation>(&serde_json::to_string(&frame).unwrap()).is_ok());
}

#[test]
fn everything_that_the_first_version_stored_is_read() {
    first::what_the_first_version_stored();
}

/// What an open page of the first version still sends after a deployment.
#[test]
fn every_frame_that_the_first_version_sent_is_read() {
    let (mut heading, mut read) = ("", 0);
    for line in include_str!("snapshots/frames-1.jsonl").lines().filter(|line| !line.is_empty()) {
        match (line.strip_prefix("# "), heading) {
            (Some(words), _) => heading = words,
            (None, "to a conversation") => {
                wire::read::<ToConversation>(line).unwrap();
                read += 1;
            }
            (None, "to an inbox") => {
                wire::read::<ToInbox>(line).unwrap();
                read += 1;
            }
            (None, _) => {}
        }
    }
    assert!(read > 10);
}
