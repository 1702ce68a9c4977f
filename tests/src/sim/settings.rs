//! Settings as an administrator may choose them: of every kind, over their whole ranges.

use super::world::World;
use super::zones::{KOLKATA, PARIS, day_of};
use shared::hours::{Date, DaySpan, Exception, Hours, Interval};
use shared::id::OperatorId;
use shared::limits;
use shared::note::Face;
use shared::settings::{
    Automatic, CountsUntil, Distribution, Greeting, LocalText, NoAnswer, NoAnswerAction, OffHoursAction,
    Queue, RatingTexts, Ratings, Reminder, Scale, Settings, WorkingHours,
};
use shared::time::Millis;

/// What the channel's own words begin with, so that a text tells which setting it came from.
pub(super) const GREETING: &str = "[greeting]";
pub(super) const OFF_HOURS: &str = "[off-hours]";
pub(super) const NO_ANSWER: &str = "[no-answer]";
pub(super) const REMINDER: &str = "[reminder]";
pub(super) const AUTO_CLOSED: &str = "[auto-closed]";
pub(super) const CLOSING: &str = "[closing]";
pub(super) const RATE: &str = "[rate]";
pub(super) const THANKS: &str = "[thanks]";
const WAITING: &str = "[waiting]";

const HOUR: u16 = 60;

impl World {
    pub(super) fn some_settings(&mut self) -> Settings {
        let settings = Settings {
            active: self.random.chance(960),
            queue: self.some_queue(),
            no_answer: self.some_no_answer(),
            working_hours: self.some_working_hours(),
            automatic: self.some_automatic(),
            ratings: self.some_ratings(),
            ..Settings::default()
        };
        let errors = settings.errors();
        self.check(errors.is_empty(), "settings that nobody could save", || format!("{errors:?}"));
        settings
    }

    /// The members' names, as the directory has them. Of a former colleague it has none.
    pub(super) fn names_of(&self, settings: &Settings) -> Vec<Face> {
        let members = settings.queue.members.iter();
        let known = members.filter_map(|id| self.people.iter().find(|person| person.id == *id));
        known.filter(|person| !person.absent).map(super::people::Person::face).collect()
    }

    fn some_queue(&mut self) -> Queue {
        let mut members: Vec<OperatorId> = Vec::new();
        for person in self.people.clone() {
            let often = if person.absent { 400 } else { 800 };
            if self.random.chance(often) {
                let at = self.random.index(members.len() + 1);
                members.insert(at, person.id);
            }
        }
        let distribution = match self.random.below(3) {
            0 => Distribution::Evenly,
            1 => Distribution::InOrder,
            _ => Distribution::Everyone,
        };
        let counts_until = match self.random.below(3) {
            0 => CountsUntil::FirstReply,
            1 => CountsUntil::EachReply,
            _ => CountsUntil::Close,
        };
        let most = if self.random.chance(900) { 4 } else { *limits::SESSIONS_AT_ONCE.end() };
        Queue {
            members,
            distribution,
            response_limit: self.random.length(&limits::RESPONSE_LIMIT),
            check_availability: self.random.chance(800),
            sessions_at_once: self.random.below(u64::from(most) + 1).try_into().unwrap_or(0),
            counts_until,
            misses_before_break: self.random.below(4).try_into().unwrap_or(0),
            give_up: if self.random.chance(500) {
                Millis::hours(24)
            } else {
                self.random.length(&limits::GIVE_UP)
            },
            forward_to_responsible: self.random.chance(700),
        }
    }

    fn some_no_answer(&mut self) -> NoAnswer {
        let action = match self.random.below(4) {
            0 => NoAnswerAction::AutoReply,
            1 => NoAnswerAction::ContactForm,
            2 => NoAnswerAction::BackToQueue,
            _ => NoAnswerAction::Nothing,
        };
        let delay = self.random.length(&limits::NO_ANSWER_DELAY);
        NoAnswer { delay, action, text: self.own_or_default(NO_ANSWER, " Sorry, {visitor}.") }
    }

    fn some_working_hours(&mut self) -> WorkingHours {
        let action = match self.random.below(3) {
            0 => OffHoursAction::AutoReply,
            1 => OffHoursAction::ContactForm,
            _ => OffHoursAction::Nothing,
        };
        let schedule = if self.random.chance(550) { Some(self.some_hours()) } else { None };
        WorkingHours { schedule, action, text: self.own_or_default(OFF_HOURS, " Back {opens_at}.") }
    }

