//! The snapshot store on disk, beside insta itself.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};
use serde_json_path::JsonPath;
use tempfile::TempDir;
use utlegg::http::Body;
use utlegg::snapshot::{Comparison, Metadata, Mode, SnapshotKey, SnapshotResult, Store};

fn key(step: &str) -> SnapshotKey {
    SnapshotKey {
        model: "v2".into(),
        scenario: "submit-poll".into(),
        case: None,
        step: step.into(),
    }
}

fn metadata() -> Metadata {
    Metadata {
        source: Some("scenarios/flow.yaml".into()),
        description: Some("Submission: a decision".into()),
        expression: Some("submit".into()),
    }
}

struct Folder {
    _folder: TempDir,
    root: PathBuf,
}

impl Folder {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("snapshots");
        Self {
            _folder: folder,
            root,
        }
    }

    fn store(&self, mode: Mode) -> Store {
        Store::new(&self.root, mode)
    }

    fn snap(&self) -> PathBuf {
        self.root.join("v2/submit-poll/submit.snap")
    }

    fn new_snap(&self) -> PathBuf {
        self.root.join("v2/submit-poll/submit.snap.new")
    }

    /// Stores `body` as the snapshot, the way a person would.
    fn accept(&self, body: Value) {
        let store = self.store(Mode::WriteNew);
        compare(&store, body);
        for pending in store.pending().unwrap() {
            store.accept(&pending).unwrap();
        }
    }
}

fn compare(store: &Store, body: Value) -> SnapshotResult {
    compare_with(store, &Body::Json(body), &[], &[])
}

fn compare_with(
    store: &Store,
    body: &Body,
    unknown_fields: &[String],
    redact: &[&JsonPath],
) -> SnapshotResult {
    let result = store.compare(&Comparison {
        key: &key("submit"),
        metadata: &metadata(),
        status: 200,
        body,
        unknown_fields,
        redact,
    });
    result.unwrap()
}

#[test]
fn a_missing_snapshot_is_written_for_review_and_then_matches() {
    let folder = Folder::new();
    let store = folder.store(Mode::WriteNew);
    let written = Some(folder.new_snap());
    assert_eq!(
        compare(&store, json!({"saksstatus": "sakOpprettet"})),
        SnapshotResult::Missing { written }
    );
    let pending = store.pending().unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].name, "v2/submit-poll/submit.snap");
    assert!(
        store
            .diff(&pending[0])
            .unwrap()
            .contains("+  \"saksstatus\": \"sakOpprettet\"")
    );
    store.accept(&pending[0]).unwrap();
    assert!(!folder.new_snap().exists());
    assert_eq!(
        compare(&store, json!({"saksstatus": "sakOpprettet"})),
        SnapshotResult::Matches
    );
    assert!(store.pending().unwrap().is_empty());
}

#[test]
fn in_ci_nothing_is_written() {
    let folder = Folder::new();
    let store = folder.store(Mode::Check);
    assert_eq!(
        compare(&store, json!({})),
        SnapshotResult::Missing { written: None }
    );
    assert!(!folder.root.exists());
    folder.accept(json!({"a": 1}));
    let result = compare(&store, json!({"a": 2}));
    let SnapshotResult::Differs { diff, written: None } = result else {
        panic!("{result:?}")
    };
    assert!(diff.contains("-  \"a\": 1\n+  \"a\": 2\n"), "{diff}");
    assert!(!folder.new_snap().exists());
}

#[test]
fn a_difference_is_written_beside_and_vanishes_when_the_answer_is_right_again() {
    let folder = Folder::new();
    folder.accept(json!({"a": 1}));
    let before = fs::read(folder.snap()).unwrap();
    let store = folder.store(Mode::WriteNew);
    let result = compare(&store, json!({"a": 2}));
    assert!(
        matches!(&result, SnapshotResult::Differs { written: Some(path), .. } if *path == folder.new_snap())
    );
    assert_eq!(
        fs::read(folder.snap()).unwrap(),
        before,
        "the snapshot itself stays"
    );
    assert_eq!(compare(&store, json!({"a": 1})), SnapshotResult::Matches);
    assert!(!folder.new_snap().exists());
}

