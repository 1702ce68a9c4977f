//! What visitors are asked to fill in, and what operators read of it.

use shared::hours::Hours;
use shared::settings::{
    CustomField, CustomKind, LocalText, OffHoursAction, Settings, StartForm, StartFormMode, Wanted,
};
use tests::browser::{Stage, Visitor, key};
use tests::rig::{Rig, demo};

fn words(english: &str, french: &str) -> LocalText {
    LocalText([("en".to_owned(), english.to_owned()), ("fr".to_owned(), french.to_owned())].into())
}

/// Everything that a form may ask.
fn asks(settings: &mut Settings, mode: StartFormMode) {
    let size = CustomField {
        key: "size".into(),
        label: words("Size", "Taille"),
        kind: CustomKind::Choice,
        options: vec![words("Small", "Petite"), words("Large", "Grande")],
        required: true,
    };
    let about = CustomField {
        key: "about".into(),
        label: words("What is it about?", "De quoi s\u{2019}agit-il ?"),
        kind: CustomKind::LongText,
        ..CustomField::default()
    };
    settings.start_form = StartForm {
        mode,
        name: Wanted::Required,
        email: Wanted::Optional,
        phone: Wanted::Off,
        fields: vec![size, about],
        consent: words("You may keep what I write.", "Vous pouvez garder ce que j\u{2019}\u{e9}cris."),
        privacy_url: "https://shop.example/privacy".into(),
    };
}

/// What is kept in the browser, all together.
fn kept(visitor: &Visitor) -> String {
    let script = "return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie]);";
    visitor.script(script, &serde_json::json!([])).as_str().unwrap_or_default().to_owned()
}

fn chooses(visitor: &Visitor, field: &str, option: &str) {
    visitor.write(field, option);
}

#[test]
fn a_form_comes_before_the_first_message_and_the_operator_reads_it() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| asks(settings, StartFormMode::Before));
        let ada = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.sees("@contact-form");
        visitor.sees_no("@composer");
        visitor.sees_no("@contact-later");
        visitor.is_accessible("an empty form", "guichet-chat");

        visitor.click("@contact-send");
        visitor.has_keyboard("@contact-name");
        // The name, the size and the consent; not what may be left empty.
        visitor.counts("@contact-form [aria-invalid=true]", 3);
        visitor.is_accessible("a form with errors", "guichet-chat");
        visitor.write("@contact-name", "Zo\u{eb} Blanc");
        chooses(&visitor, "@contact-size", "Large");
        visitor.write("@contact-email", "zoe@");
        visitor.click("@contact-consent");
        visitor.click("@contact-send");
        visitor.has_keyboard("@contact-email");
        visitor.reads("@contact-wrong", "not complete");
        assert_eq!(visitor.sees("@contact-privacy").attribute("href"), "https://shop.example/privacy");

        visitor.write("@contact-email", "mail.example");
        visitor.write("@contact-about", "A parcel");
        visitor.click("@contact-send");
        visitor.sees_no("@contact-form");
        visitor.has_keyboard("@composer");
        visitor.says("Where is it?");

        ada.reads("@group-new @row", "Zo\u{eb} Blanc");
        ada.accepts();
        for told in [
            "Zo\u{eb} Blanc",
            "zoe@mail.example",
            "Size: Large",
            "What is it about?: A parcel",
            "Agreed to: You may keep",
        ] {
            ada.reads("@thread @event", told);
        }
        ada.says("On its way");
        visitor.hears("On its way");
        // Once told it is known.
        visitor.click("@end");
        visitor.click("@end-confirm");
        visitor.says("Another thing");
        ada.reads("@group-new @row", "Another thing");
    });
}

#[test]
fn a_reload_in_the_middle_of_a_form_keeps_nothing() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| asks(settings, StartFormMode::Before));
        let visitor = stage.visitor_in_chat();
        visitor.write("@contact-name", "Zoe Secretive");
        visitor.write("@contact-email", "zoe@private.example");
        assert!(!kept(&visitor).contains("Secretive") && !kept(&visitor).contains("private.example"));
        visitor.comes_to(&stage.shop.url());
        visitor.opens_chat();
        assert_eq!(visitor.sees("@contact-name").value.as_deref(), Some(""));
        assert!(!kept(&visitor).contains("Secretive") && !kept(&visitor).contains("private.example"));
    });
}

