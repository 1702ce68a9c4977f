//! The widget's words, in the language of the page: `words/` has a file for each.

use crate::when::category;
use core::cell::OnceCell;
use shared::reject::Code;
use shared::text::language;
use shared::time::Millis;

/// Up to here minutes are told one by one, then in steps.
const MINUTES_EXACT: u64 = 10;
const MINUTES_STEP: u64 = 5;

macro_rules! texts {
    ($($name:ident),* $(,)?) => {
        /// All words of one language. `{}` is filled by [`fill`]; what is counted has a form for each plural, see [`plural`].
        pub(crate) struct Texts {
            $(pub(crate) $name: &'static str,)*
        }

        impl Texts {
            /// The words as the build writes them: a line for each, in this order. None if lines are missing.
            fn read(lines: &'static str) -> Option<Self> {
                let lines: Vec<_> = lines.split('\n').collect();
                let [$($name),*] = lines.try_into().ok()?;
                Some(Self { $($name),* })
            }

            #[cfg(test)]
            const NAMES: &[&str] = &[$(stringify!($name)),*];
        }
    };
}

texts! {
    lang, dir, title, welcome, close, log, you, composer, composer_hint, composer_again, composer_resume,
    send, left, too_long, sending, sent, read, not_sent, retry, discard, typing, hello, hello_more, earlier,
    newer, answered_by, answered_with, closing, number, beyond, wait_minute, wait_minutes, wait_long,
    soon, unavailable, arrived, joined, gone, resumed, reopened, ended_by_you, ended_by_us, ended_quiet,
    given_up, ended, closed, closed_until, today_at, at_time, tomorrow_at, on_day_at, day_at, today,
    yesterday, reconnecting, try_now, too_many, stopped, no_secret, end, end_sure, end_no, rate, good, bad,
    comment_good, comment_bad, rate_submit, thanks_good, thanks_bad, change, rate_open, later, stars,
    contact_open, name, email, phone, contact_hint, contact_empty, email_wrong, not_now, contact_thanks,
    contact_told, contact_ask, start_ask, needed, wrong, privacy, off_hours, unread, wait, outbox_full, refused_empty, refused_too_long, refused_too_fast, refused_not_rateable,
    refused_closed, refused_no_session, refused_fields, refused_other, attach, cancel, download,
    more, transcript, sound, notify, refused_file_large, refused_file_kind, refused_file_gone, refused_files_many,
}

thread_local! {
    static TEXTS: OnceCell<&'static Texts> = const { OnceCell::new() };
}

/// The words of the page's language, which are kept for as long as the page lasts.
pub(crate) fn texts(words: &str) -> Option<&'static Texts> {
    TEXTS.with(|texts| {
        if texts.get().is_none() {
            let lines: &'static str = Box::leak(words.into());
            let _ = texts.set(Box::leak(Box::new(Texts::read(lines)?)));
        }
        texts.get().copied()
    })
}

impl Texts {
    /// The locale of the page, if we have words in its language; else the language of the words.
    pub(crate) fn locale<'a>(&self, page: &'a str) -> &'a str {
        if language(page).eq_ignore_ascii_case(self.lang) { page } else { self.lang }
    }

    /// Why something was refused, and what one can do.
    pub(crate) fn refusal(&self, code: Code) -> &'static str {
        match code {
            Code::EmptyText => self.refused_empty,
            Code::TextTooLong | Code::TooLarge => self.refused_too_long,
            Code::TooFast | Code::Throttled => self.refused_too_fast,
            Code::NotRateable => self.refused_not_rateable,
            Code::ChannelClosed => self.refused_closed,
            Code::NoSession => self.refused_no_session,
            Code::InvalidFields => self.refused_fields,
            Code::FileTooLarge => self.refused_file_large,
            Code::FileKind | Code::FilesOff => self.refused_file_kind,
            Code::FileGone => self.refused_file_gone,
            Code::TooManyFiles => self.refused_files_many,
            _ => self.refused_other,
        }
    }

    /// How long it may take; never less than it will. `count` fills in a number, as [`Texts::count`] does.
    pub(crate) fn wait(&self, wait: Millis, count: impl Fn(&str, u32) -> String) -> String {
        let minutes = wait.0.div_ceil(Millis::minutes(1).0);
        let rounded = if minutes > MINUTES_EXACT { minutes.next_multiple_of(MINUTES_STEP) } else { minutes };
        match rounded {
            0 | 1 => self.wait_minute.to_owned(),
            2..=60 => count(self.wait_minutes, rounded as u32),
            _ => self.wait_long.to_owned(),
        }
    }

    /// `text` with a number, in the plural that goes with it.
    pub(crate) fn count(&self, text: &str, number: u32) -> String {
        fill(plural(text, &category(self.lang, number)), &number.to_string())
    }
}

