//! Rules 6 and 7: what a channel says and does by itself is said at its time, and once.

use super::super::settings::{AUTO_CLOSED, CLOSING, GREETING, NO_ANSWER, OFF_HOURS, RATE, REMINDER, THANKS};
use super::super::world::World;
use super::super::zones::is_open;
use super::talk::{Known, Step, Talk};
use shared::conversation::{Form, Kind, Session, StoredEntry};
use shared::settings::{Greeting, NoAnswerAction, OffHoursAction, Settings};
use shared::text::Default as Words;
use shared::wire::{Author, Body, Ending, Event};

/// What a text of the channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Said {
    Greeting,
    OffHours,
    NoAnswer,
    ContactAsk,
    Reminder,
    AutoClosed,
    Closing,
    RatingAsk,
    Thanks,
    Else,
}

const MARKS: &[(&str, Said)] = &[
    (GREETING, Said::Greeting),
    (OFF_HOURS, Said::OffHours),
    (NO_ANSWER, Said::NoAnswer),
    (REMINDER, Said::Reminder),
    (AUTO_CLOSED, Said::AutoClosed),
    (CLOSING, Said::Closing),
    (RATE, Said::RatingAsk),
    (THANKS, Said::Thanks),
];

const DEFAULTS: &[(Words, Said)] = &[
    (Words::Greeting, Said::Greeting),
    (Words::OffHours, Said::OffHours),
    (Words::NoAnswer, Said::NoAnswer),
    (Words::ContactAsk, Said::ContactAsk),
    (Words::RatingAskThumbs, Said::RatingAsk),
    (Words::RatingAskStars, Said::RatingAsk),
    (Words::ThanksGood, Said::Thanks),
    (Words::ThanksBad, Said::Thanks),
];

/// What a text of the channel is, by the mark that it begins with, or by Guichet's own words.
pub(in super::super) fn said(text: &str) -> Said {
    let marked = MARKS.iter().find(|(mark, _)| text.starts_with(mark)).map(|(_, said)| *said);
    let default = || {
        let own = |(words, _): &&(Words, Said)| ["en", "fr"].iter().any(|locale| words.words(locale) == text);
        DEFAULTS.iter().find(own).map(|(_, said)| *said)
    };
    marked.or_else(default).unwrap_or(Said::Else)
}

/// What the channel did in one turn.
#[derive(Default)]
struct Did {
    greeted: u32,
    /// The off-hours text, or the form in its place.
    off_hours: u32,
    /// The no-answer text, or the form in its place.
    no_answer: u32,
    reminded: u32,
    rating_asked: u32,
    closing_text: u32,
    auto_close_text: u32,
    ended: Option<Ending>,
    closed: bool,
}

impl Did {
    fn of(entries: &[StoredEntry], after: &Session) -> Self {
        let mut did = Self::default();
        for stored in entries {
            match (&stored.entry.author, &stored.entry.body) {
                (Author::Channel, Body::Text { text, .. }) => did.hears(said(text), after.form),
                (_, Body::Event(Event::ContactAsked { .. })) => did.hears(Said::ContactAsk, after.form),
                (_, Body::Event(Event::Ended { by })) => {
                    did.ended = Some(*by);
                    did.closed = matches!(by, Ending::Operator | Ending::Silence | Ending::Visitor);
                }
                _ => {}
            }
        }
        did
    }

    const fn hears(&mut self, said: Said, form: Form) {
        match said {
            Said::Greeting => self.greeted += 1,
            Said::OffHours => self.off_hours += 1,
            Said::NoAnswer => self.no_answer += 1,
            Said::ContactAsk if matches!(form, Form::NoAnswer) => self.no_answer += 1,
            Said::ContactAsk => self.off_hours += 1,
            Said::Reminder => self.reminded += 1,
            Said::RatingAsk => self.rating_asked += 1,
            Said::Closing => self.closing_text += 1,
            Said::AutoClosed => self.auto_close_text += 1,
            Said::Thanks | Said::Else => {}
        }
    }
}

