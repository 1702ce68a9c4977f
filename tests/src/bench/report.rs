//! What a bench says: a number, and the number of its baseline.

use serde::Serialize;

/// What a decision of a desk may take, in microseconds: see the budgets of the design.
const DECISION_BUDGET: f64 = 10.0;

/// One measured number beside its baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What was measured.
    pub name: String,
    /// The number.
    pub value: f64,
    /// What it counts.
    pub unit: &'static str,
    /// The same of the baseline, in the same unit; none for what only describes the run.
    pub baseline: Option<f64>,
    /// The number divided by the baseline's.
    pub ratio: Option<f64>,
}

impl Line {
    pub(super) fn new(name: impl Into<String>, unit: &'static str, value: f64, baseline: f64) -> Self {
        let ratio = (baseline > 0.0).then(|| short(value / baseline));
        Self { name: name.into(), value: short(value), unit, baseline: Some(short(baseline)), ratio }
    }

    /// The time of a decision, beside what it may be.
    pub(super) fn beside_budget(name: impl Into<String>, micros: f64) -> Self {
        Self::new(name, "µs", micros, DECISION_BUDGET)
    }

    /// A number that only says how large the run was.
    pub(super) fn alone(name: impl Into<String>, unit: &'static str, value: f64) -> Self {
        Self { name: name.into(), value: short(value), unit, baseline: None, ratio: None }
    }
}

/// Rounded to three digits that count: more are noise.
fn short(number: f64) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    let scale = 10_f64.powi(2 - number.abs().log10().floor() as i32);
    if scale >= 1.0 { (number * scale).round() / scale } else { (number / scale.recip()).round() / scale }
}

/// A number as people read it: `1,000,000`.
pub(super) fn grouped(number: u32) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

/// The lines as JSON: a list of objects.
pub fn json(lines: &[Line]) -> String {
    serde_json::json!(lines).to_string()
}

/// The lines as a table for people.
pub fn table(lines: &[Line]) -> String {
    let width = lines.iter().map(|line| line.name.chars().count()).max().unwrap_or(0);
    let mut table =
        format!("{:width$}  {:>11} {:>11}  {:9} {:>9}\n", "", "value", "baseline", "unit", "ratio");
    for Line { name, value, unit, baseline, ratio } in lines {
        let [baseline, ratio] =
            [baseline, ratio].map(|of| of.map_or_else(|| "–".to_owned(), |of| of.to_string()));
        table += &format!("{name:width$}  {value:>11} {baseline:>11}  {unit:9} {ratio:>9}\n");
    }
    table.truncate(table.trim_end().len());
    table
}

/// The lines as a table of a document.
pub fn markdown(lines: &[Line]) -> String {
    let mut table = "| What | Value | Baseline | Ratio |\n|---|--:|--:|--:|\n".to_owned();
    for Line { name, value, unit, baseline, ratio } in lines {
        let [baseline, ratio] = [*baseline, *ratio].map(|of| of.map_or_else(String::new, set_apart));
        table += &format!("| {name} | {} {unit} | {baseline} | {ratio} |\n", set_apart(*value));
    }
    table
}

/// A number as people read it: `1,230`, and `0.00846` as it is.
fn set_apart(number: f64) -> String {
    let text = number.to_string();
    let (whole, rest) = text.find('.').map_or((text.as_str(), ""), |at| text.split_at(at));
    whole.parse().map_or_else(|_| text.clone(), |whole| grouped(whole) + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_three_digits() {
        for (number, kept) in [(1234.5, 1230.0), (0.012_345, 0.0123), (9.996, 10.0), (0.0, 0.0)] {
            assert!((short(number) - kept).abs() < 1e-9, "{number} became {}", short(number));
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        let read = [7, 999, 1_000, 20_050, 1_000_000].map(grouped);
        assert_eq!(read, ["7", "999", "1,000", "20,050", "1,000,000"]);
    }

    #[test]
    fn a_document_shows_numbers_as_people_read_them() {
        let lines = [Line::new("a", "µs", 7.43, 9_440.0), Line::alone("b", "sessions", 4_070_000.0)];
        let rows = "| a | 7.43 µs | 9,440 | 0.000787 |\n| b | 4,070,000 sessions |  |  |\n";
        assert_eq!(markdown(&lines).split_once("--:|\n").map(|(_, rows)| rows), Some(rows));
    }

    #[test]
    fn a_line_without_a_baseline_has_no_ratio() {
        assert_eq!(Line::new("a", "µs", 3.0, 6.0).ratio, Some(0.5));
        assert_eq!(Line::alone("a", "µs", 3.0).ratio, None);
        assert!(table(&[Line::alone("a", "µs", 3.0)]).contains('–'));
        let json = json(&[Line::alone("a", "µs", 3.0)]);
        assert_eq!(json, r#"[{"baseline":null,"name":"a","ratio":null,"unit":"µs","value":3.0}]"#);
    }
}
