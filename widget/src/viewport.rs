//! Keeps a full-screen panel inside what a phone's keyboard leaves of the window.

use leptos::html::Section;
use leptos::prelude::*;
use link::Listener;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, HtmlElement};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = visualViewport)]
    static VIEWPORT: Option<Viewport>;

    #[derive(Clone)]
    #[wasm_bindgen(extends = EventTarget)]
    type Viewport;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Viewport) -> f64;
    #[wasm_bindgen(method, getter, js_name = offsetTop)]
    fn offset_top(this: &Viewport) -> f64;

    type Style;
    #[wasm_bindgen(method, js_name = setProperty)]
    fn set_property(this: &Style, name: &str, value: &str);
    #[wasm_bindgen(js_name = HTMLElement)]
    type Styled;
    #[wasm_bindgen(method, getter)]
    fn style(this: &Styled) -> Style;
}

/// Tells the panel's style sheet the height and the top of the visible part of the window, for as long as it is mounted.
pub(crate) fn follow(panel: NodeRef<Section>) {
    let Some(viewport) = VIEWPORT.with(Clone::clone) else { return };
    let target = viewport.clone();
    let measure = move || {
        if let Some(panel) = panel.try_get_untracked().flatten() {
            fit(&panel, &viewport);
        }
    };
    measure();
    let again = measure.clone();
    let listeners = [
        Listener::new(&target, "resize", move |_| measure()),
        Listener::new(&target, "scroll", move |_| again()),
    ];
    let _kept = StoredValue::new_local(listeners);
}

fn fit(panel: &HtmlElement, viewport: &Viewport) {
    let style = panel.unchecked_ref::<Styled>().style();
    style.set_property("--g-height", &pixels(viewport.height()));
    style.set_property("--g-top", &pixels(viewport.offset_top()));
}

fn pixels(length: f64) -> String {
    [&(length as i32).to_string(), "px"].concat()
}
