//! Every screen of the console, in light and dark colours, before axe-core. Those of the widget are in `states.rs`.

use serde_json::json;
use tests::browser::{Operator, Stage};
use tests::rig::Rig;

fn console(operator: &Operator, what: &str) {
    operator.is_accessible(&format!("the console, {what}"), "html");
}

#[test]
fn nothing_in_the_console_keeps_people_out() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.stranger();
        operator.go(&stage.setup_link());
        operator.sees("@setup-form");
        console(&operator, "set-up");
        operator.click("@submit");
        operator.sees("@field-error");
        console(&operator, "set-up with errors");
        operator.makes_account("Ana Morel", "ana@shop.example", "a counter window");
        operator.is_at_desk();
        operator.reads("@empty", "No chats yet");
        console(&operator, "empty");
        let visitor = stage.visitor_in_chat();
        visitor.says("Hello");
        operator.sees("@group-new @accept");
        console(&operator, "with an offer");
        operator.accepts();
        operator.click("@note-toggle");
        operator.says("A note");
        operator.reads("@message[data-note=true]", "A note");
        operator.click("@note-toggle");
        operator.says("Good day");
        visitor.hears("Good day");
        visitor.write("@composer", "And");
        operator.sees("@thread @typing");
        operator.click("@thread @close");
        operator.sees("@close-confirm");
        console(&operator, "in a thread");
        operator.click("@close-confirm");
        visitor.click("@rate-good");
        operator.reads("@thread @event", "Rated: good");
        operator.click("@presence");
        operator.sees("@presence[data-available=false]");
        console(&operator, "on a break, after the end");
        for (panel, words) in [("team", "Invite"), ("channels", "Demo shop"), ("channels/demo", "Members")] {
            operator.script("location.hash = arguments[0];", &json!([format!("#/{panel}")]));
            operator.reads("main", words);
            console(&operator, panel);
        }
    });
}