#[test]
fn a_form_after_the_first_message_is_filled_in_with_the_keyboard_alone() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| asks(settings, StartFormMode::After));
        let visitor = stage.visitor();
        visitor.comes_to(&stage.shop.page_in("fr"));
        visitor.opens_chat();
        visitor.says("Bonjour");
        visitor.is_told("Bonjour", "sent");
        visitor.reads("@contact", "Parlez-nous un peu de vous.");
        // It holds nothing up.
        visitor.says("Vous \u{ea}tes l\u{e0} ?");
        visitor.is_told("Vous \u{ea}tes l\u{e0} ?", "sent");
        visitor.click("@contact-name");
        visitor.type_in("Jos\u{e9}");
        visitor.press(&[key::ENTER]);
        visitor.has_keyboard("@contact-size");
        visitor.reads("@contact-wrong", "\u{c0} remplir.");
        visitor.press(&[key::DOWN]);
        assert_eq!(visitor.sees("@contact-size").value.as_deref(), Some("Petite"));
        // Past the question that may stay empty, to the consent.
        visitor.press(&[key::TAB]);
        visitor.has_keyboard("@contact-about");
        visitor.press(&[key::TAB]);
        visitor.has_keyboard("@contact-consent");
        visitor.press(&[key::SPACE]);
        visitor.press(&[key::ENTER]);
        visitor.sees_no("@contact-form");
        visitor.has_keyboard("@composer");
        let ada = stage.operator(stage.rig.admin());
        ada.reads("@group-new @row", "Jos\u{e9}");
        ada.accepts();
        ada.reads("@thread @event", "Taille: Petite");
    });
}

#[test]
fn what_is_not_needed_can_be_put_off() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| {
            settings.start_form.mode = StartFormMode::After;
            settings.start_form.phone = Wanted::Optional;
        });
        let visitor = stage.visitor_in_chat();
        visitor.says("Hello");
        visitor.click("@contact-later");
        visitor.sees_no("@contact-form");
        visitor.has_keyboard("@composer");
        visitor.comes_to(&stage.shop.url());
        visitor.opens_chat();
        visitor.click("@contact-open");
        visitor.write("@contact-phone", "what?");
        visitor.click("@contact-send");
        visitor.reads("@contact-wrong", "does not look right");
        visitor.write("@contact-phone", "\u{e003}\u{e003}\u{e003}\u{e003}\u{e003}+33 1 23");
        visitor.click("@contact-send");
        visitor.sees_no("@contact-form");
        visitor.reads("@event", "+33 1 23");
    });
}

#[test]
fn a_message_that_waited_is_sent_once_the_form_is_filled_in() {
    Stage::play(Rig::start(), |stage| {
        let ada = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("Hello");
        ada.accepts();
        visitor.click("@end");
        visitor.click("@end-confirm");
        visitor.sees("@composer[placeholder=\"Write to start a new chat\"]");
        for page in [&*visitor, &*ada] {
            page.expects("WebSocket connection to");
            page.expects("net::ERR_CONNECTION_REFUSED");
        }
        stage.rig.worker().kill_hard().expect("the worker ends");
        visitor.says("In the storm");
        visitor.is_told("In the storm", "sending");
        visitor.go("about:blank");
        stage.rig.worker().restart().expect("the worker starts again");
        stage.rig.settle(&demo(), |settings| {
            settings.start_form.mode = StartFormMode::Before;
            settings.start_form.name = Wanted::Required;
        });
        visitor.comes_to(&stage.shop.url());
        visitor.opens_chat();
        visitor.sees("@contact-form");
        visitor.is_told("In the storm", "sending");
        visitor.write("@contact-name", "Ana");
        visitor.click("@contact-send");
        visitor.is_told("In the storm", "sent");
        ada.reads("@group-new @row", "Ana");
    });
}

