//! Conditions on claims (krav): that there are some, each known by one reference and covered by one ground, with due
//! dates where they belong and no payment from the future.

use std::collections::HashSet;

use super::condition::{Examined, Objection};
use super::fields::{at, date, items, says, text};
use super::request::{Claim, ClaimKind};

pub(super) fn none(examined: &Examined<'_>) -> Vec<Objection> {
    if examined.request.claims.is_empty() {
        vec![Objection::new(
            "/kravTilInnkreving",
            "Begjæringen har ingen krav.",
        )]
    } else {
        Vec::new()
    }
}

pub(super) fn duplicate_reference(examined: &Examined<'_>) -> Vec<Objection> {
    let mut seen = HashSet::new();
    with_reference(examined)
        .filter(|(_, reference)| !seen.insert(*reference))
        .map(|(claim, reference)| {
            let message = format!("Kravreferansen {reference} er brukt på mer enn ett krav.");
            Objection::new(format!("/kravTilInnkreving/{}", claim.index), message)
                .with("kravreferanse", reference)
        })
        .collect()
}

pub(super) fn unused(examined: &Examined<'_>) -> Vec<Objection> {
    with_reference(examined)
        .filter(|(_, reference)| examined.request.grounds_of(reference).is_empty())
        .map(|(claim, reference)| {
            let message = format!("Ingen tvangsgrunnlag viser til kravet {reference}.");
            Objection::new(format!("/kravTilInnkreving/{}", claim.index), message)
                .with("kravreferanse", reference)
        })
        .collect()
}

/// The schema demands a reference; of a claim without one, conditions have nothing to say.
fn with_reference<'e>(examined: &'e Examined<'_>) -> impl Iterator<Item = (&'e Claim<'e>, &'e str)> {
    examined
        .request
        .claims
        .iter()
        .filter_map(|claim| Some((claim, claim.reference?)))
}

pub(super) fn in_several_grounds(examined: &Examined<'_>) -> Vec<Objection> {
    let request = &examined.request;
    let mut found = Vec::new();
    for (index, ground) in request.grounds.iter().enumerate() {
        let mut told = HashSet::new();
        for reference in &ground.references {
            let first = request.grounds_of(reference).first();
            if first.is_some_and(|first| *first < index) && told.insert(*reference) {
                let message = format!("Kravet {reference} hører til mer enn ett tvangsgrunnlag.");
                found.push(Objection::new(
                    references_of(&ground.pointer, ground.value),
                    message,
                ));
            }
        }
    }
    found
}

pub(super) fn unknown_in_ground(examined: &Examined<'_>) -> Vec<Objection> {
    let request = &examined.request;
    let mut found = Vec::new();
    if request.claims.is_empty() {
        // Every reference would be unknown; that there are no claims is said once.
        return found;
    }
    for ground in &request.grounds {
        let mut told = HashSet::new();
        for reference in &ground.references {
            if request.claim(reference).is_none() && told.insert(*reference) {
                let message = format!("Tvangsgrunnlaget viser til kravet {reference}, som ikke finnes.");
                let pointer = references_of(&ground.pointer, ground.value);
                found.push(Objection::new(pointer, message).with("kravreferanse", *reference));
            }
        }
    }
    found
}

fn references_of(pointer: &str, ground: &serde_json::Value) -> String {
    let name = super::fields::named(ground, super::fields::CLAIM_REFERENCE)
        .map_or("innsendersKravreferanse", |(name, _)| name);
    format!("{pointer}/{name}")
}

pub(super) fn due_date_missing(examined: &Examined<'_>) -> Vec<Objection> {
    due_dates(examined, |kind, given| {
        let needed = matches!(
            kind,
            ClaimKind::Hovedkrav
                | ClaimKind::UtenrettsligeKostnader
                | ClaimKind::TidligereRettsligeSakskostnader
        );
        (needed && !given).then_some("må ha forfallsdato")
    })
}

pub(super) fn due_date_unwanted(examined: &Examined<'_>) -> Vec<Objection> {
    due_dates(examined, |kind, given| {
        let unwanted = matches!(kind, ClaimKind::SakskostnaderForSkriving | ClaimKind::Rentekrav);
        (unwanted && given).then_some("skal ikke ha forfallsdato")
    })
}

fn due_dates(
    examined: &Examined<'_>,
    complaint: impl Fn(ClaimKind<'_>, bool) -> Option<&'static str>,
) -> Vec<Objection> {
    let of_claim = |claim: &Claim<'_>| {
        let given = at(claim.value, &["kravforfall", "forfallsdato"])
            .and_then(says)
            .is_some();
        let complaint = complaint(claim.kind, given)?;
        let kind = text(claim.value, "kravdetaljer")?;
        let message = format!("Kravet {} er {kind} og {complaint}.", claim.label());
        Some(Objection::new(claim.pointer("kravforfall"), message).with("kravdetaljer", kind))
    };
    examined.request.claims.iter().filter_map(of_claim).collect()
}

pub(super) fn payment_in_the_future(examined: &Examined<'_>) -> Vec<Objection> {
    let of_claim = |claim: &Claim<'_>| -> Vec<Objection> {
        let payments = items(claim.value, "innbetaling").iter().enumerate();
        payments
            .filter(|(_, payment)| {
                date(payment, "bokfoertDato").is_some_and(|paid| paid > examined.around.today)
            })
            .map(|(index, _)| {
                let message = format!("En innbetaling på kravet {} er datert fram i tid.", claim.label());
                Objection::new(format!("{}/{index}", claim.pointer("innbetaling")), message)
            })
            .collect()
    };
    examined.request.claims.iter().flat_map(of_claim).collect()
}
