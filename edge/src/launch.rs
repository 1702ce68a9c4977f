//! What a page has to know of a channel before the app is loaded: written into the loader and into the hosted page.

use crate::answer;
use crate::call::Call;
use crate::directory::{ChannelRow, Directory};
use crate::failure::Failure;
use serde::Serialize;
use shared::id::ChannelId;
use shared::reject::{Broken, Code};
use shared::settings::{Appearance, LocalText, Position};

/// What stands in a template for the settings, quotes included.
const PLACE: &str = "\"__CONFIG__\"";

/// The app's own colours: for light and for dark surroundings.
const OWN: [Colours<'_>; 2] =
    [Colours { accent: "#0b6e69", on: "#fff" }, Colours { accent: "#4fc3bc", on: "#06211f" }];

#[derive(Serialize)]
struct Config<'a> {
    channel: &'a ChannelId,
    title: &'a LocalText,
    welcome: &'a LocalText,
    /// A style sheet: the colours as the custom properties that the launcher and the app draw with.
    palette: String,
    position: Position,
}

struct Colours<'a> {
    accent: &'a str,
    /// What is read on the accent.
    on: &'a str,
}

/// The channel of this name, if visitors may write to it.
pub(crate) async fn channel(call: &Call, name: &str) -> Result<(ChannelId, ChannelRow), Failure> {
    let id: ChannelId = name.parse().map_err(|_| Code::NotFound)?;
    let row = Directory::open(&call.env)?.channel(&id).await?.ok_or(Code::NotFound)?;
    if !row.settings.active {
        return Err(Code::ChannelClosed.into());
    }
    Ok((id, row))
}

/// `template` with the settings of a channel in their place.
pub(crate) fn fill(template: &str, channel: &ChannelId, appearance: &Appearance) -> Result<String, Broken> {
    let Appearance { title, welcome, accent, position, .. } = appearance;
    let palette = palette(accent.as_deref());
    let config = Config { channel, title, welcome, palette, position: *position };
    Ok(template.replacen(PLACE, &script_safe(&answer::to_json(&config)?), 1))
}

/// JSON that stays what it is inside a script, wherever the script is put. All three stand only within strings.
fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn palette(accent: Option<&str>) -> String {
    let chosen = accent.and_then(|accent| Some(Colours { accent, on: readable_on(accent)? }));
    match (chosen, OWN) {
        (Some(chosen), _) => rule(&chosen),
        (None, [light, dark]) => {
            format!("{}@media(prefers-color-scheme:dark){{{}}}", rule(&light), rule(&dark))
        }
    }
}

fn rule(Colours { accent, on }: &Colours<'_>) -> String {
    format!(":host{{--g-accent:{accent};--g-on-accent:{on}}}")
}

/// Black or white, whichever is easier to read on a colour (`#rrggbb`): where its relative luminance, as WCAG 2.2 defines it,
/// passes 0.179, both have the same contrast.
fn readable_on(colour: &str) -> Option<&'static str> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let light = |from: usize| {
        let value = u8::from_str_radix(digits.get(from..from + 2)?, 16).ok()?;
        let value = f64::from(value) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    let luminance = 0.2126 * light(0)? + 0.7152 * light(2)? + 0.0722 * light(4)?;
    Some(if luminance > 0.179 { "#000" } else { "#fff" })
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
        let script = fill("run(\"__CONFIG__\")", &"demo".parse().unwrap(), &appearance).unwrap();
        assert_eq!(
            script,
            r##"run({"channel":"demo","title":{"en":"\u003c/script>\u2028\""},"welcome":{},"palette":":host{--g-accent:#0b6e4f;--g-on-accent:#fff}","position":"end"})"##
        );
    }

    #[test]
    fn words_on_a_colour_can_be_read() {
        for (colour, on) in
            [("#ffffff", "#000"), ("#ffd000", "#000"), ("#000000", "#fff"), ("#0b6e69", "#fff")]
        {
            assert_eq!(readable_on(colour), Some(on), "{colour}");
        }
        for wrong in ["", "#fff", "teal", "#gggggg", "#ééé"] {
            assert_eq!(readable_on(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn without_a_colour_it_looks_right_in_the_dark_too() {
        assert_eq!(
            palette(None),
            ":host{--g-accent:#0b6e69;--g-on-accent:#fff}\
             @media(prefers-color-scheme:dark){:host{--g-accent:#4fc3bc;--g-on-accent:#06211f}}"
        );
    }
}
