//! With the keyboard alone, and what the launcher tells while the panel is closed.

use tests::browser::{Stage, Visitor, key};
use tests::rig::Rig;

/// More steps than any page here takes.
const STEPS_MAX: usize = 60;

/// Presses Tab, or Shift and Tab, until an element has the keyboard.
fn tabs_to(visitor: &Visitor, selector: &str, keys: &[char]) {
    for _ in 0..STEPS_MAX {
        if visitor.all(selector).iter().any(|seen| seen.focused) {
            return;
        }
        visitor.press(keys);
    }
    panic!("{selector} cannot be reached with {keys:?}");
}

#[test]
fn a_chat_is_held_with_the_keyboard_alone() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.url());
        tabs_to(&visitor, "@launcher", &[key::TAB]);
        visitor.press(&[key::ENTER]);
        visitor.has_keyboard("@composer");
        visitor.type_in("Good day");
        visitor.press(&[key::SHIFT, key::ENTER]);
        visitor.type_in("to you");
        visitor.press(&[key::ENTER]);
        visitor.is_told("Good day\nto you", "sent");
        visitor.has_keyboard("@composer");

        operator.sees("@group-new @row");
        operator.press(&['j']);
        operator.sees("@thread");
        operator.click("@thread @accept");
        operator.has_keyboard("@composer");
        operator.type_in("Good day");
        operator.press(&[key::ENTER]);
        visitor.hears("Good day");
        operator.closes_chat();

        visitor.sees("@rate-good");
        tabs_to(&visitor, "@rate-good", &[key::SHIFT, key::TAB]);
        visitor.press(&[key::SPACE]);
        visitor.sees("@comment");
        tabs_to(&visitor, "@comment", &[key::TAB]);
        visitor.type_in("No mouse was needed");
        visitor.press(&[key::TAB]);
        visitor.press(&[key::ENTER]);
        visitor.has_keyboard("@thanks");
        operator.reads("@thread @event", "No mouse was needed");
        visitor.press(&[key::ESCAPE]);
        visitor.sees_no("@panel");
        visitor.has_keyboard("@launcher");
    });
}

#[test]
fn the_launcher_counts_what_was_not_read() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("Are you there?");
        operator.accepts();
        visitor.reads("@event", "is with you now");
        visitor.press(&[key::ESCAPE]);
        visitor.sees_no("@panel");
        visitor.has_keyboard("@launcher");
        visitor.sees_no("@badge");
        operator.says("Yes");
        visitor.reads("@badge", "1");
        operator.says("I am");
        visitor.reads("@badge", "2");
        let launcher = visitor.sees("@launcher");
        assert_eq!(launcher.attribute("aria-label"), "Chat, 2 unread messages");
        operator.reads("@message[data-state=sent]", "I am");
        visitor.press(&[key::ENTER]);
        visitor.has_keyboard("@composer");
        operator.reads("@message[data-state=read]", "I am");
        visitor.click("@close");
        visitor.has_keyboard("@launcher");
        visitor.sees_no("@badge");
        assert_eq!(visitor.sees("@launcher").attribute("aria-label"), "Chat");
    });
}

/// What has the keyboard in the widget, and whether one sees that it has. None if it is elsewhere.
fn stop(visitor: &Visitor) -> Option<(String, bool)> {
    let look = "const e = document.querySelector('guichet-chat').shadowRoot.activeElement;
        if (!e) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(e);
        const line = getComputedStyle(e.closest('.composer') ?? e).borderTopColor;
        const grey = getComputedStyle(e.closest('.panel') ?? e).getPropertyValue('--g-line');
        const probe = Object.assign(new Option(), { style: `color: ${grey}` }).style.color;
        const marked = e.matches('.composer textarea') ? line !== probe : outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        return [e.dataset.g ?? e.className, marked];";
    serde_json::from_value(visitor.script(look, &serde_json::json!([]))).expect("a stop")
}

/// Where the keyboard goes, from where it is until it leaves the widget.
fn stops(visitor: &Visitor, keys: &[char]) -> Vec<String> {
    let mut stops = Vec::new();
    while let Some((name, is_marked)) = stop(visitor) {
        assert!(is_marked, "nobody sees that {name} has the keyboard");
        assert!(stops.len() < STEPS_MAX, "the keyboard is trapped: {stops:?}");
        stops.push(name);
        visitor.press(keys);
    }
    stops
}

#[test]
fn the_keyboard_goes_through_the_panel_in_order_and_out_of_it() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        visitor.prefers("light");
        visitor.comes_to(&stage.shop.url());
        tabs_to(&visitor, "@launcher", &[key::TAB]);
        assert_eq!(stops(&visitor, &[key::TAB]), ["launcher"]);
        tabs_to(&visitor, "@launcher", &[key::SHIFT, key::TAB]);
        visitor.press(&[key::ENTER]);
        visitor.has_keyboard("@composer");
        visitor.type_in("Hello");
        assert_eq!(stops(&visitor, &[key::TAB]), ["composer", "send"]);
        tabs_to(&visitor, "@composer", &[key::SHIFT, key::TAB]);
        visitor.press(&[key::ENTER]);
        operator.accepts();
        operator.says("Good day");
        visitor.hears("Good day");
        visitor.sees("@rate-open");
        let back = ["composer", "attach", "messages", "close", "more", "end", "rate-open"];
        assert_eq!(stops(&visitor, &[key::SHIFT, key::TAB]), back);

        // Escape closes what was opened last.
        tabs_to(&visitor, "@end", &[key::TAB]);
        visitor.press(&[key::ENTER]);
        visitor.sees("@end-confirm");
        visitor.press(&[key::ESCAPE]);
        visitor.sees_no("@end-confirm");
        visitor.has_keyboard("@end");
        visitor.press(&[key::ENTER]);
        tabs_to(&visitor, "@end-confirm", &[key::TAB]);
        assert_eq!(stop(&visitor), Some(("end-confirm".into(), true)));
        visitor.press(&[key::ENTER]);
        visitor.reads("@event", "You ended the chat");
        visitor.has_keyboard("@composer");

        tabs_to(&visitor, "@rate-good", &[key::SHIFT, key::TAB]);
        visitor.press(&[key::SPACE]);
        tabs_to(&visitor, "@comment", &[key::TAB]);
        assert_eq!(stop(&visitor), Some(("comment".into(), true)));
        visitor.type_in("No mouse");
        tabs_to(&visitor, "@rate-submit", &[key::TAB]);
        visitor.press(&[key::ENTER]);
        visitor.has_keyboard("@thanks");
        tabs_to(&visitor, "@rate-change", &[key::TAB]);
        visitor.press(&[key::ENTER]);
        visitor.has_keyboard("@rating");
        tabs_to(&visitor, "@rate-later", &[key::TAB]);
        visitor.press(&[key::ENTER]);
        visitor.has_keyboard("@composer");
        visitor.press(&[key::ESCAPE]);
        visitor.has_keyboard("@launcher");
    });
}
