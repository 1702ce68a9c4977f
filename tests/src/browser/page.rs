//! What a person does with a page, and sees on it. Everything waits for its condition, up to a deadline.
//!
//! Elements are named by a CSS selector in which `@name` stands for `[data-g=name]`.

use super::driver::{Browser, LOOK, Trouble};
use serde::Deserialize;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};
use xtask::{files, paths};

/// How long a condition may take to come true. Machines that test are busy ones.
const SOON: Duration = Duration::from_secs(30);

/// Keys that are not letters, as WebDriver writes them.
pub mod key {
    /// Enter.
    pub const ENTER: char = '\u{e007}';
    /// Escape.
    pub const ESCAPE: char = '\u{e00c}';
    /// Tab.
    pub const TAB: char = '\u{e004}';
    /// Shift, held while the next ones are pressed.
    pub const SHIFT: char = '\u{e008}';
    /// The arrow downwards.
    pub const DOWN: char = '\u{e015}';
    /// The space bar.
    pub const SPACE: char = ' ';
}

/// The elements of a selector, in the page or in the shadow root of the widget.
const FOUND: &str = "const [selector, widget] = arguments;
    const root = widget ? document.querySelector('guichet-chat')?.shadowRoot : document;
    const found = root ? [...root.querySelectorAll(selector)] : [];
    const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;";

/// Where elements are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Page,
    Widget,
}

/// An element as it is at a moment.
#[derive(Clone, Debug, Deserialize)]
pub struct Seen {
    /// What a person reads there.
    pub text: String,
    /// What is written into it, if it is a field.
    pub value: Option<String>,
    /// Whether it is on screen.
    pub shown: bool,
    /// Whether it has the keyboard.
    pub focused: bool,
    attributes: BTreeMap<String, String>,
}

impl Seen {
    /// An attribute; empty if it is not there.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// A browser with a page, and the part of it that is looked at.
#[derive(Debug)]
pub struct Page {
    browser: Browser,
    place: Place,
    expected: RefCell<Vec<&'static str>>,
}

impl Page {
    /// Looks at the whole page.
    pub fn of(browser: Browser) -> Self {
        Self { browser, place: Place::Page, expected: RefCell::default() }
    }

    /// Looks at the widget alone.
    pub fn widget(browser: Browser) -> Self {
        Self { browser, place: Place::Widget, expected: RefCell::default() }
    }

    /// The browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Opens an address.
    pub fn go(&self, url: &str) {
        self.command("url", &json!({"url": url}));
    }

    /// Loads the page again.
    pub fn reload(&self) {
        self.command("refresh", &json!({}));
    }

    /// Opens another tab and shows it. Gives the handles of the tab before and of the new one.
    pub fn new_tab(&self) -> (String, String) {
        let before = self.browser.get("window").expect("a tab");
        let after = self.command("window/new", &json!({"type": "tab"}))["handle"].take();
        let handle = |value: Value| value.as_str().expect("a handle").to_owned();
        let tabs = (handle(before), handle(after));
        self.show_tab(&tabs.1);
        tabs
    }

    /// The handle of the tab that `act` opens.
    pub fn tab_opened_by(&self, act: impl FnOnce()) -> String {
        let tabs = || {
            let handles = self.browser.get("window/handles").expect("tabs");
            serde_json::from_value::<Vec<String>>(handles).expect("handles")
        };
        let before = tabs();
        act();
        self.until("another tab is there", || tabs().into_iter().find(|tab| !before.contains(tab)))
    }

    /// Shows a tab.
    pub fn show_tab(&self, handle: &str) {
        self.command("window", &json!({"handle": handle}));
    }

    /// Looks into a frame, until [`Self::leave_frame`].
    pub fn enter_frame(&self, selector: &str) {
        self.command("frame", &json!({"id": self.element(selector)}));
    }

    /// Looks at the page around the frames again.
    pub fn leave_frame(&self) {
        self.command("frame", &json!({"id": null}));
    }

