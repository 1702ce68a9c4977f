//! The list of channels, and a new one.

use crate::gate::{Field, FieldKind};
use crate::http;
use crate::icons;
use crate::texts::words;
use crate::ui::{Route, ui};
use leptos::prelude::*;
use shared::api::{Channel, EndpointName, NewChannel, Role};
use shared::limits::NAME_CHARS_MAX;

#[component]
pub(super) fn ChannelsPanel() -> impl IntoView {
    let ui = ui();
    let settings = &words().settings;
    let admin = ui.me().is_some_and(|me| me.role == Role::Admin);
    ui.inbox.load_channels();
    let line = |channel: Channel| {
        let state = if channel.active { settings.active } else { settings.inactive };
        view! {
            <li>
                <a class="channel" data-g="channel" href=Route::Channel(channel.id.clone()).fragment()>
                    {icons::line(icons::CHANNEL)}
                    <bdi class="channel-name">{channel.name}</bdi>
                    <span class="channel-state">{state}</span>
                </a>
            </li>
        }
    };
    view! {
        <h1>{words().shell.channels}</h1>
        <p class="settings-lead">{settings.channels_lead}</p>
        <section class="card">
            <Show when=move || ui.inbox.channels.with(Vec::is_empty)><p>{settings.no_channels}</p></Show>
            <ul class="channels">{move || ui.inbox.channels.get().into_iter().map(line).collect_view()}</ul>
        </section>
        {admin.then(|| view! { <NewChannelCard /> })}
    }
}

#[component]
fn NewChannelCard() -> impl IntoView {
    let settings = &words().settings;
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted = NewChannel { name: name.get_untracked().trim().to_owned() };
        let wrong = match wanted.name.chars().count() {
            0 => Some(settings.needed),
            1..=NAME_CHARS_MAX => None,
            _ => Some(settings.too_long),
        };
        error.set(wrong.map(str::to_owned));
        if wrong.is_none() {
            http::spawn(create(wanted, error));
        }
    };
    view! {
        <section class="card" aria-labelledby="new-channel">
            <h2 id="new-channel">{settings.new_channel}</h2>
            <form class="inline-form" novalidate on:submit=make>
                <Field
                    id="channel-name"
                    kind=FieldKind::Text
                    label=settings.channel_name
                    help=settings.channel_name_help
                    value=name
                    error
                />
                <button type="submit" class="button primary" data-g="make-channel">{settings.make_channel}</button>
            </form>
        </section>
    }
}

async fn create(wanted: NewChannel, error: RwSignal<Option<String>>) {
    let ui = ui();
    match http::send::<Channel>(EndpointName::CreateChannel, &wanted).await {
        Ok(channel) => {
            ui.inbox.load_channels();
            crate::browser::go(&Route::Channel(channel.id).fragment());
        }
        Err(trouble) => error.set(Some(trouble.words(words()).to_owned())),
    }
}
