//! Drives a visitor and an operator through the main screens and writes pictures of them: those that documents show below
//! `docs/screens`, the others below `target/screens`.

#![allow(clippy::disallowed_methods, reason = "this program runs natively and may read the clock")]

use serde_json::json;
use shared::api::Role;
use shared::hours::{Hours, Interval};
use shared::settings::{CustomField, CustomKind, LocalText, StartForm, StartFormMode, Wanted};
use shared::time::Millis;
use std::fmt::Display;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use tests::browser::{Operator, Page, Stage, Visitor};
use tests::rig::{self, Account, Rig, demo, secret};
use xtask::{files, paths};

/// Time passes faster, so that the ages in the inbox differ.
const CLOCK_RATE: u32 = 12;

/// A kind of picture.
struct Look {
    name: &'static str,
    dark: bool,
    size: (u32, u32),
    phone: bool,
}

const LOOKS: [Look; 3] = [
    Look { name: "light", dark: false, size: (1200, 750), phone: false },
    Look { name: "dark", dark: true, size: (1200, 750), phone: false },
    Look { name: "phone", dark: false, size: (390, 844), phone: true },
];

fn main() -> ExitCode {
    if let Some(word) = std::env::args().nth(1) {
        eprintln!("`screens` takes no arguments, not even {word}.");
        return ExitCode::from(2);
    }
    let camera = Camera { shown: paths::at("docs/screens"), other: paths::at("target/screens") };
    let stage = Stage::new(Rig::with().clock_rate(CLOCK_RATE).start());
    let lea = opening(&stage, &camera);
    let operator = stage.operator(&lea);
    camera.console(&operator, "empty");
    let visitor = stage.visitor();
    arrival(&stage, &camera, &visitor, &operator);
    talk(&camera, &visitor, &operator);
    ending(&camera, &visitor, &operator);
    hosted(&stage, &camera);
    form(&stage, &camera);
    closed(&stage, &camera);
    settings(&camera, &operator);
    ExitCode::SUCCESS
}

/// The first screens of all, and the people who will answer.
fn opening(stage: &Stage, camera: &Camera) -> Account {
    let newcomer = stage.stranger();
    newcomer.go(&stage.setup_link());
    newcomer.sees("@setup-form");
    camera.console(&newcomer, "setup");
    let lea = stage.rig.join_as("L\u{e9}a Martin", Role::Admin);
    stage.rig.seat(&demo(), &[&lea]);
    newcomer.go("about:blank");
    newcomer.go(&stage.console());
    newcomer.sees("@password");
    camera.other(&newcomer, "console-signin");
    stage.rig.settle(&demo(), |settings| {
        settings.appearance.title = english("Maison Ficelle");
        settings.appearance.welcome = english("Usually answers in a few minutes");
        settings.queue.response_limit = Millis::minutes(30);
    });
    lea
}

/// Visitors arrive; some are answered, some wait.
fn arrival(stage: &Stage, camera: &Camera, visitor: &Visitor, operator: &Operator) {
    let mut others = Vec::new();
    let mut comes = |words: &str| {
        let mut other = rig::Visitor::connect(&stage.rig, "demo", &secret());
        other.say(words);
        operator.reads("@row", words);
        others.push(other);
    };
    comes("Good morning. Is the marbled paper fit for a fountain pen?");
    operator.accepts();
    operator.says("It is: 90 g, and sized on one side. Write on the back.");
    operator.reads("@group-answered @row", "Write on the back");
    comes("My parcel was to come on Friday, order 2207");
    operator.accepts();
    operator.reads("@group-work @row", "order 2207");
    operator.go(&stage.console());
    operator.is_at_desk();

    visitor.comes_to(&stage.shop.url());
    camera.widget(visitor, "closed");
    visitor.opens_chat();
    visitor.has_keyboard("@composer");
    camera.other(visitor, "widget-open");
    visitor.says("Hello, do you wrap parcels for Portugal?");
    visitor.reads("@message[data-author=channel]", "Someone will be with you");
    visitor.is_told("Portugal", "sent");
    camera.widget(visitor, "greeting");
    operator.reads("@group-new @row", "Portugal");
    comes("Do you sell the string by the metre?");
    comes("\u{5d4}\u{5d0}\u{5dd} \u{5d9}\u{5e9} \u{5d3}\u{5d9}\u{5d5} \u{5db}\u{5d7}\u{5d5}\u{5dc}?");
    camera.console(operator, "inbox");
    let first = "@group-new @row:first-child .row-open";
    operator.click(first);
    operator.sees("@thread @accept");
    camera.other(operator, "console-offer");
    operator.click("@thread @accept");
    operator.sees("@thread @composer");
}

