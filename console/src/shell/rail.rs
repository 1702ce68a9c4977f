//! The rail: groups, channels, set-up, and the operator's own things.

use crate::browser;
use crate::gate::Languages;
use crate::http;
use crate::icons;
use crate::inbox::{Group, group_name, title_id};
use crate::settings::role_name;
use crate::sound;
use crate::texts::{put, words};
use crate::ui::{Greeting, Route, ui};
use leptos::prelude::*;
use shared::api::{Channel, EndpointName, Me, Role};
use shared::id::ChannelId;

#[component]
pub(super) fn Rail(me: Me) -> impl IntoView {
    let ui = ui();
    let admin = me.role == Role::Admin;
    let supervisor = me.role >= Role::Supervisor;
    view! {
        <nav class="rail" id="rail" class:open=move || ui.menu_open.get() aria-label=words().shell.menu>
            <div class="rail-scroll">
                <Groups />
                <Channels watches=supervisor />
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
    let shown = Memo::new(move |_| !group.is_rare() || count() != 0);
    let show = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        ui.menu_open.set(false);
        if ui.route.with_untracked(Route::is_page) {
            browser::go(&Route::Inbox.fragment());
        }
        request_animation_frame(move || browser::reveal(title_id(group)));
    };
    view! {
        <Show when=move || shown.get()>
            <li>
                <a class="rail-link" href=Route::Inbox.fragment() on:click=show>
                    {icons::shape(dot(group))} <span class="rail-name">{group_name(group)}</span>
                    <span class="count" class:loud=move || group == Group::New && count() != 0>
                        {move || Some(count()).filter(|count| *count != 0)}
                    </span>
                </a>
            </li>
        </Show>
    }
}

const fn dot(group: Group) -> &'static str {
    match group {
        Group::New => "state-dot new",
        Group::InWork => "state-dot work",
        Group::Answered => "state-dot answered",
        Group::Joined => "state-dot joined",
        Group::Missed => "state-dot missed",
    }
}

/// The channels, to narrow the list; and for those who watch, the way to the line of each.
#[component]
fn Channels(watches: bool) -> impl IntoView {
    let ui = ui();
    let shell = &words().shell;
    let key = |channel: &Channel| (channel.id.clone(), channel.name.clone());
    let count = Memo::new(move |_| ui.inbox.channels.with(Vec::len));
    view! {
        <Show when=move || { count.get() > 1 }>
            <h2 class="rail-title">{shell.channels}</h2>
            <ul class="rail-list">
                <li><Narrow id=None name=shell.all_channels.to_owned() /></li>
                <For each=move || ui.inbox.channels.get() key=key let:channel>
                    <li class="rail-pair">
                        <Narrow id=Some(channel.id.clone()) name=channel.name.clone() />
                        <Show when=move || watches><LineLink channel=channel.clone() alone=false /></Show>
                    </li>
                </For>
            </ul>
        </Show>
        <Show when=move || watches && count.get() == 1>
            <h2 class="rail-title">{words().line.section}</h2>
            <ul class="rail-list">
                <For each=move || ui.inbox.channels.get() key=key let:channel>
                    <li><LineLink channel alone=true /></li>
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
        move || ui.inbox.only.with(|only| *only == id) && !ui.route.with(Route::is_page)
    };
    let narrow = move |_| {
        ui.inbox.only.set(id.clone());
        ui.menu_open.set(false);
        if ui.route.with_untracked(Route::is_page) {
            browser::go(&Route::Inbox.fragment());
        }
    };
    view! {
        <button type="button" class="rail-link" aria-pressed=move || pressed().to_string() on:click=narrow>
            {icons::line(if all { icons::CHATS } else { icons::CHANNEL })} <span class="rail-name">{name}</span>
        </button>
    }
}

/// Leads to the line of a channel. `alone`: with the channel's name.
#[component]
fn LineLink(channel: Channel, alone: bool) -> impl IntoView {
    let ui = ui();
    let Channel { id, name, .. } = channel;
    let (hook, href) = (id.to_string(), Route::Line(id.clone()).fragment());
    let here = move || ui.route.with(|route| route.line().as_ref() == Some(&id)).then_some("page");
    let label = put(words().line.title, &name);
    let shown = alone.then(|| view! { <bdi class="rail-name">{name}</bdi> });
    view! {
        <a
            class=if alone { "rail-link" } else { "icon-button" }
            data-g="line"
            data-channel=hook
            href=href
            aria-current=here
            aria-label=label.clone()
            title=label
        >
            {icons::line(icons::QUEUE)} {shown}
        </a>
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
