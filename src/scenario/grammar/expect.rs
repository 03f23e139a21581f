//! `expect:` and what values are matched against.

use super::{Entries, Form, Key, KeyForm, Mapping, Shape};

/// Everything expected of an answer.
pub(super) static EXPECT: Mapping = Mapping {
    name: "expect",
    doc: "What the answer must be. Everything is checked and reported, not only the first that fails.",
    keys: &[
        Key::optional(
            "status",
            Shape::Either(&[
                STATUS_CODE,
                Shape::Formed(Form::Status),
                Shape::List(&STATUS_CODE),
            ]),
            "The status: a number, several, a class such as `4xx`, or `success` for what the contract declares.",
            r#""success""#,
        ),
        Key::optional(
            "code",
            Shape::Formed(Form::Code),
            "The error code.",
            r#""KB-006""#,
        ),
        Key::optional(
            "conditions",
            Shape::Either(&[CODES, Shape::Mapping(&CONTAINED)]),
            "The violated conditions: exactly these, or at least those under `contains`.",
            r#"["KRAV_DUPLIKATE_REFERANSER"]"#,
        ),
        Key::optional(
            "headers",
            Shape::Entries(&Entries {
                noun: "a header",
                key: KeyForm::Formed(Form::HeaderName),
                value: MATCHED,
            }),
            "Headers, by name.",
            r#"{"Korrelasjonsid": {"exists": true}}"#,
        ),
        Key::optional(
            "body",
            MATCHERS,
            "Values in the body, by JSONPath.",
            r#"{"$.saksstatus": "sakOpprettet"}"#,
        ),
        Key::optional(
            "snapshot",
            Shape::Either(&[Shape::Boolean, Shape::Mapping(&SNAPSHOT)]),
            "Whether the answer is compared with the stored one.",
            "true",
        ),
        Key::optional(
            "within",
            Shape::Formed(Form::Duration),
            "The longest time the answer may take.",
            r#""2s""#,
        ),
        Key::optional(
            "schema",
            Shape::Boolean,
            "Whether the answer must satisfy the contract's schema; on unless switched off.",
            "false",
        ),
    ],
    rest: None,
    hint: Some("values in the body go under `body`, by JSONPath"),
};

const STATUS_CODE: Shape = Shape::Integer(100, 599);

const CODES: Shape = Shape::List(&Shape::Formed(Form::Code));

static CONTAINED: Mapping = Mapping::new(
    "contained-conditions",
    "Conditions that must be among the violated ones.",
    &[Key::required(
        "contains",
        CODES,
        "At least these.",
        r#"["MANGLER_KRAV"]"#,
    )],
);

static SNAPSHOT: Mapping = Mapping::new(
    "snapshot",
    "A comparison with the stored answer.",
    &[Key::optional(
        "redact",
        Shape::List(&Shape::Formed(Form::JsonPath)),
        "Further values to replace before comparing.",
        r#"["$.tidspunkt"]"#,
    )],
);

/// Matchers by JSONPath.
pub(super) const MATCHERS: Shape = Shape::Entries(&Entries {
    noun: "a JSONPath",
    key: KeyForm::Formed(Form::JsonPath),
    value: MATCHED,
});

/// What a value must be: the value itself, or a matcher.
const MATCHED: Shape = Shape::Either(&MATCHES);

static MATCHES: [Shape; 2] = [Shape::Mapping(&MATCHER), Shape::NotAMapping];

static MATCHER: Mapping = Mapping {
    name: "matcher",
    doc: "What a value must be; all that is given must hold.",
    keys: &[
        Key::optional("equals", Shape::Any, "Equal as JSON.", r#"{"a": 1}"#),
        Key::optional(
            "one_of",
            Shape::List(&Shape::Any),
            "Equal to one of these.",
            r#"["sakHevet"]"#,
        ),
        Key::optional(
            "contains",
            Shape::Any,
            "A list with this element, or text with this part.",
            r#""retting""#,
        ),
        Key::optional(
            "matches",
            Shape::Formed(Form::Regex),
            "Text that a regular expression finds.",
            r#""^UTLBGJ/""#,
        ),
        Key::optional("exists", Shape::Boolean, "Whether anything is there.", "true"),
        Key::optional("absent", Shape::Boolean, "Whether nothing is there.", "true"),
        Key::optional("type", Shape::Choice(JSON_TYPES), "The JSON type.", r#""string""#),
        Key::optional(
            "length",
            Shape::Either(&[Shape::Integer(0, MANY), Shape::Mapping(&LENGTH)]),
            "The number of elements, characters or fields.",
            "1",
        ),
        Key::optional("min", Shape::Number, "The least number allowed.", "0"),
        Key::optional("max", Shape::Number, "The greatest number allowed.", "99"),
        Key::optional(
            "not",
            Shape::Either(&MATCHES),
            "What it must not be.",
            r#""sakHevet""#,
        ),
    ],
    rest: None,
    hint: Some("a mapping to compare with stands under `equals`"),
};

const MANY: u64 = 1_000_000_000;

static LENGTH: Mapping = Mapping::new(
    "length",
    "Bounds of a length.",
    &[
        Key::optional("min", Shape::Integer(0, MANY), "At least.", "1"),
        Key::optional("max", Shape::Integer(0, MANY), "At most.", "10"),
    ],
);

const JSON_TYPES: &[(&str, &str)] = &[
    ("null", "Null."),
    ("boolean", "True or false."),
    ("number", "A number."),
    ("integer", "A number without fraction."),
    ("string", "Text."),
    ("array", "A list."),
    ("object", "A mapping."),
];
