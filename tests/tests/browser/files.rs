//! Files in the chat: chosen, dropped and pasted, on their way, drawn and saved.

use serde_json::{Value, json};
use tests::browser::{Page, Stage};
use tests::rig::Rig;

/// A picture of 64 by 40 pixels.
pub(crate) const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAoCAIAAADBrGu+AAAAR0lEQVR42u3PoQ0AIAwAwXomxXR2BEF3gZo6xCUv31ys3G3vnrbf/gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAmPwFLyatD4sSC8YAAAAASUVORK5CYII=";

/// Gives a page's chat a file: `how` is `change`, `paste` or `drop`.
const GIVE: &str = "const [name, base64, how] = arguments;
    const root = document.querySelector('guichet-chat')?.shadowRoot ?? document;
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type: 'image/png' }));
    const input = root.querySelector('[data-g=file-input]');
    if (how === 'change') {
        input.files = data.files;
        return input.dispatchEvent(new Event('change', { bubbles: true }));
    }
    const field = root.querySelector('textarea[data-g=composer]');
    const event = how === 'paste'
        ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true })
        : new DragEvent('drop', { dataTransfer: data, bubbles: true, composed: true, cancelable: true });
    return field.dispatchEvent(event);";

pub(crate) fn give(page: &Page, name: &str, base64: &str, how: &str) {
    page.script(GIVE, &json!([name, base64, how]));
}

/// The size of the picture that is drawn of a file, and of what stands in its middle.
const DRAWN: &str = "const root = document.querySelector('guichet-chat')?.shadowRoot ?? document;
    const canvas = [...root.querySelectorAll('canvas')].find((one) => one.ariaLabel === arguments[0]);
    if (!canvas || canvas.hidden) return null;
    const pixel = canvas.getContext('2d').getImageData(32, 20, 1, 1).data;
    return [canvas.width, canvas.height, ...pixel];";

fn draws(page: &Page, name: &str) {
    page.until(&format!("{name} is drawn"), || {
        let drawn = page.script(DRAWN, &json!([name]));
        (drawn == json!([64, 40, 11, 110, 105, 255])).then_some(())
    });
}

#[test]
fn files_are_chosen_dropped_and_pasted_and_seen_on_both_sides() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.until("the dialogue is told what is taken", || {
            visitor.all("@file-input[accept^='image/*,.pdf']").first().map(|_| ())
        });
        give(&visitor, "broken lamp.png", PNG, "change");
        visitor.reads("@message[data-author=visitor][data-state=sent]", "broken lamp.png");
        draws(&visitor, "broken lamp.png");
        visitor.is_accessible("the widget, a file", "guichet-chat");
        operator.reads("@row", "broken lamp.png");
        operator.accepts();
        operator.reads("@file", "broken lamp.png");
        draws(&operator, "broken lamp.png");
        operator.is_accessible("the console, a thread with a file", "html");

        give(&visitor, "dropped.png", PNG, "drop");
        draws(&operator, "dropped.png");
        give(&operator, "pasted.png", PNG, "paste");
        operator.reads("@message[data-author=operator]", "pasted.png");
        draws(&visitor, "pasted.png");

        // A click saves it, from a link of its own; the page stays where it is.
        let address = visitor.script("return location.href;", &json!([]));
        visitor.traffic();
        visitor.click("@message[data-author=operator] @file");
        visitor.until("the file is fetched", || {
            visitor.traffic().iter().any(|url| url.contains("/f/")).then_some(())
        });
        assert_eq!(visitor.script("return location.href;", &json!([])), address);
    });
}

#[test]
fn what_is_no_picture_is_refused_whatever_it_is_called() {
    Stage::play(Rig::start(), |stage| {
        let visitor = stage.visitor_in_chat();
        // <svg onload=alert(1)>
        visitor.expects("/f/");
        give(&visitor, "photo.png", "PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+", "change");
        visitor.reads("@message[data-state=failed]", "Files of this kind cannot be sent here.");
        visitor.is_accessible("the widget, a refused file", "guichet-chat");
        visitor.click("@discard");
        visitor.sees_no("@message[data-state=failed]");
    });
}

#[test]
fn a_file_of_an_outage_arrives_once_when_the_worker_is_back() {
    Stage::play(Rig::start(), |stage| {
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor_in_chat();
        visitor.says("I have a photo");
        operator.accepts();
        operator.hears("I have a photo");
        for page in [&*visitor, &*operator] {
            page.expects("WebSocket connection to");
            page.expects("net::ERR_CONNECTION_REFUSED");
        }
        stage.rig.worker().kill_hard().expect("the worker ends");
        visitor.reads("@banner", "No connection");
        give(&visitor, "storm.png", PNG, "change");
        visitor.reads("@message[data-state=sending]", "storm.png");
        give(&visitor, "given up.png", PNG, "change");
        visitor.counts("@file-cancel", 2);
        visitor.click("@message:last-child @file-cancel");
        visitor.counts("@file", 1);

        stage.rig.worker().restart().expect("the worker starts again");
        visitor.reads("@message[data-author=visitor]:not([data-state=sending])", "storm.png");
        draws(&visitor, "storm.png");
        draws(&operator, "storm.png");
        visitor.says("Did it arrive?");
        operator.hears("Did it arrive?");
        let files = |page: &Page| page.texts("@file").len();
        assert_eq!((files(&visitor), files(&operator)), (1, 1));

        // What was sent is there after a reload too, and drawn anew.
        visitor.reload();
        visitor.opens_chat();
        draws(&visitor, "storm.png");
        let stored: Value = visitor
            .script("return Object.keys(localStorage).filter((key) => key.includes('.out.'));", &json!([]));
        assert_eq!(stored, json!([]), "nothing waits any more");
    });
}
