//! What is written is what the committed schemas say, and nothing else.

use serde_json::{Value, json};
use utlegg::outcome::{Event, Verdict};
use utlegg::report::Fold;

use super::sample::{Run, Test};
use super::twelve::twelve;

/// The committed schema, made strict: readers may meet fields that later versions add, our own test must not.
pub fn strict(text: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(text).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    close(&mut schema);
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(close);
            if object.get("properties").is_some_and(Value::is_object)
                && object.get("type") == Some(&json!("object"))
            {
                object.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn problems(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn runs() -> Vec<Vec<Event>> {
    let interrupted = Run::new()
        .test(
            Test::new("a")
                .verdict(Verdict::NotRun)
                .reason("the run was interrupted"),
        )
        .unseen(2)
        .interrupted();
    let complete = twelve().events();
    let cut = complete[..10].to_vec();
    vec![complete, cut, interrupted.events(), Run::new().events()]
}

#[test]
fn summary_json_is_as_its_schema_says() {
    let validator = strict(include_str!("../../../schema/summary.schema.json"));
    for events in runs() {
        let mut fold = Fold::new();
        for event in &events {
            fold.on_event(event);
        }
        let summary = serde_json::to_value(fold.summary().unwrap()).unwrap();
        assert_eq!(problems(&validator, &summary), Vec::<String>::new());
    }
}

#[test]
fn every_line_of_the_journal_is_as_its_schema_says() {
    let validator = strict(include_str!("../../../schema/journal.schema.json"));
    for event in runs().concat() {
        let line = serde_json::to_value(&event).unwrap();
        assert_eq!(problems(&validator, &line), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn the_schemas_refuse_what_is_not_so() {
    let summary = strict(include_str!("../../../schema/summary.schema.json"));
    let mut fold = Fold::new();
    for event in twelve().events() {
        fold.on_event(&event);
    }
    let good = serde_json::to_value(fold.summary().unwrap()).unwrap();
    for (pointer, wrong) in [
        ("/schema_version", json!(2)),
        ("/tests/0/verdict", json!("maybe")),
        ("/counts/failed", json!(-1)),
        ("/run/started_at", json!("yesterday")),
        ("/exit_code", json!("1")),
        ("/tests/1/problems/0/failed_checks/0/subject", json!("mood")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = wrong;
        assert!(!summary.is_valid(&bad), "{pointer}");
    }
    let journal = strict(include_str!("../../../schema/journal.schema.json"));
    assert!(!journal.is_valid(&json!({ "event": "coffee-break" })));
    assert!(!journal.is_valid(&json!({})));
}