/// A talk, as both see it.
fn talk(camera: &Camera, visitor: &Visitor, operator: &Operator) {
    operator.says("Good afternoon. We do, and we tie them with red linen string.");
    operator.says("Two sheets of paper and a notebook take nine days to Lisbon.");
    visitor.hears("nine days");
    visitor.says("Wonderful. Could you add a card?");
    operator.hears("Could you add a card?");
    operator.click("@note-toggle");
    operator.says("Cards are in the second drawer.");
    operator.reads("@message[data-note=true]", "second drawer");
    operator.click("@note-toggle");
    operator.says("With pleasure. What shall it say?");
    visitor.says("For In\u{ea}s, who still writes letters");
    operator.hears("still writes letters");
    visitor.is_told("still writes letters", "read");
    attach(visitor, "flowers.png");
    operator.reads("@file", "flowers.png");
    for page in [&**visitor, &**operator] {
        page.until("the picture is drawn", || page.shown("canvas").first().map(|_| ()));
    }
    visitor.click("@more");
    camera.widget(visitor, "more");
    visitor.click("@more");
    operator.write("@composer", "It is on its way tomorrow");
    visitor.sees("@typing");
    camera.widget(visitor, "conversation");
    visitor.write("@composer", "Thank you, that is lovely");
    operator.sees("@thread @typing");
    camera.console(operator, "thread");
    operator.click("@send");
    visitor.click("@send");
    operator.hears("Thank you");
    operator.click("@thread @close");
    operator.sees("@close-confirm");
    camera.other(operator, "console-close");
}

/// Gives a page's chat a picture, drawn by the page itself.
fn attach(page: &Page, name: &str) {
    let draw = "const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [640, 400];
        const pen = canvas.getContext('2d');
        const sky = pen.createLinearGradient(0, 0, 0, 400);
        sky.addColorStop(0, '#dfeee9');
        sky.addColorStop(1, '#f6f4f0');
        pen.fillStyle = sky;
        pen.fillRect(0, 0, 640, 400);
        for (let n = 0; n < 9; n += 1) {
            const [x, y] = [60 + n * 65, 150 + (n * 83) % 130];
            pen.strokeStyle = '#5d8a66';
            pen.lineWidth = 5;
            pen.beginPath();
            pen.moveTo(x, y);
            pen.quadraticCurveTo(x + 14, y + 120, x - 8, 400);
            pen.stroke();
            pen.fillStyle = ['#c4473a', '#e0a030', '#7a5ba6'][n % 3];
            for (let leaf = 0; leaf < 6; leaf += 1) {
                pen.beginPath();
                pen.ellipse(x, y, 13, 34, (leaf * Math.PI) / 3, 0, 2 * Math.PI);
                pen.fill();
            }
        }
        const bytes = Uint8Array.from(atob(canvas.toDataURL().split(',')[1]), (c) => c.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], arguments[0], { type: 'image/png' }));
        const input = document.querySelector('guichet-chat').shadowRoot.querySelector('[data-g=file-input]');
        input.files = data.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    page.script(draw, &json!([name]));
}

/// What a visitor is asked before they write.
fn form(stage: &Stage, camera: &Camera) {
    let asks = StartForm {
        mode: StartFormMode::Before,
        name: Wanted::Required,
        email: Wanted::Required,
        phone: Wanted::Off,
        fields: vec![CustomField {
            key: "order".into(),
            label: english("Order number"),
            kind: CustomKind::Text,
            options: Vec::new(),
            required: false,
        }],
        consent: english("The shop may keep this chat to answer me."),
        privacy_url: "https://shop.example/privacy".into(),
    };
    stage.rig.settle(&demo(), |settings| settings.start_form = asks.clone());
    let visitor = stage.visitor_in_chat();
    visitor.sees("@contact-form");
    camera.widget(&visitor, "form");
    visitor.click("@contact-send");
    camera.other(&visitor, "widget-form-wrong");
    stage.rig.settle(&demo(), |settings| settings.start_form = StartForm::default());
}

