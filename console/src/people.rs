//! Whether colleagues can take a chat: a sign, which is a shape and not only a colour, and words.

use crate::icons;
use leptos::prelude::*;
use shared::why::Verdict;

/// As tests and styles read it.
pub(crate) const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ready => "ready",
        Verdict::Offline => "offline",
        Verdict::OnBreak => "on_break",
        Verdict::Full => "full",
        Verdict::ChannelClosed => "channel_closed",
    }
}

/// The sign, before `words`.
#[component]
pub(crate) fn Standing(verdict: Verdict, words: &'static str) -> impl IntoView {
    let sign = match verdict {
        Verdict::Ready => "sign ready",
        Verdict::Offline => "sign offline",
        Verdict::OnBreak => "sign on-break",
        Verdict::Full => "sign full",
        Verdict::ChannelClosed => "sign closed",
    };
    view! { <span class="verdict">{icons::shape(sign)} <span>{words}</span></span> }
}

/// The first letter of a name.
#[component]
pub(crate) fn Face(name: String) -> impl IntoView {
    view! { <span class="face small" aria-hidden="true">{name.chars().next().map(String::from)}</span> }
}
