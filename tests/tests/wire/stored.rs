//! A sample of everything that objects tell each other and store.

use super::samples::{
    AT, channel_id, conversation_id, endings, entries, filled, gone_reasons, identity, inbox_rows,
    message_id, operator_id, reasons, session_id, text, why,
};
use shared::api::VersionedSettings;
use shared::conversation::{self, Form, Head, Offer, Phase, Rules, Session, Silence, Spot, StoredEntry};
use shared::core::Record;
use shared::desk::{self, Heard, Place, Seat, SessionRow};
use shared::file::Kind;
use shared::hours::{Date, DaySpan, Exception, Hours, Interval};
use shared::id::{Epoch, Seq};
use shared::note::{Address, Arrival, Face, Hint, Moved, Note, Standing, Topic};
use shared::operator;
use shared::post::{Envelope, Post, Receipt, Row};
use shared::rating::{Close, Given, Rating, Review};
use shared::reject::Code;
use shared::settings::{
    Appearance, Automatic, CountsUntil, Distribution, Greeting, Names, NoAnswer, NoAnswerAction,
    OffHoursAction, Position, Protection, Queue, Ratings, Reminder, Scale, Settings, WorkingHours,
};
use shared::time::Millis;
use shared::why::Rule;
use shared::wire::{Ending, GoneReason, MoveReason, Score, Target};

fn face() -> Face {
    Face { id: operator_id(), name: "Ana".into() }
}

fn settings() -> Settings {
    let day = Interval { day: 0, start: 540, end: 1080 };
    let morning = DaySpan { start: 540, end: 720 };
    let exception = |year, open| Exception {
        date: Date { year, month: 12, day: 24 },
        open,
        label: "Christmas Eve".into(),
    };
    Settings {
        origins: vec!["https://shop.example".into()],
        appearance: Appearance {
            title: text("Help"),
            welcome: text("Ask us anything"),
            accent: Some("#00aa77".into()),
            position: Position::Start,
            names: Names::Alias,
            aliases: [(operator_id(), "Zélie".to_owned())].into(),
        },
        queue: Queue {
            members: vec![operator_id()],
            distribution: Distribution::InOrder,
            response_limit: Millis::minutes(2),
            sessions_at_once: 4,
            counts_until: CountsUntil::EachReply,
            ..Queue::default()
        },
        no_answer: NoAnswer {
            action: NoAnswerAction::BackToQueue,
            text: text("Soon"),
            ..NoAnswer::default()
        },
        working_hours: WorkingHours {
            schedule: Some(Hours {
                zone: "Europe/Paris".into(),
                week: vec![day],
                exceptions: vec![exception(None, vec![morning]), exception(Some(2027), Vec::new())],
            }),
            action: OffHoursAction::ContactForm,
            text: text("Closed"),
        },
        automatic: Automatic {
            greeting: Greeting::FirstContact,
            greeting_text: text("Hello"),
            closing_text: text("Goodbye"),
            reminders: vec![Reminder { after: Millis::minutes(5), text: text("Still there?") }],
            ..Automatic::default()
        },
        ratings: Ratings { scale: Scale::Stars, accepted_for: None, ..Ratings::default() },
        start_form: super::form::start_form(),
        protection: Protection { sessions_per_minute: 60, proof_of_work: true },
        ..Settings::default()
    }
}

fn arrival(run: u32) -> Arrival {
    let (session, epoch) = (session_id(), Epoch(u64::from(run)));
    let someone = (run > 0).then(face);
    Arrival { session, run, since: AT, epoch, settings: 2, responsible: someone.clone(), claim: someone }
}

