//! Keeps a full-screen panel inside what a phone's keyboard leaves of the window.

use leptos::prelude::*;
use link::Listener;
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget};

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
    #[wasm_bindgen(method, getter)]
    fn scale(this: &Viewport) -> f64;

    type Styled;
    #[wasm_bindgen(method, getter)]
    fn style(this: &Styled) -> Style;
    type Style;
    #[wasm_bindgen(method, js_name = setProperty)]
    fn set_property(this: &Style, name: &str, value: &str);
}

/// Tells the panel's style sheet the height and the top of the visible part of the window.
pub(crate) fn follow(panel: Option<&Element>) {
    let Some((panel, viewport)) = panel.cloned().zip(VIEWPORT.with(Clone::clone)) else { return };
    fit(&panel, &viewport);
    for event in ["resize", "scroll"] {
        let (panel, same) = (panel.clone(), viewport.clone());
        StoredValue::new_local(Listener::new(&viewport, event, move |_| fit(&panel, &same)));
    }
}

/// Whoever zooms with two fingers looks at a part of the panel, which must not shrink to that part nor follow it.
fn fit(panel: &Element, viewport: &Viewport) {
    let scale = viewport.scale();
    let style = panel.unchecked_ref::<Styled>().style();
    style.set_property("--g-height", &pixels(viewport.height() * scale));
    style.set_property("--g-top", &pixels(if scale > 1.0 { 0.0 } else { viewport.offset_top() }));
}

fn pixels(length: f64) -> String {
    [&(length as i32).to_string(), "px"].concat()
}
