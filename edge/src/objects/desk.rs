//! The object of one desk: a channel's settings and routing.

use super::answer;
use super::shell::{Kind, Shell};
use super::sockets::Sweep;
use super::store::Store;
use super::{HINT_PATH, NOTE_PATH};
use crate::directory;
use crate::internal::{Change, LINE_PATH};
use core::cell::Cell;
use core::convert::Infallible;
use shared::api::{Problem, VersionedSettings};
use shared::core::Input;
use shared::desk::{Desk as Rules, Nothing, Own};
use shared::id::ChannelId;
use shared::note::Address;
use shared::reject::{Broken, Code, Reject};
use shared::shell;
use shared::time::{Millis, Timestamp};
use shared::turn::Object;
use worker::{
    DurableObject, Env, Method, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    console_error, durable_object,
};

impl Kind for Rules {
    // A desk has no sockets.
    const SWEEP: Sweep =
        Sweep { every: Millis::days(1), ask_after: Millis::days(1), silence_max: Millis::days(1) };

    fn restore(name: &str, _rate: u32, store: &Store) -> core::result::Result<Object<Self>, Broken> {
        let id: ChannelId = name.parse().map_err(|error| Broken(format!("{error}")))?;
        shell::restore(Address::Desk(id.clone()), store, |records| Self::restore(id, records))
    }

    fn read(query: &Infallible, _store: &mut Store) -> core::result::Result<Vec<Nothing>, Broken> {
        match *query {}
    }

    fn is_hello(frame: &Nothing) -> bool {
        match *frame {}
    }

    fn fault() -> Option<Nothing> {
        None
    }
}

/// One desk: the settings, the line, offers and owners of a channel.
#[durable_object]
pub struct Desk(Shell<Rules>, Cell<Timestamp>);

impl DurableObject for Desk {
    fn new(state: State, env: Env) -> Self {
        Self(Shell::new(state, env), Cell::default())
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let exists = match self.begin().await {
            Ok(exists) => exists,
            Err(broken) => return answer::fault(&broken),
        };
        match (request.path().as_str(), request.method()) {
            // Sent to a channel that does not exist, a session goes back to where it came from: the core says so.
            (NOTE_PATH | HINT_PATH, _) => {
                let answer = self.0.posted(&mut request).await;
                if let Err(broken) = self.tell_pause().await {
                    console_error!("{broken}");
                }
                answer
            }
            _ if !exists => answer::refusal(Code::NotFound),
            (LINE_PATH, _) => self.line(),
            (_, Method::Put) => self.change(&mut request).await,
            _ => self.settings(),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        self.0.rang()
    }

    async fn websocket_message(&self, _socket: WebSocket, _message: WebSocketIncomingMessage) -> Result<()> {
        Ok(())
    }

    async fn websocket_close(
        &self,
        _socket: WebSocket,
        _code: usize,
        _reason: String,
        _clean: bool,
    ) -> Result<()> {
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> Result<()> {
        Ok(())
    }
}

impl Desk {
    /// A desk that has no settings yet begins with those of the directory. `false`: no such channel.
    async fn begin(&self) -> core::result::Result<bool, Broken> {
        if self.0.look(|core| core.settings().is_some())? {
            return Ok(true);
        }
        let channel: ChannelId = self.0.name()?.parse().map_err(|error| Broken(format!("{error}")))?;
        let Some(row) = directory::channel(self.0.env(), &channel).await? else { return Ok(false) };
        let people = directory::faces(self.0.env()).await?;
        let settings = VersionedSettings { version: row.version, settings: row.settings };
        self.0
            .input(Input::Own(Own::Begin { settings, people }))?
            .map_err(|reject| Broken(reject.to_string()))?;
        Ok(true)
    }

    /// Tells the router, once for each time, that the channel takes no new sessions for a while.
    async fn tell_pause(&self) -> core::result::Result<(), Broken> {
        let until = self.0.look(Rules::paused_until)?;
        if self.1.replace(until) < until {
            let channel: ChannelId = self.0.name()?.parse().map_err(|error| Broken(format!("{error}")))?;
            directory::pause(self.0.env(), &channel, until).await?;
        }
        Ok(())
    }

    fn line(&self) -> Result<Response> {
        match self.0.look_at(|core, now| core.look(now)) {
            Ok(line) => answer::json(&line),
            Err(broken) => answer::fault(&broken),
        }
    }

    fn settings(&self) -> Result<Response> {
        match self.0.look(|core| core.settings().cloned()) {
            Ok(Some(settings)) => answer::json(&settings),
            Ok(None) => answer::refusal(Code::NotFound),
            Err(broken) => answer::fault(&broken),
        }
    }

    async fn change(&self, request: &mut Request) -> Result<Response> {
        let Change { settings, people } = match answer::body(request).await {
            Ok(change) => change,
            Err(broken) => return answer::fault(&broken),
        };
        let fields = settings.settings.errors();
        match self.0.input(Input::Own(Own::Change { settings, people })) {
            Ok(Ok(())) => self.settings(),
            Ok(Err(Reject(code))) => {
                let fields = if code == Code::InvalidFields { fields } else { Vec::new() };
                let problem = Problem { code, message: code.as_str(), fields, retry_after: None };
                Ok(Response::from_json(&problem)?.with_status(code.status()))
            }
            Err(broken) => answer::fault(&broken),
        }
    }
}
