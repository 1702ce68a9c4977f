//! Frames and saved messages, read without serde: see [`super::json`]. What is read here is what serde reads; a test holds
//! the two together. Fields that are missing have their defaults, fields that are unknown are skipped.

use super::json::Json;
use super::{Pending, PendingState};
use crate::id::{Epoch, Seq};
use crate::reject::Code;
use crate::settings::LocalText;
use crate::time::Timestamp;
use crate::wire::{
    Author, Body, ChannelView, Clock, Entry, Event, FromConversation, HoursView, MoveReason, RatingView,
    Score, SessionView, Side,
};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

/// A frame; none for what a client of this version does not know.
pub(super) fn frame(text: &str) -> Option<FromConversation> {
    let json = Json::read(text)?;
    let (name, body) = json.variant()?;
    Some(match name {
        "welcome" => welcome(body)?,
        "entries" => FromConversation::Entries {
            entries: body.get("entries").items().iter().map(entry).collect::<Option<_>>()?,
            earlier: body.get("earlier").is_true(),
            history: body.get("history").is_true(),
        },
        "entry" => FromConversation::Entry(entry(body)?),
        "ack" => FromConversation::Ack {
            id: word(body.get("id"))?,
            seq: seq(body.get("seq"))?,
            at: at(body.get("at"))?,
        },
        "reject" => FromConversation::Reject {
            id: word(body.get("id")),
            // A refusal that only a later version knows is one all the same.
            code: word(body.get("code")).unwrap_or(Code::Malformed),
        },
        "session" => FromConversation::Session(session(body)?),
        "hours" => FromConversation::Hours(hours(body)?),
        "typing" => FromConversation::Typing { who: author(body.get("who"))?, on: body.get("on").is_true() },
        "read" => FromConversation::Read { seq: seq(body.get("seq"))? },
        _ => return None,
    })
}

impl Pending {
    /// A message as the persistent outbox holds it.
    pub fn read(text: &str) -> Option<Self> {
        let json = Json::read(text)?;
        let state = match json.get("state").variant() {
            Some(("failed", state)) => PendingState::Failed { code: word(state.get("code"))? },
            _ => PendingState::Sending,
        };
        Some(Self {
            id: word(json.get("id"))?,
            text: string(json.get("text"))?,
            note: json.get("note").is_true(),
            epoch: json.get("epoch").number().map(Epoch),
            state,
        })
    }
}

impl LocalText {
    /// A text in several languages.
    pub fn read(json: &Json) -> Self {
        let Json::Map(fields) = json else { return Self::default() };
        // Not collected: that sorts first, and brings 3 KB of sorting along.
        let mut text = Self::default();
        for (language, words) in fields {
            if let Some(words) = string(words) {
                text.0.insert(language.clone(), words);
            }
        }
        text
    }
}

fn welcome(json: &Json) -> Option<FromConversation> {
    let clock = json.get("clock");
    Some(FromConversation::Welcome {
        v: u16::try_from(json.get("v").number()?).ok()?,
        conversation: word(json.get("conversation"))?,
        side: side(json.get("side"))?,
        clock: Clock { now: at(clock.get("now"))?, rate: number(clock.get("rate"))? },
        head: seq(json.get("head"))?,
        session: session(json.get("session"))?,
        channel: channel(json.get("channel")),
        hours: hours(json.get("hours"))?,
        read: seq(json.get("read")).unwrap_or_default(),
    })
}

fn entry(json: &Json) -> Option<Entry> {
    Some(Entry {
        seq: seq(json.get("seq"))?,
        prev: seq(json.get("prev"))?,
        id: word(json.get("id")),
        at: at(json.get("at"))?,
        session: number(json.get("session"))?,
        author: author(json.get("author"))?,
        body: body(json.get("body"))?,
    })
}

/// An author that only a later version knows speaks for the channel.
fn author(json: &Json) -> Option<Author> {
    Some(match json.variant()? {
        ("visitor", _) => Author::Visitor,
        ("operator", who) => Author::Operator { name: string(who.get("name"))?, id: word(who.get("id")) },
        _ => Author::Channel,
    })
}

