//! The root: which screen fills the window.

use crate::gate::{Loading, NewAccount, SignIn, Unreachable};
use crate::shell::Desk;
use crate::texts::put;
use crate::ui::{Screen, Ui, ui};
use crate::{browser, gate, sound};
use leptos::prelude::*;

#[component]
pub(crate) fn App() -> impl IntoView {
    let ui = ui();
    ui.read_address();
    sound::allow_at_first_gesture();
    if ui.screen.get_untracked() == Screen::Loading {
        gate::find_out(ui);
    }
    Effect::new(move |_| browser::set_title(&title(ui)));
    move || {
        // Words are read where they are drawn: another language draws everything again.
        ui.lang.track();
        match ui.screen.get() {
            Screen::Loading => Loading().into_any(),
            Screen::Unreachable => Unreachable().into_any(),
            Screen::NewAccount(link) => view! { <NewAccount link /> }.into_any(),
            Screen::SignIn(greeting) => view! { <SignIn greeting /> }.into_any(),
            Screen::Desk(me) => view! { <Desk me /> }.into_any(),
        }
    }
}

/// The window's title, with a count of the offers that wait.
fn title(ui: Ui) -> String {
    let offered = ui.inbox.rows.with(|rows| rows.values().filter(|row| row.state.is_offer()).count());
    if offered == 0 { "Guichet".to_owned() } else { put("({}) Guichet", offered) }
}