impl World {
    pub(super) fn check_said(&mut self, step: &Step<'_>, talk: &mut Talk) {
        let Some(after) = step.after.clone() else { return };
        let did = Did::of(&step.entries, &after);
        let name = || step.name();
        self.check_greeting(step, talk, &did, after.number);
        self.check_off_hours(step, talk, &did);
        self.check_no_answer(step, &did, &after);
        self.check_form(step, &after);
        self.check_reminders(step, &did);
        self.check_ending(step, &did);

        let again = did.rating_asked > 0 && !talk.log.asked.insert(after.number);
        self.check(!again && did.rating_asked <= 1, "6: a second request for a rating", name);
        let asks = did.rating_asked == 0 || (did.closed && step.allowed(|settings| settings.ratings.enabled));
        self.check(asks, "6: a rating is asked for without a close", name);
        let by_operator = did.ended == Some(Ending::Operator) && did.closing_text <= 1;
        self.check(did.closing_text == 0 || by_operator, "6: a closing text without a close", name);
        let by_silence = did.ended == Some(Ending::Silence) && did.auto_close_text <= 1;
        self.check(did.auto_close_text == 0 || by_silence, "6: an auto-close text without one", name);
    }

    /// At once after the first message, by its rule, while the channel is open.
    fn check_greeting(&mut self, step: &Step<'_>, talk: &mut Talk, did: &Did, number: u32) {
        let first = step.before.as_ref().is_none_or(|before| before.number < number);
        let open = self.may_be(step, true);
        let due = first && open && step.allowed(|settings| greets(settings, number));
        self.check(did.greeted == 0 || due, "6: a greeting out of turn", || step.name());
        let fresh = did.greeted == 0 || talk.log.greeted.insert(number);
        self.check(fresh && did.greeted <= 1, "6: a second greeting", || step.name());
        let surely =
            first && !self.may_be(step, false) && !step.allowed(|settings| !greets(settings, number));
        self.check(!surely || did.greeted == 1, "6: a visitor was not greeted", || step.name());
    }

    /// Once per silence of the operators, while the channel is closed.
    fn check_off_hours(&mut self, step: &Step<'_>, talk: &mut Talk, did: &Did) {
        let told_before = talk.log.off_hours_told;
        talk.log.off_hours_told |= did.off_hours > 0;
        let once = did.off_hours == 0 || (did.off_hours == 1 && !told_before);
        self.check(once, "6: a second off-hours text in one silence", || step.name());
        let closed = did.off_hours == 0 || self.may_be(step, false);
        self.check(closed, "6: off-hours, but the channel is open", || step.name());
        let does = |settings: &Settings| settings.working_hours.action != OffHoursAction::Nothing;
        self.check(did.off_hours == 0 || step.allowed(does), "6: an off-hours text that is off", || {
            step.name()
        });
        // What the core remembers of it.
        let Some(after) = step.after.as_deref() else { return };
        let remembered = after.off_hours_told || !talk.log.off_hours_told;
        self.check(remembered, "6: an off-hours text is forgotten", || step.name());
    }

    /// Whether the channel is open, or closed, as far as that is sure, by one of the settings of the turn.
    fn may_be(&self, step: &Step<'_>, open: bool) -> bool {
        let is = |known: &Known| is_open(known.hours(), step.now).is_none_or(|is| is == open);
        step.rules.iter().flatten().any(is)
    }

    /// At most once in a session, at its time, while the visitor waits for an answer.
    fn check_no_answer(&mut self, step: &Step<'_>, did: &Did, after: &Session) {
        let before = step.before.as_deref().filter(|before| before.number == after.number);
        let was_done = before.is_some_and(|before| before.no_answer_done);
        let is_done = after.no_answer_done;
        self.check(is_done || !was_done, "6: a no-answer action is forgotten", || step.name());
        // Who opens it again is there.
        let reopened = step
            .entries
            .iter()
            .any(|stored| matches!(stored.entry.body, Body::Event(Event::Reopened { .. })));
        let begins = is_done && !was_done && !reopened;
        self.check(
            did.no_answer == u32::from(begins && did.no_answer > 0),
            "6: a second no-answer action",
            || step.name(),
        );
        if !begins {
            return;
        }
        self.ledger.count("no-answer actions");
        let since = before.and_then(|before| before.awaiting_since);
        let told = before.is_some_and(|before| before.off_hours_told);
        let goes_on = before.is_some_and(Session::goes_on);
        let due = |settings: &Settings| {
            settings.no_answer.action != NoAnswerAction::Nothing
                && since.is_some_and(|since| since + settings.no_answer.delay <= step.now)
        };
        let right = step.cause.is_alarm() && goes_on && !told && step.allowed(due);
        self.check(right, "9: a no-answer action before its time", || {
            format!("{}: waiting since {since:?}", step.name())
        });
    }

