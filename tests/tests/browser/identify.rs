//! A site that vouches for its visitors: they see their own history while they are signed in, and nobody sees it after.

use serde_json::json;
use shared::api::{KeyMade, NewKey};
use shared::id::ChannelId;
use shared::settings::Greeting;
use shared::verified::Algorithm;
use tests::browser::{Stage, Visitor};
use tests::rig::{ISSUER, Rig, Signer, claims};

/// The widget of `arguments[1]`, mounted by the page itself in the place of the demo's, so that the page may identify.
const MOUNT: &str = "const [origin, channel] = arguments;
    const app = await import(origin + '/a/widget-0123456789ab.js');
    await app.default({ module_or_path: origin + '/a/widget-0123456789ab.wasm', locale: 'en' });
    document.querySelector('guichet-chat').remove();
    const host = document.createElement('guichet-chat');
    const box = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(box);
    document.body.append(host);
    const config = JSON.stringify({ channel, title: {}, welcome: {} });
    window.control = app.mount(box, config, origin, 'en', () => {});
    window.control(true);";

/// All that the browser keeps of the site.
const STORED: &str = "return JSON.stringify(Object.entries(localStorage));";

struct Site<'s> {
    stage: &'s Stage,
    channel: ChannelId,
    kid: String,
    signer: Signer,
}

impl<'s> Site<'s> {
    fn open(stage: &'s Stage) -> Self {
        let channel = stage.rig.channel(&[stage.rig.admin()], |settings| {
            settings.automatic.greeting = Greeting::Off;
        });
        let key = NewKey {
            algorithm: Algorithm::Hs256,
            issuer: ISSUER.into(),
            kid: None,
            secret: None,
            public_key: None,
        };
        let made: KeyMade = stage.rig.admin().post(&format!("/api/v1/channels/{channel}/keys"), &key).of(201);
        let signer = Signer::Hs256(made.secret.expect("a secret").into_bytes());
        Self { stage, channel, kid: made.key.kid, signer }
    }

    fn visited_by(&self, visitor: &Visitor) {
        visitor.comes_to(&self.stage.shop.url());
        visitor.script(MOUNT, &json!([self.stage.rig.origin(), self.channel]));
        visitor.sees("@panel");
    }

    fn signs_in(&self, visitor: &Visitor, subject: &str) {
        let token = self.signer.token(&self.kid, &claims(subject));
        visitor.script("window.control('identify', arguments[0]);", &json!([token]));
    }

    fn signs_out(&self, visitor: &Visitor) {
        visitor.script("window.control('identify', null);", &json!([]));
    }
}

#[test]
fn a_visitor_finds_their_history_where_they_sign_in_and_nobody_finds_it_where_they_signed_out() {
    Stage::play(Rig::start(), |stage| {
        let site = Site::open(stage);
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        site.visited_by(&visitor);
        site.signs_in(&visitor, "zoe");
        visitor.says("My order 4711");
        operator.accepts();
        operator.says("It is on its way, Zoe");
        visitor.hears("It is on its way, Zoe");
        operator.reads("@thread @verified", "zoe");
        visitor.write("@composer", "a draft of Zoe's");

        // The same person again is no other one: nothing on screen changes.
        site.signs_in(&visitor, "zoe");
        operator.says("Anything else?");
        visitor.hears("Anything else?");

        site.signs_out(&visitor);
        visitor.counts("@message", 0);
        assert_eq!(visitor.sees("@composer").value.as_deref(), Some(""));
        let stored = visitor.script(STORED, &json!([])).to_string();
        assert!(!stored.contains("zoe") && !stored.contains("4711") && stored.contains("secret"), "{stored}");
        // Whoever sits down next has a conversation of their own, also after a reload.
        visitor.says("Hello from somebody else");
        visitor.is_told("Hello from somebody else", "sent");
        site.visited_by(&visitor);
        visitor.is_told("Hello from somebody else", "sent");
        assert_eq!(visitor.bubbles(), ["Hello from somebody else"]);

        let elsewhere = stage.visitor();
        site.visited_by(&elsewhere);
        site.signs_in(&elsewhere, "zoe");
        elsewhere.hears("Anything else?");
        assert_eq!(elsewhere.bubbles(), ["My order 4711", "It is on its way, Zoe", "Anything else?"]);
    });
}

