//! Forms that visitors fill in, through the real worker.

use crate::fixture::{Shop, rig};
use shared::id::Seq;
use shared::reject::Code;
use shared::settings::{CustomField, LocalText, OffHoursAction, Settings, StartFormMode, Wanted};
use shared::wire::{Answer, Body, Contact, Event, FormView, FromConversation, ToConversation, VERSION};
use tests::rig::{Talk, Thread, Visitor, secret};

/// Needs a name and an order, and asks for consent.
fn asks(settings: &mut Settings, mode: StartFormMode) {
    let words = |text: &str| LocalText([("en".to_owned(), text.to_owned())].into());
    let form = &mut settings.start_form;
    form.mode = mode;
    form.name = Wanted::Required;
    let label = words("Order number");
    form.fields = vec![CustomField { key: "order".into(), label, required: true, ..CustomField::default() }];
    form.consent = words("You may keep this.");
}

fn filled() -> Contact {
    let order = Answer { key: "order".into(), value: "1234".into(), ..Answer::default() };
    let consent = "You may keep this.".into();
    Contact { name: "Zoë".into(), more: vec![order], consent, ..Contact::default() }
}

/// Says hello as the widget of this version does.
fn hello(talk: &mut Talk) -> FormView {
    let (locale, zone) = ("en".to_owned(), "Europe/Paris".to_owned());
    let hello = ToConversation::Hello { v: VERSION, cursor: Seq(0), locale, zone, plain: false, forms: true };
    talk.send(&hello);
    talk.find(|frame| match frame {
        FromConversation::Welcome { form, .. } => Some(form.clone()),
        _ => None,
    })
}

#[test]
fn nobody_writes_before_they_have_filled_in_what_is_needed() {
    let mut shop = Shop::with(rig(), "Fia", |settings| asks(settings, StartFormMode::Before));
    let secret = secret();
    let mut visitor = Visitor::open(shop.rig, shop.channel.as_str(), &secret);
    assert!(hello(&mut visitor).bars());
    let message = visitor.write("hello", None);
    assert_eq!(visitor.refused(&message), Code::FormRequired);
    visitor.send(&ToConversation::Contact(Contact { consent: String::new(), ..filled() }));
    assert_eq!(visitor.rejected(), Code::InvalidFields);
    visitor.send(&ToConversation::Contact(filled()));
    visitor.expect(|frame| *frame == FromConversation::Form(FormView::Off));
    visitor.cut();
    // It is kept, though nothing has been said yet.
    let mut visitor = Visitor::open(shop.rig, shop.channel.as_str(), &secret);
    assert_eq!(hello(&mut visitor), FormView::Off);
    visitor.say("hello");
    let offer = shop.inbox.row(|row| row.name == "Zoë");
    let mut thread = Thread::connect(&shop.operator, &offer.session.conversation);
    let entries = thread.entries();
    let known = Answer { label: "Order number".into(), ..filled().more.remove(0) };
    let told = Body::Event(Event::Contact(Contact { more: vec![known], ..filled() }));
    assert!(entries.iter().any(|entry| entry.body == told && entry.session == 1), "{entries:?}");
}

#[test]
fn who_does_not_know_forms_writes_all_the_same() {
    let shop = Shop::with(rig(), "Old", |settings| asks(settings, StartFormMode::Before));
    shop.visitor(&secret()).say("from a widget of last year");
}

#[test]
fn what_is_asked_after_the_first_message_holds_nothing_up() {
    let mut shop = Shop::with(rig(), "Aft", |settings| asks(settings, StartFormMode::After));
    let mut visitor = Visitor::open(shop.rig, shop.channel.as_str(), &secret());
    assert_eq!(hello(&mut visitor), FormView::Off);
    visitor.say("hello");
    visitor.expect(|frame| matches!(frame, FromConversation::Form(FormView::Start { before: false, .. })));
    shop.inbox.row(|row| row.name.is_empty() && row.preview == "hello");
    visitor.send(&ToConversation::Contact(filled()));
    visitor.expect(|frame| *frame == FromConversation::Form(FormView::Off));
    shop.inbox.row(|row| row.name == "Zoë");
}

#[test]
fn who_leaves_an_address_outside_of_hours_is_found_in_the_inbox_with_their_message() {
    let mut shop = Shop::with(rig(), "Nox", |settings| {
        let hours = shared::hours::Hours { zone: "UTC".into(), week: Vec::new(), exceptions: Vec::new() };
        settings.working_hours.schedule = Some(hours);
        settings.working_hours.action = OffHoursAction::ContactForm;
    });
    let mut visitor = shop.visitor(&secret());
    visitor.say("call me back");
    visitor.expect(|frame| matches!(frame, FromConversation::Form(FormView::Asked { .. })));
    let contact = Contact { name: "Zoë".into(), email: "zoe@mail.example".into(), ..Contact::default() };
    visitor.send(&ToConversation::Contact(contact.clone()));
    visitor.expect(|frame| *frame == FromConversation::Form(FormView::Given));
    visitor.cut();
    let row = shop.inbox.row(|row| row.name == "Zoë");
    assert_eq!(row.preview, "call me back");
    let mut thread = Thread::connect(&shop.operator, &row.session.conversation);
    let told = Body::Event(Event::Contact(contact));
    assert!(thread.entries().iter().any(|entry| entry.body == told));
}
