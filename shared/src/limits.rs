//! Every size and count that Guichet bounds, by name. Past each of them stands a [`crate::reject::Code`], never a panic.

use crate::core::Rate;
use crate::time::Millis;
use core::ops::RangeInclusive;

/// Longest text of one message, in Unicode scalar values.
pub const TEXT_CHARS_MAX: usize = 4_000;
/// Longest comment of a rating, in Unicode scalar values.
pub const COMMENT_CHARS_MAX: usize = 1_000;
/// Longest frame a socket may send, in bytes: the longest text at four bytes a character, escaped, and its envelope.
pub const FRAME_BYTES_MAX: usize = 32 * 1024;
/// Longest body of an API request, in bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// Ids of recent messages that a conversation remembers, to answer a repeated send with its first number.
pub const TAIL_MAX: usize = 512;
/// Messages that wait in one client's outbox. A further one is refused by the composer.
pub const OUTBOX_MAX: usize = 100;
/// Entries in one page of history.
pub const PAGE_ENTRIES_MAX: usize = 50;
/// Entries in one frame while a reader catches up.
pub const CATCH_UP_ENTRIES_MAX: usize = 200;
/// Entries behind the head up to which a reader is sent all that they missed; past it, the last page.
pub const CATCH_UP_BEHIND_MAX: u64 = 1_000;
/// Replies held while the desk decides whether the operator who wrote them may own the session.
pub const HELD_MAX: usize = 16;
/// Sockets on one conversation: tabs of the visitor and operators who read.
pub const CONVERSATION_SOCKETS_MAX: usize = 32;
/// Tabs of one operator's inbox.
pub const INBOX_SOCKETS_MAX: usize = 16;
/// Members of one channel.
pub const MEMBERS_MAX: usize = 1_000;
/// Origins that may embed one channel.
pub const ORIGINS_MAX: usize = 100;
/// Intervals in one week of working hours.
pub const WEEK_INTERVALS_MAX: usize = 70;
/// Longest name of a channel or a person, in Unicode scalar values.
pub const NAME_CHARS_MAX: usize = 80;
/// Longest e-mail address, in bytes (RFC 5321).
pub const EMAIL_BYTES_MAX: usize = 254;
/// Shortest and longest password, in Unicode scalar values. The longest bounds the work of hashing.
pub const PASSWORD_CHARS: RangeInclusive<usize> = 10..=200;
/// Longest preview of a message in an inbox row, in Unicode scalar values.
pub const PREVIEW_CHARS_MAX: usize = 80;
/// Longest setting text (greeting, closing text and the like), in Unicode scalar values.
pub const SETTING_TEXT_CHARS_MAX: usize = 2_000;
/// Frames that one socket may send: 60 at once, then 10 a second.
pub const FRAMES: Rate = Rate { burst: 60, every: Millis(100) };
/// Messages that one visitor may send, in all their windows: 40 at once, then one a second.
pub const MESSAGES: Rate = Rate { burst: 40, every: Millis::seconds(1) };
/// How long a channel takes no new sessions, once more have come than it takes in a minute.
pub const FLOOD_PAUSE: Millis = Millis::seconds(15);
/// Notes kept for one peer that cannot be reached. Past it the object refuses what would make more.
pub const POST_QUEUE_MAX: usize = 1_000;
/// Languages in which one text may be given.
pub const LANGUAGES_MAX: usize = 50;
/// Reminders of one channel.
pub const REMINDERS_MAX: usize = 5;
/// People who have joined one session beside its owner.
pub const JOINED_MAX: usize = 8;
/// Sessions shown to everyone at once, oldest first.
pub const SHOWN_MAX: usize = 20;
/// Inboxes that a missed session stays in, if it was offered to nobody.
pub const HEIRS_MAX: usize = 20;
/// Visitors without a session whom one desk tells whether somebody is free.
pub const WATCHERS_MAX: usize = 10_000;
/// Ratings that one conversation keeps: those of its last sessions.
pub const RATINGS_MAX: usize = 20;
/// Candidates that an explanation names beside the winner.
pub const CANDIDATES_MAX: usize = 10;
/// Longest name of a file, in Unicode scalar values.
pub const FILE_NAME_CHARS_MAX: usize = 150;
/// Files of one conversation that are on their way: announced, and not part of a message yet.
pub const UPLOADS_MAX: usize = 20;
/// How long a file may be on its way; then it is thrown away.
pub const UPLOAD_KEPT: Millis = Millis::hours(1);
/// How long a link to a file is good: long enough to begin with it.
pub const FILE_LINK: Millis = Millis::minutes(5);
/// Zero bits with which the hash begins that a visitor has to find where a channel wants work: some 16,000 tries, a third of
/// a second.
pub const WORK_BITS: u32 = 14;
/// Longest telephone number, in characters.
pub const PHONE_CHARS_MAX: usize = 40;
/// Keys of one channel, with which tokens of verified visitors are checked.
pub const KEYS_MAX: usize = 10;
/// Longest name of a key, in characters.
pub const KEY_ID_CHARS_MAX: usize = 64;
/// Shortest and longest secret of a key, in bytes. The shortest is as long as what HMAC with SHA-256 makes (RFC 7518).
pub const KEY_SECRET_BYTES: RangeInclusive<usize> = 32..=512;
/// Longest text of a public key, in bytes.
pub const PUBLIC_KEY_BYTES_MAX: usize = 4_096;
/// Longest issuer of tokens, in bytes.
pub const ISSUER_BYTES_MAX: usize = 200;
/// Longest subject of a token, in bytes.
pub const SUBJECT_BYTES_MAX: usize = 255;
/// Longest token, in bytes.
pub const TOKEN_BYTES_MAX: usize = 4_096;
/// How long a token may be valid.
pub const TOKEN_LIFE_MAX: Millis = Millis::hours(1);
/// How far the clock of a site may be from the worker's.
pub const TOKEN_SKEW: Millis = Millis::seconds(60);
/// Conversations of the same browser that operators are told of.
pub const LINKED_MAX: usize = 20;
/// Fields of a channel's own in one form.
pub const CUSTOM_FIELDS_MAX: usize = 10;
/// Longest key of such a field, in bytes.
pub const FIELD_KEY_BYTES_MAX: usize = 40;
/// What can be chosen from in one field.
pub const OPTIONS: RangeInclusive<usize> = 2..=20;
/// Longest answer of one line, in Unicode scalar values.
pub const ANSWER_CHARS_MAX: usize = 200;
/// Longest answer of several lines, in Unicode scalar values: a form full of them still fits into a frame.
pub const LONG_ANSWER_CHARS_MAX: usize = 500;
/// Longest words of consent, in Unicode scalar values.
pub const CONSENT_CHARS_MAX: usize = 1_000;
/// Longest address of a page, in bytes.
pub const URL_BYTES_MAX: usize = 500;

