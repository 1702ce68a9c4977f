//! Elements, bound to Leptos' signals.
//!
//! Leptos' own views compile to code of their own for each element and each closure: this panel came to 140 KB (brotli).
//! Here all elements are one type and all closures are boxed, which comes to a fraction of it. And nothing is ever parsed
//! as markup: `view!` turns static parts into `innerHTML`, which pages with Trusted Types refuse.

use core::cell::RefCell;
use leptos::prelude::*;
use link::Listener;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, Node};

/// An element under construction. Its bindings end with the owner under which it was made.
pub(crate) struct El(Option<Element>);

/// An element as `described`: its tag, then attributes, as in `p role=status`. Attributes whose values hold a space are given
/// by [`El::attr`].
pub(crate) fn el(described: &str) -> El {
    let mut words = described.split([' ', '=']);
    let tag = words.next().unwrap_or_default();
    let mut made = El(document().and_then(|document| document.create_element(tag).ok()));
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        made = made.attr(name, value);
    }
    made
}

/// A button of a class that does `run`.
pub(crate) fn button(class: &str, run: impl Fn() + 'static) -> El {
    el("button type=button").attr("class", class).on("click", move |_| run())
}

/// An icon of one stroke; what it means is said beside it or by its button.
pub(crate) fn icon(shape: &str) -> El {
    let make = |tag| {
        document().and_then(|page| page.create_element_ns(Some("http://www.w3.org/2000/svg"), tag).ok())
    };
    let path = El(make("path")).attr("d", shape);
    El(make("svg")).attr("viewBox", "0 0 24 24").attr("aria-hidden", "true").child(path)
}

