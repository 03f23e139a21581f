//! `given:` – parties, values, the request, the mock.

use super::mock::MOCK;
use super::step::PATCH;
use super::{Entries, Form, Key, KeyForm, Mapping, Shape, Variants};

/// What must be there before the first step.
pub(super) static GIVEN: Mapping = Mapping {
    name: "given",
    doc: "What must be there before the first step. Any further name is a party to lease, or a value.",
    keys: &[
        Key::optional(
            "request",
            Shape::Mapping(&REQUEST_REFERENCE),
            "The request that `${request}` stands for.",
            r#"{"from": "requests/v2/simple.yaml"}"#,
        ),
        Key::optional(
            "mock",
            Shape::Mapping(&MOCK),
            "What the mock is to do with what is sent; means nothing elsewhere.",
            r#"{"after_submit": {"decide": {"after": "1h"}}}"#,
        ),
        Key::optional(
            "values",
            Shape::Entries(&Entries {
                noun: "a value",
                key: KeyForm::Formed(Form::Name),
                value: Shape::Any,
            }),
            "Values by name; they may use each other, parties and functions.",
            r#"{"due": "${today(-30)}"}"#,
        ),
    ],
    rest: Some(&Entries {
        noun: "a party or value",
        key: KeyForm::Formed(Form::Name),
        value: Shape::Either(&[Shape::Variants(&PARTY), Shape::NotAMapping]),
    }),
    hint: None,
};

static PARTY: Variants = Variants {
    noun: "a mapping under `given`",
    hint: Some("a value that is a mapping stands under `given.values`"),
    kinds: &[("person", &PERSON_PARTY), ("organisation", &ORGANISATION_PARTY)],
};

static PERSON_PARTY: Mapping = Mapping::new(
    "person-party",
    "A person, leased from the pool and used by no other test at the same time.",
    &[Key::required(
        "person",
        Shape::Mapping(&PERSON),
        "Which person.",
        r#"{"rules": "new"}"#,
    )],
);

static PERSON: Mapping = Mapping::new("person", "What a person must be.", &[RULES]);

static ORGANISATION_PARTY: Mapping = Mapping::new(
    "organisation-party",
    "An organisation, leased from the pool and used by no other test at the same time.",
    &[Key::required(
        "organisation",
        Shape::Mapping(&ORGANISATION),
        "Which organisation.",
        r#"{"unit": "main"}"#,
    )],
);

static ORGANISATION: Mapping = Mapping::new(
    "organisation",
    "What an organisation must be.",
    &[
        RULES,
        Key::optional("unit", Shape::Choice(UNITS), "Its kind of unit.", r#""main""#),
    ],
);

const RULES: Key = Key::optional(
    "rules",
    Shape::Choice(RULE_SETS),
    "Under which rules it must be.",
    r#""new""#,
);

const RULE_SETS: &[(&str, &str)] = &[
    ("new", "Under the new rules, which this service serves."),
    ("old", "Still under the old rules."),
];

const UNITS: &[(&str, &str)] = &[
    ("main", "A main unit."),
    ("sub", "A sub-unit."),
    ("sole-proprietorship", "A sole proprietorship."),
];

static REQUEST_REFERENCE: Mapping = Mapping::new(
    "request-reference",
    "The request file a scenario starts from, and how its own request differs.",
    &[
        Key::required(
            "from",
            Shape::Text,
            "The file, found by walking up from the scenario's folder; may hold `${model}`.",
            r#""requests/${model}/simple.yaml""#,
        ),
        Key::optional(
            "set",
            Shape::Entries(&Entries {
                noun: "a JSONPath",
                key: KeyForm::Formed(Form::JsonPath),
                value: Shape::Any,
            }),
            "Values to set, by JSONPath.",
            r#"{"$.innsenderReferanse": "${reference}"}"#,
        ),
        PATCH,
    ],
);
