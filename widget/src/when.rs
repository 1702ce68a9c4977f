//! Times and numbers in the visitor's own zone and language, by the browser's `Intl`.

use crate::texts::{Texts, fill, fill_two};
use js_sys::{Array, Date, JSON};
use shared::time::{Millis, Timestamp};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &JsValue, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, at: f64) -> Result<String, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type ListFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str) -> ListFormat;
    #[wasm_bindgen(method)]
    fn format(this: &ListFormat, list: &Array) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str) -> PluralRules;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: u32) -> String;
}

/// The category of plurals that a number falls into: `one`, `few`, `other` and so on. `lang` is one that we have words in.
pub(crate) fn category(lang: &str, number: u32) -> String {
    PluralRules::new(lang).select(number)
}

/// `Ana, Ben and Cleo`. `lang` is one that we have words in.
pub(crate) fn list(lang: &str, names: &[String]) -> String {
    let list = names.iter().map(|name| JsValue::from_str(name)).collect();
    ListFormat::new(lang).format(&list)
}

/// Formats times for one reader.
pub(crate) struct When {
    time: Option<DateTimeFormat>,
    weekday: Option<DateTimeFormat>,
    date: Option<DateTimeFormat>,
}

impl When {
    pub(crate) fn new(locale: &str) -> Self {
        Self {
            time: formatter(locale, r#"{"hour":"numeric","minute":"2-digit"}"#),
            weekday: formatter(locale, r#"{"weekday":"long"}"#),
            date: formatter(locale, r#"{"weekday":"long","day":"numeric","month":"long"}"#),
        }
    }

    /// `09:00`.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        apply(self.time.as_ref(), at)
    }

    /// `Today`, `Yesterday`, or `Monday 3 March`.
    pub(crate) fn day(&self, texts: &Texts, now: Timestamp, at: Timestamp) -> String {
        match day(now) - day(at) {
            0 => texts.today.to_owned(),
            1 => texts.yesterday.to_owned(),
            _ => apply(self.date.as_ref(), at),
        }
    }

    /// `at 09:00`, `tomorrow at 09:00`, `on Monday at 09:00`.
    pub(crate) fn next(&self, texts: &Texts, now: Timestamp, at: Timestamp) -> String {
        self.at(texts.at_time, texts.tomorrow_at, texts.on_day_at, now, at)
    }

    /// `today at 09:00`, `tomorrow at 09:00`, `Monday at 09:00`: as `{opens_at}` stands in a sentence.
    pub(crate) fn moment(&self, texts: &Texts, now: Timestamp, at: Timestamp) -> String {
        self.at(texts.today_at, texts.tomorrow_at, texts.day_at, now, at)
    }

    fn at(&self, today: &str, tomorrow: &str, later: &str, now: Timestamp, at: Timestamp) -> String {
        let time = self.time(at);
        match day(at) - day(now) {
            0 => fill(today, &time),
            1 => fill(tomorrow, &time),
            2..=6 => fill_two(later, &apply(self.weekday.as_ref(), at), &time),
            _ => fill_two(later, &apply(self.date.as_ref(), at), &time),
        }
    }
}

/// Counts days in the visitor's zone, so that the difference of two says how many midnights lie between.
pub(crate) fn day(at: Timestamp) -> i64 {
    let offset = Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset() * 60_000.0;
    ((at.0 as f64 - offset) / Millis::days(1).0 as f64) as i64
}

/// A page may call its language something that the browser throws at; times are then in the browser's own.
fn formatter(locale: &str, options: &str) -> Option<DateTimeFormat> {
    let options = JSON::parse(options).ok()?;
    DateTimeFormat::new(&JsValue::from_str(locale), &options)
        .or_else(|_| DateTimeFormat::new(&JsValue::UNDEFINED, &options))
        .ok()
}

fn apply(formatter: Option<&DateTimeFormat>, at: Timestamp) -> String {
    formatter.and_then(|formatter| formatter.format(at.0 as f64).ok()).unwrap_or_default()
}
