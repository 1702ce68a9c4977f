//! Frames and saved messages, read without serde: see [`super::json`]. What is read here is what serde reads; a test holds
//! the two together. Fields that are missing have their defaults, fields that are unknown are skipped.

use super::json::Json;
use super::{Pending, PendingFile, PendingState};
use crate::file::File;
use crate::form::{Consent, Field, Form, Kind};
use crate::id::{Epoch, Seq};
use crate::reject::Code;
use crate::settings::{LocalText, Scale};
use crate::time::{Millis, Timestamp};
use crate::wire::{
    Answer, Author, Body, ChannelView, Clock, Contact, Entry, Event, FilesView, FormView, FromConversation,
    HoursView, RatingView, Score, SessionView, Side,
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
        "link" => FromConversation::Link { id: word(body.get("id"))?, path: string(body.get("path"))? },
        "reject" => FromConversation::Reject {
            id: word(body.get("id")),
            // A refusal that only a later version knows is one all the same.
            code: word(body.get("code")).unwrap_or(Code::Malformed),
            retry_after: body.get("retry_after").number().map(Millis),
        },
        "session" => FromConversation::Session(session(body)?),
        "hours" => FromConversation::Hours(hours(body)?),
        "form" => FromConversation::Form(form(body)),
        "available" => FromConversation::Available { now: body.get("now").is_true() },
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
            file: number(json.get("file").get("size"))
                .map(|size| PendingFile { size, is_stored: json.get("file").get("is_stored").is_true() }),
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
        form: form(json.get("form")),
        available: flag(json.get("available")),
        // Visitors are never told, and operators read with serde.
        identity: None,
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
        ("text", body) => Body::Text { text: string(body.get("text"))?, file: file(body.get("file")) },
        ("note", body) => Body::Note { text: string(body.get("text"))? },
        ("event", body) => Body::Event(event(body).unwrap_or(Event::Unknown)),
        _ => Body::Event(Event::Unknown),
    })
}

fn file(json: &Json) -> Option<File> {
    Some(File { kind: word(json.get("kind"))?, size: number(json.get("size"))? })
}

/// What a visitor may see, whole; of what only operators see, what fits into a line.
fn event(json: &Json) -> Option<Event> {
    let (name, event) = json.variant()?;
    let who = || string(event.get("name"));
    Some(match name {
        "assigned" => Event::Assigned { name: who()? },
        "joined" => Event::Joined { name: who()? },
        "left" => Event::Left { name: who()? },
        "reopened" => Event::Reopened { name: who()? },
        "resumed" => Event::Resumed {},
        "moved_on" => Event::MovedOn { reason: word(event.get("reason"))?, name: who()? },
        "ended" => Event::Ended { by: word(event.get("by"))? },
        "contact" => Event::Contact(Contact {
            name: who().unwrap_or_default(),
            email: string(event.get("email")).unwrap_or_default(),
            phone: string(event.get("phone")).unwrap_or_default(),
            more: event.get("more").items().iter().map(answer).collect(),
            consent: string(event.get("consent")).unwrap_or_default(),
        }),
        "rated" => Event::Rated { score: score(event.get("score"))?, comment: string(event.get("comment"))? },
        _ => return None,
    })
}

fn session(json: &Json) -> Option<SessionView> {
    let (name, view) = json.variant()?;
    let count = || number(view.get("number"));
    let epoch = || view.get("epoch").number().map(Epoch);
    let operator = || string(view.get("operator"));
    Some(match name {
        "none" => SessionView::None,
        "waiting" => SessionView::Waiting {
            number: count()?,
            epoch: epoch()?,
            place: number(view.get("place")),
            beyond: view.get("beyond").is_true(),
            wait: view.get("wait").number().map(Millis),
            notice: string(view.get("notice")),
            offered: view.get("offered").is_true(),
            why: None,
        },
        "active" => SessionView::Active {
            number: count()?,
            epoch: epoch()?,
            operator: operator()?,
            mine: view.get("mine").is_true(),
            joined: view.get("joined").is_true(),
            with: view.get("with").items().iter().filter_map(string).collect(),
            pinned: view.get("pinned").is_true(),
            rating: rating(view.get("rating")).unwrap_or_default(),
            why: None,
        },
        "closing" => SessionView::Closing {
            number: count()?,
            epoch: epoch()?,
            operator: operator()?,
            mine: view.get("mine").is_true(),
            until: at(view.get("until"))?,
            rating: rating(view.get("rating"))?,
            review: None,
        },
        "ended" => SessionView::Ended {
            number: count()?,
            operator: operator(),
            rating: rating(view.get("rating"))?,
            missed: view.get("missed").is_true(),
            reopens: view.get("reopens").is_true(),
            review: None,
        },
        _ => return None,
    })
}

