//! What docs/embedding.md says, done: on a plain page, under the strict policy, and in React.

use serde_json::{Value, json};
use std::process::Command;
use tests::browser::{Stage, Visitor};
use tests::rig::Rig;
use xtask::{files, paths};

const HTML: &str = "text/html; charset=utf-8";

/// The first snippet of a language in the document that holds some words, with the addresses of this worker.
fn snippet(stage: &Stage, language: &str, words: &str) -> String {
    let document = files::read_text(&paths::at("docs/embedding.md")).expect("the document");
    let start = format!("```{language}\n");
    let snippets = document.split(start.as_str()).skip(1).filter_map(|rest| rest.split("```").next());
    let found = snippets.into_iter().find(|snippet| snippet.contains(words));
    found.expect("the snippet").replace("https://chat.example.com", stage.rig.origin())
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>A page</title><link rel=icon href=data:,>{head}</head><body>{body}</body></html>"
    )
}

fn tag(stage: &Stage) -> String {
    snippet(stage, "html", "/w/demo.js\" async></script>")
}

/// Keeps what is told, in the order in which it is.
const LISTEN: &str = "window.told = [];
    for (const name of ['ready', 'open', 'close', 'unread', 'message', 'session', 'error']) {
        Guichet.push(['on', name, (value, channel) => told.push([name, value, channel])]);
    }
    Guichet.push(['on', 'open', () => { throw new Error('the page is wrong'); }]);";

fn told(visitor: &Visitor, name: &str, value: &Value) {
    visitor.until(&format!("{name} {value} is told"), || {
        let told = visitor.script("return told.map(([name, value]) => [name, value ?? null]);", &json!([]));
        told.as_array()?.contains(&json!([name, value])).then_some(())
    });
}

fn hosts(visitor: &Visitor) -> Value {
    visitor.script("return document.querySelectorAll('guichet-chat').length;", &json!([]))
}

#[test]
fn calls_before_the_tag_are_done_and_the_page_hears_what_happens() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        visitor.expects("the page is wrong");
        let queued = snippet(stage, "html", "push([\"open\"])");
        let unread = snippet(stage, "js", "\"unread\"");
        let look = snippet(stage, "css", "--g-accent");
        let head = format!("{queued}<script>{LISTEN}{unread}</script><style>{look}</style>{}", tag(stage));
        visitor.go(&stage.shop.write("/plain", HTML, page(&head, "<p id=help>Help</p>")));
        visitor.sees("@panel");
        told(&visitor, "ready", &Value::Null);
        told(&visitor, "open", &Value::Null);
        visitor.says("Hello");
        told(&visitor, "session", &json!({"state": "waiting"}));
        operator.accepts();
        told(&visitor, "session", &json!({"state": "active"}));
        visitor.script("Guichet.close();", &json!([]));
        visitor.sees("@launcher");
        told(&visitor, "close", &Value::Null);
        operator.says("Hello, I am here");
        told(&visitor, "unread", &json!(1));
        let heard = "return told.filter(([name, value]) => name === 'message' && value.from === 'operator')
            .map(([, value, channel]) => [value.text, channel]);";
        assert_eq!(visitor.script(heard, &json!([])), json!([["Hello, I am here", "demo"]]));
        let help = "return document.querySelector('#help').textContent;";
        assert_eq!(visitor.script(help, &json!([])), json!("Help (1)"));
        let drawn = "const launcher = document.querySelector('guichet-chat').shadowRoot.querySelector('[part=launcher]');
            const { backgroundColor, borderRadius, right, bottom, zIndex } = getComputedStyle(launcher);
            return [backgroundColor, borderRadius, right, bottom, zIndex];";
        let expected = json!(["rgb(122, 31, 92)", "16px", "32px", "96px", "500"]);
        assert_eq!(visitor.script(drawn, &json!([])), expected);
        // Whoever has ended it hears nothing more.
        visitor.script(
            "window.more = 0; window.end = Guichet.on('open', () => more += 1); end(); Guichet.toggle();",
            &json!([]),
        );
        visitor.sees("@panel");
        assert_eq!(visitor.script("return more;", &json!([])), json!(0));
    });
}

#[test]
fn a_launcher_is_hidden_and_gives_the_keyboard_back_to_what_opened_the_panel() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        let tag =
            tag(stage).replace(" async", " data-launcher=hidden data-locale=fr data-position=start async");
        let button = "<button id=own onclick='Guichet.open()'>Questions?</button>";
        visitor.go(&stage.shop.write("/own", HTML, page(&tag, button)));
        visitor.until("the tag has loaded", || (hosts(&visitor) == json!(1)).then_some(()));
        visitor.sees_no("@launcher");
        visitor.script("document.querySelector('#own').focus(); document.activeElement.click();", &json!([]));
        visitor.sees("@panel[lang=fr]");
        let left = "const panel = document.querySelector('guichet-chat').shadowRoot.querySelector('.panel');
            return getComputedStyle(panel).left;";
        assert_eq!(visitor.script(left, &json!([])), json!("16px"));
        visitor.click("@close");
        let focused = || visitor.script("return document.activeElement.id;", &json!([]));
        visitor.until("its own button has the keyboard", || (focused() == json!("own")).then_some(()));
        visitor.sees_no("@launcher");
        visitor.script("Guichet.show();", &json!([]));
        visitor.reads("@launcher", "");
        visitor.script("Guichet.hide();", &json!([]));
        visitor.sees_no("@launcher");
    });
}

