//! The JSON Schema of plans: in step with the grammar, and of one mind with it.

use std::path::Path;

use serde_json::Value;
use utlegg::scenario::plan_json_schema;
use utlegg::source::{Node, SourceFile, parse_documents};

use super::{bundled, load};

/// The committed file.
const FILE: &str = "schema/load-plan.schema.json";

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::options()
        .offline()
        .build(&plan_json_schema())
        .unwrap()
}

fn document(text: &str) -> Value {
    let documents = parse_documents(&SourceFile::new("t.yaml", text)).unwrap();
    documents.first().map(Node::to_json).unwrap()
}

#[test]
fn the_committed_schema_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let generated = format!("{:#}\n", plan_json_schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated,
        "{FILE} is not what the grammar gives; write it again with: UPDATE_SCHEMA=1 cargo test --test it schema"
    );
}

#[test]
fn the_schema_is_one_by_its_own_standard() {
    assert!(jsonschema::meta::is_valid(&plan_json_schema()));
}

#[test]
fn the_bundled_plans_are_valid_by_it() {
    let validator = validator();
    let plans = bundled();
    assert!(plans.len() >= 3);
    for plan in plans {
        let document = document(plan.text());
        let problems: Vec<_> = validator
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect();
        assert!(problems.is_empty(), "{}: {problems:#?}", plan.name());
    }
}

#[test]
fn every_example_of_a_key_is_valid_by_it() {
    let schema = plan_json_schema();
    let definitions = schema["$defs"].as_object().unwrap();
    let mut looked_at = 0;
    for (name, mapping) in definitions {
        for (key, value) in mapping["properties"].as_object().unwrap() {
            let of_key = serde_json::json!({ "$defs": schema["$defs"], "allOf": [value] });
            let validator = jsonschema::draft202012::options()
                .offline()
                .build(&of_key)
                .unwrap();
            let example = &value["examples"][0];
            assert!(validator.is_valid(example), "{name}.{key}: {example}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 20);
}

#[test]
fn the_schema_refuses_what_the_language_refuses() {
    let validator = validator();
    for text in [
        "laod: a\nusers: 1\nfor: 1s\n",
        "load: a/b\nusers: 1\nfor: 1s\n",
        "load: a\nusers: 0\nfor: 1s\n",
        "load: a\nusers: 1\nfor: 1\n",
        "load: a\nrate: 50\nfor: 1s\n",
        "load: a\nrate: 50/h\nfor: 1s\n",
        "load: a\nusers: 1\nfor: 1s\nuser: 2\n",
        "load: a\nusers: 1\nfor: 1s\ncheck: sample=0\n",
        "load: a\nusers: 1\nfor: 1s\nmix: [{ scenario: flow, weight: 0 }]\n",
        "load: a\nusers: 1\nstages: [{ ramp: 1 }]\n",
        "load: a\nusers: 1\nstages: [{ hold: 1s, ramp: 1, over: 1s }]\n",
        "load: a\nusers: 1\nfor: 1s\nthresholds: [{ abort: true }]\n",
    ] {
        assert!(load(text).diagnostics.has_errors(), "{text}");
        assert!(!validator.is_valid(&document(text)), "{text}");
    }
}
