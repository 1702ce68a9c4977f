//! Where the operator writes.

use super::file::Attach;
use super::state::Thread;
use crate::browser;
use crate::icons;
use crate::texts::{put, words};
use leptos::html;
use leptos::prelude::*;
use shared::client::Input;
use shared::id::ConversationId;
use shared::limits::TEXT_CHARS_MAX;
use shared::text::is_blank;
use std::cell::RefCell;

/// The composer grows up to so many lines.
const LINES_MAX: usize = 8;

thread_local! {
    static WANTS_FOCUS: RefCell<Option<ConversationId>> = const { RefCell::new(None) };
}

/// Puts the keyboard into the composer of a conversation, as soon as there is one. Not where that would open a keyboard on
/// the screen.
pub(crate) fn focus_composer(id: &ConversationId) {
    if !browser::matches("(pointer: coarse)") {
        WANTS_FOCUS.set(Some(id.clone()));
        request_animation_frame(take_focus);
    }
}

/// The thread that is left may still be on screen: its composer is not the one.
fn take_focus() {
    let Some(id) = WANTS_FOCUS.with_borrow(Clone::clone) else { return };
    if browser::focus(&format!("[data-conversation=\"{id}\"] [data-g=composer]")) {
        WANTS_FOCUS.set(None);
    }
}

fn chars_over(draft: &str) -> usize {
    draft.trim().chars().count().saturating_sub(TEXT_CHARS_MAX)
}

fn may_send(thread: Thread) -> bool {
    thread.may_write() && thread.draft.with(|draft| !is_blank(draft) && chars_over(draft) == 0)
}

#[component]
pub(super) fn Composer(thread: Thread) -> impl IntoView {
    let text = &words().thread;
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if field.get().is_some() {
            request_animation_frame(take_focus);
        }
    });
    let send = move || {
        if untrack(|| may_send(thread)) {
            thread.send();
            if let Some(field) = field.get_untracked() {
                let _ = field.focus();
            }
        }
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        // While an input method is composing, Enter chooses a word.
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() && event.key_code() != 229 {
            event.prevent_default();
            send();
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send();
    };
    let typed = move |event| {
        let draft = event_target_value(&event);
        if !thread.note.get_untracked() {
            thread.input(Input::Typing { on: !draft.is_empty() });
        }
        thread.refusal.set(None);
        thread.set_draft(draft);
    };
    let over = move || thread.draft.with(|draft| chars_over(draft));
    let lines = move || thread.draft.with(|draft| draft.split('\n').count().clamp(1, LINES_MAX)).to_string();
    view! {
        <form class="composer" class:note=move || thread.note.get() on:submit=submit>
            <label class="visually-hidden" for="composer">
                {move || if thread.note.get() { text.note } else { text.reply }}
            </label>
            <textarea
                id="composer"
                data-g="composer"
                dir="auto"
                rows=lines
                placeholder=move || if thread.note.get() { text.note_hint } else { text.reply_hint }
                prop:value=move || thread.draft.get()
                node_ref=field
                on:input=typed
                on:keydown=pressed
                on:paste=move |event| thread.attach(&event)
            ></textarea>
            <div class="composer-tools">
                <NoteToggle thread />
                <Attach thread />
                <Show when=move || over() != 0>
                    <p class="field-error" role="status">{move || put(text.too_long, over())}</p>
                </Show>
                <button type="submit" class="button primary send" data-g="send" disabled=move || !may_send(thread)>
                    {move || if thread.note.get() { text.add_note } else { text.send }}
                </button>
            </div>
        </form>
    }
}

#[component]
fn NoteToggle(thread: Thread) -> impl IntoView {
    let toggle = move |_| {
        thread.note.update(|note| *note = !*note);
        browser::focus("[data-g=composer]");
    };
    view! {
        <button
            type="button"
            class="button quiet note-toggle"
            data-g="note-toggle"
            aria-pressed=move || thread.note.get().to_string()
            on:click=toggle
        >
            {icons::line(icons::LOCK)} {words().thread.note_toggle}
        </button>
    }
}
