//! Every screen, in light and dark colours, before axe-core.

use serde_json::json;
use shared::hours::{Hours, Interval};
use tests::browser::{Operator, Stage, Visitor, key};
use tests::rig::{Rig, demo};

fn widget(visitor: &Visitor, what: &str) {
    visitor.is_accessible(&format!("the widget, {what}"), "guichet-chat");
}

fn console(operator: &Operator, what: &str) {
    operator.is_accessible(&format!("the console, {what}"), "html");
}

#[test]
fn nothing_in_the_widget_keeps_people_out() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.url());
        widget(&visitor, "closed");
        visitor.opens_chat();
        visitor.has_keyboard("@composer");
        widget(&visitor, "opened for the first time");
        visitor.says("Hello");
        visitor.reads("@message[data-author=channel]", "thank you");
        operator.accepts();
        operator.says("Good day");
        visitor.hears("Good day");
        operator.write("@composer", "One moment");
        visitor.sees("@typing");
        visitor.click("@end");
        visitor.sees("@end-confirm");
        widget(&visitor, "in a conversation");
        visitor.press(&[key::ESCAPE]);
        visitor.press(&[key::ESCAPE]);
        operator.click("@send");
        visitor.reads("@badge", "1");
        widget(&visitor, "with an unread message");
        visitor.opens_chat();
        operator.closes_chat();
        visitor.click("@rate-bad");
        visitor.sees("@comment");
        widget(&visitor, "with the rating");
        visitor.click("@rate-submit");
        visitor.sees("@thanks");
        widget(&visitor, "with thanks");
        operator.click("@thread @close");
        operator.click("@close-confirm");
        operator.sees_no("@group-answered @row");
        // Open for one minute of the week.
        let week = vec![Interval { day: 6, start: 0, end: 1 }];
        let hours = Hours { zone: "Pacific/Kiritimati".into(), week, exceptions: Vec::new() };
        stage.rig.settle(&demo(), |settings| settings.working_hours.schedule = Some(hours.clone()));
        visitor.reload();
        visitor.opens_chat();
        visitor.sees("@notice");
        widget(&visitor, "off hours");
    });
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
