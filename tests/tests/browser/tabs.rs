//! The same person twice.

use tests::browser::Stage;
use tests::rig::Rig;

#[test]
fn two_tabs_of_a_visitor_show_the_same_conversation_once() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("From the first tab");
        visitor.is_told("From the first tab", "sent");
        operator.accepts();
        let (first, second) = visitor.new_tab();
        visitor.comes_to(&stage.shop.url());
        visitor.opens_chat();
        visitor.is_told("From the first tab", "read");
        visitor.says("From the second tab");
        operator.hears("From the second tab");
        operator.says("I read you in both");
        for tab in [&first, &second] {
            visitor.show_tab(tab);
            visitor.hears("I read you in both");
            let bubbles: Vec<_> =
                visitor.bubbles().into_iter().filter(|text| !text.starts_with("Hello")).collect();
            assert_eq!(bubbles, ["From the first tab", "From the second tab", "I read you in both"]);
        }
        assert_eq!(operator.texts("@thread @message[data-author=visitor] .bubble").len(), 2);
    });
}

#[test]
fn two_tabs_of_an_operator_agree() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let (first, second) = operator.new_tab();
        operator.go(&stage.console());
        operator.is_at_desk();
        operator.click("@presence");
        operator.sees("@presence[data-available=false]");
        operator.show_tab(&first);
        operator.sees("@presence[data-available=false]");
        operator.click("@presence");
        operator.sees("@presence[data-available=true]");
        operator.show_tab(&second);
        operator.sees("@presence[data-available=true]");
        let visitor = stage.visitor_in_chat();
        visitor.says("One chat, two tabs");
        operator.accepts();
        operator.show_tab(&first);
        operator.reads("@group-work @row", "One chat, two tabs");
        operator.counts("@row", 1);
    });
}
