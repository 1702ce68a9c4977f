//! The keys with which a channel checks the tokens of verified visitors.

use super::{CopyField, Loaded, NotLoaded};
use crate::http::{self, Trouble};
use crate::texts::{put, words};
use crate::ui::ui;
use crate::{browser, clock};
use leptos::prelude::*;
use shared::api::{EndpointName, Key, KeyMade, KeyName, NewKey};
use shared::id::ChannelId;
use shared::reject::Code;
use shared::settings::FieldCode;
use shared::verified::Algorithm;

/// A handle: copies are the same list.
#[derive(Clone, Copy)]
struct Keys {
    channel: StoredValue<ChannelId>,
    listed: RwSignal<Loaded<Vec<Key>>>,
    /// The key that was just added.
    made: RwSignal<Option<KeyMade>>,
    /// The key of which it is asked whether it is to be removed.
    asked: RwSignal<Option<String>>,
}

impl Keys {
    fn load(self) {
        http::spawn(async move {
            let answer = http::fetch_of::<Vec<Key>>(EndpointName::Keys, &self.channel.get_value()).await;
            self.listed.set(answer.map_or(Loaded::Failed, Loaded::Here));
        });
    }

    fn remove(self, kid: String) {
        http::spawn(async move {
            let name = KeyName { kid };
            let channel = self.channel.get_value();
            if let Err(trouble) = http::send_of::<()>(EndpointName::RemoveKey, &channel, &name).await {
                ui().refuse(trouble.words(words()));
            }
            self.asked.set(None);
            browser::focus("[data-g=key-algorithm]");
            let shown = |made: &KeyMade| made.key.kid == name.kid;
            self.made.update(|made| *made = made.take().filter(|made| !shown(made)));
            self.load();
        });
    }
}

#[component]
pub(super) fn KeysCard(id: ChannelId) -> impl IntoView {
    let text = &words().verified;
    let keys = Keys {
        channel: StoredValue::new(id),
        listed: RwSignal::new(Loaded::Wait),
        made: RwSignal::new(None),
        asked: RwSignal::new(None),
    };
    keys.load();
    view! {
        <section class="card" aria-labelledby="card-keys" data-g="keys">
            <h2 id="card-keys">{text.title}</h2>
            <p class="field-help">{text.lead}</p>
            {move || match keys.listed.get() {
                Loaded::Here(listed) if listed.is_empty() => view! { <p data-g="no-keys">{text.none}</p> }.into_any(),
                Loaded::Here(listed) => {
                    let lines = listed.into_iter().map(|key| view! { <Line keys key /> }).collect_view();
                    view! { <ul class="people">{lines}</ul> }.into_any()
                }
                other => {
                    let failed = matches!(other, Loaded::Failed);
                    view! { <NotLoaded failed again=move |()| keys.load() /> }.into_any()
                }
            }}
            <div aria-live="polite">{move || keys.made.get().map(|made| view! { <Made made /> })}</div>
            <AddKey keys />
        </section>
    }
}

#[component]
fn Line(keys: Keys, key: Key) -> impl IntoView {
    let text = &words().verified;
    let about =
        format!("{} · {}", key.algorithm.name(), put(text.since, clock::date_and_time(key.created_at)));
    let kid = StoredValue::new(key.kid.clone());
    let asks = move || keys.asked.with(|asked| asked.as_ref() == Some(&kid.get_value()));
    let ask = move |_| {
        keys.asked.set(Some(kid.get_value()));
        request_animation_frame(|| {
            browser::focus("[data-g=key-keep]");
        });
    };
    let keep = move |_| {
        keys.asked.set(None);
        request_animation_frame(move || {
            browser::focus(&format!("[data-kid=\"{}\"]", kid.get_value()));
        });
    };
    view! {
        <li class="key" data-g="key">
            <div class="key-about">
                <p><bdi class="key-name">{key.kid.clone()}</bdi></p>
                <p class="field-help"><bdi>{key.issuer}</bdi> " · " {about}</p>
            </div>
            <Show
                when=asks
                fallback=move || view! {
                    <button
                        type="button"
                        class="button"
                        data-g="key-remove"
                        data-kid=kid.get_value()
                        aria-label=put(text.remove_this, kid.get_value())
                        on:click=ask
                    >
                        {text.remove}
                    </button>
                }
            >
                <div class="key-sure" role="group" aria-label=put(text.remove_this, kid.get_value())>
                    <p>{put(text.remove_sure, kid.get_value())}</p>
                    <div class="bar-buttons">
                        <button
                            type="button"
                            class="button danger"
                            data-g="key-remove-confirm"
                            on:click=move |_| keys.remove(kid.get_value())
                        >
                            {text.remove}
                        </button>
                        <button type="button" class="button" data-g="key-keep" on:click=keep>{text.keep}</button>
                    </div>
                </div>
            </Show>
        </li>
    }
}

