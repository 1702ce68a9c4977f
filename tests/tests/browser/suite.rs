//! The suite itself: what it promises to notice, it does.

use serde_json::json;
use tests::browser::Stage;
use tests::rig::Rig;

/// What the widget must not be: nameless, small, in motion, without edges, too wide.
const SPOILT: &str = "const root = document.querySelector('guichet-chat').shadowRoot;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`[data-g=close] { width: 20px; min-width: 0; animation: g-appear 9s !important; }
        .panel { border: 0 !important; } .send { border: 0 !important; display: block; } .send svg { display: none; }
        .titles { width: 900px; flex: none; } .middle { margin-bottom: -130px; z-index: 1; }`);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    root.querySelector('[data-g=close]').removeAttribute('aria-label');
    root.querySelector('[data-g=close]').removeAttribute('title');
    root.querySelector('.log').ariaLive = 'assertive';
    root.querySelector('.aloud').textContent = '';";

#[test]
fn what_keeps_people_out_is_noticed() {
    let stage = Stage::new(Rig::start());
    let visitor = stage.visitor_in_chat();
    visitor.has_keyboard("@composer");
    visitor.sees("@available");
    let nothing = || {};
    assert_eq!(visitor.barriers("well", &nothing), Vec::<String>::new());
    visitor.script(SPOILT, &json!([]));
    let barriers = visitor.barriers("spoilt", &nothing).join("\n");
    for words in [
        "button-name",
        "moves",
        "a button has no name",
        "the log is \"assertive\"",
        "is said 0 times",
        "has no edge",
        "is too small: 20",
        "stands out of the panel",
        "is covered or cut off",
        "overlaps",
        "is cut, or scrolls sideways",
    ] {
        assert!(barriers.contains(words), "{words} is not noticed in\n{barriers}");
    }
}

#[test]
fn a_violation_of_the_policy_and_a_nameless_button_are_noticed() {
    let stage = Stage::new(Rig::start());
    let visitor = stage.visitor();
    visitor.comes_to(&stage.shop.url());
    assert_eq!(visitor.faults("guichet-chat"), Vec::<String>::new());
    assert_eq!((stage.shop.reports(), visitor.complaints()), (Vec::new(), Vec::new()));
    visitor.script(
        "document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/x.png' }));",
        &json!([]),
    );
    visitor.until("the violation is reported", || stage.shop.reports().pop());
    let complaints = visitor.complaints();
    assert!(complaints.iter().any(|words| words.contains("Content Security Policy")), "{complaints:?}");
    let rename = "document.querySelector('guichet-chat').shadowRoot.querySelector('button').removeAttribute('aria-label');";
    visitor.script(rename, &json!([]));
    assert!(visitor.faults("guichet-chat").iter().any(|words| words.starts_with("button-name")));
}

/// The policy under which every test runs, the addresses aside: what `docs/embedding.md` says that a page has to allow, and
/// what the shop itself needs.
const POLICY: [&str; 9] = [
    "default-src 'none'",
    "script-src 'self' WORKER 'wasm-unsafe-eval'",
    "connect-src 'self' WORKER SOCKET",
    "style-src 'self'",
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "base-uri 'none'",
    "form-action 'none'",
];

#[test]
fn the_policy_of_the_shop_is_as_strict_as_is_said_and_errors_are_noticed() {
    let stage = Stage::new(Rig::start());
    let visitor = stage.visitor();
    visitor.comes_to(&stage.shop.url());
    let header = "return (await fetch(location.href)).headers.get('content-security-policy');";
    let policy = visitor.script(header, &json!([]));
    let origin = stage.rig.origin();
    let policy = policy.as_str().expect("a policy").replace(&origin.replacen("http", "ws", 1), "SOCKET");
    let policy = policy.replace(origin, "WORKER");
    let directives: Vec<_> = policy.split("; ").filter(|part| !part.starts_with("report-uri")).collect();
    assert_eq!(directives, POLICY);

    // What a browser makes of it.
    let tries = "const refused = (run) => { try { run(); return false; } catch { return true; } };
        document.body.append(Object.assign(document.createElement('style'), { textContent: 'body { color: red }' }));
        return [refused(() => document.body.innerHTML = '<p>'), refused(() => trustedTypes.createPolicy('a', {})),
            document.styleSheets.length];";
    assert_eq!(visitor.script(tries, &json!([])), json!([true, true, 1]));
    visitor.until("the violations are reported", || (stage.shop.reports().len() >= 3).then_some(()));
    assert!(!visitor.complaints().is_empty());

    visitor.script("setTimeout(() => { throw new Error('a fault of ours'); });", &json!([]));
    visitor.until("the error is noticed", || {
        visitor.complaints().iter().any(|words| words.contains("a fault of ours")).then_some(())
    });
    visitor.script("Promise.reject(new Error('a promise of ours'));", &json!([]));
    visitor.until("the rejection is noticed", || {
        visitor.complaints().iter().any(|words| words.contains("a promise of ours")).then_some(())
    });
}
