//! Time zones, from the zone data that the JavaScript runtime has anyway.

use js_sys::{Array, Function, Object, Reflect};
use shared::hours::Zones;
use shared::time::{Millis, Timestamp};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

/// Offsets kept per isolate; resolving one schedule asks for about five days of each zone, and for some twenty in a week with a change.
const CACHED_MAX: usize = 512;

/// A zone and a day (UTC, counted from the epoch).
type Day = (String, u64);
/// The offset at the start of a day and at its end.
type Offsets = (i32, i32);

thread_local! {
    static CACHED: RefCell<BTreeMap<Day, Offsets>> = const { RefCell::new(BTreeMap::new()) };
}

/// The time zones of the runtime.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RuntimeZones;

impl RuntimeZones {
    /// Whether there is a zone of this name.
    pub(crate) fn knows(self, zone: &str) -> bool {
        Formatter::new(zone).is_some()
    }
}

impl Zones for RuntimeZones {
    /// No zone changes its offset and changes back within one day, so a day that ends as it began needs no further look.
    fn offset_seconds(&self, zone: &str, at: Timestamp) -> Option<i32> {
        let (start, end) = day_offsets(zone, at)?;
        if start == end { Some(start) } else { Formatter::new(zone)?.offset_seconds(at) }
    }
}

fn day_offsets(zone: &str, at: Timestamp) -> Option<Offsets> {
    let day_length = Millis::days(1);
    let key = (zone.to_owned(), at.0 / day_length.0);
    if let Some(offsets) = CACHED.with_borrow(|cached| cached.get(&key).copied()) {
        return Some(offsets);
    }
    let formatter = Formatter::new(zone)?;
    let start = Timestamp(key.1 * day_length.0);
    let offsets = (formatter.offset_seconds(start)?, formatter.offset_seconds(start + day_length)?);
    CACHED.with_borrow_mut(|cached| {
        if cached.len() >= CACHED_MAX {
            cached.clear();
        }
        cached.insert(key, offsets);
    });
    Some(offsets)
}

/// An `Intl.DateTimeFormat` that writes the offset of one zone. Reached by reflection, which alone hands its exceptions back.
struct Formatter {
    format: JsValue,
    to_parts: Function,
}

impl Formatter {
    fn new(zone: &str) -> Option<Self> {
        let options = Object::new();
        for (name, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
            Reflect::set(&options, &name.into(), &value.into()).ok()?;
        }
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let constructor: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
        let format = Reflect::construct(&constructor, &Array::of2(&"en-US".into(), &options)).ok()?;
        let to_parts = Reflect::get(&format, &"formatToParts".into()).ok()?.dyn_into().ok()?;
        Some(Self { format, to_parts })
    }

    fn offset_seconds(&self, at: Timestamp) -> Option<i32> {
        // Whole within 2^53, as every Timestamp.
        #[allow(clippy::cast_precision_loss)]
        let at = JsValue::from_f64(at.0 as f64);
        let parts: Array = self.to_parts.call1(&self.format, &at).ok()?.dyn_into().ok()?;
        let text = |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
        let name = parts.iter().find(|part| text(part, "type").as_deref() == Some("timeZoneName"))?;
        parse_offset(&text(&name, "value")?)
    }
}

/// `GMT`, `GMT+02:00` or `GMT-00:01:15`, in seconds.
fn parse_offset(text: &str) -> Option<i32> {
    let rest = text.strip_prefix("GMT")?;
    if rest.is_empty() {
        return Some(0);
    }
    let (sign, digits) = match (rest.strip_prefix('+'), rest.strip_prefix(['-', '\u{2212}'])) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let mut units = [3600, 60, 1].into_iter();
    let mut seconds = 0;
    for part in digits.split(':') {
        seconds += part.parse::<u8>().map(i32::from).ok()? * units.next()?;
    }
    Some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_as_the_runtime_writes_them() {
        let cases = [
            ("GMT", Some(0)),
            ("GMT+02:00", Some(7200)),
            ("GMT-03:30", Some(-12_600)),
            ("GMT+00:09:21", Some(561)),
            ("GMT\u{2212}05:00", Some(-18_000)),
            ("UTC", None),
            ("GMT+2:x", None),
            ("GMT+1:2:3:4", None),
            ("GMT5", None),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse_offset(text), seconds, "{text}");
        }
    }
}
