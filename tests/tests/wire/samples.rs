//! A sample of every frame, and of every variant within. Each list ends in a match over all variants: a new one does not
//! compile until it is looked at here.

use shared::id::{ChannelId, ConversationId, Epoch, MessageId, OperatorId, Seq, SessionId};
use shared::reject::Code;
use shared::settings::{LocalText, Position};
use shared::time::Timestamp;
use shared::wire::{
    Author, Body, ChannelView, Clock, Entry, Event, FromConversation, FromInbox, GoneReason, HoursView,
    InboxRow, MoveReason, RatingView, RowState, Score, SessionView, Side, ToConversation, ToInbox,
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
        ToConversation::Hello { v: 1, cursor: Seq(7), locale: "en-GB".into() },
        ToConversation::Send { id: id.clone(), text: text.clone(), note: false, epoch: None },
        ToConversation::Send { id, text, note: true, epoch: Some(Epoch(2)) },
        ToConversation::Typing { on: true },
        ToConversation::Read { seq: Seq(7) },
        ToConversation::Rate { session: 3, score: Score::Good, comment: String::new() },
        ToConversation::Rate { session: 3, score: Score::Bad, comment },
        ToConversation::End {},
        ToConversation::Close { epoch: Epoch(2) },
        ToConversation::History { before: Seq(7) },
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
            | ToConversation::History { .. } => {}
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
    samples.push(FromConversation::Reject { id: Some(message_id()), code: Code::TextTooLong });
    samples.push(FromConversation::Reject { id: None, code: Code::Malformed });
    samples.extend(sessions().into_iter().map(FromConversation::Session));
    samples.extend(hours().into_iter().map(FromConversation::Hours));
    samples.extend(authors().into_iter().map(|who| FromConversation::Typing { who, on: true }));
    samples.push(FromConversation::Read { seq: Seq(8) });
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
            | FromConversation::Read { .. } => {}
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
    }
}

fn waiting() -> SessionView {
    SessionView::Waiting { number: 3, epoch: Epoch(1), place: Some(2), offered: false }
}

fn sessions() -> Vec<SessionView> {
    let ended = |operator: Option<&str>, rating| SessionView::Ended {
        number: 3,
        operator: operator.map(str::to_owned),
        rating,
    };
    let samples = vec![
        SessionView::None,
        waiting(),
        SessionView::Waiting { number: 3, epoch: Epoch(2), place: None, offered: true },
        SessionView::Active { number: 3, epoch: Epoch(3), operator: "Ana".into(), mine: true },
        ended(None, RatingView::Off),
        ended(Some("Ana"), RatingView::Asked { until: AT }),
        ended(Some("Ana"), RatingView::Given { score: Score::Bad, until: AT }),
    ];
    for sample in &samples {
        match sample {
            SessionView::None | SessionView::Waiting { .. } | SessionView::Active { .. } => {}
            SessionView::Ended { rating, .. } => match rating {
                RatingView::Off | RatingView::Asked { .. } | RatingView::Given { .. } => {}
            },
        }
    }
    samples
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
    let said = authors().into_iter().map(|author| entry(author, Body::Text { text: "Hi".into() }));
    let note = entry(authors().remove(2), Body::Note { text: "VIP".into() });
    let happened = events().into_iter().map(|event| entry(Author::Channel, Body::Event(event)));
    let samples: Vec<_> = said.chain([note]).chain(happened).collect();
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
    samples.extend([Side::Visitor, Side::Operator].map(|by| Event::Ended { by }));
    samples.push(Event::Rated { score: Score::Good, comment: "Quick".into() });
    for sample in &samples {
        match sample {
            Event::Assigned { .. } | Event::MovedOn { .. } | Event::Ended { .. } | Event::Rated { .. } => {}
            // Never written.
            Event::Unknown => {}
        }
    }
    samples
}

pub(crate) fn reasons() -> Vec<MoveReason> {
    let samples = vec![MoveReason::TimeLimit, MoveReason::Skipped, MoveReason::Offline, MoveReason::Removed];
    for sample in &samples {
        match sample {
            MoveReason::TimeLimit | MoveReason::Skipped | MoveReason::Offline | MoveReason::Removed => {}
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
    };
    let samples =
        vec![row(RowState::Offered { since: AT, until: AT }), row(RowState::InWork), row(RowState::Answered)];
    for sample in &samples {
        match sample.state {
            RowState::Offered { .. } | RowState::InWork | RowState::Answered => {}
        }
    }
    samples
}

pub(crate) fn gone_reasons() -> Vec<GoneReason> {
    let moved = reasons().into_iter().map(GoneReason::Moved);
    let samples: Vec<_> = [GoneReason::Ended].into_iter().chain(moved).collect();
    for sample in &samples {
        match sample {
            GoneReason::Ended | GoneReason::Moved(_) => {}
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
        rows: inbox_rows(),
    }];
    samples.extend(inbox_rows().into_iter().map(FromInbox::Row));
    let gone = |reason| FromInbox::Gone { conversation: conversation_id(), reason };
    samples.extend(gone_reasons().into_iter().map(gone));
    samples.push(FromInbox::Presence { available: false });
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

pub(crate) fn codes() -> Vec<Code> {
    let samples = vec![
        Code::Malformed,
        Code::TooLarge,
        Code::UnknownFrame,
        Code::UnsupportedVersion,
        Code::HelloExpected,
        Code::EmptyText,
        Code::TextTooLong,
        Code::TooFast,
        Code::NotParticipant,
        Code::StaleEpoch,
        Code::NoSession,
        Code::NotRateable,
        Code::OfferGone,
        Code::Full,
        Code::Forbidden,
        Code::SignInRequired,
        Code::WrongCredentials,
        Code::Throttled,
        Code::WrongOrigin,
        Code::NotFound,
        Code::MethodNotAllowed,
        Code::LinkUsed,
        Code::LinkInvalid,
        Code::EmailTaken,
        Code::InvalidFields,
        Code::VersionConflict,
        Code::ChannelClosed,
        Code::SecretRequired,
        Code::UpgradeRequired,
        Code::TooManySockets,
        Code::Internal,
    ];
    // `status` matches all codes without a wildcard; its count is the list's.
    assert!(samples.iter().all(|code| (400..=500).contains(&code.status())));
    assert_eq!(samples.last().copied().map(|code| code as usize), Some(samples.len() - 1));
    samples
}
