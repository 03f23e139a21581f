//! One trial or more for each condition: the change to the clean document that provokes it, and where it is told.

use serde_json::{Value, json};

use super::document::{address, clean_v1, clean_v2, foreign_address, organisation, person};
use super::surroundings::{
    A_DEMAND, CREDITOR, FAILED, GONE, IN_PROGRESS, Known, NEVER_UPLOADED, OF_ANOTHER, OLD_RULES_PERSON,
    OTHER_ORGANISATION, OTHER_PERSON, SOLE_PROPRIETORSHIP, SUB_UNIT, UNKNOWN_ORGANISATION, UNKNOWN_PERSON,
};

type Change = (&'static str, Do);

/// What is done at a pointer.
#[derive(Debug, Clone)]
enum Do {
    Set(Value),
    Add(Value),
    /// Adds a copy of what is at this pointer.
    AddCopyOf(&'static str),
    Remove,
}

/// One condition provoked.
#[derive(Debug, Clone)]
pub struct Trial {
    pub name: String,
    pub code: &'static str,
    pub model: &'static str,
    pub pointer: &'static str,
    /// What cannot but be violated as well.
    pub also: &'static [(&'static str, &'static str)],
    pub known: Known,
    /// Whether it needs to know something outside the request.
    pub asks_around: bool,
    changes: Vec<Change>,
    /// Whether the change is what the condition is about, so that the case before was the clean document.
    alters_case: bool,
}

impl Trial {
    pub fn request(&self) -> Value {
        let mut request = self.clean();
        for (pointer, change) in &self.changes {
            apply(&mut request, pointer, change);
        }
        request
    }

    pub fn before(&self) -> Value {
        if self.alters_case {
            self.clean()
        } else {
            self.request()
        }
    }

    fn clean(&self) -> Value {
        if self.model == "v1" {
            clean_v1()
        } else {
            clean_v2()
        }
    }

    fn v1(mut self) -> Self {
        self.model = "v1";
        self
    }

    fn asks(mut self) -> Self {
        self.asks_around = true;
        self
    }

    fn alters(mut self) -> Self {
        self.alters_case = true;
        self.asks()
    }

    fn known(mut self, change: impl FnOnce(&mut Known)) -> Self {
        change(&mut self.known);
        self.asks()
    }

    fn also(mut self, also: &'static [(&'static str, &'static str)]) -> Self {
        self.also = also;
        self
    }
}

fn apply(request: &mut Value, pointer: &str, change: &Do) {
    let copied = match change {
        Do::AddCopyOf(from) => request.pointer(from).unwrap().clone(),
        Do::Set(value) | Do::Add(value) => value.clone(),
        Do::Remove => Value::Null,
    };
    if let Do::Add(_) | Do::AddCopyOf(_) = change {
        request
            .pointer_mut(pointer)
            .unwrap()
            .as_array_mut()
            .unwrap()
            .push(copied);
        return;
    }
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match (request.pointer_mut(parent).unwrap(), change) {
        (Value::Object(members), Do::Remove) => drop(members.remove(name).unwrap()),
        (Value::Object(members), _) => drop(members.insert(name.to_owned(), copied)),
        (Value::Array(items), _) => items[name.parse::<usize>().unwrap()] = copied,
        (other, _) => unreachable!("{pointer} in {other}"),
    }
}

fn trial(code: &'static str, pointer: &'static str, changes: Vec<Change>) -> Trial {
    Trial {
        name: format!("{code} {changes:?}"),
        code,
        model: "v2",
        pointer,
        also: &[],
        known: Known::default(),
        asks_around: false,
        changes,
        alters_case: false,
    }
}

fn set(value: impl Into<Value>) -> Do {
    Do::Set(value.into())
}

/// All of them.
pub fn trials() -> Vec<Trial> {
    [
        parties(),
        submitters(),
        register(),
        addresses(),
        representatives(),
        claims(),
        relations(),
        interest(),
        priorities(),
        grounds(),
        attachment_types(),
        attachment_states(),
        numbers(),
        accounts(),
        changes(),
    ]
    .concat()
}

const CREDITOR_ID: &str = "/saksoeker/0/saksoeker/virksomhet/identifikator/verdi";
const DEBTOR_ID: &str = "/saksoekt/0/saksoekt/person/identifikator/verdi";
const SUBMITTER_ID: &str = "/innsender/innsender/virksomhet/identifikator/verdi";

fn parties() -> Vec<Trial> {
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

fn submitters() -> Vec<Trial> {
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

fn register() -> Vec<Trial> {
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

fn addresses() -> Vec<Trial> {
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

fn representatives() -> Vec<Trial> {
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

fn claims() -> Vec<Trial> {
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

const COST: &str = "/kravTilInnkreving/2/relatertKrav";
const INTEREST: &str = "/kravTilInnkreving/1/relatertKrav";

fn relations() -> Vec<Trial> {
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

fn interest() -> Vec<Trial> {
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

fn priorities() -> Vec<Trial> {
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

fn grounds() -> Vec<Trial> {
    let communication = "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse";
    let forum =
        "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse/kanBehandlesIForliksraadet";
    let claim = "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse/paastand";
    let combined = |word: &str| vec![(claim, Do::Remove), ("/tvangsfullbyrdelsestype", set(word))];
    let (special, general) = (
        "/begjaeringensTvangsgrunnlag/0/varsel",
        "/begjaeringensTvangsgrunnlag/1/varsel",
    );
    vec![
        trial(
            "KAN_BEHANDLES_I_FORLIKSRAADET_PAAKREVET",
            communication,
            vec![(forum, Do::Remove)],
        ),
        trial(
            "PAASTAND_PAAKREVET",
            claim,
            combined("utleggOgForliksklageKombinert"),
        ),
        trial(
            "PAASTAND_PAAKREVET",
            claim,
            combined("utleggOgForlliksklageKombinert"),
        )
        .v1(),
        trial(
            "PARAGRAF_4_18_VARSEL_PAAKREVET",
            special,
            vec![(special, Do::Remove)],
        ),
        trial(
            "PARAGRAF_4_18_VARSEL_PAAKREVET",
            special,
            vec![(
                "/begjaeringensTvangsgrunnlag/0/varsel/0/type",
                set("varselTvfbl419"),
            )],
        ),
        trial(
            "PARAGRAF_4_19_VARSEL_PAAKREVET",
            general,
            vec![(
                "/begjaeringensTvangsgrunnlag/1/begrunnelseUnnlatVarsel",
                Do::Remove,
            )],
        ),
    ]
}

fn attachment_types() -> Vec<Trial> {
    let demand = "/kravTilInnkreving/2/betalingsoppfordring/0/betalingsoppfordring";
    let transfer = "/kravTilInnkreving/0/transporterklaering/0/transporterklaering";
    let attorney = "/innsender/innsendersProsessfullmektig/fullmakt/fullmakt";
    let ground = "/begjaeringensTvangsgrunnlag/1/tvangsgrunnlag";
    let notice = "/begjaeringensTvangsgrunnlag/0/varsel/0/tvangskraftgrunnlag";
    vec![
        trial(
            "UGYLDIG_VEDLEGG_BETALINGSOPPFORDRING",
            demand,
            vec![(
                "/kravTilInnkreving/2/betalingsoppfordring/0/betalingsoppfordring/type",
                set("annet"),
            )],
        ),
        trial(
            "UGYLDIG_VEDLEGG_TRANSPORTERKLÆRING",
            transfer,
            vec![(
                "/kravTilInnkreving/0/transporterklaering/0/transporterklaering/type",
                set("fullmakt"),
            )],
        ),
        trial(
            "UGYLDIG_VEDLEGG_FULLMAKT",
            attorney,
            vec![(
                "/innsender/innsendersProsessfullmektig/fullmakt/fullmakt/type",
                set("annet"),
            )],
        ),
        trial(
            "UGYLDIG_VEDLEGG_TVANGSGRUNNLAG",
            ground,
            vec![("/begjaeringensTvangsgrunnlag/1/tvangsgrunnlag/type", set("annet"))],
        ),
        trial(
            "UGYLDIG_VEDLEGG_TVANGSGRUNNLAG",
            ground,
            vec![(
                "/begjaeringensTvangsgrunnlag/1/tvangsgrunnlag/uuid",
                set(A_DEMAND),
            )],
        )
        .asks(),
        trial(
            "UGYLDIG_VEDLEGG_TVANGSKRAFTGRUNNLAG",
            notice,
            vec![(
                "/begjaeringensTvangsgrunnlag/0/varsel/0/tvangskraftgrunnlag/type",
                set("annet"),
            )],
        ),
    ]
}

fn attachment_states() -> Vec<Trial> {
    let with = |code, uuid| trial(code, "/vedlegg/0", vec![("/vedlegg/0/uuid", set(uuid))]).asks();
    vec![
        trial(
            "VEDLEGG_SKAL_HA_UUID",
            "/vedlegg/0",
            vec![("/vedlegg/0/uuid", Do::Remove)],
        ),
        with("VEDLEGG_SKAL_VAERE_TILGJENGELIG", NEVER_UPLOADED),
        with("VEDLEGG_SKAL_VAERE_TILGJENGELIG", GONE),
        with("VEDLEGG_SKAL_IKKE_HA_FEILET", FAILED),
        with(
            "VEDLEGG_SKAL_VAERE_VIRUSSJEKKET_VALIDERT_OG_KONVERTERT",
            IN_PROGRESS,
        ),
        with("VEDLEGG_SKAL_HA_REFERANSE_TIL_BEGJAERINGEN", OF_ANOTHER),
    ]
}

fn numbers() -> Vec<Trial> {
    let amount = "/kravTilInnkreving/3/opprinneligBeloep/beloep";
    let of_v1 = "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/paalydendeBeloep";
    let agreed = "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger/avtaltRentesats";
    let computed = "/kravTilInnkreving/1/rentekrav/beregnetMedAvtaltRentesats";
    let amounts = [
        json!(1000.505),
        json!(-1),
        json!(-0.01),
        json!(1e-9),
        json!(1e-40),
        json!(-1e300),
    ];
    let mut trials =
        Vec::from(amounts.map(|number| trial("UGYLDIG_BELOEP", amount, vec![(amount, set(number))])));
    trials.push(trial("UGYLDIG_BELOEP", of_v1, vec![(of_v1, set(0.001))]).v1());
    trials.push(trial("UGYLDIG_RENTE", agreed, vec![(agreed, set(21.999))]));
    trials.push(trial("UGYLDIG_RENTE", computed, vec![(computed, set(-2))]));
    trials
}

fn accounts() -> Vec<Trial> {
    let place = "/betalingsinformasjon";
    let (number, kid) = (
        "/betalingsinformasjon/norskKonto/kontonummer",
        "/betalingsinformasjon/norskKonto/kidnummer",
    );
    let foreign = json!({ "utenlandskKonto": { "iban": "SE00", "kontonummer": "1", "kidnummer": "11" } });
    vec![
        trial(
            "MANGELFULLE_KONTOOPPLYSNINGER",
            place,
            vec![(place, set(json!({ "norskKonto": { "kontonummer": " " } })))],
        ),
        trial(
            "MANGELFULLE_KONTOOPPLYSNINGER",
            place,
            vec![(place, set(json!({})))],
        ),
        trial("UGYLDIG_KONTONR", place, vec![(number, set("69930570045"))]),
        trial("UGYLDIG_KONTONR", place, vec![(number, set("6993.05.70044"))]).v1(),
        trial("UGYLDIG_KID", place, vec![(kid, set("2509937606"))]),
        trial("UGYLDIG_KID", place, vec![(kid, set("1"))]).v1(),
        trial("UGYLDIG_KID", place, vec![(place, set(foreign))]),
    ]
}

fn changes() -> Vec<Trial> {
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
