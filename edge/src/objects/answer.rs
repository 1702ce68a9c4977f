//! How objects answer the router and each other.

use crate::internal::{self, Upgrade};
use serde::{Serialize, de::DeserializeOwned};
use shared::api::Problem;
use shared::reject::{Broken, Code};
use worker::{Request, Response, Result, WebSocketPair};

/// A frame or a note that an object was posted.
pub(super) async fn body<T: DeserializeOwned>(request: &mut Request) -> core::result::Result<T, Broken> {
    request.json().await.map_err(|error| Broken(format!("an object was posted something else: {error}")))
}

/// Whose socket the router hands over.
pub(super) fn whose(request: &Request) -> core::result::Result<Upgrade, Broken> {
    let header = request.headers().get(internal::HEADER).ok().flatten();
    Upgrade::from_header(&header.ok_or_else(|| Broken("a socket without an owner".into()))?)
}

pub(super) fn json(value: &impl Serialize) -> Result<Response> {
    Response::from_json(value)
}

pub(super) fn refusal(code: Code) -> Result<Response> {
    let problem = Problem { code, message: code.as_str(), fields: Vec::new(), retry_after: None };
    Ok(Response::from_json(&problem)?.with_status(code.status()))
}

/// Ours: logged once, here.
pub(super) fn fault(broken: &Broken) -> Result<Response> {
    worker::console_error!("{broken}");
    refusal(Code::Internal)
}

/// Opens a socket: its far end goes to the client, its near end to `connect`.
pub(super) fn upgrade(
    connect: impl FnOnce(worker::WebSocket) -> core::result::Result<(), Broken>,
) -> Result<Response> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    match connect(server) {
        Ok(()) => {
            let mut response = Response::from_websocket(client)?;
            response.headers_mut().set("Sec-WebSocket-Protocol", shared::wire::SUBPROTOCOL)?;
            Ok(response)
        }
        Err(broken) => fault(&broken),
    }
}
