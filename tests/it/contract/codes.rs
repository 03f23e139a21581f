//! Every code of the published lists stands in the contracts, with its operations, status and certainty.

use unicode_normalization::is_nfc;
use utlegg::contract::{Certainty, CodeKind};

use super::builtin;

const BOTH: &[&str] = &["submit", "validate-new", "change", "validate-change"];
const NEW: &[&str] = &["submit", "validate-new"];
const CHANGE: &[&str] = &["change", "validate-change"];
const ALL: &[&str] = &["v1", "v2"];
const V1: &[&str] = &["v1"];
const V2: &[&str] = &["v2"];

/// Code, operations, models.
const CONDITIONS: [(&str, &[&str], &[&str]); 73] = [
    ("DUPLIKAT_INNSENDING", NEW, ALL),
    ("DUPLIKAT_SAKSOEKER", BOTH, ALL),
    ("DUPLIKAT_SAKSOEKT", BOTH, ALL),
    ("ER_IKKE_HOVEDENHET", BOTH, V2),
    (
        "GEBYR_ELLER_SAKSKOSTNAD_HAR_ET_RELATERTKRAV_SOM_IKKE_ER_HOVEDSTOL",
        BOTH,
        V2,
    ),
    ("HOVEDSTOL_SKAL_IKKE_HA_ET_RELATERT_KRAV", BOTH, V2),
    ("INNBETALING_FRAM_I_TID", BOTH, V2),
    ("INNSENDER_IKKE_IDENTIFISERBAR", BOTH, ALL),
    ("INNSENDER_IKKE_ORGANISASJON", BOTH, ALL),
    ("INNSENDER_MANGLER", BOTH, ALL),
    ("INNSENDER_SAMSVARER_IKKE_MED_AUTENTISERING", BOTH, ALL),
    ("KAN_BEHANDLES_I_FORLIKSRAADET_PAAKREVET", BOTH, ALL),
    ("KRAV_DUPLIKATE_REFERANSER", BOTH, ALL),
    ("KRAV_IKKE_BENYTTET", BOTH, ALL),
    ("KRAV_I_FLERE_TVANGSGRUNNLAG", BOTH, ALL),
    ("KRAV_MANGLER_FORFALLSDATO", BOTH, V2),
    ("KRAV_OPPGIS_UTEN_FORFALLSDATO", BOTH, V2),
    ("MAKS_EN_ADRESSE_AV_HVER_TYPE", BOTH, ALL),
    ("MANGELFULLE_KONTOOPPLYSNINGER", BOTH, ALL),
    ("MANGLER_KRAV", BOTH, ALL),
    ("MANGLER_OPPLYSNINGER_BEVILLINGSHAVER", BOTH, ALL),
    ("MANGLER_OPPLYSNINGER_OM_SAKSOEKER", BOTH, ALL),
    ("MANGLER_OPPLYSNINGER_OM_SAKSOEKT", BOTH, ALL),
    ("MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG", BOTH, V1),
    ("MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON", BOTH, ALL),
    ("PAASTAND_PAAKREVET", BOTH, ALL),
    ("PARAGRAF_4_18_VARSEL_PAAKREVET", BOTH, ALL),
    ("PARAGRAF_4_19_VARSEL_PAAKREVET", BOTH, ALL),
    ("PRIORITET_MANGLER", BOTH, V2),
    ("PRIORITET_MANGLER_PÅ_RENTEOPPLYSNINGER", BOTH, V2),
    ("PRIORITET_MANGLER_PÅ_RETTSGEBYR", BOTH, V2),
    ("RELATERTE_KRAV_KAN_IKKE_PEKE_PÅ_SEG_SELV", BOTH, V2),
    ("RELATERTE_KRAV_MÅ_FINNES", BOTH, ALL),
    ("RELATERTE_KRAV_UGYLDIGE_KRAVREFERANSER", BOTH, ALL),
    ("RENTEKRAV_KAN_BARE_RELATERES_TIL_ETT_KRAV", BOTH, V2),
    ("RENTEKRAV_KAN_IKKE_HA_RENTEKRAV", BOTH, V2),
    ("RENTEKRAV_KAN_IKKE_HA_RENTEOPPLYSNINGER", BOTH, V2),
    ("RENTEKRAV_PERIODE_MAA_HA_GYLDIG_PERIODE", BOTH, V2),
    ("RENTEKRAV_TILKNYTTET_IKKE_RENTEKRAV", BOTH, V2),
    ("RENTE_MAA_HA_RELATERT_KRAV", BOTH, V2),
    ("SAKSOEKERS_INNENLANDS_ADRESSE_UGYLDIG", BOTH, ALL),
    ("SAKSOEKERS_UTENLANDS_ADRESSE_UGYLDIG", BOTH, ALL),
    ("SAKSOEKT_ER_ENK", BOTH, V2),
    ("SAKSOEKT_ER_IKKE_HOVEDENHET", BOTH, V2),
    ("SAKSOEKT_GAMMELT_REGELVERK", BOTH, V2),
    ("SAKSOEKT_MANGLER_I_REGISTERET", BOTH, V2),
    ("SAKSOKER_ER_ENK", BOTH, V2),
    ("SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG", BOTH, ALL),
    ("SAKSØKTES_UTENLANDS_ADRESSE_UGYLDIG", BOTH, ALL),
    ("SAMME_SAKSOEKT_SOM_SAKSOEKER", BOTH, ALL),
    ("TVANGSGRUNNLAG_UGYLDIGE_KRAVREFERANSER", BOTH, ALL),
    ("UAVKLART_STATUS", CHANGE, ALL),
    ("UGYLDIG_BELOEP", BOTH, ALL),
    ("UGYLDIG_KID", BOTH, ALL),
    ("UGYLDIG_KONTONR", BOTH, ALL),
    ("UGYLDIG_ORGNR_PROSESSFULLMEKTIG", BOTH, ALL),
    ("UGYLDIG_RENTE", BOTH, ALL),
    ("UGYLDIG_STATUS", CHANGE, ALL),
    ("UGYLDIG_VEDLEGG_BETALINGSOPPFORDRING", BOTH, ALL),
    ("UGYLDIG_VEDLEGG_FULLMAKT", BOTH, ALL),
    ("UGYLDIG_VEDLEGG_TRANSPORTERKLÆRING", BOTH, ALL),
    ("UGYLDIG_VEDLEGG_TVANGSGRUNNLAG", BOTH, ALL),
    ("UGYLDIG_VEDLEGG_TVANGSKRAFTGRUNNLAG", BOTH, ALL),
    ("ULOVLIG_ENDRING_BEGJAERINGSDATO", CHANGE, ALL),
    ("ULOVLIG_ENDRING_INNSENDER", CHANGE, ALL),
    ("ULOVLIG_ENDRING_SAKSOEKER", CHANGE, V2),
    ("ULOVLIG_ENDRING_SAKSOEKT", CHANGE, V2),
    ("ULOVLIG_ENDRING_UNDERSKRIFT", CHANGE, ALL),
    ("VEDLEGG_SKAL_HA_REFERANSE_TIL_BEGJAERINGEN", BOTH, ALL),
    ("VEDLEGG_SKAL_HA_UUID", BOTH, ALL),
    ("VEDLEGG_SKAL_IKKE_HA_FEILET", BOTH, ALL),
    ("VEDLEGG_SKAL_VAERE_TILGJENGELIG", BOTH, ALL),
    (
        "VEDLEGG_SKAL_VAERE_VIRUSSJEKKET_VALIDERT_OG_KONVERTERT",
        BOTH,
        ALL,
    ),
];

