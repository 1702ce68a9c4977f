//! A sample of every frame, and of every variant within. Each list ends in a match over all variants: a new one does not
//! compile until it is looked at here.

use super::views::{forms, sessions, waiting};
use shared::file::{File, Kind};
use shared::id::{ChannelId, ConversationId, Epoch, MessageId, OperatorId, Seq, SessionId};
use shared::reject::Code;
use shared::settings::{LocalText, Position};
use shared::time::{Millis, Timestamp};
use shared::verified::{Identity, Linked, Verified};
use shared::why::{Candidate, Excluded, Rule, Why};
use shared::wire::{
    Answer, Author, Body, ChannelView, Clock, Contact, Ending, Entry, Event, FilesView, FromConversation,
    FromInbox, GoneReason, HoursView, InboxRow, MoveReason, RowState, Score, SessionView, Side, Target,
    ToConversation, ToInbox,
};

pub(crate) fn message_id() -> MessageId {
    "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap()
}
pub(crate) fn operator_id() -> OperatorId {
    "01BX5ZZKBKACTAV9WEVGEMMVRZ".parse().unwrap()
}
pub(crate) fn channel_id() -> ChannelId {
    "demo".parse().unwrap()
}
pub(crate) fn conversation_id() -> ConversationId {
    "ab".repeat(32).parse().unwrap()
}
pub(crate) fn session_id() -> SessionId {
    SessionId { conversation: conversation_id(), number: 3 }
}
pub(crate) fn text(words: &str) -> LocalText {
    LocalText([("en".to_owned(), words.to_owned())].into())
}
pub(crate) const AT: Timestamp = Timestamp(1_795_424_400_000);

pub(crate) fn to_conversation() -> Vec<ToConversation> {
    let (id, text) = (message_id(), "Hello \"you\"\n<b>👋</b> שלום".to_owned());
    let comment = "Quick".to_owned();
    let samples = vec![
        hello("", false),
        hello("Europe/Paris", true),
        ToConversation::Send { id: id.clone(), text: text.clone(), note: false, epoch: None, file: false },
        ToConversation::Send { id: id.clone(), text, note: true, epoch: Some(Epoch(2)), file: false },
        ToConversation::Send { id, text: "photo.png".into(), note: false, epoch: None, file: true },
        ToConversation::Typing { on: true },
        ToConversation::Read { seq: Seq(7) },
        ToConversation::Rate { session: 3, score: Score::Good, comment: String::new() },
        ToConversation::Rate { session: 3, score: Score::Bad, comment: comment.clone() },
        ToConversation::Rate { session: 3, score: Score::Stars(4), comment: String::new() },
        ToConversation::End {},
        ToConversation::Close { epoch: Epoch(2) },
        ToConversation::History { before: Seq(7) },
        ToConversation::Transfer { epoch: Epoch(2), to: Target::Operator(operator_id()) },
        ToConversation::Transfer { epoch: Epoch(2), to: Target::Channel(channel_id()) },
        ToConversation::Intercept { epoch: Epoch(2) },
        ToConversation::Join {},
        ToConversation::Leave {},
        ToConversation::Pin { epoch: Epoch(2), on: true },
        ToConversation::Spam { epoch: Epoch(2) },
        ToConversation::Reopen { session: 3 },
        ToConversation::Review { session: 3, score: 4, comment },
        ToConversation::Contact(contact()),
        ToConversation::Contact(filled()),
        ToConversation::Attach { id: message_id(), name: "photo.png".into(), size: 1_024 },
        ToConversation::Fetch { id: message_id() },
    ];
    for sample in &samples {
        match sample {
            ToConversation::Hello { .. }
            | ToConversation::Send { .. }
            | ToConversation::Typing { .. }
            | ToConversation::Read { .. }
            | ToConversation::Rate { .. }
            | ToConversation::End {}
            | ToConversation::Close { .. }
            | ToConversation::History { .. }
            | ToConversation::Intercept { .. }
            | ToConversation::Join {}
            | ToConversation::Leave {}
            | ToConversation::Pin { .. }
            | ToConversation::Spam { .. }
            | ToConversation::Reopen { .. }
            | ToConversation::Review { .. }
            | ToConversation::Attach { .. }
            | ToConversation::Fetch { .. }
            | ToConversation::Contact(_) => {}
            ToConversation::Transfer { to, .. } => match to {
                Target::Operator(_) | Target::Channel(_) => {}
            },
        }
    }
    samples
}

