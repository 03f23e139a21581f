//! Every element a schema leaves loose for the sake of a condition, so that a change is noticed.

use super::builtin;

const V2: &[(&str, &str)] = &[
    ("Utleggsbegjaering/properties/innsender", "INNSENDER_MANGLER"),
    ("Utleggsbegjaering/properties/kravTilInnkreving", "MANGLER_KRAV"),
    (
        "KreverRettsgebyrErstattet/properties/prioritetISak",
        "PRIORITET_MANGLER_PÅ_RETTSGEBYR",
    ),
    (
        "Prosessfullmektig/properties/bevillingshaver",
        "MANGLER_OPPLYSNINGER_BEVILLINGSHAVER",
    ),
    (
        "Aktoer/properties/adresse",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
    ),
    (
        "Virksomhet/properties/navn",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
    ),
    (
        "Virksomhet/properties/identifikator",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
    ),
    (
        "Person/properties/personnavn",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
    ),
    (
        "Person/properties/foedselsdato",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
    ),
    (
        "Person/properties/identifikator",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
    ),
    (
        "Personnavn/properties/fornavn",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
    ),
    (
        "Personnavn/properties/etternavn",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
    ),
    (
        "Identifikator/properties/verdi",
        "UGYLDIG_ORGNR_PROSESSFULLMEKTIG",
    ),
    (
        "AdresseFrittFormatInnland/properties/adressetekst",
        "SAKSOEKERS_INNENLANDS_ADRESSE_UGYLDIG SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG",
    ),
    (
        "AdresseFrittFormatInnland/properties/postnummer",
        "SAKSOEKERS_INNENLANDS_ADRESSE_UGYLDIG SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG",
    ),
    (
        "AdresseFrittFormatUtland/properties/poststedUtland",
        "SAKSOEKERS_UTENLANDS_ADRESSE_UGYLDIG SAKSØKTES_UTENLANDS_ADRESSE_UGYLDIG",
    ),
    (
        "AdresseFrittFormatUtland/properties/landkode",
        "SAKSOEKERS_UTENLANDS_ADRESSE_UGYLDIG SAKSØKTES_UTENLANDS_ADRESSE_UGYLDIG",
    ),
    ("Beloep", "UGYLDIG_BELOEP"),
    ("Prosent", "UGYLDIG_RENTE"),
    ("Betalingsinformasjon", "MANGELFULLE_KONTOOPPLYSNINGER"),
    ("Kontoinformasjon", "MANGELFULLE_KONTOOPPLYSNINGER"),
    ("Kontoinformasjon/properties/kidnummer", "UGYLDIG_KID"),
    ("Kontoinformasjon/properties/kontonummer", "UGYLDIG_KONTONR"),
    ("Krav/properties/prioritetISak", "PRIORITET_MANGLER"),
    (
        "Krav/properties/relatertKrav",
        "GEBYR_ELLER_SAKSKOSTNAD_HAR_ET_RELATERTKRAV_SOM_IKKE_ER_HOVEDSTOL HOVEDSTOL_SKAL_IKKE_HA_ET_RELATERT_KRAV RENTEKRAV_KAN_BARE_RELATERES_TIL_ETT_KRAV RENTE_MAA_HA_RELATERT_KRAV",
    ),
    (
        "Krav/properties/kravforfall",
        "KRAV_MANGLER_FORFALLSDATO KRAV_OPPGIS_UTEN_FORFALLSDATO",
    ),
    (
        "Krav/properties/kravforfall/properties/forfallsdato",
        "KRAV_MANGLER_FORFALLSDATO",
    ),
    ("Krav/properties/rentekrav", "RENTEKRAV_TILKNYTTET_IKKE_RENTEKRAV"),
    (
        "Krav/properties/rentebaerendeKrav",
        "RENTEKRAV_KAN_IKKE_HA_RENTEOPPLYSNINGER",
    ),
    (
        "RentebaerendeKrav/properties/renteopplysninger/properties/prioritetISakFremtidigRentekrav",
        "PRIORITET_MANGLER_PÅ_RENTEOPPLYSNINGER",
    ),
    (
        "BegjaeringensTvangsgrunnlag/properties/varsel",
        "PARAGRAF_4_18_VARSEL_PAAKREVET PARAGRAF_4_19_VARSEL_PAAKREVET",
    ),
    (
        "BegjaeringensTvangsgrunnlag/properties/begrunnelseUnnlatVarsel",
        "PARAGRAF_4_18_VARSEL_PAAKREVET PARAGRAF_4_19_VARSEL_PAAKREVET",
    ),
    ("SkriftligMeddelelse/properties/paastand", "PAASTAND_PAAKREVET"),
    (
        "SkriftligMeddelelse/properties/kanBehandlesIForliksraadet",
        "KAN_BEHANDLES_I_FORLIKSRAADET_PAAKREVET",
    ),
    (
        "Vedlegg/properties/type",
        "UGYLDIG_VEDLEGG_BETALINGSOPPFORDRING UGYLDIG_VEDLEGG_FULLMAKT UGYLDIG_VEDLEGG_TRANSPORTERKLÆRING UGYLDIG_VEDLEGG_TVANGSGRUNNLAG UGYLDIG_VEDLEGG_TVANGSKRAFTGRUNNLAG",
    ),
    (
        "Vedlegg/properties/uuid",
        "VEDLEGG_SKAL_HA_UUID VEDLEGG_SKAL_VAERE_TILGJENGELIG",
    ),
];

