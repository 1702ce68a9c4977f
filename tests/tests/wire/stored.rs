//! A sample of everything that objects tell each other and store.

use super::samples::{
    AT, channel_id, conversation_id, entries, gone_reasons, inbox_rows, operator_id, reasons, session_id,
    text,
};
use shared::api::VersionedSettings;
use shared::conversation::{self, Head, Offer, Phase, Rated, Rules, Session, StoredEntry};
use shared::core::Record;
use shared::desk::{self, Place, Seat, SessionRow};
use shared::hours::{Hours, Interval};
use shared::id::{Epoch, Seq};
use shared::note::{Address, Face, Hint, Moved, Note, Topic};
use shared::operator;
use shared::post::{Envelope, Post, Receipt, Row};
use shared::reject::Code;
use shared::settings::{Distribution, Position, Settings};
use shared::time::Millis;
use shared::wire::{GoneReason, Score};

fn face() -> Face {
    Face { id: operator_id(), name: "Ana".into() }
}

fn settings() -> Settings {
    Settings {
        active: true,
        title: text("Help"),
        welcome: text("Ask us anything"),
        accent: Some("#00aa77".into()),
        position: Position::Start,
        origins: vec!["https://shop.example".into()],
        members: vec![operator_id()],
        distribution: Distribution::Evenly,
        response_limit: Millis::minutes(2),
        sessions_at_once: 4,
        hours: Some(Hours {
            zone: "Europe/Paris".into(),
            week: vec![Interval { day: 0, start: 540, end: 1080 }],
        }),
        off_hours_text: text("Closed"),
        greeting: true,
        greeting_text: text("Hello"),
        closing_text: text("Goodbye"),
        rating: true,
        rating_period: Millis::days(7),
    }
}

fn notes() -> Vec<Note> {
    let (session, epoch, operator) = (session_id(), Epoch(2), operator_id());
    let moved = |reason| Note::Waiting {
        session: session_id(),
        epoch: Epoch(3),
        moved: Some(Moved { from: face(), reason }),
    };
    let mut samples = vec![
        Note::Arrived { session: session.clone(), since: AT, settings: 2 },
        Note::Ended { session: session.clone() },
        Note::Accept { session: session.clone(), epoch, operator: operator.clone() },
        Note::Skip { session: session.clone(), epoch, operator: operator.clone() },
        Note::Presence { operator: face(), online: true, available: false },
        Note::Waiting { session: session.clone(), epoch: Epoch(1), moved: None },
        Note::Offered { session: session.clone(), epoch, to: face(), since: AT, until: AT },
        Note::Assigned { session: session.clone(), epoch: Epoch(3), owner: face() },
        Note::Refused { session, operator, code: Code::OfferGone },
        Note::Member { channel: channel_id(), member: true },
        Note::Settings { channel: channel_id(), version: 2, settings: Box::new(settings()) },
    ];
    samples.extend(reasons().into_iter().map(moved));
    samples.extend(inbox_rows().into_iter().map(Note::Row));
    let gone = |reason: GoneReason| Note::Gone { session: session_id(), reason };
    samples.extend(gone_reasons().into_iter().map(gone));
    for sample in &samples {
        match sample {
            Note::Arrived { .. }
            | Note::Ended { .. }
            | Note::Accept { .. }
            | Note::Skip { .. }
            | Note::Presence { .. }
            | Note::Waiting { .. }
            | Note::Offered { .. }
            | Note::Assigned { .. }
            | Note::Refused { .. }
            | Note::Member { .. }
            | Note::Settings { .. }
            | Note::Row(_)
            | Note::Gone { .. } => {}
        }
    }
    samples
}

fn addresses() -> Vec<Address> {
    let samples = vec![
        Address::Conversation(conversation_id()),
        Address::Desk(channel_id()),
        Address::Operator(operator_id()),
        Address::Directory,
    ];
    for sample in &samples {
        match sample {
            Address::Conversation(_) | Address::Desk(_) | Address::Operator(_) | Address::Directory => {}
        }
    }
    samples
}

fn topics() -> Vec<Topic> {
    let samples = vec![Topic::Standing, Topic::Session(session_id())];
    for sample in &samples {
        match sample {
            Topic::Standing | Topic::Session(_) => {}
        }
    }
    samples
}

