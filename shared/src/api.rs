//! The JSON API under `/api/v1`: its types, and the table of its endpoints from which the OpenAPI document is made.

use crate::access::Need;
use crate::id::{ChannelId, OperatorId, SessionId};
use crate::reject::Code;
use crate::settings::{FieldError, Settings};
use crate::time::Timestamp;
use crate::verified::Algorithm;
use crate::why::{Verdict, Why};
use serde::{Deserialize, Serialize};

/// What stands before each path.
pub const BASE: &str = "/api/v1";

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers visitors.
    Operator,
    /// Also watches and rates.
    Supervisor,
    /// Also sets up.
    Admin,
}

/// A refused request. `code` is stable; `message` is for people who read logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Why.
    pub code: Code,
    /// The same in English words.
    pub message: String,
    /// All fields that are wrong, for `invalid_fields`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// After how many seconds another try makes sense, for `throttled` and `too_fast`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

/// Whether the first administrator still has to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetupState {
    /// `true` until the set-up link has been used.
    pub open: bool,
}

/// Makes an account from a one-time link: the set-up link (an administrator) or an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Join {
    /// From the link's fragment.
    pub token: String,
    /// The person's name, 1 to 80 characters.
    pub name: String,
    /// To sign in with.
    pub email: String,
    /// 10 to 200 characters.
    pub password: String,
}

/// Signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignIn {
    /// The account.
    pub email: String,
    /// Its password.
    pub password: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// The person.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// A person, as colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// The person.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Asks for an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewInvite {
    /// What the new person may do.
    pub role: Role,
}

/// An invitation. The token is shown this once and stored only as a hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invite {
    /// For the fragment of `/console/#join=…`.
    pub token: String,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// A channel in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Channel {
    /// The channel.
    pub id: ChannelId,
    /// Its name; visitors never see it.
    pub name: String,
    /// Whether it takes messages.
    pub active: bool,
}

/// Makes a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewChannel {
    /// Its name, 1 to 80 characters.
    pub name: String,
}

/// The settings of a channel with their version: send back the version that you read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionedSettings {
    /// Grows by one with each change.
    pub version: u64,
    /// The settings.
    pub settings: Settings,
}

/// The line of a channel and its people, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineView {
    /// The moment.
    pub now: Timestamp,
    /// Those who wait, first come first; at most [`crate::limits::LINE_VIEW_MAX`].
    pub waiting: Vec<WaitingView>,
    /// How many wait in all.
    pub waiting_total: u32,
    /// How many are offered to somebody who has not accepted yet.
    pub offered_total: u32,
    /// How many have an owner.
    pub owned_total: u32,
    /// Whether somebody could take a session now.
    pub available: bool,
    /// The members in their order.
    pub people: Vec<PersonView>,
}

/// A session that waits in line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitingView {
    /// Which.
    pub session: SessionId,
    /// 1 for the next to be served.
    pub place: u32,
    /// When it arrived.
    pub since: Timestamp,
    /// Who skipped it or let its offer pass in this round.
    pub tried: Vec<OperatorId>,
    /// When they may be asked again.
    pub next_round: Option<Timestamp>,
    /// How many see it, where sessions are shown to everyone.
    pub shown: u32,
    /// Why it waits.
    pub why: Option<Why>,
}

/// A member of a channel, as its desk knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonView {
    /// Who.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// Whether they can take a session, and if not, why.
    pub verdict: Verdict,
    /// How many sessions count against them.
    pub load: u32,
    /// When a session was last placed with them.
    pub last_assigned: Option<Timestamp>,
}

/// A key with which a channel checks the tokens of verified visitors. Its secret is never shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Key {
    /// Its name, which a token's header has to hold.
    pub kid: String,
    /// How tokens of this key are signed.
    pub algorithm: Algorithm,
    /// What `iss` in tokens of this key has to be.
    pub issuer: String,
    /// When it was added.
    pub created_at: Timestamp,
}

/// Adds a key to a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewKey {
    /// How tokens are going to be signed.
    pub algorithm: Algorithm,
    /// What `iss` in them is going to be; 1 to 200 bytes.
    pub issuer: String,
    /// Its name: 1 to 64 letters, digits, `-`, `_` and `.`. Without one, the worker makes one.
    #[serde(default)]
    pub kid: Option<String>,
    /// For `HS256`: the secret, 32 to 512 bytes. Without one, the worker makes one.
    #[serde(default)]
    pub secret: Option<String>,
    /// For `ES256`: the public key, as PEM or as a JWK.
    #[serde(default)]
    pub public_key: Option<String>,
}

/// A key that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyMade {
    /// The key.
    pub key: Key,
    /// The secret, if the worker made it: shown this once. Tokens are signed with the bytes of this text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Names a key of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyName {
    /// Its name.
    pub kid: String,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes or does.
    Post,
    /// Replaces.
    Put,
}

/// One endpoint of the API.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// Its stable name, also the OpenAPI operation id.
    pub name: EndpointName,
    /// How it is called.
    pub method: Method,
    /// Below [`BASE`]; `{channel}` stands for an id.
    pub path: &'static str,
    /// Who may call it.
    pub need: Need,
    /// The status of success.
    pub success: u16,
    /// The other statuses it may answer with, beside those that every endpoint may (see `docs/api.md`).
    pub refusals: &'static [Code],
    /// One line for the document.
    pub summary: &'static str,
}

