//! Checks who opens a socket, and hands it to its object.

use crate::address::capture;
use crate::call::Call;
use crate::directory::Directory;
use crate::failure::{Failure, Refusal, broken};
use crate::internal::{self, Upgrade, Visit};
use crate::{api, origin, patience, secrets, subprotocols, vouched, work};
use shared::access::{Need, SOCKETS};
use shared::api::Me;
use shared::id::{ChannelId, ConversationId};
use shared::reject::{Broken, Code};
use shared::wire::SUBPROTOCOL;
use worker::{Headers, Request, RequestInit, Response};

const PROTOCOLS: &str = "sec-websocket-protocol";

/// Answers a request for a socket.
pub(crate) async fn answer(call: &Call) -> Result<Response, Failure> {
    let (template, need, id) = find(&call.address.path).ok_or(Code::NotFound)?;
    if call.method != "GET" {
        return Err(Refusal::method("GET").into());
    }
    if !call.header("upgrade").is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket")) {
        return Err(Code::UpgradeRequired.into());
    }
    match (need, template) {
        (Need::Visitor, _) => visitor(call, id).await,
        (_, "/ws/v1/inbox") => inbox(call, need).await,
        _ => operator(call, need, id).await,
    }
}

fn find(path: &str) -> Option<(&'static str, Need, &str)> {
    SOCKETS.iter().find_map(|(template, need)| capture(template, path).map(|id| (*template, *need, id)))
}

/// The secret comes first: without one, nobody learns which channels there are.
async fn visitor(call: &Call, channel: &str) -> Result<Response, Failure> {
    let protocols = call.header(PROTOCOLS).unwrap_or_default();
    let secret = subprotocols::secret(&protocols).ok_or(Code::SecretRequired)?;
    must_speak_ours(call)?;
    let channel: ChannelId = channel.parse().map_err(|_| Code::NotFound)?;
    let row = Directory::open(&call.env)?.channel(&channel).await?.ok_or(Code::NotFound)?;
    let page = call.header("origin").ok_or(Code::WrongOrigin)?;
    if !origin::may_embed(&page, &call.address.origin, &row.settings.origins) {
        return Err(Code::WrongOrigin.into());
    }
    if !row.settings.active {
        return Err(Code::ChannelClosed.into());
    }
    let before = secrets::conversation_id(&channel, secret)?;
    let (conversation, visit) = match subprotocols::token(&protocols) {
        None => (before, Visit::Anonymous),
        Some(token) => match vouched::visitor(call, &channel, token).await? {
            Ok(who) => vouched::conversation(call, &channel, before, who).await?,
            Err(fault) => return vouched::turn_away(fault),
        },
    };
    let name = conversation.to_string();
    let paused_until = Some(row.paused_until).filter(|until| *until > call.clock.now());
    // Who is vouched for owes nothing.
    let owes_work = row.settings.protection.proof_of_work
        && visit == Visit::Anonymous
        && !subprotocols::work(&protocols).is_some_and(|number| work::is_done(&conversation, number));
    let version = row.version;
    let upgrade = Upgrade::Visitor { channel, conversation, version, visit, paused_until, owes_work };
    hand_over(call, "CONVERSATION", &name, &upgrade).await
}

async fn operator(call: &Call, need: Need, conversation: &str) -> Result<Response, Failure> {
    let me = signed_in(call, need).await?;
    let conversation: ConversationId = conversation.parse().map_err(|_| Code::NotFound)?;
    let name = conversation.to_string();
    let upgrade = Upgrade::Operator { conversation, operator: me.id, name: me.name, role: me.role };
    hand_over(call, "CONVERSATION", &name, &upgrade).await
}

async fn inbox(call: &Call, need: Need) -> Result<Response, Failure> {
    let me = signed_in(call, need).await?;
    let name = me.id.to_string();
    hand_over(call, "OPERATOR", &name, &Upgrade::Inbox { operator: me.id, name: me.name }).await
}

/// Browsers let any page open a socket and send the cookie with it, so the page has to be ours.
async fn signed_in(call: &Call, need: Need) -> Result<Me, Failure> {
    if !call.is_from_own_page() {
        return Err(Code::WrongOrigin.into());
    }
    must_speak_ours(call)?;
    api::admit(call, need).await?.ok_or_else(|| Code::SignInRequired.into())
}

fn must_speak_ours(call: &Call) -> Result<(), Failure> {
    let ours = call.header(PROTOCOLS).is_some_and(|offered| subprotocols::speaks_ours(&offered));
    if ours { Ok(()) } else { Err(Code::UnsupportedVersion.into()) }
}

/// A request of its own: neither the secret nor the cookie goes further than this.
async fn hand_over(call: &Call, binding: &str, name: &str, upgrade: &Upgrade) -> Result<Response, Failure> {
    let headers = Headers::new();
    for (name, value) in [("upgrade", "websocket"), (internal::HEADER, &upgrade.to_header()?)] {
        headers.set(name, value).map_err(broken("handing a socket over"))?;
    }
    let mut init = RequestInit::new();
    init.with_headers(headers);
    let request =
        Request::new_with_init("https://object/socket", &init).map_err(broken("handing a socket over"))?;
    let stub = call
        .env
        .durable_object(binding)
        .and_then(|objects| objects.get_by_name(name))
        .map_err(broken("the binding of an object"))?;
    speaking_ours(patience::ask("an object", stub, request).await?)
}

/// The object's answer, made sure to name our version: a browser drops a socket that does not.
fn speaking_ours(response: Response) -> Result<Response, Failure> {
    match response.status_code() {
        101 => {
            let headers = response.headers().clone();
            headers.set(PROTOCOLS, SUBPROTOCOL).map_err(broken("naming the version of a socket"))?;
            Ok(response.with_headers(headers))
        }
        status if status < 500 => Ok(response),
        status => Err(Broken(format!("an object answered a socket with {status}")).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_socket_has_an_address() {
        assert_eq!(find("/ws/v1/visitor/demo"), Some(("/ws/v1/visitor/{channel}", Need::Visitor, "demo")));
        assert_eq!(find("/ws/v1/inbox"), Some(("/ws/v1/inbox", Need::SignedIn, "")));
        assert_eq!(find("/ws/v2/inbox"), None);
    }
}