    /// The title of the window.
    pub fn title(&self) -> String {
        self.browser.get("title").expect("a title").as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page and gives what it returns.
    pub fn script(&self, script: &str, arguments: &Value) -> Value {
        self.try_script(script, arguments).unwrap_or_else(|trouble| panic!("{trouble}\n{script}"))
    }

    fn try_script(&self, script: &str, arguments: &Value) -> Result<Value, Trouble> {
        self.browser.post("execute/sync", &json!({"script": script, "args": arguments}))
    }

    fn command(&self, command: &str, body: &Value) -> Value {
        self.browser.post(command, body).unwrap_or_else(|trouble| panic!("{command} {body}: {trouble}"))
    }

    // ---------------------------------------------------------------------------------------------------- what is seen

    /// All elements of a selector now.
    pub fn all(&self, selector: &str) -> Vec<Seen> {
        let script = format!(
            "{FOUND} return found.map((e) => ({{
                text: e.innerText ?? '', value: typeof e.value === 'string' ? e.value : null, shown: shown(e), focused: root.activeElement === e,
                attributes: Object.fromEntries([...e.attributes].map((a) => [a.name, a.value])),
            }}));"
        );
        // While a page loads there is nothing to see.
        let found = self.try_script(&script, &self.arguments(selector)).unwrap_or_else(|_| json!([]));
        serde_json::from_value(found).expect("elements")
    }

    /// The elements on screen.
    pub fn shown(&self, selector: &str) -> Vec<Seen> {
        self.all(selector).into_iter().filter(|seen| seen.shown).collect()
    }

    /// What is to be read in the elements on screen.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.shown(selector).into_iter().map(|seen| seen.text).collect()
    }

    /// Waits for an element on screen, and gives the first.
    pub fn sees(&self, selector: &str) -> Seen {
        self.until(&format!("{selector} is shown"), || self.shown(selector).into_iter().next())
    }

    /// Waits for an element on screen that says `words`.
    pub fn reads(&self, selector: &str, words: &str) -> Seen {
        let says = |seen: &Seen| seen.text.contains(words);
        self.until(&format!("{selector} says {words:?}"), || self.shown(selector).into_iter().find(says))
    }

    /// Waits until no element of a selector is on screen.
    pub fn sees_no(&self, selector: &str) {
        self.until(&format!("{selector} is gone"), || self.shown(selector).is_empty().then_some(()));
    }

    /// Waits until exactly this many are on screen.
    pub fn counts(&self, selector: &str, count: usize) {
        let same = || (self.shown(selector).len() == count).then_some(());
        self.until(&format!("there are {count} of {selector}"), same);
    }

    /// Waits until the element has the keyboard.
    pub fn has_keyboard(&self, selector: &str) {
        let focused = || self.all(selector).iter().any(|seen| seen.focused).then_some(());
        self.until(&format!("{selector} has the keyboard"), focused);
    }

    /// Waits until `look` finds something; `what` is said if it does not.
    pub fn until<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let deadline = Instant::now() + SOON;
        loop {
            if let Some(found) = look() {
                return found;
            }
            if Instant::now() > deadline {
                self.give_up(what);
            }
            thread::sleep(LOOK);
        }
    }

    fn give_up(&self, what: &str) -> ! {
        let text = "return document.querySelector('guichet-chat')?.shadowRoot?.querySelector('.panel')?.innerText \
                    ?? document.body.innerText;";
        let shown = self.try_script(text, &json!([])).unwrap_or_default();
        let picture =
            paths::target().join(format!("browser/{}.png", thread::current().name().unwrap_or("test")));
        let written = files::write(&picture, self.screenshot());
        let log: Vec<_> = self.browser.log("browser").into_iter().map(|line| line.message).collect();
        panic!(
            "In vain: {what}.\n--- the page says\n{}\n--- its console says\n{}\n--- a picture of it: {} {written:?}",
            shown.as_str().unwrap_or_default(),
            log.join("\n"),
            picture.display()
        );
    }

    // --------------------------------------------------------------------------------------------- what a person does

    /// Clicks an element as soon as it can be clicked.
    pub fn click(&self, selector: &str) {
        self.on_element(selector, "click", &json!({}));
    }

    /// Moves the pointer over an element.
    pub fn hovers(&self, selector: &str) {
        let element = self.element(selector);
        let step = json!({"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": element});
        self.command("actions", &json!({"actions": [{"type": "pointer", "id": "mouse", "actions": [step]}]}));
    }

    /// Writes into a field. Characters beyond the basic plane have to be pasted.
    pub fn write(&self, selector: &str, text: &str) {
        self.on_element(selector, "value", &json!({"text": text}));
    }

    /// Puts a text into the field that has the keyboard, all at once.
    pub fn paste(&self, text: &str) {
        self.browser.devtools("Input.insertText", &json!({"text": text}));
    }

    /// Presses keys one after the other. Modifiers stay down until the end.
    pub fn press(&self, keys: &[char]) {
        let action = |kind: &str, key: char| json!({"type": kind, "value": key});
        let (mut actions, mut held) = (Vec::new(), Vec::new());
        for &key in keys {
            actions.push(action("keyDown", key));
            if key == key::SHIFT {
                held.push(action("keyUp", key));
            } else {
                actions.push(action("keyUp", key));
            }
        }
        actions.append(&mut held);
        self.command("actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}));
    }

    /// Writes with whatever has the keyboard.
    pub fn type_in(&self, text: &str) {
        self.press(&text.chars().collect::<Vec<_>>());
    }

    fn on_element(&self, selector: &str, command: &str, body: &Value) {
        let script = format!("{FOUND} return found.find(shown) ?? null;");
        self.until(&format!("{selector} takes a {command}"), || {
            let element = self.try_script(&script, &self.arguments(selector)).ok()?;
            let id = element.as_object()?.values().next()?.as_str()?;
            match self.browser.post(&format!("element/{id}/{command}"), body) {
                Ok(_) => Some(()),
                Err(trouble) if is_early(&trouble) => None,
                Err(trouble) => panic!("{command} on {selector}: {trouble}"),
            }
        });
    }

    /// The first element on screen, as the driver names it.
    fn element(&self, selector: &str) -> Value {
        self.sees(selector);
        self.script(&format!("{FOUND} return found.find(shown);"), &self.arguments(selector))
    }

    fn arguments(&self, selector: &str) -> Value {
        json!([css(selector), self.place == Place::Widget])
    }

    // ------------------------------------------------------------------------------------------------------ what is said

    /// From now on the console of the browser may complain with these words: the test makes it.
    pub fn expects(&self, words: &'static str) {
        self.expected.borrow_mut().push(words);
    }

    /// The addresses that were asked for since the last call, sockets among them.
    pub fn traffic(&self) -> Vec<String> {
        let lines = self.browser.log("performance");
        lines.iter().filter_map(|line| requested(&line.message)).collect()
    }

    /// Every complaint in the console of the browser that the test did not expect.
    pub fn complaints(&self) -> Vec<String> {
        let expected = self.expected.borrow();
        let severe = self
            .browser
            .log("browser")
            .into_iter()
            .filter(|line| line.level == "SEVERE")
            .map(|line| line.message);
        severe.filter(|message| !expected.iter().any(|words| message.contains(words))).collect()
    }
}