pub(crate) fn envelopes() -> Vec<Envelope> {
    let (desk, topic) = (Address::Desk(channel_id()), Topic::Session(session_id()));
    let envelope =
        |to: Address, topic: Topic, note| Envelope { from: desk.clone(), to, topic, number: 1, note };
    let said = notes().into_iter().map(|note| envelope(addresses().remove(0), topic.clone(), note));
    let ended = || Note::Ended { session: session_id() };
    let sent = addresses().into_iter().map(|to| envelope(to, Topic::Standing, ended()));
    said.chain(sent).collect()
}

pub(crate) fn hints() -> Vec<Hint> {
    let mut samples = vec![Hint::Place { session: session_id(), place: 2 }];
    samples.extend(inbox_rows().into_iter().map(Hint::Row));
    for sample in &samples {
        match sample {
            Hint::Place { .. } | Hint::Row(_) => {}
        }
    }
    samples
}

pub(crate) fn receipts() -> Vec<Receipt> {
    let samples = vec![Receipt::Done, Receipt::Expected(3)];
    for sample in &samples {
        match sample {
            Receipt::Done | Receipt::Expected(_) => {}
        }
    }
    samples
}

// --------------------------------------------------------------------------------------------------------------- the stores

/// All rows, by the object that stores them.
pub(crate) fn rows() -> Vec<(&'static str, Vec<Row>)> {
    vec![
        ("rows of a conversation", written(&conversation_records())),
        ("rows of a desk", written(&desk_records())),
        ("rows of an operator", written(&operator_records())),
        ("books", books()),
    ]
}

fn written<R: Record + PartialEq + std::fmt::Debug>(records: &[R]) -> Vec<Row> {
    let row = |record: &R| {
        let row = (record.key(), record.value());
        if let Some(value) = &row.1 {
            assert_eq!(&R::read(&row.0, value).unwrap(), record);
        }
        row
    };
    records.iter().map(row).collect()
}

fn sessions() -> Vec<Session> {
    let session = |phase| Session {
        number: 3,
        since: AT,
        epoch: Epoch(2),
        phase,
        told: [operator_id()].into(),
        off_hours_told: true,
    };
    let rated = Rated { score: Score::Good, comment: "Quick".into(), at: AT };
    let samples = vec![
        session(Phase::Waiting { offer: None, place: Some(2) }),
        session(Phase::Waiting { offer: Some(Offer { to: face(), since: AT, until: AT }), place: None }),
        session(Phase::Active { owner: face() }),
        session(Phase::Ended { at: AT, owner: None, rating: None }),
        session(Phase::Ended { at: AT, owner: Some(face()), rating: Some(rated) }),
    ];
    for sample in &samples {
        match sample.phase {
            Phase::Waiting { .. } | Phase::Active { .. } | Phase::Ended { .. } => {}
        }
    }
    samples
}

fn conversation_records() -> Vec<conversation::Record> {
    use conversation::Record;
    let head = Head { channel: channel_id(), locale: "en-GB".into(), told: [operator_id()].into() };
    let rules = Rules { channel: channel_id(), version: 2, settings: settings() };
    let mut samples = vec![Record::Head(head), Record::Rules(rules)];
    samples.extend(sessions().into_iter().map(Record::Session));
    let stored = |entry| Record::Entry(StoredEntry { entry, visitor_prev: Seq(5) });
    samples.extend(entries().into_iter().map(stored));
    for sample in &samples {
        match sample {
            Record::Head(_) | Record::Rules(_) | Record::Session(_) | Record::Entry(_) => {}
        }
    }
    samples
}

