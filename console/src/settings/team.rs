//! Who answers, and how others are invited.

use super::{CopyField, Loaded, NotLoaded, role_name};
use crate::texts::{put, words};
use crate::ui::ui;
use crate::{browser, clock, http};
use leptos::prelude::*;
use shared::api::{EndpointName, Invite, NewInvite, Person, Role};

const ROLES: [(&str, Role); 3] =
    [("operator", Role::Operator), ("supervisor", Role::Supervisor), ("admin", Role::Admin)];

#[component]
pub(super) fn Team() -> impl IntoView {
    let settings = &words().settings;
    let admin = ui().me().is_some_and(|me| me.role == Role::Admin);
    view! {
        <h1>{words().shell.team}</h1>
        <p class="settings-lead">{settings.team_lead}</p>
        <People />
        {admin.then(|| view! { <InviteCard /> })}
    }
}

#[component]
fn People() -> impl IntoView {
    let settings = &words().settings;
    let people = RwSignal::new(Loaded::Wait);
    let load = move || {
        http::spawn(async move {
            let answer = http::fetch::<Vec<Person>>(EndpointName::Operators).await;
            people.set(answer.map_or(Loaded::Failed, Loaded::Here));
        });
    };
    load();
    let me = ui().me().map(|me| me.id);
    let line = move |person: Person| {
        let own = (me.as_ref() == Some(&person.id)).then(|| format!(" ({})", settings.you));
        view! {
            <li class="person">
                <span class="face small" aria-hidden="true">{person.name.chars().next().map(String::from)}</span>
                <span class="person-name"><bdi>{person.name.clone()}</bdi> {own}</span>
                <span class="person-role">{role_name(person.role)}</span>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="people">
            <h2 id="people">{settings.people}</h2>
            {move || match people.get() {
                Loaded::Here(people) => {
                    view! { <ul class="people">{people.into_iter().map(line.clone()).collect_view()}</ul> }.into_any()
                }
                other => view! { <NotLoaded failed=matches!(other, Loaded::Failed) again=move |()| load() /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn InviteCard() -> impl IntoView {
    let settings = &words().settings;
    let role = RwSignal::new(Role::Operator);
    let invite = RwSignal::new(None::<Invite>);
    let working = RwSignal::new(false);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        working.set(true);
        http::spawn(async move {
            let wanted = NewInvite { role: role.get_untracked() };
            match http::send::<Invite>(EndpointName::Invite, &wanted).await {
                Ok(made) => invite.set(Some(made)),
                Err(trouble) => ui().refuse(trouble.words(words())),
            }
            working.set(false);
        });
    };
    view! {
        <section class="card" aria-labelledby="invite-title">
            <h2 id="invite-title">{settings.invite}</h2>
            <p>{settings.invite_lead}</p>
            <form class="inline-form" on:submit=make>
                <RoleChoice role />
                <button type="submit" class="button primary" data-g="invite" disabled=working>{settings.invite_make}</button>
            </form>
            <div aria-live="polite">{move || invite.get().map(|invite| view! { <Link invite /> })}</div>
        </section>
    }
}

#[component]
fn RoleChoice(role: RwSignal<Role>) -> impl IntoView {
    let settings = &words().settings;
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some((_, chosen)) = ROLES.iter().find(|(name, _)| *name == value) {
            role.set(*chosen);
        }
    };
    let option =
        |(value, role): (&'static str, Role)| view! { <option value=value>{role_name(role)}</option> };
    view! {
        <div class="field">
            <label for="invite-role">{settings.invite_role}</label>
            <select id="invite-role" data-g="invite-role" on:change=choose>{ROLES.map(option)}</select>
        </div>
    }
}

#[component]
fn Link(invite: Invite) -> impl IntoView {
    let settings = &words().settings;
    let link = format!("{}/console/#join={}", browser::origin(), invite.token);
    let help = put(settings.invite_help, clock::date_and_time(invite.expires_at));
    view! { <CopyField id="invite-link" label=settings.invite_link help text=link /> }
}
