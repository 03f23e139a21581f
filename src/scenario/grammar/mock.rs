//! `given.mock` – what the mock is to do with what the scenario sends.

use super::{Form, Key, Mapping, Shape};

/// The script of a scenario.
pub(super) static MOCK: Mapping = Mapping::new(
    "mock",
    "What the mock is to do; means nothing elsewhere. Each holds one action or a list of them.",
    &[
        Key::optional(
            "after_upload",
            Shape::Either(&[
                Shape::Mapping(&TO_ATTACHMENTS),
                Shape::List(&Shape::Mapping(&TO_ATTACHMENTS)),
            ]),
            "What happens to uploaded attachments.",
            r#"{"delete": {"after": "1h"}}"#,
        ),
        Key::optional(
            "after_submit",
            ON_CASES,
            "What follows the submission.",
            r#"{"decide": {"after": "1h"}}"#,
        ),
        Key::optional(
            "after_change",
            ON_CASES,
            "What follows each change.",
            r#"{"process": {}}"#,
        ),
    ],
);

const ON_CASES: Shape = Shape::Either(&[Shape::Mapping(&TO_CASES), Shape::List(&Shape::Mapping(&TO_CASES))]);

static TO_ATTACHMENTS: Mapping = Mapping::new(
    "attachment-action",
    "What happens to an attachment, on its own clock.",
    &[
        Key::optional("delete", TIMED, "It is deleted.", r#"{"after": "1h"}"#),
        Key::optional("discard", TIMED, "It is discarded.", r#"{"after": "1h"}"#),
        FAIL,
        DELAY,
    ],
);

static TO_CASES: Mapping = Mapping::new(
    "case-action",
    "What happens to a case, on its own clock.",
    &[
        Key::optional("process", TIMED, "It is under processing.", r#"{"after": "5s"}"#),
        Key::optional(
            "ask_for_correction",
            Shape::Mapping(&ASK),
            "A message asks for a correction; the case waits for a change.",
            r#"{"after": "5s"}"#,
        ),
        Key::optional(
            "present",
            TIMED,
            "It is presented to the parties.",
            r#"{"after": "5s"}"#,
        ),
        Key::optional(
            "decide",
            Shape::Mapping(&DECIDE),
            "It is decided.",
            r#"{"after": "1h", "outcome": "utleggspant"}"#,
        ),
        Key::optional("refuse", TIMED, "It is refused.", r#"{"after": "1h"}"#),
        Key::optional("annul", TIMED, "It is annulled.", r#"{"after": "1h"}"#),
        Key::optional("close", TIMED, "It is closed.", r#"{"after": "1h"}"#),
        FAIL,
        DELAY,
    ],
);

const AFTER: Key = Key::optional(
    "after",
    Shape::Formed(Form::Duration),
    "When, on its own clock; at once when left out.",
    r#""5s""#,
);

const TIMED: Shape = Shape::Mapping(&TIME);

static TIME: Mapping = Mapping::new("timed-action", "When it happens.", &[AFTER]);

static ASK: Mapping = Mapping::new(
    "correction-action",
    "A request for correction.",
    &[
        AFTER,
        Key::optional(
            "text",
            Shape::Text,
            "What it says.",
            r#""Amount and annex differ.""#,
        ),
    ],
);

static DECIDE: Mapping = Mapping::new(
    "decision-action",
    "A decision.",
    &[
        AFTER,
        Key::optional(
            "outcome",
            Shape::Text,
            "utleggstrekk (when left out), utleggspant or intetTilUtlegg.",
            r#""utleggspant""#,
        ),
    ],
);

const FAIL: Key = Key::optional(
    "fail",
    Shape::Mapping(&FAULT),
    "Answers with a code instead.",
    r#"{"code": "KB-001", "times": 1}"#,
);

static FAULT: Mapping = Mapping::new(
    "fail-action",
    "A failure in place of the answer.",
    &[
        Key::required("code", Shape::Text, "The code.", r#""KB-001""#),
        Key::optional(
            "status",
            Shape::Integer(200, 599),
            "The HTTP status, where it is not the code's own.",
            "503",
        ),
        OPERATION,
        TIMES,
    ],
);

const DELAY: Key = Key::optional(
    "delay",
    Shape::Mapping(&LATENESS),
    "Holds the answer back, in real time.",
    r#"{"by": "250ms"}"#,
);

static LATENESS: Mapping = Mapping::new(
    "delay-action",
    "An answer that comes late.",
    &[
        Key::required(
            "by",
            Shape::Formed(Form::Duration),
            "How late; at most 60s.",
            r#""250ms""#,
        ),
        OPERATION,
        TIMES,
    ],
);

const OPERATION: Key = Key::optional(
    "operation",
    Shape::Text,
    "The operation it strikes; by its phase upload-attachment, submit or change when left out.",
    r#""case-status""#,
);

const TIMES: Key = Key::optional(
    "times",
    Shape::Integer(1, 1_000_000),
    "How often; always when left out.",
    "1",
);
