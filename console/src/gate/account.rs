//! Makes an account: the first one from the set-up link, later ones from invitations.

use super::{Field, FieldKind, Gate};
use crate::browser;
use crate::http::{self, Trouble};
use crate::texts::words;
use crate::ui::{Greeting, OneTimeLink, Screen, ui};
use leptos::prelude::*;
use shared::api::{EndpointName, Join, Me};
use shared::limits;
use shared::reject::Code;
use shared::settings::FieldCode;

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    email: RwSignal<String>,
    password: RwSignal<String>,
    wrong: RwSignal<Wrong>,
    working: RwSignal<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wrong {
    name: Option<&'static str>,
    email: Option<&'static str>,
    password: Option<&'static str>,
    form: Option<&'static str>,
    /// Whether the link will never work: there is nothing left to fill in.
    dead_link: bool,
}

impl Wrong {
    fn is_any(&self) -> bool {
        *self != Self::default()
    }
}

impl Form {
    fn new() -> Self {
        Self {
            name: RwSignal::default(),
            email: RwSignal::default(),
            password: RwSignal::default(),
            wrong: RwSignal::default(),
            working: RwSignal::new(false),
        }
    }

    fn filled(self, token: String) -> Join {
        Join {
            token,
            name: self.name.get_untracked().trim().to_owned(),
            email: self.email.get_untracked().trim().to_owned(),
            password: self.password.get_untracked(),
        }
    }

    fn error(self, pick: fn(&Wrong) -> Option<&'static str>) -> Signal<Option<String>> {
        Signal::derive(move || self.wrong.with(|wrong| pick(wrong).map(str::to_owned)))
    }
}

/// What is wrong with an account, as far as can be seen from here.
fn check(join: &Join) -> Wrong {
    let gate = &words().gate;
    let name = join.name.chars().count();
    let password = join.password.chars().count();
    let email_ok = join.email.len() <= limits::EMAIL_BYTES_MAX
        && join.email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
    Wrong {
        name: if name == 0 {
            Some(gate.name_needed)
        } else {
            (name > limits::NAME_CHARS_MAX).then_some(gate.name_long)
        },
        email: (!email_ok).then_some(gate.email_bad),
        password: if password < *limits::PASSWORD_CHARS.start() {
            Some(gate.password_short)
        } else {
            (password > *limits::PASSWORD_CHARS.end()).then_some(gate.password_long)
        },
        ..Wrong::default()
    }
}

/// What the worker says is wrong.
fn refused(trouble: &Trouble, setup: bool) -> Wrong {
    let gate = &words().gate;
    let Trouble::Refused(problem) = trouble else {
        return Wrong { form: Some(gate.unreachable), ..Wrong::default() };
    };
    let dead = |setup_words, join_words| Wrong {
        form: Some(if setup { setup_words } else { join_words }),
        dead_link: true,
        ..Wrong::default()
    };
    match problem.code {
        Code::LinkUsed => dead(gate.setup_used, gate.join_used),
        Code::LinkInvalid => dead(gate.setup_invalid, gate.join_invalid),
        Code::EmailTaken => Wrong { email: Some(gate.email_taken), ..Wrong::default() },
        Code::InvalidFields => fields(problem.fields.iter().map(|error| (error.field.as_str(), error.code))),
        code => Wrong { form: Some(words().refusals.of(code)), ..Wrong::default() },
    }
}

fn fields<'a>(errors: impl Iterator<Item = (&'a str, FieldCode)>) -> Wrong {
    let gate = &words().gate;
    let mut wrong = Wrong::default();
    for (field, code) in errors {
        match (field, code) {
            ("name", FieldCode::TooLong) => wrong.name = Some(gate.name_long),
            ("name", _) => wrong.name = Some(gate.name_needed),
            ("email", _) => wrong.email = Some(gate.email_bad),
            ("password", FieldCode::TooLong) => wrong.password = Some(gate.password_long),
            ("password", _) => wrong.password = Some(gate.password_short),
            _ => wrong.form = Some(words().refusals.of(Code::InvalidFields)),
        }
    }
    wrong
}

fn submit(form: Form, link: OneTimeLink) {
    if form.working.get_untracked() {
        return;
    }
    let join = form.filled(link.token);
    let wrong = check(&join);
    form.wrong.set(wrong.clone());
    if wrong.is_any() {
        request_animation_frame(|| {
            browser::focus("[aria-invalid=true]");
        });
        return;
    }
    form.working.set(true);
    let endpoint = if link.setup { EndpointName::Setup } else { EndpointName::Join };
    http::spawn(async move {
        let answer = http::send::<Me>(endpoint, &join).await;
        form.working.set(false);
        match answer {
            Ok(me) => ui().enter(me),
            Err(trouble) => form.wrong.set(refused(&trouble, link.setup)),
        }
    });
}

#[component]
pub(crate) fn NewAccount(link: OneTimeLink) -> impl IntoView {
    let gate = &words().gate;
    let form = Form::new();
    let dead = move || form.wrong.with(|wrong| wrong.dead_link);
    let (title, lead, button) = if link.setup {
        (gate.setup_title, gate.setup_lead, gate.setup_submit)
    } else {
        (gate.join_title, gate.join_lead, gate.join_submit)
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submit(form, link.clone());
    };
    view! {
        <Gate>
            <form class="gate-form" data-g="setup-form" novalidate on:submit=on_submit>
                <h1>{title}</h1>
                <Show when=move || !dead()><p class="gate-lead">{lead}</p></Show>
                <FormError words=Signal::derive(move || form.wrong.with(|wrong| wrong.form)) />
                <Show when=dead fallback=move || view! { <Fields form button /> }>
                    <button
                        type="button"
                        class="button primary wide"
                        on:click=move |_| ui().screen.set(Screen::SignIn(Greeting::Plain))
                    >
                        {gate.to_sign_in}
                    </button>
                </Show>
            </form>
        </Gate>
    }
}

#[component]
fn Fields(form: Form, button: &'static str) -> impl IntoView {
    let gate = &words().gate;
    view! {
        <Field id="name" kind=FieldKind::Name label=gate.name help=gate.name_help value=form.name error=form.error(|w| w.name) />
        <Field id="email" kind=FieldKind::Email label=gate.email value=form.email error=form.error(|w| w.email) />
        <Field
            id="password"
            kind=FieldKind::NewPassword
            label=gate.password
            help=gate.password_help
            value=form.password
            error=form.error(|w| w.password)
        />
        <Submit words=button working=form.working />
    }
}

/// The button that sends a form.
#[component]
pub(super) fn Submit(words: &'static str, working: RwSignal<bool>) -> impl IntoView {
    let busy = crate::texts::words().gate.working;
    view! {
        <button
            type="submit"
            class="button primary wide"
            data-g="submit"
            aria-disabled=move || working.get().to_string()
        >
            {move || if working.get() { busy } else { words }}
        </button>
    }
}

/// What is wrong with a form as a whole.
#[component]
pub(super) fn FormError(words: Signal<Option<&'static str>>) -> impl IntoView {
    view! {
        <div role="alert">
            <Show when=move || words.get().is_some()>
                <p class="form-error" data-g="form-error">{move || words.get()}</p>
            </Show>
        </div>
    }
}
