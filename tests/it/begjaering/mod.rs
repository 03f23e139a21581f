//! The conditions, through the library's public API: each alone on a document that is clean but for one change.

mod document;
mod surroundings;
mod trials;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use document::{clean_v1, clean_v2};
use proptest::prelude::*;
use serde_json::{Value, json};
use surroundings::Known;
use trials::{Trial, trials};
use utlegg::begjaering::{Phase, Surroundings, Violation, check, condition, conditions};
use utlegg::contract::{CodeKind, Contract};

/// The codes of the conditions that a contract of ours lists.
fn codes_of(model: &str) -> &'static [String] {
    static V1: LazyLock<Vec<String>> = LazyLock::new(|| listed_by("v1"));
    static V2: LazyLock<Vec<String>> = LazyLock::new(|| listed_by("v2"));
    if model == "v1" { &V1 } else { &V2 }
}

fn listed_by(model: &str) -> Vec<String> {
    let contract = Contract::builtin(model).unwrap();
    let entries = contract.codes().iter();
    entries
        .filter(|entry| entry.kind == CodeKind::Condition)
        .map(|entry| entry.code.clone())
        .collect()
}

fn run(model: &str, phase: Phase, request: &Value, around: &Surroundings<'_>) -> Vec<Violation> {
    let codes: Vec<&str> = codes_of(model).iter().map(String::as_str).collect();
    check(&codes, phase, request, around)
}

fn places(violations: &[Violation]) -> Vec<(&str, &str)> {
    violations
        .iter()
        .map(|violation| (violation.code, violation.pointer.as_str()))
        .collect()
}

/// The phases in which a trial is run.
fn phases(trial: &Trial) -> Vec<Phase> {
    condition(trial.code).unwrap().phases.to_vec()
}

#[test]
fn a_clean_request_violates_nothing() {
    for (model, request) in [("v1", clean_v1()), ("v2", clean_v2())] {
        for phase in [Phase::New, Phase::Change] {
            let known = Known::default();
            let found = run(model, phase, &request, &known.around(&request));
            assert_eq!(places(&found), [], "{model} {phase:?}");
        }
    }
}

#[test]
fn each_condition_fires_alone_once_and_at_its_place() {
    for trial in trials() {
        for phase in phases(&trial) {
            let request = trial.request();
            let before = trial.before();
            let found = run(trial.model, phase, &request, &trial.known.around(&before));
            let mut expected = trial.also.to_vec();
            expected.push((trial.code, trial.pointer));
            expected.sort_unstable();
            let mut places = places(&found);
            places.sort_unstable();
            assert_eq!(places, expected, "{} {phase:?}: {found:#?}", trial.name);
        }
    }
}

#[test]
fn what_comes_near_a_condition_may_still_be_permitted() {
    for trial in trials::permitted::permitted() {
        for phase in phases(&trial) {
            let (request, before) = (trial.request(), trial.before());
            let found = run(trial.model, phase, &request, &trial.known.around(&before));
            assert_eq!(places(&found), [], "{} {phase:?}: {found:#?}", trial.name);
        }
    }
}

#[test]
fn every_condition_has_a_trial() {
    let tried: Vec<&str> = trials().iter().map(|trial| trial.code).collect();
    for condition in conditions() {
        assert!(tried.contains(&condition.code), "{}", condition.code);
    }
}

#[test]
fn what_is_unknown_is_not_objected_to() {
    let asks = |trial: &Trial| trial.asks_around;
    for trial in trials() {
        for phase in phases(&trial) {
            let nothing = Surroundings::unknown(surroundings::TODAY);
            let found = run(trial.model, phase, &trial.request(), &nothing);
            let fired = found.iter().any(|violation| violation.code == trial.code);
            assert_eq!(fired, !asks(&trial), "{} {phase:?}: {found:?}", trial.name);
        }
    }
}

#[test]
fn messages_are_norwegian_sentences_with_the_parameters_the_contract_lists() {
    for trial in trials() {
        let contract = Contract::builtin(trial.model).unwrap();
        let entry = contract.code(trial.code).unwrap();
        let before = trial.before();
        let phase = phases(&trial)[0];
        let found = run(trial.model, phase, &trial.request(), &trial.known.around(&before));
        let violation = found
            .iter()
            .find(|violation| violation.code == trial.code)
            .unwrap();
        let names: Vec<&str> = violation.parameters.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, entry.parameters, "{}", trial.code);
        assert!(
            violation.message.ends_with('.') && violation.message.len() > 15,
            "{violation:?}"
        );
    }
}

