//! What a chat costs the page that embeds it: in a real Chromium with a slow processor and a slow network, beside other chats
//! for a browser as their makers built them. All are served by one server in one way and stand on the same page.
#![allow(clippy::disallowed_methods, reason = "the bench runs natively and may read the clock")]

mod edge;
mod subject;
mod visit;

use super::report::Line;
use super::rounds::median;
use crate::browser::Driver;
use crate::rig::Rig;
use edge::Edge;
use subject::Subject;
use visit::{Load, load, to_composer};
use xtask::peers;

/// How often each chat is measured; they take turns.
const ROUNDS: usize = 5;

/// What was seen of one chat, a value for each round.
#[derive(Debug, Default)]
struct Seen {
    loads: Vec<Load>,
    to_composer: Vec<f64>,
}

impl Seen {
    fn typical(&self, of: fn(&Load) -> f64) -> f64 {
        median(&self.loads.iter().map(of).collect::<Vec<_>>())
    }
}

/// Measures all chats in turns. `progress` hears what is being measured.
pub(super) fn bench(progress: impl Fn(&str)) -> Vec<Line> {
    let peers = peers::ready().unwrap_or_else(|failure| panic!("{failure}"));
    let rig = Rig::start();
    let edge = Edge::open(rig.origin(), &peers);
    let driver = Driver::start();
    let [mut guichet, mut rocket, mut deep] = [(); 3].map(|()| Seen::default());
    for round in 1..=ROUNDS {
        progress(&format!("in a browser, round {round} of {ROUNDS}"));
        for (subject, seen) in [
            (Subject::Guichet, &mut guichet),
            (Subject::RocketChat, &mut rocket),
            (Subject::DeepChat, &mut deep),
        ] {
            seen.loads.push(load(&driver, &edge, subject));
            seen.to_composer.extend(subject.steps().map(|steps| to_composer(&driver, &edge, subject, steps)));
        }
    }
    let beside = |name: &str, theirs: &Seen| {
        let line = |what: &str, unit, of: fn(&Load) -> f64| {
            Line::new(
                format!("before interaction: {what}, beside {name}"),
                unit,
                guichet.typical(of),
                theirs.typical(of),
            )
        };
        [
            line("transferred", "bytes", |load| load.bytes),
            line("requests", "requests", |load| load.requests),
            line("long tasks", "ms", |load| load.long_tasks),
        ]
    };
    let [ours, theirs] = [&guichet, &deep].map(|seen| median(&seen.to_composer));
    let mut lines = Vec::from(beside("Rocket.Chat", &rocket));
    lines.extend(beside("deep-chat", &deep));
    lines.push(Line::new("from a click to a focused composer, beside deep-chat", "ms", ours, theirs));
    lines
}
