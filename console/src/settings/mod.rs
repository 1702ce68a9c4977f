//! What an administrator sets up: the team, and the channels with all their settings.

mod cards;
mod channel;
mod channels;
mod controls;
mod copy;
mod fields;
mod form;
mod keys;
mod place;
mod rows;
mod team;
mod typed;
mod unit;
mod wrong;
mod zones;

use crate::texts::words;
use crate::ui::{Route, ui};
use channel::ChannelPanel;
use channels::ChannelsPanel;
use copy::CopyField;
use leptos::prelude::*;
use shared::api::Role;
use team::Team;

#[component]
pub(crate) fn Panel() -> impl IntoView {
    let ui = ui();
    let route = Memo::new(move |_| ui.route.get());
    view! {
        <main class="settings">
            <div class="settings-column">
                {move || match route.get() {
                    Route::Team => view! { <Team /> }.into_any(),
                    Route::Channel(id) => view! { <ChannelPanel id /> }.into_any(),
                    _ => view! { <ChannelsPanel /> }.into_any(),
                }}
            </div>
        </main>
    }
}

pub(crate) fn role_name(role: Role) -> &'static str {
    let settings = &words().settings;
    match role {
        Role::Operator => settings.role_operator,
        Role::Supervisor => settings.role_supervisor,
        Role::Admin => settings.role_admin,
    }
}

/// Something that is read from the worker before it can be shown.
#[derive(Clone, Debug)]
enum Loaded<T> {
    Wait,
    Failed,
    Here(T),
}

/// What stands in the place of something not loaded.
#[component]
fn NotLoaded(failed: bool, #[prop(into)] again: Callback<()>) -> impl IntoView {
    let settings = &words().settings;
    if !failed {
        return view! { <p class="settings-wait" role="status">{settings.loading}</p> }.into_any();
    }
    view! {
        <p class="form-error" role="alert">{settings.failed}</p>
        <button type="button" class="button" on:click=move |_| again.run(())>{settings.again}</button>
    }
    .into_any()
}
