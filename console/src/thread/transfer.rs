//! To whom or where a chat is handed over.

use super::state::Thread;
use crate::http;
use crate::icons;
use crate::people::{Face, Standing, verdict_name};
use crate::texts::{put, words};
use crate::ui::ui;
use leptos::html;
use leptos::prelude::*;
use shared::api::{Channel, EndpointName, PersonView};
use shared::id::ChannelId;
use shared::why::Verdict;
use shared::wire::{Target, ToConversation};

/// The members of the channel.
#[derive(Clone, Debug)]
enum Members {
    Wait,
    Failed,
    Here(Vec<PersonView>),
}

#[component]
pub(super) fn TransferDialog(thread: Thread, open: RwSignal<bool>) -> impl IntoView {
    let text = &words().actions;
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // Fails only for one that is open already.
            let _ = dialog.show_modal();
        }
    });
    // Closed first and taken away then, so that the browser gives the keyboard back.
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let choose = Callback::new(move |to: Target| {
        close();
        thread.ask_as_seen(|epoch| ToConversation::Transfer { epoch, to });
    });
    // Only beside the box the dialog itself is what was clicked.
    let beside = move |event: leptos::ev::MouseEvent| {
        if dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref())) {
            close();
        }
    };
    view! {
        <dialog
            class="dialog"
            data-g="transfer-dialog"
            aria-labelledby="transfer-title"
            node_ref=dialog
            on:close=move |_| open.set(false)
            on:click=beside
        >
            <div class="dialog-box">
                <div class="dialog-head">
                    <h2 id="transfer-title">{text.transfer_title}</h2>
                    <button type="button" class="icon-button" aria-label=text.cancel on:click=move |_| close()>
                        {icons::line(icons::CLOSE)}
                    </button>
                </div>
                <p class="dialog-lead">{text.transfer_lead}</p>
                <MembersPart thread choose />
                <ChannelsPart thread choose />
            </div>
        </dialog>
    }
}

#[component]
fn MembersPart(thread: Thread, choose: Callback<Target>) -> impl IntoView {
    let ui = ui();
    let text = &words().actions;
    let members = RwSignal::new(Members::Wait);
    let load = move || {
        members.set(Members::Wait);
        let channel = thread.channel();
        http::spawn(async move {
            let read = read(channel).await;
            if !members.is_disposed() {
                members.set(read.map_or(Members::Failed, Members::Here));
            }
        });
    };
    untrack(load);
    let title = move || {
        let channel = thread.channel().map(|channel| ui.inbox.channel_name(&channel));
        put(text.members, channel.unwrap_or_default())
    };
    let list = move || match members.get() {
        Members::Wait => view! { <p class="dialog-lead" role="status">{text.loading}</p> }.into_any(),
        Members::Failed => view! {
            <p class="form-error" role="alert">{text.failed}</p>
            <button type="button" class="button" on:click=move |_| load()>{text.again}</button>
        }
        .into_any(),
        Members::Here(people) => {
            let own = ui.me().map(|me| me.id).filter(|_| thread.is_mine());
            let others: Vec<_> =
                people.into_iter().filter(|person| Some(&person.id) != own.as_ref()).collect();
            if others.is_empty() {
                return view! { <p class="dialog-lead">{text.no_members}</p> }.into_any();
            }
            let target = |person| view! { <Person person choose /> };
            view! { <ul class="targets">{others.into_iter().map(target).collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <section>
            <h3 class="dialog-title">{title}</h3>
            {list}
        </section>
    }
}

async fn read(channel: Option<ChannelId>) -> Option<Vec<PersonView>> {
    http::fetch_of(EndpointName::Members, &channel?).await.ok()
}

#[component]
fn Person(person: PersonView, choose: Callback<Target>) -> impl IntoView {
    let text = &words().actions;
    let PersonView { id, name, verdict, load, .. } = person;
    let standing = match verdict {
        Verdict::Offline => text.offline,
        Verdict::OnBreak => text.on_break,
        Verdict::Full => text.full,
        Verdict::Ready | Verdict::ChannelClosed => words().line.verdict(verdict),
    };
    let me = ui().me().is_some_and(|me| me.id == id).then(|| format!(" ({})", text.you));
    let hook = id.to_string();
    view! {
        <li>
            <button
                type="button"
                class="target"
                data-g="transfer-to"
                data-operator=hook
                data-verdict=verdict_name(verdict)
                disabled=verdict == Verdict::Offline
                on:click=move |_| choose.run(Target::Operator(id.clone()))
            >
                <Face name=name.clone() />
                <span class="target-text">
                    <span class="target-name"><bdi>{name}</bdi> {me}</span>
                    <Standing verdict words=standing />
                </span>
                <span class="target-load">{text.chats.of(load)}</span>
            </button>
        </li>
    }
}

#[component]
fn ChannelsPart(thread: Thread, choose: Callback<Target>) -> impl IntoView {
    let ui = ui();
    let text = &words().actions;
    let others = Memo::new(move |_| {
        let own = thread.channel();
        ui.inbox.channels.with(|channels| {
            channels.iter().filter(|channel| Some(&channel.id) != own.as_ref()).cloned().collect::<Vec<_>>()
        })
    });
    let target = move |channel: Channel| {
        let (id, hook) = (channel.id.clone(), channel.id.to_string());
        let off = (!channel.active).then(|| view! { <span class="target-load">{text.channel_off}</span> });
        view! {
            <li>
                <button
                    type="button"
                    class="target"
                    data-g="transfer-to"
                    data-channel=hook
                    disabled=!channel.active
                    on:click=move |_| choose.run(Target::Channel(id.clone()))
                >
                    {icons::line(icons::CHANNEL)}
                    <span class="target-text"><bdi class="target-name">{channel.name}</bdi></span>
                    {off}
                </button>
            </li>
        }
    };
    view! {
        <section>
            <h3 class="dialog-title">{text.channels}</h3>
            <Show
                when=move || !others.with(Vec::is_empty)
                fallback=move || view! { <p class="dialog-lead">{text.no_channels}</p> }
            >
                <ul class="targets">{move || others.get().into_iter().map(target).collect_view()}</ul>
            </Show>
        </section>
    }
}