#[test]
fn who_writes_outside_of_hours_leaves_an_address_and_is_found_later() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| {
            let zone = "Europe/Paris".to_owned();
            settings.working_hours.schedule = Some(Hours { zone, week: Vec::new(), exceptions: Vec::new() });
            settings.working_hours.action = OffHoursAction::ContactForm;
        });
        let visitor = stage.visitor_in_chat();
        visitor.reads("@notice", "closed");
        visitor.says("My parcel is wet");
        visitor.write("@contact-name", "Zoe Blanc");
        visitor.click("@contact-send");
        visitor.has_keyboard("@contact-email");
        visitor.reads("@contact-form", "Leave an e-mail address or a telephone number");
        visitor.write("@contact-email", "zoe@mail.example");
        visitor.click("@contact-send");
        visitor.sees("@contact-thanks");
        visitor.go("about:blank");

        let ada = stage.operator(stage.rig.admin());
        ada.reads("@group-new @row", "Zoe Blanc");
        ada.reads("@group-new @row", "My parcel is wet");
        ada.accepts();
        ada.hears("My parcel is wet");
        ada.reads("@thread @event", "zoe@mail.example");
    });
}

#[test]
fn who_writes_too_much_sees_the_seconds_pass_and_loses_nothing() {
    Stage::play(Rig::start(), |stage| {
        let visitor = stage.visitor_in_chat();
        visitor.says("0");
        let mut count = 1;
        while visitor.shown("@wait").is_empty() {
            assert!(count < 400, "nothing is ever too much");
            visitor.write("@composer", &format!("{count}\u{e007}"));
            count += 1;
        }
        visitor.reads("@wait", "Your message is sent in 1 second");
        visitor.sees_no("@wait");
        visitor.sees_no("@message[data-state=sending]");
        let bubbles = visitor.texts("@message[data-author=visitor] .bubble");
        let all: Vec<_> = (0..count).map(|n| n.to_string()).collect();
        assert_eq!(bubbles, all);
    });
}

#[test]
fn an_administrator_makes_a_form_and_visitors_see_it() {
    Stage::play(Rig::start(), |stage| {
        let ada = stage.operator(stage.rig.admin());
        ada.go(&format!("{}#/channels/demo", stage.console()));
        let field = |name: &str| format!("[data-g=\"start_form-{name}\"]");
        ada.write(&field("mode"), "Before");
        ada.write(&field("name"), "Required");
        // The bar with the button that saves lies over what is at the foot of the window.
        let clicks = |name: &str| {
            let scroll = "document.querySelector(arguments[0])?.scrollIntoView({block: 'center'});";
            ada.sees(&field(name));
            ada.script(scroll, &serde_json::json!([field(name)]));
            ada.click(&field(name));
        };
        for label in ["Order number", "Colour"] {
            clicks("fields-add");
            let row = ada.shown("[data-g^=\"start_form-fields-\"][data-g$=\"-label\"]").len() - 1;
            ada.write(&field(&format!("fields-{row}-label")), label);
        }
        ada.write(&field("fields-1-kind"), "One of");
        ada.click("@save");
        // A choice needs something to choose from.
        ada.sees(".wrong [data-g=\"start_form-fields-1-options-0\"]");
        ada.write(&field("fields-1-options-0"), "Red");
        ada.write(&field("fields-1-options-1"), "Blue");
        clicks("fields-1-required");
        clicks("fields-1-up");
        ada.has_keyboard(&field("fields-0-up"));
        ada.is_accessible("the settings of a form", "main");
        ada.click("@save");
        ada.reads("@saved", "Saved");
        let form = stage.rig.admin().settings(&demo()).settings.start_form;
        let keys: Vec<_> = form.fields.iter().map(|field| field.key.as_str()).collect();
        assert_eq!(keys, ["field_2", "field_1"]);

        let visitor = stage.visitor_in_chat();
        visitor.reads("@contact-form", "Colour *");
        visitor.sees("[data-g=\"contact-field_1\"]");
        clicks("fields-1-remove");
        ada.click("@save");
        ada.reads("@saved", "Saved");
        // Who has not written yet is told when they come again.
        visitor.comes_to(&stage.shop.url());
        visitor.opens_chat();
        visitor.sees("[data-g=\"contact-field_2\"]");
        visitor.sees_no("[data-g=\"contact-field_1\"]");
    });
}

#[test]
fn a_browser_works_for_a_new_chat_without_its_visitor_noticing() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.settle(&demo(), |settings| settings.protection.proof_of_work = true);
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("Here I am");
        visitor.reads("@message[data-state=sent]", "Here I am");
        operator.accepts();
        operator.hears("Here I am");
    });
}