fn rating(json: &Json) -> Option<RatingView> {
    let (name, view) = json.variant()?;
    let scale = match view.get("scale").text() {
        Some("stars") => Scale::Stars,
        _ => Scale::Thumbs,
    };
    let until = || at(view.get("until"));
    Some(match name {
        "off" => RatingView::Off,
        "possible" => RatingView::Possible { scale },
        "asked" => RatingView::Asked { until: until()?, scale, text: string(view.get("text")) },
        "given" => RatingView::Given {
            score: score(view.get("score"))?,
            until: until()?,
            scale,
            thanks: string(view.get("thanks")),
        },
        _ => return None,
    })
}

fn form(json: &Json) -> FormView {
    match json.variant() {
        Some(("asked", view)) => FormView::Asked { text: string(view.get("text")) },
        Some(("start", view)) => {
            FormView::Start { before: view.get("before").is_true(), form: fields(view.get("form")) }
        }
        Some(("given", _)) => FormView::Given,
        _ => FormView::Off,
    }
}

/// Of a kind that only a later version knows, a line is asked.
fn fields(json: &Json) -> Form {
    let text = |json: &Json, name| string(json.get(name)).unwrap_or_default();
    let field = |json: &Json| Field {
        key: text(json, "key"),
        label: text(json, "label"),
        kind: match json.get("kind").variant() {
            Some(("name", _)) => Kind::Name,
            Some(("email", _)) => Kind::Email,
            Some(("phone", _)) => Kind::Phone,
            Some(("long_text", _)) => Kind::LongText,
            Some(("choice", options)) => Kind::Choice(options.items().iter().filter_map(string).collect()),
            _ => Kind::Text,
        },
        required: json.get("required").is_true(),
    };
    let consent = json.get("consent");
    Form {
        fields: json.get("fields").items().iter().map(field).collect(),
        consent: string(consent.get("text"))
            .map(|words| Consent { text: words, link: text(consent, "link") }),
        reach: json.get("reach").is_true(),
    }
}

fn answer(json: &Json) -> Answer {
    let text = |name| string(json.get(name)).unwrap_or_default();
    Answer { key: text("key"), label: text("label"), value: text("value") }
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
        files: files(json.get("files")),
    }
}

fn files(json: &Json) -> Option<FilesView> {
    Some(FilesView { bytes_max: number(json.get("bytes_max"))?, accept: string(json.get("accept"))? })
}

fn side(json: &Json) -> Option<Side> {
    Some(match json.text()? {
        "visitor" => Side::Visitor,
        "operator" => Side::Operator,
        _ => return None,
    })
}

fn score(json: &Json) -> Option<Score> {
    Some(match json.variant()? {
        ("good", _) => Score::Good,
        ("bad", _) => Score::Bad,
        ("stars", count) => Score::Stars(u8::try_from(count.number()?).ok()?),
        _ => return None,
    })
}

fn flag(json: &Json) -> Option<bool> {
    match json {
        Json::Bool(flag) => Some(*flag),
        _ => None,
    }
}

/// What is read from one string: an id, a code.
fn word<'a, T: Deserialize<'a>>(json: &'a Json) -> Option<T> {
    let text: StrDeserializer<'a, Error> = json.text()?.into_deserializer();
    T::deserialize(text).ok()
}

/// A code of a refusal; none for one that is not known.
pub(super) fn code(text: &str) -> Option<Code> {
    let text: StrDeserializer<'_, Error> = text.into_deserializer();
    Code::deserialize(text).ok()
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
