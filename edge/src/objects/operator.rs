//! The object of one operator: their inbox.

use super::answer;
use super::shell::{Kind, Shell};
use super::sockets::Sweep;
use super::store::Store;
use super::{HINT_PATH, NOTE_PATH};
use crate::internal::Upgrade;
use core::convert::Infallible;
use shared::note::Address;
use shared::operator::Operator as Rules;
use shared::reject::{Broken, Code};
use shared::shell;
use shared::time::Millis;
use shared::turn::Object;
use shared::wire::{FromInbox, ToInbox};
use worker::{
    DurableObject, Env, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

impl Kind for Rules {
    // Together at most the 60 s within which an operator's absence has to be noticed.
    const SWEEP: Sweep = Sweep {
        every: Millis::seconds(15),
        ask_after: Millis::seconds(20),
        silence_max: Millis::seconds(40),
    };

    fn restore(name: &str, rate: u32, store: &Store) -> core::result::Result<Object<Self>, Broken> {
        let id: shared::id::OperatorId = name.parse().map_err(|error| Broken(format!("{error}")))?;
        shell::restore(Address::Operator(id.clone()), store, |records| Self::restore(id, rate, records))
    }

    fn read(query: &Infallible, _store: &mut Store) -> core::result::Result<Vec<FromInbox>, Broken> {
        match *query {}
    }

    fn is_hello(frame: &ToInbox) -> bool {
        matches!(frame, ToInbox::Hello { .. })
    }

    fn fault() -> Option<FromInbox> {
        Some(FromInbox::Reject { session: None, code: Code::Internal })
    }
}

/// One operator: their tabs, presence and inbox.
#[durable_object]
pub struct Operator(Shell<Rules>);

impl DurableObject for Operator {
    fn new(state: State, env: Env) -> Self {
        Self(Shell::new(state, env))
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let path = request.path();
        if path == NOTE_PATH || path == HINT_PATH {
            return self.0.posted(&mut request).await;
        }
        match answer::whose(&request) {
            Ok(Upgrade::Inbox { name, .. }) => answer::upgrade(|socket| self.0.connect(socket, name)),
            Ok(Upgrade::Visitor { .. } | Upgrade::Operator { .. }) => answer::refusal(Code::NotFound),
            Err(broken) => answer::fault(&broken),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        self.0.rang()
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        self.0.message(&socket, message);
        Ok(())
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        code: usize,
        _reason: String,
        _clean: bool,
    ) -> Result<()> {
        self.0.closed(&socket, code);
        Ok(())
    }

    async fn websocket_error(&self, socket: WebSocket, _error: worker::Error) -> Result<()> {
        self.0.closed(&socket, 1006);
        Ok(())
    }
}
