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
