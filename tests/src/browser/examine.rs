//! The widget as people meet it who zoom, who touch, who set colours of their own, who want no motion, who listen.

use super::page::Page;
use serde_json::{Value, json};

/// What the widget looks like when it is zoomed, or on a phone: the window and the smallest that a target may be.
struct Window {
    name: &'static str,
    size: (u32, u32),
    touch: bool,
    least: u32,
}

/// WCAG 2.2 asks for 24 pixels; a finger wants more. 400 % of 1280 × 1024 are 320 × 256.
const WINDOWS: [Window; 4] = [
    Window { name: "zoomed to 200 %", size: (640, 400), touch: false, least: 24 },
    Window { name: "zoomed to 400 %", size: (320, 256), touch: false, least: 24 },
    Window { name: "touched", size: (390, 844), touch: true, least: 44 },
    Window { name: "as it is", size: (1280, 800), touch: false, least: 24 },
];

const LAYOUT: &str = include_str!("examine.js");

/// Whether anything moves, for somebody who wants no motion.
const MOTION: &str = "const root = document.querySelector('guichet-chat').shadowRoot;
    const moves = (e) => [undefined, '::before', '::after'].some((part) => {
        const style = getComputedStyle(e, part);
        return style.animationName !== 'none' || style.transitionDuration.split(', ').some((time) => time !== '0s');
    });
    const moving = [...root.querySelectorAll('*')].filter(moves).map((e) => `${e.outerHTML.slice(0, 80)} moves`);
    return [...moving, ...root.getAnimations().map(() => 'an animation runs')];";

/// Where colours are forced nothing has a ground of its own: what is one thing has an edge, or an icon, or underlined words.
const EDGES: &str = "const root = document.querySelector('guichet-chat').shadowRoot;
    const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
    if (!matchMedia('(forced-colors: active)').matches) return ['colours are not forced'];
    const ground = getComputedStyle(root.querySelector('.panel') ?? document.body).backgroundColor;
    const edged = (e) => {
        const { borderTopWidth, borderTopStyle, borderTopColor, textDecorationLine } = getComputedStyle(e);
        if (parseFloat(borderTopWidth) >= 1 && borderTopStyle !== 'none' && borderTopColor !== ground) return true;
        if (!e.matches('button')) return false;
        const icon = e.querySelector('svg');
        return icon ? !e.matches('[data-g=launcher]') && getComputedStyle(icon).stroke !== ground : textDecorationLine === 'underline';
    };
    return [...root.querySelectorAll('button, input:not([type=checkbox]), .panel, .bubble, .card, .line, .face')]
        .filter((e) => shown(e) && !edged(e)).map((e) => `${e.outerHTML.slice(0, 120)} has no edge`);";

impl Page {
    /// Looks at the widget in every way: all that is wrong with it, in words. `hold` is called before each look: it brings
    /// back what does not last.
    pub fn barriers(&self, what: &str, hold: &dyn Fn()) -> Vec<String> {
        let mut faults = Vec::new();
        let mut look = |how: &str, look: &dyn Fn() -> Vec<String>| {
            hold();
            faults.extend(look().into_iter().map(|fault| format!("{what}, {how}: {fault}")));
        };
        for scheme in ["dark", "light"] {
            self.prefers(scheme);
            look(scheme, &|| self.faults("guichet-chat"));
        }
        look("without motion", &|| self.told(MOTION, &json!([])));
        look("listened to", &|| self.unheard());
        self.forces_colours(true);
        look("in forced colours", &|| self.told(EDGES, &json!([])));
        self.forces_colours(false);
        for Window { name, size, touch, least } in WINDOWS {
            self.resize(size, touch);
            self.touches(touch);
            look(name, &|| self.told(LAYOUT, &json!([least])));
        }
        faults
    }

    fn told(&self, script: &str, arguments: &Value) -> Vec<String> {
        serde_json::from_value(self.script(script, arguments)).expect("words")
    }

    /// What somebody who listens does not learn: names of what can be used, and what is new.
    fn unheard(&self) -> Vec<String> {
        let heard = self.heard();
        let nameless = heard.iter().filter(|part| part.is_used() && part.name.is_empty());
        let mut faults: Vec<_> = nameless.map(|part| format!("a {} has no name", part.role)).collect();
        let loud = heard.iter().filter(|part| part.role == "log" && part.live != "polite");
        faults.extend(loud.map(|part| format!("the log is {:?}", part.live)));
        for status in self.texts("@status") {
            let said = heard.iter().filter(|part| part.role == "status" && part.name == status).count();
            if said != 1 {
                faults.push(format!("{status:?} is said {said} times"));
            }
        }
        faults
    }

    /// The parts of the widget as a screen reader is told of them, in order.
    pub fn heard(&self) -> Vec<Heard> {
        let tree = self.browser().devtools("Accessibility.getFullAXTree", &json!({}));
        let nodes = tree["nodes"].as_array().expect("nodes");
        let find = |id: &Value| nodes.iter().find(|node| node["nodeId"] == *id);
        let mut heard = Vec::new();
        let is_ours = |node: &&Value| node["role"]["value"] == "dialog" || has(node, "hasPopup", "dialog");
        let mut rest: Vec<&Value> = nodes.iter().filter(is_ours).rev().collect();
        while let Some(node) = rest.pop() {
            if node["ignored"] != true {
                heard.push(Heard::of(node, &find));
            }
            rest.extend(children(node, &find).rev());
        }
        heard
    }
}

/// A part of a page as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// What it is.
    pub role: String,
    /// What it is called; of a region that is read out whenever it changes, what it says.
    pub name: String,
    /// How changes are read out; empty if they are not.
    pub live: String,
}

impl Heard {
    fn of<'a>(node: &Value, find: &impl Fn(&Value) -> Option<&'a Value>) -> Self {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let role = word(&node["role"]["value"]);
        let name = if matches!(role.as_str(), "status" | "alert") {
            said(node, find)
        } else {
            word(&node["name"]["value"])
        };
        Self { role, name, live: property(node, "live").map(word).unwrap_or_default() }
    }

    /// Whether one does something with it.
    pub fn is_used(&self) -> bool {
        matches!(self.role.as_str(), "button" | "textbox" | "link" | "dialog" | "log")
    }
}

fn property<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    let properties = node["properties"].as_array()?;
    properties.iter().find(|property| property["name"] == name).map(|property| &property["value"]["value"])
}

fn has(node: &Value, name: &str, value: &str) -> bool {
    property(node, name).is_some_and(|found| found == value)
}

fn children<'a>(
    node: &Value,
    find: &impl Fn(&Value) -> Option<&'a Value>,
) -> impl DoubleEndedIterator<Item = &'a Value> {
    let ids = node["childIds"].as_array().cloned().unwrap_or_default();
    ids.iter().filter_map(find).collect::<Vec<_>>().into_iter()
}

/// The words in a part, put together.
fn said<'a>(node: &Value, find: &impl Fn(&Value) -> Option<&'a Value>) -> String {
    if node["role"]["value"] == "StaticText" {
        return node["name"]["value"].as_str().unwrap_or_default().to_owned();
    }
    children(node, find).map(|child| said(child, find)).collect()
}
