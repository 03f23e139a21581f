//! Interest of a period: actual days over the days of their year, rounded once, at the end, to whole øre.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use super::LatePaymentRates;

/// What interest is computed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterestTerms {
    /// The late-payment rate of each day.
    LatePayment,
    /// An agreed rate, in per cent a year.
    Agreed(Decimal),
}

/// The interest on `base` for every day from `first` to `last`, both counted; nothing when a day has no rate.
///
/// Half an øre is rounded up.
pub fn interest(
    rates: &LatePaymentRates,
    terms: InterestTerms,
    base: Decimal,
    first: Date,
    last: Date,
) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    let mut from = first;
    while from <= last {
        let (rate, rate_end) = match terms {
            InterestTerms::Agreed(rate) => (rate, last),
            InterestTerms::LatePayment => (rates.on(from)?, rates.entry_end(from)),
        };
        let to = last.min(rate_end).min(from.last_of_year());
        let days = Decimal::from(from.until(to).ok()?.get_days() + 1);
        // Per cent and days of the year divide last, so that what comes out even stays exact.
        sum += base * rate * days / Decimal::from(100 * i32::from(from.days_in_year()));
        from = to.checked_add(1.day()).ok()?;
    }
    Some(sum.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn late(base: &str, first: Date, last: Date) -> Option<Decimal> {
        let rates = LatePaymentRates::builtin().unwrap();
        interest(&rates, InterestTerms::LatePayment, decimal(base), first, last)
    }

    #[test]
    fn worked_out_by_hand() {
        // 10 000 × 12.50 % × 31/365 + 10 000 × 12.25 % × 31/365 = 106.1644 + 104.0411
        let june_and_july = late("10000", date(2025, 5, 31), date(2025, 7, 31));
        assert_eq!(june_and_july, Some(decimal("210.21")));
        // One day of a leap year: 36 600 × 12.50 % / 366.
        assert_eq!(
            late("36600", date(2024, 2, 29), date(2024, 2, 29)),
            Some(decimal("12.50"))
        );
        // Over new year into a leap year: 11.75 % of 365 days, 12.50 % of 366.
        let new_year = late("133590", date(2023, 12, 31), date(2024, 1, 1));
        assert_eq!(new_year, Some(decimal("88.63")));
    }

    #[test]
    fn an_agreed_rate_holds_on_every_day() {
        let rates = LatePaymentRates::builtin().unwrap();
        let terms = InterestTerms::Agreed(decimal("12.5"));
        // The sum of the bundled simple request: 60 days.
        let sum = interest(
            &rates,
            terms,
            decimal("8000.50"),
            date(2026, 7, 27),
            date(2026, 9, 24),
        );
        assert_eq!(sum, Some(decimal("164.39")));
    }

    #[test]
    fn a_day_without_a_rate_gives_nothing() {
        assert_eq!(late("1000", date(2025, 12, 31), date(2026, 1, 1)), None);
        assert_eq!(late("1000", date(2021, 12, 31), date(2022, 1, 1)), None);
        // No day, no interest.
        assert_eq!(
            late("1000", date(2025, 2, 1), date(2025, 1, 31)),
            Some(Decimal::ZERO)
        );
    }

    proptest! {
        #[test]
        fn it_is_the_sum_of_its_days(oere in 1i64..10_000_000, start in 0i32..1000, days in 1i32..400) {
            let rates = LatePaymentRates::builtin().unwrap();
            let base = Decimal::new(oere, 2);
            let first = date(2022, 1, 1).checked_add(start.days()).unwrap();
            let last = first.checked_add((days - 1).days()).unwrap();
            let by_day: Decimal = first
                .series(1.day())
                .take_while(|day| *day <= last)
                .map(|day| base * rates.on(day).unwrap() / Decimal::from(100 * i32::from(day.days_in_year())))
                .sum();
            let whole = interest(&rates, InterestTerms::LatePayment, base, first, last).unwrap();
            prop_assert!((whole - by_day).abs() <= decimal("0.00501"), "{whole} {by_day}");
        }
    }
}
