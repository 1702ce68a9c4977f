//! Signs in.

use super::account::{FormError, Submit};
use super::{Field, FieldKind, Gate};
use crate::clock;
use crate::http::{self, Trouble};
use crate::texts::{put, words};
use crate::ui::{Greeting, ui};
use leptos::prelude::*;
use shared::api::{EndpointName, Me, SignIn as Credentials};
use shared::reject::Code;
use shared::time::{Millis, Timestamp};

/// How long to wait when the worker does not say.
const WAIT: u32 = 30;

#[derive(Clone, Copy)]
struct Form {
    email: RwSignal<String>,
    password: RwSignal<String>,
    email_wrong: RwSignal<Option<String>>,
    password_wrong: RwSignal<Option<String>>,
    wrong: RwSignal<Option<&'static str>>,
    /// Until when another try makes no sense.
    wait_until: RwSignal<Option<Timestamp>>,
    working: RwSignal<bool>,
}

impl Form {
    fn new() -> Self {
        Self {
            email: RwSignal::default(),
            password: RwSignal::default(),
            email_wrong: RwSignal::new(None),
            password_wrong: RwSignal::new(None),
            wrong: RwSignal::new(None),
            wait_until: RwSignal::new(None),
            working: RwSignal::new(false),
        }
    }

    fn is_complete(self) -> bool {
        let gate = &words().gate;
        let no_email = !self.email.with_untracked(|email| email.contains('@'));
        let no_password = self.password.with_untracked(String::is_empty);
        self.email_wrong.set(no_email.then(|| gate.email_bad.to_owned()));
        self.password_wrong.set(no_password.then(|| gate.password_needed.to_owned()));
        !no_email && !no_password
    }

    fn refused(self, trouble: &Trouble) {
        self.wrong.set(None);
        self.wait_until.set(None);
        match trouble {
            Trouble::Refused(problem) if problem.code == Code::Throttled => {
                let wait = Millis::seconds(problem.retry_after.unwrap_or(WAIT).into());
                self.wait_until.set(Some(link::now() + wait));
            }
            Trouble::Refused(problem) if problem.code == Code::WrongCredentials => {
                self.wrong.set(Some(words().gate.wrong));
            }
            other => self.wrong.set(Some(other.words(words()))),
        }
    }

    fn submit(self) {
        if self.working.get_untracked() || !self.is_complete() {
            return;
        }
        self.working.set(true);
        let credentials = Credentials {
            email: self.email.get_untracked().trim().to_owned(),
            password: self.password.get_untracked(),
        };
        http::spawn(async move {
            let answer = http::send::<Me>(EndpointName::SignIn, &credentials).await;
            self.working.set(false);
            match answer {
                Ok(me) => ui().enter(me),
                Err(trouble) => self.refused(&trouble),
            }
        });
    }
}

#[component]
pub(crate) fn SignIn(greeting: Greeting) -> impl IntoView {
    let gate = &words().gate;
    let form = Form::new();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    let lead = match greeting {
        Greeting::Plain => gate.signin_lead,
        Greeting::SignedOut => gate.signed_out,
        Greeting::Ended => gate.ended,
        Greeting::NotSetUp => gate.not_set_up,
    };
    view! {
        <Gate>
            <form class="gate-form" data-g="signin-form" novalidate on:submit=on_submit>
                <h1>{gate.signin_title}</h1>
                <p class="gate-lead" class:hint=greeting != Greeting::Plain role="status">{lead}</p>
                <FormError words=form.wrong.into() />
                <Wait until=form.wait_until />
                <Field id="email" kind=FieldKind::Email label=gate.email value=form.email error=form.email_wrong />
                <Field
                    id="password"
                    kind=FieldKind::Password
                    label=gate.password
                    value=form.password
                    error=form.password_wrong
                />
                <Submit words=gate.signin_submit working=form.working />
            </form>
        </Gate>
    }
}

/// Counts down to the moment at which one may try again.
#[component]
fn Wait(until: RwSignal<Option<Timestamp>>) -> impl IntoView {
    let gate = &words().gate;
    let text = move || {
        let left = until.get()?.since(ui().now.get()).0.div_ceil(1000);
        Some(if left == 0 { gate.throttled_over.to_owned() } else { put(gate.throttled, clock::wait(left)) })
    };
    view! {
        <Show when=move || until.get().is_some()>
            <p class="form-error" data-g="form-error" role="alert">{text}</p>
        </Show>
    }
}
