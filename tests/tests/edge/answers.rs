//! What answers carry beside their content.

use crate::fixture::rig;
use serde_json::Value;
use shared::api::{BASE, ENDPOINTS, Endpoint, SignIn};
use shared::settings::{LocalText, Position};
use std::collections::BTreeSet;
use std::fs;
use tests::rig::{Answer, PASSWORD, Visitor, secret};
use xtask::paths;

fn get(path: &str) -> Answer {
    rig().ask("GET", path).send()
}

/// The hashed files of the build.
fn hashed() -> Vec<String> {
    let names = fs::read_dir(paths::assets().join("a")).expect("the build's files");
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "loader.js");
    names.sort();
    names
}

#[test]
fn every_kind_of_answer_carries_the_security_headers() {
    let admin = rig().admin();
    let asset = format!("/a/{}", hashed()[0]);
    let answers = [
        get("/"),
        get("/console/"),
        get("/console"),
        get("/healthz"),
        get("/w/demo.js"),
        get(&asset),
        get("/nothing"),
        get("/api/v1/setup"),
        get("/api/v1/me"),
        get("/api/v1/nothing"),
        admin.get("/api/v1/channels"),
        admin.ask("DELETE", "/api/v1/me").send(),
        admin.ask("POST", "/api/v1/channels").body("{").send(),
        admin.ask("HEAD", "/console/").send(),
        Visitor::handshake(rig().origin(), "nowhere", &secret()).refused(),
    ];
    let statuses: BTreeSet<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 308, 400, 401, 404, 405].into(), "many kinds");
    for answer in &answers {
        let told = format!("{answer:?}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{told}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{told}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{told}");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{told}"
        );
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{told}");
        assert!(
            answer.header("permissions-policy").is_some_and(|policy| policy.contains("camera=()")),
            "{told}"
        );
        assert!(answer.header("cross-origin-resource-policy").is_some(), "{told}");
        // On plain HTTP the promise of TLS would be a lie.
        assert_eq!(answer.header("strict-transport-security"), None, "{told}");
    }
}

#[test]
fn the_api_is_never_cached_nor_shared_with_other_origins() {
    let admin = rig().admin();
    for answer in
        [admin.get("/api/v1/me"), admin.get("/api/v1/channels"), get("/api/v1/me"), get("/api/v1/setup")]
    {
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
    }
}

