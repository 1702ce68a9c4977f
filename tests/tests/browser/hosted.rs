//! The channel's own page, by itself and in the frame of a page that forbids WebAssembly.

use serde_json::json;
use tests::browser::{Stage, key};
use tests::rig::Rig;

fn page(stage: &Stage) -> String {
    format!("{}/c/demo", stage.rig.origin())
}

#[test]
fn a_channel_has_a_page_of_its_own() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        visitor.go(&page(stage));
        visitor.has_keyboard("@composer");
        assert_eq!(visitor.script("return document.documentElement.lang;", &json!([])), "en-GB");
        visitor.sees_no("@launcher");
        visitor.sees_no("@close");
        visitor.says("Hello from the page");
        operator.accepts();
        operator.says("Hello to the page");
        visitor.hears("Hello to the page");
        visitor.press(&[key::ESCAPE]);
        visitor.sees("@panel");
        visitor.reload();
        visitor.hears("Hello to the page");
        visitor.is_accessible("the channel's own page", "body");
    });
}

#[test]
fn the_page_is_in_the_language_that_is_asked_for() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        visitor.go(&format!("{}?lang=fr", page(stage)));
        visitor.sees("@panel");
        let hint = visitor.sees("@composer").attribute("placeholder").to_owned();
        assert!(hint.contains("message"), "{hint}");
        assert!(visitor.sees("@send").attribute("aria-label").contains("Envoyer"));
    });
}

#[test]
fn where_a_page_forbids_webassembly_the_chat_is_framed() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        visitor.expects("WebAssembly");
        visitor.comes_to(&stage.shop.without_wasm());
        visitor.click("@launcher");
        visitor.enter_frame("iframe");
        visitor.has_keyboard("@composer");
        visitor.says("Hello from the frame");
        operator.accepts();
        operator.says("Hello to the frame");
        visitor.hears("Hello to the frame");
        visitor.click("@close");
        visitor.leave_frame();
        visitor.sees_no("iframe");
        visitor.has_keyboard("@launcher");
        operator.says("Are you there?");
        visitor.reads("@badge", "1");
        visitor.click("@launcher");
        visitor.enter_frame("iframe");
        visitor.hears("Are you there?");
        visitor.has_keyboard("@composer");
        visitor.leave_frame();
        visitor.sees_no("@badge");
        visitor.script("Guichet.close();", &json!([]));
        visitor.sees_no("iframe");
        visitor.script("Guichet.open();", &json!([]));
        visitor.sees("iframe");
    });
}

#[test]
fn where_a_page_forbids_frames_too_it_leads_to_a_window() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        visitor.expects("WebAssembly");
        visitor.expects("frame-src");
        visitor.comes_to(&stage.shop.without_frames());
        for _ in 0..2 {
            visitor.click("@launcher");
            visitor.reads("@note", "cannot open on this page");
            visitor.sees_no("iframe");
        }
        let elsewhere = visitor.tab_opened_by(|| visitor.click("@note a"));
        visitor.show_tab(&elsewhere);
        visitor.has_keyboard("@composer");
    });
}
