//! Which module may name which: the table of the design, lowest first.

/// Each module and those it may name besides itself. Kept in the order of the layers: a row names earlier rows only.
pub const TABLE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("identity", &[]),
    ("masking", &["identity"]),
    ("http", &["masking", "identity"]),
    ("template", &["source"]),
    ("settings", &["source", "masking"]),
    ("contract", &["source", "http"]),
    ("auth", &["source", "masking", "http", "settings"]),
    ("begjaering", &["source", "identity", "contract"]),
    ("testdata", &["source", "identity", "http", "auth"]),
    ("notify", &["http", "auth"]),
    ("scenario", &["source", "template", "contract"]),
    ("snapshot", &["source", "http"]),
    (
        "assertion",
        &["source", "http", "contract", "scenario", "snapshot"],
    ),
    ("outcome", &["source", "http", "scenario", "assertion"]),
    ("runner", RUNNER),
    ("load", LOAD),
    (
        "mock",
        &[
            "source",
            "masking",
            "identity",
            "http",
            "contract",
            "begjaering",
            "testdata",
        ],
    ),
    (
        "doctor",
        &[
            "settings", "contract", "auth", "http", "testdata", "notify", "outcome",
        ],
    ),
    ("compare", &["outcome"]),
    ("coverage", &["contract", "outcome"]),
    ("certify", &["mock", "outcome"]),
    ("report", &["source", "outcome"]),
];

/// All below it but `begjaering`, so that an error in the rules cannot hide itself.
const RUNNER: &[&str] = &[
    "source",
    "identity",
    "masking",
    "http",
    "template",
    "settings",
    "contract",
    "auth",
    "testdata",
    "notify",
    "scenario",
    "snapshot",
    "assertion",
    "outcome",
];

/// The interpreter and what that may name.
const LOAD: &[&str] = &[
    "source",
    "identity",
    "masking",
    "http",
    "template",
    "settings",
    "contract",
    "auth",
    "testdata",
    "notify",
    "scenario",
    "snapshot",
    "assertion",
    "outcome",
    "runner",
];

/// Whether `module` may name `other`. `cli` may name all; the binary names `cli` only; the library's root names nothing.
pub fn may_name(module: &str, other: &str) -> bool {
    match module {
        "cli" => is_module(other),
        "main" => other == "cli",
        _ => TABLE
            .iter()
            .any(|(row, names)| *row == module && names.contains(&other)),
    }
}

/// Whether `name` is a module of the design.
pub fn is_module(name: &str) -> bool {
    name == "cli" || TABLE.iter().any(|(row, _)| *row == name)
}

#[test]
fn no_row_names_a_later_one() {
    for (i, (row, names)) in TABLE.iter().enumerate() {
        for name in *names {
            assert!(
                TABLE[..i].iter().any(|(earlier, _)| earlier == name),
                "`{row}` names `{name}`"
            );
        }
    }
}

#[test]
fn the_interpreter_and_the_assertions_never_see_the_rules_nor_the_mock() {
    for module in ["runner", "assertion", "load", "snapshot", "scenario", "outcome"] {
        assert!(!may_name(module, "begjaering") && !may_name(module, "mock"));
    }
    for module in ["runner", "assertion", "snapshot"] {
        assert!(!may_name("mock", module));
    }
    assert!(may_name("cli", "mock") && !may_name("cli", "*") && !may_name("main", "mock"));
}
