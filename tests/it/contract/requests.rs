//! Requests the schema accepts and requests it does not, class by class.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use regex::Regex;
use serde_json::{Value, json};
use utlegg::begjaering::{Phase, Surroundings};
use utlegg::contract::{Provenance, SchemaViolation};
use utlegg::source::{SourceFile, parse_documents};

use super::builtin;

const JSON: &str = "application/json";

const UUID: &str = "6f1f7c0e-5b0a-4f55-9f0e-2d7d9a3b4c11";

const PERSON: &str = concat!(
    r#"{"personnavn": {"fornavn": "PRØVENDE", "etternavn": "SKYLDNER"}, "#,
    r#""identifikator": {"identifikatortype": "taxIdentificationNumber", "verdi": "30906197746", "landkode": "NO"}}"#,
);

const TODAY: Date = date(2026, 11, 23);

/// The bundled request of a model, with everything a scenario fills in.
pub fn simple(model: &str) -> Value {
    let text = match model {
        "v1" => include_str!("../../../requests/v1/simple.yaml"),
        _ => include_str!("../../../requests/v2/simple.yaml"),
    };
    let dates = Regex::new(r"\$\{today\((-?\d+)?\)\}").expect("a pattern");
    let text = dates.replace_all(text, |found: &regex::Captures<'_>| {
        let days: i32 = found
            .get(1)
            .map_or(0, |days| days.as_str().parse().expect("days"));
        TODAY.checked_add(days.days()).expect("a date").to_string()
    });
    let text = [
        ("${innsender.name}", "SYNTETISK INKASSO AS"),
        ("${innsender.identifier}", "312597772"),
        ("${saksoeker.name}", "SYNTETISK KREDITOR AS"),
        ("${saksoeker.identifier}", "311758489"),
        ("\"${saksoekt.person}\"", PERSON),
        ("${saksoekt.identifier}", "30906197746"),
        ("${reference}", "simple-1"),
        ("${tvangsgrunnlag}", UUID),
        ("${tvangskraftgrunnlag}", UUID),
        ("${betalingsoppfordring}", UUID),
    ]
    .iter()
    .fold(text.into_owned(), |text, (variable, value)| {
        text.replace(variable, value)
    });
    assert!(
        !text.contains("${"),
        "an unknown variable in the request of {model}"
    );
    let file = SourceFile::new("simple.yaml", text);
    let document = parse_documents(&file).expect("YAML").remove(0);
    document.get("body").expect("a body").to_json()
}

fn check(model: &str, body: &Value) -> Vec<SchemaViolation> {
    let contract = builtin(model);
    contract
        .operation("submit")
        .expect("submit")
        .check_request(JSON, body)
}

/// Pointer and message of everything wrong with a request.
fn said(model: &str, body: &Value) -> Vec<String> {
    check(model, body)
        .iter()
        .map(|violation| format!("{}: {}", violation.pointer, violation.message))
        .collect()
}

/// The bundled request with the value at `pointer` replaced, or added as a member.
fn with(model: &str, pointer: &str, value: Value) -> Value {
    let mut body = simple(model);
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match body
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("no {parent} in the request of {model}"))
    {
        Value::Object(members) => drop(members.insert(key.to_owned(), value)),
        Value::Array(items) => items[key.parse::<usize>().expect("an index")] = value,
        other => panic!("{parent} is {other}"),
    }
    body
}

/// The bundled request without the member at `pointer`.
fn without(model: &str, pointer: &str) -> Value {
    let mut body = simple(model);
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let members = body.pointer_mut(parent).and_then(Value::as_object_mut);
    assert!(
        members.and_then(|members| members.remove(key)).is_some(),
        "no {pointer} in the request of {model}"
    );
    body
}

#[test]
fn the_bundled_requests_are_accepted_by_every_operation_that_takes_one() {
    for model in ["v1", "v2"] {
        let contract = builtin(model);
        for name in ["submit", "change", "validate-new", "validate-change"] {
            let operation = contract.operation(name).expect("a declared operation");
            assert_eq!(
                operation.check_request(JSON, &simple(model)),
                [],
                "{model} {name}"
            );
            assert_eq!(
                operation.unknown_request_fields(JSON, &simple(model)),
                Vec::<String>::new()
            );
        }
    }
}