    fn some_hours(&mut self) -> Hours {
        let each = |days: std::ops::Range<u8>, start: u16, end: u16| {
            days.map(move |day| Interval { day, start, end }).collect::<Vec<_>>()
        };
        let week = match self.random.below(6) {
            0 => each(0..6, 9 * HOUR, 18 * HOUR),
            1 => [each(0..5, 8 * HOUR, 12 * HOUR), each(0..5, 13 * HOUR + 30, 19 * HOUR)].concat(),
            2 => [each(0..4, 10 * HOUR, 24 * HOUR), each(4..6, 20 * HOUR, 4 * HOUR)].concat(),
            // What the clocks jump over, and what they show twice.
            3 => {
                [each(5..6, 22 * HOUR, HOUR), each(6..7, 2 * HOUR, 3 * HOUR), each(0..7, 8 * HOUR, 20 * HOUR)]
                    .concat()
            }
            4 => Vec::new(),
            _ => (0..self.random.below(20))
                .map(|_| {
                    let start = self.random.below(1440);
                    let length = self.random.between(1, 1439);
                    let [start, end] =
                        [start, (start + length) % 1440].map(|at| u16::try_from(at).unwrap_or(0));
                    let day = u8::try_from(self.random.below(7)).unwrap_or(0);
                    Interval { day, start, end }
                })
                .collect(),
        };
        let zone = [PARIS, PARIS, "UTC", KOLKATA].map(str::to_owned);
        let zone = self.random.pick(&zone).unwrap_or_default();
        Hours { zone, week, exceptions: self.some_exceptions() }
    }

    fn some_exceptions(&mut self) -> Vec<Exception> {
        let mut exceptions: Vec<Exception> = Vec::new();
        for _ in 0..self.random.below(4) {
            let today = self.now.0 / Millis::days(1).0;
            let day = day_of(today + self.random.below(10));
            let small = |number: u64| u8::try_from(number).unwrap_or(1);
            let yearly = self.random.chance(400);
            let year = if yearly { None } else { u16::try_from(day.year).ok() };
            let date = Date { year, month: small(day.month), day: small(day.day) };
            let open = match self.random.below(3) {
                0 => Vec::new(),
                1 => vec![DaySpan { start: 11 * HOUR, end: 15 * HOUR }],
                _ => vec![
                    DaySpan { start: 9 * HOUR, end: 12 * HOUR },
                    DaySpan { start: 22 * HOUR, end: 3 * HOUR },
                ],
            };
            if exceptions.iter().all(|known| known.date != date) {
                exceptions.push(Exception { date, open, label: String::new() });
            }
        }
        exceptions
    }

    fn some_automatic(&mut self) -> Automatic {
        let greeting = match self.random.below(4) {
            0 => Greeting::Off,
            1 => Greeting::FirstContact,
            _ => Greeting::EverySession,
        };
        let waiting_text = if self.random.chance(500) {
            own(WAITING, " You are number {place}.")
        } else {
            LocalText::default()
        };
        Automatic {
            greeting,
            greeting_text: self.own_or_default(GREETING, " Hello from {channel}."),
            waiting_notice: self.random.chance(800),
            waiting_text,
            reminders: self.some_reminders(),
            auto_close: self.random.length(&limits::AUTO_CLOSE),
            auto_close_text: self.own_or_default(AUTO_CLOSED, ""),
            closing_text: self.own_or_default(CLOSING, " Goodbye, {operator}."),
            closing_period: self.random.length(&limits::CLOSING_PERIOD),
            rating_ends_closing: self.random.chance(300),
        }
    }

    fn some_reminders(&mut self) -> Vec<Reminder> {
        let mut reminders = Vec::new();
        let mut after = Millis(0);
        for _ in 0..self.random.below(limits::REMINDERS_MAX as u64 + 1) {
            after = Millis(after.0 + self.random.length(&limits::REMINDER_AFTER).0 / 6 + 60_000);
            reminders.push(Reminder { after, text: own(REMINDER, " Are you there, {visitor}?") });
        }
        reminders.retain(|reminder| limits::REMINDER_AFTER.contains(&reminder.after));
        reminders
    }

    fn some_ratings(&mut self) -> Ratings {
        let accepted_for =
            if self.random.chance(750) { Some(self.random.length(&limits::RATING_PERIOD)) } else { None };
        Ratings {
            enabled: self.random.chance(850),
            scale: if self.random.chance(500) { Scale::Thumbs } else { Scale::Stars },
            chat: RatingTexts::default(),
            connectors: RatingTexts {
                ask: self.own_or_default(RATE, " A digit, please."),
                good: self.own_or_default(THANKS, " Good."),
                bad: self.own_or_default(THANKS, " Bad."),
            },
            accepted_for,
            during_session: self.random.chance(600),
        }
    }

    fn own_or_default(&mut self, mark: &str, words: &str) -> LocalText {
        if self.random.chance(600) { own(mark, words) } else { LocalText::default() }
    }
}

fn own(mark: &str, words: &str) -> LocalText {
    LocalText([("en".to_owned(), format!("{mark}{words}")), ("fr".to_owned(), format!("{mark} fr"))].into())
}