#[test]
fn what_was_written_before_the_sign_in_is_not_lost() {
    Stage::play(Rig::start(), |stage| {
        let site = Site::open(stage);
        let operator = stage.operator(stage.rig.admin());
        let visitor = stage.visitor();
        site.visited_by(&visitor);
        visitor.says("Before I signed in");
        operator.accepts();
        operator.hears("Before I signed in");
        visitor.is_told("Before I signed in", "read");
        visitor.expects("WebSocket connection to");
        visitor.expects("net::ERR_CONNECTION_REFUSED");
        operator.expects("WebSocket connection to");
        operator.expects("net::ERR_CONNECTION_REFUSED");
        stage.rig.worker().kill_hard().expect("the worker ends");
        visitor.says("While nobody heard me");
        visitor.is_told("While nobody heard me", "sending");
        site.signs_in(&visitor, "zoe");
        visitor.is_told("While nobody heard me", "sending");
        stage.rig.worker().restart().expect("the worker starts again");
        // The session from before is open: it goes on where it is.
        visitor.is_told("While nobody heard me", "read");
        operator.hears("While nobody heard me");
        assert_eq!(visitor.bubbles(), ["Before I signed in", "While nobody heard me"]);
        // The next one is verified.
        visitor.click("@end");
        visitor.click("@end-confirm");
        visitor.says("After I signed in");
        visitor.is_told("After I signed in", "sent");
        assert_eq!(visitor.bubbles(), ["After I signed in"]);
        operator.accepts();
        operator.hears("After I signed in");
        assert_eq!(operator.bubbles(), ["After I signed in"]);
        // Both are linked, for who may read them.
        operator.reads("@thread @verified", "zoe");
        operator.is_accessible("a verified visitor's chat", "body");
        operator.reads("@thread a[data-g=linked]", "before signing in");
        operator.click("@thread a[data-g=linked]");
        operator.hears("Before I signed in");
        operator.sees_no("@thread @verified");
        operator.reads("@thread a[data-g=linked]", "signed in as zoe");
    });
}

#[test]
fn a_token_that_is_refused_is_told_and_a_fresh_one_goes_on() {
    Stage::play(Rig::start(), |stage| {
        let site = Site::open(stage);
        let visitor = stage.visitor();
        site.visited_by(&visitor);
        let forged = Signer::Hs256(b"another secret of about this length".into());
        let token = forged.token(&site.kid, &claims("zoe"));
        visitor.script("window.control('identify', arguments[0]);", &json!([token]));
        visitor.reads("@banner", "The chat has stopped");
        site.signs_in(&visitor, "zoe");
        visitor.sees_no("@banner");
        visitor.says("Here I am");
        visitor.is_told("Here I am", "sent");
    });
}

#[test]
fn an_administrator_adds_a_key_sees_its_secret_once_and_removes_it() {
    Stage::play(Rig::start(), |stage| {
        let admin = stage.operator(stage.rig.admin());
        let page = format!("{}#/channels/demo", stage.console());
        admin.go(&page);
        admin.sees("@keys @no-keys");
        // A public key has to be one.
        admin.write("@key-issuer", ISSUER);
        admin.expects("422");
        admin.click("@key-add");
        admin.reads("@keys @field-error", "Enter something");
        admin.write("@key-public", "no key at all");
        admin.click("@key-add");
        admin.reads("@keys @field-error", "P-256");
        admin.script("document.querySelector('[data-g=key-public]').value = '';", &json!([]));
        admin.write("@key-public", &Signer::es256().public_pem());
        admin.click("@key-add");
        admin.counts("@key", 1);
        admin.sees("@key-kid");
        admin.sees_no("@key-secret");

        admin.script(
            "const field = document.querySelector('[data-g=key-algorithm]');
            field.value = 'HS256';
            field.dispatchEvent(new Event('change'));",
            &json!([]),
        );
        admin.sees_no("@key-public");
        admin.click("@key-add");
        admin.counts("@key", 2);
        let kid = admin.sees("@key-kid").value.expect("a name");
        let secret = admin.sees("@key-secret").value.expect("a secret");
        admin.is_accessible("the keys of a channel", "body");
        let token = Signer::Hs256(secret.into_bytes()).token(&kid, &claims("zoe"));
        tests::rig::Visitor::connect_vouched(&stage.rig, "demo", &tests::rig::secret(), &token);

        admin.reload();
        admin.counts("@key", 2);
        admin.sees_no("@key-secret");
        for left in [1, 0] {
            admin.click("@key-remove");
            admin.has_keyboard("@key-keep");
            admin.click("@key-remove-confirm");
            admin.counts("@key", left);
        }
        admin.sees("@keys @no-keys");
    });
}
