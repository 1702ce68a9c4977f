//! Every state of the widget, looked at in every way: by axe in light and dark, listened to, zoomed, touched, in forced
//! colours, without motion; in a language of each direction.

use crate::files::{PNG, give};
use serde_json::json;
use shared::client::{Pending, PendingState};
use shared::hours::{Hours, Interval};
use shared::settings::{LocalText, OffHoursAction, Scale, Settings, StartForm, StartFormMode, Wanted};
use shared::time::Millis;
use std::cell::{Cell, RefCell};
use std::time::{SystemTime, UNIX_EPOCH};
use tests::browser::{Cable, Operator, Stage, Visitor};
use tests::rig::{self, Rig, demo, message_id, secret};

/// Time passes faster, so that the play takes minutes.
const CLOCK_RATE: u32 = 12;

/// A chat that is brought from state to state.
struct Play<'a> {
    stage: &'a Stage,
    visitor: Visitor,
    operator: Operator,
    cable: Cable,
    /// When it began.
    epoch: SystemTime,
    /// When the first message was there, on the worker's clock.
    first: Cell<SystemTime>,
    /// Others who hold the operator up.
    others: RefCell<Vec<rig::Visitor>>,
}

/// What it is called, how one comes there from the state before, and what has to be done again and again to stay.
type State = (&'static str, fn(&Play<'_>), fn(&Play<'_>));

const STATES: [State; 24] = [
    ("closed", |_| {}, stays),
    ("nobody free", nobody_free, stays),
    ("off hours", off_hours, stays),
    ("nothing written", nothing_written, stays),
    ("a form that bars the way", start_form, stays),
    ("a form that lacks something", start_form_wrong, stays),
    ("a long draft", long_draft, stays),
    ("in line", in_line, stays),
    ("answered", answered, stays),
    ("a picture", picture, stays),
    ("what else one can do", more, stays),
    ("typing", less, types),
    ("asked whether to end", asked_to_end, stays),
    ("unread", unread, stays),
    ("not sent", not_sent, stays),
    ("offline", offline, stays),
    ("asked to rate", asked_to_rate, stays),
    ("rated, with a comment", rated, stays),
    ("thanked", thanked, stays),
    ("ended, and asked for stars", stars, stays),
    ("asked for an address", contact, stays),
    ("an address that is wrong", contact_wrong, stays),
    ("thanked for the address", contact_thanked, stays),
    ("history of two days", history, stays),
];

fn walk(lang: &str) {
    let epoch = SystemTime::now();
    Stage::play(Rig::with().clock_rate(CLOCK_RATE).start(), |stage| {
        stage.rig.admin();
        let (visitor, cable) = stage.visitor_on_cable_in(lang);
        visitor.expects("WebSocket connection to");
        let (operator, first, others) = (stage.stranger(), Cell::new(epoch), RefCell::default());
        let play = Play { stage, visitor, operator, cable, epoch, first, others };
        let barriers = STATES.iter().flat_map(|(what, reach, hold)| {
            reach(&play);
            play.visitor.barriers(&format!("{lang}, {what}"), &|| hold(&play))
        });
        let barriers: Vec<_> = barriers.collect();
        assert!(barriers.is_empty(), "{}", barriers.join("\n"));
    });
}

#[test]
fn every_state_of_the_widget_is_for_everyone() {
    walk("en");
}

#[test]
fn every_state_is_for_everyone_who_reads_from_right_to_left() {
    walk("ar");
}

fn stays(_: &Play<'_>) {}

impl Play<'_> {
    fn settle(&self, change: impl Fn(&mut Settings)) {
        self.stage.rig.settle(&demo(), change);
    }

    fn reload(&self) {
        self.visitor.reload();
        self.visitor.opens_chat();
    }

    /// The operator ends the session for good, from the open thread.
    fn end(&self) {
        self.operator.closes_chat();
        self.operator.sees_no("@thread @close");
    }
}

/// Open for one minute of the week.
fn closed(settings: &mut Settings) {
    let week = vec![Interval { day: 6, start: 0, end: 1 }];
    settings.working_hours.schedule =
        Some(Hours { zone: "Pacific/Kiritimati".into(), week, exceptions: Vec::new() });
}

fn nobody_free(play: &Play<'_>) {
    play.visitor.opens_chat();
    play.visitor.sees("@available");
}

fn off_hours(play: &Play<'_>) {
    play.settle(closed);
    play.reload();
    play.visitor.sees("@notice");
}

fn nothing_written(play: &Play<'_>) {
    play.settle(|settings| settings.working_hours.schedule = None);
    play.operator.expects("/api/v1/me - Failed to load resource");
    play.operator.go(&play.stage.console());
    play.operator.signs_in(&play.stage.rig.admin().me.email, rig::PASSWORD);
    play.operator.is_at_desk();
    play.reload();
    play.visitor.sees_no("@notice");
    play.visitor.sees_no("@available");
}

fn start_form(play: &Play<'_>) {
    let agree = LocalText([("en".to_owned(), "The shop may keep this chat to answer me.".to_owned())].into());
    play.settle(|settings| {
        settings.start_form = StartForm {
            mode: StartFormMode::Before,
            name: Wanted::Required,
            email: Wanted::Required,
            phone: Wanted::Optional,
            consent: agree.clone(),
            privacy_url: "https://shop.example/privacy".into(),
            ..StartForm::default()
        };
    });
    play.reload();
    play.visitor.sees("@contact-form");
}

fn start_form_wrong(play: &Play<'_>) {
    play.visitor.click("@contact-send");
    play.visitor.sees("@contact-form [aria-invalid]");
}

fn long_draft(play: &Play<'_>) {
    play.settle(|settings| settings.start_form = StartForm::default());
    play.reload();
    play.visitor.sees_no("@contact-form");
    play.visitor.click("@composer");
    play.visitor.paste(&"A long question. ".repeat(250));
    play.visitor.sees("@count:not(:empty)");
}

fn in_line(play: &Play<'_>) {
    play.settle(|settings| {
        settings.queue.sessions_at_once = 1;
        settings.queue.response_limit = Millis::minutes(30);
    });
    let mut other = rig::Visitor::connect(&play.stage.rig, "demo", &secret());
    other.say("I was first");
    play.operator.accepts();
    play.others.borrow_mut().push(other);
    play.reload();
    play.visitor.says("Hello");
    play.visitor.sees("@place");
    let passed = play.epoch.elapsed().expect("a clock that goes on");
    play.first.set(play.epoch + passed * CLOCK_RATE);
}

fn answered(play: &Play<'_>) {
    play.settle(|settings| settings.queue.sessions_at_once = 5);
    play.operator.accepts();
    play.operator.hears("Hello");
    let address =
        format!("See {}/c/demo, or write_to_somebody_whose_name_is_longer_than_a_line", play.cable.origin());
    play.visitor.says(&address);
    play.operator.says(&address);
    play.visitor.hears("See http");
}

fn picture(play: &Play<'_>) {
    give(&play.visitor, "a_lamp_whose_name_is_longer_than_a_line_of_this_panel.png", PNG, "change");
    play.visitor.sees("canvas");
}

fn more(play: &Play<'_>) {
    play.visitor.click("@more");
    play.visitor.sees("@transcript");
}

fn less(play: &Play<'_>) {
    play.visitor.click("@more");
    play.visitor.sees_no("@transcript");
}

fn types(play: &Play<'_>) {
    play.operator.write("@composer", "x");
    play.visitor.sees("@typing");
}

fn asked_to_end(play: &Play<'_>) {
    play.visitor.click("@end");
    play.visitor.sees("@end-confirm");
}

fn unread(play: &Play<'_>) {
    play.visitor.click(".confirm .quiet");
    play.visitor.click("@close");
    play.visitor.sees_no("@panel");
    play.operator.says("Are you there?");
    play.visitor.sees("@badge");
}

/// As from a version of the widget whose messages could be longer.
fn not_sent(play: &Play<'_>) {
    let text = "x".repeat(shared::limits::TEXT_CHARS_MAX + 1);
    let message = Pending {
        id: message_id(),
        text,
        note: false,
        epoch: None,
        file: None,
        state: PendingState::Sending,
    };
    let key = format!("guichet.demo.out.{}", message.id);
    let keep = "localStorage.setItem(arguments[0], arguments[1]);";
    let kept = serde_json::to_string(&message).expect("a message");
    play.visitor.script(keep, &json!([key, kept]));
    play.reload();
    play.visitor.sees("@retry");
}

fn offline(play: &Play<'_>) {
    play.visitor.click("@discard");
    play.cable.cut();
    play.visitor.sees("@banner");
    play.visitor.says("Is anybody there?");
    play.visitor.is_told("Is anybody there?", "sending");
}

fn asked_to_rate(play: &Play<'_>) {
    play.cable.mend();
    play.visitor.script("dispatchEvent(new Event('online'));", &json!([]));
    play.visitor.is_told("Is anybody there?", "read");
    play.operator.closes_chat();
    play.visitor.sees("@rate-good");
}

fn rated(play: &Play<'_>) {
    play.visitor.click("@rate-bad");
    play.visitor.sees("@comment");
}

fn thanked(play: &Play<'_>) {
    play.visitor.write("@comment", "It took long");
    play.visitor.click("@rate-submit");
    play.visitor.sees("@thanks");
}

fn stars(play: &Play<'_>) {
    play.settle(|settings| settings.ratings.scale = Scale::Stars);
    play.end();
    play.visitor.says("And now for something else");
    play.operator.accepts();
    play.operator.says("Yes?");
    play.visitor.hears("Yes?");
    play.operator.closes_chat();
    play.visitor.click("@star-4");
    play.visitor.sees("@comment");
    play.end();
}

fn contact(play: &Play<'_>) {
    play.visitor.click("@rate-later");
    play.settle(|settings| {
        closed(settings);
        settings.working_hours.action = OffHoursAction::ContactForm;
    });
    play.reload();
    play.visitor.says("Call me back");
    play.visitor.sees("@contact-form");
}

fn contact_wrong(play: &Play<'_>) {
    play.visitor.write("@contact-email", "zoe@");
    play.visitor.click("@contact-send");
    play.visitor.sees("@contact-form [aria-invalid=true]");
}

fn contact_thanked(play: &Play<'_>) {
    play.visitor.write("@contact-phone", "+33 1 23 45 67 89");
    play.visitor.write("@contact-email", "mail.example");
    play.visitor.click("@contact-send");
    play.visitor.sees("@contact-thanks");
}

/// Moves the visitor to where midnight came in the minute after the first message.
fn history(play: &Play<'_>) {
    let first = play.first.get().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    let minutes = (first.as_secs() / 60 + 1) % 1440;
    let (sign, ahead) = if minutes < 720 { ('-', minutes) } else { ('+', 1440 - minutes) };
    let zone = format!("GMT{sign}{:02}:{:02}", ahead / 60, ahead % 60);
    play.visitor.browser().devtools("Emulation.setTimezoneOverride", &json!({"timezoneId": zone}));
    play.reload();
    play.visitor.sees(".day");
}
