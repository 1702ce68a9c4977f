//! What stands around the conversations: header, rail, notices.

mod header;
mod keys;
mod notice;
mod rail;

use crate::icons;
use crate::inbox::{FirstChat, List};
use crate::line::LinePage;
use crate::settings;
use crate::texts::words;
use crate::thread::{NoThread, ThreadView};
use crate::ui::{Route, ui};
use header::Header;
use leptos::prelude::*;
use notice::{ConnectionBar, Notices};
use rail::Rail;
use shared::api::Me;

#[component]
pub(crate) fn Desk(me: Me) -> impl IntoView {
    let ui = ui();
    // Drawn again in another language, it is still the same inbox.
    if !ui.inbox.is_started() {
        ui.inbox.start(ui);
    }
    let keys = StoredValue::new_local(keys::listen());
    on_cleanup(move || drop(keys.try_update_value(Option::take)));
    let page = Memo::new(move |_| ui.route.with(Route::is_page));
    let line = Memo::new(move |_| ui.route.with(Route::line));
    let chat = Memo::new(move |_| ui.route.with(Route::chat));
    view! {
        <div class="desk" class:has-thread=move || chat.get().is_some() class:has-settings=page>
            <a class="skip-link" href={"#list"} on:click=skip>{words().shell.skip}</a>
            <Header />
            <ConnectionBar />
            <Rail me />
            <Show when=move || page.get() fallback=move || view! { <Chats chat /> }>
                {move || match line.get() {
                    Some(id) => view! { <LinePage id /> }.into_any(),
                    None => view! { <settings::Panel /> }.into_any(),
                }}
            </Show>
            <Notices />
        </div>
    }
}

#[component]
fn Chats(chat: Memo<Option<shared::id::ConversationId>>) -> impl IntoView {
    let empty = Memo::new(move |_| ui().inbox.is_empty());
    view! {
        <List />
        <main class="stage">
            {move || match chat.get() {
                Some(id) => view! { <ThreadView id /> }.into_any(),
                None if empty.get() => view! { <FirstChat /> }.into_any(),
                None => view! { <NoThread /> }.into_any(),
            }}
        </main>
    }
}

/// The address's fragment belongs to the console, so the link moves the keyboard by itself.
fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    if !crate::browser::focus(".list .row-open") {
        crate::browser::focus("#list");
    }
}

/// The mark and the name.
#[component]
fn Brand() -> impl IntoView {
    view! { <a class="brand" href=Route::Inbox.fragment()>{icons::mark()} <span class="brand-name">{"Guichet"}</span></a> }
}
