//! The whole road: set-up, arrival, offer, talk, close, rating, and coming back.

use serde_json::json;
use tests::browser::{Operator, Stage};
use tests::rig::Rig;

/// Counts the notes that a page plays.
const LISTEN: &str = "window.notes = 0;
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () { window.notes += 1; return make.call(this); };";

fn has_rung(operator: &Operator) -> Option<()> {
    let notes = operator.script("return window.notes;", &json!([]));
    notes.as_u64().filter(|notes| *notes > 0).map(|_| ())
}

#[test]
fn a_visitor_and_an_operator_talk() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.stranger();
        operator.browser().devtools("Page.addScriptToEvaluateOnNewDocument", &json!({"source": LISTEN}));
        operator.go(&stage.setup_link());
        operator.makes_account("Ana Morel", "ana@shop.example", "a counter window");
        operator.is_at_desk();
        operator.reads("@empty", "No chats yet");

        let visitor = stage.visitor_in_chat();
        visitor.has_keyboard("@composer");
        visitor.says("Do you wrap parcels for Portugal?");
        visitor.reads("@message[data-author=channel]", "Someone will be with you in a moment");
        visitor.is_told("Portugal", "sent");

        operator.reads("@group-new @row", "Portugal");
        operator.reads("@countdown", ":");
        operator.until("the title counts the offer", || operator.title().starts_with("(1)").then_some(()));
        operator.until("a sound is played", || has_rung(&operator));
        operator.accepts();
        operator.until("the title is quiet again", || (operator.title() == "Guichet").then_some(()));
        operator.hears("Do you wrap parcels for Portugal?");
        visitor.reads("@event", "Ana Morel is with you now");
        visitor.reads("@status", "Ana Morel");
        visitor.is_told("Portugal", "read");

        operator.write("@composer", "Of course.");
        visitor.reads("@typing", "Ana Morel is writing");
        operator.click("@send");
        visitor.hears("Of course.");
        visitor.sees_no("@typing");
        operator.reads("@message[data-author=operator][data-state=read]", "Of course.");
        operator.sees("@group-answered @row");
        visitor.write("@composer", "And to Brazil?");
        operator.sees("@thread @typing");
        visitor.click("@send");
        operator.hears("And to Brazil?");
        operator.sees_no("@thread @typing");
        operator.sees("@group-work @row");

        operator.click("@note-toggle");
        operator.says("Ask the post office first.");
        operator.reads("@message[data-note=true]", "Ask the post office first.");
        operator.click("@note-toggle");
        operator.says("Yes, in nine days.");
        visitor.hears("Yes, in nine days.");
        // The note came before this answer: it would be here by now.
        assert!(!visitor.bubbles().iter().any(|text| text.contains("post office")));

        operator.closes_chat();
        visitor.reads("@event", "The chat was closed");
        visitor.click("@rate-good");
        visitor.write("@comment", "Quick and kind");
        visitor.click("@rate-submit");
        visitor.reads("@thanks", "Thank you");
        operator.reads("@thread @event", "Rated: good");
        operator.reads("@thread @event", "Quick and kind");

        visitor.says("One more thing");
        visitor.sees_no("@thanks");
        operator.hears("One more thing");
        operator.reads("@thread @event", "goes on");
        operator.says("I am listening");
        visitor.hears("I am listening");
        assert_eq!(
            visitor
                .bubbles()
                .iter()
                .filter(|text| !text.contains("thank you for your message"))
                .collect::<Vec<_>>(),
            [
                "Do you wrap parcels for Portugal?",
                "Of course.",
                "And to Brazil?",
                "Yes, in nine days.",
                "One more thing",
                "I am listening"
            ]
        );
    });
}

#[test]
fn a_visitor_ends_the_chat_and_says_what_was_not_good() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("Hello");
        operator.accepts();
        visitor.click("@end");
        visitor.click("@end-confirm");
        visitor.reads("@event", "You ended the chat");
        operator.reads("@thread @event", "The visitor ended the chat");
        operator.sees_no("@thread @composer");
        visitor.click("@rate-bad");
        operator.reads("@thread @event", "Rated: not good");
    });
}
