//! Conditions on creditors (saksøkere) and debtors (saksøkte): each once, not on both sides, and told well enough.

use std::collections::HashSet;

use super::actor::Actor;
use super::condition::{Examined, Objection};

pub(super) fn duplicate_creditor(examined: &Examined<'_>) -> Vec<Objection> {
    duplicates(&examined.request.saksoekere, "Saksøker")
}

pub(super) fn duplicate_debtor(examined: &Examined<'_>) -> Vec<Objection> {
    duplicates(&examined.request.saksoekte, "Saksøkt")
}

fn duplicates(actors: &[Actor<'_>], role: &str) -> Vec<Objection> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for actor in actors {
        let keys = actor.identity_keys();
        if keys.iter().any(|key| seen.contains(key)) {
            let message = format!("{role} {} er oppgitt mer enn én gang.", actor.label());
            found.push(Objection::new(actor.holder.as_str(), message));
        }
        seen.extend(keys);
    }
    found
}

pub(super) fn on_both_sides(examined: &Examined<'_>) -> Vec<Objection> {
    let creditors: HashSet<String> = examined
        .request
        .saksoekere
        .iter()
        .flat_map(Actor::identity_keys)
        .collect();
    let is_creditor = |actor: &&Actor<'_>| actor.identity_keys().iter().any(|key| creditors.contains(key));
    examined
        .request
        .saksoekte
        .iter()
        .filter(is_creditor)
        .map(|actor| {
            let message = format!("{} kan ikke være både saksøker og saksøkt.", actor.label());
            Objection::new(actor.holder.as_str(), message)
        })
        .collect()
}

pub(super) fn creditor_incomplete(examined: &Examined<'_>) -> Vec<Objection> {
    let is_told = |actor: &Actor<'_>| {
        let named = actor.name().is_some();
        named && (actor.identifier().is_some() || actor.has_address() || actor.birth_date().is_some())
    };
    incomplete(&examined.request.saksoekere, "saksoeker", is_told)
}

pub(super) fn debtor_incomplete(examined: &Examined<'_>) -> Vec<Objection> {
    let is_told = |actor: &Actor<'_>| {
        let identified = actor.identifier().is_some();
        match actor.person() {
            Some(_) => {
                let born_and_lives = actor.birth_date().is_some() && actor.has_address();
                actor.first_and_last_name().is_some() && (identified || born_and_lives)
            }
            None => actor.virksomhet().is_some() && identified && actor.name().is_some(),
        }
    };
    incomplete(&examined.request.saksoekte, "saksoekt", is_told)
}

fn incomplete(
    actors: &[Actor<'_>],
    role: &'static str,
    is_told: impl Fn(&Actor<'_>) -> bool,
) -> Vec<Objection> {
    let noun = if role == "saksoeker" {
        "saksøker"
    } else {
        "saksøkt"
    };
    actors
        .iter()
        .filter(|actor| !is_told(actor))
        .map(|actor| {
            let message = format!("Opplysningene om {noun} {} er ufullstendige.", actor.label());
            Objection::new(actor.holder.as_str(), message).with(role, actor.label())
        })
        .collect()
}
