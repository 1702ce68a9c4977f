//! The object of one conversation.

use super::answer;
use super::shell::{Kind, Shell};
use super::sockets::Sweep;
use super::store::Store;
use super::{HINT_PATH, NOTE_PATH};
use crate::directory;
use crate::internal::Upgrade;
use crate::zones::RuntimeZones;
use shared::conversation::{Conversation as Rules, Own, Query, Who};
use shared::core::Input;
use shared::id::ChannelId;
use shared::note::Face;
use shared::reject::{Broken, Code};
use shared::shell;
use shared::time::{Millis, Timestamp};
use shared::turn::Object;
use shared::wire::{FromConversation, ToConversation};
use worker::{
    DurableObject, Env, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

impl Kind for Rules {
    // A socket that cannot take a frame is noticed anyway, so an idle conversation may sleep long.
    const SWEEP: Sweep =
        Sweep { every: Millis::minutes(10), ask_after: Millis::minutes(5), silence_max: Millis::minutes(25) };

    fn restore(name: &str, rate: u32, store: &Store) -> core::result::Result<Object<Self>, Broken> {
        let id = name.parse().map_err(|error| Broken(format!("{error}")))?;
        shell::restore_conversation(&id, rate, store)
    }

    fn prepare(core: &Self, now: Timestamp) -> Option<Input<Self>> {
        shell::hours_input(core, &RuntimeZones, now)
    }

    fn read(query: &Query, store: &Store) -> core::result::Result<Vec<FromConversation>, Broken> {
        shell::answer(store, *query)
    }

    fn is_hello(frame: &ToConversation) -> bool {
        matches!(frame, ToConversation::Hello { .. })
    }

    fn fault() -> Option<FromConversation> {
        Some(FromConversation::Reject { id: None, code: Code::Internal, retry_after: None })
    }
}

/// One conversation: its log, its sessions, and the sockets of those who take part.
#[durable_object]
pub struct Conversation(Shell<Rules>);

impl DurableObject for Conversation {
    fn new(state: State, env: Env) -> Self {
        Self(Shell::new(state, env))
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let path = request.path();
        if path == NOTE_PATH || path == HINT_PATH {
            return self.0.posted(&mut request).await;
        }
        self.open(&request).await
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

impl Conversation {
    async fn open(&self, request: &Request) -> Result<Response> {
        match answer::whose(request) {
            Ok(Upgrade::Visitor { channel, version, paused_until, .. }) => {
                match self.learn(&channel, version, paused_until).await {
                    Ok(true) => answer::upgrade(|socket| self.0.connect(socket, Who::Visitor)),
                    Ok(false) => answer::refusal(Code::NotFound),
                    Err(broken) => answer::fault(&broken),
                }
            }
            Ok(Upgrade::Operator { operator, name, role, .. }) => {
                let face = Face { id: operator, name };
                match self.0.look(|core| (core.exists(), core.may_read(&face.id, role))) {
                    Ok((false, _)) => answer::refusal(Code::NotFound),
                    Ok((true, false)) => answer::refusal(Code::Forbidden),
                    Ok((true, true)) => {
                        answer::upgrade(|socket| self.0.connect(socket, Who::Operator { face, role }))
                    }
                    Err(broken) => answer::fault(&broken),
                }
            }
            Ok(Upgrade::Inbox { .. }) => answer::refusal(Code::NotFound),
            Err(broken) => answer::fault(&broken),
        }
    }

    /// Fetches the channel's settings, unless the core has them as new as the directory. `false`: no such channel.
    async fn learn(
        &self,
        channel: &ChannelId,
        version: u64,
        paused_until: Option<Timestamp>,
    ) -> core::result::Result<bool, Broken> {
        if let Some(until) = paused_until {
            self.0.input(Input::Own(Own::Paused(until)))?.map_err(|reject| Broken(reject.to_string()))?;
        }
        if self.0.look(Rules::rules_version)? >= Some(version) {
            return Ok(true);
        }
        let Some(row) = directory::channel(self.0.env(), channel).await? else { return Ok(false) };
        let own =
            Own::Rules { channel: channel.clone(), version: row.version, settings: Box::new(row.settings) };
        self.0.input(Input::Own(own))?.map_err(|reject| Broken(reject.to_string()))?;
        Ok(true)
    }
}
