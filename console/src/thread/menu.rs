//! A button with a menu: arrow keys move in it, Escape and Tab leave it, and the keyboard returns to the button.

use crate::browser;
use crate::icons;
use leptos::html;
use leptos::prelude::*;
use link::Listener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// Something in a menu.
pub(super) trait Choice: Copy + Eq + core::hash::Hash + Send + Sync + 'static {
    /// What it is called.
    fn name(self) -> &'static str;
    /// By what name tests find it.
    fn hook(self) -> &'static str;
}

/// Where the keyboard goes in a menu.
#[derive(Clone, Copy)]
enum Step {
    First,
    Last,
    Next,
    Previous,
}

/// The button and the menu.
#[derive(Clone, Copy)]
struct Parts {
    open: RwSignal<bool>,
    whole: NodeRef<html::Div>,
    button: NodeRef<html::Button>,
    list: NodeRef<html::Div>,
}

impl Parts {
    /// Opens the menu with the keyboard on its first or last choice.
    fn open_at(self, step: Step) {
        self.open.set(true);
        request_animation_frame(move || self.go(step));
    }

    fn close(self) {
        self.open.set(false);
        if let Some(button) = self.button.get_untracked() {
            let _ = button.focus();
        }
    }

    fn go(self, step: Step) {
        let Some(list) = self.list.try_get_untracked().flatten() else { return };
        let now = browser::document().and_then(|document| document.active_element());
        let now = now.filter(|element| element.parent_element().as_ref() == Some(list.as_ref()));
        let next = match step {
            Step::First => list.first_element_child(),
            Step::Last => list.last_element_child(),
            Step::Next => {
                now.and_then(|now| now.next_element_sibling()).or_else(|| list.first_element_child())
            }
            Step::Previous => {
                now.and_then(|now| now.previous_element_sibling()).or_else(|| list.last_element_child())
            }
        };
        focus(next);
    }

    fn pressed(self, event: &leptos::ev::KeyboardEvent) {
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            "Escape" if self.open.get_untracked() => return self.close(),
            // The keyboard goes on from the button.
            "Tab" if self.open.get_untracked() => return self.close(),
            _ => return,
        };
        if self.open.get_untracked() {
            event.prevent_default();
            self.go(step);
        } else if matches!(step, Step::Next | Step::Previous) {
            event.prevent_default();
            self.open_at(if matches!(step, Step::Next) { Step::First } else { Step::Last });
        }
    }

    /// Closes when somebody points elsewhere.
    fn watch_pointer(self) -> Option<Listener> {
        let document = browser::document()?;
        Some(Listener::new(&document, "pointerdown", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            let whole = self.whole.try_get_untracked().flatten();
            if !whole.is_some_and(|whole| whole.contains(target.as_ref())) {
                let _ = self.open.try_set(false);
            }
        }))
    }
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

#[component]
pub(super) fn Menu<T: Choice>(
    label: &'static str,
    #[prop(into)] choices: Signal<Vec<T>>,
    #[prop(into)] choose: Callback<T>,
) -> impl IntoView {
    let parts = Parts {
        open: RwSignal::new(false),
        whole: NodeRef::new(),
        button: NodeRef::new(),
        list: NodeRef::new(),
    };
    let pointer = StoredValue::new_local(None);
    Effect::new(move |_| {
        let watched = parts.open.get().then(|| parts.watch_pointer()).flatten();
        pointer.set_value(watched);
    });
    let toggle = move |_| {
        if parts.open.get_untracked() {
            parts.close();
        } else {
            parts.open_at(Step::First);
        }
    };
    let choice = move |choice: T| {
        let chosen = move |_| {
            parts.close();
            choose.run(choice);
        };
        view! {
            <button type="button" role="menuitem" tabindex="-1" class="menu-item" data-g=choice.hook() on:click=chosen>
                {choice.name()}
            </button>
        }
    };
    view! {
        <div class="menu" node_ref=parts.whole on:keydown=move |event| parts.pressed(&event)>
            <button
                type="button"
                class="icon-button"
                data-g="menu"
                aria-haspopup="menu"
                aria-expanded=move || parts.open.get().to_string()
                aria-label=label
                title=label
                node_ref=parts.button
                on:click=toggle
            >
                {icons::line(icons::DOTS)}
            </button>
            <Show when=move || parts.open.get()>
                <div class="menu-list" role="menu" aria-label=label node_ref=parts.list>
                    <For each=move || choices.get() key=|choice| *choice children=choice />
                </div>
            </Show>
        </div>
    }
}
