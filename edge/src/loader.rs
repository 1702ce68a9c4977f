//! The script that a site embeds: the loader's text with the launcher's settings of one channel written into it.

use crate::call::Call;
use crate::directory::Directory;
use crate::failure::{Failure, broken};
use crate::{answer, assets, pages, secrets};
use serde::Serialize;
use shared::id::ChannelId;
use shared::reject::{Broken, Code};
use shared::settings::{Appearance, LocalText, Position, Settings};
use std::cell::RefCell;
use std::rc::Rc;
use worker::Response;

/// What stands in the loader for the settings, quotes included.
const PLACE: &str = "\"__CONFIG__\"";

thread_local! {
    static TEXT: RefCell<Option<Rc<str>>> = const { RefCell::new(None) };
}

/// What the launcher has to know before the app is loaded.
#[derive(Serialize)]
struct Config<'a> {
    channel: &'a ChannelId,
    title: &'a LocalText,
    welcome: &'a LocalText,
    accent: &'a Option<String>,
    position: Position,
}

/// Answers with the script of the channel of this name.
pub(crate) async fn answer(call: &Call, channel: &str) -> Result<Response, Failure> {
    let id: ChannelId = channel.parse().map_err(|_| Code::NotFound)?;
    let row = Directory::open(&call.env)?.channel(&id).await?.ok_or(Code::NotFound)?;
    if !row.settings.active {
        return Err(Code::ChannelClosed.into());
    }
    let script = fill(&text(call).await?, &id, &row.settings)?;
    let tag = format!("\"{}\"", secrets::sha256_hex(&script).get(..32).unwrap_or_default());
    let headers = [
        ("content-type", "text/javascript; charset=utf-8"),
        ("cache-control", "public, max-age=300"),
        ("etag", tag.as_str()),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
    ];
    if call.header("if-none-match").is_some_and(|known| holds(&known, &tag)) {
        return Ok(answer::respond(304, &headers, None)?);
    }
    Ok(answer::respond(200, &headers, Some(script))?)
}

/// Read once per isolate: an isolate serves one deployment, and its files never change.
async fn text(call: &Call) -> Result<Rc<str>, Failure> {
    if let Some(text) = TEXT.with_borrow(Clone::clone) {
        return Ok(text);
    }
    let mut asset = assets::fetch(&call.env, pages::LOADER, None).await?;
    if asset.status_code() != 200 {
        return Err(Broken("the loader was not deployed".into()).into());
    }
    let text: Rc<str> = asset.text().await.map_err(broken("reading the loader"))?.into();
    TEXT.set(Some(Rc::clone(&text)));
    Ok(text)
}

fn fill(text: &str, channel: &ChannelId, settings: &Settings) -> Result<String, Broken> {
    let Appearance { title, welcome, accent, position } = &settings.appearance;
    let config = Config { channel, title, welcome, accent, position: *position };
    Ok(text.replacen(PLACE, &script_safe(&answer::to_json(&config)?), 1))
}

/// JSON that stays what it is inside a script, wherever the script is put. All three stand only within strings.
fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Whether an `If-None-Match` header names `tag`. Compression on the way may have made the tag a weak one.
fn holds(header: &str, tag: &str) -> bool {
    header.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_are_written_in_as_an_object() {
        let appearance = Appearance {
            title: LocalText([("en".into(), "</script>\u{2028}\"".into())].into()),
            accent: Some("#0b6e4f".into()),
            ..Appearance::default()
        };
        let settings = Settings { appearance, ..Settings::default() };
        let script = fill("run(\"__CONFIG__\")", &"demo".parse().unwrap(), &settings).unwrap();
        assert_eq!(
            script,
            r##"run({"channel":"demo","title":{"en":"\u003c/script>\u2028\""},"welcome":{},"accent":"#0b6e4f","position":"end"})"##
        );
    }

    #[test]
    fn a_known_tag_is_recognised() {
        assert!(holds("\"x\", W/\"y\"", "\"y\""));
        assert!(holds("*", "\"y\""));
        assert!(!holds("\"x\"", "\"y\""));
    }
}
