//! Small pictures, drawn with lines of the text's colour.
//!
//! Each is built with at least one value that is not a literal: Leptos makes markup that is all literals through
//! `innerHTML`, which Trusted Types forbid.

use leptos::prelude::*;

/// A line drawing on a grid of 24.
pub(crate) fn line(path: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path />
        </svg>
    }
}

/// A shape that only styles give a meaning.
pub(crate) fn shape(class: &'static str) -> impl IntoView {
    view! { <span class=class aria-hidden="true"></span> }
}

pub(crate) const BACK: &str = "M15 5l-7 7 7 7";
pub(crate) const CHATS: &str = "M4 5h16v11H9l-5 4z";
pub(crate) const CHANNEL: &str = "M4 9h16M4 15h16M10 4L8 20M16 4l-2 16";
pub(crate) const CHECK: &str = "M5 12.5l4.5 4.5L19 7.5";
pub(crate) const CLOSE: &str = "M6 6l12 12M18 6L6 18";
pub(crate) const COPY: &str = "M9 9h11v11H9zM5 15H4V4h11v1";
pub(crate) const CLIP: &str =
    "M19 11.5l-7.5 7.5a4.6 4.6 0 01-6.5-6.5l8-8a3 3 0 014.3 4.3l-7.8 7.7a1.5 1.5 0 01-2.2-2.1l7-6.9";
pub(crate) const FILE: &str = "M13 3H7a1 1 0 00-1 1v16a1 1 0 001 1h10a1 1 0 001-1V8zM13 3v5h5";
pub(crate) const DOWN: &str = "M6 9l6 6 6-6";
pub(crate) const UP: &str = "M6 15l6-6 6 6";
pub(crate) const DOTS: &str = "M6 12h.01M12 12h.01M18 12h.01";
pub(crate) const LEAVE: &str = "M14 4h5v16h-5M4 12h11M11 8l4 4-4 4";
pub(crate) const LOCK: &str = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3";
pub(crate) const MENU: &str = "M4 7h16M4 12h16M4 17h16";
pub(crate) const PEOPLE: &str = "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 010 6.5M18 14.5c2 .8 3.2 2.7 3.5 5.5";
pub(crate) const PIN: &str = "M9 4h6l-.8 6 3.3 4h-11l3.3-4zM12 14v6";
pub(crate) const QUEUE: &str = "M5 7h.01M5 12h.01M5 17h.01M9 7h11M9 12h11M9 17h7";
pub(crate) const SLIDERS: &str = "M4 8h9M17 8h3M15 6v4M4 16h3M11 16h9M9 14v4";

/// The mark: a counter window with somebody behind it.
pub(crate) fn mark() -> impl IntoView {
    let (arch, counter, face) =
        ("M6 24V13.5a10 10 0 0120 0V24z", "M3 26.5h26", "M12.5 24c.4-3 1.6-4.5 3.5-4.5s3.1 1.5 3.5 4.5");
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="mark-arch" d=arch />
            <path class="mark-line" d=face />
            <circle class="mark-head" cx="16" cy="14.5" r={"2.6"} />
            <path class="mark-counter" d=counter />
        </svg>
    }
}

/// The counter window, large: for the page where people sign in.
pub(crate) fn window() -> impl IntoView {
    let paths = [
        ("scene-wall", "M40 330V170a120 120 0 01240 0v160z"),
        ("scene-glass", "M64 318V174a96 96 0 01192 0v144z"),
        ("scene-person", "M112 318c2-50 20-74 48-74s46 24 48 74z"),
        ("scene-head", "M160 232a29 29 0 100-58 29 29 0 000 58z"),
        ("scene-counter", "M24 318h272v18H24z"),
        ("scene-leg", "M48 336h224v34H48z"),
        ("scene-bell", "M226 314c0-11 8-18 18-18s18 7 18 18zM244 296v-6M240 289h8"),
        (
            "scene-bubble",
            "M206 84h84a16 16 0 0116 16v30a16 16 0 01-16 16h-50l-20 18v-18h-14a16 16 0 01-16-16v-30a16 16 0 0116-16z",
        ),
        ("scene-words", "M212 106h70M212 124h44"),
    ];
    view! {
        <svg class="scene" viewBox="0 0 330 390" aria-hidden="true" focusable="false">
            {paths.map(|(class, path)| view! { <path class=class d=path /> })}
        </svg>
    }
}
