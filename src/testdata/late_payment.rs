//! The late-payment interest rate (forsinkelsesrente) of each half-year, from a data file with its source.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::source::{Diagnostic, Node, SourceFile, parse_documents};

const BUILT_IN: &str = include_str!("../../data/forsinkelsesrente.yaml");

/// The rates, each from its day until the next one's.
#[derive(Debug, Clone)]
pub struct LatePaymentRates {
    /// Ascending, never empty.
    rates: Vec<(Date, Decimal)>,
    until: Date,
}

impl LatePaymentRates {
    /// The rates that come with the program.
    ///
    /// # Errors
    /// Never in a program that passed its tests.
    pub fn builtin() -> Result<Self, Diagnostic> {
        Self::read(BUILT_IN)
    }

    /// Reads a file of the built-in one's form.
    ///
    /// # Errors
    /// When it is not YAML, or an entry has no day or no rate, or the days do not ascend.
    pub fn read(text: &str) -> Result<Self, Diagnostic> {
        let documents = parse_documents(&SourceFile::new("forsinkelsesrente.yaml", text))?;
        let root = documents
            .first()
            .ok_or_else(|| Diagnostic::error("the file of rates is empty"))?;
        let until = member(root, "until")?;
        let entries = root.get("rates").map_or(&[][..], Node::items);
        let rates = entries
            .iter()
            .map(|entry| Ok((member(entry, "from")?, member(entry, "rate")?)))
            .collect::<Result<Vec<(Date, Decimal)>, Diagnostic>>()?;
        let ends_after = rates.last().is_some_and(|(from, _)| *from <= until);
        if !ends_after || !rates.is_sorted_by(|one, next| one.0 < next.0) {
            let message = "the rates must begin on ascending days, the last not after `until`";
            return Err(Diagnostic::error(message).at(root.place()));
        }
        Ok(Self { rates, until })
    }

    /// The first day with a rate.
    pub fn first_day(&self) -> Date {
        self.rates.first().map_or(self.until, |(from, _)| *from)
    }

    /// The last day with a rate.
    pub fn last_day(&self) -> Date {
        self.until
    }

    /// The rate on a day, in per cent a year; nothing outside the days of the file.
    pub fn on(&self, day: Date) -> Option<Decimal> {
        let later = self.rates.partition_point(|(from, _)| *from <= day);
        let index = later.checked_sub(1).filter(|_| day <= self.until)?;
        Some(self.rates[index].1)
    }

    /// The last day up to `day` on which the rate became another.
    pub fn change_by(&self, day: Date) -> Option<Date> {
        self.changes().take_while(|change| *change <= day).last()
    }

    /// The first day on which the rate became another.
    pub fn first_change(&self) -> Option<Date> {
        self.changes().next()
    }

    fn changes(&self) -> impl Iterator<Item = Date> {
        self.rates
            .windows(2)
            .filter(|pair| pair[0].1 != pair[1].1)
            .map(|pair| pair[1].0)
    }

    /// The last day that has the rate of `day` by its entry: the day before the next entry's, or the file's last.
    pub(super) fn entry_end(&self, day: Date) -> Date {
        let later = self.rates.partition_point(|(from, _)| *from <= day);
        let next = self
            .rates
            .get(later)
            .map(|(from, _)| from.saturating_sub(1.day()));
        next.unwrap_or(self.until)
    }
}

/// A member of an entry, read from its text.
fn member<T: std::str::FromStr>(entry: &Node, key: &str) -> Result<T, Diagnostic> {
    let text = entry.get(key).and_then(Node::as_str);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Diagnostic::error(format!("`{key}` is missing or is none, in quotes")).at(entry.place())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_has_the_rate_of_its_half_year() {
        let rates = LatePaymentRates::builtin().unwrap();
        for (day, rate) in [
            (date(2022, 1, 1), "8.50"),
            (date(2022, 6, 30), "8.50"),
            (date(2022, 7, 1), "9.25"),
            (date(2023, 12, 31), "11.75"),
            (date(2024, 1, 1), "12.50"),
            (date(2025, 12, 31), "12.25"),
        ] {
            assert_eq!(rates.on(day), Some(decimal(rate)), "{day}");
        }
        assert_eq!(rates.on(date(2021, 12, 31)), None);
        assert_eq!(rates.on(date(2026, 1, 1)), None);
        assert_eq!(
            (rates.first_day(), rates.last_day()),
            (date(2022, 1, 1), date(2025, 12, 31))
        );
    }

    #[test]
    fn a_half_year_with_the_rate_of_the_one_before_is_no_change() {
        let rates = LatePaymentRates::builtin().unwrap();
        assert_eq!(rates.first_change(), Some(date(2022, 7, 1)));
        assert_eq!(rates.change_by(date(2025, 6, 30)), Some(date(2024, 1, 1)));
        assert_eq!(rates.change_by(date(2030, 1, 1)), Some(date(2025, 7, 1)));
        assert_eq!(rates.change_by(date(2022, 6, 30)), None);
        assert_eq!(rates.entry_end(date(2024, 8, 1)), date(2024, 12, 31));
        assert_eq!(rates.entry_end(date(2025, 8, 1)), date(2025, 12, 31));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told() {
        for (text, said) in [
            ("", "empty"),
            ("until: '2025-12-31'", "ascending"),
            ("rates: []", "`until`"),
            (
                "{ until: '2025-12-31', rates: [{ from: '2025-13-01', rate: '8' }] }",
                "`from`",
            ),
            (
                "{ until: '2025-12-31', rates: [{ from: '2025-01-01', rate: 'x' }] }",
                "`rate`",
            ),
            (
                "{ until: '2024-12-31', rates: [{ from: '2025-01-01', rate: '8' }] }",
                "ascending",
            ),
            (
                "{ until: '2025-12-31', rates: [{ from: '2025-01-01', rate: '8' }, { from: '2025-01-01', rate: '9' }] }",
                "ascending",
            ),
        ] {
            let error = LatePaymentRates::read(text).unwrap_err();
            assert!(error.to_string().contains(said), "{text}: {error}");
        }
    }
}
