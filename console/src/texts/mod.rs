//! Every word of the console, in each language it speaks. `{}` in a text stands for a value.

mod actions;
mod events;
mod gate;
mod inbox;
mod line;
mod moves;
mod refusals;
mod settings;
mod shell;
mod thread;
mod verified;
mod why;

pub(crate) use settings::{Options, Said};

use std::cell::Cell;

/// A language of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    Fr,
}

impl Lang {
    pub(crate) const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The language of a BCP 47 tag; English for those that the console does not speak.
    pub(crate) fn of(tag: &str) -> Self {
        match shared::text::language(tag) {
            "fr" => Self::Fr,
            _ => Self::En,
        }
    }

    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// As its speakers call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }
}

/// The words of one language, by the part of the console that says them.
pub(crate) struct Words {
    pub(crate) gate: gate::Gate,
    pub(crate) shell: shell::Shell,
    pub(crate) inbox: inbox::Inbox,
    pub(crate) thread: thread::Thread,
    pub(crate) events: events::Events,
    pub(crate) actions: actions::Actions,
    pub(crate) why: why::Why,
    pub(crate) line: line::Line,
    pub(crate) settings: settings::Settings,
    pub(crate) refusals: refusals::Refusals,
    pub(crate) verified: verified::Verified,
}

static ENGLISH: Words = Words {
    gate: gate::EN,
    shell: shell::EN,
    inbox: inbox::EN,
    thread: thread::EN,
    events: events::EN,
    actions: actions::EN,
    why: why::EN,
    line: line::EN,
    settings: settings::EN,
    refusals: refusals::EN,
    verified: verified::EN,
};

static FRENCH: Words = Words {
    gate: gate::FR,
    shell: shell::FR,
    inbox: inbox::FR,
    thread: thread::FR,
    events: events::FR,
    actions: actions::FR,
    why: why::FR,
    line: line::FR,
    settings: settings::FR,
    refusals: refusals::FR,
    verified: verified::FR,
};

thread_local! {
    static SPOKEN: Cell<Lang> = const { Cell::new(Lang::En) };
}

/// The language spoken now.
pub(crate) fn lang() -> Lang {
    SPOKEN.with(Cell::get)
}

/// Changes the language. Whoever calls this draws the page again.
pub(crate) fn speak(lang: Lang) {
    SPOKEN.with(|spoken| spoken.set(lang));
}

/// The words of the language spoken now.
pub(crate) fn words() -> &'static Words {
    match lang() {
        Lang::En => &ENGLISH,
        Lang::Fr => &FRENCH,
    }
}

/// `template` with its `{}` replaced.
pub(crate) fn put(template: &str, value: impl std::fmt::Display) -> String {
    template.replacen("{}", &value.to_string(), 1)
}

/// `template` with its `{}` replaced, one after the other. A value may hold anything.
pub(crate) fn put_all(template: &str, values: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part);
    }
    text
}

/// Names in a row: "Ana, Bo and Chloé".
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [first @ .., last] => put_all(words().shell.and, &[&first.join(", "), last]),
    }
}

/// Words that differ between one and many.
pub(crate) struct Number {
    pub(crate) one: &'static str,
    pub(crate) many: &'static str,
}

impl Number {
    /// The words for so many.
    pub(crate) const fn of(&self, count: usize) -> &'static str {
        if count == 1 { self.one } else { self.many }
    }

    /// The same, with the count in its place.
    pub(crate) fn say(&self, count: u32) -> String {
        put(if count == 1 { self.one } else { self.many }, count)
    }
}

/// A count in words.
pub(crate) struct Counted {
    pub(crate) none: &'static str,
    pub(crate) one: &'static str,
    pub(crate) many: &'static str,
}

impl Counted {
    pub(crate) fn of(&self, count: u32) -> String {
        match count {
            0 => self.none.to_owned(),
            1 => self.one.to_owned(),
            many => put(self.many, many),
        }
    }
}
