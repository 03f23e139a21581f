//! Conditions on claims for interest (Rentekrav).

use super::condition::{Examined, Objection};
use super::fields::{INTEREST_BEARING, INTEREST_CLAIM, date, field, named};
use super::relations::objections;
use super::request::{Claim, ClaimKind};

fn is_interest(claim: &Claim<'_>) -> bool {
    claim.kind == ClaimKind::Rentekrav
}

pub(super) fn unrelated(examined: &Examined<'_>) -> Vec<Objection> {
    objections(examined, |claim| {
        (is_interest(claim) && claim.related.is_empty() && !claim.names_itself).then(|| {
            format!(
                "Rentekravet {} må være relatert til kravet det er renter av.",
                claim.label()
            )
        })
    })
}

pub(super) fn related_to_several(examined: &Examined<'_>) -> Vec<Objection> {
    let request = &examined.request;
    objections(examined, |claim| {
        let strange = |other: &&str| {
            request
                .claim(other)
                .is_some_and(|other| matches!(other.kind, ClaimKind::Other(_)))
        };
        (is_interest(claim) && (claim.related.len() > 1 || claim.related.iter().any(strange))).then(|| {
            format!(
                "Rentekravet {} kan bare være relatert til ett krav: hovedkrav, kostnad eller gebyr.",
                claim.label()
            )
        })
    })
}

pub(super) fn interest_on_interest(examined: &Examined<'_>) -> Vec<Objection> {
    let request = &examined.request;
    objections(examined, |claim| {
        let is_interest_too = |other: &&&str| request.claim(other).is_some_and(is_interest);
        let other = claim
            .related
            .iter()
            .find(is_interest_too)
            .filter(|_| is_interest(claim))?;
        Some(format!(
            "Rentekravet {} er relatert til {other}, som selv er et rentekrav.",
            claim.label()
        ))
    })
}

pub(super) fn bears_interest(examined: &Examined<'_>) -> Vec<Objection> {
    let of_claim = |claim: &Claim<'_>| {
        let (name, _) = named(claim.value, INTEREST_BEARING).filter(|_| is_interest(claim))?;
        let message = format!("Rentekravet {} kan ikke selv være rentebærende.", claim.label());
        Some(Objection::new(claim.pointer(name), message))
    };
    examined.request.claims.iter().filter_map(of_claim).collect()
}

pub(super) fn element_on_other_claim(examined: &Examined<'_>) -> Vec<Objection> {
    let of_claim = |claim: &Claim<'_>| {
        let (name, _) = named(claim.value, INTEREST_CLAIM).filter(|_| !is_interest(claim))?;
        let message = format!(
            "Kravet {} har opplysninger om rentekrav, men er ikke et rentekrav.",
            claim.label()
        );
        Some(Objection::new(claim.pointer(name), message))
    };
    examined.request.claims.iter().filter_map(of_claim).collect()
}

pub(super) fn period(examined: &Examined<'_>) -> Vec<Objection> {
    let requested = date(examined.request.root, "begjaeringsdato");
    let of_claim = |claim: &Claim<'_>| {
        let (name, element) = named(claim.value, INTEREST_CLAIM).filter(|_| is_interest(claim))?;
        let period = field(element, &["rentePeriode"])?;
        let start = date(period, "startdato")?;
        let ended = date(period, "sluttdato").is_some_and(|end| end <= start);
        let late = requested.is_some_and(|requested| start >= requested);
        (ended || late).then(|| {
            let pointer = format!("{}/rentePeriode", claim.pointer(name));
            let message = format!(
                "Renteperioden til {} må begynne før den slutter og før begjæringsdato.",
                claim.label()
            );
            Objection::new(pointer, message).with("innsendersKravreferanse", claim.label())
        })
    };
    examined.request.claims.iter().filter_map(of_claim).collect()
}
