//! A page that lives long, as those do that never load another one: what the widget takes it gives back.

use serde_json::json;
use std::cell::Cell;
use tests::browser::{Held, Stage, Visitor};
use tests::rig::Rig;

/// How often something is done and undone, in parts that a browser's patience with a script allows.
const PARTS: u32 = 10;
const TIMES: u32 = 10;

/// Fewer than one thing each time: the browser keeps some things of its own a little longer.
const AIR: u64 = 50;

/// Waits for a condition in the page.
const WAIT: &str = "const root = () => document.querySelector('guichet-chat')?.shadowRoot;
    const until = async (look) => {
        for (const end = Date.now() + 20000; !look();) {
            if (Date.now() > end) throw new Error(`in vain: ${look}`);
            await new Promise((on) => setTimeout(on, 5));
        }
    };
    const panel = () => root()?.querySelector('.panel:not([hidden])');";

/// A visitor with a message in the log, so that there is something to hold.
fn visitor_with_history(stage: &Stage) -> Visitor {
    let visitor = stage.visitor_in_chat();
    visitor.says("Hello");
    visitor.is_told("Hello", "sent");
    visitor.reads("@message[data-author=channel]", "thank you");
    visitor
}

/// Does something many times; what is held more after it than after the first times.
fn grows(visitor: &Visitor, act: &str) -> Held {
    let script = format!("{WAIT} for (let left = {TIMES}; left > 0; left -= 1) {{ {act} }}");
    visitor.script(&script, &json!([]));
    let before = visitor.held();
    for _ in 0..PARTS {
        visitor.script(&script, &json!([]));
    }
    let after = visitor.held();
    Held {
        nodes: after.nodes.saturating_sub(before.nodes),
        listeners: after.listeners.saturating_sub(before.listeners),
        documents: after.documents.saturating_sub(before.documents),
    }
}

fn holds_no_more(grown: Held) {
    assert!(grown.nodes < AIR && grown.listeners < AIR && grown.documents == 0, "{grown:?}");
}

#[test]
fn opening_and_closing_a_hundred_times_leaves_nothing_behind() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = visitor_with_history(stage);
        visitor.sockets();
        holds_no_more(grows(
            &visitor,
            "Guichet.close(); await until(() => !panel()); Guichet.open(); await until(panel);",
        ));
        assert_eq!(visitor.sockets(), (0, 0), "the panel has a socket of its own each time");

        // What the meter is for.
        let lost = "window.kept ??= []; kept.push(document.createElement('p'));
            kept.at(-1).addEventListener('click', () => kept);";
        let grown = grows(&visitor, lost);
        assert!(grown.nodes >= 100 && grown.listeners >= 100, "the meter is blind: {grown:?}");
    });
}

#[test]
fn starting_and_ending_a_hundred_times_leaves_nothing_behind() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let visitor = visitor_with_history(stage);
        visitor.sockets();
        let grown = grows(
            &visitor,
            "Guichet.shutdown(); await until(() => !root());
            Guichet.boot('demo'); Guichet.open('demo'); await until(() => panel()?.querySelector('[data-g=message]'));",
        );
        holds_no_more(grown);
        visitor.script("Guichet.shutdown();", &json!([]));
        visitor.until("the launcher is gone", || visitor.all("@launcher").is_empty().then_some(()));
        let (opened, closed) = visitor.sockets();
        assert!(opened >= 100, "{opened} sockets: it did not start each time");
        // The first one was opened before.
        let closed = Cell::new(closed);
        visitor.until("every socket is closed", || {
            closed.set(closed.get() + visitor.sockets().1);
            (closed.get() == opened + 1).then_some(())
        });
    });
}