#[test]
fn a_rejected_one_is_gone() {
    let folder = Folder::new();
    folder.accept(json!({"a": 1}));
    let store = folder.store(Mode::WriteNew);
    compare(&store, json!({"a": 2}));
    store.reject(&store.pending().unwrap()[0]).unwrap();
    assert!(!folder.new_snap().exists());
    assert_eq!(compare(&store, json!({"a": 1})), SnapshotResult::Matches);
}

#[test]
fn what_means_nothing_does_not_differ() {
    let folder = Folder::new();
    folder.accept(json!({"eksternSaksreferanse": "A-1", "meldingsdato": "2026-01-01", "b": 1, "a": [1.0]}));
    let store = folder.store(Mode::Check);
    let other = json!({"a": [1], "b": 1, "meldingsdato": "2027-02-02", "eksternSaksreferanse": "B-2"});
    assert_eq!(compare(&store, other), SnapshotResult::Matches);
    let without = json!({"a": [1], "b": 1, "meldingsdato": "2027-02-02"});
    assert!(
        matches!(compare(&store, without), SnapshotResult::Differs { .. }),
        "its absence does"
    );
}

#[test]
fn fields_the_contract_does_not_know_and_redacted_paths_are_left_out() {
    let folder = Folder::new();
    folder.accept(json!({"a": {"b": 1}, "tall": 5}));
    let store = folder.store(Mode::Check);
    let body = Body::Json(json!({"a": {"b": 1, "nytt": true}, "tall": 6}));
    let path = JsonPath::parse("$.tall").unwrap();
    assert_eq!(
        compare_with(&store, &body, &["/a/nytt".into()], &[&path]),
        SnapshotResult::Matches
    );
    assert!(matches!(
        compare_with(&store, &body, &[], &[&path]),
        SnapshotResult::Differs { .. }
    ));
}

#[test]
fn the_embedded_snapshot_counts_where_the_folder_has_none() {
    let folder = Folder::new();
    let store = folder.store(Mode::WriteNew).with_fallback(|name| {
        (name == "v2/submit-poll/submit.snap").then(|| "---\nsource: x\n---\nHTTP 200\n\n{\"a\": 1}\n".into())
    });
    assert_eq!(compare(&store, json!({"a": 1})), SnapshotResult::Matches);
    assert!(matches!(
        compare(&store, json!({"a": 2})),
        SnapshotResult::Differs { .. }
    ));
    let pending = store.pending().unwrap();
    assert!(store.diff(&pending[0]).unwrap().contains("-  \"a\": 1"));
}