/// The endpoints by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is described in ENDPOINTS")]
pub enum EndpointName {
    SetupState,
    Setup,
    Join,
    SignIn,
    SignOut,
    Me,
    Invite,
    Operators,
    Channels,
    CreateChannel,
    Settings,
    ChangeSettings,
    Line,
    Members,
    Keys,
    AddKey,
    RemoveKey,
}

/// All endpoints.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        name: EndpointName::SetupState,
        method: Method::Get,
        path: "/setup",
        need: Need::Nobody,
        success: 200,
        refusals: &[],
        summary: "Whether the first administrator still has to be made",
    },
    Endpoint {
        name: EndpointName::Setup,
        method: Method::Post,
        path: "/setup",
        need: Need::Nobody,
        success: 201,
        refusals: &[Code::LinkUsed, Code::LinkInvalid, Code::InvalidFields, Code::EmailTaken],
        summary: "Makes the first administrator from the set-up link, and signs them in",
    },
    Endpoint {
        name: EndpointName::Join,
        method: Method::Post,
        path: "/join",
        need: Need::Nobody,
        success: 201,
        refusals: &[Code::LinkUsed, Code::LinkInvalid, Code::InvalidFields, Code::EmailTaken],
        summary: "Makes an account from an invitation, and signs it in",
    },
    Endpoint {
        name: EndpointName::SignIn,
        method: Method::Post,
        path: "/sign-in",
        need: Need::Nobody,
        success: 200,
        refusals: &[Code::WrongCredentials, Code::Throttled],
        summary: "Signs in; the answer sets the session's cookie",
    },
    Endpoint {
        name: EndpointName::SignOut,
        method: Method::Post,
        path: "/sign-out",
        need: Need::SignedIn,
        success: 204,
        refusals: &[],
        summary: "Ends this sign-in",
    },
    Endpoint {
        name: EndpointName::Me,
        method: Method::Get,
        path: "/me",
        need: Need::SignedIn,
        success: 200,
        refusals: &[],
        summary: "Who is signed in",
    },
    Endpoint {
        name: EndpointName::Invite,
        method: Method::Post,
        path: "/invites",
        need: Need::Role(Role::Admin),
        success: 201,
        refusals: &[],
        summary: "Makes a one-time invitation link",
    },
    Endpoint {
        name: EndpointName::Operators,
        method: Method::Get,
        path: "/operators",
        need: Need::SignedIn,
        success: 200,
        refusals: &[],
        summary: "The people who answer",
    },
    Endpoint {
        name: EndpointName::Channels,
        method: Method::Get,
        path: "/channels",
        need: Need::SignedIn,
        success: 200,
        refusals: &[],
        summary: "All channels",
    },
    Endpoint {
        name: EndpointName::CreateChannel,
        method: Method::Post,
        path: "/channels",
        need: Need::Role(Role::Admin),
        success: 201,
        refusals: &[Code::InvalidFields],
        summary: "Makes a channel with default settings",
    },
    Endpoint {
        name: EndpointName::Settings,
        method: Method::Get,
        path: "/channels/{channel}/settings",
        need: Need::Role(Role::Supervisor),
        success: 200,
        refusals: &[Code::NotFound],
        summary: "A channel's settings",
    },
    Endpoint {
        name: EndpointName::ChangeSettings,
        method: Method::Put,
        path: "/channels/{channel}/settings",
        need: Need::Role(Role::Admin),
        success: 200,
        refusals: &[Code::NotFound, Code::InvalidFields, Code::VersionConflict],
        summary: "Replaces a channel's settings, if nobody else has changed them since",
    },
    Endpoint {
        name: EndpointName::Line,
        method: Method::Get,
        path: "/channels/{channel}/line",
        need: Need::Role(Role::Supervisor),
        success: 200,
        refusals: &[Code::NotFound],
        summary: "Who waits and why, who is there and how loaded",
    },
    Endpoint {
        name: EndpointName::Members,
        method: Method::Get,
        path: "/channels/{channel}/members",
        need: Need::SignedIn,
        success: 200,
        refusals: &[Code::NotFound],
        summary: "To whom a session of the channel can be handed over, and how loaded they are",
    },
    Endpoint {
        name: EndpointName::Keys,
        method: Method::Get,
        path: "/channels/{channel}/keys",
        need: Need::Role(Role::Admin),
        success: 200,
        refusals: &[Code::NotFound],
        summary: "The keys with which tokens of verified visitors are checked, without their secrets",
    },
    Endpoint {
        name: EndpointName::AddKey,
        method: Method::Post,
        path: "/channels/{channel}/keys",
        need: Need::Role(Role::Admin),
        success: 201,
        refusals: &[Code::NotFound, Code::InvalidFields],
        summary: "Adds a key; a secret that the worker makes is shown this once",
    },
    Endpoint {
        name: EndpointName::RemoveKey,
        method: Method::Post,
        path: "/channels/{channel}/keys/remove",
        need: Need::Role(Role::Admin),
        success: 204,
        refusals: &[Code::NotFound],
        summary: "Removes a key: tokens of it open nothing any more",
    },
];