fn hello(zone: &str, plain: bool) -> ToConversation {
    let (locale, zone) = ("en-GB".into(), zone.to_owned());
    ToConversation::Hello { v: 1, cursor: Seq(7), locale, zone, plain, forms: !plain }
}

pub(crate) fn contact() -> Contact {
    Contact {
        name: "Zoë".into(),
        email: "zoe@mail.example".into(),
        phone: "+33 1 23".into(),
        ..Contact::default()
    }
}

/// With all that a start form may ask.
pub(crate) fn filled() -> Contact {
    let answer = |key: &str, label: &str, value: &str| Answer {
        key: key.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
    };
    let more = vec![answer("order", "Order number", "1234"), answer("size", "", "Large")];
    Contact { more, consent: "You may keep this.".into(), ..contact() }
}

pub(crate) fn why(rule: Rule) -> Why {
    let candidate = |name: &str, load| Candidate { id: operator_id(), name: name.into(), load };
    let excluded = Excluded { offline: 2, on_break: 1, full: 3, tried: 1 };
    Why { at: AT, rule, winner: Some(candidate("Ana", 1)), next: vec![candidate("Ben", 2)], excluded }
}

pub(crate) fn rules() -> Vec<Rule> {
    let samples = vec![
        Rule::Responsible,
        Rule::Evenly,
        Rule::InOrder,
        Rule::Everyone,
        Rule::Transferred { by: "Ana".into(), over_limit: true },
        Rule::Intercepted,
        Rule::Reopened,
        Rule::NobodyFree,
    ];
    for sample in &samples {
        match sample {
            Rule::Responsible
            | Rule::Evenly
            | Rule::InOrder
            | Rule::Everyone
            | Rule::Transferred { .. }
            | Rule::Intercepted
            | Rule::Reopened
            | Rule::NobodyFree => {}
        }
    }
    samples
}

pub(crate) fn from_conversation() -> Vec<FromConversation> {
    let mut samples = vec![welcome(Side::Visitor, SessionView::None), welcome(Side::Operator, waiting())];
    samples.push(FromConversation::Entries { entries: entries(), earlier: true, history: false });
    samples.push(FromConversation::Entries { entries: Vec::new(), earlier: false, history: true });
    samples.extend(entries().into_iter().map(FromConversation::Entry));
    samples.push(FromConversation::Ack { id: message_id(), seq: Seq(8), at: AT });
    samples.push(FromConversation::Reject {
        id: Some(message_id()),
        code: Code::TextTooLong,
        retry_after: None,
    });
    samples.push(FromConversation::Reject { id: None, code: Code::Malformed, retry_after: None });
    let retry_after = Some(Millis::seconds(20));
    samples.push(FromConversation::Reject { id: Some(message_id()), code: Code::Throttled, retry_after });
    samples.extend(sessions().into_iter().map(FromConversation::Session));
    samples.extend(hours().into_iter().map(FromConversation::Hours));
    samples.extend(authors().into_iter().map(|who| FromConversation::Typing { who, on: true }));
    samples.push(FromConversation::Read { seq: Seq(8) });
    samples.extend(forms().into_iter().map(FromConversation::Form));
    samples.push(FromConversation::Available { now: false });
    samples.push(FromConversation::Link { id: message_id(), path: "/f/x/y?until=1&proof=z".into() });
    samples.push(FromConversation::Identity(Box::new(identity())));
    samples.push(known_welcome());
    for sample in &samples {
        match sample {
            FromConversation::Welcome { .. }
            | FromConversation::Entries { .. }
            | FromConversation::Entry(_)
            | FromConversation::Ack { .. }
            | FromConversation::Reject { .. }
            | FromConversation::Session(_)
            | FromConversation::Hours(_)
            | FromConversation::Typing { .. }
            | FromConversation::Read { .. }
            | FromConversation::Form(_)
            | FromConversation::Link { .. }
            | FromConversation::Identity(_)
            | FromConversation::Available { .. } => {}
        }
    }
    samples
}

fn welcome(side: Side, session: SessionView) -> FromConversation {
    let channel = ChannelView {
        id: Some(channel_id()),
        title: text("Help"),
        welcome: text("Ask us anything"),
        accent: Some("#0a7".into()),
        position: Position::Start,
        files: Some(FilesView { bytes_max: 10_485_760, accept: "image/*".into() }),
    };
    FromConversation::Welcome {
        v: 1,
        conversation: conversation_id(),
        side,
        clock: Clock { now: AT, rate: 60 },
        head: Seq(8),
        session,
        channel,
        hours: HoursView::AlwaysOpen,
        read: Seq(5),
        form: forms().remove(1),
        available: Some(true),
        identity: None,
    }
}

