//! Every word of the console, in each language it speaks. `{}` in a text stands for a value.

mod gate;
mod inbox;
mod refusals;
mod settings;
mod shell;
mod thread;

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
    pub(crate) settings: settings::Settings,
    pub(crate) refusals: refusals::Refusals,
}

static ENGLISH: Words = Words {
    gate: gate::EN,
    shell: shell::EN,
    inbox: inbox::EN,
    thread: thread::EN,
    settings: settings::EN,
    refusals: refusals::EN,
};

static FRENCH: Words = Words {
    gate: gate::FR,
    shell: shell::FR,
    inbox: inbox::FR,
    thread: thread::FR,
    settings: settings::FR,
    refusals: refusals::FR,
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
