//! The messages of a thread.

use super::events::Aside;
use super::file::FileBubble;
use super::items::{From, Item, Message, State};
use super::state::Thread;
use crate::icons;
use crate::texts::{put, words};
use leptos::html;
use leptos::prelude::*;
use shared::client::Input;
use shared::id::MessageId;
use shared::reject::Code;
use shared::text::links::{Part, REL, parts};
use shared::wire::Author;

/// This near to its end, the log follows what is new.
const NEAR: i32 = 96;

/// Where the reader is in the log, and what it held when it was last drawn.
#[derive(Default)]
struct Place {
    follows: bool,
    height: i32,
    count: usize,
    last: Option<Item>,
}

impl Place {
    /// Shows what is new to a reader at the end, and keeps the place of one who has gone back.
    fn keep(&mut self, log: &web_sys::HtmlDivElement, count: usize, last: Option<Item>) {
        let height = log.scroll_height();
        if self.follows {
            log.set_scroll_top(height);
        } else if count > self.count && last == self.last {
            log.set_scroll_top(log.scroll_top() + height - self.height);
        }
        *self = Self { follows: self.follows, height, count, last };
    }
}

#[component]
pub(super) fn Log(thread: Thread) -> impl IntoView {
    let text = &words().thread;
    let scroller = NodeRef::<html::Div>::new();
    let place = StoredValue::new(Place { follows: true, ..Place::default() });
    let scrolled = move |_| {
        let Some(element) = scroller.get_untracked() else { return };
        let below = element.scroll_height() - element.scroll_top() - element.client_height();
        place.update_value(|place| place.follows = below < NEAR);
        if element.scroll_top() < NEAR && thread.earlier.get_untracked() {
            thread.input(Input::History);
        }
    };
    Effect::new(move |_| {
        let (count, last) = thread.items.with(|items| (items.len(), items.last().cloned()));
        thread.typing.track();
        request_animation_frame(move || {
            if let Some(element) = scroller.try_get_untracked().flatten() {
                place.try_update_value(|place| place.keep(&element, count, last));
            }
        });
    });
    view! {
        <div
            class="log"
            role="log"
            tabindex="0"
            aria-label=move || put(text.log, thread.called())
            node_ref=scroller
            on:scroll=scrolled
        >
            <Show when=move || !thread.welcomed.get()><p class="log-wait">{text.opening}</p></Show>
            <Show when=move || thread.earlier.get()>
                <button type="button" class="button quiet earlier" on:click=move |_| thread.input(Input::History)>
                    {text.earlier}
                </button>
            </Show>
            <For each=move || thread.items.get() key=|item| item.clone() let:item>
                <Line item thread />
            </For>
            <Typing thread />
        </div>
    }
}

#[component]
fn Line(item: Item, thread: Thread) -> impl IntoView {
    match item {
        Item::Day(day) => view! { <p class="day"><span>{day}</span></p> }.into_any(),
        Item::Event { seq, text, aside } => {
            let aside = match aside {
                Aside::Nothing => None,
                Aside::Quoted(words) => Some(("event-aside quoted", words)),
                Aside::Plain(words) => Some(("event-aside", words)),
            };
            let aside = aside.map(|(class, words)| view! { <bdi class=class>{words}</bdi> });
            view! { <p class="event" data-g="event" data-seq=seq.to_string()>{text} {aside}</p> }.into_any()
        }
        Item::Message(message) => view! { <Bubble message thread /> }.into_any(),
    }
}

#[component]
fn Bubble(message: Message, thread: Thread) -> impl IntoView {
    let text = &words().thread;
    let side = match message.from {
        From::Visitor => "theirs",
        From::Me => "ours mine",
        From::Colleague => "ours",
        From::Channel => "ours auto",
    };
    let head = message.first && (message.note || !message.name.is_empty());
    let name = message.name.clone();
    let label = message.note.then_some(text.note);
    view! {
        <div
            class=format!("message {side}")
            class:note=message.note
            class:first=message.first
            class:last=message.last
            data-g="message"
            data-author=message.from.hook()
            data-state=message.state.hook()
            data-seq=message.seq.map(|seq| seq.to_string())
            data-note=message.note.to_string()
        >
            {head.then(|| view! {
                <p class="message-head">
                    {label.map(|label| view! { {icons::line(icons::LOCK)} <span>{label}</span> })}
                    <bdi>{name}</bdi>
                </p>
            })}
            {match message.file {
                Some(file) => view! { <FileBubble message=message.clone() file thread /> }.into_any(),
                None => view! { <p class="bubble" dir="auto">{with_links(&message.text)}</p> }.into_any(),
            }}
            {message.last.then(|| view! { <Below message=message.clone() thread /> })}
        </div>
    }
}

/// Text, in which addresses can be opened.
fn with_links(text: &str) -> AnyView {
    let view = |part| match part {
        Part::Words(words) => words.to_owned().into_any(),
        Part::Link(url) => {
            let (href, url) = (url.to_owned(), url.to_owned());
            view! { <a href=href target="_blank" rel=REL>{url}</a> }.into_any()
        }
    };
    parts(text).into_iter().map(view).collect_view().into_any()
}

/// The time of a message, and what has become of it.
#[component]
fn Below(message: Message, thread: Thread) -> impl IntoView {
    let text = &words().thread;
    if let (State::Failed(code), Some(id)) = (message.state, message.id.clone()) {
        return view! { <NotSent code id thread /> }.into_any();
    }
    let state = match message.state {
        _ if message.from != From::Me => None,
        State::Sending => Some(text.sending),
        _ if message.note => None,
        State::Read => Some(text.read),
        _ => Some(text.sent),
    };
    view! {
        <p class="message-below">
            <span>{message.time.clone()}</span> {state.map(|state| view! { <span>{state}</span> })}
        </p>
    }
    .into_any()
}

#[component]
fn NotSent(code: Code, id: MessageId, thread: Thread) -> impl IntoView {
    let text = &words().thread;
    let again = id.clone();
    view! {
        <p class="message-below failed">
            <span>{words().refusals.of(code)}</span>
            <button type="button" class="link" on:click=move |_| thread.retry(again.clone())>{text.retry}</button>
            <button type="button" class="link" on:click=move |_| thread.discard(id.clone())>{text.discard}</button>
        </p>
    }
}

#[component]
fn Typing(thread: Thread) -> impl IntoView {
    let words = move || {
        let text = &crate::texts::words().thread;
        thread.typing.get().map(|who| match who {
            Author::Operator { name, .. } => put(text.someone_types, name),
            Author::Visitor | Author::Channel => text.visitor_types.to_owned(),
        })
    };
    view! {
        <div class="typing-place" aria-live="polite">
            <Show when=move || thread.typing.with(Option::is_some)>
                <p class="typing" data-g="typing">
                    <span class="dots" aria-hidden="true">{[0, 1, 2].map(|_| icons::shape("dot"))}</span>
                    {words}
                </p>
            </Show>
        </div>
    }
}
