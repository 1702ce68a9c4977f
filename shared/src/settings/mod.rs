//! A channel's settings: each with its default, its range, and a clear error outside of it.

mod check;
mod files;
mod form;
mod stored;
mod text;

pub use check::{FieldCode, FieldError, LATER, at_least, is_email};
pub use files::Files;
pub use form::{CustomField, CustomKind, StartForm, StartFormMode, Wanted};
pub use text::LocalText;

use crate::hours::Hours;
use crate::id::OperatorId;
use crate::note::Face;
use crate::text::{Default as OwnWords, or_default};
use crate::time::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which shape of stored settings this version writes. Older ones are read by `stored`.
pub const SCHEMA: u8 = 2;

/// Everything that an administrator may set for a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Settings {
    /// The shape of these settings; always [`SCHEMA`] when they are written.
    pub schema: u8,
    /// Whether the channel takes messages. Default: yes.
    pub active: bool,
    /// Origins (`https://shop.example`) that may embed the channel. Default: none, only this host.
    pub origins: Vec<String>,
    /// How the channel looks to visitors.
    pub appearance: Appearance,
    /// Who answers, and how sessions are placed with them.
    pub queue: Queue,
    /// What happens when nobody answers.
    pub no_answer: NoAnswer,
    /// When the channel is open, and what happens when it is not.
    pub working_hours: WorkingHours,
    /// What the channel says and does by itself.
    pub automatic: Automatic,
    /// What visitors may say about a session.
    pub ratings: Ratings,
    /// Which files people may send each other.
    pub files: Files,
    /// What a visitor is asked about themselves when a session begins.
    pub start_form: StartForm,
    /// What keeps a flood away.
    pub protection: Protection,
}

/// How a channel looks to visitors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Appearance {
    /// The title visitors see. Default: Guichet's own words.
    pub title: LocalText,
    /// The line under the title. Default: Guichet's own words.
    pub welcome: LocalText,
    /// The channel's colour, `#rrggbb`. Default: none, Guichet's teal.
    pub accent: Option<String>,
    /// Where the launcher stands. Default: `end`.
    pub position: Position,
    /// Under which names visitors know the people who answer. Default: `real`.
    pub names: Names,
    /// The names of `alias`, by person; who has none is known by their own. At most 1,000.
    pub aliases: BTreeMap<OperatorId, String>,
}

/// Under which names visitors know the people who answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// Under their own.
    #[default]
    Real,
    /// Under the one that they have in this channel.
    Alias,
    /// All under the channel's title.
    Generic,
}

impl Appearance {
    /// What a visitor who reads `locale` calls this person.
    pub fn name_of<'a>(&'a self, person: &'a Face, locale: &str) -> &'a str {
        match self.names {
            Names::Real => &person.name,
            Names::Alias => self.aliases.get(&person.id).unwrap_or(&person.name),
            Names::Generic => or_default(&self.title, OwnWords::Team, locale),
        }
    }
}

/// Which corner the launcher stands in, as seen by a reader from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// At the end of the line: right in English.
    #[default]
    End,
    /// At the start of the line.
    Start,
}

/// Who answers, and how sessions are placed with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Queue {
    /// Who answers, in order. At most 1,000.
    pub members: Vec<OperatorId>,
    /// How sessions are placed. Default: `evenly`.
    pub distribution: Distribution,
    /// Time to accept an offer, 1 to 30 minutes in milliseconds. Default: 3 minutes. Not used by `everyone`.
    pub response_limit: Millis,
    /// Whether only operators who are online and not on a break are sent sessions. Default: yes.
    pub check_availability: bool,
    /// Sessions one operator may have at once, 0 to 1,000; 0 for no limit. Default: 5.
    pub sessions_at_once: u32,
    /// Until when a session counts against that. Default: until it is closed.
    pub counts_until: CountsUntil,
    /// Offers missed in a row that put an operator on a break, 0 to 10; 0 for never. Default: 2.
    pub misses_before_break: u32,
    /// How long a session waits before it is given up as missed, 1 hour to 30 days in milliseconds. Default: 24 hours.
    pub give_up: Millis,
    /// Whether a known contact's session goes to the person responsible for them first. Default: yes.
    pub forward_to_responsible: bool,
}

/// How new sessions are placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// To the eligible operator with the lowest load, so that all have the same workload.
    #[default]
    Evenly,
    /// To the first eligible operator in the order of the members who was not yet tried.
    InOrder,
    /// Shown to every eligible operator; the first to accept owns it.
    Everyone,
}

/// Until when a session counts against its operator's limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CountsUntil {
    /// Until the operator's first reply.
    FirstReply,
    /// While the visitor waits for a reply.
    EachReply,
    /// Until it is closed.
    #[default]
    Close,
}

/// What happens when nobody answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct NoAnswer {
    /// After how long without an answer, 1 to 30 minutes in milliseconds. Default: 5 minutes.
    pub delay: Millis,
    /// What happens then, at most once in a session. Default: `auto_reply`.
    pub action: NoAnswerAction,
    /// The auto-reply, or the words above the contact form. Default: Guichet's own words.
    pub text: LocalText,
}

/// What happens when nobody answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoAnswerAction {
    /// The text is sent.
    #[default]
    AutoReply,
    /// The visitor is asked how they can be reached.
    ContactForm,
    /// The session goes back to the line and is placed anew.
    BackToQueue,
    /// Nothing.
    Nothing,
}

