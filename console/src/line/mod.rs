//! The line of one channel, live: who waits and why, who is there and how loaded.

mod people;
mod waiting;
mod watch;

use crate::icons;
use crate::texts::{put, words};
use crate::ui::ui;
use leptos::prelude::*;
use people::People;
use shared::api::LineView;
use shared::id::ChannelId;
use waiting::Waiting;
use watch::Watch;

#[component]
pub(crate) fn LinePage(id: ChannelId) -> impl IntoView {
    let ui = ui();
    let text = &words().line;
    let watch = Watch::start(&id);
    let name = {
        let id = id.clone();
        move || put(text.title, ui.inbox.channel_name(&id))
    };
    let id = StoredValue::new(id);
    view! {
        <main class="settings">
            <div class="settings-column line-page" data-g="line-page">
                <h1>{name}</h1>
                <p class="settings-lead">{text.lead}</p>
                <div role="alert">
                    <Show when=move || watch.trouble.get().is_some()>
                        <p class="form-error" data-g="refusal">{move || watch.trouble.get()}</p>
                    </Show>
                </div>
                <Show
                    when=move || watch.is_here()
                    fallback=move || view! { <Show when=move || watch.trouble.get().is_none()><Loading /></Show> }
                >
                    <Totals watch />
                    <Waiting watch />
                    <People watch id=id.get_value() />
                </Show>
            </div>
        </main>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! { <p class="settings-wait" role="status">{words().line.loading}</p> }
}

/// How many are where, and whether somebody could take one more.
#[component]
fn Totals(watch: Watch) -> impl IntoView {
    let text = &words().line;
    let total = move |name: &'static str, hook: &'static str, count: fn(&LineView) -> u32| {
        view! {
            <div class="total">
                <dt>{name}</dt>
                <dd data-g=hook>{move || watch.read(count)}</dd>
            </div>
        }
    };
    let free = Memo::new(move |_| watch.read(|view| view.available));
    let sign = move || icons::shape(if free.get() { "sign ready" } else { "sign offline" });
    view! {
        <section class="card totals">
            <dl>
                {total(text.waiting, "line-waiting-total", |view| view.waiting_total)}
                {total(text.offered, "line-offered-total", |view| view.offered_total)}
                {total(text.owned, "line-owned-total", |view| view.owned_total)}
            </dl>
            <p class="verdict" data-g="line-available" data-available=move || free.get().to_string() role="status">
                {sign} <span>{move || if free.get() { text.free } else { text.nobody_free }}</span>
            </p>
        </section>
    }
}
