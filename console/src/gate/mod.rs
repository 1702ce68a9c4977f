//! Set-up, invitation and sign-in: what stands before the desk.

mod account;
mod field;
mod sign_in;

pub(crate) use account::NewAccount;
pub(crate) use field::{Field, FieldKind};
pub(crate) use sign_in::SignIn;

use crate::http::{self, Trouble};
use crate::icons;
use crate::texts::{Lang, words};
use crate::ui::{Greeting, Screen, Ui, ui};
use leptos::prelude::*;
use shared::api::{EndpointName, Me, SetupState};
use shared::reject::Code;

/// Finds out who is signed in, and shows what follows from it.
pub(crate) fn find_out(ui: Ui) {
    ui.screen.set(Screen::Loading);
    http::spawn(async move {
        match http::fetch::<Me>(EndpointName::Me).await {
            Ok(me) => ui.enter(me),
            Err(trouble) if trouble.code() == Some(Code::SignInRequired) => {
                ui.screen.set(Screen::SignIn(first_greeting().await));
            }
            Err(_) => ui.screen.set(Screen::Unreachable),
        }
    });
}

async fn first_greeting() -> Greeting {
    match http::fetch::<SetupState>(EndpointName::SetupState).await {
        Ok(SetupState { open: true }) => Greeting::NotSetUp,
        _ => Greeting::Plain,
    }
}

/// Leaves the desk if the sign-in has ended.
pub(crate) fn check_sign_in(ui: Ui) {
    http::spawn(async move {
        let answer: Result<Me, Trouble> = http::fetch(EndpointName::Me).await;
        if answer.is_err_and(|trouble| trouble.code() == Some(Code::SignInRequired)) && ui.me().is_some() {
            ui.leave(Greeting::Ended);
        }
    });
}

/// The page around a form.
#[component]
fn Gate(children: Children) -> impl IntoView {
    let gate = &words().gate;
    view! {
        <div class="gate">
            <aside class="gate-side">
                {icons::window()}
                <p class="gate-tagline">{gate.tagline}</p>
            </aside>
            <main class="gate-main">
                <div class="gate-brand">{icons::mark()} <span class="brand-name">{"Guichet"}</span></div>
                {children()}
                <Languages />
            </main>
        </div>
    }
}

/// Chooses the language.
#[component]
pub(crate) fn Languages() -> impl IntoView {
    let ui = ui();
    let choice = move |lang: Lang| {
        view! {
            <button
                type="button"
                class="lang"
                lang=lang.tag()
                aria-pressed=move || (ui.lang.get() == lang).to_string()
                on:click=move |_| ui.set_lang(lang)
            >
                {lang.name()}
            </button>
        }
    };
    view! { <div class="langs" role="group" aria-label=words().shell.language>{Lang::ALL.map(choice)}</div> }
}

#[component]
pub(crate) fn Loading() -> impl IntoView {
    view! { <main class="alone"><p role="status">{words().gate.loading}</p></main> }
}

#[component]
pub(crate) fn Unreachable() -> impl IntoView {
    let ui = ui();
    view! {
        <main class="alone">
            {icons::mark()}
            <p role="alert">{words().gate.unreachable}</p>
            <button type="button" class="button primary" on:click=move |_| find_out(ui)>{words().gate.again}</button>
        </main>
    }
}