#[test]
fn the_bundled_requests_violate_no_condition() {
    for model in ["v1", "v2"] {
        let contract = builtin(model);
        let codes: Vec<&str> = contract.codes().iter().map(|entry| entry.code.as_str()).collect();
        let around = Surroundings {
            authenticated: Some("312597772"),
            ..Surroundings::unknown(TODAY)
        };
        let found = utlegg::begjaering::check(&codes, Phase::New, &simple(model), &around);
        assert_eq!(found, [], "{model}");
    }
}

#[test]
fn a_document_built_as_the_official_example_is_accepted_by_v1_with_one_unknown_field() {
    let body: Value = serde_json::from_str(include_str!("../data/v1-simple.json")).expect("JSON");
    assert_eq!(said("v1", &body), Vec::<String>::new());
    let contract = builtin("v1");
    let submit = contract.operation("submit").expect("submit");
    assert_eq!(
        submit.unknown_request_fields(JSON, &body),
        ["/berOmInnkallingTilMoete"]
    );
}

#[test]
fn each_model_refuses_the_requests_of_the_other() {
    assert!(
        said("v2", &simple("v1"))
            .iter()
            .any(|line| line.contains("`innsendersKravreferanse` is missing"))
    );
    assert!(
        said("v1", &simple("v2"))
            .iter()
            .any(|line| line.contains("`kravreferanse` is missing"))
    );
}

#[test]
fn what_the_model_demands_is_missed() {
    let demanded = [
        "/underskrift",
        "/tvangsfullbyrdelsestype",
        "/begjaeringsdato",
        "/kreverRettsgebyrErstattet",
        "/saksoeker",
        "/saksoekt",
        "/betalingsinformasjon",
        "/begjaeringensTvangsgrunnlag",
        "/kreverRettsgebyrErstattet/kreverRettsgebyrErstattet",
        "/saksoeker/0/saksoeker",
        "/innsender/innsender",
        "/innsender/innsendersProsessfullmektig/prosessfullmektig",
        "/innsender/innsendersProsessfullmektig/bevillingshaver/navn",
        "/saksoekt/0/saksoekt",
        "/saksoekt/0/saksoekt/adresse/0/adressetype",
        "/saksoekt/0/saksoekt/person/identifikator/verdi",
        "/saksoekt/0/saksoekt/person/identifikator/landkode",
        "/saksoeker/0/saksoeker/virksomhet/virksomhetstype",
        "/kravTilInnkreving/0/innsendersKravreferanse",
        "/kravTilInnkreving/0/kravdetaljer",
        "/kravTilInnkreving/0/opprinneligBeloep",
        "/kravTilInnkreving/0/gjenstaaendeBeloep",
        "/kravTilInnkreving/0/gjenstaaendeBeloep/beloep",
        "/kravTilInnkreving/0/prioritetDekningsloven",
        "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger",
        "/kravTilInnkreving/1/rentekrav/rentePeriode/startdato",
        "/kravTilInnkreving/2/betalingsoppfordring/0/brevdato",
        "/begjaeringensTvangsgrunnlag/0/innsendersKravreferanse",
        "/begjaeringensTvangsgrunnlag/0/tvangsgrunnlagsdato",
        "/begjaeringensTvangsgrunnlag/0/tvangsgrunnlag",
        "/begjaeringensTvangsgrunnlag/0/tvangsgrunnlag/filnavn",
        "/begjaeringensTvangsgrunnlag/0/betegnelseAvTvangsgrunnlag",
        "/begjaeringensTvangsgrunnlag/0/varsel/0/type",
        "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/kreditor",
        "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse/krevesFravaersdom",
        "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse/forsendelsesmaate",
    ];
    for pointer in demanded {
        let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
        assert_eq!(
            said("v2", &without("v2", pointer)),
            [format!("{parent}: `{field}` is missing")]
        );
    }
}

