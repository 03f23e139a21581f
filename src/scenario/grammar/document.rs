//! The three kinds of documents: scenarios, groups of steps, requests.

use super::given::GIVEN;
use super::step::{REQUIRED_STEPS, STEPS};
use super::{Entries, Form, Key, KeyForm, Mapping, Shape, Variants};

/// Any document of the language.
pub(in crate::scenario) static DOCUMENT: Variants = Variants {
    noun: "a document",
    hint: None,
    kinds: &[("scenario", &SCENARIO), ("group", &GROUP), ("request", &REQUEST)],
};

/// A scenario.
pub(in crate::scenario) static SCENARIO: Mapping = Mapping::new(
    "scenario",
    "What is done and what must come of it; one test, or one for each of its cases.",
    &[
        Key::required(
            "scenario",
            Shape::Formed(Form::Slug),
            "Its id, unique in a run.",
            r#""submit-poll-correct""#,
        ),
        TITLE,
        Key::optional(
            "models",
            WORDS,
            "The information models it applies to; all when left out.",
            r#"["v2"]"#,
        ),
        Key::optional("tags", WORDS, "Free words to select by.", r#"["flow"]"#),
        Key::optional(
            "obligation",
            Shape::Choice(OBLIGATIONS),
            "How binding it is.",
            r#""must""#,
        ),
        Key::optional(
            "requires",
            WORDS,
            "Capabilities the environment must have; where it lacks one, the scenario is not applicable.",
            r#"["processing"]"#,
        ),
        Key::optional(
            "as",
            Shape::Text,
            "The identity of the profile that its steps use.",
            r#""systemuser""#,
        ),
        Key::optional(
            "given",
            Shape::Mapping(&GIVEN),
            "What must be there before the first step.",
            "{}",
        ),
        Key::optional(
            "cases",
            Shape::Either(&[Shape::List(&Shape::Mapping(&CASE)), Shape::Formed(Form::Slug)]),
            "A table: the steps are run once for each row, which they know as `${case.…}`. Or the id of the scenario whose table it shares.",
            r#"[{"id": "too-long", "text": "x"}]"#,
        ),
        REQUIRED_STEPS,
    ],
);

/// A row of a table of cases.
static CASE: Mapping = Mapping {
    name: "case",
    doc: "A row of the table; its further keys are free, and `${case.key}` is what they hold.",
    keys: &[
        Key::required(
            "id",
            Shape::Formed(Form::Slug),
            "The row's id, unique in its table.",
            r#""duplicate-references""#,
        ),
        TITLE,
    ],
    rest: Some(&Entries {
        noun: "a column",
        key: KeyForm::Formed(Form::Name),
        value: Shape::Any,
    }),
    hint: None,
};

/// A group of steps.
pub(in crate::scenario) static GROUP: Mapping = Mapping::new(
    "group",
    "Steps that several scenarios use.",
    &[
        Key::required(
            "group",
            Shape::Formed(Form::Slug),
            "Its name, for `use:`.",
            r#""upload""#,
        ),
        TITLE,
        Key::optional(
            "parameters",
            Shape::Entries(&Entries {
                noun: "a parameter",
                key: KeyForm::Formed(Form::Name),
                value: Shape::Any,
            }),
            "What `with:` gives it: each name with its default; nothing, or the word `required`, where it has none.",
            r#"{"filename": "required", "type": "annet"}"#,
        ),
        REQUIRED_STEPS,
        Key::optional(
            "exports",
            Shape::List(&Shape::Formed(Form::Name)),
            "Captured variables that the user of the group may take with `capture:`.",
            r#"["uuid"]"#,
        ),
    ],
);

/// A request that scenarios start from.
pub(in crate::scenario) static REQUEST: Mapping = Mapping::new(
    "request",
    "A body that scenarios start from, with what it needs.",
    &[
        Key::required("request", Shape::Formed(Form::Slug), "Its name.", r#""simple""#),
        TITLE,
        Key::optional(
            "given",
            Shape::Mapping(&GIVEN),
            "Parties and values it needs; a scenario's own of the same name take their place.",
            "{}",
        ),
        STEPS,
        Key::required("body", Shape::Any, "The body as JSON, with expressions.", "{}"),
    ],
);

const TITLE: Key = Key::optional(
    "title",
    Shape::Text,
    "One line for people.",
    r#""Submission and decision""#,
);

const WORDS: Shape = Shape::List(&Shape::Formed(Form::Word));

const OBLIGATIONS: &[(&str, &str)] = &[
    ("must", "A failure is non-conformance."),
    ("should", "A failure is a warning."),
    ("may", "A failure is a warning."),
];
