//! What may be done with a chat beside answering it, and by whom.

use super::composer::focus_composer;
use super::menu::Choice;
use super::state::Thread;
use crate::texts::words;
use crate::ui::ui;
use leptos::prelude::*;
use shared::wire::{SessionView, ToConversation};

/// Something in the thread's menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Action {
    Transfer,
    Intercept,
    Join,
    Leave,
    Pin,
    Unpin,
    Spam,
}

impl Choice for Action {
    fn name(self) -> &'static str {
        let text = &words().actions;
        match self {
            Self::Transfer => text.transfer,
            Self::Intercept => text.intercept,
            Self::Join => text.join,
            Self::Leave => text.leave,
            Self::Pin => text.pin,
            Self::Unpin => text.unpin,
            Self::Spam => text.spam,
        }
    }

    fn hook(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Intercept => "intercept",
            Self::Join => "join",
            Self::Leave => "leave",
            Self::Pin | Self::Unpin => "pin",
            Self::Spam => "spam",
        }
    }
}

/// What the operator may do now.
pub(super) fn possible(thread: Thread) -> Vec<Action> {
    let supervisor = ui().is_supervisor();
    let (mine, joined, offered) = (thread.is_mine(), thread.has_joined(), thread.is_offered());
    let stranger = !(mine || joined || offered);
    let (goes_on, active, pinned) = thread.session.with(|session| match session {
        SessionView::Waiting { .. } => (true, false, false),
        SessionView::Active { pinned, .. } => (true, true, *pinned),
        SessionView::Closing { .. } | SessionView::Ended { .. } | SessionView::None => (false, false, false),
    });
    let open = goes_on || thread.session.with(|session| matches!(session, SessionView::Closing { .. }));
    let all = [
        (Action::Transfer, goes_on && (mine || supervisor)),
        (Action::Intercept, goes_on && supervisor && !mine && !offered),
        (Action::Join, goes_on && stranger),
        (Action::Leave, open && joined),
        (Action::Pin, active && mine && !pinned),
        (Action::Unpin, active && mine && pinned),
        (Action::Spam, open && (mine || offered || supervisor)),
    ];
    all.into_iter().filter(|(_, possible)| *possible).map(|(action, _)| action).collect()
}

/// Asks for those that need no other word.
pub(super) fn ask(action: Action, thread: Thread) {
    match action {
        Action::Intercept => {
            focus_composer(&thread.id());
            thread.ask_as_seen(|epoch| ToConversation::Intercept { epoch });
        }
        Action::Join => {
            focus_composer(&thread.id());
            thread.ask(ToConversation::Join {});
        }
        Action::Leave => thread.ask(ToConversation::Leave {}),
        Action::Pin => thread.ask_as_seen(|epoch| ToConversation::Pin { epoch, on: true }),
        Action::Unpin => thread.ask_as_seen(|epoch| ToConversation::Pin { epoch, on: false }),
        Action::Transfer | Action::Spam => {}
    }
}