#[test]
fn what_a_condition_judges_passes_the_schema() {
    let absent = [
        "/innsender",
        "/kravTilInnkreving",
        "/innsender/innsendersProsessfullmektig/bevillingshaver",
        "/saksoekt/0/saksoekt/adresse",
        "/saksoekt/0/saksoekt/person/personnavn",
        "/saksoekt/0/saksoekt/person/personnavn/etternavn",
        "/saksoekt/0/saksoekt/person/identifikator",
        "/saksoeker/0/saksoeker/virksomhet/navn",
        "/saksoeker/0/saksoeker/virksomhet/identifikator",
        "/saksoeker/0/saksoeker/adresse/0/adresseInnland/adresseFrittFormatInnland/postnummer",
        "/betalingsinformasjon/norskKonto",
        "/kravTilInnkreving/0/kravforfall",
        "/kravTilInnkreving/0/kravforfall/forfallsdato",
        "/kravTilInnkreving/1/relatertKrav",
        "/begjaeringensTvangsgrunnlag/0/tvangsgrunnlag/uuid",
        "/begjaeringensTvangsgrunnlag/0/varsel",
        "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse/kanBehandlesIForliksraadet",
        "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse/paastand",
    ];
    for pointer in absent {
        assert_eq!(
            said("v2", &without("v2", pointer)),
            Vec::<String>::new(),
            "{pointer}"
        );
    }
    let foreign = json!({"adressetype": "postadresse", "adresseUtland": {"adresseFrittFormatUtland": {}}});
    let wrong = [
        ("/kravTilInnkreving", json!([])),
        ("/betalingsinformasjon/norskKonto/kidnummer", json!("x")),
        ("/betalingsinformasjon/norskKonto/kontonummer", json!("1")),
        ("/kravTilInnkreving/0/opprinneligBeloep/beloep", json!(-1.005)),
        (
            "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger/avtaltRentesats",
            json!(-0.125),
        ),
        (
            "/begjaeringensTvangsgrunnlag/0/tvangsgrunnlag/type",
            json!("annet"),
        ),
        ("/saksoekt/0/saksoekt/person/identifikator/verdi", json!("0")),
        ("/saksoekt/0/saksoekt/adresse/0", foreign),
    ];
    for (pointer, value) in wrong {
        assert_eq!(
            said("v2", &with("v2", pointer, value)),
            Vec::<String>::new(),
            "{pointer}"
        );
    }
}

#[test]
fn v1_is_stricter_where_it_knows_no_condition() {
    assert_eq!(
        said("v1", &without("v1", "/kravTilInnkreving/0/kravforfall")),
        ["/kravTilInnkreving/0: `kravforfall` is missing"]
    );
    assert_eq!(
        said(
            "v1",
            &without(
                "v1",
                "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/paalydendeBeloep"
            )
        ),
        ["/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag: `paalydendeBeloep` is missing"]
    );
    assert_eq!(
        said(
            "v1",
            &without(
                "v1",
                "/innsender/prosessfullmektig/bevillingshaver/inkassobevillingshaverNummer"
            )
        ),
        ["/innsender/prosessfullmektig/bevillingshaver: `inkassobevillingshaverNummer` is missing"]
    );
}

