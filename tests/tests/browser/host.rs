//! The page around the widget: neither of the two is another for the other.

use serde_json::{Value, json};
use tests::browser::{Clip, Stage, Visitor};
use tests::rig::Rig;

/// What the style sheets of pages do that can reach into what they do not know.
const HOSTILE: [(&str, &str); 9] = [
    ("a reset of everything", "* { all: unset !important }"),
    ("nothing in the body", "body, body *, html > * { all: initial !important; display: none !important }"),
    (
        "what is not defined is hidden",
        ":not(:defined), guichet-chat { display: none !important; visibility: hidden !important; opacity: 0 !important;
            position: absolute !important; transform: scale(0) !important; filter: blur(9px) !important }",
    ),
    (
        "rules for elements",
        "div, button, p, section, ol, li, h2, span, svg, textarea { position: static !important; float: left !important;
            margin: 9px !important; padding: 9px !important; display: inline !important; color: red !important;
            width: 9px !important; font: 40px cursive !important; background: red !important; border: 9px solid !important }",
    ),
    ("tiny letters", "html { font-size: 4px !important }"),
    ("huge letters", "html { font-size: 40px !important }"),
    (
        "what is inherited",
        "html, body, * { letter-spacing: 5px !important; word-spacing: 9px !important; text-transform: uppercase !important;
            user-select: none !important; -webkit-user-select: none !important; pointer-events: none !important;
            line-height: 3 !important; text-align: right !important; white-space: pre !important; cursor: none !important;
            font: italic small-caps 30px cursive !important; color: red !important; text-shadow: 1px 1px red !important;
            text-indent: 50px !important; writing-mode: vertical-rl !important; visibility: hidden !important;
            color-scheme: dark !important; word-break: break-all !important; list-style: square inside !important;
            -webkit-font-smoothing: antialiased !important; tab-size: 1 !important; quotes: none !important;
            hyphens: auto !important; caret-color: red !important; accent-color: red !important; orphans: 9 !important }",
    ),
    (
        "a body that holds what is fixed",
        "body { transform: rotate(2deg) scale(.9); filter: blur(1px); perspective: 9px; will-change: transform;
            contain: strict; zoom: 1.5; opacity: .5; height: 99px; overflow: hidden; clip-path: inset(9px) }",
    ),
    ("something above everything", "main { position: fixed; inset: 0; z-index: 2147482999; background: red }"),
];

/// Every element of the widget: where it is, and all of its style; and whether its middle is what one would click there.
const LOOK: &str = "const root = document.querySelector('guichet-chat').shadowRoot;
    const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
    const look = () => [...root.querySelectorAll('button, button *, .panel, .panel *')].map((e) => {
        const { x, y, width, height } = e.getBoundingClientRect();
        const style = getComputedStyle(e);
        const seen = { x, y, width, height, shown: shown(e) };
        for (const name of style) seen[name] = style.getPropertyValue(name);
        if (shown(e) && e.matches('button, textarea')) {
            seen.hit = e.contains(root.elementFromPoint(x + width / 2, y + height / 2));
        }
        return [`<${e.localName} .${e.getAttribute('class') ?? ''} ${e.dataset.g ?? ''}>`, seen];
    });
    const drawn = () => new Promise((on) => requestAnimationFrame(() => requestAnimationFrame(on)));
    await drawn();
    const plain = look();";

/// What is different under a style sheet of the page.
const UNDER: &str = "const sheet = new CSSStyleSheet();
    sheet.replaceSync(arguments[0]);
    document.adoptedStyleSheets = [sheet];
    await drawn();
    const spoilt = look();
    document.adoptedStyleSheets = [];
    if (spoilt.length !== plain.length) return ['another number of elements'];
    return plain.flatMap(([name, seen], at) => Object.keys(seen)
        .filter((key) => seen[key] !== spoilt[at][1][key])
        .map((key) => `${name} ${key}: ${spoilt[at][1][key]} for ${seen[key]}`));";

fn is_as_elsewhere(visitor: &Visitor, what: &str) {
    for (page, css) in HOSTILE {
        let different = visitor.script(&format!("{LOOK} {UNDER}"), &json!([css]));
        let different: Vec<String> = serde_json::from_value(different).expect("words");
        let few = different.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
        assert!(different.is_empty(), "{what}, {page}: {} differences\n{few}", different.len());
    }
}

