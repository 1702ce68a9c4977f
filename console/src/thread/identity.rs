//! Who the visitor is, as far as a site vouches for them, and the other chats of the same browser.

use super::state::Thread;
use crate::icons;
use crate::texts::{put, words};
use crate::ui::{Route, ui};
use leptos::prelude::*;
use shared::api::Role;
use shared::id::ConversationId;
use shared::verified::{Linked, Verified};

#[component]
pub(super) fn Identity(thread: Thread) -> impl IntoView {
    let text = &words().verified;
    let verified = move || thread.identity.with(|identity| identity.verified.clone());
    let linked = move || thread.identity.with(|identity| identity.linked.clone());
    let is_linked = move || thread.identity.with(|identity| !identity.linked.is_empty());
    view! {
        <Show when=move || thread.identity.with(|identity| !identity.is_empty())>
            <div class="identity" data-g="identity">
                {move || verified().map(|who| view! { <Mark who /> })}
                <Show when=is_linked>
                    <p>
                        {text.same_browser}
                        {move || linked().into_iter().map(|other| view! { " " <Other other /> }).collect_view()}
                    </p>
                </Show>
            </div>
        </Show>
    }
}

#[component]
fn Mark(who: Verified) -> impl IntoView {
    view! {
        <p data-g="verified" title=who.issuer>
            <span class="identity-mark">{icons::line(icons::CHECK)} {words().verified.verified}</span>
            " "
            <bdi>{who.subject}</bdi>
        </p>
    }
}

/// A way to another chat, for who may read it.
#[component]
fn Other(other: Linked) -> impl IntoView {
    let text = &words().verified;
    let name = other.verified.map_or(text.before.to_owned(), |who| put(text.signed_in_as, who.subject));
    let id = StoredValue::new(other.conversation);
    let name = StoredValue::new(name);
    move || {
        let (id, name) = (id.get_value(), name.get_value());
        if may_read(&id) {
            let to = Route::Chat(id).fragment();
            view! { <a class="identity-link" data-g="linked" href=to><bdi>{name}</bdi></a> }.into_any()
        } else {
            view! { <span data-g="linked" title=text.not_yours><bdi>{name}</bdi></span> }.into_any()
        }
    }
}

/// Supervisors read every chat, operators those that were offered to them. Of the latter the console knows what is in the inbox.
fn may_read(id: &ConversationId) -> bool {
    let is_above = ui().me().is_some_and(|me| me.role >= Role::Supervisor);
    is_above || ui().inbox.rows.with(|rows| rows.contains_key(id))
}
