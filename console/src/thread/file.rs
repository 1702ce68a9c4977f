//! A file in a thread: on its way, or to be saved.

use super::items::{Attached, Message, State};
use super::state::Thread;
use crate::icons;
use crate::texts::{lang, put, words};
use leptos::html;
use leptos::prelude::*;

#[component]
pub(super) fn FileBubble(message: Message, file: Attached, thread: Thread) -> impl IntoView {
    let text = &words().thread;
    let Message { text: name, id, state, seq, .. } = message;
    let Some(id) = id else { return ().into_any() };
    let (to_save, to_draw, to_cancel, sent) = (id.clone(), id.clone(), id.clone(), id);
    let stored = seq.is_some();
    let picture = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let Some(canvas) = picture.get().filter(|_| file.picture) {
            thread.draw(to_draw.clone(), canvas.into());
        }
    });
    let percent = move || thread.percent.with(|all| all.get(&sent).copied().unwrap_or(100)).to_string();
    let sending = (state == State::Sending).then(|| {
        view! {
            <p class="file-progress">
                <progress max="100" value=percent aria-label=text.sending></progress>
                <button type="button" class="link" data-g="file-cancel" on:click=move |_| thread.discard(to_cancel.clone())>
                    {text.cancel_file}
                </button>
            </p>
        }
    });
    view! {
        <button
            type="button"
            class="bubble file"
            data-g="file"
            disabled=!stored
            title=put(text.save_file, &name)
            on:click=move |_| thread.save(to_save.clone())
        >
            <canvas role="img" aria-label=name.clone() hidden=true node_ref=picture></canvas>
            {icons::line(icons::FILE)}
            <bdi>{name.clone()}</bdi>
            <small>{link::files::size(file.size, lang().tag())}</small>
        </button>
        {sending}
    }
    .into_any()
}

/// What opens the file dialogue.
#[component]
pub(super) fn Attach(thread: Thread) -> impl IntoView {
    let text = &words().thread;
    view! {
        <label
            class="button quiet attach"
            title=text.attach
            hidden=move || thread.accept.with(Option::is_none) || thread.note.get() || !thread.may_write()
        >
            <input
                type="file"
                multiple=true
                class="visually-hidden"
                data-g="file-input"
                aria-label=text.attach
                accept=move || thread.accept.get()
                on:change=move |event| thread.attach(&event)
            />
            {icons::line(icons::CLIP)}
        </label>
    }
}
