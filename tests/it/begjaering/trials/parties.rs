//! Trials of conditions on parties, their addresses and representatives.

use serde_json::{Value, json};

use super::{Do, Trial, set, trial};
use crate::begjaering::document::{address, foreign_address, organisation, person};
use crate::begjaering::surroundings::{
    CREDITOR, OLD_RULES_PERSON, OTHER_ORGANISATION, OTHER_PERSON, SOLE_PROPRIETORSHIP, SUB_UNIT,
    UNKNOWN_ORGANISATION, UNKNOWN_PERSON,
};

const CREDITOR_ID: &str = "/saksoeker/0/saksoeker/virksomhet/identifikator/verdi";
const DEBTOR_ID: &str = "/saksoekt/0/saksoekt/person/identifikator/verdi";
const SUBMITTER_ID: &str = "/innsender/innsender/virksomhet/identifikator/verdi";

pub fn parties() -> Vec<Trial> {
    let anonymous = || {
        let mut person = person("LYSEGUL", "HENSIKT", "");
        person["person"]["foedselsdato"] = json!("1961-10-30");
        json!({ "saksoekt": person })
    };
    vec![
        trial(
            "DUPLIKAT_SAKSOEKER",
            "/saksoeker/1",
            vec![("/saksoeker", Do::AddCopyOf("/saksoeker/0"))],
        ),
        trial(
            "DUPLIKAT_SAKSOEKT",
            "/saksoekt/1",
            vec![("/saksoekt", Do::AddCopyOf("/saksoekt/0"))],
        ),
        trial(
            "DUPLIKAT_SAKSOEKT",
            "/saksoekt/2",
            vec![
                ("/saksoekt", Do::Add(anonymous())),
                ("/saksoekt", Do::Add(anonymous())),
            ],
        ),
        trial(
            "SAMME_SAKSOEKT_SOM_SAKSOEKER",
            "/saksoekt/1",
            vec![(
                "/saksoekt",
                Do::Add(json!({ "saksoekt": organisation("FRISK TIGER AS", CREDITOR, "annet") })),
            )],
        ),
        trial(
            "MANGLER_OPPLYSNINGER_OM_SAKSOEKER",
            "/saksoeker/0",
            vec![("/saksoeker/0/saksoeker/virksomhet/navn", Do::Remove)],
        ),
        trial(
            "MANGLER_OPPLYSNINGER_OM_SAKSOEKER",
            "/saksoeker/1",
            vec![("/saksoeker", Do::Add(json!({})))],
        ),
        trial(
            "MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
            "/saksoekt/0",
            vec![("/saksoekt/0/saksoekt/person/personnavn/etternavn", Do::Remove)],
        ),
        trial(
            "MANGLER_OPPLYSNINGER_OM_SAKSOEKT",
            "/saksoekt/0",
            vec![("/saksoekt/0/saksoekt/person/identifikator", Do::Remove)],
        ),
    ]
}

pub fn submitters() -> Vec<Trial> {
    let other = person("BLID", "HARE", OTHER_PERSON);
    vec![
        trial("DUPLIKAT_INNSENDING", "/innsenderReferanse", vec![]).known(|known| known.submitted = true),
        trial(
            "INNSENDER_MANGLER",
            "/innsender",
            vec![("/innsender", Do::Remove)],
        ),
        trial(
            "INNSENDER_MANGLER",
            "/innsender",
            vec![("/innsender", set(Value::Null))],
        )
        .v1(),
        trial(
            "INNSENDER_IKKE_ORGANISASJON",
            "/innsender",
            vec![("/innsender/innsender", set(other))],
        ),
        trial(
            "INNSENDER_IKKE_IDENTIFISERBAR",
            "/innsender",
            vec![(SUBMITTER_ID, set(UNKNOWN_ORGANISATION))],
        )
        .known(|known| known.authenticated = UNKNOWN_ORGANISATION),
        trial("INNSENDER_SAMSVARER_IKKE_MED_AUTENTISERING", "/innsender", vec![])
            .known(|known| known.authenticated = OTHER_ORGANISATION),
    ]
}

