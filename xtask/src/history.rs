//! The bytes of each version: a line in `docs/sizes.csv`, and the table in `docs/performance.md` that is made from them.

use crate::fail::{Failure, Result};
use crate::{files, paths, section};

const FILE: &str = "docs/sizes.csv";
const DOCUMENT: &str = "docs/performance.md";
const SECTION: &str = "cargo xtask size";
const HEAD: &str = "version,loader_brotli,chat_brotli,chat_requests,worker_gzip\n";

/// How long the bar of a budget that is used up is.
const BAR: usize = 20;

/// What a version ships, in the order of the columns: the loader, all that is loaded to chat, its requests, the Worker.
pub(crate) type Numbers = [usize; 4];

#[derive(Clone, Debug, PartialEq)]
struct Release {
    version: String,
    numbers: Numbers,
}

/// Keeps the numbers of the workspace's version in the place of those that were measured before.
pub(crate) fn keep(numbers: Numbers, budgets: Numbers) -> Result<()> {
    let path = paths::at(FILE);
    let text = if path.is_file() { files::read_text(&path)? } else { HEAD.to_owned() };
    let mut releases = parse(&text)?;
    put(&mut releases, Release { version: env!("CARGO_PKG_VERSION").to_owned(), numbers });
    files::write(&path, csv(&releases))?;
    section::write(&paths::at(DOCUMENT), SECTION, &table(&releases, budgets))
}

/// A version is measured again until the next one; what came before it stays.
fn put(releases: &mut Vec<Release>, release: Release) {
    match releases.iter_mut().find(|known| known.version == release.version) {
        Some(known) => *known = release,
        None => releases.push(release),
    }
}

fn parse(text: &str) -> Result<Vec<Release>> {
    let unread = |line: &str| Failure::new(format!("{FILE} has a line that is none: `{line}`."));
    let lines = text.strip_prefix(HEAD).ok_or_else(|| unread(text.lines().next().unwrap_or_default()))?;
    lines.lines().map(|line| release(line).ok_or_else(|| unread(line))).collect()
}

fn release(line: &str) -> Option<Release> {
    let (version, rest) = line.split_once(',')?;
    let numbers: Vec<usize> = rest.split(',').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    Some(Release { version: version.to_owned(), numbers: numbers.try_into().ok()? })
}

fn csv(releases: &[Release]) -> String {
    let line = |Release { version, numbers: [loader, chat, requests, worker] }: &Release| {
        format!("{version},{loader},{chat},{requests},{worker}\n")
    };
    HEAD.chars().chain(releases.iter().map(line).collect::<String>().chars()).collect()
}

fn table(releases: &[Release], budgets: Numbers) -> String {
    let row = |name: &str, numbers: Numbers, bar: &str| {
        let [loader, chat, requests, worker] = numbers.map(grouped);
        format!("| {name} | {loader} | {chat} | {requests} | {worker} | {bar} |\n")
    };
    let head = "| Version | The loader, brotli | All that is loaded to chat, brotli | Requests to chat | The Worker, gzip | To chat, of its budget |\n\
                |---|--:|--:|--:|--:|---|\n";
    let [_, budget, ..] = budgets;
    let rows: String =
        releases.iter().map(|of| row(&of.version, of.numbers, &bar(of.numbers[1], budget))).collect();
    format!("{head}{rows}{}", row("*budget*", budgets, &bar(budget, budget)))
}

fn bar(number: usize, budget: usize) -> String {
    let percent = (number * 100).div_ceil(budget);
    format!("{} {percent} %", "▇".repeat(percent * BAR / 100))
}

/// A number as people read it: `88,794`.
fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size;

    fn of(version: &str, chat: usize) -> Release {
        Release { version: version.to_owned(), numbers: [2_528, chat, 4, 641_311] }
    }

    #[test]
    fn a_version_has_one_line() {
        let mut releases = vec![of("0.1.0", 1), of("0.2.0", 2)];
        put(&mut releases, of("0.2.0", 3));
        put(&mut releases, of("0.3.0", 4));
        assert_eq!(releases, [of("0.1.0", 1), of("0.2.0", 3), of("0.3.0", 4)]);
    }

    #[test]
    fn lines_are_read_as_they_are_written() {
        let releases = [of("0.1.0", 88_794), of("1.0.0-rc.1", 90_001)];
        assert_eq!(parse(&csv(&releases)), Ok(releases.to_vec()));
        for wrong in ["", "version\n", &format!("{HEAD}0.1.0,1,2,3\n"), &format!("{HEAD}0.1.0,1,2,3,x\n")] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_bar_is_whole_when_the_budget_is_used_up() {
        assert_eq!(bar(92_160, 92_160).chars().filter(|c| *c == '▇').count(), BAR);
        assert_eq!(bar(45_000, 90_000), "▇▇▇▇▇▇▇▇▇▇ 50 %");
    }

    #[test]
    fn the_document_shows_the_history() {
        let releases = parse(&files::read_text(&paths::at(FILE)).expect(FILE)).expect("releases");
        let document = files::read_text(&paths::at(DOCUMENT)).expect(DOCUMENT);
        assert_eq!(section::read(&document, SECTION), Some(table(&releases, size::BUDGETS).trim()));
    }
}