/// When the channel is open, and what happens when it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct WorkingHours {
    /// When the channel is open. Default: none, always open.
    pub schedule: Option<Hours>,
    /// What answers a message outside of working hours. Default: `auto_reply`.
    pub action: OffHoursAction,
    /// The auto-reply, or the words above the contact form. Default: Guichet's own words.
    pub text: LocalText,
}

/// What answers a message outside of working hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OffHoursAction {
    /// The text is sent.
    #[default]
    AutoReply,
    /// The visitor is asked how they can be reached.
    ContactForm,
    /// Nothing.
    Nothing,
}

/// What a channel says and does by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Automatic {
    /// When the greeting answers a first message. Default: in every session.
    pub greeting: Greeting,
    /// The greeting. Default: Guichet's own words.
    pub greeting_text: LocalText,
    /// Whether a visitor who waits is told their place and what to expect. Default: yes.
    pub waiting_notice: bool,
    /// What they are told, with `{place}`. Default: Guichet's own words.
    pub waiting_text: LocalText,
    /// Sent one after the other while a visitor is silent after a reply. At most 5. Default: none.
    pub reminders: Vec<Reminder>,
    /// How long after the last reply a silent session is closed, 1 hour to 30 days in milliseconds. Default: 4 hours.
    pub auto_close: Millis,
    /// What a visitor is told then. Default: nothing.
    pub auto_close_text: LocalText,
    /// What a visitor is told when an operator closes. Default: nothing.
    pub closing_text: LocalText,
    /// How long a visitor may resume a closed session with the same operator, 0 to 60 minutes in milliseconds.
    /// Default: 10 minutes.
    pub closing_period: Millis,
    /// Whether a rating ends that time. Default: no.
    pub rating_ends_closing: bool,
}

/// When the greeting answers a first message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Greeting {
    /// Never.
    Off,
    /// In every session.
    #[default]
    EverySession,
    /// Only in a visitor's first session.
    FirstContact,
}

/// A text for a visitor who is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reminder {
    /// How long after the operator's last reply, 1 minute to 24 hours in milliseconds, and later than the one before.
    pub after: Millis,
    /// What is said. Needed.
    pub text: LocalText,
}

/// What visitors may say about a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Ratings {
    /// Whether visitors are asked to rate. Default: yes.
    pub enabled: bool,
    /// What they choose from. Default: `thumbs`.
    pub scale: Scale,
    /// The words in the live chat. Default: Guichet's own words.
    pub chat: RatingTexts,
    /// The words on connectors without buttons; the request has to name the digits. Default: Guichet's own words.
    pub connectors: RatingTexts,
    /// How long after the close a rating is accepted, 1 to 30 days in milliseconds; none for no limit. Default: 7 days.
    pub accepted_for: Option<Millis>,
    /// Whether a visitor may rate while the session goes on. Default: yes.
    pub during_session: bool,
}

/// What a rating is chosen from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Thumb up or down.
    #[default]
    Thumbs,
    /// One to five stars.
    Stars,
}

/// The words around a rating.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RatingTexts {
    /// Asks for it.
    pub ask: LocalText,
    /// Thanks for a good one.
    pub good: LocalText,
    /// Thanks for a bad one.
    pub bad: LocalText,
}

/// What keeps a flood away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Protection {
    /// New sessions that the channel takes within a minute, 0 to 60,000; 0 for no limit. Default: 600. Those who come beyond
    /// are asked to wait; sessions that go on are not concerned.
    pub sessions_per_minute: u32,
    /// Whether a browser has to do some work, a third of a second, before it opens a new conversation. Default: no.
    pub proof_of_work: bool,
}

impl Default for Protection {
    fn default() -> Self {
        Self { sessions_per_minute: 600, proof_of_work: false }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            active: true,
            origins: Vec::new(),
            appearance: Appearance::default(),
            queue: Queue::default(),
            no_answer: NoAnswer::default(),
            working_hours: WorkingHours::default(),
            automatic: Automatic::default(),
            ratings: Ratings::default(),
            files: Files::default(),
            start_form: StartForm::default(),
            protection: Protection::default(),
        }
    }
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            members: Vec::new(),
            distribution: Distribution::default(),
            response_limit: Millis::minutes(3),
            check_availability: true,
            sessions_at_once: 5,
            counts_until: CountsUntil::default(),
            misses_before_break: 2,
            give_up: Millis::hours(24),
            forward_to_responsible: true,
        }
    }
}

impl Default for NoAnswer {
    fn default() -> Self {
        Self { delay: Millis::minutes(5), action: NoAnswerAction::default(), text: LocalText::default() }
    }
}

impl Default for Automatic {
    fn default() -> Self {
        Self {
            greeting: Greeting::default(),
            greeting_text: LocalText::default(),
            waiting_notice: true,
            waiting_text: LocalText::default(),
            reminders: Vec::new(),
            auto_close: Millis::hours(4),
            auto_close_text: LocalText::default(),
            closing_text: LocalText::default(),
            closing_period: Millis::minutes(10),
            rating_ends_closing: false,
        }
    }
}

impl Default for Ratings {
    fn default() -> Self {
        Self {
            enabled: true,
            scale: Scale::default(),
            chat: RatingTexts::default(),
            connectors: RatingTexts::default(),
            accepted_for: Some(Millis::days(7)),
            during_session: true,
        }
    }
}
