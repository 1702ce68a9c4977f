//! The countdown of an offer: a ring that empties.

use crate::clock;
use crate::texts::{put, words};
use crate::ui::ui;
use leptos::prelude::*;
use shared::time::Millis;
use shared::wire::{InboxRow, RowState};

/// The ring's length, so that its dashes can be told as a part of it.
const LENGTH: f64 = 100.0;
/// From here on the ring warns.
const SOON: Millis = Millis::seconds(30);

/// The time an offer has left.
pub(crate) fn time_left(row: &InboxRow) -> Millis {
    let ui = ui();
    match row.state {
        RowState::Offered { since, until } => {
            let now = ui.inbox.clock.get().now(ui.now.get());
            until.since(now.max(since))
        }
        _ => Millis(0),
    }
}

/// How much of the ring is gone, from 0 to its whole length.
fn gone(row: &InboxRow) -> f64 {
    let RowState::Offered { since, until } = row.state else { return LENGTH };
    let whole = until.since(since).0.max(1);
    LENGTH * (1.0 - (time_left(row).0 as f64 / whole as f64).clamp(0.0, 1.0))
}

#[component]
pub(crate) fn Ring(#[prop(into)] row: Signal<Option<InboxRow>>) -> impl IntoView {
    let left = move || row.get().map_or(Millis(0), |row| time_left(&row));
    let offset = move || row.get().map_or(LENGTH, |row| gone(&row)).to_string();
    view! {
        <svg class="ring" class:soon=move || left() < SOON viewBox="0 0 40 40" aria-hidden="true" focusable="false">
            <circle class="ring-track" cx="20" cy="20" r={"18"} />
            <circle
                class="ring-left"
                cx="20"
                cy="20"
                r="18"
                pathLength=LENGTH.to_string()
                stroke-dasharray=LENGTH.to_string()
                stroke-dashoffset=offset
            />
        </svg>
    }
}

/// The same in figures.
#[component]
pub(super) fn Countdown(#[prop(into)] row: Signal<Option<InboxRow>>) -> impl IntoView {
    let left = move || row.get().map_or(Millis(0), |row| time_left(&row));
    view! {
        <span
            class="countdown"
            class:soon=move || left() < SOON
            data-g="countdown"
            role="timer"
            title=move || put(words().inbox.time_left, clock::left(left()))
        >
            {move || clock::left(left())}
        </span>
    }
}