#[test]
fn the_cookie_is_for_this_host_alone_and_no_script_reads_it() {
    let form = SignIn { email: rig().admin().me.email.clone(), password: PASSWORD.into() };
    let answer = rig().ask("POST", "/api/v1/sign-in").origin(rig().origin()).json(&form).send();
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["__Host-guichet=", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Strict", "; Max-Age="] {
        assert!(cookie.contains(part), "{part} is not in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let again = answer.cookie().unwrap();
    let out = rig().ask("POST", "/api/v1/sign-out").origin(rig().origin()).header("cookie", &again).send();
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    assert_eq!(rig().ask("GET", "/api/v1/me").header("cookie", &again).send().status, 401);
}

#[test]
fn hashed_files_have_their_types_and_may_be_kept_and_shared() {
    let mut kinds = BTreeSet::new();
    for name in hashed() {
        let answer = get(&format!("/a/{name}"));
        let kind = match name.rsplit('.').next().unwrap() {
            "wasm" => "application/wasm",
            "js" => "text/javascript",
            "css" => "text/css",
            "svg" => "image/svg+xml",
            "txt" => "text/plain",
            other => panic!("what is .{other}?"),
        };
        kinds.insert(kind);
        assert_eq!(answer.status, 200, "{name}");
        assert!(
            answer.header("content-type").is_some_and(|told| told.starts_with(kind)),
            "{name}: {answer:?}"
        );
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"), "{name}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{name}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"), "{name}");
        let file = fs::read(paths::assets().join("a").join(&name)).unwrap();
        assert!(answer.body == file, "{name} is not what was built");
    }
    assert!(kinds.contains("application/wasm") && kinds.contains("text/javascript"), "{kinds:?}");
}

#[test]
fn what_an_older_loader_names_is_still_found() {
    for (old, stem) in [
        ("/a/widget-0123456789ab.js", "/a/widget-"),
        ("/a/widget-0123456789ab.wasm", "/a/widget-"),
        ("/a/frame-0123456789ab.js", "/a/frame-"),
    ] {
        let answer = get(old);
        assert_eq!((answer.status, answer.header("cache-control")), (302, Some("no-store")), "{old}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{old}");
        let now = answer.header("location").unwrap();
        assert!(now.starts_with(stem) && now.rsplit('.').next() == old.rsplit('.').next(), "{old}: {now}");
        assert_eq!(get(now).status, 200, "{now}");
    }
    for never in ["/a/console-0123456789ab.wasm", "/a/nothing-0123456789ab.js", "/a/widget-0123456789ab.css"]
    {
        assert_eq!(get(never).status, 404, "{never}");
    }
}

#[test]
fn the_loader_holds_its_channels_settings_as_data() {
    let hostile = "</script><script>alert(1)</script>\u{2028}\"`$\\";
    let channel = rig().channel(&[], |settings| {
        settings.appearance.title = LocalText([("en".into(), hostile.into())].into());
        settings.appearance.accent = Some("#0b6e4f".into());
        settings.appearance.position = Position::Start;
    });
    let path = format!("/w/{channel}.js");
    let script = loop {
        // The directory learns of a change a moment after the desk.
        let answer = get(&path);
        if answer.text().contains("#0b6e4f") {
            break answer;
        }
    };
    assert!(script.header("content-type").is_some_and(|kind| kind.starts_with("text/javascript")));
    assert_eq!(script.header("access-control-allow-origin"), Some("*"));
    assert_eq!(script.header("cross-origin-resource-policy"), Some("cross-origin"));
    assert_eq!(script.header("set-cookie"), None);
    let cached = script.header("cache-control").unwrap();
    assert!(cached.contains("public") && cached.contains("max-age="), "{cached}");
    let text = script.text();
    assert!(!text.contains('<') || !text.contains("</script"), "the title ends the script");
    assert!(!text.contains('\u{2028}') && !text.contains("__CONFIG__"));
    let from = text.find("{\"channel\"").expect("the settings");
    let config =
        serde_json::Deserializer::from_str(&text[from..]).into_iter::<Value>().next().unwrap().unwrap();
    assert_eq!(config["title"]["en"], hostile);
    assert_eq!(
        (config["channel"].as_str(), config["position"].as_str()),
        (Some(channel.as_str()), Some("start"))
    );
    assert_eq!(config.get("members"), None, "who answers is nobody's business");

    let tag = script.header("etag").unwrap();
    for known in [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let same = rig().ask("GET", &path).header("if-none-match", &known).send();
        assert_eq!((same.status, same.body.len(), same.header("etag")), (304, 0, Some(tag)), "{known}");
    }
    assert_eq!(rig().ask("GET", &path).header("if-none-match", "\"other\"").send().status, 200);
    assert_ne!(get("/w/demo.js").header("etag"), Some(tag));
}

#[test]
fn a_channels_own_page_may_be_framed_by_who_may_embed_it() {
    let hostile = "</title><script>alert(1)</script> \"__CONFIG__\" __TITLE__ & co";
    let channel = rig().channel(&[], |settings| {
        settings.appearance.title = LocalText([("en".into(), hostile.into())].into());
        settings.origins = vec!["https://shop.example".into()];
    });
    let page = get(&format!("/c/{channel}"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"), "{policy}");
    assert!(policy.ends_with("; frame-ancestors 'self' https://shop.example"), "{policy}");
    assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")));
    for (name, value) in [
        ("cache-control", "no-cache"),
        ("vary", "accept-language"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
    let text = page.text();
    let title = "&lt;/title>&lt;script>alert(1)&lt;/script> \"__CONFIG__\" __TITLE__ &amp; co";
    assert!(text.contains(&format!("<title>{title}</title>")), "{text}");
    let (_, config) = text.split_once("id=\"config\">").unwrap();
    let (config, _) = config.split_once("</script>").unwrap();
    let config: Value = serde_json::from_str(config).expect("the settings");
    assert_eq!(
        (config["title"]["en"].as_str(), config["channel"].as_str()),
        (Some(hostile), Some(channel.as_str()))
    );

    rig().settle(&channel, |settings| {
        settings.appearance.title =
            LocalText([("fr".into(), "Ficelle".into()), ("en".into(), "String".into())].into());
    });
    for (language, title) in [("fr-CA,fr;q=0.9", "Ficelle"), ("en-GB", "String")] {
        let page = rig().ask("GET", &format!("/c/{channel}")).header("accept-language", language).send();
        assert!(page.text().contains(&format!("<title>{title}</title>")), "{language}");
    }
}

#[test]
fn pages_are_asked_about_each_time() {
    for path in ["/", "/console/"] {
        let page = get(path);
        assert_eq!(page.header("cache-control"), Some("no-cache"), "{path}");
        assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{path}");
        let tag = page.header("etag").unwrap();
        let same = rig().ask("GET", path).header("if-none-match", tag).send();
        assert_eq!((same.status, same.body.len()), (304, 0), "{path}");
        let head = rig().ask("HEAD", path).send();
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-security-policy"), page.header("content-security-policy"));
    }
    let slash = get("/console");
    assert_eq!((slash.status, slash.header("location")), (308, Some("/console/")));
}

#[test]
fn health_names_the_version() {
    let health: Value = get("/healthz").of(200);
    assert_eq!(
        (health["ok"].as_bool(), health["version"].as_str()),
        (Some(true), Some(env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn the_document_of_the_api_is_served_as_it_was_built() {
    let built = paths::at("docs/openapi.json");
    let answer = get("/api/v1/openapi.json");
    if !built.is_file() {
        assert_eq!(answer.status, 404, "served, but not built");
        return;
    }
    let (served, built): (Value, Value) =
        (answer.of(200), serde_json::from_slice(&fs::read(built).unwrap()).unwrap());
    assert_eq!(served, built, "run `cargo xtask build`");
    let described: BTreeSet<_> = served["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            let names = methods.as_object().unwrap().keys();
            names.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let method = |endpoint: &Endpoint| format!("{:?}", endpoint.method).to_uppercase();
    let table = ENDPOINTS.iter().map(|endpoint| format!("{} {BASE}{}", method(endpoint), endpoint.path));
    assert_eq!(described, table.collect());
}