#[test]
fn files_that_are_no_snapshots_are_diagnostics() {
    let folder = Folder::new();
    fs::create_dir_all(folder.snap().parent().unwrap()).unwrap();
    let deep = format!("---\ninfo: {}\n---\nHTTP 200\n", "[".repeat(5_000));
    let broken: [&[u8]; 9] = [
        b"",
        b"HTTP 200",
        b"---\nsource: x\nHTTP 200",
        b"---\nsource: \"never closed\n---\nHTTP 200",
        b"---\ninfo: .inf\n---\nHTTP 200",
        b"---\n- a\n---\nHTTP 200",
        b"---\nsource: x\nextension: pdf\nsnapshot_kind: binary\n---\n",
        b"\xff\xfe---",
        deep.as_bytes(),
    ];
    for bytes in broken {
        fs::write(folder.snap(), bytes).unwrap();
        let store = folder.store(Mode::Check);
        let error = store
            .compare(&Comparison {
                key: &key("submit"),
                metadata: &metadata(),
                status: 200,
                body: &Body::Empty,
                unknown_fields: &[],
                redact: &[],
            })
            .expect_err(&String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
        assert!(error.to_string().contains("submit.snap"), "{error}");
        assert!(error.help.is_some_and(|help| help.contains("version control")));
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_a_diagnostic() {
    let folder = Folder::new();
    fs::write(&folder.root, "a file where the folder should be").unwrap();
    let store = folder.store(Mode::WriteNew);
    let comparison = Comparison {
        key: &key("submit"),
        metadata: &metadata(),
        status: 200,
        body: &Body::Empty,
        unknown_fields: &[],
        redact: &[],
    };
    let error = store.compare(&comparison).unwrap_err();
    assert!(error.message.contains("cannot write"), "{error}");
}

#[test]
fn what_insta_left_for_review_is_accepted_as_insta_accepts_it() {
    let folder = Folder::new();
    fs::create_dir_all(folder.snap().parent().unwrap()).unwrap();
    let text =
        "---\nsource: tests/x.rs\nassertion_line: 12\nexpression: body\ninfo:\n  a: 1\n---\nHTTP 200\n";
    fs::write(folder.new_snap(), text).unwrap();
    let by_insta = folder.root.join("insta.snap");
    insta::Snapshot::from_file(&folder.new_snap())
        .unwrap()
        .save(&by_insta)
        .unwrap();
    let store = folder.store(Mode::WriteNew);
    store.accept(&store.pending().unwrap()[0]).unwrap();
    assert_eq!(
        fs::read_to_string(folder.snap()).unwrap(),
        fs::read_to_string(by_insta).unwrap()
    );
}

/// Writes a snapshot with our writer, and once more with insta's `save` from what insta read of it.
fn ours_and_instas(metadata: &Metadata, body: &Body, root: &Path) -> (String, String) {
    let store = Store::new(root, Mode::WriteNew);
    let comparison = Comparison {
        key: &key("submit"),
        metadata,
        status: 200,
        body,
        unknown_fields: &[],
        redact: &[],
    };
    let Ok(SnapshotResult::Missing { written: Some(ours) }) = store.compare(&comparison) else {
        panic!("there is no snapshot yet");
    };
    let instas = root.join("insta.snap");
    insta::Snapshot::from_file(&ours).unwrap().save(&instas).unwrap();
    (
        fs::read_to_string(ours).unwrap(),
        fs::read_to_string(instas).unwrap(),
    )
}

#[test]
fn the_file_is_what_insta_writes() {
    let folder = Folder::new();
    let body = Body::Json(json!({"b": "å \u{1F980}", "a": [1, null, {"c": "---"}]}));
    let (ours, instas) = ours_and_instas(&metadata(), &body, &folder.root);
    assert_eq!(ours, instas);
    assert_eq!(
        ours,
        "---\nsource: scenarios/flow.yaml\ndescription: \"Submission: a decision\"\nexpression: submit\n---\n\
         HTTP 200\n\n{\n  \"a\": [\n    1,\n    null,\n    {\n      \"c\": \"---\"\n    }\n  ],\n  \"b\": \"å \u{1F980}\"\n}\n"
    );
}

#[test]
fn words_that_yaml_would_misread_are_quoted_as_insta_quotes_them() {
    let words = [
        "",
        " x",
        "x ",
        "no",
        "NO",
        "~",
        "null",
        "0x1f",
        "12",
        "1.5",
        "1e3",
        "inf",
        "nan",
        ".5",
        "-a",
        "a: b",
        "a #b",
        "\"q\"",
        "it's",
        "back\\slash",
        "[x]",
        "{x}",
        "a,b",
        "`x`",
        "@x",
        "&x",
        "*x",
        "!x",
        "%x",
        "=x",
        "<x",
        ">x",
        "?x",
        "|x",
        "æøå",
        "a\tb\nc\u{7f}",
        "2026-11-23",
        "y",
        "n",
    ];
    for word in words {
        let folder = Folder::new();
        let metadata = Metadata {
            source: Some(word.into()),
            description: None,
            expression: Some(word.into()),
        };
        let (ours, instas) = ours_and_instas(&metadata, &Body::Empty, &folder.root);
        assert_eq!(ours, instas, "{word:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_written_as_insta_writes_it(
        source in proptest::option::of("\\PC{0,30}"),
        description in proptest::option::of("[ -~\\t\\næ]{0,30}"),
        text in "[ -~\\r\\n\\tæ]{0,60}",
    ) {
        let folder = Folder::new();
        let metadata = Metadata { source, description, expression: None };
        let body = Body::Other { why: String::new(), text };
        let (ours, instas) = ours_and_instas(&metadata, &body, &folder.root);
        prop_assert_eq!(ours, instas);
    }
}
