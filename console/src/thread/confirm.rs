//! Questions that are asked once before something cannot be undone.

use super::state::Thread;
use crate::browser;
use crate::texts::words;
use leptos::prelude::*;
use shared::wire::{SessionView, ToConversation};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Close what goes on.
    Close,
    /// End what is closed but may go on.
    EndNow,
    /// Put away what was missed.
    PutAway,
    Spam,
}

/// What the button says, the question, and the two answers.
struct Words {
    name: &'static str,
    ask: &'static str,
    yes: &'static str,
    no: &'static str,
}

impl Question {
    /// How the operator may end the chat now.
    pub(super) fn of_end(thread: Thread) -> Option<Self> {
        let mine = thread.is_mine();
        thread.session.with(|session| match session {
            SessionView::Active { .. } if mine => Some(Self::Close),
            SessionView::Closing { .. } if mine => Some(Self::EndNow),
            SessionView::Ended { .. } if thread.is_missed_here() => Some(Self::PutAway),
            _ => None,
        })
    }

    fn words(self) -> Words {
        let text = &words().actions;
        let (name, ask, yes, no) = match self {
            Self::Close => (text.close, text.close_ask, text.close_confirm, text.close_cancel),
            Self::EndNow => (text.end_now, text.end_now_ask, text.end_now_confirm, text.cancel),
            Self::PutAway => (text.put_away, text.put_away_ask, text.put_away_confirm, text.cancel),
            Self::Spam => (text.spam_confirm, text.spam_ask, text.spam_confirm, text.cancel),
        };
        Words { name, ask, yes, no }
    }

    /// What the button says that asks it.
    pub(super) fn name(self) -> &'static str {
        self.words().name
    }

    const fn hook(self) -> &'static str {
        match self {
            Self::Close | Self::EndNow | Self::PutAway => "close-confirm",
            Self::Spam => "spam-confirm",
        }
    }

    /// The button that the keyboard returns to.
    const fn asker(self) -> &'static str {
        match self {
            Self::Close | Self::EndNow | Self::PutAway => "[data-g=close]",
            Self::Spam => "[data-g=menu]",
        }
    }
}

/// Shows the question, with the keyboard on its answer.
pub(super) fn ask(asking: RwSignal<Option<Question>>, question: Question) {
    asking.set(Some(question));
    request_animation_frame(|| {
        browser::focus(".ask .danger");
    });
}

#[component]
pub(super) fn Ask(thread: Thread, question: Question, asking: RwSignal<Option<Question>>) -> impl IntoView {
    let Words { name, ask, yes, no } = question.words();
    let confirm = move |_| {
        asking.set(None);
        thread.ask_as_seen(|epoch| match question {
            Question::Spam => ToConversation::Spam { epoch },
            Question::Close | Question::EndNow | Question::PutAway => ToConversation::Close { epoch },
        });
        request_animation_frame(|| {
            browser::focus(".thread .log");
        });
    };
    let keep = move || {
        asking.set(None);
        request_animation_frame(move || {
            browser::focus(question.asker());
        });
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            keep();
        }
    };
    view! {
        <div class="bar ask" role="group" aria-label=name on:keydown=escape>
            <p>{ask}</p>
            <div class="bar-buttons">
                <button type="button" class="button danger" data-g=question.hook() on:click=confirm>{yes}</button>
                <button type="button" class="button" on:click=move |_| keep()>{no}</button>
            </div>
        </div>
    }
}
