//! Trials of conditions on claims, their relations, interest and priorities.

use serde_json::json;

use super::{Change, Do, Trial, set, trial};

const COST: &str = "/kravTilInnkreving/2/relatertKrav";
const INTEREST: &str = "/kravTilInnkreving/1/relatertKrav";

pub fn claims() -> Vec<Trial> {
    let grounds = "/begjaeringensTvangsgrunnlag/0/innsendersKravreferanse";
    let second = "/begjaeringensTvangsgrunnlag/1/innsendersKravreferanse";
    vec![
        trial(
            "MANGLER_KRAV",
            "/kravTilInnkreving",
            vec![("/kravTilInnkreving", set(json!([])))],
        ),
        trial(
            "MANGLER_KRAV",
            "/kravTilInnkreving",
            vec![("/kravTilInnkreving", Do::Remove)],
        )
        .v1(),
        trial(
            "KRAV_DUPLIKATE_REFERANSER",
            "/kravTilInnkreving/5",
            vec![("/kravTilInnkreving", Do::AddCopyOf("/kravTilInnkreving/0"))],
        ),
        trial(
            "KRAV_DUPLIKATE_REFERANSER",
            "/kravTilInnkreving/5",
            vec![("/kravTilInnkreving", Do::AddCopyOf("/kravTilInnkreving/3"))],
        )
        .v1(),
        trial(
            "KRAV_IKKE_BENYTTET",
            "/kravTilInnkreving/3",
            vec![(grounds, set(json!(["H1", "R1", "U1"])))],
        ),
        trial(
            "KRAV_I_FLERE_TVANGSGRUNNLAG",
            second,
            vec![(second, set(json!(["T1", "S1", "S1"])))],
        ),
        trial(
            "TVANGSGRUNNLAG_UGYLDIGE_KRAVREFERANSER",
            second,
            vec![(second, set(json!(["T1", "X", "X"])))],
        ),
        trial(
            "KRAV_MANGLER_FORFALLSDATO",
            "/kravTilInnkreving/4/kravforfall",
            vec![("/kravTilInnkreving/4/kravforfall", set(json!({})))],
        ),
        trial(
            "KRAV_MANGLER_FORFALLSDATO",
            "/kravTilInnkreving/0/kravforfall",
            vec![("/kravTilInnkreving/0/kravforfall", Do::Remove)],
        ),
        trial(
            "KRAV_OPPGIS_UTEN_FORFALLSDATO",
            "/kravTilInnkreving/3/kravforfall",
            vec![(
                "/kravTilInnkreving/3/kravforfall",
                set(json!({ "forfallsdato": "2026-08-01" })),
            )],
        ),
        trial(
            "INNBETALING_FRAM_I_TID",
            "/kravTilInnkreving/0/innbetaling/0",
            vec![(
                "/kravTilInnkreving/0/innbetaling/0/bokfoertDato",
                set("2026-11-24"),
            )],
        ),
    ]
}

pub fn relations() -> Vec<Trial> {
    let wrong_cost = "GEBYR_ELLER_SAKSKOSTNAD_HAR_ET_RELATERTKRAV_SOM_IKKE_ER_HOVEDSTOL";
    let main = "/kravTilInnkreving/0/relatertKrav";
    let other_ground = "/kravTilInnkreving/4/relatertKrav";
    vec![
        trial(
            "RELATERTE_KRAV_KAN_IKKE_PEKE_PÅ_SEG_SELV",
            COST,
            vec![(COST, set(json!(["U1"])))],
        ),
        trial(
            "RELATERTE_KRAV_KAN_IKKE_PEKE_PÅ_SEG_SELV",
            main,
            vec![(main, set(json!(["H1"])))],
        ),
        trial(
            "RELATERTE_KRAV_KAN_IKKE_PEKE_PÅ_SEG_SELV",
            INTEREST,
            vec![(INTEREST, set(json!(["R1"])))],
        ),
        trial(
            "RELATERTE_KRAV_UGYLDIGE_KRAVREFERANSER",
            COST,
            vec![(COST, set(json!(["H1", "X"])))],
        ),
        trial(
            "RELATERTE_KRAV_MÅ_FINNES",
            other_ground,
            vec![(other_ground, set(json!(["H1"])))],
        ),
        trial(wrong_cost, COST, vec![(COST, set(json!(["R1"])))]),
        trial(wrong_cost, COST, vec![(COST, Do::Remove)]),
        trial(
            "HOVEDSTOL_SKAL_IKKE_HA_ET_RELATERT_KRAV",
            main,
            vec![(main, set(json!(["U1"])))],
        ),
    ]
}

