//! What a screen reader is told of the widget.

use tests::browser::{Stage, Visitor};
use tests::rig::Rig;

/// What can be used, in order, as `role: name`.
fn used(visitor: &Visitor) -> Vec<String> {
    let heard = visitor.heard();
    heard.iter().filter(|part| part.is_used()).map(|part| format!("{}: {}", part.role, part.name)).collect()
}

fn is_told(visitor: &Visitor, parts: &[&str]) {
    visitor.until(&format!("a screen reader is told {parts:?}"), || {
        let used = used(visitor);
        if used != parts {
            eprintln!("{used:?}");
        }
        (used == parts).then_some(())
    });
}

fn hears(lang: &str, closed: &[&str], talking: &[&str], rating: &[&str]) {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.page_in(lang));
        is_told(&visitor, closed);
        visitor.opens_chat();
        visitor.says("1");
        operator.accepts();
        operator.says("2");
        visitor.hears("2");
        is_told(&visitor, talking);
        operator.closes_chat();
        visitor.click("@rate-bad");
        is_told(&visitor, rating);
    });
}

#[test]
fn everything_has_a_name_in_english() {
    let closed = ["button: Chat"];
    let talking = [
        "dialog: Talk to us",
        "button: Rate this chat",
        "button: End chat",
        "button: More",
        "button: Close",
        "log: Messages",
        "button: Attach a file",
        "textbox: Your message",
        "button: Send",
    ];
    let rating = [
        "dialog: Talk to us",
        "button: More",
        "button: Close",
        "log: Messages",
        "button: Good",
        "button: Not good",
        "textbox: What could we do better? (optional)",
        "button: Send rating",
        "button: Close",
        "button: Attach a file",
        "textbox: Your message",
        "button: Send",
    ];
    hears("en", &closed, &talking, &rating);
}

#[test]
fn everything_has_a_name_in_french() {
    let closed = ["button: Discussion"];
    let talking = [
        "dialog: \u{c9}crivez-nous",
        "button: Donner votre avis",
        "button: Terminer la discussion",
        "button: Plus",
        "button: Fermer",
        "log: Messages",
        "button: Joindre un fichier",
        "textbox: Votre message",
        "button: Envoyer",
    ];
    let rating = [
        "dialog: \u{c9}crivez-nous",
        "button: Plus",
        "button: Fermer",
        "log: Messages",
        "button: Bien",
        "button: Pas bien",
        "textbox: Que pouvons-nous am\u{e9}liorer ? (facultatif)",
        "button: Envoyer l\u{2019}avis",
        "button: Fermer",
        "button: Joindre un fichier",
        "textbox: Votre message",
        "button: Envoyer",
    ];
    hears("fr", &closed, &talking, &rating);
}
