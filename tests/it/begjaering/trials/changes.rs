//! Trials of conditions on changes of a case.

use serde_json::json;

use super::{Do, Trial, set, trial};
use crate::begjaering::document::person;
use crate::begjaering::surroundings::{OLD_RULES_PERSON, OTHER_ORGANISATION};

const CREDITOR_ID: &str = "/saksoeker/0/saksoeker/virksomhet/identifikator/verdi";
const SUBMITTER_ID: &str = "/innsender/innsender/virksomhet/identifikator/verdi";

pub fn changes() -> Vec<Trial> {
    let debtor = |id| Do::Add(json!({ "saksoekt": person("SNILL", "HUMLE", id) }));
    vec![
        trial("UAVKLART_STATUS", "", vec![]).known(|known| known.unprocessed = true),
        trial("UAVKLART_STATUS", "", vec![]).known(|known| {
            known.unprocessed = true;
            known.changes_allowed = false;
        }),
        trial("UGYLDIG_STATUS", "", vec![]).known(|known| known.changes_allowed = false),
        trial(
            "ULOVLIG_ENDRING_BEGJAERINGSDATO",
            "/begjaeringsdato",
            vec![("/begjaeringsdato", set("2026-11-19"))],
        )
        .alters(),
        trial(
            "ULOVLIG_ENDRING_UNDERSKRIFT",
            "/underskrift",
            vec![("/underskrift", set("En annen"))],
        )
        .alters(),
        trial(
            "ULOVLIG_ENDRING_INNSENDER",
            "/innsender",
            vec![("/innsender/innsender/virksomhet/navn", set("EN ANNEN AS"))],
        )
        .alters(),
        trial(
            "ULOVLIG_ENDRING_INNSENDER",
            "/innsender",
            vec![(SUBMITTER_ID, set(OTHER_ORGANISATION))],
        )
        .alters()
        .known(|known| known.authenticated = OTHER_ORGANISATION),
        trial(
            "ULOVLIG_ENDRING_SAKSOEKER",
            "/saksoeker",
            vec![(CREDITOR_ID, set(OTHER_ORGANISATION))],
        )
        .alters(),
        trial(
            "ULOVLIG_ENDRING_SAKSOEKT",
            "/saksoekt/1",
            vec![("/saksoekt", debtor(OLD_RULES_PERSON))],
        )
        .also(&[("SAKSOEKT_GAMMELT_REGELVERK", "/saksoekt/1")])
        .alters(),
    ]
}
