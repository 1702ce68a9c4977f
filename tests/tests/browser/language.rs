//! French, as a French person would expect it.

use tests::browser::Stage;
use tests::rig::Rig;

#[test]
fn a_french_page_speaks_french() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.french());
        assert_eq!(visitor.sees("@launcher").attribute("aria-label"), "Discussion");
        visitor.opens_chat();
        assert_eq!(visitor.sees("@composer").attribute("placeholder"), "\u{c9}crivez votre message");
        visitor.says("Bonjour");
        visitor.reads("@message[data-author=visitor]", "Envoy\u{e9}");
        visitor.reads("@message[data-author=channel]", "Bonjour, merci de votre message.");
    });
}

#[test]
fn the_console_speaks_the_language_of_the_browser() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.stranger_from("fr");
        operator.go(&stage.setup_link());
        operator.reads("@setup-form", "Cr\u{e9}er mon compte");
        operator.makes_account("L\u{e9}a Martin", "lea@shop.example", "une phrase assez longue");
        operator.is_at_desk();
        operator.reads("@presence", "Disponible");
        operator.reads("@empty", "Aucune conversation");
    });
}
