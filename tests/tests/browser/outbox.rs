//! What is written while the worker is gone.

use serde_json::json;
use tests::browser::{Page, Stage};
use tests::rig::Rig;

/// What browsers say about a worker that is gone.
fn expects_an_outage(page: &Page) {
    page.expects("WebSocket connection to");
    page.expects("net::ERR_CONNECTION_REFUSED");
}

#[test]
fn what_is_written_during_an_outage_survives_a_reload_and_arrives_once() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("Before the storm");
        operator.accepts();
        operator.hears("Before the storm");
        visitor.is_told("Before the storm", "read");
        expects_an_outage(&visitor);
        expects_an_outage(&operator);

        stage.rig.worker().kill_hard().expect("the worker ends");
        visitor.says("In the storm");
        visitor.is_told("In the storm", "sending");
        visitor.reads("@banner", "No connection");
        operator.sees("@connection[data-state=lost]");
        operator.says("Still writing");
        operator.reads("@message[data-state=sending]", "Still writing");

        visitor.comes_to(&stage.shop.url());
        visitor.opens_chat();
        visitor.is_told("In the storm", "sending");

        stage.rig.worker().restart().expect("the worker starts again");
        visitor.is_told("In the storm", "read");
        operator.hears("In the storm");
        operator.sees("@connection[data-state=online]");
        visitor.hears("Still writing");
        operator.reads("@message[data-author=operator][data-state=read]", "Still writing");
        visitor.says("After it");
        operator.hears("After it");
        for bubbles in [visitor.bubbles(), operator.bubbles()] {
            for words in ["Before the storm", "In the storm", "Still writing", "After it"] {
                assert_eq!(
                    bubbles.iter().filter(|text| text.as_str() == words).count(),
                    1,
                    "{words} in {bubbles:?}"
                );
            }
        }
    });
}

#[test]
fn a_loader_from_before_a_deployment_finds_the_app() {
    Stage::play(Rig::start(), |stage| {
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.url());
        let load = "const old = arguments[0] + '/a/widget-0123456789ab.';
            const app = await import(old + 'js');
            await app.default({ module_or_path: old + 'wasm' });
            return typeof app.mount;";
        assert_eq!(visitor.script(load, &json!([stage.rig.origin()])), json!("function"));
    });
}
