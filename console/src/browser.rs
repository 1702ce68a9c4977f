//! Small things asked of the browser.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement, Window};

pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// Removes what the page shows while the program loads.
pub(crate) fn clear_body() {
    if let Some(body) = document().and_then(|document| document.body()) {
        while let Some(child) = body.first_child() {
            if body.remove_child(&child).is_err() {
                return;
            }
        }
    }
}

/// `scheme://host:port` of this page.
pub(crate) fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The address's fragment, with its `#`.
pub(crate) fn fragment() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Changes the fragment as a followed link does.
pub(crate) fn go(fragment: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// Takes the fragment off the address and out of the history.
pub(crate) fn forget_fragment() {
    let Some(window) = window() else { return };
    let (Ok(path), Ok(history)) = (window.location().pathname(), window.history()) else { return };
    let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
}

/// The languages that the browser's user prefers: the first.
pub(crate) fn preferred_language() -> String {
    window().and_then(|window| window.navigator().language()).unwrap_or_default()
}

pub(crate) fn set_page_language(tag: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", tag);
    }
}

pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Puts `text` on the clipboard. Whether it worked.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(navigator) = window().map(|window| window.navigator()) else { return false };
    // A page that came over plain HTTP from elsewhere has no clipboard.
    if !js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Moves the keyboard to the first element that `selector` names. Whether there was one.
pub(crate) fn focus(selector: &str) -> bool {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    element.focus().is_ok()
}

/// Scrolls to an element.
pub(crate) fn reveal(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.scroll_into_view();
    }
}

/// Whether a media query holds.
pub(crate) fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

/// Whether the keyboard is in a menu or a dialog, which have keys of their own.
pub(crate) fn in_a_layer() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| element.closest("[role=menu], dialog").is_ok_and(|layer| layer.is_some()))
}

/// Whether the keyboard is in a field, where letters are text and not commands.
pub(crate) fn in_a_field() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
