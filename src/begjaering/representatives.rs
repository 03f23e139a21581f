//! Conditions on representatives (prosessfullmektige) of any party.

use super::condition::{Examined, Objection};
use super::fields::{field, text};
use super::request::Representative;
use crate::identity::OrganisationNumber;

pub(super) fn without_licence_holder(examined: &Examined<'_>) -> Vec<Objection> {
    objections(examined, |representative| {
        let kind = text(representative.actor.virksomhet()?, "virksomhetstype")?;
        let holder = field(representative.value, &["bevillingshaver"]);
        let named = holder.is_some_and(|holder| holder.as_object().is_some_and(|fields| !fields.is_empty()));
        (kind == "inkassovirksomhet" && !named)
            .then(|| "Inkassovirksomheten som er prosessfullmektig, mangler bevillingshaver.".to_owned())
    })
}

pub(super) fn without_organisation_number(examined: &Examined<'_>) -> Vec<Objection> {
    objections(examined, |representative| {
        let actor = &representative.actor;
        (actor.virksomhet().is_some() && actor.organisation_number().is_none())
            .then(|| "Virksomheten som er prosessfullmektig, mangler organisasjonsnummer.".to_owned())
    })
}

pub(super) fn incomplete_person(examined: &Examined<'_>) -> Vec<Objection> {
    objections(examined, |representative| {
        let actor = &representative.actor;
        let told = actor.first_and_last_name().is_some() && actor.has_address();
        (actor.person().is_some() && !told)
            .then(|| "Personen som er prosessfullmektig, mangler fullt navn eller adresse.".to_owned())
    })
}

pub(super) fn bad_organisation_number(examined: &Examined<'_>) -> Vec<Objection> {
    objections(examined, |representative| {
        let number = representative.actor.organisation_number()?;
        OrganisationNumber::parse(number)
            .is_err()
            .then(|| format!("Organisasjonsnummeret {number} til prosessfullmektigen er ikke gyldig."))
    })
}

fn objections(
    examined: &Examined<'_>,
    complaint: impl Fn(&Representative<'_>) -> Option<String>,
) -> Vec<Objection> {
    examined
        .request
        .representatives
        .iter()
        .filter_map(|representative| {
            let message = complaint(representative)?;
            let label = representative.actor.label();
            Some(Objection::new(representative.pointer.as_str(), message).with("prosessfullmektig", label))
        })
        .collect()
}
