//! Who gets a chat and why, as visitors and operators see it.

use shared::api::Role;
use shared::settings::{Distribution, NoAnswerAction, OffHoursAction, Scale};
use shared::time::Millis;
use tests::browser::{Operator, Stage};
use tests::rig::{Rig, demo};

/// Opens the words that say why a chat is where it is, and waits for some of them.
fn says_why(operator: &Operator, words: &str) {
    operator.click("@thread @why-open");
    operator.reads("@thread @why", words);
}

/// Chooses from the menu of the open thread.
fn chooses(operator: &Operator, action: &str) {
    operator.click("@thread @menu");
    operator.click(&format!("@{action}"));
}

#[test]
fn what_is_shown_to_everyone_goes_to_the_first_who_accepts() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| settings.queue.distribution = Distribution::Everyone);
        let ada = stage.operator(stage.rig.admin());
        let ben = stage.operator(&stage.rig.join("Ben Okoye"));
        let visitor = stage.visitor_in_chat();
        visitor.says("Who is quickest?");
        for operator in [&ada, &ben] {
            operator.reads("@group-new @row", "Who is quickest?");
        }
        // As quickly as can be: the second may find the row gone already, or be refused.
        let accept = "document.querySelector('[data-g=group-new] [data-g=accept]')?.click();";
        for operator in [&ada, &ben] {
            operator.script(accept, &serde_json::json!([]));
        }
        let won = |operator: &Operator| !operator.shown("@thread @composer").is_empty();
        let (winner, loser) = ada.until("one of them has it", || {
            if won(&ada) {
                return Some((&ada, &ben));
            }
            won(&ben).then_some((&ben, &ada))
        });
        winner.hears("Who is quickest?");
        loser.sees_no("@group-new @row");
        assert!(!won(loser), "two accepts give one owner");
        says_why(winner, "everyone");
        winner.says("I am");
        visitor.hears("I am");
    });
}

#[test]
fn an_offer_moves_on_when_its_operator_goes_offline() {
    // A minute passes in three seconds.
    Stage::play(Rig::with().clock_rate(20).start(), |stage| {
        stage.rig.settle(&demo(), |settings| {
            settings.queue.distribution = Distribution::InOrder;
            settings.queue.response_limit = Millis::minutes(30);
        });
        let ada = stage.operator(stage.rig.admin());
        let ben = stage.operator(&stage.rig.join("Ben Okoye"));
        let visitor = stage.visitor_in_chat();
        visitor.says("Still there?");
        ada.reads("@group-new @row", "Still there?");
        ada.go("about:blank");
        ben.accepts();
        ben.reads("@thread @event", "offline");
        says_why(&ben, "order");
        ben.says("I am here");
        visitor.hears("I am here");
    });
}

#[test]
fn a_chat_is_handed_over_and_the_console_says_by_whom() {
    Stage::play(Rig::start(), |stage| {
        let ada = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("A question about parcels");
        ada.accepts();
        says_why(&ada, "the only one who was free");
        let account = stage.rig.join("Ben Okoye");
        let ben = stage.operator(&account);
        chooses(&ada, "transfer");
        ada.sees("@transfer-dialog");
        ada.click(&format!("@transfer-dialog @transfer-to[data-operator=\"{}\"]", account.me.id));
        ben.reads("@group-new @row", "A question about parcels");
        ben.accepts();
        says_why(&ben, "Ada Admin");
        ada.sees_no("@group-work @row");
        ben.says("Parcels are mine");
        visitor.hears("Parcels are mine");
    });
}

#[test]
fn a_supervisor_takes_over_and_a_colleague_joins() {
    Stage::play(Rig::start(), |stage| {
        let ada = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("It is urgent");
        ada.accepts();
        let sue = stage.operator(&stage.rig.join_as("Sue Lind", Role::Supervisor));
        let thread = ada.sees("@thread").attribute("data-conversation").to_owned();
        sue.go(&format!("{}#/chat/{thread}", stage.console()));
        sue.hears("It is urgent");
        chooses(&sue, "join");
        sue.says("May I help?");
        visitor.hears("May I help?");
        chooses(&sue, "leave");
        sue.sees_no("@thread @composer");
        chooses(&sue, "intercept");
        ada.reads("@notice", "Sue Lind");
        sue.says("I take it from here");
        visitor.reads("@status", "Sue Lind");
        says_why(&sue, "took it over");
    });
}

