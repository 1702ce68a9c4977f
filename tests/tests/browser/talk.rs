//! The whole road: set-up, arrival, offer, talk, close, rating, and coming back.

use tests::browser::Stage;
use tests::rig::Rig;

#[test]
fn a_visitor_and_an_operator_talk() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.stranger();
        operator.go(&stage.setup_link());
        operator.makes_account("Ana Morel", "ana@shop.example", "a counter window");
        operator.is_at_desk();
        operator.reads("@empty", "No chats yet");
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.url());
        visitor.opens_chat();
        visitor.says("Do you wrap parcels for Portugal?");
        visitor.reads("@message[data-author=channel]", "Someone will be with you in a moment");
        visitor.is_told("Portugal", "sent");

        // A countdown, a badge in the title.
        operator.reads("@group-new @row", "Portugal");
        operator.reads("@countdown", ":");
        operator.until("the title counts the offer", || operator.title().starts_with("(1)").then_some(()));
        operator.accepts();
        operator.until("the title is quiet again", || (operator.title() == "Guichet").then_some(()));
        operator.hears("Do you wrap parcels for Portugal?");
        visitor.reads("@event", "Ana Morel is with you now");
        visitor.is_told("Portugal", "read");

        operator.write("@composer", "Of course.");
        visitor.reads("@typing", "Ana Morel is writing");
        operator.click("@send");
        visitor.hears("Of course.");
        visitor.sees_no("@typing");
        visitor.write("@composer", "And to Brazil?");
        operator.sees("@thread @typing");
        visitor.click("@send");
        operator.hears("And to Brazil?");
        operator.sees_no("@thread @typing");
    });
}