pub fn register() -> Vec<Trial> {
    let debtor = |number| set(organisation("MATT ELV AS", number, "annet"));
    vec![
        trial(
            "ER_IKKE_HOVEDENHET",
            "/saksoeker/0",
            vec![(CREDITOR_ID, set(SUB_UNIT))],
        )
        .asks(),
        trial(
            "SAKSOKER_ER_ENK",
            "/saksoeker/0",
            vec![(CREDITOR_ID, set(SOLE_PROPRIETORSHIP))],
        )
        .asks(),
        trial(
            "SAKSOEKT_ER_IKKE_HOVEDENHET",
            "/saksoekt/0",
            vec![("/saksoekt/0/saksoekt", debtor(SUB_UNIT))],
        )
        .asks(),
        trial(
            "SAKSOEKT_ER_ENK",
            "/saksoekt/0",
            vec![("/saksoekt/0/saksoekt", debtor(SOLE_PROPRIETORSHIP))],
        )
        .asks(),
        trial(
            "SAKSOEKT_GAMMELT_REGELVERK",
            "/saksoekt/0",
            vec![(DEBTOR_ID, set(OLD_RULES_PERSON))],
        )
        .asks(),
        trial(
            "SAKSOEKT_MANGLER_I_REGISTERET",
            "/saksoekt/0",
            vec![(DEBTOR_ID, set(UNKNOWN_PERSON))],
        )
        .asks(),
    ]
}

pub fn addresses() -> Vec<Trial> {
    let without = |mut address: Value, pointer: &str| {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        address
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(name);
        Do::Add(address)
    };
    let no_text = || {
        without(
            address("postadresse"),
            "/adresseInnland/adresseFrittFormatInnland/adressetekst",
        )
    };
    let no_code = || {
        without(
            address("postadresse"),
            "/adresseInnland/adresseFrittFormatInnland/postnummer",
        )
    };
    let no_country = || {
        without(
            foreign_address(),
            "/adresseUtland/adresseFrittFormatUtland/landkode",
        )
    };
    let no_place = || without(foreign_address(), "/adresseUtland/adresseFrittFormatUtland");
    let (creditors, debtors) = ("/saksoeker/0/saksoeker/adresse", "/saksoekt/0/saksoekt/adresse");
    let (at_creditor, at_debtor) = (
        "/saksoeker/0/saksoeker/adresse/1",
        "/saksoekt/0/saksoekt/adresse/1",
    );
    let representative = "/innsender/prosessfullmektig/prosessfullmektig/adresse";
    vec![
        trial(
            "SAKSOEKERS_INNENLANDS_ADRESSE_UGYLDIG",
            at_creditor,
            vec![(creditors, no_text())],
        ),
        trial(
            "SAKSOEKERS_INNENLANDS_ADRESSE_UGYLDIG",
            at_creditor,
            vec![(creditors, no_code())],
        ),
        trial(
            "SAKSOEKERS_UTENLANDS_ADRESSE_UGYLDIG",
            at_creditor,
            vec![(creditors, no_country())],
        ),
        trial(
            "SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG",
            at_debtor,
            vec![(debtors, no_text())],
        ),
        trial(
            "SAKSØKTES_UTENLANDS_ADRESSE_UGYLDIG",
            at_debtor,
            vec![(debtors, no_place())],
        ),
        trial(
            "MAKS_EN_ADRESSE_AV_HVER_TYPE",
            at_debtor,
            vec![(debtors, Do::Add(address("bopelsadresse")))],
        ),
        trial(
            "MAKS_EN_ADRESSE_AV_HVER_TYPE",
            "/innsender/prosessfullmektig/prosessfullmektig/adresse/1",
            vec![(representative, Do::Add(address("bopelsadresse")))],
        )
        .v1(),
    ]
}

pub fn representatives() -> Vec<Trial> {
    let place = "/innsender/innsendersProsessfullmektig";
    let actor = "/innsender/innsendersProsessfullmektig/prosessfullmektig";
    let agency = || {
        set(organisation(
            "MATT ELV AS",
            OTHER_ORGANISATION,
            "inkassovirksomhet",
        ))
    };
    let firm = |number| set(organisation("MATT ELV AS", number, "advokatfirma"));
    vec![
        trial(
            "MANGLER_OPPLYSNINGER_BEVILLINGSHAVER",
            place,
            vec![
                (actor, agency()),
                (
                    "/innsender/innsendersProsessfullmektig/bevillingshaver",
                    Do::Remove,
                ),
            ],
        ),
        trial(
            "MANGLER_OPPLYSNINGER_BEVILLINGSHAVER",
            "/saksoekt/0/saksoektesProsessfullmektig",
            vec![(
                "/saksoekt/0/saksoektesProsessfullmektig",
                set(
                    json!({ "prosessfullmektig": organisation("MATT ELV AS", OTHER_ORGANISATION, "inkassovirksomhet") }),
                ),
            )],
        ),
        trial(
            "MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG",
            "/innsender/prosessfullmektig",
            vec![("/innsender/prosessfullmektig/prosessfullmektig", firm(""))],
        )
        .v1(),
        trial(
            "MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG_PERSON",
            place,
            vec![(
                "/innsender/innsendersProsessfullmektig/prosessfullmektig/adresse",
                Do::Remove,
            )],
        ),
        trial(
            "UGYLDIG_ORGNR_PROSESSFULLMEKTIG",
            place,
            vec![(actor, firm("213144503"))],
        ),
    ]
}
