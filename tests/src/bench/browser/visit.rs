//! A visit: somebody with a modest phone and a slow connection comes to a page for the first time.

use super::edge::Edge;
use super::subject::{Steps, Subject};
use crate::browser::{Browser, Driver, Page};
use serde_json::{Value, json};
use std::thread;
use std::time::{Duration, Instant};

/// The processor of a modest phone, as Lighthouse slows a desktop's down to it.
const PROCESSOR_SLOWDOWN: u32 = 4;

// "Slow 4G" as Lighthouse and DevTools apply it: a round trip of 150 ms, which is 3.75 of them for a request, and nine tenths
// of 1.6 Mbit/s down and of 750 kbit/s up.
const LATENCY_MS: f64 = 150.0 * 3.75;
const DOWN_BYTES_PER_SECOND: f64 = 1.6 * 1024.0 * 1024.0 / 8.0 * 0.9;
const UP_BYTES_PER_SECOND: f64 = 750.0 * 1024.0 / 8.0 * 0.9;

/// A page is quiet when nothing was asked for or sent for so long.
const QUIET: Duration = Duration::from_secs(3);

/// How long a page may take to become quiet.
const PATIENCE: Duration = Duration::from_secs(90);

/// How often it is looked whether a page is quiet.
const LOOK: Duration = Duration::from_millis(100);

const FLAGS: [&str; 3] = [
    // A frame is drawn by the process of its page, as on phones with little memory: it is slowed down and observed too.
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process",
    // Nothing leaves this machine; deep-chat asks for a font.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/// What a page cost before anybody touched it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    pub(super) bytes: f64,
    pub(super) requests: f64,
    /// Milliseconds of the tasks that took longer than 50.
    pub(super) long_tasks: f64,
}

/// Loads the page that embeds a chat, until it is quiet.
pub(super) fn load(driver: &Driver, edge: &Edge, subject: Subject) -> Load {
    let page = arrive(driver, edge, subject, true);
    let there = format!("return {} !== null;", subject.element());
    page.until(&format!("{subject:?} is on the page"), || {
        page.script(&there, &json!([])).as_bool().filter(|is| *is)
    });
    let served = edge.served();
    let long_tasks = page.script("return window.longTasks;", &json!([])).as_f64().expect("milliseconds");
    Load { bytes: served.bytes as f64, requests: served.requests as f64, long_tasks }
}

/// The milliseconds from the click to a composer that has the keyboard, by the page's own clock.
pub(super) fn to_composer(driver: &Driver, edge: &Edge, subject: Subject, steps: Steps) -> f64 {
    let page = arrive(driver, edge, subject, steps.embedded);
    let Steps { clicked, focused, .. } = steps;
    page.script(
        &format!(
            "const clicked = {clicked};
            clicked.addEventListener('pointerdown', (event) => {{
                const look = () => {focused} ? window.took = performance.now() - event.timeStamp : requestAnimationFrame(look);
                look();
            }}, {{ capture: true, once: true }});"
        ),
        &json!([]),
    );
    let place = page.script(
        &format!("const {{ x, y, width, height }} = ({clicked}).getBoundingClientRect(); return [x + width / 2, y + height / 2];"),
        &json!([]),
    );
    tap(page.browser(), &place);
    page.until(&format!("{subject:?} has a focused composer"), || {
        page.script("return window.took ?? null;", &json!([])).as_f64()
    })
}

/// A tap is a press and a release of the pointer where it is; it never hovers first.
fn tap(browser: &Browser, place: &Value) {
    let at = json!([{"x": place[0], "y": place[1]}]);
    browser.devtools("Input.dispatchTouchEvent", &json!({"type": "touchStart", "touchPoints": at}));
    browser.devtools("Input.dispatchTouchEvent", &json!({"type": "touchEnd", "touchPoints": []}));
}

/// A browser that has never been here, on a page that has become quiet.
fn arrive(driver: &Driver, edge: &Edge, subject: Subject, embedded: bool) -> Page {
    let page = Page::of(driver.browser_with("en-GB", &FLAGS));
    let browser = page.browser();
    let network = json!({"offline": false, "latency": LATENCY_MS, "downloadThroughput": DOWN_BYTES_PER_SECOND,
        "uploadThroughput": UP_BYTES_PER_SECOND});
    browser.devtools("Network.enable", &json!({}));
    browser.devtools("Network.emulateNetworkConditions", &network);
    browser.devtools("Emulation.setCPUThrottlingRate", &json!({"rate": PROCESSOR_SLOWDOWN}));
    browser.devtools("Emulation.setTouchEmulationEnabled", &json!({"enabled": true}));
    edge.forget();
    page.go(&edge.page(subject, embedded));
    let deadline = Instant::now() + PATIENCE;
    while edge.served().last.elapsed() < QUIET {
        assert!(Instant::now() < deadline, "{subject:?} does not become quiet");
        thread::sleep(LOOK);
    }
    page
}
