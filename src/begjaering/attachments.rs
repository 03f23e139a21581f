//! Conditions on attachments (vedlegg): of the right type where they stand, and uploaded and ready.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::condition::{Examined, Objection};
use super::fields::{field, items, text};
use super::request::{Claim, Ground};
use super::{Attachment, AttachmentState};

fn file_name(attachment: &Value) -> &str {
    text(attachment, "filnavn").unwrap_or("uten navn")
}

fn known(examined: &Examined<'_>, attachment: &Value) -> Option<Attachment> {
    examined.around.attachments?.attachment(text(attachment, "uuid")?)
}

/// Whether the attachment says, or was uploaded with, another type.
fn is_not(examined: &Examined<'_>, attachment: &Value, kind: &str) -> bool {
    let differs = |given: &str| !given.nfc().eq(kind.nfc());
    text(attachment, "type").is_some_and(differs)
        || known(examined, attachment)
            .and_then(|known| known.kind)
            .is_some_and(|kind| differs(&kind))
}

fn wrong_type(examined: &Examined<'_>, pointer: String, attachment: &Value, kind: &str) -> Option<Objection> {
    is_not(examined, attachment, kind).then(|| {
        let name = file_name(attachment);
        Objection::new(pointer, format!("Vedlegget {name} må være av typen {kind}."))
    })
}

pub(super) fn demand(examined: &Examined<'_>) -> Vec<Objection> {
    of_claims(examined, "betalingsoppfordring", "betalingsoppfordring")
}

pub(super) fn transfer(examined: &Examined<'_>) -> Vec<Objection> {
    of_claims(examined, "transporterklaering", "transporterklæring")
}

/// The attachments in a claim's list of the same name.
fn of_claims(examined: &Examined<'_>, name: &str, kind: &str) -> Vec<Objection> {
    let of_claim = |claim: &Claim<'_>| -> Vec<Objection> {
        let entries = items(claim.value, name).iter().enumerate();
        entries
            .filter_map(|(index, entry)| {
                let attachment = field(entry, &[name])?;
                let pointer = format!("{}/{index}/{name}", claim.pointer(name));
                let objection = wrong_type(examined, pointer, attachment, kind)?;
                Some(objection.with("filnavn", file_name(attachment)))
            })
            .collect()
    };
    examined.request.claims.iter().flat_map(of_claim).collect()
}

pub(super) fn power_of_attorney(examined: &Examined<'_>) -> Vec<Objection> {
    let representatives = &examined.request.representatives;
    representatives
        .iter()
        .filter_map(|representative| {
            let attachment = field(field(representative.value, &["fullmakt"])?, &["fullmakt"])?;
            let pointer = format!("{}/fullmakt/fullmakt", representative.pointer);
            let objection = wrong_type(examined, pointer, attachment, "fullmakt")?;
            Some(objection.with("filnavn", file_name(attachment)))
        })
        .collect()
}

pub(super) fn ground(examined: &Examined<'_>) -> Vec<Objection> {
    let of_ground = |ground: &Ground<'_>| {
        let attachment = field(ground.value, &["tvangsgrunnlag"])?;
        let pointer = format!("{}/tvangsgrunnlag", ground.pointer);
        let objection = wrong_type(examined, pointer, attachment, "tvangsgrunnlag")?;
        let name = text(ground.value, "betegnelseAvTvangsgrunnlag").unwrap_or_default();
        Some(objection.with("betegnelse", name))
    };
    examined.request.grounds.iter().filter_map(of_ground).collect()
}

pub(super) fn notice(examined: &Examined<'_>) -> Vec<Objection> {
    let of_ground = |ground: &Ground<'_>| -> Vec<Objection> {
        let notices = items(ground.value, "varsel").iter().enumerate();
        notices
            .filter_map(|(index, notice)| {
                let attachment = field(notice, &["tvangskraftgrunnlag"])?;
                let pointer = format!("{}/varsel/{index}/tvangskraftgrunnlag", ground.pointer);
                let objection = wrong_type(examined, pointer, attachment, "tvangskraftgrunnlag")?;
                Some(objection.with("filnavn", file_name(attachment)))
            })
            .collect()
    };
    examined.request.grounds.iter().flat_map(of_ground).collect()
}

/// One objection per attachment, wherever it stands, that `complaint` has words for.
fn objections<'e>(
    examined: &'e Examined<'_>,
    complaint: impl Fn(&'e Value) -> Option<(&'static str, Vec<(&'static str, String)>)>,
) -> Vec<Objection> {
    let attachments = &examined.request.attachments;
    attachments
        .iter()
        .filter_map(|located| {
            let (words, parameters) = complaint(located.value)?;
            let name = file_name(located.value);
            let objection = Objection::new(located.pointer.as_str(), format!("Vedlegget {name} {words}."));
            let objection = objection.with("filnavn", name);
            Some(
                parameters
                    .into_iter()
                    .fold(objection, |objection, (name, value)| objection.with(name, value)),
            )
        })
        .collect()
}

pub(super) fn without_uuid(examined: &Examined<'_>) -> Vec<Objection> {
    objections(examined, |attachment| {
        text(attachment, "uuid")
            .is_none()
            .then(|| ("mangler uuid", Vec::new()))
    })
}

pub(super) fn unavailable(examined: &Examined<'_>) -> Vec<Objection> {
    let Some(uploaded) = examined.around.attachments else {
        return Vec::new();
    };
    objections(examined, |attachment| {
        let uuid = text(attachment, "uuid")?;
        let gone = uploaded
            .attachment(uuid)
            .is_none_or(|known| known.state == AttachmentState::Gone);
        gone.then(|| ("er ikke tilgjengelig", vec![("uuid", uuid.to_owned())]))
    })
}

pub(super) fn failed(examined: &Examined<'_>) -> Vec<Objection> {
    in_state(
        examined,
        AttachmentState::Failed,
        "kunne ikke valideres eller konverteres",
    )
}

pub(super) fn in_progress(examined: &Examined<'_>) -> Vec<Objection> {
    let words = "er ikke ferdig virussjekket, validert og konvertert";
    in_state(examined, AttachmentState::InProgress, words)
}

fn in_state(examined: &Examined<'_>, state: AttachmentState, words: &'static str) -> Vec<Objection> {
    objections(examined, |attachment| {
        (known(examined, attachment)?.state == state).then(|| (words, Vec::new()))
    })
}

pub(super) fn of_another_request(examined: &Examined<'_>) -> Vec<Objection> {
    let own = examined.request.text("innsenderReferanse");
    objections(examined, |attachment| {
        let other = known(examined, attachment)?.innsender_referanse?;
        (own != Some(other.as_str())).then(|| {
            (
                "er lastet opp til en annen begjæring",
                vec![("innsenderReferanse", other)],
            )
        })
    })
}