#[test]
fn a_tag_twice_removed_and_late_and_a_new_body_leave_one_chat_that_works() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        let tag = tag(stage);
        visitor.go(&stage.shop.write("/twice", HTML, page(&format!("{tag}{tag}"), "<main></main>")));
        visitor.opens_chat();
        visitor.says("Hello");
        visitor.is_told("Hello", "sent");
        let upset = "const tags = [...document.querySelectorAll('script[src]')];
            for (const tag of tags) tag.remove();
            document.body.replaceWith(document.createElement('body'));
            await new Promise((on) => {
                const late = Object.assign(document.createElement('script'), { src: tags[0].src, onload: on });
                document.head.append(late);
            });";
        visitor.script(upset, &json!([]));
        assert_eq!(hosts(&visitor), json!(1));
        visitor.says("Are you still there?");
        visitor.is_told("Are you still there?", "sent");
        // A page that is left and found again, whether the browser has kept it or not.
        let here = visitor.script("return location.href;", &json!([]));
        visitor.go(&stage.shop.without_tag());
        visitor.script("history.back();", &json!([]));
        visitor.until("the page is back", || {
            (visitor.script("return location.href;", &json!([])) == here).then_some(())
        });
        visitor.until("the chat is back", || (hosts(&visitor) == json!(1)).then_some(()));
        visitor.script("Guichet.open();", &json!([]));
        visitor.says("Back again");
        visitor.is_told("Back again", "sent");
    });
}

#[test]
fn under_the_strict_policy_it_goes_and_comes_back() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor_in_chat();
        visitor.says("Hello");
        visitor.is_told("Hello", "sent");
        visitor.script(LISTEN, &json!([]));
        visitor.script("Guichet.shutdown(); Guichet.open(); Guichet.shutdown();", &json!([]));
        assert_eq!(hosts(&visitor), json!(0));
        visitor.script("Guichet.boot('demo'); Guichet.boot('demo');", &json!([]));
        assert_eq!(hosts(&visitor), json!(1));
        // A session is open, so the app is there without a click.
        told(&visitor, "ready", &Value::Null);
        visitor.click("@launcher");
        visitor.is_told("Hello", "sent");
        // Gone before it has loaded, it does not come.
        visitor.script("Guichet.shutdown(); Guichet.boot(); Guichet.open(); Guichet.shutdown();", &json!([]));
        visitor.script("await new Promise((on) => requestIdleCallback(on));", &json!([]));
        assert_eq!(hosts(&visitor), json!(0));
        visitor.expects("the page is wrong");
    });
}

#[test]
fn where_nothing_is_allowed_each_click_leaves_nothing_behind() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        visitor.expects("WebAssembly");
        visitor.expects("frame-src");
        visitor.comes_to(&stage.shop.without_frames());
        let click = |times: usize| {
            for _ in 0..times {
                visitor.click("@launcher");
                visitor.reads("@note", "cannot open on this page");
            }
        };
        click(3);
        let before = visitor.held();
        click(12);
        let after = visitor.held();
        assert!(after.listeners < before.listeners + 12, "{before:?} {after:?}");
    });
}

#[test]
fn in_react_it_is_there_while_its_component_is() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = stage.visitor();
        let app = snippet(stage, "jsx", "useEffect")
            + "import { StrictMode, createElement, useState } from 'react';
            import { createRoot } from 'react-dom/client';
            function App() {
                const [shown, show] = useState(true);
                window.show = show;
                return shown ? createElement(Chat) : null;
            }
            createRoot(document.querySelector('#app')).render(createElement(StrictMode, null, createElement(App)));";
        let source = paths::work().join("embedding.jsx");
        files::write(&source, app).expect("the source");
        let bundled = Command::new(paths::npm_bin("esbuild"))
            .args(["--bundle", "--define:process.env.NODE_ENV=\"development\"", "--log-level=warning"])
            .arg(&source)
            .output()
            .expect("esbuild");
        assert!(bundled.status.success(), "{}", String::from_utf8_lossy(&bundled.stderr));
        let script = String::from_utf8(bundled.stdout).expect("a script");
        stage.shop.write("/react.js", "text/javascript; charset=utf-8", script);
        let body = "<div id=app></div><script src=/react.js></script>";
        visitor.comes_to(&stage.shop.write("/react", HTML, page("", body)));
        visitor.opens_chat();
        visitor.says("Hello");
        visitor.is_told("Hello", "sent");
        for _ in 0..3 {
            visitor.script("show(false);", &json!([]));
            visitor.until("it is gone", || (hosts(&visitor) == json!(0)).then_some(()));
            visitor.script("show(true);", &json!([]));
            visitor.until("it is back", || (hosts(&visitor) == json!(1)).then_some(()));
        }
        assert_eq!(
            visitor.script("return document.querySelectorAll('script[src*=\"/w/\"]').length;", &json!([])),
            json!(1)
        );
        visitor.opens_chat();
        visitor.is_told("Hello", "sent");
    });
}
