//! One channel: everything that may be set for it, and the script tag.

use super::cards::cards;
use super::form::{Form, Page, Saving, load};
use super::keys::KeysCard;
use super::{CopyField, Loaded, NotLoaded};
use crate::texts::words;
use crate::ui::{Route, ui};
use crate::{browser, http, icons};
use leptos::prelude::*;
use shared::api::Role;
use shared::id::ChannelId;
use shared::reject::Code;

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
    let admin = ui().me().is_some_and(|me| me.role == Role::Admin);
    let form = Form::new(page.settings, admin);
    let saved = id.clone();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if admin {
            form.save(saved.clone());
        }
    };
    view! {
        {(!admin).then(|| view! { <p class="settings-lead" data-g="read-only">{words().settings.form.read_only}</p> })}
        <form class="settings-form" data-g="channel-form" novalidate on:submit=save>
            {cards(form, page.people)}
            <Tag id=id.clone() />
            {admin.then(|| view! { <SaveBar form id=id.clone() /> })}
        </form>
        {admin.then(|| view! { <KeysCard id /> })}
    }
}

#[component]
fn Tag(id: ChannelId) -> impl IntoView {
    let site = &words().settings.site;
    let tag = format!("<script src=\"{}/w/{id}.js\" async></script>", browser::origin());
    view! {
        <section class="card" aria-labelledby="card-tag">
            <h2 id={"card-tag"}>{site.tag}</h2>
            <CopyField id="script-tag" label=site.tag_label help=site.tag_help.to_owned() text=tag />
        </section>
    }
}

#[component]
fn SaveBar(form: Form, id: ChannelId) -> impl IntoView {
    let words = words();
    let bar = &words.settings.form;
    let state = move || match form.state.get() {
        Saving::Conflict => words.refusals.of(Code::VersionConflict),
        Saving::Failed(words) => words,
        Saving::Wrong if form.is_any_wrong() => words.refusals.of(Code::InvalidFields),
        _ if form.is_changed() => bar.changed,
        Saving::Done => bar.saved,
        _ => "",
    };
    let bad = move || match form.state.get() {
        Saving::Conflict | Saving::Failed(_) => true,
        Saving::Wrong => form.is_any_wrong(),
        _ => false,
    };
    let working = move || form.state.get() == Saving::Now;
    let id = StoredValue::new(id);
    let stranger = |line: String| view! { <li>{line}</li> };
    view! {
        <div class="save-bar" class:idle=move || state().is_empty()>
            <div class="save-state">
                <p role="status" class:refused=bad data-g=move || if bad() { "refusal" } else { "saved" }>{state}</p>
                <ul class="refused" data-g="strangers" hidden=move || form.strangers().is_empty()>
                    {move || form.strangers().into_iter().map(stranger).collect_view()}
                </ul>
            </div>
            <div class="bar-buttons">
                <button
                    type="button"
                    class="button"
                    data-g="take-theirs"
                    hidden=move || form.state.get() != Saving::Conflict
                    on:click=move |_| form.take_theirs(id.get_value())
                >
                    {bar.reload}
                </button>
                <button
                    type="button"
                    class="button"
                    data-g="undo"
                    hidden=move || !form.is_changed()
                    on:click=move |_| form.undo()
                >
                    {bar.undo}
                </button>
                <button type="submit" class="button primary" data-g="save" disabled=working>
                    {move || if working() { bar.saving } else { bar.save }}
                </button>
            </div>
        </div>
    }
}
