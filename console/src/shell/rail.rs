//! The rail: groups, channels, set-up, and the operator's own things.

use crate::browser;
use crate::gate::Languages;
use crate::http;
use crate::icons;
use crate::inbox::{Group, group_name, title_id};
use crate::settings::role_name;
use crate::sound;
use crate::texts::words;
use crate::ui::{Greeting, Route, ui};
use leptos::prelude::*;
use shared::api::{Channel, EndpointName, Me, Role};
use shared::id::ChannelId;

#[component]
pub(super) fn Rail(me: Me) -> impl IntoView {
    let ui = ui();
    let admin = me.role == Role::Admin;
    view! {
        <nav class="rail" id="rail" class:open=move || ui.menu_open.get() aria-label=words().shell.menu>
            <div class="rail-scroll">
                <Groups />
                <Channels />
                {admin.then(|| view! { <SetUp /> })}
            </div>
            <Own me />
        </nav>
    }
}

#[component]
fn Groups() -> impl IntoView {
    let shell = &words().shell;
    view! {
        <h2 class="rail-title">{shell.chats}</h2>
        <ul class="rail-list">{Group::ALL.map(|group| view! { <GroupLink group /> })}</ul>
    }
}

#[component]
fn GroupLink(group: Group) -> impl IntoView {
    let ui = ui();
    let count =
        move || ui.inbox.rows.with(|rows| rows.values().filter(|row| Group::of(&row.state) == group).count());
    let show = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        ui.menu_open.set(false);
        if ui.route.with_untracked(Route::is_settings) {
            browser::go(&Route::Inbox.fragment());
        }
        request_animation_frame(move || browser::reveal(title_id(group)));
    };
    view! {
        <li>
            <a class="rail-link" href=Route::Inbox.fragment() on:click=show>
                {icons::shape(dot(group))} <span class="rail-name">{group_name(group)}</span>
                <span class="count" class:loud=move || group == Group::New && count() != 0>
                    {move || Some(count()).filter(|count| *count != 0)}
                </span>
            </a>
        </li>
    }
}

const fn dot(group: Group) -> &'static str {
    match group {
        Group::New => "state-dot new",
        Group::InWork => "state-dot work",
        Group::Answered => "state-dot answered",
    }
}

#[component]
fn Channels() -> impl IntoView {
    let ui = ui();
    let shell = &words().shell;
    let key = |channel: &Channel| (channel.id.clone(), channel.name.clone());
    view! {
        <Show when=move || ui.inbox.channels.with(|channels| channels.len() > 1)>
            <h2 class="rail-title">{shell.channels}</h2>
            <ul class="rail-list">
                <Narrow id=None name=shell.all_channels.to_owned() />
                <For each=move || ui.inbox.channels.get() key=key let:channel>
                    <Narrow id=Some(channel.id) name=channel.name />
                </For>
            </ul>
        </Show>
    }
}

/// Narrows the list to one channel, or to none.
#[component]
fn Narrow(id: Option<ChannelId>, name: String) -> impl IntoView {
    let ui = ui();
    let all = id.is_none();
    let pressed = {
        let id = id.clone();
        move || ui.inbox.only.with(|only| *only == id) && !ui.route.with(Route::is_settings)
    };
    let narrow = move |_| {
        ui.inbox.only.set(id.clone());
        ui.menu_open.set(false);
        if ui.route.with_untracked(Route::is_settings) {
            browser::go(&Route::Inbox.fragment());
        }
    };
    view! {
        <li>
            <button type="button" class="rail-link" aria-pressed=move || pressed().to_string() on:click=narrow>
                {icons::line(if all { icons::CHATS } else { icons::CHANNEL })} <span class="rail-name">{name}</span>
            </button>
        </li>
    }
}

#[component]
fn SetUp() -> impl IntoView {
    let shell = &words().shell;
    let ui = ui();
    let link = move |route: Route, icon, name| {
        let href = route.fragment();
        let here = move || ui.route.with(|now| same_panel(now, &route)).then_some("page");
        view! {
            <li>
                <a class="rail-link" href=href aria-current=here>
                    {icons::line(icon)} <span class="rail-name">{name}</span>
                </a>
            </li>
        }
    };
    view! {
        <h2 class="rail-title">{shell.setup}</h2>
        <ul class="rail-list">
            {link(Route::Team, icons::PEOPLE, shell.team)} {link(Route::Channels, icons::SLIDERS, shell.channels)}
        </ul>
    }
}

fn same_panel(a: &Route, b: &Route) -> bool {
    let channels = |route: &Route| matches!(route, Route::Channels | Route::Channel(_));
    a == b || (channels(a) && channels(b))
}

/// Sound, language, and who is signed in.
#[component]
fn Own(me: Me) -> impl IntoView {
    let shell = &words().shell;
    view! {
        <div class="own">
            <SoundSwitch />
            <Languages />
            <div class="own-me">
                <span class="face small" aria-hidden="true">{me.name.chars().next().map(String::from)}</span>
                <span class="own-text">
                    <span class="own-name">{me.name.clone()}</span>
                    <span class="own-role">{role_name(me.role)}</span>
                </span>
                <button
                    type="button"
                    class="icon-button"
                    data-g="signout"
                    title=shell.sign_out
                    aria-label=shell.sign_out
                    on:click=move |_| sign_out()
                >
                    {icons::line(icons::LEAVE)}
                </button>
            </div>
        </div>
    }
}

#[component]
fn SoundSwitch() -> impl IntoView {
    let on = RwSignal::new(sound::is_on());
    let change = move |_| {
        on.update(|on| *on = !*on);
        sound::set_on(on.get_untracked());
    };
    view! {
        <button
            type="button"
            role="switch"
            class="rail-link toggle"
            class:on=on
            data-g="sound"
            aria-checked=move || on.get().to_string()
            on:click=change
        >
            <span class="rail-name">{words().shell.sound}</span> {icons::shape("switch")}
        </button>
    }
}

fn sign_out() {
    let ui = ui();
    http::spawn(async move {
        match http::fetch::<()>(EndpointName::SignOut).await {
            Ok(()) => ui.leave(Greeting::SignedOut),
            Err(trouble) if trouble.code() == Some(shared::reject::Code::SignInRequired) => {
                ui.leave(Greeting::SignedOut);
            }
            Err(trouble) => ui.refuse(trouble.words(words())),
        }
    });
}
