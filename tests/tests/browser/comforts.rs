//! What a visitor may expect of a chat beside messages: what is new is marked, history comes as one scrolls, and it can be kept.

use serde_json::json;
use shared::settings::Names;
use shared::wire::{FromConversation, SessionView, ToConversation};
use tests::browser::Stage;
use tests::rig::{Rig, Thread, demo, message_id};

#[test]
fn what_is_new_is_marked_and_counted_in_the_title() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        let title = visitor.title();
        visitor.says("Are you there?");
        operator.accepts();
        visitor.reads("@event", "is with you now");
        visitor.sees_no("@new");
        visitor.click("@close");
        operator.says("Yes, I am.");
        operator.says("What is it about?");
        visitor.until("the title counts", || (visitor.title() == format!("(2) {title}")).then_some(()));
        visitor.click("@launcher");
        visitor.reads("@new", "New messages");
        let lines = "const root = document.querySelector('guichet-chat').shadowRoot;
            return [...root.querySelectorAll('ol > li')].map((line) => line.dataset.g + ':' + line.innerText.split('\\n')[0]);";
        let lines = visitor.script(lines, &json!([]));
        let lines: Vec<_> =
            lines.as_array().expect("lines").iter().filter_map(|line| line.as_str()).collect();
        let at = lines.iter().position(|line| line.starts_with("new:")).expect("the mark");
        assert!(lines[at + 1].starts_with("message:"), "{lines:?}");
        assert_eq!(lines.len() - at - 1, 2, "{lines:?}");
        visitor.until("the title is as before", || (visitor.title() == title).then_some(()));
        visitor.is_accessible("the widget, with the mark of what is new", "guichet-chat");
        visitor.says("A lamp");
        visitor.sees_no("@new");
    });
}

#[test]
fn history_comes_as_one_scrolls_and_the_whole_can_be_kept() {
    Stage::play(Rig::start(), |stage| {
        let admin = stage.rig.admin();
        let operator = stage.operator(admin);
        let visitor = stage.visitor_in_chat();
        visitor.says("The first word");
        operator.accepts();
        visitor.reads("@event", "is with you now");
        let conversation = operator.sees("@thread").attribute("data-conversation").parse().expect("an id");
        let mut thread = Thread::connect(admin, &conversation);
        let FromConversation::Welcome { session: SessionView::Active { epoch, .. }, .. } = thread.welcome
        else {
            panic!("{:?}", thread.welcome)
        };
        for number in 1..=55 {
            let (id, text) = (message_id(), format!("Line {number}"));
            thread.send(&ToConversation::Send {
                id: id.clone(),
                text,
                note: false,
                epoch: Some(epoch),
                file: false,
            });
            thread.acked(&id);
        }
        visitor.reload();
        visitor.opens_chat();
        visitor.hears("Line 55");
        assert!(!visitor.bubbles().contains(&"The first word".to_owned()));
        visitor.until("all of it was scrolled to", || {
            let up = "document.querySelector('guichet-chat').shadowRoot.querySelector('[data-g=messages]').scrollTop = -1e6;";
            visitor.script(up, &json!([]));
            visitor.bubbles().contains(&"The first word".to_owned()).then_some(())
        });

        visitor.reload();
        visitor.opens_chat();
        visitor.hears("Line 55");
        let listen = "window.kept = []; const make = URL.createObjectURL;
            URL.createObjectURL = (blob) => { blob.text().then((text) => window.kept.push(text)); return make(blob); };";
        visitor.script(listen, &json!([]));
        visitor.click("@more");
        visitor.is_accessible("the widget, with what else one can do", "guichet-chat");
        visitor.click("@transcript");
        let kept = visitor.until("the transcript is saved", || {
            visitor.script("return window.kept[0] ?? null;", &json!([])).as_str().map(str::to_owned)
        });
        let said: Vec<_> = kept.lines().filter(|line| line.contains(": ")).collect();
        assert!(said[0].ends_with("You: The first word"), "{kept}");
        assert!(said.last().is_some_and(|line| line.ends_with(": Line 55")), "{kept}");
        assert!(kept.contains("is with you now"), "{kept}");
    });
}

#[test]
fn a_visitor_who_looks_elsewhere_hears_a_sound_unless_they_mute_it() {
    Stage::play(Rig::start(), |stage| {
        let listen = "window.notes = 0;
            const make = AudioContext.prototype.createOscillator;
            AudioContext.prototype.createOscillator = function () { window.notes += 1; return make.call(this); };";
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.script(listen, &json!([]));
        let notes = || visitor.script("return window.notes;", &json!([])).as_u64();
        visitor.says("Hello");
        operator.accepts();
        operator.says("One moment");
        visitor.hears("One moment");
        assert_eq!(notes(), Some(0), "it is before their eyes");
        visitor.click("@close");
        operator.says("Here it is");
        visitor.until("a sound is played", || notes().filter(|notes| *notes > 0));

        visitor.click("@launcher");
        visitor.click("@more");
        assert_eq!(visitor.sees("@sound").attribute("aria-pressed"), "true");
        visitor.click("@sound");
        assert_eq!(visitor.sees("@sound").attribute("aria-pressed"), "false");
        visitor.script("window.notes = 0;", &json!([]));
        visitor.press(&['\u{e00c}']);
        visitor.sees_no("@sound");
        visitor.click("@close");
        operator.says("Anything else?");
        visitor.until("it is counted", || visitor.title().starts_with("(1)").then_some(()));
        assert_eq!(notes(), Some(0), "muted");
        visitor.reload();
        visitor.opens_chat();
        visitor.click("@more");
        assert_eq!(visitor.sees("@sound").attribute("aria-pressed"), "false", "it is remembered");
    });
}

#[test]
fn visitors_know_those_who_answer_by_the_names_that_the_channel_shows() {
    Stage::play(Rig::start(), |stage| {
        let admin = stage.rig.admin();
        let (id, real) = (admin.me.id.clone(), admin.me.name.clone());
        stage.rig.settle(&demo(), |settings| {
            settings.appearance.names = Names::Alias;
            settings.appearance.aliases = [(id.clone(), "Zélie".to_owned())].into();
        });
        let operator = stage.operator(admin);
        let visitor = stage.visitor_in_chat();
        visitor.says("Who is there?");
        operator.accepts();
        visitor.reads("@event", "Zélie is with you now");
        operator.write("@composer", "It is me.");
        visitor.reads("@typing", "Zélie is writing");
        operator.click("@send");
        visitor.hears("It is me.");
        visitor.reads("@status", "Zélie answers you");
        let whole = "return document.querySelector('guichet-chat').shadowRoot.querySelector('[data-g=panel]').innerText;";
        let seen = visitor.script(whole, &json!([])).as_str().unwrap_or_default().to_owned();
        assert!(!seen.contains(&real), "{seen}");
    });
}
