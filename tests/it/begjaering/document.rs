//! The trial document: it uses every element that a condition speaks of, and violates none.

use serde_json::{Map, Value, json};

use super::surroundings::{CREDITOR, DEBTOR, READY, REPRESENTATIVE, SUBMITTER};

pub fn identifier(value: &str) -> Value {
    json!({ "identifikatortype": "taxIdentificationNumber", "verdi": value, "landkode": "NO" })
}

pub fn address(kind: &str) -> Value {
    json!({
        "adressetype": kind,
        "adresseInnland": { "adresseFrittFormatInnland": { "adressetekst": "Granveien 1", "postnummer": "0351" } },
    })
}

pub fn foreign_address() -> Value {
    json!({
        "adressetype": "postadresse",
        "adresseUtland": { "adresseFrittFormatUtland": { "poststedUtland": "Umeå", "landkode": "SE" } },
    })
}

pub fn person(first: &str, last: &str, id: &str) -> Value {
    json!({
        "adresse": [address("bopelsadresse")],
        "person": { "personnavn": { "fornavn": first, "etternavn": last }, "identifikator": identifier(id) },
    })
}

pub fn organisation(name: &str, number: &str, kind: &str) -> Value {
    json!({
        "adresse": [address("forretningsadresse")],
        "virksomhet": { "navn": name, "identifikator": identifier(number), "virksomhetstype": kind },
    })
}

fn attachment(kind: &str) -> Value {
    json!({ "type": kind, "filnavn": format!("{kind}.pdf"), "uuid": READY })
}

fn claim(reference: &str, kind: &str, more: &Value) -> Value {
    let mut claim = json!({
        "innsendersKravreferanse": reference,
        "kravdetaljer": kind,
        "opprinneligBeloep": { "beloep": 1000.5, "valuta": "NOK" },
        "gjenstaaendeBeloep": { "beloep": 1000, "valuta": "NOK" },
        "prioritetDekningsloven": "b",
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        claim[name] = value.clone();
    }
    claim
}

fn claims() -> Value {
    let due = json!({ "forfallsdato": "2026-08-01" });
    json!([
        claim(
            "H1",
            "Hovedkrav",
            &json!({
                "kravforfall": due,
                "innbetaling": [{ "bokfoertDato": "2026-11-22", "beloep": { "beloep": 0.5, "valuta": "NOK" } }],
                "transporterklaering": [{ "dato": "2026-01-01", "transporterklaering": attachment("transporterklæring") }],
                "rentebaerendeKrav": { "renteopplysninger": { "avtaltRentesats": 21.99, "prioritetISakFremtidigRentekrav": 6 } },
            })
        ),
        claim(
            "R1",
            "Rentekrav",
            &json!({
                "relatertKrav": ["H1"],
                "rentekrav": {
                    "rentePeriode": { "startdato": "2026-08-01", "sluttdato": "2026-11-01" },
                    "beregnetMedForsinkelsesrente": true,
                },
            })
        ),
        claim(
            "U1",
            "UtenrettsligeKostnader",
            &json!({
                "kravforfall": due,
                "relatertKrav": ["H1"],
                "betalingsoppfordring": [{
                    "betalingsfrist": "2026-09-15",
                    "brevdato": "2026-09-01",
                    "betalingsoppfordring": attachment("betalingsoppfordring"),
                }],
            })
        ),
        claim("S1", "SakskostnaderForSkriving", &json!({})),
        claim(
            "T1",
            "TidligereRettsligeSakskostnader",
            &json!({ "kravforfall": due })
        ),
    ])
}

fn grounds() -> Value {
    json!([
        {
            "innsendersKravreferanse": ["H1", "R1", "U1", "S1"],
            "tvangsgrunnlagsdato": "2026-09-01",
            "tvangsgrunnlag": attachment("tvangsgrunnlag"),
            "betegnelseAvTvangsgrunnlag": "Kredittkort",
            "varsel": [{
                "dato": "2026-10-01",
                "type": "varselTvfbl418",
                "tvangskraftgrunnlag": attachment("tvangskraftgrunnlag"),
            }],
            "saerligTvangsgrunnlag": {
                "kreditor": [identifier(CREDITOR)],
                "skyldner": [identifier(DEBTOR)],
                "skriftligMeddelelse": {
                    "kravetsGrunnlag": "Kredittkort",
                    "krevesFravaersdom": true,
                    "faktiskeForholdForKravet": "Kjøp",
                    "paastand": "Betaling",
                    "kanBehandlesIForliksraadet": true,
                },
            },
        },
        {
            "innsendersKravreferanse": ["T1"],
            "tvangsgrunnlagsdato": "2026-09-01",
            "tvangsgrunnlag": attachment("tvangsgrunnlag"),
            "betegnelseAvTvangsgrunnlag": "Dom",
            "begrunnelseUnnlatVarsel": "ingenMulighetForVarsling",
            "alminneligTvangsgrunnlag": { "type": "rettsforlik" },
        },
    ])
}

/// In model v2.
pub fn clean_v2() -> Value {
    json!({
        "underskrift": "Kari Test",
        "innsenderReferanse": "UTL-REF",
        "begjaeringsdato": "2026-11-20",
        "tvangsfullbyrdelsestype": "utlegg",
        "kreverRettsgebyrErstattet": { "kreverRettsgebyrErstattet": true, "prioritetISak": 7 },
        "saksoeker": [{ "saksoeker": organisation("FRISK TIGER AS", CREDITOR, "annet") }],
        "saksoekt": [{ "saksoekt": person("LYSEGUL", "HENSIKT", DEBTOR) }],
        "innsender": {
            "innsender": organisation("ÆRLIG UGLE AS", SUBMITTER, "inkassovirksomhet"),
            "innsendersProsessfullmektig": {
                "prosessfullmektig": person("BLID", "HARE", REPRESENTATIVE),
                "fullmakt": { "fraDato": "2026-01-01", "fullmakt": attachment("fullmakt") },
                "bevillingshaver": { "navn": { "fornavn": "BLID", "etternavn": "HARE" } },
            },
        },
        "betalingsinformasjon": { "norskKonto": { "kontonummer": "69930570044", "kidnummer": "2509937609" } },
        "kravTilInnkreving": claims(),
        "begjaeringensTvangsgrunnlag": grounds(),
        "vedlegg": [attachment("annet")],
    })
}

/// The same in model v1, which spells some names otherwise.
pub fn clean_v1() -> Value {
    let mut request = clean_v2();
    request["kreverRettsgebyrErstattet"] = json!(true);
    rename(
        &mut request["innsender"],
        "innsendersProsessfullmektig",
        "prosessfullmektig",
    );
    for claim in request["kravTilInnkreving"].as_array_mut().unwrap() {
        rename(claim, "innsendersKravreferanse", "kravreferanse");
        rename(claim, "rentekrav", "erRentekrav");
        rename(claim, "rentebaerendeKrav", "renteOpplysning");
    }
    request["kravTilInnkreving"][0]["renteOpplysning"] = json!({ "avtaltRentesats": 21.99 });
    request["begjaeringensTvangsgrunnlag"][0]["saerligTvangsgrunnlag"]["paalydendeBeloep"] = json!(1000.5);
    request
}

fn rename(object: &mut Value, from: &str, to: &str) {
    let members = object.as_object_mut().unwrap();
    *members = std::mem::take(members)
        .into_iter()
        .map(|(name, value)| (if name == from { to.to_owned() } else { name }, value))
        .collect::<Map<_, _>>();
}