#[test]
fn a_visitor_whom_nobody_answers_is_told_so_and_may_leave_their_address() {
    // A minute passes in two seconds.
    Stage::play(Rig::with().clock_rate(30).start(), |stage| {
        stage.rig.settle(&demo(), |settings| {
            settings.no_answer.delay = Millis::minutes(1);
            settings.no_answer.action = NoAnswerAction::AutoReply;
        });
        let first = stage.visitor_in_chat();
        first.says("Hello?");
        first.reads("@message[data-author=channel]", "Everyone is busy at the moment");

        stage.rig.settle(&demo(), |settings| settings.no_answer.action = NoAnswerAction::ContactForm);
        let second = stage.visitor_in_chat();
        second.says("And me?");
        second.sees("@contact-form");
        second.write("@contact-name", "Zoë Blanc");
        second.click("@contact-send");
        second.sees("@contact-form [aria-invalid=true]");
        second.write("@contact-email", "zoe@mail.example");
        second.click("@contact-send");
        second.sees("@contact-thanks");

        let ada = stage.operator(stage.rig.admin());
        ada.reads("@group-new @row", "Hello?");
        ada.accepts();
        ada.reads("@group-new @row", "Zoë Blanc");
        ada.accepts();
        ada.reads("@thread @event", "zoe@mail.example");
    });
}

#[test]
fn outside_of_hours_a_form_may_ask_instead() {
    Stage::play(Rig::start(), |stage| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
        // The first of January 1970 was a Thursday. In three days, wherever it is still or already that day.
        let day = u8::try_from((now.as_secs() / 86_400 + 3 + 3) % 7).expect("a weekday");
        let week = vec![shared::hours::Interval { day, start: 9 * 60, end: 17 * 60 }];
        stage.rig.settle(&demo(), |settings| {
            let (zone, week) = ("Europe/Paris".to_owned(), week.clone());
            settings.working_hours.schedule =
                Some(shared::hours::Hours { zone, week, exceptions: Vec::new() });
            settings.working_hours.action = OffHoursAction::ContactForm;
        });
        let visitor = stage.visitor_in_chat();
        visitor.reads("@notice", "closed");
        visitor.says("Call me back");
        visitor.sees("@contact-form");
        visitor.write("@contact-phone", "+33 1 23 45 67 89");
        visitor.click("@contact-send");
        visitor.sees("@contact-thanks");
        let ada = stage.operator(stage.rig.admin());
        ada.accepts();
        ada.reads("@thread @event", "+33 1 23 45 67 89");
    });
}

#[test]
fn the_line_of_a_channel_says_live_who_waits_and_why() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| settings.queue.sessions_at_once = 1);
        let ada = stage.operator(stage.rig.admin());
        let first = stage.visitor_in_chat();
        first.says("first");
        ada.accepts();
        let watcher = stage.operator(stage.rig.admin());
        watcher.go(&format!("{}#/line/demo", stage.console()));
        watcher.sees("@line-person[data-verdict=full]");
        let second = stage.visitor_in_chat();
        second.says("second");
        watcher.reads("@line-waiting", "1 full");
        ada.click("@thread @close");
        ada.click("@close-confirm");
        watcher.sees_no("@line-waiting");
        second.reads("@status", "in a moment");
    });
}

#[test]
fn who_misses_two_offers_is_on_a_break_and_comes_back_with_a_click() {
    // A minute passes in three seconds.
    Stage::play(Rig::with().clock_rate(20).start(), |stage| {
        stage.rig.settle(&demo(), |settings| settings.queue.response_limit = Millis::minutes(1));
        let ada = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("Anybody?");
        ada.sees("@missed-banner");
        ada.sees("@presence[data-available=false]");
        ada.click("@back-available");
        ada.sees("@presence[data-available=true]");
        ada.accepts();
        ada.hears("Anybody?");
    });
}

#[test]
fn a_closed_chat_goes_on_with_the_same_person_and_is_rated_with_stars() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| settings.ratings.scale = Scale::Stars);
        let ada = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("Hello");
        ada.accepts();
        ada.says("Done");
        visitor.hears("Done");
        ada.closes_chat();
        visitor.click("@star-4");
        ada.reads("@thread @event", "4");
        visitor.click("@rate-submit");
        visitor.sees("@thanks");
        visitor.says("One more thing");
        ada.hears("One more thing");
        ada.says("Yes?");
        visitor.hears("Yes?");
        // Closed, and then ended for good.
        ada.closes_chat();
        ada.closes_chat();
        ada.click("@thread @reopen");
        ada.says("I forgot something");
        visitor.hears("I forgot something");
        visitor.sees_no("@star-1");
    });
}

#[test]
fn a_missed_chat_stays_and_an_answer_opens_it_again() {
    Stage::play(Rig::start(), |stage| {
        let ada = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("Never mind");
        ada.reads("@group-new @row", "Never mind");
        visitor.click("@end");
        visitor.click("@end-confirm");
        ada.opens_chat_in("group-missed");
        ada.says("I am sorry, here I am");
        visitor.hears("I am sorry, here I am");
        ada.sees("@group-answered @row");
        ada.sees_no("@group-missed @row");
    });
}
