//! The start form, before or after the first message, and what keeps a flood away.

use super::*;
use crate::form::{Field, Form as Asked, Kind as Holds};
use crate::settings::{CustomField, StartForm, StartFormMode, Wanted};
use crate::wire::Answer;

/// A channel that asks for a name, which it needs, an e-mail address, which it does not, and an order.
fn asking(mode: StartFormMode) -> Settings {
    let order = CustomField { key: "order".into(), label: words("Order"), ..CustomField::default() };
    let start_form = StartForm {
        mode,
        name: Wanted::Required,
        email: Wanted::Optional,
        fields: vec![order],
        consent: words("You may keep this."),
        ..StartForm::default()
    };
    Settings { start_form, ..quiet() }
}

fn filled(name: &str) -> Contact {
    let order = Answer { key: "order".into(), label: "a lie".into(), value: " 12 ".into() };
    let other = Answer { key: "secret".into(), value: "not asked".into(), ..Answer::default() };
    let consent = "You may keep this.".into();
    Contact { name: name.into(), consent, more: vec![order, other], ..Contact::default() }
}

impl Rig {
    fn fills(&mut self, contact: &Contact) -> Result<(), Reject> {
        self.says(1, ToConversation::Contact(contact.clone()))
    }

    /// What the visitor sees now, as a window that opens is told.
    fn form(&mut self) -> FormView {
        self.opens(9, Who::Visitor);
        self.says(9, hello(0)).unwrap();
        let form = self.sent(9).into_iter().find_map(|frame| match frame {
            FromConversation::Welcome { form, .. } => Some(form.clone()),
            _ => None,
        });
        self.input(T0, Input::Gone { socket: Socket(9) }).unwrap();
        form.unwrap()
    }

    fn contacts(&self) -> Vec<(u32, Contact)> {
        let contact = |entry: &Entry| match &entry.body {
            Body::Event(Event::Contact(contact)) => Some((entry.session, contact.clone())),
            _ => None,
        };
        self.log().into_iter().filter_map(contact).collect()
    }
}

#[test]
fn nothing_is_said_before_the_form_is_filled_in() {
    let mut rig = Rig::with(asking(StartFormMode::Before));
    assert!(rig.form().bars());
    assert_eq!(rig.writes(1, 1), Err(Reject(Code::FormRequired)));
    assert!(rig.records.is_empty());
    for wrong in [Contact::default(), filled(" "), Contact { consent: "Anything".into(), ..filled("Zoë") }] {
        assert_eq!(rig.fills(&wrong), Err(Reject(Code::InvalidFields)));
    }
    rig.fills(&filled(" Zoë  B ")).unwrap();
    assert!(matches!(rig.sent(1).last(), Some(FromConversation::Form(FormView::Off))));
    // What was filled in is kept, also if nothing is said for long.
    rig.crashes();
    rig.opens(1, Who::Visitor);
    rig.says(1, hello(0)).unwrap();
    assert_eq!(rig.form(), FormView::Off);
    rig.writes(1, 1).unwrap();
    let order = Answer { key: "order".into(), label: "Order".into(), value: "12".into() };
    let kept = Contact { name: "Zoë B".into(), more: vec![order], ..filled("") };
    assert_eq!(rig.contacts(), [(1, kept)], "as it was asked, in the session that it begins");
    rig.offered(2, ana());
    assert!(matches!(rig.told().first(), Some(Note::Row(row)) if row.name == "Zoë B"));
}

#[test]
fn the_same_form_twice_is_told_once() {
    let mut rig = Rig::with(asking(StartFormMode::Before));
    rig.fills(&filled("Zoë")).unwrap();
    rig.fills(&filled("Zoë")).unwrap();
    assert_eq!(rig.contacts().len(), 1);
}

#[test]
fn a_later_session_asks_only_for_what_is_needed_and_not_known() {
    let mut rig = Rig::with(asking(StartFormMode::Before));
    rig.fills(&filled("Zoë")).unwrap();
    rig.writes(1, 1).unwrap();
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.form(), FormView::Off, "the e-mail address is optional, and was asked for");
    let mut settings = asking(StartFormMode::Before);
    settings.start_form.phone = Wanted::Required;
    settings.start_form.consent = words("You may sell this.");
    rig.rules(2, settings);
    let FormView::Start { before: true, form } = rig.form() else { panic!("nothing is asked") };
    assert_eq!(form.fields, [Field::known(Holds::Phone, true)]);
    assert_eq!(form.consent.map(|consent| consent.text).as_deref(), Some("You may sell this."));
    assert_eq!(rig.writes(1, 2), Err(Reject(Code::FormRequired)));
    let more = Contact { phone: "123".into(), consent: "You may sell this.".into(), ..Contact::default() };
    rig.fills(&more).unwrap();
    rig.writes(1, 2).unwrap();
    let sessions: Vec<_> = rig.contacts().into_iter().map(|(session, _)| session).collect();
    assert_eq!(sessions, [1, 2]);
}