/// The end, and what the visitor thinks of it.
fn ending(camera: &Camera, visitor: &Visitor, operator: &Operator) {
    operator.click("@close-confirm");
    visitor.sees("@rate-good");
    camera.widget(visitor, "rating");
    visitor.click("@rate-good");
    visitor.write("@comment", "Quick, kind, and a card too");
    camera.other(visitor, "widget-comment");
    visitor.click("@rate-submit");
    visitor.sees("@thanks");
    camera.widget(visitor, "thanks");
    operator.reads("@thread @event", "a card too");
    camera.other(operator, "console-rated");
}

/// The channel's own page, and the same in a frame.
fn hosted(stage: &Stage, camera: &Camera) {
    let reader = stage.visitor();
    reader.go(&format!("{}/c/demo", stage.rig.origin()));
    reader.has_keyboard("@composer");
    reader.says("Is the shop open on Sunday?");
    reader.reads("@message[data-author=channel]", "Someone will be with you");
    camera.widget(&reader, "hosted");
    for lang in ["de", "ar", "ja"] {
        let reader = stage.visitor();
        reader.go(&format!("{}/c/demo?lang={lang}", stage.rig.origin()));
        reader.has_keyboard("@composer");
        reader.says("2207");
        reader.sees("@message[data-author=channel]");
        camera.other(&reader, &format!("widget-hosted-{lang}"));
    }
    let framed = stage.visitor();
    framed.comes_to(&stage.shop.without_wasm());
    framed.click("@launcher");
    framed.enter_frame("iframe");
    framed.sees("@composer");
    framed.leave_frame();
    camera.other(&framed, "widget-framed");
    framed.go(&stage.shop.without_frames());
    framed.click("@launcher");
    framed.sees("@note");
    camera.other(&framed, "widget-refused");
}

/// Outside of working hours.
fn closed(stage: &Stage, camera: &Camera) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    // The first of January 1970 was a Thursday; neither today nor tomorrow, on a clock that runs fast.
    let day = u8::try_from((now.as_secs() / 86_400 + 3 + 4) % 7).expect("a weekday");
    let hours = Hours {
        zone: "Europe/Paris".into(),
        week: vec![Interval { day, start: 540, end: 1080 }],
        exceptions: Vec::new(),
    };
    stage.rig.settle(&demo(), |settings| settings.working_hours.schedule = Some(hours.clone()));
    let late = stage.visitor_in_chat();
    late.sees("@notice");
    camera.widget(&late, "off-hours");
}

/// The screens that an administrator sets Guichet up with.
fn settings(camera: &Camera, operator: &Operator) {
    for panel in ["team", "channels", "channels/demo"] {
        operator.script("location.hash = arguments[0];", &json!([format!("#/{panel}")]));
        operator.sees(".panel, .settings, main");
        camera.other(operator, &format!("console-{}", panel.replace('/', "-")));
    }
}

/// Takes pictures of what a browser shows.
struct Camera {
    shown: PathBuf,
    other: PathBuf,
}

impl Camera {
    fn widget(&self, page: &Page, name: impl Display) {
        self.shoot(page, &self.shown.join(format!("widget-{name}")));
    }

    fn console(&self, page: &Page, name: impl Display) {
        self.shoot(page, &self.shown.join(format!("console-{name}")));
    }

    /// A screen that no document shows.
    fn other(&self, page: &Page, name: &str) {
        self.shoot(page, &self.other.join(name));
    }

    fn shoot(&self, page: &Page, path: &std::path::Path) {
        for look in &LOOKS {
            look.put_on(page);
            let file = path.with_file_name(format!(
                "{}-{}.png",
                path.file_name().unwrap_or_default().to_string_lossy(),
                look.name
            ));
            files::write(&file, page.screenshot()).unwrap_or_else(|failure| panic!("{failure}"));
            eprintln!("{}", file.strip_prefix(paths::root()).unwrap_or(&file).display());
        }
        LOOKS[0].put_on(page);
    }
}

impl Look {
    fn put_on(&self, page: &Page) {
        page.resize(self.size, self.phone);
        page.prefers(if self.dark { "dark" } else { "light" });
    }
}

fn english(words: &str) -> LocalText {
    LocalText([("en".to_owned(), words.to_owned())].into())
}
