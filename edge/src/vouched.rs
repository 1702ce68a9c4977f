//! Whom a token vouches for, and which conversation opens for them.

use crate::answer::to_json;
use crate::call::Call;
use crate::directory::Directory;
use crate::failure::{Failure, broken};
use crate::internal::{Found, SIGNED_IN_PATH, Visit};
use crate::{patience, secrets, signature};
use shared::id::{ChannelId, ConversationId};
use shared::reject::Broken;
use shared::verified::{Fault, Linked, Token, Verified};
use shared::wire::{SUBPROTOCOL, close};
use wasm_bindgen::JsValue;
use worker::{Method, Request, RequestInit, Response, WebSocketPair};

/// Whom a token vouches for on a channel. A fault is the site's, not ours.
pub(crate) async fn visitor(
    call: &Call,
    channel: &ChannelId,
    text: &str,
) -> Result<Result<Verified, Fault>, Failure> {
    let token = match Token::read(text) {
        Ok(token) => token,
        Err(fault) => return Ok(Err(fault)),
    };
    let Some(key) = Directory::open(&call.env)?.checks(channel, token.key_id()).await? else {
        return Ok(Err(Fault::UnknownKey));
    };
    if let Err(fault) = token.suits(key.algorithm) {
        return Ok(Err(fault));
    }
    if !signature::holds(&key, token.signed(), token.signature()).await? {
        return Ok(Err(Fault::Signature));
    }
    Ok(token.visitor(&key.issuer, channel, call.clock.now()))
}

/// Which conversation opens for somebody who is vouched for: the one from before while its session is open, else theirs.
pub(crate) async fn conversation(
    call: &Call,
    channel: &ChannelId,
    before: ConversationId,
    who: Verified,
) -> Result<(ConversationId, Visit), Failure> {
    let theirs = secrets::verified_id(channel, &who)?;
    let linked = Linked { conversation: theirs.clone(), verified: Some(who.clone()) };
    Ok(match tell_signed_in(call, &before, &linked).await? {
        Found::Open => (before, Visit::SignedIn),
        Found::Over => (theirs, Visit::Verified { who, before: Some(before) }),
        Found::Nothing => (theirs, Visit::Verified { who, before: None }),
    })
}

/// Tells the conversation from before where its visitor has signed in, and asks what it holds.
async fn tell_signed_in(call: &Call, before: &ConversationId, to: &Linked) -> Result<Found, Failure> {
    let failed = "telling a conversation of a sign-in";
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(JsValue::from_str(&to_json(to)?)));
    let request =
        Request::new_with_init(&format!("https://object{SIGNED_IN_PATH}"), &init).map_err(broken(failed))?;
    let stub = call
        .env
        .durable_object("CONVERSATION")
        .and_then(|objects| objects.get_by_name(&before.to_string()))
        .map_err(broken("the binding of an object"))?;
    let mut answer = patience::ask("a conversation", stub, request).await?;
    match answer.status_code() {
        200 => Ok(answer.json().await.map_err(broken(failed))?),
        status => Err(Broken(format!("a conversation answered {status}")).into()),
    }
}

/// Turns somebody away whose token is refused.
pub(crate) fn turn_away(fault: Fault) -> Result<Response, Failure> {
    Ok(turned_away(close::SIGNED_OUT, &fault.reason())?)
}

/// Opens the socket and closes it at once: a page cannot read the answer that refuses a handshake, but it can read this.
pub(crate) fn turned_away(code: u16, reason: &str) -> Result<Response, Broken> {
    let failed = || broken("turning a socket away");
    let WebSocketPair { client, server } = WebSocketPair::new().map_err(failed())?;
    server.accept().map_err(failed())?;
    server.close(Some(code), Some(reason)).map_err(failed())?;
    let response = Response::from_websocket(client).map_err(failed())?;
    let headers = response.headers().clone();
    headers.set("sec-websocket-protocol", SUBPROTOCOL).map_err(failed())?;
    Ok(response.with_headers(headers))
}