    /// How a visitor can be reached is asked once in a session, and said once it was asked.
    fn check_form(&mut self, step: &Step<'_>, after: &Session) {
        let before = step.before.as_deref().filter(|before| before.number == after.number);
        let was = before.map_or(Form::Off, |before| before.form);
        let may = match (was, after.form) {
            (Form::Off, Form::Given) => false,
            (Form::Off, _) => true,
            (_, is) => is == was || is == Form::Given,
        };
        self.check(may, "6: a contact is asked for again", || {
            format!("{}: {was:?} then {:?}", step.name(), after.form)
        });
        let asked = step.entries.iter().any(|stored| match &stored.entry.body {
            Body::Event(Event::ContactAsked { .. }) => true,
            Body::Text { text, .. } => {
                stored.entry.author == Author::Channel && said(text) == Said::ContactAsk
            }
            _ => false,
        });
        self.check(!asked || was == Form::Off, "6: a contact is asked for again", || step.name());
    }

    /// One after the other, each at its time, while the visitor is silent.
    fn check_reminders(&mut self, step: &Step<'_>, did: &Did) {
        if did.reminded == 0 {
            return;
        }
        let before = step.before.as_deref();
        let silence = before.and_then(|before| before.silence);
        let active = before.is_some_and(|before| before.phase.kind() == Kind::Active);
        let due = |settings: &Settings| {
            silence.is_some_and(|silence| {
                let last = silence.reminded + did.reminded - 1;
                let reminder = settings.automatic.reminders.get(last as usize);
                reminder.is_some_and(|reminder| silence.since + reminder.after <= step.now)
            })
        };
        let right = step.cause.is_alarm() && active && step.allowed(due);
        self.check(right, "9: a reminder before its time", || format!("{}: {silence:?}", step.name()));
        let awaits = before.and_then(|before| before.awaiting_since);
        self.check(awaits.is_none(), "6: a reminder while the visitor waits", || step.name());
    }

    /// Rule 7: nobody is closed by time while they wait for an answer, but given up, as missed.
    fn check_ending(&mut self, step: &Step<'_>, did: &Did) {
        let (Some(before), Some(after), Some(by)) =
            (step.before.as_deref(), step.after.as_deref(), did.ended)
        else {
            return;
        };
        match by {
            Ending::Silence => {
                let since = before.silence.map(|silence| silence.since);
                let due = |settings: &Settings| {
                    since.is_some_and(|since| since + settings.automatic.auto_close <= step.now)
                };
                self.check(before.awaiting_since.is_none(), "7: closed while waiting for an answer", || {
                    step.name()
                });
                self.check(step.cause.is_alarm() && step.allowed(due), "9: closed before its time", || {
                    step.name()
                });
                self.check(!before.pinned, "a pinned session was closed by itself", || step.name());
            }
            Ending::GivenUp => {
                let missed = after.phase.kind() == Kind::Missed;
                self.check(missed, "7: given up, but not missed", || step.name());
            }
            Ending::Visitor | Ending::Operator | Ending::Spam => {
                let by_time = step.cause.is_alarm();
                self.check(!by_time, "7: closed by time, and not said so", || step.name());
            }
        }
    }
}

fn greets(settings: &Settings, number: u32) -> bool {
    match settings.automatic.greeting {
        Greeting::Off => false,
        Greeting::EverySession => true,
        Greeting::FirstContact => number == 1,
    }
}
