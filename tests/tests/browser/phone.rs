//! On a phone, whose keyboard takes half of the window.

use serde_json::{Value, json};
use tests::browser::{Stage, Visitor};
use tests::rig::Rig;

const PHONE: (u32, u32) = (390, 844);
/// What a keyboard leaves of it.
const WITH_KEYBOARD: (u32, u32) = (390, 480);

/// Top, bottom, left and right of a part of the widget, and the size of its letters.
fn place(visitor: &Visitor, selector: &str) -> Vec<f64> {
    let look = "const part = document.querySelector('guichet-chat').shadowRoot.querySelector(arguments[0]);
        const { top, bottom, left, right } = part.getBoundingClientRect();
        return [top, bottom, left, right, parseFloat(getComputedStyle(part).fontSize)];";
    let place = visitor.script(look, &json!([selector]));
    place.as_array().expect("a place").iter().filter_map(Value::as_f64).collect()
}

#[test]
fn the_panel_fills_a_phone_and_the_composer_stays_above_its_keyboard() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        visitor.resize(PHONE, true);
        visitor.prefers("light");
        visitor.comes_to(&stage.shop.url());
        visitor.opens_chat();
        let fills = |height: f64| {
            let panel = place(&visitor, ".panel");
            (panel[..4] == [0.0, height, 0.0, 390.0]).then_some(())
        };
        visitor.until("the panel fills the phone", || fills(844.0));
        assert!(place(&visitor, "textarea")[4] >= 16.0, "phones zoom into fields with smaller letters");
        visitor.resize(WITH_KEYBOARD, true);
        visitor.until("the panel fills what the keyboard leaves", || fills(480.0));
        let composer = place(&visitor, ".composer");
        assert!(composer[0] > 0.0 && composer[1] <= 480.0, "the composer is hidden: {composer:?}");
        visitor.says("From my phone");
        operator.accepts();
        operator.says("I see");
        visitor.hears("I see");
        visitor.click("@close");
        visitor.sees_no("@panel");
        visitor.sees("@launcher");
    });
}
