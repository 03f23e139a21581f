//! The days of a case, chosen so that they follow each other as the law and the conditions want.
//!
//! `due` < payment < adjustment < demand letter < notice < `requested`, interest until `until` at the latest, and a
//! change of the late-payment rate between `due` and `until`.

use jiff::Span;
use jiff::civil::Date;
use rand::{Rng, RngExt};

use super::DateNotCovered;
use crate::testdata::LatePaymentRates;

/// A claim is this many days overdue at least when enforcement is asked for.
const OVERDUE: i32 = 30;
/// Interest runs this many days at the new rate at least.
const AT_NEW_RATE: i32 = 10;

/// The fixed days of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    /// `begjaeringsdato`.
    pub(super) requested: Date,
    /// The last day that interest is computed for.
    pub(super) until: Date,
    /// A day on which the late-payment rate changed.
    change: Date,
    /// The first day with a known rate.
    first: Date,
}

impl Calendar {
    /// # Errors
    /// [`DateNotCovered`] when no change of the rate is known early enough.
    pub(super) fn new(requested: Date, rates: &LatePaymentRates) -> Result<Self, DateNotCovered> {
        let until = days_after(requested, -1).min(rates.last_day());
        let change = rates.change_by(days_after(until, -AT_NEW_RATE));
        let earliest = || days_after(rates.first_change().unwrap_or(requested), AT_NEW_RATE + 1);
        Ok(Self {
            requested,
            until,
            change: change.ok_or_else(|| DateNotCovered {
                date: requested,
                earliest: earliest(),
            })?,
            first: rates.first_day(),
        })
    }

    /// When a main claim fell due: 30 to 120 days before the rate changed.
    pub(super) fn draw_due<R: Rng>(&self, rng: &mut R) -> Date {
        let latest = self.change.min(days_after(self.requested, -OVERDUE));
        days_after(latest, -rng.random_range(30..=120)).max(self.first)
    }

    /// When a debtor paid a part.
    pub(super) fn draw_payment<R: Rng>(rng: &mut R, due: Date) -> Date {
        days_after(due, rng.random_range(8..=18))
    }

    /// When a claim was adjusted downwards: after the payment.
    pub(super) fn draw_adjustment<R: Rng>(rng: &mut R, due: Date) -> Date {
        days_after(due, rng.random_range(21..=27))
    }

    /// When the demand letter was sent: two weeks after the due date at the earliest, and well within the six months
    /// before the request.
    pub(super) fn draw_demand<R: Rng>(&self, rng: &mut R, due: Date) -> Date {
        let earliest = days_after(due, 14).max(days_after(self.requested, -170));
        let latest = days_after(self.requested, -40);
        let span = earliest.until(latest).map_or(0, |span| span.get_days());
        days_after(earliest, rng.random_range(0..=span.max(0)))
    }

    /// When the notice of enforcement was sent: more than the two weeks before the request that the law demands.
    pub(super) fn draw_notice<R: Rng>(&self, rng: &mut R) -> Date {
        days_after(self.requested, -rng.random_range(18..=35))
    }
}

/// The day so many days later, or earlier.
pub(super) fn days_after(day: Date, days: i32) -> Date {
    day.saturating_add(Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testdata::draw_for;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn rates() -> LatePaymentRates {
        LatePaymentRates::builtin().unwrap()
    }

    #[test]
    fn a_date_without_a_known_change_before_it_is_refused() {
        let error = Calendar::new(date(2022, 7, 11), &rates()).unwrap_err();
        assert_eq!(error.earliest, date(2022, 7, 12));
        assert!(error.to_string().contains("2022-07-12"), "{error}");
        assert!(Calendar::new(error.earliest, &rates()).is_ok());
        assert!(Calendar::new(date(1990, 1, 1), &rates()).is_err());
    }

    #[test]
    fn interest_ends_where_the_known_rates_end() {
        let calendar = Calendar::new(date(2031, 5, 1), &rates()).unwrap();
        assert_eq!(calendar.until, date(2025, 12, 31));
    }

    proptest! {
        #[test]
        fn the_days_follow_each_other(seed: u64, days in 0i32..4000) {
            let requested = days_after(date(2022, 7, 12), days);
            let calendar = Calendar::new(requested, &rates()).unwrap();
            let mut rng = draw_for(seed, "calendar");
            let due = calendar.draw_due(&mut rng);
            let payment = Calendar::draw_payment(&mut rng, due);
            let adjustment = Calendar::draw_adjustment(&mut rng, due);
            let demand = calendar.draw_demand(&mut rng, due);
            let notice = calendar.draw_notice(&mut rng);
            prop_assert!(rates().first_day() <= due);
            prop_assert!(due < payment && payment < adjustment && days_after(adjustment, 1) < calendar.until);
            prop_assert!(due < calendar.change && calendar.change < calendar.until);
            prop_assert!(due < demand && days_after(demand, 14) < requested);
            prop_assert!(demand >= requested.saturating_sub(6.months()));
            prop_assert!(due < notice && days_after(notice, 14) < requested);
        }
    }
}