/// `text` with `{}` replaced by `value`.
pub(crate) fn fill(text: &str, value: &str) -> String {
    fill_two(text, value, "")
}

/// `text` with its first and second `{}` replaced.
pub(crate) fn fill_two(text: &str, first: &str, second: &str) -> String {
    let mut values = [first, second].into_iter();
    let mut filled = String::new();
    for part in text.split_inclusive('{') {
        let part = part.strip_prefix('}').unwrap_or(part);
        match part.strip_suffix('{') {
            Some(before) => {
                filled.push_str(before);
                filled.push_str(values.next().unwrap_or_default());
            }
            None => filled.push_str(part),
        }
    }
    filled
}

/// The form of `text` for a category of plurals: `one`, TAB, its form, TAB, `other`, TAB, its form, and so on. A text without
/// tabs is the same for all numbers; a category that a text does not know has the last form.
fn plural<'a>(text: &'a str, category: &str) -> &'a str {
    let mut parts = text.split('\t');
    let mut last = text;
    while let (Some(known), Some(form)) = (parts.next(), parts.next()) {
        last = form;
        if known == category {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = include_str!("../words/en.txt");

    /// The words as the build leaves them, but for plurals: here each form has a line of its own.
    fn english() -> Texts {
        let words =
            EN.lines().filter(|line| !line.split(':').next().is_some_and(|key| key.ends_with(".one")));
        let lines: Vec<_> = words.filter_map(|line| Some(line.split_once(": ")?.1)).collect();
        Texts::read(Box::leak(lines.join("\n").into())).unwrap()
    }

    #[test]
    fn the_words_stand_in_the_order_in_which_they_are_read() {
        let mut keys: Vec<_> = EN.lines().filter_map(|line| line.split([':', '.']).next()).collect();
        keys.dedup();
        assert_eq!(keys, Texts::NAMES);
        assert!(Texts::read("en\nltr").is_none(), "lines are missing");
    }

    #[test]
    fn braces_are_filled_in_order() {
        assert_eq!(fill_two(english().on_day_at, "Monday", "09:00"), "on Monday at 09:00");
        assert_eq!(fill("{} answers you", "Léa"), "Léa answers you");
        assert_eq!(fill("no braces", "x"), "no braces");
    }

    #[test]
    fn what_is_counted_has_a_form_for_each_plural() {
        let stars = "one\t{} star\tother\t{} stars";
        assert_eq!(plural(stars, "one"), "{} star");
        assert_eq!(plural(stars, "other"), "{} stars");
        assert_eq!(plural(stars, "few"), "{} stars");
        assert_eq!(plural("{} 星", "other"), "{} 星");
    }

    #[test]
    fn a_wait_is_never_told_shorter_than_it_is() {
        let texts = english();
        let told = |wait| texts.wait(wait, |text, number| fill(text, &number.to_string()));
        assert_eq!(told(Millis::seconds(1)), "about a minute");
        assert_eq!(told(Millis::seconds(61)), "about 2 minutes");
        assert_eq!(told(Millis::minutes(10)), "about 10 minutes");
        assert_eq!(told(Millis::seconds(10 * 60 + 1)), "about 15 minutes");
        assert_eq!(told(Millis::minutes(60)), "about 60 minutes");
        assert_eq!(told(Millis::seconds(60 * 60 + 1)), "more than an hour");
        assert_eq!(told(Millis(u64::MAX)), "more than an hour");
    }
}