impl El {
    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        if let Some(element) = &self.0 {
            let _ = element.set_attribute(name, value);
            // What has a name is a part that the page may style.
            if name == "data-g" {
                let _ = element.set_attribute("part", value);
            }
        }
        self
    }

    /// An attribute that follows the signals that `value` reads; none takes it away.
    pub(crate) fn bind(self, name: &'static str, value: impl Fn() -> Option<&'static str> + 'static) -> Self {
        self.bind_boxed(name, Box::new(value));
        self
    }

    fn bind_boxed(&self, name: &'static str, value: Box<dyn Fn() -> Option<&'static str>>) {
        self.live_boxed(Box::new(move |element| set(element, name, value())));
    }

    /// As [`Self::bind`], with a value that is made.
    pub(crate) fn bind_text(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.bind_text_boxed(name, Box::new(value));
        self
    }

    fn bind_text_boxed(&self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
        self.live_boxed(Box::new(move |element| set(element, name, value().as_deref())));
    }

    /// An attribute without a value, there or not.
    pub(crate) fn flag(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.bind(name, move || on().then_some(""))
    }

    /// A state of ARIA: true, or not said.
    pub(crate) fn state(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.bind(name, move || on().then_some("true"))
    }

    /// Calls `run` now, and again whenever a signal that it reads changes.
    pub(crate) fn live(self, run: impl Fn(&Element) + 'static) -> Self {
        self.live_boxed(Box::new(run));
        self
    }

    fn live_boxed(&self, run: Box<dyn Fn(&Element)>) {
        if let Some(element) = self.0.clone() {
            effect(Box::new(move || run(&element)));
        }
    }

    pub(crate) fn on(self, event: &'static str, run: impl Fn(&Event) + 'static) -> Self {
        self.on_boxed(event, Box::new(run));
        self
    }

    fn on_boxed(&self, event: &'static str, run: Box<dyn Fn(&Event)>) {
        if let Some(element) = &self.0 {
            StoredValue::new_local(Listener::new(element, event, move |event| run(&event)));
        }
    }

    pub(crate) fn child(self, child: Self) -> Self {
        self.append(child.0.as_deref());
        self
    }

    pub(crate) fn text(self, text: &str) -> Self {
        let text = document().map(|document| document.create_text_node(text));
        self.append(text.as_deref().map(AsRef::as_ref));
        self
    }

    /// Text that follows the signals that `words` reads.
    pub(crate) fn words(self, words: impl Fn() -> &'static str + 'static) -> Self {
        self.words_boxed(Box::new(words));
        self
    }

    fn words_boxed(&self, words: Box<dyn Fn() -> &'static str>) {
        self.live_boxed(Box::new(move |element| write(element, words())));
    }

    /// As [`Self::words`], with text that is made.
    pub(crate) fn words_made(self, words: impl Fn() -> String + 'static) -> Self {
        let words: Box<dyn Fn() -> String> = Box::new(words);
        self.live_boxed(Box::new(move |element| write(element, &words())));
        self
    }

    /// Text that follows a signal.
    pub(crate) fn says(self, words: RwSignal<String>) -> Self {
        self.live_boxed(Box::new(move |element| words.with(|words| write(element, words))));
        self
    }

    /// A child that is there or not, made anew whenever a signal that `make` reads changes.
    pub(crate) fn when(self, make: impl Fn() -> Option<Self> + 'static) -> Self {
        self.when_boxed(Box::new(make));
        self
    }

    fn when_boxed(&self, make: Box<dyn Fn() -> Option<Self>>) {
        let Some(end) = document().map(|document| document.create_comment("")) else { return };
        self.append(Some(&end));
        let shown = RefCell::new(None::<Element>);
        effect(Box::new(move || {
            let next = make().and_then(|made| made.0);
            if let (Some(next), Some(parent)) = (&next, end.parent_node()) {
                let _ = parent.insert_before(next, Some(&end));
            }
            if let Some(before) = shown.replace(next) {
                before.remove();
            }
        }));
    }

    /// One child for each key, made once and moved to its place.
    pub(crate) fn each<T: 'static>(
        self,
        items: impl Fn() -> Vec<(String, T)> + 'static,
        make: impl Fn(T) -> Self + 'static,
    ) -> Self {
        let owner = Owner::current().unwrap_or_default();
        let shown = RefCell::new(Vec::<Kept>::new());
        self.live(move |element| {
            let mut before = shown.take();
            let mut place = element.first_child();
            let keep = |(key, item): (String, T)| {
                let at = before.iter().position(|kept| kept.key == key);
                let kept = at.map(|at| before.swap_remove(at)).unwrap_or_else(|| {
                    let owner = owner.child();
                    let child = owner.with(|| make(item));
                    Kept { key, owner, child }
                });
                place = settle(element, kept.child.0.as_deref(), place.take());
                kept
            };
            shown.replace(items().into_iter().map(keep).collect());
            for Kept { owner, child, .. } in before {
                owner.cleanup();
                child.0.inspect(Element::remove);
            }
        })
    }

    /// The element itself.
    pub(crate) fn node(&self) -> Option<&Element> {
        self.0.as_ref()
    }

    fn append(&self, child: Option<&Node>) {
        if let (Some(element), Some(child)) = (&self.0, child) {
            let _ = element.append_child(child);
        }
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn write(element: &Element, words: &str) {
    element.set_text_content(Some(words));
}

/// A child of [`El::each`].
struct Kept {
    key: String,
    owner: Owner,
    child: El,
}

/// Puts `child` before `place`, unless it is there already. The place of the next one.
fn settle(parent: &Element, child: Option<&Node>, place: Option<Node>) -> Option<Node> {
    let Some(child) = child else { return place };
    if place.as_ref() == Some(child) {
        return child.next_sibling();
    }
    let _ = parent.insert_before(child, place.as_ref());
    place
}

/// Gives the keyboard to an element, once it is on screen.
pub(crate) fn focus(element: Option<Element>) {
    request_animation_frame(move || {
        if let Some(element) = element.as_ref().and_then(|element| element.dyn_ref::<HtmlElement>()) {
            let _ = element.focus();
        }
    });
}

fn effect(run: Box<dyn Fn()>) {
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
