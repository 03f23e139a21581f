//! Conditions on grounds for enforcement (tvangsgrunnlag).

use serde_json::Value;

use super::condition::{Examined, Objection};
use super::fields::{at, field, items, text};
use super::request::Ground;

const COMMUNICATION: &[&str] = &["saerligTvangsgrunnlag", "skriftligMeddelelse"];

fn objections(
    examined: &Examined<'_>,
    place: &str,
    message: &str,
    is_wrong: impl Fn(&Ground<'_>) -> bool,
) -> Vec<Objection> {
    let wrong = examined.request.grounds.iter().filter(|ground| is_wrong(ground));
    wrong
        .map(|ground| Objection::new(format!("{}/{place}", ground.pointer), message))
        .collect()
}

pub(super) fn conciliation_board(examined: &Examined<'_>) -> Vec<Objection> {
    let message = "Den skriftlige meddelelsen sier ikke om saken kan behandles i forliksrådet.";
    objections(examined, &COMMUNICATION.join("/"), message, |ground| {
        at(ground.value, COMMUNICATION)
            .is_some_and(|communication| field(communication, &["kanBehandlesIForliksraadet"]).is_none())
    })
}

pub(super) fn statement_of_claim(examined: &Examined<'_>) -> Vec<Objection> {
    // The second spelling is that of models before 1.0.
    let combined = ["utleggOgForliksklageKombinert", "utleggOgForlliksklageKombinert"];
    if !examined
        .request
        .text("tvangsfullbyrdelsestype")
        .is_some_and(|kind| combined.contains(&kind))
    {
        return Vec::new();
    }
    let place = format!("{}/paastand", COMMUNICATION.join("/"));
    let message = "Den skriftlige meddelelsen mangler påstand, som kreves når forliksklage er med.";
    objections(examined, &place, message, |ground| {
        at(ground.value, COMMUNICATION).is_some_and(|communication| text(communication, "paastand").is_none())
    })
}

pub(super) fn notice_of_special_ground(examined: &Examined<'_>) -> Vec<Objection> {
    let message =
        "Særlig tvangsgrunnlag krever varsel etter tvangsfullbyrdelsesloven § 4-18 eller begrunnelse.";
    objections(examined, "varsel", message, |ground| {
        field(ground.value, &["saerligTvangsgrunnlag"]).is_some()
            && lacks_notice(ground.value, "varselTvfbl418")
    })
}

pub(super) fn notice_of_general_ground(examined: &Examined<'_>) -> Vec<Objection> {
    let message =
        "Alminnelig tvangsgrunnlag krever varsel etter tvangsfullbyrdelsesloven § 4-19 eller begrunnelse.";
    objections(examined, "varsel", message, |ground| {
        field(ground.value, &["alminneligTvangsgrunnlag"]).is_some()
            && lacks_notice(ground.value, "varselTvfbl419")
    })
}

fn lacks_notice(ground: &Value, kind: &str) -> bool {
    let given = items(ground, "varsel")
        .iter()
        .any(|notice| text(notice, "type") == Some(kind));
    !given && text(ground, "begrunnelseUnnlatVarsel").is_none()
}
