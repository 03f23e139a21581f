//! Identifiers, the guard and masking together, as an outgoing request meets them.

use serde_json::{Value, json};
use utlegg::identity::{Allowed, Finding, Guard, IdentifierKind, NationalId, OrganisationNumber, Part};
use utlegg::masking::{mask, mask_header, mask_json};
use utlegg::testdata::{Kind, Pool, Register, Rules, Wanted, draw_for};

/// An official test vector whose birth date is yet to come: valid, not synthetic, nobody's.
const NOT_SYNTHETIC: &str = "02013299997";

fn guard() -> Guard {
    let keys = ["kontonummer", "kidnummer", "iban"].map(String::from);
    Guard::new([], &[], keys)
}

fn request(debtor: &str) -> Value {
    json!({
        "saksoekt": [{ "saksoekt": { "person": { "identifikator": { "verdi": debtor } } } }],
        "betalingsinformasjon": { "norskKonto": { "kontonummer": NOT_SYNTHETIC, "kidnummer": NOT_SYNTHETIC } },
        "vedlegg": [{ "uuid": "1a107a2d-6398-4675-944c-59f44fbeee82" }],
        "begjaeringsdato": "2026-11-20",
    })
}

fn check(body: &Value) -> Vec<Finding> {
    let text = body.to_string();
    guard().check([Part {
        place: "body",
        text: &text,
    }])
}

#[test]
fn generated_parties_pass_the_guard_whatever_the_seed() {
    for seed in 0..20 {
        let register = Register::generate(seed, 50, 50);
        for party in register.parties() {
            assert_eq!(check(&party.to_json()), [], "{party:?}");
        }
    }
}

#[test]
fn a_person_who_could_be_real_stops_the_request_and_is_not_named() {
    let found = check(&request(NOT_SYNTHETIC));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, IdentifierKind::NationalId);
    let text = request(NOT_SYNTHETIC).to_string();
    assert_eq!(&text[found[0].span.clone()], NOT_SYNTHETIC);
    assert!(!format!("{:?} {}", found[0], found[0]).contains(NOT_SYNTHETIC));
    assert_eq!(check(&request("30906197746")), []);
}

#[test]
fn pretty_printed_bodies_are_read_the_same() {
    let text = serde_json::to_string_pretty(&request(NOT_SYNTHETIC)).unwrap();
    assert_eq!(
        guard()
            .check([Part {
                place: "body",
                text: &text
            }])
            .len(),
        1
    );
}

#[test]
fn an_exception_of_the_settings_holds_for_that_value_only() {
    let allowed = Allowed {
        value: NOT_SYNTHETIC.to_owned(),
        reason: "official test vector".to_owned(),
    };
    let lenient = Guard::new([], &[allowed], []);
    let parts = |text| [Part { place: "path", text }];
    assert_eq!(lenient.check(parts(NOT_SYNTHETIC)), []);
    assert_eq!(lenient.check(parts("30108299920")).len(), 1);
}

#[test]
fn a_masked_request_passes_the_guard_and_stays_json() {
    let mut body = request(NOT_SYNTHETIC);
    let text = mask(&body.to_string()).into_owned();
    assert!(serde_json::from_str::<Value>(&text).is_ok());
    assert_eq!(
        guard().check([Part {
            place: "body",
            text: &text
        }]),
        []
    );
    mask_json(&mut body);
    assert_eq!(body.to_string(), text);
    assert_eq!(mask_header("Klientid", NOT_SYNTHETIC), "***********");
}

#[test]
fn a_pool_lends_what_the_register_holds() {
    let register = Register::generate(5, 20, 20);
    let pool = Pool::new(5, register.parties().cloned());
    let wanted = Wanted {
        kind: Kind::MainUnit,
        rules: Rules::New,
    };
    let lease = pool.lease(wanted, "scenario/case/creditor").unwrap();
    assert_eq!(register.get(&lease.party().identifier), Some(lease.party()));
    assert!(
        OrganisationNumber::parse(&lease.party().identifier)
            .unwrap()
            .is_synthetic()
    );
}

#[test]
fn every_locked_identifier_survives_reading() {
    for party in Register::generate(0, 0, 0).parties() {
        let text = party.identifier.as_str();
        let read = match party.kind {
            Kind::Person => NationalId::parse(text).unwrap().to_string(),
            _ => OrganisationNumber::parse(text).unwrap().to_string(),
        };
        assert_eq!(read, text);
    }
}

#[test]
fn generated_organisations_do_not_repeat() {
    let mut rng = draw_for(1, "organisations");
    let numbers: std::collections::BTreeSet<_> = (0..1000)
        .map(|_| OrganisationNumber::generate(&mut rng))
        .collect();
    assert!(numbers.len() > 990);
}
