//! Conditions that ask the party register and Betjeningskartet about creditors and debtors.

use super::actor::Actor;
use super::condition::{Examined, Objection};
use super::{PartyKind, RegisteredParty, Ruleset};

pub(super) fn creditor_is_sub_unit(examined: &Examined<'_>) -> Vec<Objection> {
    let creditors = &examined.request.saksoekere;
    registered(
        examined,
        creditors,
        |party| party.kind == PartyKind::SubUnit,
        |actor| format!("Saksøker {actor} er en underenhet; bare hovedenheten kan være part."),
    )
}

pub(super) fn creditor_is_sole_proprietorship(examined: &Examined<'_>) -> Vec<Objection> {
    let creditors = &examined.request.saksoekere;
    registered(
        examined,
        creditors,
        |party| party.kind == PartyKind::SoleProprietorship,
        |actor| format!("Saksøker {actor} er et enkeltpersonforetak; oppgi innehaveren."),
    )
}

pub(super) fn debtor_is_sub_unit(examined: &Examined<'_>) -> Vec<Objection> {
    let debtors = &examined.request.saksoekte;
    registered(
        examined,
        debtors,
        |party| party.kind == PartyKind::SubUnit,
        |actor| format!("Saksøkt {actor} er en underenhet; bare hovedenheten kan være part."),
    )
}

pub(super) fn debtor_is_sole_proprietorship(examined: &Examined<'_>) -> Vec<Objection> {
    let debtors = &examined.request.saksoekte;
    registered(
        examined,
        debtors,
        |party| party.kind == PartyKind::SoleProprietorship,
        |actor| format!("Saksøkt {actor} er et enkeltpersonforetak; oppgi innehaveren som person."),
    )
}

fn registered(
    examined: &Examined<'_>,
    actors: &[Actor<'_>],
    objectionable: impl Fn(RegisteredParty) -> bool,
    message: impl Fn(&str) -> String,
) -> Vec<Objection> {
    let Some(register) = examined.around.register else {
        return Vec::new();
    };
    actors
        .iter()
        .filter(|actor| {
            actor
                .identifier()
                .and_then(|id| register.party(id))
                .is_some_and(&objectionable)
        })
        .map(|actor| Objection::new(actor.holder.as_str(), message(&actor.label())))
        .collect()
}

pub(super) fn debtor_under_old_rules(examined: &Examined<'_>) -> Vec<Objection> {
    under_old_rules(examined)
        .map(|(actor, identifier)| {
            let message = format!("Saksøkt {identifier} skal behandles etter gammelt regelverk.");
            Objection::new(actor.holder.as_str(), message).with("identifikator", identifier)
        })
        .collect()
}

/// The debtors that Betjeningskartet keeps under the old rules.
pub(super) fn under_old_rules<'e>(
    examined: &'e Examined<'_>,
) -> impl Iterator<Item = (&'e Actor<'e>, &'e str)> {
    examined.request.saksoekte.iter().filter_map(|actor| {
        let identifier = actor.identifier()?;
        let party = examined.around.register?.party(identifier)?;
        (party.rules == Ruleset::Old).then_some((actor, identifier))
    })
}

pub(super) fn debtor_not_registered(examined: &Examined<'_>) -> Vec<Objection> {
    let Some(register) = examined.around.register else {
        return Vec::new();
    };
    examined
        .request
        .saksoekte
        .iter()
        .filter(|actor| actor.identifier().is_some_and(|id| register.party(id).is_none()))
        .map(|actor| {
            let message = format!("Saksøkt {} finnes ikke i partsregisteret.", actor.label());
            Objection::new(actor.holder.as_str(), message)
        })
        .collect()
}
