//! Every operation with its path, statuses and provenance, and how methods and paths lead to them.

use std::collections::BTreeMap;

use http::Method;
use utlegg::contract::{Contract, Location, Provenance, Route};

use super::builtin;

const D: Provenance = Provenance::Documented;
const R: Provenance = Provenance::Reconstructed;

/// Logical name, API, method and path, operationId, provenance, statuses.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Provenance,
    &'static [u16],
);

const SUBMIT: &[u16] = &[200, 400, 401, 403, 404, 406, 409, 422, 500, 503];
const VALIDATE: &[u16] = &[204, 400, 401, 403, 404, 406, 422, 500];
const READ: &[u16] = &[200, 400, 401, 403, 404, 406, 500, 503];
const UPLOAD: &[u16] = &[201, 400, 401, 403, 404, 406, 500, 503];

const OPERATIONS: [Row; 11] = [
    (
        "submit",
        "request",
        "POST /",
        Some("opprettBegjaering"),
        D,
        SUBMIT,
    ),
    (
        "change",
        "request",
        "PUT /{eksternSaksreferanse}",
        Some("endreBegjaering"),
        D,
        SUBMIT,
    ),
    (
        "validate-new",
        "request",
        "POST /valider",
        Some("validerNyBegjaering"),
        D,
        VALIDATE,
    ),
    (
        "validate-change",
        "request",
        "PUT /valider/{eksternSaksreferanse}",
        Some("validerEndretBegjaering"),
        D,
        VALIDATE,
    ),
    ("upload-attachment", "request", "POST /vedlegg", None, R, UPLOAD),
    (
        "attachment-status",
        "request",
        "GET /vedlegg/{uuid}",
        None,
        R,
        READ,
    ),
    ("status-feed", "status", "GET /status/hendelser", None, R, READ),
    (
        "case-status",
        "status",
        "GET /status/{eksternSaksreferanse}",
        None,
        R,
        READ,
    ),
    (
        "messages",
        "request",
        "GET /{eksternSaksreferanse}/meldinger",
        None,
        R,
        READ,
    ),
    (
        "ruleset-lookup",
        "betjeningskart",
        "POST /betjeningskart",
        None,
        R,
        READ,
    ),
    (
        "deduction-insight",
        "insight",
        "POST /innsyn/trekk",
        None,
        R,
        READ,
    ),
];

#[test]
fn the_operations_are_the_published_and_reconstructed_ones() {
    for model in Contract::builtin_models() {
        let contract = builtin(model);
        assert_eq!(contract.model(), *model);
        assert_eq!(contract.operations().count(), OPERATIONS.len());
        for (name, api, call, operation_id, provenance, statuses) in OPERATIONS {
            let operation = contract
                .operation(name)
                .unwrap_or_else(|| panic!("{name} is missing in {model}"));
            assert_eq!(operation.api(), api, "{name}");
            assert_eq!(format!("{} {}", operation.method(), operation.path()), call);
            assert_eq!(operation.operation_id(), operation_id, "{name}");
            assert_eq!(operation.provenance(), provenance, "{name}");
            assert_eq!(operation.statuses().collect::<Vec<_>>(), statuses, "{name}");
            let success: Vec<_> = statuses.iter().copied().filter(|status| *status < 300).collect();
            assert_eq!(
                operation.success_statuses().collect::<Vec<_>>(),
                success,
                "{name}"
            );
        }
    }
}

#[test]
fn statuses_that_were_not_published_are_reconstructed() {
    let contract = builtin("v2");
    let of = |name: &str, status| {
        contract
            .operation(name)
            .and_then(|operation| operation.status_provenance(status))
    };
    assert_eq!(of("submit", 409), Some(D));
    assert_eq!(of("change", 409), Some(R));
    assert_eq!(of("validate-new", 406), Some(R));
    assert_eq!(of("validate-new", 422), Some(D));
    assert_eq!(of("messages", 200), Some(R));
    assert_eq!(of("submit", 418), None);
}

#[test]
fn every_operation_takes_the_three_headers_and_demands_none() {
    for operation in builtin("v2").operations() {
        let headers: Vec<_> = operation
            .parameters()
            .iter()
            .filter(|parameter| parameter.location() == Location::Header)
            .map(|parameter| (parameter.name(), parameter.required()))
            .collect();
        assert_eq!(
            headers,
            [
                ("Klientid", false),
                ("Korrelasjonsid", false),
                ("Meldingsid", false)
            ]
        );
    }
}