pub fn interest() -> Vec<Trial> {
    let period = "/kravTilInnkreving/1/rentekrav/rentePeriode";
    let dates = |start: &str, end: &str| set(json!({ "startdato": start, "sluttdato": end }));
    let terms = json!({ "renteopplysninger": { "forsinkelsesrente": true } });
    vec![
        trial(
            "RENTE_MAA_HA_RELATERT_KRAV",
            INTEREST,
            vec![(INTEREST, set(json!([])))],
        ),
        trial(
            "RENTEKRAV_KAN_BARE_RELATERES_TIL_ETT_KRAV",
            INTEREST,
            vec![(INTEREST, set(json!(["H1", "U1"])))],
        ),
        trial(
            "RENTEKRAV_KAN_BARE_RELATERES_TIL_ETT_KRAV",
            INTEREST,
            vec![
                (INTEREST, set(json!(["S1"]))),
                ("/kravTilInnkreving/3/kravdetaljer", set("Noe annet")),
            ],
        ),
        trial(
            "RENTEKRAV_KAN_IKKE_HA_RENTEKRAV",
            "/kravTilInnkreving/5/relatertKrav",
            vec![
                ("/kravTilInnkreving", Do::AddCopyOf("/kravTilInnkreving/1")),
                ("/kravTilInnkreving/5/innsendersKravreferanse", set("R2")),
                ("/kravTilInnkreving/5/relatertKrav", set(json!(["R1"]))),
                (
                    "/begjaeringensTvangsgrunnlag/0/innsendersKravreferanse",
                    Do::Add(json!("R2")),
                ),
            ],
        ),
        trial(
            "RENTEKRAV_KAN_IKKE_HA_RENTEOPPLYSNINGER",
            "/kravTilInnkreving/1/rentebaerendeKrav",
            vec![("/kravTilInnkreving/1/rentebaerendeKrav", set(terms))],
        ),
        trial(
            "RENTEKRAV_PERIODE_MAA_HA_GYLDIG_PERIODE",
            period,
            vec![(period, dates("2026-08-02", "2026-08-01"))],
        ),
        trial(
            "RENTEKRAV_PERIODE_MAA_HA_GYLDIG_PERIODE",
            period,
            vec![(period, dates("2026-08-01", "2026-08-01"))],
        ),
        trial(
            "RENTEKRAV_PERIODE_MAA_HA_GYLDIG_PERIODE",
            period,
            vec![(period, dates("2026-11-20", "2026-12-01"))],
        ),
        trial(
            "RENTEKRAV_TILKNYTTET_IKKE_RENTEKRAV",
            "/kravTilInnkreving/0/rentekrav",
            vec![("/kravTilInnkreving/0/rentekrav", set(json!({})))],
        ),
    ]
}

pub fn priorities() -> Vec<Trial> {
    let of_claims = |claims: std::ops::Range<usize>| -> Vec<Change> {
        let places = [
            "/kravTilInnkreving/0/prioritetISak",
            "/kravTilInnkreving/1/prioritetISak",
            "/kravTilInnkreving/2/prioritetISak",
            "/kravTilInnkreving/3/prioritetISak",
            "/kravTilInnkreving/4/prioritetISak",
        ];
        places[claims]
            .iter()
            .zip(1..)
            .map(|(place, priority)| (*place, set(priority)))
            .collect()
    };
    let and = |mut changes: Vec<Change>, place, change| {
        changes.push((place, change));
        changes
    };
    let terms = "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger";
    let future = "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger/prioritetISakFremtidigRentekrav";
    vec![
        trial(
            "PRIORITET_MANGLER",
            "/kravTilInnkreving/4/prioritetISak",
            of_claims(0..4),
        ),
        trial(
            "PRIORITET_MANGLER_PÅ_RENTEOPPLYSNINGER",
            terms,
            and(of_claims(0..5), future, Do::Remove),
        ),
        trial(
            "PRIORITET_MANGLER_PÅ_RETTSGEBYR",
            "/kreverRettsgebyrErstattet",
            and(
                of_claims(0..5),
                "/kreverRettsgebyrErstattet/prioritetISak",
                Do::Remove,
            ),
        ),
    ]
}