const V1: &[(&str, &str)] = &[
    ("Utleggsbegjaering/properties/innsender", "INNSENDER_MANGLER"),
    ("Utleggsbegjaering/properties/kravTilInnkreving", "MANGLER_KRAV"),
    (
        "Prosessfullmektig/properties/bevillingshaver",
        "MANGLER_OPPLYSNINGER_BEVILLINGSHAVER",
    ),
    (
        "Aktoer/properties/adresse",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
    ),
    (
        "Virksomhet/properties/navn",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
    ),
    (
        "Virksomhet/properties/identifikator",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG",
    ),
    (
        "Person/properties/personnavn",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
    ),
    (
        "Person/properties/foedselsdato",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
    ),
    (
        "Person/properties/identifikator",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
    ),
    (
        "Personnavn/properties/fornavn",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
    ),
    (
        "Personnavn/properties/etternavn",
        "MANGLER_OPPLYSNINGER_OM_SAKSOEKER MANGLER_OPPLYSNINGER_OM_SAKSOEKT MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
    ),
    (
        "Identifikator/properties/verdi",
        "UGYLDIG_ORGNR_PROSESSFULLMEKTIG",
    ),
    (
        "AdresseFrittFormatInnland/properties/adressetekst",
        "SAKSOEKERS_INNENLANDS_ADRESSE_UGYLDIG SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG",
    ),
    (
        "AdresseFrittFormatInnland/properties/postnummer",
        "SAKSOEKERS_INNENLANDS_ADRESSE_UGYLDIG SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG",
    ),
    (
        "AdresseFrittFormatUtland/properties/poststedUtland",
        "SAKSOEKERS_UTENLANDS_ADRESSE_UGYLDIG SAKSØKTES_UTENLANDS_ADRESSE_UGYLDIG",
    ),
    (
        "AdresseFrittFormatUtland/properties/landkode",
        "SAKSOEKERS_UTENLANDS_ADRESSE_UGYLDIG SAKSØKTES_UTENLANDS_ADRESSE_UGYLDIG",
    ),
    ("Beloep", "UGYLDIG_BELOEP"),
    ("Prosent", "UGYLDIG_RENTE"),
    ("Betalingsinformasjon", "MANGELFULLE_KONTOOPPLYSNINGER"),
    ("Kontoinformasjon", "MANGELFULLE_KONTOOPPLYSNINGER"),
    ("Kontoinformasjon/properties/kidnummer", "UGYLDIG_KID"),
    ("Kontoinformasjon/properties/kontonummer", "UGYLDIG_KONTONR"),
    (
        "BegjaeringensTvangsgrunnlag/properties/varsel",
        "PARAGRAF_4_18_VARSEL_PAAKREVET PARAGRAF_4_19_VARSEL_PAAKREVET",
    ),
    (
        "BegjaeringensTvangsgrunnlag/properties/begrunnelseUnnlatVarsel",
        "PARAGRAF_4_18_VARSEL_PAAKREVET PARAGRAF_4_19_VARSEL_PAAKREVET",
    ),
    ("SkriftligMeddelelse/properties/paastand", "PAASTAND_PAAKREVET"),
    (
        "SkriftligMeddelelse/properties/kanBehandlesIForliksraadet",
        "KAN_BEHANDLES_I_FORLIKSRAADET_PAAKREVET",
    ),
    (
        "Vedlegg/properties/type",
        "UGYLDIG_VEDLEGG_BETALINGSOPPFORDRING UGYLDIG_VEDLEGG_FULLMAKT UGYLDIG_VEDLEGG_TRANSPORTERKLÆRING UGYLDIG_VEDLEGG_TVANGSGRUNNLAG UGYLDIG_VEDLEGG_TVANGSKRAFTGRUNNLAG",
    ),
    (
        "Vedlegg/properties/uuid",
        "VEDLEGG_SKAL_HA_UUID VEDLEGG_SKAL_VAERE_TILGJENGELIG",
    ),
];

fn relaxations(model: &str) -> Vec<(String, String)> {
    builtin(model)
        .relaxations()
        .iter()
        .map(|relaxation| {
            let pointer = relaxation
                .pointer
                .trim_start_matches("#/components/schemas/")
                .to_owned();
            (pointer, relaxation.codes.join(" "))
        })
        .collect()
}

fn compare(model: &str, expected: &[(&str, &str)]) {
    let found = relaxations(model);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(pointer, codes)| (pointer.as_str(), codes.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_relaxations_of_v2_are_these() {
    compare("v2", V2);
}

#[test]
fn the_relaxations_of_v1_are_these() {
    compare("v1", V1);
}

#[test]
fn a_relaxation_names_conditions_of_its_model() {
    for model in ["v1", "v2"] {
        let contract = builtin(model);
        for relaxation in contract.relaxations() {
            assert!(!relaxation.codes.is_empty(), "{}", relaxation.pointer);
            for code in &relaxation.codes {
                assert!(contract.code(code).is_some(), "{code} at {}", relaxation.place);
            }
        }
    }
}
