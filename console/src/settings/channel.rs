//! One channel: who answers, how many, how fast, the greeting, and the script tag.

use super::form::{Form, Page, Saving, load};
use super::{CopyField, Loaded, NotLoaded};
use crate::gate::{Field, FieldKind};
use crate::texts::words;
use crate::ui::{Route, ui};
use crate::{browser, http, icons};
use leptos::prelude::*;
use shared::api::{Person, Role};
use shared::id::ChannelId;

#[component]
pub(super) fn ChannelPanel(id: ChannelId) -> impl IntoView {
    let ui = ui();
    let page = RwSignal::new(Loaded::Wait);
    let id = StoredValue::new(id);
    let read = move || {
        page.set(Loaded::Wait);
        http::spawn(async move {
            let answer = load(&id.get_value()).await;
            page.set(answer.map_or(Loaded::Failed, Loaded::Here));
        });
    };
    read();
    view! {
        <a class="link up" href=Route::Channels.fragment()>{icons::line(icons::BACK)} {words().settings.all}</a>
        <h1><bdi>{move || ui.inbox.channel_name(&id.get_value())}</bdi></h1>
        {move || match page.get() {
            Loaded::Here(page) => view! { <Edit id=id.get_value() page /> }.into_any(),
            other => view! { <NotLoaded failed=matches!(other, Loaded::Failed) again=move |()| read() /> }.into_any(),
        }}
    }
}

#[component]
fn Edit(id: ChannelId, page: Page) -> impl IntoView {
    let form = Form::new(page.settings);
    let admin = ui().me().is_some_and(|me| me.role == Role::Admin);
    let saved = id.clone();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.save(saved.clone());
    };
    view! {
        <form class="settings-form" data-g="channel-form" novalidate on:submit=save>
            <Members form people=page.people />
            <Queue form />
            <Greeting form />
            <Tag id=id.clone() />
            {admin.then(|| view! { <SaveBar form id /> })}
        </form>
    }
}

#[component]
fn Members(form: Form, people: Vec<Person>) -> impl IntoView {
    let settings = &words().settings;
    let line = move |person: Person| {
        let (id, asked) = (person.id.clone(), person.id);
        let change = move |_| {
            form.members.update(|members| {
                let before = members.len();
                members.retain(|member| *member != id);
                if members.len() == before {
                    members.push(id.clone());
                }
            });
        };
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    data-g="member"
                    data-operator=asked.to_string()
                    prop:checked=move || form.members.with(|members| members.contains(&asked))
                    on:change=change
                />
                <bdi>{person.name}</bdi>
            </label>
        }
    };
    view! {
        <fieldset class="card">
            <legend>{settings.members}</legend>
            <p class="field-help">{settings.members_help}</p>
            <div class="checks">{people.into_iter().map(line).collect_view()}</div>
            <Show when=move || form.members.with(Vec::is_empty)><p class="field-error">{settings.members_none}</p></Show>
        </fieldset>
    }
}

#[component]
fn Queue(form: Form) -> impl IntoView {
    let settings = &words().settings;
    view! {
        <fieldset class="card">
            <legend>{settings.queue}</legend>
            <Field
                id="at-once"
                kind=FieldKind::Number
                label=settings.at_once
                help=settings.at_once_help
                value=form.at_once
                error=form.error("sessions_at_once", settings.at_once_help)
            />
            <Field
                id="response-limit"
                kind=FieldKind::Number
                label=settings.limit
                help=settings.limit_help
                value=form.limit
                error=form.error("response_limit", settings.limit_help)
            />
        </fieldset>
    }
}

#[component]
fn Greeting(form: Form) -> impl IntoView {
    let settings = &words().settings;
    let error = form.error("greeting_text", "");
    view! {
        <fieldset class="card">
            <legend>{settings.greeting}</legend>
            <label class="check">
                <input
                    type="checkbox"
                    data-g="greeting"
                    prop:checked=move || form.greeting.get()
                    on:change=move |event| form.greeting.set(event_target_checked(&event))
                />
                {settings.greeting_on}
            </label>
            <Show when=move || form.greeting.get()>
                <div class="field">
                    <label for="greeting-text">{settings.greeting_text}</label>
                    <textarea
                        id="greeting-text"
                        data-g="greeting-text"
                        rows={"3"}
                        dir="auto"
                        prop:value=move || form.greeting_text.get()
                        on:input=move |event| form.greeting_text.set(event_target_value(&event))
                    ></textarea>
                    <Show when=move || error.with(Option::is_some)><p class="field-error">{move || error.get()}</p></Show>
                    <p class="field-help">{settings.greeting_help}</p>
                </div>
            </Show>
        </fieldset>
    }
}

#[component]
fn Tag(id: ChannelId) -> impl IntoView {
    let settings = &words().settings;
    let tag = format!("<script src=\"{}/w/{id}.js\" async></script>", browser::origin());
    view! {
        <section class="card">
            <h2>{settings.tag}</h2>
            <CopyField id="script-tag" label=settings.tag_label help=settings.tag_help.to_owned() text=tag />
        </section>
    }
}

#[component]
fn SaveBar(form: Form, id: ChannelId) -> impl IntoView {
    let settings = &words().settings;
    let state = move || match form.state.get() {
        Saving::Conflict => words().refusals.of(shared::reject::Code::VersionConflict),
        Saving::Failed(words) => words,
        Saving::Done if !form.is_changed() => settings.saved,
        _ if form.is_changed() => settings.changed,
        _ => "",
    };
    let bad = move || matches!(form.state.get(), Saving::Conflict | Saving::Failed(_));
    let working = move || form.state.get() == Saving::Now;
    let id = StoredValue::new(id);
    view! {
        <div class="save-bar" class:idle=move || state().is_empty()>
            <p role="status" class:refused=bad data-g=move || if bad() { "refusal" } else { "saved" }>{state}</p>
            <div class="bar-buttons">
                <Show when=move || form.state.get() == Saving::Conflict>
                    <button type="button" class="button" on:click=move |_| form.take_theirs(id.get_value())>
                        {settings.reload}
                    </button>
                </Show>
                <Show when=move || form.is_changed()>
                    <button type="button" class="button" on:click=move |_| form.undo()>{settings.undo}</button>
                </Show>
                <button type="submit" class="button primary" data-g="save" disabled=working>
                    {move || if working() { settings.saving } else { settings.save }}
                </button>
            </div>
        </div>
    }
}
