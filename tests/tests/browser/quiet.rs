//! Before a visitor has done anything, nothing is asked for and nothing is kept.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::browser::{Stage, Visitor};
use tests::rig::Rig;

/// Answers once the page is loaded and idle, twice over. Idle callbacks run in the order asked for, so whatever the loader does
/// when idle has begun by then. Their limit is for a machine that is never idle.
const AT_REST: &str =
    "if (document.readyState !== 'complete') await new Promise((on) => addEventListener('load', on));
    for (const _ of [1, 2]) await new Promise((on) => requestIdleCallback(on, { timeout: 2000 }));";

const KEPT: &str = "return [localStorage.length, sessionStorage.length, document.cookie,
    (await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length];";

/// That nothing is kept: neither by the page's own word nor by the browser's records of it and of the worker's origin.
fn keeps_nothing(visitor: &Visitor, stage: &Stage) {
    assert_eq!(visitor.script(KEPT, &json!([])), json!([0, 0, "", 0, 0, 0]));
    let cookies = visitor.browser().devtools("Network.getAllCookies", &json!({}));
    assert_eq!(cookies["cookies"], json!([]));
    for origin in [stage.shop.url().as_str(), stage.rig.origin()] {
        let used = visitor.browser().devtools("Storage.getUsageAndQuota", &json!({"origin": origin}));
        assert_eq!(used["usage"], json!(0), "{origin}: {used}");
    }
    assert_eq!(entries(visitor, stage), 0);
}

/// How much the browser says that the shop's local and session storage hold.
fn entries(visitor: &Visitor, stage: &Stage) -> usize {
    let origin = stage.shop.url();
    let held = [true, false].map(|is_local| {
        let storage = json!({"securityOrigin": origin.trim_end_matches('/'), "isLocalStorage": is_local});
        let held =
            visitor.browser().devtools("DOMStorage.getDOMStorageItems", &json!({"storageId": storage}));
        held["entries"].as_array().map_or(0, Vec::len)
    });
    held.iter().sum()
}

/// What was asked of the worker since the last call. Nothing may be asked of anybody but it and the shop.
fn asked_of(visitor: &Visitor, stage: &Stage) -> Vec<String> {
    let (origin, shop) = (stage.rig.origin(), stage.shop.url());
    let socket = origin.replacen("http", "ws", 1);
    let is_there = |url: &String| url.starts_with(origin) || url.starts_with(&socket);
    let (theirs, other): (Vec<_>, Vec<_>) = visitor.traffic().into_iter().partition(is_there);
    let is_strange =
        |url: &&String| !url.starts_with(&shop) && !url.starts_with("data:") && !url.starts_with("chrome");
    assert_eq!(other.iter().find(is_strange), None, "somebody else is asked");
    theirs
}

#[test]
fn before_interaction_there_is_one_request_and_nothing_is_stored() {
    Stage::play(Rig::start(), |stage| {
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.url());
        visitor.script(AT_REST, &json!([]));
        let origin = stage.rig.origin();
        assert_eq!(asked_of(&visitor, stage), [format!("{origin}/w/demo.js")]);
        keeps_nothing(&visitor, stage);

        visitor.opens_chat();
        visitor.has_keyboard("@composer");
        visitor.until("the widget is connected", || {
            let keys = visitor.script("return Object.keys(localStorage);", &json!([]));
            keys.as_array().is_some_and(|keys| keys.contains(&json!("guichet.demo.secret"))).then_some(())
        });
        assert!(entries(&visitor, stage) > 0, "the browser's records do not tell");
        visitor.script(AT_REST, &json!([]));
        let asked = asked_of(&visitor, stage);
        let files: BTreeSet<&String> = asked.iter().filter(|url| url.starts_with("http")).collect();
        assert!(files.len() <= 4, "more than five requests to chat, the loader counted: {asked:?}");
        assert_eq!(asked.iter().filter(|url| url.starts_with("ws")).count(), 1, "{asked:?}");
        let secret = visitor.script("return localStorage['guichet.demo.secret'];", &json!([]));
        let secret = secret.as_str().expect("a secret");
        assert!(asked.iter().all(|url| !url.contains(secret)), "a secret in an address: {asked:?}");
    });
}

#[test]
fn the_shop_keeps_no_trace_of_a_visitor_who_only_looks_at_the_launcher() {
    Stage::play(Rig::start(), |stage| {
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.url());
        visitor.hovers("@launcher");
        let loaded = "return performance.getEntriesByType('resource').some((e) => e.name.endsWith('.wasm'));";
        visitor.until("the app is loaded at a hint of interest", || {
            (visitor.script(loaded, &json!([])) == Value::Bool(true)).then_some(())
        });
        visitor.script(AT_REST, &json!([]));
        keeps_nothing(&visitor, stage);
        assert!(!asked_of(&visitor, stage).iter().any(|url| url.starts_with("ws")), "a socket too early");
    });
}
