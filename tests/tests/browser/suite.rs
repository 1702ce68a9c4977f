//! The suite itself: what it promises to notice, it does.

use serde_json::json;
use tests::browser::Stage;
use tests::rig::Rig;

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
