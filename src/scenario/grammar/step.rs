//! The four kinds of steps.

use super::expect::{EXPECT, MATCHERS};
use super::{Entries, Form, Key, KeyForm, Mapping, Shape, Variants};

/// `steps:` where a document cannot do without.
pub(super) const REQUIRED_STEPS: Key = Key::required(
    "steps",
    STEP_LIST,
    "What is done, in order.",
    r#"[{"call": "submit", "expect": {"status": "success"}}]"#,
);

/// `steps:` that prepare something.
pub(super) const STEPS: Key = Key::optional(
    "steps",
    STEP_LIST,
    "What is done beforehand, in order; not judged.",
    r#"[{"use": "upload"}]"#,
);

/// A list of steps.
pub(in crate::scenario) const STEP_LIST: Shape = Shape::List(&Shape::Variants(&STEP));

static STEP: Variants = Variants {
    noun: "a step",
    hint: None,
    kinds: &[("call", &CALL), ("poll", &POLL), ("raw", &RAW), ("use", &USE)],
};

const ID: Key = Key::optional(
    "id",
    Shape::Formed(Form::Slug),
    "Its id, unique in its list; the operation's name when left out.",
    r#""second-submission""#,
);
const TITLE: Key = Key::optional(
    "title",
    Shape::Text,
    "One line for people.",
    r#""The first submission""#,
);
const AS: Key = Key::optional("as", Shape::Text, "The identity it uses.", r#""expired""#);
const EXPECTED: Key = Key::optional(
    "expect",
    Shape::Mapping(&EXPECT),
    "What the answer must be.",
    r#"{"status": "success"}"#,
);
const CAPTURED: Key = Key::optional(
    "capture",
    Shape::Entries(&CAPTURES),
    "What is kept from the answer: a name, and a JSONPath or a header.",
    r#"{"case": "$.eksternSaksreferanse"}"#,
);
static CAPTURES: Entries = Entries {
    noun: "a variable",
    key: KeyForm::Formed(Form::Name),
    value: Shape::Either(&[Shape::Formed(Form::JsonPath), Shape::Mapping(&CAPTURE)]),
};
const MEASURE: Key = Key::optional(
    "measure",
    Shape::Formed(Form::Slug),
    "Records the time from the latest `call` before it to its own end, under this name.",
    r#""submit-to-decision""#,
);
const WITH: Key = Key::optional(
    "with",
    Shape::Entries(&Entries {
        noun: "a parameter",
        key: KeyForm::Free,
        value: Shape::Scalar,
    }),
    "Values of the operation's parameters.",
    r#"{"eksternSaksreferanse": "${case}"}"#,
);
const QUERY: Key = Key::optional(
    "query",
    Shape::Entries(&Entries {
        noun: "a query parameter",
        key: KeyForm::Free,
        value: Shape::Scalar,
    }),
    "Further query parameters, known to the contract or not.",
    r#"{"antall": 10}"#,
);
const HEADERS: Key = Key::optional(
    "headers",
    Shape::Entries(&Entries {
        noun: "a header",
        key: KeyForm::Formed(Form::HeaderName),
        value: Shape::Either(&[Shape::Scalar, Shape::Null]),
    }),
    "Headers to add or replace; `null` takes one away.",
    r#"{"Accept": "application/xml"}"#,
);
const BODY: Key = Key::optional("body", Shape::Any, "The body.", r#""${request}""#);
/// `patch:`, wherever there is a body.
pub(super) const PATCH: Key = Key::optional(
    "patch",
    Shape::List(&OPERATION),
    "RFC 6902 operations on the body.",
    r#"[{"op": "remove", "path": "/vedlegg"}]"#,
);

static CALL: Mapping = Mapping::new(
    "call",
    "Calls an operation once.",
    &[
        Key::required(
            "call",
            Shape::Formed(Form::Word),
            "The operation's logical name.",
            r#""submit""#,
        ),
        ID,
        TITLE,
        AS,
        WITH,
        QUERY,
        HEADERS,
        BODY,
        PATCH,
        Key::optional(
            "multipart",
            Shape::Entries(&Entries {
                noun: "a form field",
                key: KeyForm::Free,
                value: Shape::Either(&[Shape::Scalar, Shape::Mapping(&PART)]),
            }),
            "The parts of a multipart body, by form field.",
            r#"{"type": "annet", "fil": {"text": "x", "filename": "a.txt"}}"#,
        ),
        EXPECTED,
        CAPTURED,
        MEASURE,
    ],
);

static POLL: Mapping = Mapping::new(
    "poll",
    "Calls an operation until something holds of its answer.",
    &[
        Key::required(
            "poll",
            Shape::Formed(Form::Word),
            "The operation's logical name.",
            r#""case-status""#,
        ),
        ID,
        TITLE,
        AS,
        WITH,
        QUERY,
        HEADERS,
        BODY,
        PATCH,
        Key::required(
            "until",
            MATCHERS,
            "Done when all of these hold.",
            r#"{"$.saksstatus": "sakBesluttet"}"#,
        ),
        Key::optional(
            "fail_if",
            MATCHERS,
            "Failed as soon as any of these holds.",
            r#"{"$.saksstatus": "sakHevet"}"#,
        ),
        Key::optional(
            "every",
            Shape::Either(&[Shape::Formed(Form::Duration), Shape::Mapping(&BACKOFF)]),
            "The wait between two calls; 5s when left out.",
            r#""2s""#,
        ),
        Key::required(
            "within",
            Shape::Formed(Form::Duration),
            "How long to go on altogether.",
            r#""2m""#,
        ),
        EXPECTED,
        CAPTURED,
        MEASURE,
    ],
);

static RAW: Mapping = Mapping::new(
    "raw",
    "Sends what the contract does not describe: unknown addresses and malformed input.",
    &[
        Key::required(
            "raw",
            Shape::Mapping(&RAW_REQUEST),
            "What is sent.",
            r#"{"method": "GET", "path": "/finnes-ikke"}"#,
        ),
        ID,
        TITLE,
        AS,
        EXPECTED,
        CAPTURED,
        MEASURE,
    ],
);

static RAW_REQUEST: Mapping = Mapping::new(
    "raw-request",
    "A request, byte for byte.",
    &[
        Key::required("method", Shape::Text, "The method.", r#""GET""#),
        Key::required(
            "path",
            Shape::Text,
            "The path below the base URL.",
            r#""/finnes-ikke""#,
        ),
        Key::optional(
            "api",
            Shape::Text,
            "Which API's base URL; the first one's when left out.",
            r#""status""#,
        ),
        HEADERS,
        Key::optional("body", Shape::Text, "The body as text.", r#""{""#),
        Key::optional(
            "bytes",
            Shape::Formed(Form::Base64),
            "The body as base64.",
            r#""/w==""#,
        ),
    ],
);

static USE: Mapping = Mapping::new(
    "use",
    "Runs the steps of a group.",
    &[
        Key::required(
            "use",
            Shape::Formed(Form::Word),
            "The group's name.",
            r#""upload""#,
        ),
        ID,
        TITLE,
        AS,
        Key::optional(
            "with",
            Shape::Entries(&Entries {
                noun: "a parameter",
                key: KeyForm::Formed(Form::Name),
                value: Shape::Any,
            }),
            "Values of the group's parameters.",
            r#"{"filename": "a.pdf"}"#,
        ),
        Key::optional(
            "capture",
            Shape::Entries(&Entries {
                noun: "a variable",
                key: KeyForm::Formed(Form::Name),
                value: Shape::Formed(Form::Name),
            }),
            "Variables to take from it: a name of one's own, and the exported one.",
            r#"{"attachment": "uuid"}"#,
        ),
        MEASURE,
    ],
);

static CAPTURE: Mapping = Mapping::new(
    "capture",
    "Where a kept value is found; exactly one of these.",
    &[
        Key::optional(
            "body",
            Shape::Formed(Form::JsonPath),
            "In the body.",
            r#""$.uuid""#,
        ),
        Key::optional(
            "header",
            Shape::Formed(Form::HeaderName),
            "In a header.",
            r#""Location""#,
        ),
        Key::optional("status", Shape::Boolean, "The status code.", "true"),
    ],
);

static BACKOFF: Mapping = Mapping::new(
    "backoff",
    "A wait that grows.",
    &[
        Key::required(
            "initial",
            Shape::Formed(Form::Duration),
            "The first wait.",
            r#""1s""#,
        ),
        Key::optional(
            "factor",
            Shape::Number,
            "What each wait is multiplied by; at least 1, 2 when left out.",
            "1.5",
        ),
        Key::optional(
            "max",
            Shape::Formed(Form::Duration),
            "The longest wait; one minute when left out.",
            r#""30s""#,
        ),
    ],
);

static PART: Mapping = Mapping::new(
    "part",
    "A part of a multipart body: exactly one of `text`, `base64` and `file`.",
    &[
        Key::optional("text", Shape::Text, "Its bytes as text.", r#""synthetic""#),
        Key::optional(
            "base64",
            Shape::Formed(Form::Base64),
            "Its bytes as base64.",
            r#""JVBERi0=""#,
        ),
        Key::optional(
            "file",
            Shape::Text,
            "A file with its bytes, found as request files are.",
            r#""requests/a.pdf""#,
        ),
        Key::optional(
            "filename",
            Shape::Text,
            "The name the file is sent under.",
            r#""a.pdf""#,
        ),
        Key::optional("type", Shape::Text, "Its media type.", r#""application/pdf""#),
    ],
);

const OPERATIONS_OF_A_PATCH: &[(&str, &str)] = &[
    ("add", "Adds a value."),
    ("remove", "Removes a value."),
    ("replace", "Replaces a value."),
    ("move", "Moves a value."),
    ("copy", "Copies a value."),
    ("test", "Stops unless the value is this."),
];

static OPERATION: Shape = Shape::Mapping(&PATCH_OPERATION);

static PATCH_OPERATION: Mapping = Mapping::new(
    "patch-operation",
    "An operation of a JSON Patch (RFC 6902).",
    &[
        Key::required(
            "op",
            Shape::Choice(OPERATIONS_OF_A_PATCH),
            "What it does.",
            r#""replace""#,
        ),
        Key::required(
            "path",
            Shape::Formed(Form::Pointer),
            "Where.",
            r#""/kravTilInnkreving/0""#,
        ),
        Key::optional(
            "from",
            Shape::Formed(Form::Pointer),
            "From where; for `move` and `copy`.",
            r#""/vedlegg/0""#,
        ),
        Key::optional(
            "value",
            Shape::Any,
            "The value; for `add`, `replace` and `test`.",
            "1",
        ),
    ],
);