#[test]
fn no_style_sheet_of_a_page_reaches_the_widget() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.url());
        visitor.prefers("light");
        is_as_elsewhere(&visitor, "closed");
        visitor.opens_chat();
        visitor.has_keyboard("@composer");
        visitor.says("Hello");
        visitor.is_told("Hello", "sent");
        visitor.reads("@message[data-author=channel]", "thank you");
        is_as_elsewhere(&visitor, "open");
    });
}

#[test]
fn a_page_from_right_to_left_has_it_on_the_other_side_and_as_it_is() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.url());
        visitor.prefers("light");
        visitor.opens_chat();
        visitor.has_keyboard("@composer");
        visitor.sees("@available");
        let places = "const root = document.querySelector('guichet-chat').shadowRoot;
            document.documentElement.dir = arguments[0];
            await new Promise((on) => requestAnimationFrame(() => requestAnimationFrame(on)));
            const panel = root.querySelector('.panel').getBoundingClientRect();
            const within = [...root.querySelectorAll('.panel *')]
                .filter((e) => e.getClientRects().length).map((e) => e.getBoundingClientRect())
                .map(({ x, y, width, height }) => [x - panel.x, y - panel.y, width, height].map((length) => Math.round(length * 100)));
            return [panel.left, innerWidth - panel.right, within];";
        let [ltr, rtl] = ["ltr", "rtl"].map(|dir| visitor.script(places, &json!([dir])));
        assert_eq!((&ltr[1], &rtl[0]), (&json!(16), &json!(16)), "the panel is not at its side");
        assert_eq!(ltr[2], rtl[2], "the panel has another direction than its words");
        visitor.click("@close");
        visitor.sees("@launcher");
        let left = "const root = document.querySelector('guichet-chat').shadowRoot;
            return root.querySelector('[data-g=launcher]').getBoundingClientRect().left;";
        assert_eq!(visitor.script(left, &json!([])), json!(20));
    });
}

/// Rules of a page that would notice one more element.
const COUNTS: &str = "const sheet = new CSSStyleSheet();
    sheet.replaceSync(`body { display: grid; gap: 40px } body > * + * { margin-top: 9px }
        body > :last-child { display: block; border: 9px solid red } html > * { outline: 3px solid red }
        * { animation: none !important; transition: none !important }`);
    document.adoptedStyleSheets = [sheet];
    scrollTo(0, arguments[0]);
    const all = Object.getOwnPropertyNames(window);
    return [document.documentElement.scrollHeight, document.documentElement.scrollWidth, document.styleSheets.length, all];";

#[test]
fn the_page_stays_as_it_was_but_where_the_launcher_stands() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        let look = |from: u32| -> (Value, Vec<Vec<u8>>) {
            let told = visitor.script(COUNTS, &json!([from]));
            visitor.prefers("light");
            // The launcher with its shadow is in the last 120 pixels, both ways.
            let beside = Clip { x: 0, y: from, width: 1160, height: 800 };
            let above = Clip { x: 1160, y: from, width: 120, height: 680 };
            (told, vec![visitor.picture_of(beside), visitor.picture_of(above)])
        };
        visitor.resize((1280, 800), false);
        let at = [0, 500];
        visitor.go(&stage.shop.without_tag());
        let before = at.map(look);
        visitor.comes_to(&stage.shop.url());
        let after = at.map(look);
        for ((told_before, seen_before), (told_after, seen_after)) in before.iter().zip(&after) {
            assert!(seen_before == seen_after, "the page looks different beside the launcher");
            assert_eq!(
                told_before.as_array().map(|told| &told[..3]),
                told_after.as_array().map(|told| &told[..3])
            );
            let names = |told: &Value| serde_json::from_value::<Vec<String>>(told[3].clone()).expect("names");
            let (old, new) = (names(told_before), names(told_after));
            // The driver has one of its own.
            let is_added = |name: &&String| !old.contains(name) && *name != "ret_nodes";
            let added: Vec<_> = new.iter().filter(is_added).collect();
            assert_eq!(added, ["Guichet"]);
        }
    });
}