fn notes() -> Vec<Note> {
    let (session, epoch, operator) = (session_id(), Epoch(2), operator_id());
    let moved = |reason| Some(Moved { from: face(), reason });
    let reason = || Box::new(why(Rule::Everyone));
    let mut samples = vec![
        Note::Arrived(Box::new(arrival(0))),
        Note::Arrived(Box::new(arrival(1))),
        Note::Ended { session: session.clone(), missed: false },
        Note::Abandoned { session: session.clone(), epoch },
        Note::Unanswered { session: session.clone(), epoch },
        Note::Transfer { session: session.clone(), epoch, by: face(), to: Target::Operator(operator_id()) },
        Note::Transfer { session: session.clone(), epoch, by: face(), to: Target::Channel(channel_id()) },
        Note::Intercept { session: session.clone(), epoch, by: face() },
        Note::Pinned { session: session.clone(), epoch, on: true },
        Note::Accept { session: session.clone(), epoch, operator: operator.clone() },
        Note::Skip { session: session.clone(), epoch, operator: operator.clone() },
        Note::Presence { operator: face(), online: true, available: false },
        Note::Waiting { session: session.clone(), epoch: Epoch(1), moved: None },
        Note::Explained { session: session.clone(), epoch, why: reason() },
        Note::Offered {
            session: session.clone(),
            epoch,
            to: face(),
            since: AT,
            until: AT,
            why: Some(reason()),
        },
        Note::Shown {
            session: session.clone(),
            epoch,
            to: vec![face()],
            hidden: vec![operator_id()],
            why: reason(),
        },
        Note::Assigned { session: session.clone(), epoch: Epoch(3), owner: face(), moved: None, why: None },
        Note::Away { session: session.clone(), epoch, away: true },
        Note::Missed { session: session.clone(), epoch, to: vec![operator_id()] },
        Note::Released {
            session: session.clone(),
            epoch,
            moved: moved(MoveReason::Transferred),
            to: channel_id(),
        },
        Note::NoChannel { session: session.clone(), epoch },
        Note::Refused { session, operator, code: Code::OfferGone },
        Note::Member { channel: channel_id(), member: true },
        Note::Break { channel: channel_id() },
        Note::Settings { channel: channel_id(), version: 2, settings: Box::new(settings()) },
        Note::Discard { conversation: conversation_id(), id: message_id() },
    ];
    let standing = |standing| Note::Standing { session: session_id(), epoch: Epoch(2), standing };
    samples.extend(standings().into_iter().map(standing));
    let waits = |reason| Note::Waiting { session: session_id(), epoch: Epoch(3), moved: moved(reason) };
    samples.extend(reasons().into_iter().map(waits));
    samples.extend(inbox_rows().into_iter().map(Note::Row));
    let gone = |reason: GoneReason| Note::Gone { session: session_id(), epoch: Epoch(4), reason, last: true };
    samples.extend(gone_reasons().into_iter().map(gone));
    for sample in &samples {
        match sample {
            Note::Arrived(_)
            | Note::Ended { .. }
            | Note::Standing { .. }
            | Note::Abandoned { .. }
            | Note::Unanswered { .. }
            | Note::Transfer { .. }
            | Note::Intercept { .. }
            | Note::Discard { .. }
            | Note::Pinned { .. }
            | Note::Accept { .. }
            | Note::Skip { .. }
            | Note::Presence { .. }
            | Note::Waiting { .. }
            | Note::Explained { .. }
            | Note::Offered { .. }
            | Note::Shown { .. }
            | Note::Assigned { .. }
            | Note::Away { .. }
            | Note::Missed { .. }
            | Note::Released { .. }
            | Note::NoChannel { .. }
            | Note::Refused { .. }
            | Note::Member { .. }
            | Note::Break { .. }
            | Note::Settings { .. }
            | Note::Row(_)
            | Note::Gone { .. } => {}
        }
    }
    samples
}

