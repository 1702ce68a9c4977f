//! Text that tries to be more than text.

use serde_json::json;
use tests::browser::{Page, Stage};
use tests::rig::Rig;

const TEXTS: [&str; 9] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=\"window.harmed = 1\">",
    "<svg/onload=window.harmed=1>",
    "[link](javascript:window.harmed=1) & &lt;b&gt; &amp;",
    "\u{202e}gnp.exe\u{202c} and a\u{200b}b\u{feff}c",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} hello \u{645}\u{631}\u{62d}\u{628}\u{627}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f3f3}\u{fe0f}\u{200d}\u{1f308} e\u{301}\u{323}",
    "{visitor} {{7*7}} ${7*7} %s",
    "' OR 1=1; --",
];

/// Whether a page has anything in it that only markup could have put there, or has run what it was given.
fn is_unharmed(page: &Page) {
    let look = "const roots = [document, document.querySelector('guichet-chat')?.shadowRoot].filter(Boolean);
        const made = roots.flatMap((root) => [...root.querySelectorAll('img, svg[onload], a[href^=javascript], .bubble *')]);
        return [window.harmed ?? null, made.map((element) => element.outerHTML)];";
    assert_eq!(page.script(look, &json!([])), json!([null, []]));
}

#[test]
fn markup_and_strange_characters_are_shown_as_they_were_written() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let operator = stage.operator(&stage.rig.join("<img src=x onerror=window.harmed=1>"));
        let visitor = stage.visitor_in_chat();
        for (count, text) in TEXTS.into_iter().enumerate() {
            visitor.click("@composer");
            visitor.paste(text);
            visitor.click("@send");
            visitor.counts("@message[data-author=visitor][data-seq]", count + 1);
        }
        operator.reads("@row", TEXTS[8]);
        operator.accepts();
        operator.counts("@thread @message[data-author=visitor]", TEXTS.len());
        assert_eq!(operator.texts("@thread @message[data-author=visitor] .bubble"), TEXTS);
        assert_eq!(visitor.texts("@message[data-author=visitor] .bubble"), TEXTS);
        for (count, text) in TEXTS.into_iter().enumerate() {
            operator.click("@composer");
            operator.paste(text);
            operator.click("@send");
            visitor.counts("@message[data-author=operator]", count + 1);
        }
        assert_eq!(visitor.texts("@message[data-author=operator] .bubble"), TEXTS);
        visitor.reads("@status", "<img src=x onerror=window.harmed=1>");
        is_unharmed(&visitor);
        is_unharmed(&operator);
    });
}

#[test]
fn addresses_can_be_opened_and_lead_nowhere_else() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        let own = format!("{}/c/demo", stage.rig.origin());
        visitor.says(&format!("See ({own}), or javascript:alert(1)"));
        operator.accepts();
        let link = operator.sees("@thread .bubble a");
        assert_eq!((link.text.as_str(), link.attribute("href")), (own.as_str(), own.as_str()));
        assert_eq!(operator.all("@thread .bubble a").len(), 1);
        operator.says("Look at https://shop.example/a?b, please");
        let link = visitor.sees("@message[data-author=operator] .bubble a");
        assert_eq!(link.attribute("href"), "https://shop.example/a?b");
        assert_eq!(link.attribute("rel"), "noopener noreferrer nofollow");
        let opened = visitor.tab_opened_by(|| visitor.click("@message[data-author=visitor] .bubble a"));
        visitor.show_tab(&opened);
        visitor.sees("@composer");
        assert_eq!(
            visitor.script("return [window.opener, document.referrer];", &json!([])),
            json!([null, ""])
        );
    });
}

#[test]
fn a_text_that_is_too_long_cannot_be_sent() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.click("@composer");
        visitor.paste(&"\u{1f600}".repeat(4_001));
        visitor.reads("@count", "Too long by 1 character");
        assert_eq!(visitor.sees("@send").attribute("disabled"), "");
        visitor.press(&['\u{e003}']);
        visitor.click("@send");
        visitor.is_told("\u{1f600}", "sent");
        operator.accepts();
        operator.hears(&"\u{1f600}".repeat(4_000));
    });
}
