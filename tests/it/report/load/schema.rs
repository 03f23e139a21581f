//! `load.json` is what the committed schema says, and nothing else.

use serde_json::{Value, json};

use super::sample;
use crate::report::schemas::strict;

const SCHEMA: &str = include_str!("../../../../schema/load.schema.json");

#[test]
fn load_json_is_as_its_schema_says() {
    let validator = strict(SCHEMA);
    for result in [
        sample::passed(),
        sample::missed(),
        sample::empty(),
        sample::inconclusive(),
        sample::hostile(),
    ] {
        let value = serde_json::to_value(&result).unwrap();
        let problems: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(problems, Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_is_not_so() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let good = serde_json::to_value(sample::missed()).unwrap();
    assert!(validator.is_valid(&good));
    for (pointer, wrong) in [
        ("/schema_version", json!(2)),
        ("/ending", json!("exploded")),
        ("/run/started_at", json!("yesterday")),
        ("/run/plan/model/kind", json!("crowd")),
        ("/run/plan/stages/0/kind", json!("jump")),
        ("/iterations/dropped", json!(-1)),
        ("/rows/0/kind", json!("lap")),
        ("/rows/0/response/p95_us", json!("fast")),
        ("/rows/0/response/curve/0/percentile", json!(101)),
        ("/series/0/max_us", json!(1.5)),
        ("/failures/0/kind", json!("mood")),
        ("/failures/0/example/outcome", json!("maybe")),
        ("/health/healthy", json!("yes")),
        ("/thresholds/0/outcome", json!("nearly")),
        ("/exit_code", json!("5")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = wrong;
        assert!(!validator.is_valid(&bad), "{pointer}");
    }
    for required in ["rows", "series", "health", "thresholds", "iterations", "run"] {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(required);
        assert!(!validator.is_valid(&bad), "without {required}");
    }
}