#[test]
fn values_outside_code_lists_forms_and_bounds_are_refused() {
    let ground = "/begjaeringensTvangsgrunnlag/0";
    let cases = [
        (
            "/tvangsfullbyrdelsestype".to_owned(),
            json!("utleg"),
            "\"utleg\" is not in the code list; did you mean \"utlegg\"?",
        ),
        (
            "/underskrift".to_owned(),
            json!("x".repeat(4001)),
            "has 4001 characters; at most 4000 are allowed",
        ),
        (
            "/begjaeringsdato".to_owned(),
            json!("23.11.2026"),
            "\"23.11.2026\" is not a date (YYYY-MM-DD)",
        ),
        (
            "/begjaeringsdato".to_owned(),
            json!("2026-02-30"),
            "\"2026-02-30\" is not a date (YYYY-MM-DD)",
        ),
        (
            "/saksoeker".to_owned(),
            json!([]),
            "the list has 0 items; at least 1 are needed",
        ),
        (
            "/saksoekt".to_owned(),
            json!({}),
            "the object is an object, but a list is wanted",
        ),
        (
            "/kravTilInnkreving/0/prioritetISak".to_owned(),
            json!(100),
            "100 is more than 99",
        ),
        (
            "/kravTilInnkreving/0/prioritetISak".to_owned(),
            json!(0),
            "0 is less than 1",
        ),
        (
            "/kravTilInnkreving/0/prioritetDekningsloven".to_owned(),
            json!("f"),
            "\"f\" is not in the code list: a, b, c, d, e",
        ),
        (
            "/kravTilInnkreving/0/kravdetaljer".to_owned(),
            json!("hovedkrav"),
            "did you mean \"Hovedkrav\"?",
        ),
        (
            "/kravTilInnkreving/0/opprinneligBeloep/beloep".to_owned(),
            json!("100"),
            "\"100\" is text, but a number is wanted",
        ),
        (
            "/kravTilInnkreving/0/opprinneligBeloep/valuta".to_owned(),
            json!("nok"),
            "does not have the form `^[A-Z]{3}$`",
        ),
        (
            "/saksoekt/0/saksoekt/adresse/0/adresseInnland/adresseFrittFormatInnland/postnummer".to_owned(),
            json!("150"),
            "\"150\" does not have the form `^[0-9]{4}$`",
        ),
        (
            "/saksoekt/0/saksoekt/person/identifikator/landkode".to_owned(),
            json!("NOR"),
            "does not have the form `^[A-Z]{2}$`",
        ),
        (
            format!("{ground}/varsel/0/type"),
            json!("inkassovarsel"),
            "not in the code list: varselTvfbl418, varselTvfbl419",
        ),
        (
            format!("{ground}/begrunnelseUnnlatVarsel"),
            json!("ukjentOppholdsstedSakssøkt"),
            "not in the code list: ingenMulighetForVarsling, fullbyrdelsenKanBliVanskeliggjort",
        ),
        (
            format!("{ground}/saerligTvangsgrunnlag/skriftligMeddelelse/forsendelsesmaate/forsendelsesmaate"),
            json!("epost"),
            "\"epost\" is not in the code list: altinn, digipost, eBoks",
        ),
    ];
    for (pointer, value, message) in cases {
        let found = said("v2", &with("v2", &pointer, value));
        assert_eq!(found.len(), 1, "{pointer}: {found:?}");
        assert!(
            found[0].starts_with(&format!("{pointer}: ")) && found[0].contains(message),
            "{}",
            found[0]
        );
    }
}

#[test]
fn exactly_one_means_neither_none_nor_two() {
    let address = "/saksoekt/0/saksoekt/adresse/0";
    let ground = "/begjaeringensTvangsgrunnlag/0";
    let two = [
        (
            format!("{address}/ukjentBosted"),
            json!({"begrunnelse": "Flyttet"}),
            address.to_owned(),
        ),
        (
            "/saksoekt/0/saksoekt/sammenslutning".to_owned(),
            json!({}),
            "/saksoekt/0/saksoekt".to_owned(),
        ),
        (
            format!("{ground}/alminneligTvangsgrunnlag"),
            json!({"type": "forelegg"}),
            ground.to_owned(),
        ),
        (
            format!("{ground}/saerligTvangsgrunnlag/tvangsmulktEllerLovbestemmelse"),
            json!({"type": "tvangsmulkt"}),
            format!("{ground}/saerligTvangsgrunnlag"),
        ),
        (
            "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger/forsinkelsesrente".to_owned(),
            json!(true),
            "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger".to_owned(),
        ),
    ];
    for (pointer, value, owner) in two {
        let found = said("v2", &with("v2", &pointer, value));
        assert_eq!(found.len(), 1, "{pointer}: {found:?}");
        assert!(
            found[0].starts_with(&format!("{owner}: exactly one of `")) && found[0].contains(" and `"),
            "{found:?}"
        );
    }
    for pointer in [
        format!("{address}/adresseInnland"),
        format!("{ground}/saerligTvangsgrunnlag"),
    ] {
        let found = said("v2", &without("v2", &pointer));
        assert!(
            found.len() == 1 && found[0].ends_with("must be given, but none is"),
            "{found:?}"
        );
    }
    assert_eq!(
        said(
            "v2",
            &with(
                "v2",
                "/betalingsinformasjon/utenlandskKonto",
                json!({"iban": "x"})
            )
        ),
        ["/betalingsinformasjon: `norskKonto` and `utenlandskKonto` exclude each other, but all are given"]
    );
    assert_eq!(
        said(
            "v2",
            &with(
                "v2",
                "/kravTilInnkreving/1/rentekrav/beregnetMedForsinkelsesrente",
                json!(true)
            )
        )
        .len(),
        1
    );
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let mut body = without("v2", "/underskrift");
    body["begjaeringsdato"] = json!("i dag");
    body["kravTilInnkreving"][1]["kravdetaljer"] = json!("Renter");
    assert_eq!(said("v2", &body).len(), 3);
}