/// Whether a command failed because the page had not come that far, or was just being drawn again.
fn is_early(trouble: &Trouble) -> bool {
    matches!(
        trouble.error.as_str(),
        "stale element reference"
            | "no such element"
            | "element not interactable"
            | "element click intercepted"
            | "detached shadow root"
    )
}

/// The address that an event of the DevTools protocol asks for, if it does.
fn requested(event: &str) -> Option<String> {
    let event: Value = serde_json::from_str(event).ok()?;
    let (method, parameters) = (event["message"]["method"].as_str()?, &event["message"]["params"]);
    let url = match method {
        "Network.requestWillBeSent" => &parameters["request"]["url"],
        "Network.webSocketCreated" => &parameters["url"],
        _ => return None,
    };
    url.as_str().map(str::to_owned)
}

/// Writes out `@name`.
fn css(selector: &str) -> String {
    let mut parts = selector.split('@');
    let mut css = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
            .unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        css.push_str(&format!("[data-g={name}]{rest}"));
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hooks_are_written_out() {
        assert_eq!(css("@group-new @row:not(.x) a"), "[data-g=group-new] [data-g=row]:not(.x) a");
        assert_eq!(css("@star-4"), "[data-g=star-4]");
        assert_eq!(css("main > p"), "main > p");
    }
}
