//! A text to take away.

use crate::icons;
use crate::texts::words;
use crate::{browser, http};
use leptos::html;
use leptos::prelude::*;
use link::Timer;
use shared::time::Millis;

/// How long the button says that it has copied.
const SAID_FOR: Millis = Millis::seconds(3);

#[component]
pub(super) fn CopyField(id: &'static str, label: &'static str, help: String, text: String) -> impl IntoView {
    let shell = &words().shell;
    let field = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(false);
    let said = StoredValue::new_local(None);
    let shown = text.clone();
    let select = move || {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
    };
    let copy = move |_| {
        select();
        let text = text.clone();
        http::spawn(async move {
            // Without a clipboard the text is selected, to be copied by hand.
            if browser::copy(&text).await {
                copied.set(true);
                said.set_value(Some(Timer::after(SAID_FOR, move || copied.set(false))));
            }
        });
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="field-box">
                <input
                    id=id
                    data-g=id
                    class="code"
                    type="text"
                    dir="ltr"
                    readonly
                    prop:value=shown
                    node_ref=field
                    on:focus=move |_| select()
                />
                <button type="button" class="button copy" on:click=copy>
                    {move || icons::line(if copied.get() { icons::CHECK } else { icons::COPY })}
                    <span role="status">{move || if copied.get() { shell.copied } else { shell.copy }}</span>
                </button>
            </div>
            <p class="field-help">{help}</p>
        </div>
    }
}