#[test]
fn contracts_and_table_know_the_same_codes() {
    let listed: BTreeSet<&str> = ["v1", "v2"]
        .into_iter()
        .flat_map(codes_of)
        .map(String::as_str)
        .collect();
    let known: Vec<&str> = conditions().iter().map(|condition| condition.code).collect();
    assert_eq!(known.len(), 73);
    assert!(
        known.is_sorted_by_key(|code| listed.contains(*code)),
        "every known code is listed"
    );
    for code in listed.iter().copied() {
        assert!(condition(code).is_some(), "{code} is listed and unknown");
    }
    for code in known {
        assert!(listed.contains(code), "{code} is known and not listed");
    }
    assert_eq!((codes_of("v1").len(), codes_of("v2").len()), (50, 72));
}

#[test]
fn a_contract_applies_a_condition_in_the_phases_of_the_table() {
    for model in ["v1", "v2"] {
        let contract = Contract::builtin(model).unwrap();
        for entry in contract
            .codes()
            .iter()
            .filter(|entry| entry.kind == CodeKind::Condition)
        {
            let phases = condition(&entry.code).unwrap().phases;
            assert_eq!(
                phases.contains(&Phase::New),
                entry.applies_to("submit"),
                "{}",
                entry.code
            );
            assert_eq!(
                phases.contains(&Phase::Change),
                entry.applies_to("change"),
                "{}",
                entry.code
            );
        }
    }
}

#[test]
fn codes_are_found_in_any_unicode_form() {
    let decomposed = "SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG RELATERTE_KRAV_MA\u{30a}_FINNES";
    for (spelled, code) in decomposed
        .split(' ')
        .zip(["SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG", "RELATERTE_KRAV_MÅ_FINNES"])
    {
        assert_eq!(condition(spelled).unwrap().code, code);
    }
    assert!(condition("FINNES_IKKE").is_none());
    assert!(condition("").is_none());
}

#[test]
fn only_conditions_in_force_are_checked_and_in_the_order_of_the_table() {
    let around = Surroundings::unknown(surroundings::TODAY);
    let codes = ["MANGLER_KRAV", "UKJENT_KODE", "INNSENDER_MANGLER"];
    let found = check(&codes, Phase::New, &json!({}), &around);
    assert_eq!(
        places(&found),
        [
            ("INNSENDER_MANGLER", "/innsender"),
            ("MANGLER_KRAV", "/kravTilInnkreving")
        ]
    );
    assert!(check(&[], Phase::New, &json!({}), &around).is_empty());
}

#[test]
fn ten_thousand_claims_are_judged_one_by_one() {
    let mut request = clean_v2();
    let claim = request["kravTilInnkreving"][3].clone();
    let claims = request["kravTilInnkreving"].as_array_mut().unwrap();
    claims.extend((0..10_000).map(|n| {
        let mut claim = claim.clone();
        claim["innsendersKravreferanse"] = json!(format!("EKSTRA-{n}"));
        claim
    }));
    let known = Known::default();
    let found = run("v2", Phase::New, &request, &known.around(&request));
    assert_eq!(found.len(), 10_000);
    assert_eq!(found[9_999].pointer, "/kravTilInnkreving/10004");
    assert!(
        found
            .iter()
            .all(|violation| violation.code == "KRAV_IKKE_BENYTTET")
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "H1|R1|Hovedkrav|Rentekrav|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{9,11}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec(("beloep|uuid|filnavn|[a-zA-Z/~]{0,8}", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Every pointer of a document.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_json_makes_a_condition_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any_json()), 1..4),
        is_v1: bool,
    ) {
        let (model, clean) = if is_v1 { ("v1", clean_v1()) } else { ("v2", clean_v2()) };
        let mut request = clean.clone();
        for (at, value) in changes {
            let mut all = Vec::new();
            pointers(&request, "", &mut all);
            let pointer: &String = at.get(&all);
            *request.pointer_mut(pointer).unwrap() = value;
        }
        let known = Known::default();
        for (request, before) in [(&request, &clean), (&clean, &request)] {
            for phase in [Phase::New, Phase::Change] {
                for violation in run(model, phase, request, &known.around(before)) {
                    prop_assert!(violation.pointer.is_empty() || violation.pointer.starts_with('/'));
                }
            }
        }
    }
}