#[test]
fn the_end_of_a_session_shows_the_form_of_the_next() {
    let mut rig = Rig::with(quiet());
    rig.writes(1, 1).unwrap();
    rig.rules(2, asking(StartFormMode::Before));
    rig.writes(1, 2).unwrap();
    rig.says(1, ToConversation::End {}).unwrap();
    assert!(rig.sent(1).iter().any(|frame| matches!(frame, FromConversation::Form(form) if form.bars())));
}

#[test]
fn what_is_not_needed_does_not_bar_the_way() {
    let mut settings = asking(StartFormMode::Before);
    settings.start_form.name = Wanted::Optional;
    settings.start_form.consent = LocalText::default();
    let mut rig = Rig::with(settings);
    assert!(matches!(rig.form(), FormView::Start { before: true, .. }));
    rig.writes(1, 1).unwrap();
    assert_eq!(rig.form(), FormView::Off);
}

#[test]
fn after_the_first_message_the_form_bars_nothing() {
    let mut rig = Rig::with(asking(StartFormMode::After));
    assert_eq!(rig.form(), FormView::Off);
    rig.writes(1, 1).unwrap();
    assert!(matches!(rig.form(), FormView::Start { before: false, .. }));
    rig.writes(1, 2).unwrap();
    rig.crashes();
    rig.opens(1, Who::Visitor);
    rig.says(1, hello(0)).unwrap();
    rig.fills(&filled("Zoë")).unwrap();
    assert_eq!(rig.form(), FormView::Off);
    assert_eq!(rig.contacts().len(), 1);
}

#[test]
fn a_form_that_is_switched_on_meanwhile_waits_for_the_next_session() {
    let mut rig = Rig::with(quiet());
    rig.writes(1, 1).unwrap();
    rig.rules(2, asking(StartFormMode::After));
    assert_eq!(rig.form(), FormView::Off);
}

#[test]
fn who_draws_no_forms_is_asked_nothing() {
    for plain in [false, true] {
        let mut rig = Rig::with(asking(StartFormMode::Before));
        let frame = ToConversation::Hello {
            v: 1,
            cursor: Seq(0),
            locale: "en".into(),
            zone: String::new(),
            plain,
            forms: plain,
        };
        rig.opens(5, Who::Visitor);
        rig.says(5, frame).unwrap();
        rig.writes(5, 1).unwrap();
        assert_eq!(rig.fills(&filled("Zoë")), Err(Reject(Code::NoSession)));
    }
}

#[test]
fn how_to_reach_the_visitor_is_asked_before_what_may_follow_the_first_message() {
    let mut settings = asking(StartFormMode::After);
    settings.no_answer = NoAnswer { action: NoAnswerAction::ContactForm, ..NoAnswer::default() };
    let mut rig = Rig::with(settings);
    rig.writes(1, 1).unwrap();
    rig.rings();
    assert!(matches!(rig.form(), FormView::Asked { .. }));
    rig.fills(&Contact { name: "Zoë".into(), email: "z@e.example".into(), ..Contact::default() }).unwrap();
    let FormView::Start { before: false, form } = rig.form() else { panic!("nothing more is asked") };
    let order = Field { key: "order".into(), label: "Order".into(), ..Field::known(Holds::Text, false) };
    assert_eq!(
        form,
        Asked { fields: vec![order], ..asking(StartFormMode::After).start_form.in_language("en") }
    );
    rig.fills(&filled("")).unwrap();
    assert_eq!(rig.form(), FormView::Given);
}

// ---------------------------------------------------------------------------------------------------------------- floods

#[test]
fn a_visitor_who_writes_too_much_is_told_how_long_to_wait() {
    let mut rig = Rig::new();
    rig.opens(5, Who::Visitor);
    rig.says(5, hello(0)).unwrap();
    let most = limits::MESSAGES.burst;
    for n in 0..most {
        rig.writes(if n % 2 == 0 { 1 } else { 5 }, n).unwrap();
    }
    assert_eq!(rig.writes(5, most), Err(Reject(Code::TooFast)), "in all windows together");
    assert_eq!(rig.core.retry_after(T0, Code::TooFast), Some(limits::MESSAGES.every));
    assert_eq!(rig.writes(5, 0), Ok(()), "a repeat is answered");
    rig.says_at(T0 + limits::MESSAGES.every, 5, send(most, "Hello", None)).unwrap();
}

#[test]
fn a_channel_that_is_flooded_takes_no_new_sessions_for_a_while() {
    let mut rig = Rig::new();
    let until = T0 + Millis::seconds(20);
    rig.input(T0, Input::Own(Own::Paused(until))).unwrap();
    assert_eq!(rig.writes(1, 1), Err(Reject(Code::Throttled)));
    let wait = Some(Millis::seconds(20));
    assert_eq!(rig.core.retry_after(T0, Code::Throttled), wait);
    assert!(rig.records.is_empty());
    rig.says_at(until, 1, send(1, "Hello", None)).unwrap();
    rig.input(T0, Input::Own(Own::Paused(until + Millis::days(1)))).unwrap();
    rig.says_at(until, 1, send(2, "Hello", None)).unwrap();
    assert_eq!(rig.core.session().map(|session| session.number), Some(1), "what goes on is not concerned");
}
