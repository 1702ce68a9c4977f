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
