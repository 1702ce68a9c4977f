//! What readers are shown of a conversation's state.

use super::{Score, is_false};
use crate::form::Form;
use crate::id::{ChannelId, Epoch};
use crate::settings::{LocalText, Position, Scale};
use crate::time::{Millis, Timestamp};
use crate::why::Why;
use serde::{Deserialize, Serialize};

/// The state of a conversation's last session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionView {
    /// There has been none.
    #[default]
    None,
    /// Nobody has accepted it yet.
    Waiting {
        /// Which session.
        number: u32,
        /// The ownership; operators send it back with what they write.
        epoch: Epoch,
        /// Place in the line, 1 for the next to be served; none while it is offered to somebody, or not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<u32>,
        /// Whether the place is a later one than `place`, so far back that it is not told exactly.
        #[serde(default, skip_serializing_if = "is_false")]
        beyond: bool,
        /// How long it will take, if that can be said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wait: Option<Millis>,
        /// For a visitor: the channel's own words about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice: Option<String>,
        /// For an operator: whether the session is offered or shown to them.
        #[serde(default)]
        offered: bool,
        /// For an operator: why it is where it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Box<Why>>,
    },
    /// An operator owns it.
    Active {
        /// Which session.
        number: u32,
        /// The ownership.
        epoch: Epoch,
        /// As the reader knows the owner.
        operator: String,
        /// For an operator: whether they are the owner.
        #[serde(default)]
        mine: bool,
        /// For an operator: whether they have joined it.
        #[serde(default, skip_serializing_if = "is_false")]
        joined: bool,
        /// Colleagues who have joined, as the reader knows them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        with: Vec<String>,
        /// For an operator: whether it is held where it is.
        #[serde(default, skip_serializing_if = "is_false")]
        pinned: bool,
        /// For a visitor: whether it may be rated already.
        #[serde(default, skip_serializing_if = "RatingView::is_off")]
        rating: RatingView,
        /// For an operator: why it is with its owner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Box<Why>>,
    },
    /// It is closed. A message of the visitor resumes it with the same owner until then.
    Closing {
        /// Which session.
        number: u32,
        /// The ownership.
        epoch: Epoch,
        /// As the reader knows the owner.
        operator: String,
        /// For an operator: whether they are the owner.
        #[serde(default)]
        mine: bool,
        /// Until when.
        until: Timestamp,
        /// Whether and how it is rated.
        rating: RatingView,
        /// For an operator: how a supervisor rated it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<ReviewView>,
    },
    /// It has ended. A message opens a new one.
    Ended {
        /// Which session.
        number: u32,
        /// Who answered last, as the reader knows them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operator: Option<String>,
        /// Whether and how it is rated.
        rating: RatingView,
        /// Whether nobody had accepted it.
        #[serde(default, skip_serializing_if = "is_false")]
        missed: bool,
        /// For an operator: whether they may open it again.
        #[serde(default, skip_serializing_if = "is_false")]
        reopens: bool,
        /// For an operator: how a supervisor rated it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<ReviewView>,
    },
}

/// Whether a session may be rated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatingView {
    /// It may not: rating is off, nobody answered, or the time is over.
    #[default]
    Off,
    /// It may, but nobody asks for it: the session goes on.
    Possible {
        /// What to choose from.
        scale: Scale,
    },
    /// It may, and has not been.
    Asked {
        /// Until when.
        until: Timestamp,
        /// What to choose from.
        #[serde(default)]
        scale: Scale,
        /// The channel's own words; none for Guichet's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// It has been, and may be changed until then.
    Given {
        /// The score.
        score: Score,
        /// Until when it may be changed.
        until: Timestamp,
        /// What to choose from.
        #[serde(default)]
        scale: Scale,
        /// The channel's own words of thanks; none for Guichet's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thanks: Option<String>,
    },
}

impl RatingView {
    const fn is_off(&self) -> bool {
        matches!(self, Self::Off)
    }
}

/// How a supervisor rated a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    /// 1 to 5.
    pub score: u8,
    /// What they added.
    pub comment: String,
    /// Who.
    pub name: String,
}

/// Whether the visitor is asked how they can be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormView {
    /// They are not.
    #[default]
    Off,
    /// They are.
    Asked {
        /// The channel's own words; none for Guichet's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// They are asked about themselves, in the language of their `hello`. Only those who say there that they know forms are.
    Start {
        /// Whether before their first message: it is refused until the form is filled in, if that is needed.
        #[serde(default, skip_serializing_if = "is_false")]
        before: bool,
        /// What is asked.
        form: Form,
    },
    /// They have answered.
    Given,
}

impl FormView {
    /// Whether no message is taken until it is filled in.
    pub fn bars(&self) -> bool {
        matches!(self, Self::Start { before: true, form } if form.is_needed())
    }
}

/// The worker's clock, as a client needs it to show times left.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// The time at the worker when the frame was sent.
    pub now: Timestamp,
    /// How many milliseconds pass there in one of the client's: 1, but for demonstrations and tests.
    pub rate: u32,
}
impl Eq for Clock {}

/// How a channel presents itself to a visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelView {
    /// The channel.
    pub id: Option<ChannelId>,
    /// The public title.
    pub title: LocalText,
    /// The line under it.
    pub welcome: LocalText,
    /// `#rrggbb`, or none for Guichet's own.
    #[serde(default)]
    pub accent: Option<String>,
    /// Which corner the launcher stands in.
    #[serde(default)]
    pub position: Position,
    /// Which files may be sent; none if none may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<FilesView>,
}

/// Which files may be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesView {
    /// Bytes of one at most.
    pub bytes_max: u32,
    /// What a browser's file dialogue is told to offer; empty for everything.
    pub accept: String,
}

/// Whether the channel is open by its schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursView {
    /// Always open, or open until the time given.
    #[default]
    AlwaysOpen,
    /// Open.
    Open {
        /// When it closes.
        until: Timestamp,
    },
    /// Closed.
    Closed {
        /// When it opens next, if that is known.
        opens: Option<Timestamp>,
        /// What to tell a visitor before they write. May hold `{opens_at}`, which the client fills in the visitor's zone.
        notice: LocalText,
    },
}
