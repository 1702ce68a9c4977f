//! Calls of the JSON API, all on this origin; the cookie goes along by itself.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::{BASE, ENDPOINTS, EndpointName, Method, Problem};
use shared::id::ChannelId;
use shared::reject::Code;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Request, RequestCredentials, RequestInit, Response};

/// After so many milliseconds a call counts as failed.
const CALL_MAX: u32 = 20_000;

/// Why a call did not succeed.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// No answer, or none that can be read.
    Unreachable,
    /// A refusal.
    Refused(Problem),
}

impl Trouble {
    /// The code of a refusal.
    pub(crate) const fn code(&self) -> Option<Code> {
        match self {
            Self::Unreachable => None,
            Self::Refused(problem) => Some(problem.code),
        }
    }

    /// What happened and what one can do.
    pub(crate) const fn words(&self, words: &'static crate::texts::Words) -> &'static str {
        match self {
            Self::Unreachable => words.gate.unreachable,
            Self::Refused(problem) => words.refusals.of(problem.code),
        }
    }
}

/// Calls an endpoint that takes no body.
pub(crate) async fn fetch<T: DeserializeOwned>(name: EndpointName) -> Result<T, Trouble> {
    call(name, None, None).await
}

/// Calls an endpoint with a body.
pub(crate) async fn send<T: DeserializeOwned>(
    name: EndpointName,
    body: &impl Serialize,
) -> Result<T, Trouble> {
    call(name, None, Some(to_json(body)?)).await
}

/// Calls an endpoint of one channel.
pub(crate) async fn fetch_of<T: DeserializeOwned>(
    name: EndpointName,
    channel: &ChannelId,
) -> Result<T, Trouble> {
    call(name, Some(channel), None).await
}

/// Calls an endpoint of one channel with a body.
pub(crate) async fn send_of<T: DeserializeOwned>(
    name: EndpointName,
    channel: &ChannelId,
    body: &impl Serialize,
) -> Result<T, Trouble> {
    call(name, Some(channel), Some(to_json(body)?)).await
}

fn to_json(body: &impl Serialize) -> Result<String, Trouble> {
    serde_json::to_string(body).map_err(|_| Trouble::Unreachable)
}

async fn call<T: DeserializeOwned>(
    name: EndpointName,
    channel: Option<&ChannelId>,
    body: Option<String>,
) -> Result<T, Trouble> {
    let request = request(name, channel, body.as_deref()).ok_or(Trouble::Unreachable)?;
    let (ok, text) = answer(&request).await.ok_or(Trouble::Unreachable)?;
    if ok {
        // An answer without a body reads as nothing.
        let text = if text.is_empty() { "null" } else { &text };
        return serde_json::from_str(text).map_err(|_| Trouble::Unreachable);
    }
    Err(serde_json::from_str(&text).map_or(Trouble::Unreachable, Trouble::Refused))
}

fn request(name: EndpointName, channel: Option<&ChannelId>, body: Option<&str>) -> Option<Request> {
    let endpoint = ENDPOINTS.iter().find(|endpoint| endpoint.name == name)?;
    let path = endpoint.path.replace("{channel}", channel.map_or("", ChannelId::as_str));
    let init = RequestInit::new();
    init.set_method(match endpoint.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
    });
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(CALL_MAX)));
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
    }
    let request = Request::new_with_str_and_init(&format!("{BASE}{path}"), &init).ok()?;
    if body.is_some() {
        request.headers().set("content-type", "application/json").ok()?;
    }
    Some(request)
}

async fn answer(request: &Request) -> Option<(bool, String)> {
    let fetched = web_sys::window()?.fetch_with_request(request);
    let response: Response = JsFuture::from(fetched).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some((response.ok(), text.as_string()?))
}

/// Runs a call to its end, beside everything else.
pub(crate) fn spawn(call: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(call);
}
