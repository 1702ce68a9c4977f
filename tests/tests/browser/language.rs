//! Each language as those who speak it would expect it.

use std::collections::BTreeSet;
use tests::browser::Stage;
use tests::rig::Rig;

#[test]
fn a_french_page_speaks_french() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.page_in("fr"));
        assert_eq!(visitor.sees("@launcher").attribute("aria-label"), "Discussion");
        visitor.opens_chat();
        assert_eq!(visitor.sees("@composer").attribute("placeholder"), "\u{c9}crivez votre message");
        visitor.says("Bonjour");
        visitor.reads("@message[data-author=visitor]", "Envoy\u{e9}");
        visitor.reads("@message[data-author=channel]", "Bonjour, merci de votre message.");
    });
}

#[test]
fn a_channel_speaks_twelve_languages() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        let mut hints = BTreeSet::new();
        for lang in ["en", "fr", "de", "es", "pt", "it", "nl", "pl", "ar", "he", "ja", "zh"] {
            visitor.go(&format!("{}/c/demo?lang={lang}-XX", stage.rig.origin()));
            let panel = visitor.sees("@panel");
            let dir = if matches!(lang, "ar" | "he") { "rtl" } else { "ltr" };
            assert_eq!((panel.attribute("lang"), panel.attribute("dir")), (lang, dir));
            hints.insert(visitor.sees("@composer").attribute("placeholder").to_owned());
            visitor.is_accessible(lang, "body");
        }
        assert_eq!(hints.len(), 12, "a language borrows another's words: {hints:?}");
        visitor.go(&format!("{}/c/demo?lang=tlh", stage.rig.origin()));
        assert_eq!(visitor.sees("@panel").attribute("lang"), "en", "where we have no words");
    });
}

#[test]
fn what_is_counted_is_in_the_right_plural() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        for (lang, left, told) in [
            ("en", 1, "1 character left"),
            ("en", 2, "2 characters left"),
            ("pl", 1, "Zosta\u{142} 1 znak"),
            ("pl", 3, "Zosta\u{142}y 3 znaki"),
            ("pl", 5, "Zosta\u{142}o 5 znak\u{f3}w"),
            ("ar", 2, "\u{628}\u{642}\u{64a} \u{62d}\u{631}\u{641}\u{627}\u{646}"),
        ] {
            visitor.go(&format!("{}/c/demo?lang={lang}", stage.rig.origin()));
            visitor.click("@composer");
            visitor.paste(&"x".repeat(4_000 - left));
            visitor.reads("@count", told);
        }
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
