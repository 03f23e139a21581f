//! Conditions on priorities within the case: given for all or for none.

use serde_json::Value;

use super::condition::{Examined, Objection};
use super::fields::{INTEREST_BEARING, field, named};
use super::request::{Claim, ClaimKind};

fn has_priority(claim: &Claim<'_>) -> bool {
    field(claim.value, &["prioritetISak"]).is_some()
}

fn uses_priorities(examined: &Examined<'_>) -> bool {
    examined.request.claims.iter().any(has_priority)
}

pub(super) fn of_claim(examined: &Examined<'_>) -> Vec<Objection> {
    if !uses_priorities(examined) {
        return Vec::new();
    }
    let without = examined
        .request
        .claims
        .iter()
        .filter(|claim| !has_priority(claim));
    without
        .map(|claim| {
            let message = format!(
                "Kravet {} mangler prioritet, som andre krav i begjæringen har.",
                claim.label()
            );
            Objection::new(claim.pointer("prioritetISak"), message)
        })
        .collect()
}

pub(super) fn of_future_interest(examined: &Examined<'_>) -> Vec<Objection> {
    if !uses_priorities(examined) {
        return Vec::new();
    }
    let objection = |claim: &Claim<'_>| {
        let (name, element) =
            named(claim.value, INTEREST_BEARING).filter(|_| claim.kind != ClaimKind::Rentekrav)?;
        let (pointer, terms) = match field(element, &["renteopplysninger"]) {
            Some(terms) => (format!("{}/renteopplysninger", claim.pointer(name)), terms),
            None => (claim.pointer(name), element),
        };
        let message = format!(
            "Det rentebærende kravet {} mangler prioritet for framtidige renter.",
            claim.label()
        );
        let prioritised = field(terms, &["prioritetISakFremtidigRentekrav"]).is_some();
        (bears_interest(terms) && !prioritised).then(|| Objection::new(pointer, message))
    };
    examined.request.claims.iter().filter_map(objection).collect()
}

/// Terms that say no more than that late-payment interest is not claimed bear none.
fn bears_interest(terms: &Value) -> bool {
    field(terms, &["avtaltRentesats"]).is_some()
        || field(terms, &["forsinkelsesrente"]).and_then(Value::as_bool) != Some(false)
}

pub(super) fn of_court_fee(examined: &Examined<'_>) -> Vec<Objection> {
    let name = "kreverRettsgebyrErstattet";
    let claimed = |fee: &Value| {
        let wanted = field(fee, &[name]).unwrap_or(fee);
        wanted.as_bool() == Some(true) && field(fee, &["prioritetISak"]).is_none()
    };
    if uses_priorities(examined) && field(examined.request.root, &[name]).is_some_and(claimed) {
        vec![Objection::new(
            format!("/{name}"),
            "Rettsgebyret kreves erstattet, men mangler prioritet.",
        )]
    } else {
        Vec::new()
    }
}
