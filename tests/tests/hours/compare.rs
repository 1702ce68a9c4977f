//! Guichet against `oracle.py`, which answers the same questions with Python's `zoneinfo`. Both read the same files of the time
//! zone database, so that they can differ in nothing but how they reckon.

use crate::chance::{Case, cases};
use crate::world::{NAMES, World, file};
use serde::Deserialize;
use shared::hours::{HORIZON, LOOK_AHEAD, Resolved, State, resolve};
use shared::time::{Millis, Timestamp};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

const CASES: usize = 2_500;
/// Another one, and so other cases, may be given in the environment.
const SEED: &str = "HOURS_SEED";

/// What the oracle says of one moment.
#[derive(Debug, Deserialize)]
struct Answer {
    open: bool,
    /// When it opens or closes next, if that is within fifteen months.
    change: Option<Timestamp>,
    /// The reader's offset then, in seconds.
    offset: Option<i32>,
}

#[test]
fn python_agrees_about_every_schedule() {
    let seed = std::env::var(SEED).map_or(2026, |seed| seed.parse().expect(SEED));
    let world = World::new();
    let cases = cases(seed, CASES, &world);
    let answers = ask_python(&cases);
    assert_eq!(answers.len(), cases.len());
    let mut compared = 0;
    let mut differ = Vec::new();
    for (case, answers) in cases.iter().zip(&answers) {
        assert_eq!(answers.len(), case.asked.len());
        let resolve = |now| (now, resolve(&case.hours, case.reader.as_deref(), &world, now).unwrap());
        let early = resolve(case.asked[0]);
        for (at, answer) in case.asked.iter().zip(answers) {
            for (made, resolved) in [&early, &resolve(*at)] {
                compared += 1;
                if let Err(found) = agrees(resolved, *made, *at, answer) {
                    let case = serde_json::to_string(case).unwrap();
                    differ.push(format!("At {at} Python says {answer:?}, Guichet {found}, of {case}"));
                }
            }
        }
    }
    let few: Vec<_> = differ.iter().take(5).map(String::as_str).collect();
    assert!(differ.is_empty(), "{} of {compared} differ ({SEED}={seed}):\n{}", differ.len(), few.join("\n"));
    assert!(compared > 10 * CASES, "only {compared} were compared");
}

fn agrees(resolved: &Resolved, made: Timestamp, at: Timestamp, answer: &Answer) -> Result<(), String> {
    let state = resolved.state(at);
    let opens = resolved.opens_local(at);
    let same = match (state, answer.change) {
        (State::Open { until }, change) => {
            // Past the horizon a span may end for Guichet before it truly does.
            let is_clipped = until > made + HORIZON && change.is_none_or(|change| change > until);
            answer.open && opens.is_none() && (change == Some(until) || is_clipped)
        }
        (State::Closed { opens: None }, change) => {
            let too_far = made + LOOK_AHEAD - Millis::days(1);
            !answer.open && opens.is_none() && change.is_none_or(|change| change > too_far)
        }
        (State::Closed { opens: Some(next) }, change) => {
            !answer.open && change == Some(next) && opens == Some(next).zip(answer.offset)
        }
        (State::Always, _) => false,
    };
    if same { Ok(()) } else { Err(format!("{state:?} and {opens:?}")) }
}

/// One list of answers for each case.
fn ask_python(cases: &[Case]) -> Vec<Vec<Answer>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hours");
    let zones = folder.join("zones");
    for name in NAMES {
        write(&zones.join(name), file(name));
    }
    let questions = folder.join("questions.jsonl");
    let lines: Vec<_> = cases.iter().map(|case| serde_json::to_string(case).unwrap()).collect();
    write(&questions, lines.join("\n").as_bytes());

    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/hours/oracle.py");
    let mut python = Command::new("python3");
    python.arg(script).arg(zones).stdin(File::open(questions).unwrap());
    let output = python.output().unwrap_or_else(|e| {
        panic!("This test compares with Python: install Python 3.9 or later as `python3`, then run it again ({e}).")
    });
    assert!(
        output.status.success(),
        "oracle.py has failed. It needs Python 3.9 or later, and nothing beside it.\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
