//! The header: the name, the connection, the presence switch.

use super::Brand;
use crate::icons;
use crate::inbox::LineState;
use crate::texts::words;
use crate::ui::ui;
use leptos::prelude::*;

#[component]
pub(super) fn Header() -> impl IntoView {
    let ui = ui();
    let shell = &words().shell;
    view! {
        <header class="header">
            <button
                type="button"
                class="icon-button menu-button"
                aria-expanded=move || ui.menu_open.get().to_string()
                aria-controls="rail"
                aria-label=move || if ui.menu_open.get() { shell.close_menu } else { shell.menu }
                on:click=move |_| ui.menu_open.update(|open| *open = !*open)
            >
                {move || icons::line(if ui.menu_open.get() { icons::CLOSE } else { icons::MENU })}
            </button>
            <Brand />
            <Connection />
            <Presence />
        </header>
    }
}

#[component]
fn Connection() -> impl IntoView {
    let ui = ui();
    let shell = &words().shell;
    let state = move || match ui.inbox.line.get() {
        LineState::Online => ("online", shell.connected),
        LineState::Connecting => ("connecting", shell.connecting),
        LineState::Lost => ("lost", shell.reconnecting),
        LineState::Ended { .. } => ("ended", shell.cut_off),
    };
    view! {
        <p class="connection" data-g="connection" data-state=move || state().0 role="status">
            {icons::shape("dot")} <span class="connection-words">{move || state().1}</span>
        </p>
    }
}

#[component]
fn Presence() -> impl IntoView {
    let ui = ui();
    let shell = &words().shell;
    let available = move || ui.inbox.available.get();
    view! {
        <button
            type="button"
            role="switch"
            class="presence"
            class:on=available
            data-g="presence"
            data-available=move || available().to_string()
            aria-checked=move || available().to_string()
            aria-label=shell.presence
            on:click=move |_| ui.inbox.set_available(!ui.inbox.available.get_untracked())
        >
            {icons::shape("knob")}
            <span>{move || if available() { shell.available } else { shell.on_break }}</span>
        </button>
    }
}