pub(crate) fn identity() -> Identity {
    let verified = Some(Verified { issuer: "https://shop.example".into(), subject: "user-17".into() });
    let linked = [None, verified.clone()];
    let linked = linked.map(|verified| Linked { conversation: conversation_id(), verified }).into();
    Identity { verified, linked }
}

/// An operator's, who learns who the visitor is.
fn known_welcome() -> FromConversation {
    let mut welcome = welcome(Side::Operator, SessionView::None);
    if let FromConversation::Welcome { identity: known, .. } = &mut welcome {
        *known = Some(Box::new(identity()));
    }
    welcome
}

fn hours() -> Vec<HoursView> {
    let samples = vec![
        HoursView::AlwaysOpen,
        HoursView::Open { until: AT },
        HoursView::Closed { opens: Some(AT), notice: text("Closed") },
        HoursView::Closed { opens: None, notice: LocalText::default() },
    ];
    for sample in &samples {
        match sample {
            HoursView::AlwaysOpen | HoursView::Open { .. } | HoursView::Closed { .. } => {}
        }
    }
    samples
}

fn authors() -> Vec<Author> {
    let samples = vec![
        Author::Visitor,
        Author::Operator { name: "Ana".into(), id: None },
        Author::Operator { name: "Ana".into(), id: Some(operator_id()) },
        Author::Channel,
    ];
    for sample in &samples {
        match sample {
            Author::Visitor | Author::Operator { .. } | Author::Channel => {}
        }
    }
    samples
}

/// An entry of each kind, and by each author.
pub(crate) fn entries() -> Vec<Entry> {
    let entry = |author: Author, body: Body| Entry {
        seq: Seq(8),
        prev: Seq(6),
        id: (!matches!(body, Body::Event(_))).then(message_id),
        at: AT,
        session: 3,
        author,
        body,
    };
    let said = authors().into_iter().map(|author| entry(author, Body::text("Hi".into())));
    let file = Some(File { kind: Kind::Png, size: 1_024 });
    let sent = entry(Author::Visitor, Body::Text { text: "photo.png".into(), file });
    let note = entry(authors().remove(2), Body::Note { text: "VIP".into() });
    let happened = events().into_iter().map(|event| entry(Author::Channel, Body::Event(event)));
    let samples: Vec<_> = said.chain([sent, note]).chain(happened).collect();
    for sample in &samples {
        match sample.body {
            Body::Text { .. } | Body::Note { .. } | Body::Event(_) => {}
        }
    }
    samples
}

fn events() -> Vec<Event> {
    let moved = |reason| Event::MovedOn { reason, name: "Ana".into() };
    let mut samples = vec![Event::Assigned { name: "Ana".into() }];
    samples.extend(reasons().into_iter().map(moved));
    samples.extend(endings().into_iter().map(|by| Event::Ended { by }));
    samples.push(Event::Rated { score: Score::Good, comment: "Quick".into() });
    samples.extend([
        Event::Joined { name: "Ben".into() },
        Event::Left { name: "Ben".into() },
        Event::Moved { channel: channel_id(), name: "Ana".into() },
        Event::Resumed {},
        Event::Reopened { name: "Ana".into() },
        Event::ContactAsked { text: "How can we reach you?".into() },
        Event::Contact(contact()),
        Event::Contact(filled()),
        Event::Reviewed { score: 4, comment: "Calm".into(), name: "Sup".into() },
    ]);
    for sample in &samples {
        match sample {
            Event::Assigned { .. }
            | Event::Joined { .. }
            | Event::Left { .. }
            | Event::MovedOn { .. }
            | Event::Moved { .. }
            | Event::Ended { .. }
            | Event::Resumed {}
            | Event::Reopened { .. }
            | Event::ContactAsked { .. }
            | Event::Contact(_)
            | Event::Rated { .. }
            | Event::Reviewed { .. } => {}
            // Never written.
            Event::Unknown => {}
        }
    }
    samples
}

