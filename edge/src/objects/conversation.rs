//! The object of one conversation.

use super::shell::{Kind, Shell};
use super::sockets::Sweep;
use super::store::Store;
use super::{HINT_PATH, NOTE_PATH};
use super::{answer, files};
use crate::directory;
use crate::internal::{FILE_PATH, Found, SIGNED_IN_PATH, STORED_PATH, Upgrade, Visit};
use crate::zones::RuntimeZones;
use crate::{proofs, vouched, work};
use shared::conversation::{Conversation as Rules, Own, Query, Who};
use shared::core::Input;
use shared::id::ChannelId;
use shared::note::Face;
use shared::reject::{Broken, Code};
use shared::shell;
use shared::time::{Millis, Timestamp};
use shared::turn::Object;
use shared::verified::Linked;
use shared::wire::{FromConversation, ToConversation, close};
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

    fn read(query: &Query, store: &mut Store) -> core::result::Result<Vec<FromConversation>, Broken> {
        let secret = match query {
            Query::Link(_) => store.secret()?,
            Query::After { .. } | Query::Before { .. } => String::new(),
        };
        shell::answer(store, query.clone(), |claim| proofs::make(&secret, claim))
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
        if path == FILE_PATH {
            return files::check(&self.0, &mut request).await;
        }
        if path == STORED_PATH {
            return files::stored(&self.0, &mut request).await;
        }
        if path == SIGNED_IN_PATH {
            return match self.signed_in(&mut request).await {
                Ok(found) => answer::json(&found),
                Err(broken) => answer::fault(&broken),
            };
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
            Ok(Upgrade::Visitor { conversation, owes_work: true, .. })
                if !self.0.look(Rules::exists).is_ok_and(|exists| exists) =>
            {
                match vouched::turned_away(close::WORK, &work::task(&conversation)) {
                    Ok(response) => Ok(response),
                    Err(broken) => answer::fault(&broken),
                }
            }
            Ok(Upgrade::Visitor { channel, version, visit, paused_until, .. }) => {
                match self.learn(&channel, version, paused_until).await {
                    Ok(true) => answer::upgrade(|socket| {
                        let who = self.meet(visit)?;
                        self.0.connect(socket, who)
                    }),
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
        self.own(Own::Rules {
            channel: channel.clone(),
            version: row.version,
            settings: Box::new(row.settings),
        })?;
        Ok(true)
    }

    /// Learns who a visitor is, and says who is behind their socket.
    fn meet(&self, visit: Visit) -> core::result::Result<Who, Broken> {
        Ok(match visit {
            Visit::Anonymous => Who::Visitor,
            Visit::SignedIn => Who::SignedIn,
            Visit::Verified { who, before } => {
                self.own(Own::Verified(who))?;
                if let Some(conversation) = before {
                    self.own(Own::Linked(Linked { conversation, verified: None }))?;
                }
                Who::Visitor
            }
        })
    }

    /// The visitor has signed in on the site. Where nothing was ever said, there is nobody to be told of it.
    async fn signed_in(&self, request: &mut Request) -> core::result::Result<Found, Broken> {
        let to: Linked = answer::body(request).await?;
        if !self.0.look(Rules::exists)? {
            return Ok(Found::Nothing);
        }
        self.own(Own::Linked(to))?;
        Ok(if self.0.look(Rules::keeps_signed_in)? { Found::Open } else { Found::Over })
    }

    fn own(&self, own: Own) -> core::result::Result<(), Broken> {
        self.0.input(Input::Own(own))?.map_err(|reject| Broken(reject.to_string()))
    }
}
