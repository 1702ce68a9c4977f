//! Where each setting lies: how errors name it, and how it is read and written.

use super::unit::Unit;
use crate::texts::put;
use core::ops::RangeInclusive;
use shared::settings::{LocalText, Settings};
use shared::text::Default as OwnWords;
use shared::time::Millis;

/// Which rows of lists, outermost first. Settings that are in no list ignore it.
pub(super) type At = [usize; 2];

/// For settings that are in no list.
pub(super) const NOWHERE: At = [0; 2];

/// A setting that is typed. `write` says whether the text could be read; if not, it changes nothing.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// With `{}` for the number of a row.
    pub(super) path: &'static str,
    pub(super) read: fn(&Settings, At) -> String,
    pub(super) write: fn(&mut Settings, At, &str) -> bool,
}

/// A number that is typed, with its range as it is stored.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) line: Line,
    pub(super) unit: Unit,
    pub(super) range: [u64; 2],
}

/// One of a few values, by its index.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) path: &'static str,
    /// As the JSON names them.
    pub(super) values: &'static [&'static str],
    pub(super) read: fn(&Settings, At) -> usize,
    pub(super) write: fn(&mut Settings, At, usize),
}

/// Yes or no.
#[derive(Clone, Copy)]
pub(super) struct Flag {
    pub(super) path: &'static str,
    pub(super) read: fn(&Settings) -> bool,
    pub(super) write: fn(&mut Settings, bool),
}

/// Words in several languages.
#[derive(Clone, Copy)]
pub(super) struct Text {
    pub(super) path: &'static str,
    pub(super) empty: Empty,
    pub(super) read: fn(&Settings, At) -> Option<&LocalText>,
    pub(super) write: fn(&mut Settings, At) -> Option<&mut LocalText>,
}

/// What an empty text means.
#[derive(Clone, Copy)]
pub(super) enum Empty {
    /// Guichet's own words.
    Own(fn(&Settings) -> OwnWords),
    /// Guichet's own words, which only the widget has.
    OwnOnScreen,
    /// Nothing is said.
    Silence,
    /// It may not be empty.
    Never,
}

/// The path of a setting in the rows `at`.
pub(super) fn path_at(path: &str, at: At) -> String {
    at.iter().fold(path.to_owned(), |path, row| put(&path, row))
}

/// The id of a field, which is also the name by which tests find it.
pub(super) fn id_of(path: &str) -> String {
    match path {
        "queue.sessions_at_once" => "at-once".to_owned(),
        "queue.response_limit" => "response-limit".to_owned(),
        "automatic.greeting" => "greeting".to_owned(),
        "automatic.greeting_text" => "greeting-text".to_owned(),
        _ => path.replace('.', "-"),
    }
}

/// The ends of a range of lengths.
pub(super) const fn lengths(range: &RangeInclusive<Millis>) -> [u64; 2] {
    [range.start().0, range.end().0]
}

/// The ends of a range of counts.
pub(super) const fn counts(range: &RangeInclusive<u32>) -> [u64; 2] {
    [*range.start() as u64, *range.end() as u64]
}

/// Writes what could be read. Whether it could.
pub(super) fn write<T>(field: &mut T, read: Option<T>) -> bool {
    let readable = read.is_some();
    if let Some(value) = read {
        *field = value;
    }
    readable
}

/// The path of a field as the JSON has it.
macro_rules! joined {
    ($first:ident $(. $rest:ident)*) => { concat!(stringify!($first) $(, ".", stringify!($rest))*) };
}

/// A length of time: its field, its unit and its range.
macro_rules! length {
    ($($field:ident).+, $unit:expr, $range:expr) => {
        $crate::settings::place::Number {
            line: $crate::settings::place::Line {
                path: $crate::settings::place::joined!($($field).+),
                read: |settings, _| $unit.show(settings.$($field).+.0),
                write: |settings, _, text| {
                    $crate::settings::place::write(&mut settings.$($field).+.0, $unit.read(text))
                },
            },
            unit: $unit,
            range: $crate::settings::place::lengths(&$range),
        }
    };
}

/// A count: its field and its range.
macro_rules! count {
    ($($field:ident).+, $range:expr) => {
        $crate::settings::place::Number {
            line: $crate::settings::place::Line {
                path: $crate::settings::place::joined!($($field).+),
                read: |settings, _| settings.$($field).+.to_string(),
                write: |settings, _, text| {
                    $crate::settings::place::write(&mut settings.$($field).+, $crate::settings::unit::read_count(text))
                },
            },
            unit: $crate::settings::unit::Unit::Count,
            range: $crate::settings::place::counts(&$range),
        }
    };
}

/// One of the values of an enumeration: its field, and the values as the JSON names them.
macro_rules! choice {
    ($($field:ident).+, [$($value:literal => $option:expr),+ $(,)?]) => {
        $crate::settings::place::Choice {
            path: $crate::settings::place::joined!($($field).+),
            values: &[$($value),+],
            read: |settings, _| {
                [$($option),+].iter().position(|option| *option == settings.$($field).+).unwrap_or_default()
            },
            write: |settings, _, index| {
                if let Some(option) = [$($option),+].get(index) {
                    settings.$($field).+ = *option;
                }
            },
        }
    };
}

/// Yes or no: its field.
macro_rules! flag {
    ($($field:ident).+) => {
        $crate::settings::place::Flag {
            path: $crate::settings::place::joined!($($field).+),
            read: |settings| settings.$($field).+,
            write: |settings, on| settings.$($field).+ = on,
        }
    };
}

/// A text: its field, and what it means when it is empty.
macro_rules! text {
    ($($field:ident).+, $empty:expr) => {
        $crate::settings::place::Text {
            path: $crate::settings::place::joined!($($field).+),
            empty: $empty,
            read: |settings, _| Some(&settings.$($field).+),
            write: |settings, _| Some(&mut settings.$($field).+),
        }
    };
}

pub(super) use {choice, count, flag, joined, length, text};
