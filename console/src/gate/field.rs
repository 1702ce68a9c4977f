//! One labelled field of a form, with its help and its error.

use crate::texts::words;
use leptos::prelude::*;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    Name,
    Email,
    NewPassword,
    Password,
    Text,
}

impl FieldKind {
    const fn input_type(self, shown: bool) -> &'static str {
        match self {
            Self::Email => "email",
            Self::NewPassword | Self::Password if !shown => "password",
            _ => "text",
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "username",
            Self::NewPassword => "new-password",
            Self::Password => "current-password",
            Self::Text => "off",
        }
    }

    const fn is_password(self) -> bool {
        matches!(self, Self::NewPassword | Self::Password)
    }
}

/// `id` is also the name by which tests find the field.
#[component]
pub(crate) fn Field(
    id: &'static str,
    kind: FieldKind,
    label: &'static str,
    #[prop(optional)] help: &'static str,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let help_id = format!("{id}-help");
    let error_id = format!("{id}-error");
    let described = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        move || if error.with(Option::is_some) { error_id.clone() } else { help_id.clone() }
    };
    view! {
        <div class="field" class:wrong=move || error.with(Option::is_some)>
            <label for=id>{label}</label>
            <div class="field-box">
                <input
                    id=id
                    data-g=id
                    type=move || kind.input_type(shown.get())
                    autocomplete=kind.autocomplete()
                    aria-describedby=described
                    aria-invalid=move || error.with(Option::is_some).to_string()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
                {kind.is_password().then(|| view! { <ShowPassword shown /> })}
            </div>
            <Show when=move || error.with(Option::is_some)>
                <p class="field-error" id=error_id.clone() data-g="field-error">{move || error.get()}</p>
            </Show>
            {(!help.is_empty()).then(|| view! { <p class="field-help" id=help_id.clone()>{help}</p> })}
        </div>
    }
}

#[component]
fn ShowPassword(shown: RwSignal<bool>) -> impl IntoView {
    let gate = &words().gate;
    view! {
        <button
            type="button"
            class="field-show"
            aria-pressed=move || shown.get().to_string()
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {move || if shown.get() { gate.hide } else { gate.show }}
        </button>
    }
}