#[test]
fn a_violation_names_rule_place_and_provenance() {
    let documented = check("v2", &without("v2", "/underskrift")).remove(0);
    assert_eq!(
        documented.schema,
        "#/components/schemas/Utleggsbegjaering/required"
    );
    assert_eq!(documented.place.file, "contracts/v2.yaml");
    let line = include_str!("../../../contracts/v2.yaml")
        .lines()
        .nth(documented.place.line as usize - 1);
    assert!(
        line.is_some_and(|line| line.trim() == "- underskrift"),
        "{line:?}"
    );
    assert_eq!(documented.provenance, Provenance::Documented);

    let nested = check(
        "v2",
        &with(
            "v2",
            "/kravTilInnkreving/1/rentekrav/rentePeriode/startdato",
            json!("x"),
        ),
    );
    assert_eq!(
        nested[0].provenance,
        Provenance::Reconstructed,
        "inherited from Rentekrav"
    );
}

#[test]
fn fields_the_model_does_not_know_pass_and_are_named() {
    let mut body = with("v2", "/saksreferanse", json!("gammel"));
    body["kravTilInnkreving"][0]["ny/del"] = json!([1]);
    assert_eq!(said("v2", &body), Vec::<String>::new());
    let contract = builtin("v2");
    let submit = contract.operation("submit").expect("submit");
    assert_eq!(
        submit.unknown_request_fields(JSON, &body),
        ["/kravTilInnkreving/0/ny~1del", "/saksreferanse"]
    );
}

#[test]
fn a_body_in_another_format_or_none_is_refused() {
    let contract = builtin("v2");
    let submit = contract.operation("submit").expect("submit");
    assert_eq!(
        submit.check_request("Application/JSON; charset=utf-8", &simple("v2")),
        []
    );
    let plain = submit.check_request("text/plain", &Value::Null).remove(0);
    assert_eq!(
        plain.message,
        "a body of type `text/plain` is not declared; declared: `application/json`, `application/xml`"
    );
    assert_eq!(
        submit.check_request(JSON, &Value::Null)[0].message,
        "null is null, but an object is wanted"
    );
    assert_eq!(
        submit.check_request(JSON, &json!([]))[0].message,
        "the list is a list, but an object is wanted"
    );
}

#[test]
fn the_other_operations_have_bodies_of_their_own() {
    let contract = builtin("v2");
    let check = |name: &str, media_type: &str, body: &Value| {
        let operation = contract.operation(name).expect("a declared operation");
        operation.check_request(media_type, body).len()
    };
    assert_eq!(
        check(
            "ruleset-lookup",
            JSON,
            &json!({"identifikatorer": ["30906197746"]})
        ),
        0
    );
    assert_eq!(check("ruleset-lookup", JSON, &json!({"identifikatorer": []})), 1);
    assert_eq!(
        check(
            "deduction-insight",
            JSON,
            &json!({"saksoeker": "311758489", "saksoekt": "30906197746"})
        ),
        0
    );
    assert_eq!(
        check("deduction-insight", JSON, &json!({"saksoeker": "311758489"})),
        1
    );
    let form = json!({"fil": "", "type": "fullmakt", "innsenderReferanse": "1"});
    assert_eq!(
        check("upload-attachment", "multipart/form-data; boundary=x", &form),
        0
    );
    assert_eq!(
        check(
            "upload-attachment",
            "multipart/form-data; boundary=x",
            &json!({"fil": "", "type": "bilde"})
        ),
        2
    );
    assert_eq!(
        check("case-status", JSON, &json!({"anything": 1})),
        0,
        "it takes no body"
    );
}