// The ranges of settings.

/// Time to accept an offer.
pub const RESPONSE_LIMIT: RangeInclusive<Millis> = Millis::minutes(1)..=Millis::minutes(30);
/// Sessions of one operator at once; 0 for no limit.
pub const SESSIONS_AT_ONCE: RangeInclusive<u32> = 0..=1000;
/// Missed offers in a row that put an operator on a break; 0 for never.
pub const MISSES_BEFORE_BREAK: RangeInclusive<u32> = 0..=10;
/// How long a session waits before it is given up.
pub const GIVE_UP: RangeInclusive<Millis> = Millis::hours(1)..=Millis::days(30);
/// Time without an answer after which something happens.
pub const NO_ANSWER_DELAY: RangeInclusive<Millis> = Millis::minutes(1)..=Millis::minutes(30);
/// When a reminder is sent.
pub const REMINDER_AFTER: RangeInclusive<Millis> = Millis::minutes(1)..=Millis::hours(24);
/// When a silent session is closed.
pub const AUTO_CLOSE: RangeInclusive<Millis> = Millis::hours(1)..=Millis::days(30);
/// How long a closed session may be resumed.
pub const CLOSING_PERIOD: RangeInclusive<Millis> = Millis(0)..=Millis::minutes(60);
/// New sessions of one channel within a minute; 0 for no limit.
pub const SESSIONS_PER_MINUTE: RangeInclusive<u32> = 0..=60_000;
/// How long a rating is accepted.
pub const RATING_PERIOD: RangeInclusive<Millis> = Millis::days(1)..=Millis::days(30);
/// Megabytes (of 1,024 kilobytes) of one file. What a worker may be sent at once bounds it.
pub const FILE_MEGABYTES: RangeInclusive<u32> = 1..=50;
/// Files in one session.
pub const FILES_IN_SESSION: RangeInclusive<u32> = 1..=200;
/// Sessions that one look at a line lists.
pub const LINE_VIEW_MAX: usize = 100;
/// Dates in one schedule that are not like the week.
pub const EXCEPTIONS_MAX: usize = 200;
/// Stretches of working hours that start on one such date.
pub const DAY_SPANS_MAX: usize = 10;
