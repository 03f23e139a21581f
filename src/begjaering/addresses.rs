//! Conditions on the addresses of parties.

use std::collections::HashSet;

use serde_json::Value;

use super::actor::Actor;
use super::condition::{Examined, Objection};
use super::fields::{field, text};

pub(super) fn two_of_a_type(examined: &Examined<'_>) -> Vec<Objection> {
    let request = &examined.request;
    let representatives = request
        .representatives
        .iter()
        .map(|representative| &representative.actor);
    request
        .saksoekere
        .iter()
        .chain(&request.innsender)
        .chain(&request.saksoekte)
        .chain(representatives)
        .flat_map(repeated_types)
        .collect()
}

fn repeated_types(actor: &Actor<'_>) -> Vec<Objection> {
    let mut seen = HashSet::new();
    let typed = actor.addresses().iter().enumerate();
    typed
        .filter_map(|(index, address)| Some((index, text(address, "adressetype")?)))
        .filter(|(_, kind)| !seen.insert(*kind))
        .map(|(index, kind)| {
            let message = format!("{} har mer enn én adresse av typen {kind}.", actor.label());
            Objection::new(format!("{}/adresse/{index}", actor.pointer), message).with("adressetype", kind)
        })
        .collect()
}

pub(super) fn creditors_domestic(examined: &Examined<'_>) -> Vec<Objection> {
    lacking(
        &examined.request.saksoekere,
        "saksoeker",
        is_poor_domestic,
        "adressetekst eller postnummer",
    )
}

pub(super) fn creditors_foreign(examined: &Examined<'_>) -> Vec<Objection> {
    lacking(
        &examined.request.saksoekere,
        "saksoeker",
        is_poor_foreign,
        "poststed eller landkode",
    )
}

pub(super) fn debtors_domestic(examined: &Examined<'_>) -> Vec<Objection> {
    lacking(
        &examined.request.saksoekte,
        "saksoekt",
        is_poor_domestic,
        "adressetekst eller postnummer",
    )
}

pub(super) fn debtors_foreign(examined: &Examined<'_>) -> Vec<Objection> {
    lacking(
        &examined.request.saksoekte,
        "saksoekt",
        is_poor_foreign,
        "poststed eller landkode",
    )
}

fn lacking(
    actors: &[Actor<'_>],
    role: &'static str,
    is_poor: fn(&Value) -> bool,
    what: &str,
) -> Vec<Objection> {
    let of_actor = |actor: &Actor<'_>| -> Vec<Objection> {
        let addresses = actor.addresses().iter().enumerate();
        addresses
            .filter(|(_, address)| is_poor(address))
            .map(|(index, _)| {
                let message = format!("Adressen til {} mangler {what}.", actor.label());
                Objection::new(format!("{}/adresse/{index}", actor.pointer), message)
                    .with(role, actor.label())
            })
            .collect()
    };
    actors.iter().flat_map(of_actor).collect()
}

fn is_poor_domestic(address: &Value) -> bool {
    field(address, &["adresseInnland"]).is_some_and(|domestic| {
        let free = field(domestic, &["adresseFrittFormatInnland"]);
        !free.is_some_and(|free| text(free, "adressetekst").is_some() && text(free, "postnummer").is_some())
    })
}

fn is_poor_foreign(address: &Value) -> bool {
    field(address, &["adresseUtland"]).is_some_and(|foreign| {
        let free = field(foreign, &["adresseFrittFormatUtland"]);
        !free.is_some_and(|free| text(free, "poststedUtland").is_some() && text(free, "landkode").is_some())
    })
}
