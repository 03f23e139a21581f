//! Conditions on `relatertKrav`: what costs and main claims may point at.
//!
//! A claim that names itself is told so once; the other conditions do not see that reference.

use super::condition::{Examined, Objection};
use super::request::{Claim, ClaimKind};

/// One objection per claim, at its `relatertKrav`.
pub(super) fn objections(
    examined: &Examined<'_>,
    complaint: impl Fn(&Claim<'_>) -> Option<String>,
) -> Vec<Objection> {
    examined
        .request
        .claims
        .iter()
        .filter_map(|claim| Some(Objection::new(claim.pointer("relatertKrav"), complaint(claim)?)))
        .collect()
}

pub(super) fn names_itself(examined: &Examined<'_>) -> Vec<Objection> {
    objections(examined, |claim| {
        claim
            .names_itself
            .then(|| format!("Kravet {} er oppgitt som relatert til seg selv.", claim.label()))
    })
}

pub(super) fn unknown(examined: &Examined<'_>) -> Vec<Objection> {
    let request = &examined.request;
    let of_claim = |claim: &Claim<'_>| -> Vec<Objection> {
        let unknown = claim
            .related
            .iter()
            .filter(|other| request.claim(other).is_none());
        unknown
            .map(|other| {
                let message = format!(
                    "Kravet {} er relatert til {other}, som ikke finnes.",
                    claim.label()
                );
                Objection::new(claim.pointer("relatertKrav"), message)
                    .with("hovedkravRef", claim.label())
                    .with("relatertKravRef", *other)
            })
            .collect()
    };
    request.claims.iter().flat_map(of_claim).collect()
}

pub(super) fn in_another_ground(examined: &Examined<'_>) -> Vec<Objection> {
    let request = &examined.request;
    objections(examined, |claim| {
        let own = request.grounds_of(claim.reference?);
        let apart = claim.related.iter().find(|other| {
            let theirs = request.grounds_of(other);
            let known = request.claim(other).is_some() && !own.is_empty() && !theirs.is_empty();
            known && !share_one(own, theirs)
        })?;
        Some(format!(
            "Kravet {} er relatert til {apart}, som hører til et annet tvangsgrunnlag.",
            claim.label()
        ))
    })
}

/// Whether two ascending lists have an item in common.
fn share_one(one: &[usize], other: &[usize]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.iter().any(|index| long.binary_search(index).is_ok())
}

pub(super) fn cost_not_of_main_claim(examined: &Examined<'_>) -> Vec<Objection> {
    let request = &examined.request;
    let has_main_claim = request
        .claims
        .iter()
        .any(|claim| claim.kind == ClaimKind::Hovedkrav);
    objections(examined, |claim| {
        let needs_one = claim.kind == ClaimKind::UtenrettsligeKostnader && has_main_claim;
        if needs_one && claim.related.is_empty() && !claim.names_itself {
            return Some(format!(
                "Gebyret {} må være relatert til et hovedkrav.",
                claim.label()
            ));
        }
        let kinds = claim.related.iter().filter_map(|other| request.claim(other));
        let wrong = kinds
            .filter(|other| other.kind != ClaimKind::Hovedkrav)
            .map(Claim::label)
            .next()?;
        claim.kind.is_cost().then(|| {
            format!(
                "Gebyret eller sakskostnaden {} er relatert til {wrong}, som ikke er et hovedkrav.",
                claim.label()
            )
        })
    })
}

pub(super) fn main_claim_related(examined: &Examined<'_>) -> Vec<Objection> {
    objections(examined, |claim| {
        (claim.kind == ClaimKind::Hovedkrav && !claim.related.is_empty())
            .then(|| format!("Hovedkravet {} skal ikke ha relaterte krav.", claim.label()))
    })
}
