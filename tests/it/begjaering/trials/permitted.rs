//! Changes to the clean document that come near a condition and do not violate it.

use serde_json::json;

use super::{Change, Do, Trial, set, trial};
use crate::begjaering::document::{foreign_address, person};
use crate::begjaering::surroundings::OTHER_PERSON;

/// Named after the condition they come near.
pub fn permitted() -> Vec<Trial> {
    let near = |code, changes: Vec<Change>| trial(code, "", changes);
    let amount = "/kravTilInnkreving/3/opprinneligBeloep/beloep";
    let mut permitted = Vec::from(
        [
            json!(0),
            json!(0.01),
            json!(-0.0),
            json!(1e15),
            json!(1e300),
            json!(12469.1),
        ]
        .map(|number| near("UGYLDIG_BELOEP", vec![(amount, set(number))])),
    );
    permitted.extend([
        near(
            "UGYLDIG_BELOEP",
            vec![(
                "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/paalydendeBeloep",
                set(-0.001),
            )],
        ),
        near("DUPLIKAT_INNSENDING", vec![("/innsenderReferanse", Do::Remove)])
            .known(|known| known.submitted = true),
        near(
            "DUPLIKAT_INNSENDING",
            vec![("/innsenderReferanse", set("UTL-REF-2"))],
        )
        .known(|known| known.submitted = true),
        near(
            "INNBETALING_FRAM_I_TID",
            vec![(
                "/kravTilInnkreving/0/innbetaling/0/bokfoertDato",
                set("2026-11-23"),
            )],
        ),
        near(
            "RENTEKRAV_PERIODE_MAA_HA_GYLDIG_PERIODE",
            vec![(
                "/kravTilInnkreving/1/rentekrav/rentePeriode/sluttdato",
                Do::Remove,
            )],
        ),
        near("UGYLDIG_KID", vec![("/betalingsinformasjon", Do::Remove)]),
        near(
            "SAKSOEKERS_UTENLANDS_ADRESSE_UGYLDIG",
            vec![("/saksoeker/0/saksoeker/adresse", Do::Add(foreign_address()))],
        ),
        near(
            "DUPLIKAT_SAKSOEKT",
            vec![(
                "/saksoekt",
                Do::Add(json!({ "saksoekt": person("LYSEGUL", "HENSIKT", OTHER_PERSON) })),
            )],
        ),
        near(
            "ULOVLIG_ENDRING_SAKSOEKER",
            vec![
                ("/saksoeker/0/saksoeker/adresse", Do::Add(foreign_address())),
                ("/saksoeker/0/saksoeker/virksomhet/navn", set("Frisk  Tiger AS")),
            ],
        )
        .alters(),
        near(
            "ULOVLIG_ENDRING_SAKSOEKT",
            vec![(
                "/saksoekt",
                Do::Add(json!({ "saksoekt": person("SNILL", "HUMLE", OTHER_PERSON) })),
            )],
        )
        .alters(),
    ]);
    permitted.push(costs_without_main_claim());
    permitted.push(late_interest_not_claimed());
    permitted
}

/// With no main claim left, a fee has nothing to point at.
fn costs_without_main_claim() -> Trial {
    let changes = vec![
        (
            "/kravTilInnkreving/0/kravdetaljer",
            set("TidligereRettsligeSakskostnader"),
        ),
        ("/kravTilInnkreving/2/relatertKrav", Do::Remove),
    ];
    trial(
        "GEBYR_ELLER_SAKSKOSTNAD_HAR_ET_RELATERTKRAV_SOM_IKKE_ER_HOVEDSTOL",
        "",
        changes,
    )
}

/// Every claim has a priority; the only terms say that no interest runs.
fn late_interest_not_claimed() -> Trial {
    let changes = vec![
        ("/kravTilInnkreving/0/prioritetISak", set(1)),
        ("/kravTilInnkreving/1/prioritetISak", set(2)),
        ("/kravTilInnkreving/2/prioritetISak", set(3)),
        ("/kravTilInnkreving/3/prioritetISak", set(4)),
        ("/kravTilInnkreving/4/prioritetISak", set(5)),
        (
            "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger",
            set(json!({ "forsinkelsesrente": false })),
        ),
    ];
    trial("PRIORITET_MANGLER_PÅ_RENTEOPPLYSNINGER", "", changes)
}