/// Code, status.
const ERRORS: [(&str, u16); 17] = [
    ("KB-001", 500),
    ("KB-002", 500),
    ("KB-003", 404),
    ("KB-004", 401),
    ("KB-005", 403),
    ("KB-006", 400),
    ("KB-007", 404),
    ("KB-008", 406),
    ("KB-009", 404),
    ("DAS-001", 500),
    ("DAS-002", 404),
    ("DAS-003", 500),
    ("DAS-004", 500),
    ("DAS-005", 500),
    ("DAS-006", 500),
    ("DAS-007", 500),
    ("DAS-008", 403),
];

#[test]
fn the_conditions_are_the_published_ones() {
    for (model, count) in [("v1", 50), ("v2", 72)] {
        let contract = builtin(model);
        let known = contract
            .codes()
            .iter()
            .filter(|entry| entry.kind == CodeKind::Condition);
        assert_eq!(known.count(), count, "{model}");
        for (code, operations, models) in CONDITIONS {
            let entry = contract.code(code);
            assert_eq!(entry.is_some(), models.contains(&model), "{code} in {model}");
            if let Some(entry) = entry {
                assert_eq!(entry.operations, operations, "{code}");
                assert_eq!(entry.models, models, "{code}");
                assert_eq!(entry.statuses, [422], "{code}");
                assert!(entry.pointer.is_some() && !entry.title.is_empty(), "{code}");
            }
        }
    }
}

