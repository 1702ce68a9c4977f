//! One request, and what is known about it before anybody handles it.

use crate::address::Address;
use crate::clock::Clock;
use crate::cookie;
use crate::failure::Failure;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use shared::limits::BODY_BYTES_MAX;
use shared::reject::Code;
use std::pin::pin;
use worker::{Env, Request};

/// A request on its way to its handler.
pub(crate) struct Call {
    request: Request,
    /// The deployment's bindings.
    pub(crate) env: Env,
    /// What time it is.
    pub(crate) clock: Clock,
    /// What was asked for.
    pub(crate) address: Address,
    /// How, in capitals.
    pub(crate) method: String,
}

impl Call {
    /// Takes a request up.
    pub(crate) fn new(request: Request, env: Env, clock: Clock, address: Address) -> Self {
        // The SDK's own type takes methods that it does not know for GET.
        let method = request.inner().method();
        Self { request, env, clock, address, method }
    }

    /// A header of the request.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).ok().flatten()
    }

    /// Whether the request only reads.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// Whether the request comes from a page of this very host. Without an `Origin` it does not.
    pub(crate) fn is_from_own_page(&self) -> bool {
        self.header("origin").is_some_and(|origin| origin == self.address.origin)
    }

    /// The token of the sign-in that the request carries.
    pub(crate) fn sign_in_token(&self) -> Option<String> {
        self.header("cookie").as_deref().and_then(cookie::token).map(str::to_owned)
    }

    /// Where the request comes from, for the throttle.
    pub(crate) fn network(&self) -> String {
        self.header("cf-connecting-ip").map_or_else(|| "local".to_owned(), |address| network(&address))
    }

    /// The body, read from JSON.
    pub(crate) async fn json<T: DeserializeOwned>(&mut self) -> Result<T, Failure> {
        let body = self.body().await?;
        serde_json::from_slice(&body).map_err(|_| Code::Malformed.into())
    }

    /// The body, piece by piece. None if there is none.
    pub(crate) fn stream(&mut self) -> Option<worker::ByteStream> {
        self.request.stream().ok()
    }

    /// Read piece by piece, so that a body that is too long is never held whole.
    async fn body(&mut self) -> Result<Vec<u8>, Failure> {
        let announced = self.header("content-length").and_then(|length| length.parse::<usize>().ok());
        if announced.is_some_and(|length| length > BODY_BYTES_MAX) {
            return Err(Code::TooLarge.into());
        }
        let Ok(stream) = self.request.stream() else { return Ok(Vec::new()) };
        let mut stream = pin!(stream);
        let mut body = Vec::new();
        while let Some(piece) = stream.next().await {
            body.extend_from_slice(&piece.map_err(|_| Code::Malformed)?);
            if body.len() > BODY_BYTES_MAX {
                return Err(Code::TooLarge.into());
            }
        }
        Ok(body)
    }
}

/// An IPv4 address, or the half of an IPv6 address that one customer has to themselves.
fn network(address: &str) -> String {
    match address.parse::<std::net::Ipv6Addr>() {
        Ok(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
        Err(_) => address.chars().take(64).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_for_its_network() {
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network(&"x".repeat(1000)).len(), 64);
    }
}
