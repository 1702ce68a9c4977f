//! A network that fails at each step of a chat: what is shown is true, and in the end everything is there once.

use serde_json::json;
use shared::settings::OffHoursAction;
use std::time::{Duration, Instant};
use tests::browser::{Operator, Stage, Visitor, Way};
use tests::rig::{Rig, demo};

/// Within this a connection that went silent is noticed, with air for a machine that is busy.
const NOTICED: Duration = Duration::from_secs(15);
const AIR: Duration = Duration::from_secs(5);

/// What browsers say about a network that is gone.
fn expects_cuts(visitor: &Visitor) {
    visitor.expects("WebSocket connection to");
    visitor.expects("net::ERR_");
}

/// What a browser does when its network is back; it would try again by itself a little later.
fn network_is_back(visitor: &Visitor) {
    visitor.script("dispatchEvent(new Event('online'));", &json!([]));
    visitor.sees_no("@banner");
}

fn comes_back(visitor: &Visitor) {
    visitor.reload();
    visitor.opens_chat();
}

/// Both sides have these words, in this order and once, whatever else they have.
fn once(visitor: &Visitor, operator: &Operator, words: &[&str]) {
    let of = |bubbles: Vec<String>| {
        bubbles.into_iter().filter(|text| words.contains(&text.as_str())).collect::<Vec<_>>()
    };
    let same = |bubbles: &dyn Fn() -> Vec<String>| (of(bubbles()) == words).then_some(());
    visitor.until("the visitor has all of it once", || same(&|| visitor.bubbles()));
    operator.until("the operator has all of it once", || same(&|| operator.bubbles()));
}

#[test]
fn messages_survive_a_cut_at_each_step() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let (visitor, cable) = stage.visitor_on_cable();
        visitor.has_keyboard("@composer");
        expects_cuts(&visitor);

        // Before it is sent.
        cable.cut();
        visitor.reads("@banner", "No connection");
        visitor.says("Before");
        visitor.is_told("Before", "sending");
        comes_back(&visitor);
        visitor.is_told("Before", "sending");
        visitor.reads("@banner", "No connection");
        cable.mend();
        network_is_back(&visitor);
        visitor.is_told("Before", "sent");
        operator.accepts();

        // On its way.
        visitor.is_told("Before", "read");
        cable.hold(Way::Up);
        visitor.says("On its way");
        visitor.is_told("On its way", "sending");
        cable.cut();
        comes_back(&visitor);
        visitor.is_told("On its way", "sending");
        cable.mend();
        network_is_back(&visitor);
        visitor.is_told("On its way", "read");

        // Stored, but not acknowledged.
        cable.hold(Way::Down);
        visitor.says("Stored");
        operator.hears("Stored");
        visitor.is_told("Stored", "sending");
        cable.cut();
        comes_back(&visitor);
        visitor.is_told("Stored", "sending");
        cable.mend();
        network_is_back(&visitor);
        visitor.is_told("Stored", "read");

        // Acknowledged, but not answered.
        cable.cut();
        visitor.reads("@banner", "No connection");
        visitor.is_told("Stored", "read");
        operator.says("Answered");
        cable.mend();
        network_is_back(&visitor);
        visitor.hears("Answered");

        // In the middle of a frame that arrives.
        cable.hold_after(Way::Down, 40);
        for words in ["One", "Two", "Three"] {
            operator.says(words);
        }
        operator.counts("@thread @message[data-author=operator][data-state=sent]", 3);
        assert!(!visitor.bubbles().contains(&"Three".to_owned()), "the cable holds nothing");
        cable.cut();
        visitor.reads("@banner", "No connection");
        cable.mend();
        network_is_back(&visitor);
        visitor.hears("Three");
        visitor.says("After");
        operator.hears("After");
        let all = ["Before", "On its way", "Stored", "Answered", "One", "Two", "Three", "After"];
        once(&visitor, &operator, &all);
        comes_back(&visitor);
        once(&visitor, &operator, &all);
    });
}