fn standings() -> Vec<Standing> {
    let samples = vec![Standing::Fresh, Standing::Awaiting, Standing::Answered, Standing::Closing];
    for sample in &samples {
        match sample {
            Standing::Fresh | Standing::Awaiting | Standing::Answered | Standing::Closing => {}
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
        Address::Files,
    ];
    for sample in &samples {
        match sample {
            Address::Conversation(_)
            | Address::Desk(_)
            | Address::Operator(_)
            | Address::Directory
            | Address::Files => {}
        }
    }
    samples
}

fn topics() -> Vec<Topic> {
    let samples = vec![Topic::Standing, Topic::Session(session_id()), Topic::Again(session_id(), 2)];
    for sample in &samples {
        match sample {
            Topic::Standing | Topic::Session(_) | Topic::Again(..) => {}
        }
    }
    samples
}

pub(crate) fn envelopes() -> Vec<Envelope> {
    let (desk, topic) = (Address::Desk(channel_id()), Topic::Session(session_id()));
    let envelope =
        |to: Address, topic: Topic, note| Envelope { from: desk.clone(), to, topic, number: 1, note };
    let said = notes().into_iter().map(|note| envelope(addresses().remove(0), topic.clone(), note));
    let ended = || Note::Ended { session: session_id(), missed: true };
    let sent = addresses().into_iter().map(|to| envelope(to, Topic::Standing, ended()));
    let about = topics().into_iter().map(|topic| envelope(addresses().remove(0), topic, ended()));
    said.chain(sent).chain(about).collect()
}

pub(crate) fn hints() -> Vec<Hint> {
    let place = |place, beyond, wait| Hint::Place { session: session_id(), place, beyond, wait };
    let mut samples = vec![
        place(2, false, Some(Millis::minutes(4))),
        place(20, true, None),
        Hint::Watch { conversation: conversation_id(), on: true },
        Hint::Available { channel: channel_id(), now: false },
    ];
    samples.extend(inbox_rows().into_iter().map(Hint::Row));
    for sample in &samples {
        match sample {
            Hint::Place { .. } | Hint::Watch { .. } | Hint::Available { .. } | Hint::Row(_) => {}
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
    let session = |phase, form, silence| Session {
        number: 3,
        run: 1,
        since: AT,
        epoch: Epoch(2),
        phase,
        channel: Some(channel_id()),
        told: [operator_id()].into(),
        rows: [operator_id()].into(),
        heirs: [operator_id()].into(),
        joined: [(operator_id(), "Ben".to_owned())].into(),
        awaiting_since: Some(AT),
        silence,
        replied: true,
        standing: Standing::Answered,
        pinned: true,
        away: false,
        off_hours_told: true,
        no_answer_done: false,
        form,
        start_form: true,
        why: Some(why(Rule::Evenly)),
        files: 2,
    };
    let waiting =
        |offer, spot| Phase::Waiting { offer, spot, shown: [operator_id()].into(), claim: Some(face()) };
    let spot = Spot { place: 2, beyond: false, wait: Some(Millis::minutes(4)) };
    let offer = Offer { to: face(), since: AT, until: AT };
    let silence = Some(Silence { since: AT, reminded: 1 });
    let ended = |owner, by| Phase::Ended { at: AT, owner, by, rating: None };
    let mut samples = vec![
        session(waiting(None, Some(spot)), Form::Off, None),
        session(waiting(Some(offer), None), Form::OffHours, None),
        session(Phase::Active { owner: face() }, Form::NoAnswer, silence),
        session(Phase::Closing { owner: face(), until: AT, by: Ending::Silence }, Form::Given, None),
        session(ended(Some(face()), Ending::Operator), Form::Off, None),
    ];
    samples.extend(endings().into_iter().map(|by| session(ended(None, by), Form::Off, None)));
    for sample in &samples {
        match sample.phase {
            Phase::Waiting { .. } | Phase::Active { .. } | Phase::Closing { .. } | Phase::Ended { .. } => {}
        }
        match sample.form {
            Form::Off | Form::OffHours | Form::NoAnswer | Form::Given => {}
        }
    }
    samples
}

fn rating() -> Rating {
    let comment = || "Quick".to_owned();
    Rating {
        asked_at: Some(AT),
        close: Some(Close { at: AT, owner: face() }),
        given: Some(Given { score: Score::Stars(4), comment: comment(), at: AT }),
        review: Some(Review { score: 5, comment: comment(), by: face(), at: AT }),
    }
}

fn upload(kind: Option<Kind>) -> conversation::Upload {
    conversation::Upload { by: Some(operator_id()), name: "photo.png".into(), size: 1_024, until: AT, kind }
}

fn conversation_records() -> Vec<conversation::Record> {
    use conversation::Record;
    let head = Head {
        channel: channel_id(),
        locale: "en-GB".into(),
        told: [operator_id()].into(),
        contact: filled(),
        responsible: Some(face()),
        plain: true,
        identity: identity(),
        forms: true,
        filled: true,
    };
    let rules = Rules { channel: channel_id(), version: 2, settings: settings() };
    let mut samples = vec![
        Record::Head(head),
        Record::Rules(rules.clone()),
        Record::Away(Some(rules)),
        Record::Away(None),
        Record::Rating(3, Some(Rating::default())),
        Record::Rating(3, Some(rating())),
        Record::Rating(3, None),
        Record::Upload(message_id(), Some(upload(None))),
        Record::Upload(message_id(), Some(upload(Some(Kind::Png)))),
        Record::Upload(message_id(), None),
    ];
    samples.extend(sessions().into_iter().map(Record::Session));
    let stored = |entry| {
        Record::Entry(StoredEntry { entry, visitor_prev: Seq(5), visitor_name: Some("Zélie".into()) })
    };
    samples.extend(entries().into_iter().map(stored));
    for sample in &samples {
        match sample {
            Record::Head(_)
            | Record::Rules(_)
            | Record::Away(_)
            | Record::Session(_)
            | Record::Rating(..)
            | Record::Entry(_)
            | Record::Upload(..) => {}
        }
    }
    samples
}

fn desk_records() -> Vec<desk::Record> {
    use desk::Record;
    let row = |place| SessionRow {
        session: session_id(),
        run: 1,
        since: AT,
        waiting_since: AT,
        epoch: Epoch(2),
        place,
        tried: [operator_id()].into(),
        standing: Standing::Awaiting,
        pinned: true,
        why: Some(why(Rule::NobodyFree)),
    };
    let seat = Seat {
        face: face(),
        online: true,
        available: false,
        last_assigned: AT,
        missed: 1,
        away_since: Some(AT),
        orphaned: true,
        guest: true,
        assumed: true,
    };
    let places = vec![
        Place::Line { next_round: None, shown: [operator_id()].into() },
        Place::Line { next_round: Some(AT), shown: [].into() },
        Place::Offered { to: face(), until: AT },
        Place::Owned { owner: face(), away: true },
    ];
    for place in &places {
        match place {
            Place::Line { .. } | Place::Offered { .. } | Place::Owned { .. } => {}
        }
    }
    let mut samples =
        vec![Record::Settings(Box::new(VersionedSettings { version: 2, settings: settings() }))];
    samples.extend([Record::Seat(seat), Record::SeatGone(operator_id())]);
    samples.extend(places.into_iter().map(|place| Record::Session(row(place))));
    samples.push(Record::Forgotten(session_id()));
    samples.extend([Record::Watcher(conversation_id(), AT), Record::WatcherGone(conversation_id())]);
    samples.push(Record::Heard(Heard { available: true, uneven: false }));
    for sample in &samples {
        match sample {
            Record::Settings(_)
            | Record::Seat(_)
            | Record::SeatGone(_)
            | Record::Session(_)
            | Record::Forgotten(_)
            | Record::Watcher(..)
            | Record::WatcherGone(_)
            | Record::Heard(_) => {}
        }
    }
    samples
}

fn operator_records() -> Vec<operator::Record> {
    use operator::{Presence, Record};
    let presence = Presence {
        name: "Ana".into(),
        available: false,
        missed: true,
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
    let ended = || Note::Ended { session: session_id(), missed: false };
    rows.push(post.tell(to.clone(), topic.clone(), ended()).unwrap());
    rows.push(post.tell(Address::Operator(operator_id()), Topic::Standing, ended()).unwrap());
    let arrived =
        Envelope { from: to.clone(), to: me.clone(), topic: topic.clone(), number: 1, note: ended() };
    rows.push(post.took(&arrived));
    rows.extend(post.end_topic(AT, &topic));
    let envelope = post.ready(AT, &me).into_iter().find(|envelope| envelope.to == to).unwrap();
    rows.extend(post.delivered(AT, &envelope, Some(Receipt::Done)));
    rows.extend(post.forget_ended(AT + Millis::days(1)));
    rows
}