/// The name of the new key, and its secret if it has one: this once.
#[component]
fn Made(made: KeyMade) -> impl IntoView {
    let text = &words().verified;
    let secret = made.secret.map(|secret| {
        view! { <CopyField id="key-secret" label=text.secret help=text.secret_help.to_owned() text=secret /> }
    });
    view! {
        <div class="fields key-made">
            <CopyField id="key-kid" label=text.name help=text.name_help.to_owned() text=made.key.kid />
            {secret}
        </div>
    }
}

#[component]
fn AddKey(keys: Keys) -> impl IntoView {
    let text = &words().verified;
    let algorithm = RwSignal::new(Algorithm::Es256);
    let (issuer, public_key) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(Vec::new());
    let working = RwSignal::new(false);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        working.set(true);
        let chosen = algorithm.get_untracked();
        let given = public_key.get_untracked().trim().to_owned();
        let key = NewKey {
            algorithm: chosen,
            issuer: issuer.get_untracked().trim().to_owned(),
            kid: None,
            secret: None,
            public_key: Some(given).filter(|given| chosen == Algorithm::Es256 && !given.is_empty()),
        };
        http::spawn(async move {
            wrong.set(Vec::new());
            match http::send_of::<KeyMade>(EndpointName::AddKey, &keys.channel.get_value(), &key).await {
                Ok(made) => {
                    keys.made.set(Some(made));
                    public_key.set(String::new());
                    keys.load();
                }
                Err(Trouble::Refused(problem)) if problem.code == Code::InvalidFields => {
                    wrong.set(problem.fields)
                }
                Err(trouble) if trouble.code() == Some(Code::TooLarge) => ui().refuse(text.too_many),
                Err(trouble) => ui().refuse(trouble.words(words())),
            }
            working.set(false);
        });
    };
    let error = move |field: &'static str| {
        wrong.with(|wrong| wrong.iter().find(|error| error.field == field).map(|error| error.code))
    };
    let form = &words().settings.form;
    let said = move |field, bad: &'static str| {
        error(field).map(|code| if code == FieldCode::Required { form.needed } else { bad })
    };
    let choose = move |event| {
        let name = event_target_value(&event);
        algorithm.set(if name == "HS256" { Algorithm::Hs256 } else { Algorithm::Es256 });
    };
    view! {
        <form class="fields" data-g="key-form" novalidate on:submit=add>
            <div class="field">
                <label for="key-algorithm">{text.algorithm}</label>
                <select id="key-algorithm" data-g="key-algorithm" on:change=choose>
                    <option value="ES256">{text.es256}</option>
                    <option value="HS256">{text.hs256}</option>
                </select>
            </div>
            <div class="field" class:wrong=move || error("issuer").is_some()>
                <label for="key-issuer">{text.issuer}</label>
                <input
                    id="key-issuer"
                    data-g="key-issuer"
                    type="text"
                    dir="ltr"
                    autocomplete="off"
                    aria-describedby="key-issuer-error key-issuer-help"
                    aria-invalid=move || error("issuer").is_some().to_string()
                    prop:value=move || issuer.get()
                    on:input=move |event| issuer.set(event_target_value(&event))
                />
                <p class="field-error" id="key-issuer-error">{move || said("issuer", form.bad)}</p>
                <p class="field-help" id="key-issuer-help">{text.issuer_help}</p>
            </div>
            <Show when=move || algorithm.get() == Algorithm::Es256>
                <div class="field" class:wrong=move || error("public_key").is_some()>
                    <label for="key-public">{text.public_key}</label>
                    <textarea
                        id="key-public"
                        data-g="key-public"
                        class="code"
                        dir="ltr"
                        rows="4"
                        spellcheck="false"
                        aria-describedby="key-public-error key-public-help"
                        aria-invalid=move || error("public_key").is_some().to_string()
                        prop:value=move || public_key.get()
                        on:input=move |event| public_key.set(event_target_value(&event))
                    ></textarea>
                    <p class="field-error" id="key-public-error" data-g="field-error">
                        {move || said("public_key", text.public_key_wrong)}
                    </p>
                    <p class="field-help" id="key-public-help">{text.public_key_help}</p>
                </div>
            </Show>
            <div><button type="submit" class="button" data-g="key-add" disabled=working>{text.add}</button></div>
        </form>
    }
}
