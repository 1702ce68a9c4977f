//! What is asked of a channel's desk.

use crate::answer::to_json;
use crate::failure::{Failure, broken};
use crate::internal::{Change, LINE_PATH, SETTINGS_PATH};
use crate::patience;
use serde::de::DeserializeOwned;
use shared::api::{LineView, Problem, VersionedSettings};
use shared::id::ChannelId;
use shared::reject::Broken;
use wasm_bindgen::JsValue;
use worker::{Env, Method, Request, RequestInit};

/// The settings that hold now.
pub(crate) async fn settings(env: &Env, channel: &ChannelId) -> Result<VersionedSettings, Failure> {
    ask(env, channel, SETTINGS_PATH, Method::Get, None).await
}

/// Replaces the settings, if the version is still theirs. Answers with what holds from now on.
pub(crate) async fn change_settings(
    env: &Env,
    channel: &ChannelId,
    change: &Change,
) -> Result<VersionedSettings, Failure> {
    ask(env, channel, SETTINGS_PATH, Method::Put, Some(to_json(change)?)).await
}

/// Who waits and why, who is there and how loaded.
pub(crate) async fn line(env: &Env, channel: &ChannelId) -> Result<LineView, Failure> {
    ask(env, channel, LINE_PATH, Method::Get, None).await
}

async fn ask<T: DeserializeOwned>(
    env: &Env,
    channel: &ChannelId,
    path: &str,
    method: Method,
    body: Option<String>,
) -> Result<T, Failure> {
    let mut init = RequestInit::new();
    init.with_method(method).with_body(body.as_deref().map(JsValue::from_str));
    let request =
        Request::new_with_init(&format!("https://desk{path}"), &init).map_err(broken("asking a desk"))?;
    let desk = env
        .durable_object("DESK")
        .and_then(|desks| desks.get_by_name(channel.as_str()))
        .map_err(broken("the binding DESK"))?;
    let mut response = patience::ask("a desk", desk, request).await?;
    let status = response.status_code();
    let answer = response.text().await.map_err(broken("reading a desk's answer"))?;
    if status == 200 {
        return serde_json::from_str(&answer)
            .map_err(broken("reading a desk's answer"))
            .map_err(Failure::from);
    }
    match serde_json::from_str::<Problem>(&answer) {
        Ok(problem) if problem.code.status() == status && status < 500 => {
            Err(Failure::Refused(problem.into()))
        }
        _ => Err(Broken(format!("a desk answered {status}")).into()),
    }
}
