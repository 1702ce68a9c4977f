//! What is wrong with a field, in words.

use super::unit::{Unit, grouped};
use crate::texts::{Lang, put, words};
use shared::limits;
use shared::settings::{FieldCode, FieldError, Settings};

/// What a field holds, as far as its errors need other words.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Number(Unit, [u64; 2]),
    /// Words in several languages, of at most so many characters in each.
    Text(usize),
    /// A text of at most so many characters.
    Plain(usize),
    Members,
    Origins,
    Colour,
    /// The name that programs use for something.
    Key,
    /// The address of a page.
    Url,
    Zone,
    /// A stretch of time in a day.
    Span,
    Date,
    /// A list of at most so many entries.
    List(usize),
    Other,
}

/// The words for an error.
pub(super) fn words_of(kind: Kind, error: &FieldError, settings: &Settings) -> String {
    use FieldCode as Code;
    let form = &words().settings.form;
    let short = match (kind, error.code) {
        (Kind::Number(unit, range), Code::OutOfRange) => return unit.range(range),
        (Kind::Text(most) | Kind::Plain(most), Code::TooLong) => {
            return put(form.too_long, grouped(most as u64));
        }
        (Kind::List(most), Code::TooMany) => return put(form.too_many, grouped(most as u64)),
        (Kind::Members, Code::TooMany) => return put(form.too_many, grouped(limits::MEMBERS_MAX as u64)),
        (Kind::Origins, Code::TooMany) => return put(form.too_many, grouped(limits::ORIGINS_MAX as u64)),
        (Kind::Origins, Code::BadFormat) => return put(form.bad_origin, origin_of(error, settings)),
        (Kind::Number(Unit::Count, _), Code::BadFormat) => form.whole_number,
        (Kind::Number(..), Code::BadFormat) => form.number,
        (Kind::Number(..), Code::TooShort) => form.later,
        (Kind::Colour, _) => form.bad_colour,
        (Kind::Key, Code::Repeated) => form.repeated_key,
        (Kind::Key, _) => form.bad_key,
        (Kind::Url, _) => form.bad_url,
        (Kind::Zone, _) => form.bad_zone,
        (Kind::Span, Code::BadFormat) => form.bad_time,
        (Kind::Span, _) => form.bad_span,
        (Kind::Date, _) => form.bad_date,
        (Kind::List(_), Code::Repeated) => form.repeated_date,
        (Kind::Members, Code::Unknown) => form.unknown_member,
        (_, Code::Required) => form.needed,
        (_, Code::UnknownPlaceholder) => form.placeholder,
        _ => form.bad,
    };
    short.to_owned()
}

fn origin_of<'a>(error: &FieldError, settings: &'a Settings) -> &'a str {
    let index = error.field.rsplit('.').next().and_then(|index| index.parse::<usize>().ok());
    index.and_then(|index| settings.origins.get(index)).map_or("", String::as_str)
}

/// Which language of the text at `path` is wrong, if one is.
pub(super) fn language_of<'a>(kind: Kind, path: &str, error: &'a FieldError) -> Option<&'a str> {
    let below = error.field.strip_prefix(path)?.strip_prefix('.')?;
    matches!(kind, Kind::Text(_)).then_some(below)
}

/// A language as its speakers call it, as far as the console knows it.
pub(super) fn language_name(tag: &str) -> &str {
    Lang::ALL.iter().find(|lang| lang.tag() == tag).map_or(tag, |lang| lang.name())
}
