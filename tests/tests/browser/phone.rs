//! On a phone, whose keyboard takes half of the window.

use serde_json::{Value, json};
use tests::browser::{Stage, Visitor};
use tests::rig::Rig;

const PHONE: (u32, u32) = (390, 844);
/// What a keyboard leaves of it.
const WITH_KEYBOARD: (u32, u32) = (390, 480);

const ON_ITS_SIDE: (u32, u32) = (844, 390);

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
        for words in
            ["I see", "And what is on it?", "A picture?", "A number?", "Something else?", "Tell me more"]
        {
            operator.says(words);
        }
        visitor.hears("Tell me more");
        visitor.until("the last message is above the composer", || {
            let last = place(&visitor, "li:last-child .bubble");
            (last[0] > 0.0 && last[1] <= place(&visitor, ".composer")[0]).then_some(())
        });
        visitor.resize(ON_ITS_SIDE, true);
        visitor.touches(true);
        visitor.until("the panel fills the phone on its side", || {
            (place(&visitor, ".panel")[..4] == [0.0, 390.0, 0.0, 844.0]).then_some(())
        });
        visitor.click("@close");
        visitor.sees_no("@panel");
        visitor.sees("@launcher");
    });
}

#[test]
fn one_may_zoom_with_two_fingers_and_nothing_is_under_a_notch() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        visitor.resize(PHONE, true);
        visitor.touches(true);
        visitor.prefers("light");
        visitor.comes_to(&stage.shop.url());
        let insets = json!({"top": 47, "bottom": 34, "left": 0, "right": 0});
        let devtools = visitor.browser();
        devtools.devtools("Emulation.setSafeAreaInsetsOverride", &json!({"insets": insets}));
        visitor.until("the launcher is above the bar", || {
            (place(&visitor, "button")[1] <= 844.0 - 34.0).then_some(())
        });
        visitor.opens_chat();
        visitor.has_keyboard("@composer");
        visitor.until("the title is below the notch", || (place(&visitor, "h2")[0] >= 47.0).then_some(()));
        assert!(place(&visitor, "textarea")[1] <= 844.0 - 34.0, "the composer is under the bar");

        devtools.devtools("Emulation.setPageScaleFactor", &json!({"pageScaleFactor": 2}));
        let zoomed = "return [visualViewport.scale, [...document.querySelectorAll('meta[name=viewport]')].map((e) => e.content)];";
        visitor.until("the page is zoomed", || {
            let zoomed = visitor.script(zoomed, &json!([]));
            (zoomed == json!([2, ["width=device-width, initial-scale=1"]])).then_some(())
        });
        visitor.script(
            "await new Promise((on) => requestAnimationFrame(() => requestAnimationFrame(on)));",
            &json!([]),
        );
        assert_eq!(
            place(&visitor, ".panel")[..4],
            [0.0, 844.0, 0.0, 390.0],
            "the panel shrinks as one zooms"
        );
        let forbids = "const root = document.querySelector('guichet-chat').shadowRoot;
            return [...root.querySelectorAll('*')].map((e) => getComputedStyle(e).touchAction)
                .filter((action) => !['auto', 'manipulation'].includes(action));";
        assert_eq!(visitor.script(forbids, &json!([])), json!([]));
    });
}