#[test]
fn answers_to_questions_survive_a_cut() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let (visitor, cable) = stage.visitor_on_cable();
        visitor.has_keyboard("@composer");
        expects_cuts(&visitor);
        visitor.says("Hello");
        operator.accepts();
        operator.says("Good day");
        visitor.hears("Good day");
        operator.closes_chat();

        // A rating that nobody got is asked for again.
        visitor.sees("@rate-good[aria-pressed=false]");
        cable.cut();
        visitor.reads("@banner", "No connection");
        visitor.click("@rate-good");
        cable.mend();
        comes_back(&visitor);
        visitor.sees("@rate-bad");

        // Nobody is thanked for what has not arrived.
        cable.hold(Way::Up);
        visitor.click("@rate-bad");
        visitor.write("@comment", "It took long");
        visitor.click("@rate-submit");
        visitor.reads("@rate-submit", "Sending");
        visitor.sees_no("@thanks");
        cable.cut();
        visitor.reads("@banner", "No connection");
        visitor.sees_no("@thanks");
        cable.mend();
        network_is_back(&visitor);
        visitor.sees("@thanks");
        operator.reads("@thread @event", "It took long");
        let rated = operator.texts("@thread @event");
        assert_eq!(rated.iter().filter(|text| text.contains("It took long")).count(), 1, "{rated:?}");
    });
}

#[test]
fn contact_details_survive_a_cut() {
    Stage::play(Rig::start(), |stage| {
        let never = shared::hours::Interval { day: 6, start: 0, end: 1 };
        stage.rig.settle(&demo(), |settings| {
            let zone = "Pacific/Kiritimati".to_owned();
            let hours = shared::hours::Hours { zone, week: vec![never], exceptions: Vec::new() };
            settings.working_hours.schedule = Some(hours);
            settings.working_hours.action = OffHoursAction::ContactForm;
        });
        let (visitor, cable) = stage.visitor_on_cable();
        expects_cuts(&visitor);
        visitor.says("Call me back");

        // A form that nobody got is there again.
        visitor.write("@contact-phone", "+33 9 99 99 99 99");
        cable.hold(Way::Up);
        visitor.click("@contact-send");
        visitor.reads("@contact-send", "Sending");
        cable.cut();
        cable.mend();
        comes_back(&visitor);
        assert_eq!(visitor.sees("@contact-phone").value.as_deref(), Some(""));

        // It is sent again without being asked to.
        visitor.write("@contact-phone", "+33 1 23 45 67 89");
        cable.hold(Way::Up);
        visitor.click("@contact-send");
        visitor.reads("@contact-send", "Sending");
        cable.cut();
        visitor.reads("@banner", "No connection");
        visitor.reads("@contact-send", "Sending");
        cable.mend();
        network_is_back(&visitor);
        visitor.sees("@contact-thanks");
        let ada = stage.operator(stage.rig.admin());
        ada.accepts();
        ada.reads("@thread @event", "+33 1 23 45 67 89");
        let told = ada.texts("@thread @event");
        assert_eq!(told.iter().filter(|text| text.contains("+33")).count(), 1, "{told:?}");
        visitor.counts("@message[data-author=visitor]", 1);
    });
}

#[test]
fn a_silent_network_is_noticed_in_either_direction() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let (up, up_cable) = stage.visitor_on_cable();
        up.says("Hello");
        operator.accepts();
        up.is_told("Hello", "read");
        let (down, down_cable) = stage.visitor_on_cable();
        down.has_keyboard("@composer");
        down.until("the widget is connected", || {
            let kept = "return Object.keys(localStorage).includes('guichet.demo.secret');";
            down.script(kept, &json!([])).as_bool().filter(|kept| *kept)
        });
        expects_cuts(&up);
        expects_cuts(&down);

        up_cable.hold(Way::Up);
        down_cable.hold(Way::Down);
        let deadline = Instant::now() + NOTICED + AIR;
        let noticed = |visitor: &Visitor| !visitor.shown("@banner").is_empty();
        while !(noticed(&up) && noticed(&down)) {
            assert!(Instant::now() < deadline, "up: {}, down: {}", noticed(&up), noticed(&down));
            // That the other side goes on talking is no sign that it hears anything.
            operator.write("@composer", "x");
        }
        up.says("Into silence");
        up.is_told("Into silence", "sending");
        up_cable.cut();
        down_cable.cut();
        up_cable.mend();
        down_cable.mend();
        up.is_told("Into silence", "read");
        operator.hears("Into silence");
        down.sees_no("@banner");
    });
}
