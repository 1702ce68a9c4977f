//! How a page is looked at: colours, sizes, pictures.

use super::page::Page;
use serde_json::json;

/// A part of a page, in pixels from its beginning.
#[derive(Clone, Copy, Debug)]
pub struct Clip {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

impl Page {
    /// Shows the page to somebody who prefers these colours, `light` or `dark`, and no motion.
    pub fn prefers(&self, scheme: &str) {
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.browser().devtools("Emulation.setEmulatedMedia", &json!({"features": features}));
        self.is_drawn();
    }

    /// Shows the page to somebody whose system has colours of its own for everything.
    pub fn forces_colours(&self, on: bool) {
        let features = json!([{"name": "forced-colors", "value": if on { "active" } else { "none" }},
            {"name": "prefers-reduced-motion", "value": "reduce"}]);
        self.browser().devtools("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// Shows the page on a screen that is touched, or not.
    pub fn touches(&self, on: bool) {
        self.browser().devtools("Emulation.setTouchEmulationEnabled", &json!({"enabled": on}));
    }

    /// Shows the page in a window of another size, or on a phone.
    pub fn resize(&self, (width, height): (u32, u32), phone: bool) {
        let window = json!({"width": width, "height": height, "mobile": phone,
            "deviceScaleFactor": if phone { 2 } else { 1 }});
        self.browser().devtools("Emulation.setDeviceMetricsOverride", &window);
        self.is_drawn();
    }

    /// Waits until the page is drawn as it is now.
    fn is_drawn(&self) {
        let drawn = "await new Promise((on) => requestAnimationFrame(() => requestAnimationFrame(on)));";
        self.script(drawn, &json!([]));
    }

    /// What is in a part of the page, as PNG.
    pub fn picture_of(&self, Clip { x, y, width, height }: Clip) -> Vec<u8> {
        let clip = json!({"x": x, "y": y, "width": width, "height": height, "scale": 1});
        let shot = json!({"format": "png", "clip": clip});
        let shot = self.browser().devtools("Page.captureScreenshot", &shot);
        base64(shot["data"].as_str().unwrap_or_default())
    }

    /// What the window shows, as PNG.
    pub fn screenshot(&self) -> Vec<u8> {
        let shot = self.browser().devtools("Page.captureScreenshot", &json!({"format": "png"}));
        base64(shot["data"].as_str().unwrap_or_default())
    }
}

fn base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'=').collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for group in digits.chunks(4) {
        let bits =
            group.iter().enumerate().fold(0, |bits, (at, digit)| bits | value(*digit) << (18 - 6 * at));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_decoded() {
        assert_eq!(base64("R3VpY2hldA=="), b"Guichet");
        assert_eq!(base64("R3VpY2hl"), b"Guiche");
        assert_eq!(base64("+/8="), [0xfb, 0xff]);
    }
}