fn routed(contract: &Contract, method: &Method, path: &str) -> String {
    match contract.route(method, path) {
        Route::Found {
            operation,
            parameters,
        } => {
            let parameters: Vec<_> = parameters
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            [vec![operation.name().to_owned()], parameters].concat().join(" ")
        }
        Route::WrongMethod => "wrong method".to_owned(),
        Route::NotFound => "not found".to_owned(),
    }
}

#[test]
fn a_method_and_a_path_lead_to_one_operation() {
    let contract = builtin("v2");
    let cases = [
        (Method::POST, "/", "submit"),
        (Method::POST, "", "submit"),
        (Method::PUT, "/ABC-1", "change eksternSaksreferanse=ABC-1"),
        (
            Method::PUT,
            "/UTLBGJ%2F2026%2F1",
            "change eksternSaksreferanse=UTLBGJ/2026/1",
        ),
        (Method::POST, "/valider", "validate-new"),
        (
            Method::PUT,
            "/valider/7",
            "validate-change eksternSaksreferanse=7",
        ),
        (Method::GET, "/status/hendelser", "status-feed"),
        (
            Method::GET,
            "/status/TEST_UGYLDIG",
            "case-status eksternSaksreferanse=TEST_UGYLDIG",
        ),
        (
            Method::GET,
            "/status/meldinger",
            "case-status eksternSaksreferanse=meldinger",
        ),
        (Method::GET, "/7/meldinger", "messages eksternSaksreferanse=7"),
        (Method::PUT, "/valider", "wrong method"),
        (Method::DELETE, "/7", "wrong method"),
        (Method::GET, "/", "wrong method"),
        (Method::GET, "/finnes/ikke", "not found"),
        (Method::GET, "/vedlegg/", "not found"),
        (Method::GET, "/status/7/mer", "not found"),
        (Method::PUT, "//", "not found"),
    ];
    for (method, path, expected) in cases {
        assert_eq!(routed(&contract, &method, path), expected, "{method} {path}");
    }
}

#[test]
fn a_path_is_filled_in_and_encoded_so_that_it_leads_back() {
    let contract = builtin("v2");
    let change = contract.operation("change").expect("change");
    for reference in ["7", "UTLBGJ/2026/1", "a b?c#d%", "æøå", "..", "{x}"] {
        let values = BTreeMap::from([("eksternSaksreferanse".to_owned(), reference.to_owned())]);
        let path = change.fill_path(&values).expect("a path");
        assert!(
            !path.contains([' ', '?', '#']) && path.matches('/').count() == 1,
            "{path}"
        );
        assert_eq!(
            routed(&contract, &Method::PUT, &path),
            format!("change eksternSaksreferanse={reference}")
        );
    }
}

#[test]
fn a_path_without_its_values_names_what_is_missing() {
    let contract = builtin("v2");
    let change = contract.operation("change").expect("change");
    for values in [
        BTreeMap::new(),
        BTreeMap::from([("eksternSaksreferanse".to_owned(), String::new())]),
    ] {
        let error = change.fill_path(&values).expect_err("nothing to fill in");
        assert_eq!(error.names, ["eksternSaksreferanse"]);
        assert_eq!(
            error.to_string(),
            "operation `change` (/{eksternSaksreferanse}) needs a value for `eksternSaksreferanse`"
        );
    }
    assert_eq!(
        contract
            .operation("submit")
            .and_then(|submit| submit.fill_path(&BTreeMap::new()).ok())
            .as_deref(),
        Some("/")
    );
}

#[test]
fn query_parameters_are_held_against_their_types() {
    let contract = builtin("v2");
    let feed = contract.operation("status-feed").expect("status-feed");
    let check = |name: &str, value: &str| {
        let values = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        let found = feed.check_parameters(Location::Query, &values);
        found
            .into_iter()
            .map(|violation| violation.message)
            .collect::<Vec<_>>()
    };
    assert_eq!(check("fraSekvensnummer", "10"), Vec::<String>::new());
    assert_eq!(check("ukjent", "x"), Vec::<String>::new());
    assert_eq!(check("antall", "0"), ["`antall`: 0 is less than 1"]);
    assert_eq!(
        check("antall", "ti"),
        ["`antall`: \"ti\" is text, but a whole number is wanted"]
    );
}