fn desk_records() -> Vec<desk::Record> {
    use desk::Record;
    let row = |place| SessionRow {
        session: session_id(),
        since: AT,
        epoch: Epoch(2),
        place,
        tried: [operator_id()].into(),
    };
    let seat = Seat { face: face(), online: true, available: false, last_assigned: AT };
    let places = vec![
        Place::Line { next_round: None },
        Place::Line { next_round: Some(AT) },
        Place::Offered { to: face(), until: AT },
        Place::Owned { owner: face() },
    ];
    for place in &places {
        match place {
            Place::Line { .. } | Place::Offered { .. } | Place::Owned { .. } => {}
        }
    }
    let mut samples = vec![Record::Settings(VersionedSettings { version: 2, settings: settings() })];
    samples.push(Record::Seat(seat));
    samples.extend(places.into_iter().map(|place| Record::Session(row(place))));
    samples.push(Record::Forgotten(session_id()));
    for sample in &samples {
        match sample {
            Record::Settings(_) | Record::Seat(_) | Record::Session(_) | Record::Forgotten(_) => {}
        }
    }
    samples
}

fn operator_records() -> Vec<operator::Record> {
    use operator::{Presence, Record};
    let presence = Presence {
        name: "Ana".into(),
        available: false,
        online: true,
        offline_at: Some(AT),
        channels: [channel_id()].into(),
    };
    let mut samples = vec![Record::Presence(Presence::default()), Record::Presence(presence)];
    samples.extend(inbox_rows().into_iter().map(Record::Row));
    samples.push(Record::Forgotten(conversation_id()));
    for sample in &samples {
        match sample {
            Record::Presence(_) | Record::Row(_) | Record::Forgotten(_) => {}
        }
    }
    samples
}

/// The books of an object over the life of a topic.
fn books() -> Vec<Row> {
    let mut post = Post::default();
    let (me, to, topic) = (Address::Directory, Address::Desk(channel_id()), Topic::Session(session_id()));
    let mut rows = Vec::new();
    let ended = || Note::Ended { session: session_id() };
    rows.push(post.tell(to.clone(), topic.clone(), ended()).unwrap());
    rows.push(post.tell(Address::Operator(operator_id()), Topic::Standing, ended()).unwrap());
    let arrived =
        Envelope { from: to.clone(), to: me.clone(), topic: topic.clone(), number: 1, note: ended() };
    rows.push(post.took(&arrived));
    rows.extend(post.end_topic(AT, &topic));
    let envelope = post.ready(AT, &me).into_iter().find(|envelope| envelope.to == to).unwrap();
    rows.extend(post.delivered(AT, &envelope, Some(Receipt::Done)));
    rows.extend(post.forget_ended(AT + Millis::days(1)));
    assert_eq!(addresses().len() + topics().len(), 6);
    rows
}

/// Rows as the first version wrote them, without what has been added since.
pub(crate) fn old_rows_are_read() {
    let session = session_id();
    for (key, value) in [
        ("head".to_owned(), "{\"channel\":\"demo\"}".to_owned()),
        (
            "session".to_owned(),
            "{\"number\":1,\"since\":1,\"epoch\":1,\"phase\":{\"waiting\":{\"offer\":null,\"place\":null}}}".to_owned(),
        ),
        ("rules".to_owned(), "{\"channel\":\"demo\",\"version\":1,\"settings\":{}}".to_owned()),
        (
            "entry/0000000000000001".to_owned(),
            "{\"seq\":1,\"prev\":0,\"at\":1,\"session\":1,\"author\":\"visitor\",\"body\":{\"text\":{\"text\":\"x\"}},\"vprev\":0}".to_owned(),
        ),
    ] {
        assert!(conversation::Record::read(&key, &value).is_ok(), "{key}");
    }
    let row = format!(
        "{{\"session\":\"{session}\",\"since\":1,\"epoch\":1,\"place\":{{\"line\":{{\"next_round\":null}}}}}}"
    );
    assert!(desk::Record::read(&format!("session/{session}"), &row).is_ok());
    let seat = format!(
        "{{\"face\":{{\"id\":\"{}\",\"name\":\"Ana\"}},\"online\":true,\"available\":true}}",
        operator_id()
    );
    assert!(desk::Record::read(&format!("seat/{}", operator_id()), &seat).is_ok());
    let presence = "{\"name\":\"Ana\",\"available\":true,\"online\":false}";
    assert!(operator::Record::read("presence", presence).is_ok());
    let arrived = format!("{{\"arrived\":{{\"session\":\"{session}\",\"since\":1}}}}");
    assert!(serde_json::from_str::<Note>(&arrived).is_ok());
    assert!(conversation::Record::read("presence", presence).is_err());
}
