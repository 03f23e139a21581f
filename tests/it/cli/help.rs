//! What a newcomer reads first: help, usage errors, completions, schemas.

use crate::command::Folder;

const COMMANDS: [&str; 9] = [
    "run",
    "lint",
    "mock",
    "report",
    "compare",
    "snapshots",
    "data",
    "schema",
    "completions",
];

#[test]
fn every_command_has_help_with_its_exit_codes() {
    let folder = Folder::new();
    let whole = folder.utlegg("--help").run().exits_with(0);
    let whole = whole.says(&["Exit codes:", "130  interrupted"]);
    for command in COMMANDS {
        assert!(whole.stdout.contains(&format!("  {command}")), "{command}");
        let help = folder.utlegg(&format!("{command} --help")).run().exits_with(0);
        help.says(&["Usage: utlegg", "Exit codes", "  2    usage"]);
    }
}

#[test]
fn usage_errors_exit_with_2() {
    let folder = Folder::new();
    folder
        .utlegg("")
        .run()
        .exits_with(2)
        .complains(&["Usage: utlegg"]);
    let cases = [
        ("repot", "a similar subcommand exists: 'report'"),
        ("run --sed 7", "a similar argument exists: '--seed'"),
        ("run --jobs 0", "--jobs"),
        ("run --seed x", "--seed"),
        ("run -q -v", "cannot be used with"),
        ("snapshots", "Usage: utlegg snapshots"),
        ("completions", "<SHELL>"),
        ("mock --port 99999", "0..=65535"),
    ];
    for (arguments, words) in cases {
        folder.utlegg(arguments).run().exits_with(2).complains(&[words]);
    }
    assert!(folder.all_files().is_empty());
}

#[test]
fn completions_name_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.utlegg(&format!("completions {shell}")).run();
        script.exits_with(0).says(&COMMANDS);
    }
}

#[test]
fn schemas_are_json_schema() {
    let folder = Folder::new();
    for name in [
        "",
        "scenario",
        "summary",
        "journal",
        "coverage",
        "comparison",
        "load",
    ] {
        let schema = folder.utlegg(&format!("schema {name}")).run().exits_with(0);
        let schema: serde_json::Value = serde_json::from_str(&schema.stdout).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        assert!(schema["$schema"].is_string(), "{name}");
    }
}

#[test]
fn the_version_is_the_crates() {
    let version = Folder::new().utlegg("--version").run().exits_with(0);
    assert_eq!(version.stdout, format!("utlegg {}\n", env!("CARGO_PKG_VERSION")));
}