#[test]
fn the_error_codes_are_the_published_ones() {
    for model in ["v1", "v2"] {
        let contract = builtin(model);
        let known = contract
            .codes()
            .iter()
            .filter(|entry| entry.kind != CodeKind::Condition);
        assert_eq!(known.count(), ERRORS.len());
        for (code, status) in ERRORS {
            let entry = contract
                .code(code)
                .unwrap_or_else(|| panic!("{code} is missing in {model}"));
            let kind = if code.starts_with("KB") {
                CodeKind::Kb
            } else {
                CodeKind::Das
            };
            assert_eq!(
                (entry.kind, entry.statuses.as_slice()),
                (kind, [status].as_slice()),
                "{code}"
            );
            assert!(entry.models.iter().any(|known| known == model));
        }
    }
}

#[test]
fn every_status_of_a_code_is_declared_by_its_operations() {
    for model in ["v1", "v2"] {
        let contract = builtin(model);
        for entry in contract.codes() {
            for name in &entry.operations {
                let operation = contract.operation(name).expect("a declared operation");
                for status in &entry.statuses {
                    assert!(
                        operation.statuses().any(|declared| declared == *status),
                        "{name} {status} {}",
                        entry.code
                    );
                }
            }
        }
    }
}

#[test]
fn a_code_without_operations_may_come_from_all_of_them() {
    let contract = builtin("v2");
    let code = contract.code("KB-003").expect("KB-003");
    assert!(
        contract
            .operations()
            .all(|operation| code.applies_to(operation.name()))
    );
    assert!(!contract.code("KB-007").expect("KB-007").applies_to("submit"));
}

#[test]
fn codes_are_compared_in_nfc() {
    let contract = builtin("v2");
    assert!(contract.codes().iter().all(|entry| is_nfc(&entry.code)));
    assert!(contract.code("RELATERTE_KRAV_M\u{c5}_FINNES").is_some());
    assert!(contract.code("RELATERTE_KRAV_MA\u{30a}_FINNES").is_none());
}

#[test]
fn inferred_triggers_are_marked() {
    let contract = builtin("v2");
    let inferred: Vec<&str> = contract
        .codes()
        .iter()
        .filter(|entry| entry.certainty == Certainty::Inferred)
        .map(|entry| entry.code.as_str())
        .collect();
    assert_eq!(
        inferred,
        [
            "KB-007",
            "KB-009",
            "PARAGRAF_4_19_VARSEL_PAAKREVET",
            "PRIORITET_MANGLER_PÅ_RENTEOPPLYSNINGER"
        ]
    );
}

#[test]
fn a_code_knows_where_it_stands_and_what_its_message_names() {
    let contract = builtin("v2");
    let code = contract
        .code("INNSENDER_SAMSVARER_IKKE_MED_AUTENTISERING")
        .expect("the code");
    assert_eq!(code.pointer.as_deref(), Some("/innsender"));
    assert_eq!(code.parameters, ["innsenderOrgnr", "paaloggetOrgnr"]);
    assert_eq!(code.place.position().file, "contracts/v2.yaml");
    let line = include_str!("../../../contracts/v2.yaml")
        .lines()
        .nth(code.place.position().line as usize - 1);
    assert!(line.is_some_and(|line| line.contains(&code.code)), "{line:?}");
}
