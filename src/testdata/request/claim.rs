//! A claim (krav) of a request.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Number, Value, json};

use crate::testdata::InterestTerms;

/// Every claim's place in the order of the law on the satisfaction of creditors (dekningsloven).
const DEKNINGSLOVEN: &str = "b";

/// A claim.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) reference: String,
    pub(super) kind: ClaimKind,
    pub(super) description: &'static str,
    pub(super) original: Decimal,
    /// `kravforfall`, for the kinds that have one.
    pub(super) due: Option<Date>,
    /// The main claim it belongs to.
    pub(super) related: Option<String>,
    /// What future interest is computed by.
    pub(super) bears: Option<InterestTerms>,
    /// Of a claim for interest.
    pub(super) period: Option<InterestPeriod>,
    pub(super) payments: Vec<Booked>,
    /// Downward adjustments (kravEndring).
    pub(super) adjustments: Vec<Booked>,
    pub(super) demand: Option<Demand>,
}

/// What a claim is for: `kravdetaljer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimKind {
    Hovedkrav,
    Rentekrav,
    UtenrettsligeKostnader,
    TidligereRettsligeSakskostnader,
    SakskostnaderForSkriving,
}

/// What interest was computed from.
#[derive(Debug, Clone, Copy)]
pub(super) struct InterestPeriod {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) base: Decimal,
    pub(super) terms: InterestTerms,
}

/// A payment or an adjustment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Booked {
    pub(super) day: Date,
    pub(super) amount: Decimal,
}

/// A demand letter (betalingsoppfordring).
#[derive(Debug, Clone)]
pub(super) struct Demand {
    pub(super) sent: Date,
    pub(super) deadline: Date,
    pub(super) attachment: Value,
}

/// `prioritetISak` of a claim, and of the interest it will bear.
#[derive(Debug, Clone, Copy)]
pub(super) struct Priorities {
    pub(super) own: usize,
    pub(super) future_interest: usize,
}

impl Claim {
    /// A claim of which nothing is paid and that nothing depends on.
    pub(super) fn new(
        reference: String,
        kind: ClaimKind,
        description: &'static str,
        original: Decimal,
    ) -> Self {
        Self {
            reference,
            kind,
            description,
            original,
            due: None,
            related: None,
            bears: None,
            period: None,
            payments: Vec::new(),
            adjustments: Vec::new(),
            demand: None,
        }
    }

    /// `gjenstaaendeBeloep`: the original amount without payments and downward adjustments.
    pub(super) fn remaining(&self) -> Decimal {
        let booked = self.payments.iter().chain(&self.adjustments);
        self.original - booked.map(|booked| booked.amount).sum::<Decimal>()
    }

    /// The `Krav`.
    pub(super) fn to_value(&self, priorities: Option<Priorities>) -> Value {
        let mut claim = json!({
            "innsendersKravreferanse": self.reference,
            "kravdetaljer": self.kind.name(),
            "kravbeskrivelse": self.description,
            "opprinneligBeloep": kroner(self.original),
            "gjenstaaendeBeloep": kroner(self.remaining()),
        });
        if let Some(priorities) = priorities {
            claim["prioritetISak"] = json!(priorities.own);
        }
        claim["prioritetDekningsloven"] = json!(DEKNINGSLOVEN);
        if let Some(related) = &self.related {
            claim["relatertKrav"] = json!([related]);
        }
        if let Some(due) = self.due {
            claim["kravforfall"] = json!({ "forfallsdato": due });
        }
        if let Some(period) = &self.period {
            claim["rentekrav"] = period.to_value();
        }
        if let Some(terms) = self.bears {
            claim["rentebaerendeKrav"] = json!({ "renteopplysninger": future_interest(terms, priorities) });
        }
        if let Some(demand) = &self.demand {
            claim["betalingsoppfordring"] = json!([{
                "brevdato": demand.sent,
                "betalingsfrist": demand.deadline,
                "betalingsoppfordring": demand.attachment,
            }]);
        }
        for (name, day, booked) in [
            ("innbetaling", "bokfoertDato", &self.payments),
            ("kravEndring", "dato", &self.adjustments),
        ] {
            if !booked.is_empty() {
                let entry = |booked: &Booked| json!({ day: booked.day, "beloep": kroner(booked.amount) });
                claim[name] = booked.iter().map(entry).collect();
            }
        }
        claim
    }
}

impl ClaimKind {
    fn name(self) -> &'static str {
        match self {
            Self::Hovedkrav => "Hovedkrav",
            Self::Rentekrav => "Rentekrav",
            Self::UtenrettsligeKostnader => "UtenrettsligeKostnader",
            Self::TidligereRettsligeSakskostnader => "TidligereRettsligeSakskostnader",
            Self::SakskostnaderForSkriving => "SakskostnaderForSkriving",
        }
    }
}

impl InterestPeriod {
    fn to_value(self) -> Value {
        let mut interest = json!({
            "rentePeriode": { "startdato": self.first, "sluttdato": self.last },
            "renteGrunnlag": kroner(self.base),
        });
        match self.terms {
            InterestTerms::LatePayment => interest["beregnetMedForsinkelsesrente"] = json!(true),
            InterestTerms::Agreed(rate) => interest["beregnetMedAvtaltRentesats"] = number(rate).into(),
        }
        interest
    }
}

fn future_interest(terms: InterestTerms, priorities: Option<Priorities>) -> Value {
    let mut interest = match terms {
        InterestTerms::LatePayment => json!({ "forsinkelsesrente": true }),
        InterestTerms::Agreed(rate) => json!({ "avtaltRentesats": number(rate) }),
    };
    if let Some(priorities) = priorities {
        interest["prioritetISakFremtidigRentekrav"] = json!(priorities.future_interest);
    }
    interest
}

/// A `BeloepValuta`.
fn kroner(amount: Decimal) -> Value {
    json!({ "beloep": number(amount), "valuta": "NOK" })
}

/// A decimal as a JSON number that reads the same: amounts have two decimals and far fewer than sixteen digits.
pub(super) fn number(decimal: Decimal) -> Number {
    let plain = decimal.normalize().to_string();
    serde_json::from_str(&plain).unwrap_or_else(|_| Number::from(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_remains_is_what_was_not_paid_and_not_struck_off() {
        let mut claim = Claim::new(
            "k".to_owned(),
            ClaimKind::Hovedkrav,
            "x",
            Decimal::new(100_050, 2),
        );
        let booked = |oere| Booked {
            day: date(2025, 1, 1),
            amount: Decimal::new(oere, 2),
        };
        claim.payments = vec![booked(25), booked(25)];
        claim.adjustments = vec![booked(20_010)];
        let value = claim.to_value(None);
        assert_eq!(value["opprinneligBeloep"]["beloep"], json!(1000.5));
        assert_eq!(value["gjenstaaendeBeloep"]["beloep"].to_string(), "799.9");
        assert_eq!(value["innbetaling"][1]["beloep"]["beloep"].to_string(), "0.25");
        assert_eq!(value["kravEndring"][0]["dato"], "2025-01-01");
    }

    #[test]
    fn numbers_are_written_as_short_as_can_be() {
        for (oere, text) in [
            (100_000, "1000"),
            (1, "0.01"),
            (800_000_099, "8000000.99"),
            (10, "0.1"),
        ] {
            assert_eq!(number(Decimal::new(oere, 2)).to_string(), text);
        }
    }
}
