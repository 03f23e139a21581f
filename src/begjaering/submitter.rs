//! Conditions on the submitter (innsender), and that nothing is submitted twice.

use super::actor::Actor;
use super::condition::{Examined, Objection};

pub(super) fn duplicate(examined: &Examined<'_>) -> Vec<Objection> {
    submitted_before(examined).into_iter().collect()
}

fn submitted_before(examined: &Examined<'_>) -> Option<Objection> {
    let request = &examined.request;
    let submitter = request.innsender.as_ref()?.identifier()?;
    let date = request.text("begjaeringsdato")?;
    let reference = request.text("innsenderReferanse")?;
    examined
        .around
        .submissions?
        .is_submitted(submitter, date, reference)
        .then(|| {
            Objection::new(
                "/innsenderReferanse",
                format!(
                    "Innsender har allerede levert en begjæring datert {date} med referansen {reference}."
                ),
            )
            .with("begjaeringsdato", date)
            .with("innsenderReferanse", reference)
        })
}

pub(super) fn missing(examined: &Examined<'_>) -> Vec<Objection> {
    if examined.request.innsender.is_some() {
        return Vec::new();
    }
    vec![Objection::new(
        "/innsender",
        "Begjæringen sier ikke hvem som er innsender.",
    )]
}

pub(super) fn not_organisation(examined: &Examined<'_>) -> Vec<Objection> {
    objection_to(examined, |submitter| {
        submitter
            .virksomhet()
            .is_none()
            .then(|| format!("Innsender {} må oppgis som virksomhet.", submitter.label()))
    })
}

pub(super) fn not_identifiable(examined: &Examined<'_>) -> Vec<Objection> {
    objection_to(examined, |submitter| {
        let identifier = submitter.identifier()?;
        examined
            .around
            .register?
            .party(identifier)
            .is_none()
            .then(|| format!("Innsender {} finnes ikke i partsregisteret.", submitter.label()))
    })
}

fn objection_to(examined: &Examined<'_>, complaint: impl Fn(&Actor<'_>) -> Option<String>) -> Vec<Objection> {
    examined
        .request
        .innsender
        .iter()
        .filter_map(|submitter| {
            Some(Objection::new("/innsender", complaint(submitter)?).with("innsender", submitter.label()))
        })
        .collect()
}

pub(super) fn not_authenticated(examined: &Examined<'_>) -> Vec<Objection> {
    other_than_authenticated(examined).into_iter().collect()
}

fn other_than_authenticated(examined: &Examined<'_>) -> Option<Objection> {
    let given = examined.request.innsender.as_ref()?.organisation_number()?;
    let authenticated = examined.around.authenticated?;
    (given != authenticated).then(|| {
        Objection::new(
            "/innsender",
            format!("Innsender {given} er en annen enn den påloggede virksomheten {authenticated}."),
        )
        .with("innsenderOrgnr", given)
        .with("paaloggetOrgnr", authenticated)
    })
}