pub(crate) fn endings() -> Vec<Ending> {
    let samples = vec![Ending::Visitor, Ending::Operator, Ending::Silence, Ending::GivenUp, Ending::Spam];
    for sample in &samples {
        match sample {
            Ending::Visitor | Ending::Operator | Ending::Silence | Ending::GivenUp | Ending::Spam => {}
        }
    }
    samples
}

pub(crate) fn reasons() -> Vec<MoveReason> {
    let samples = vec![
        MoveReason::TimeLimit,
        MoveReason::Skipped,
        MoveReason::Offline,
        MoveReason::Removed,
        MoveReason::OwnerAway,
        MoveReason::QueueChanged,
        MoveReason::NoAnswer,
        MoveReason::Transferred,
        MoveReason::Intercepted,
    ];
    for sample in &samples {
        match sample {
            MoveReason::TimeLimit
            | MoveReason::Skipped
            | MoveReason::Offline
            | MoveReason::Removed
            | MoveReason::OwnerAway
            | MoveReason::QueueChanged
            | MoveReason::NoAnswer
            | MoveReason::Transferred
            | MoveReason::Intercepted => {}
        }
    }
    samples
}

pub(crate) fn to_inbox() -> Vec<ToInbox> {
    let samples = vec![
        ToInbox::Hello { v: 1 },
        ToInbox::Presence { available: false },
        ToInbox::Accept { session: session_id(), epoch: Epoch(2) },
        ToInbox::Skip { session: session_id(), epoch: Epoch(2) },
    ];
    for sample in &samples {
        match sample {
            ToInbox::Hello { .. }
            | ToInbox::Presence { .. }
            | ToInbox::Accept { .. }
            | ToInbox::Skip { .. } => {}
        }
    }
    samples
}

pub(crate) fn inbox_rows() -> Vec<InboxRow> {
    let row = |state| InboxRow {
        session: session_id(),
        epoch: Epoch(2),
        channel: channel_id(),
        state,
        since: AT,
        preview: "Hello…".into(),
        at: AT,
        unread: 1,
        name: String::new(),
        pinned: false,
        why: None,
    };
    let states = [
        RowState::Offered { since: AT, until: AT },
        RowState::Shown { since: AT },
        RowState::InWork,
        RowState::Answered,
        RowState::Joined { owner: "Ana".into() },
        RowState::Closing { until: AT },
        RowState::Missed,
    ];
    let mut samples: Vec<_> = states.into_iter().map(row).collect();
    let known =
        InboxRow { name: "Zoë".into(), pinned: true, why: Some(why(Rule::Evenly)), ..row(RowState::InWork) };
    samples.push(known);
    for sample in &samples {
        match sample.state {
            RowState::Offered { .. }
            | RowState::Shown { .. }
            | RowState::InWork
            | RowState::Answered
            | RowState::Joined { .. }
            | RowState::Closing { .. }
            | RowState::Missed => {}
        }
    }
    samples
}

pub(crate) fn gone_reasons() -> Vec<GoneReason> {
    let moved = reasons().into_iter().map(GoneReason::Moved);
    let others =
        [GoneReason::Ended, GoneReason::Taken { by: "Ben".into() }, GoneReason::Hidden, GoneReason::Left];
    let samples: Vec<_> = others.into_iter().chain(moved).collect();
    for sample in &samples {
        match sample {
            GoneReason::Ended
            | GoneReason::Moved(_)
            | GoneReason::Taken { .. }
            | GoneReason::Hidden
            | GoneReason::Left => {}
        }
    }
    samples
}

pub(crate) fn from_inbox() -> Vec<FromInbox> {
    let mut samples = vec![FromInbox::Welcome {
        v: 1,
        clock: Clock { now: AT, rate: 1 },
        operator: operator_id(),
        available: true,
        missed: false,
        rows: inbox_rows(),
    }];
    samples.extend(inbox_rows().into_iter().map(FromInbox::Row));
    let gone = |reason| FromInbox::Gone { conversation: conversation_id(), reason };
    samples.extend(gone_reasons().into_iter().map(gone));
    samples.push(FromInbox::Presence { available: false, missed: true });
    samples.push(FromInbox::Reject { session: Some(session_id()), code: Code::OfferGone });
    samples.push(FromInbox::Reject { session: None, code: Code::TooFast });
    for sample in &samples {
        match sample {
            FromInbox::Welcome { .. }
            | FromInbox::Row(_)
            | FromInbox::Gone { .. }
            | FromInbox::Presence { .. }
            | FromInbox::Reject { .. } => {}
        }
    }
    samples
}
