//! Conditions on changes of a case: when it may be changed, and what must stay as it was.

use std::collections::HashSet;

use super::CaseBefore;
use super::actor::Actor;
use super::condition::{Examined, Objection};
use super::fields::field;
use super::register::under_old_rules;
use super::request::Request;

pub(super) fn unprocessed(examined: &Examined<'_>) -> Vec<Objection> {
    of_case(examined, |case, _| {
        case.unprocessed.then(|| {
            let message = format!(
                "En tidligere innsending på saken {} er ikke ferdig behandlet.",
                case.reference
            );
            Objection::new("", message).with("eksternSaksreferanse", case.reference)
        })
    })
}

pub(super) fn state(examined: &Examined<'_>) -> Vec<Objection> {
    of_case(examined, |case, _| {
        (!case.changes_allowed && !case.unprocessed).then(|| {
            let message = format!(
                "Saken {} har tilstanden {} og kan ikke endres.",
                case.reference, case.state
            );
            Objection::new("", message)
                .with("eksternSaksreferanse", case.reference)
                .with("tilstand", case.state)
        })
    })
}

pub(super) fn date(examined: &Examined<'_>) -> Vec<Objection> {
    field_altered(examined, "begjaeringsdato", "Begjæringsdatoen kan ikke endres.")
}

pub(super) fn signature(examined: &Examined<'_>) -> Vec<Objection> {
    field_altered(examined, "underskrift", "Underskriften kan ikke endres.")
}

fn field_altered(examined: &Examined<'_>, name: &str, message: &str) -> Vec<Objection> {
    let new = field(examined.request.root, &[name]);
    of_case(examined, |case, _| {
        (field(case.request, &[name]) != new).then(|| Objection::new(format!("/{name}"), message))
    })
}

pub(super) fn submitter(examined: &Examined<'_>) -> Vec<Objection> {
    of_case(examined, |_, before| {
        // A missing one has a condition of its own.
        let new = examined.request.innsender.as_ref()?;
        let old = before.innsender.as_ref()?;
        (old.who() != new.who()).then(|| Objection::new("/innsender", "Innsender kan ikke endres."))
    })
}

pub(super) fn creditors(examined: &Examined<'_>) -> Vec<Objection> {
    of_case(examined, |_, before| {
        let who = |actors: &[Actor<'_>]| -> HashSet<_> {
            actors.iter().map(|actor| format!("{:?}", actor.who())).collect()
        };
        (who(&before.saksoekere) != who(&examined.request.saksoekere))
            .then(|| Objection::new("/saksoeker", "Saksøkerne kan ikke endres."))
    })
}

pub(super) fn debtor(examined: &Examined<'_>) -> Vec<Objection> {
    let Some(before) = &examined.before else {
        return Vec::new();
    };
    let known: HashSet<&str> = before.saksoekte.iter().filter_map(Actor::identifier).collect();
    under_old_rules(examined)
        .filter(|(_, identifier)| !known.contains(identifier))
        .map(|(actor, identifier)| {
            let message =
                format!("Saksøkt {identifier} kan ikke komme til: behandles etter gammelt regelverk.");
            Objection::new(actor.holder.as_str(), message)
        })
        .collect()
}

fn of_case(
    examined: &Examined<'_>,
    objection: impl FnOnce(&CaseBefore<'_>, &Request<'_>) -> Option<Objection>,
) -> Vec<Objection> {
    let case = examined.around.case.as_ref();
    case.zip(examined.before.as_ref())
        .and_then(|(case, before)| objection(case, before))
        .into_iter()
        .collect()
}
