use super::*;
use crate::settings::{Appearance, Names};

fn shown(names: Names) -> Rig {
    let aliases = [(ana().id, "Zélie".to_owned())].into();
    let appearance = Appearance { names, aliases, title: words("The shop"), ..Appearance::default() };
    let automatic = Automatic {
        greeting: Greeting::Off,
        closing_text: words("{operator} says goodbye"),
        ..Automatic::default()
    };
    let mut rig = Rig::with(Settings { appearance, automatic, ..quiet() });
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.opens(3, Who::Operator { face: ben(), role: Role::Supervisor });
    rig.says(3, hello(0)).unwrap();
    rig
}

/// What the visitor and Ana are sent, as JSON.
fn told(rig: &Rig) -> (String, String) {
    let all = |socket| rig.sent(socket).iter().map(|frame| serde_json::to_string(frame).unwrap()).collect();
    (all(1), all(2))
}

#[test]
fn visitors_know_operators_by_the_names_that_the_channel_shows() {
    for (names, ana_is, ben_is) in [
        (Names::Real, "Ana", "Ben"),
        (Names::Alias, "Zélie", "Ben"),
        (Names::Generic, "The shop", "The shop"),
    ] {
        let mut rig = shown(names);
        let check = |rig: &Rig, what: &str, wanted: &str| {
            let (visitor, operator) = told(rig);
            assert!(visitor.contains(&format!("\"{wanted}")), "{names:?} {what}: {visitor}");
            for real in ["Ana", "Ben"].iter().filter(|real| **real != ana_is && **real != ben_is) {
                assert!(!visitor.contains(real), "{names:?} {what}: {visitor}");
            }
            assert!(!operator.contains("\"Zélie\""), "{names:?} {what}: {operator}");
        };
        rig.assigned(3, ana());
        check(&rig, "assigned", ana_is);
        rig.says(2, ToConversation::Typing { on: true }).unwrap();
        check(&rig, "typing", ana_is);
        rig.replies(2, 2, 3).unwrap();
        check(&rig, "a reply", ana_is);
        rig.says(3, ToConversation::Join {}).unwrap();
        check(&rig, "joined", ben_is);
        rig.says(3, ToConversation::Leave {}).unwrap();
        check(&rig, "left", ben_is);
        rig.says(2, ToConversation::Close { epoch: Epoch(3) }).unwrap();
        assert!(told(&rig).0.contains(&format!("{ana_is} says goodbye")), "{names:?}");
        check(&rig, "closing", ana_is);
        // What is stored names operators for operators, whatever visitors were told.
        let reply = rig.log().into_iter().find(|entry| entry.id == Some(message(2))).unwrap().clone();
        assert_eq!(reply.author, Author::Operator { name: "Ana".into(), id: Some(ana().id) });
    }
}

#[test]
fn what_was_said_under_a_name_stays_under_it() {
    let mut rig = shown(Names::Alias);
    rig.assigned(3, ana());
    rig.replies(2, 2, 3).unwrap();
    rig.rules(2, quiet());
    let stored = rig.records.values().find_map(|record| match record {
        Record::Entry(stored) if stored.entry.id == Some(message(2)) => Some(stored.clone()),
        _ => None,
    });
    let author = stored.unwrap().for_side(Side::Visitor).unwrap().author;
    assert_eq!(author, Author::Operator { name: "Zélie".into(), id: None });
}