/// What only a later version knows still has its number: skipping it would look like a gap.
fn body(json: &Json) -> Option<Body> {
    Some(match json.variant()? {
        ("text", body) => Body::Text { text: string(body.get("text"))? },
        ("note", body) => Body::Note { text: string(body.get("text"))? },
        ("event", body) => Body::Event(event(body).unwrap_or(Event::Unknown)),
        _ => Body::Event(Event::Unknown),
    })
}

fn event(json: &Json) -> Option<Event> {
    let (name, event) = json.variant()?;
    let who = || string(event.get("name"));
    Some(match name {
        "assigned" => Event::Assigned { name: who()? },
        "moved_on" => Event::MovedOn { reason: reason(event.get("reason"))?, name: who()? },
        "ended" => Event::Ended { by: side(event.get("by"))? },
        "rated" => Event::Rated { score: score(event.get("score"))?, comment: string(event.get("comment"))? },
        _ => return None,
    })
}

fn session(json: &Json) -> Option<SessionView> {
    let (name, view) = json.variant()?;
    let count = || number(view.get("number"));
    let epoch = || view.get("epoch").number().map(Epoch);
    Some(match name {
        "none" => SessionView::None,
        "waiting" => SessionView::Waiting {
            number: count()?,
            epoch: epoch()?,
            place: number(view.get("place")),
            offered: view.get("offered").is_true(),
        },
        "active" => SessionView::Active {
            number: count()?,
            epoch: epoch()?,
            operator: string(view.get("operator"))?,
            mine: view.get("mine").is_true(),
        },
        "ended" => SessionView::Ended {
            number: count()?,
            operator: string(view.get("operator")),
            rating: rating(view.get("rating"))?,
        },
        _ => return None,
    })
}

fn rating(json: &Json) -> Option<RatingView> {
    Some(match json.variant()? {
        ("off", _) => RatingView::Off,
        ("asked", view) => RatingView::Asked { until: at(view.get("until"))? },
        ("given", view) => {
            RatingView::Given { score: score(view.get("score"))?, until: at(view.get("until"))? }
        }
        _ => return None,
    })
}

fn hours(json: &Json) -> Option<HoursView> {
    Some(match json.variant()? {
        ("always_open", _) => HoursView::AlwaysOpen,
        ("open", view) => HoursView::Open { until: at(view.get("until"))? },
        ("closed", view) => {
            HoursView::Closed { opens: at(view.get("opens")), notice: LocalText::read(view.get("notice")) }
        }
        _ => return None,
    })
}

fn channel(json: &Json) -> ChannelView {
    ChannelView {
        id: word(json.get("id")),
        title: LocalText::read(json.get("title")),
        welcome: LocalText::read(json.get("welcome")),
        accent: string(json.get("accent")),
        position: match json.get("position").text() {
            Some("start") => crate::settings::Position::Start,
            _ => crate::settings::Position::End,
        },
    }
}

fn side(json: &Json) -> Option<Side> {
    Some(match json.text()? {
        "visitor" => Side::Visitor,
        "operator" => Side::Operator,
        _ => return None,
    })
}

fn score(json: &Json) -> Option<Score> {
    Some(match json.text()? {
        "good" => Score::Good,
        "bad" => Score::Bad,
        _ => return None,
    })
}

fn reason(json: &Json) -> Option<MoveReason> {
    word(json)
}

/// What is read from one string: an id, a code.
fn word<'a, T: Deserialize<'a>>(json: &'a Json) -> Option<T> {
    let text: StrDeserializer<'a, Error> = json.text()?.into_deserializer();
    T::deserialize(text).ok()
}

fn string(json: &Json) -> Option<String> {
    json.text().map(str::to_owned)
}

fn number(json: &Json) -> Option<u32> {
    u32::try_from(json.number()?).ok()
}

fn seq(json: &Json) -> Option<Seq> {
    json.number().map(Seq)
}

fn at(json: &Json) -> Option<Timestamp> {
    json.number().map(Timestamp)
}
