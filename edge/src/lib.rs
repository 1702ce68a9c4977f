//! The Worker of Guichet: shells around the cores of `shared`, the HTTP API, and storage.

#![warn(missing_docs)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod address;
mod answer;
mod api;
mod assets;
mod call;
mod clock;
mod cookie;
mod desk;
mod directory;
mod failure;
mod files;
mod hosted;
mod internal;
mod launch;
mod loader;
mod objects;
mod origin;
mod pages;
mod password;
mod patience;
mod proofs;
mod router;
mod secrets;
mod security;
mod signature;
mod sockets;
mod subprotocols;
mod sys;
mod vars;
mod vouched;
mod work;
mod zones;

use worker::{Context, Env, Request, Response, Result, event};

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    router::answer(request, env).await
}
