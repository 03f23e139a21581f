//! `utlegg load --baseline` and `--against`: a run is compared at once, and two environments take turns.

use crate::command::Folder;

const QUICK: &str = r"
scenario: quick
title: A case that is always there
models: [v2]
as: none
steps:
  - call: case-status
    with: { eksternSaksreferanse: TEST_SAK_BESLUTTET }
    expect: { status: 401 }
";

#[test]
fn a_fresh_run_is_held_against_a_stored_one() {
    let folder = Folder::new().file("quick.yaml", QUICK);
    let first = folder
        .utlegg("load quick.yaml --users 1 --iterations 20 --seed 1 -q")
        .run();
    assert!(
        matches!(first.code, Some(0 | 7)),
        "{}{}",
        first.stdout,
        first.stderr
    );
    // Twenty samples tell nothing, and the comparison says so.
    let second = folder
        .utlegg("load quick.yaml --users 1 --iterations 20 --seed 1 --baseline latest -q")
        .run();
    let second = second.exits_with(7);
    assert!(
        second.stdout.to_lowercase().contains("inconclusive"),
        "{}",
        second.stdout
    );
    // Another plan is no baseline, which is said before and after alike.
    let unlike = folder
        .utlegg("load quick.yaml --users 2 --iterations 20 --baseline latest -q")
        .run();
    assert!(unlike.exits_with(3).stderr.contains("users"));
    let missing = folder
        .utlegg("load quick.yaml --users 1 --iterations 20 --baseline nowhere")
        .run();
    assert!(missing.exits_with(3).stderr.contains("nowhere"));
}

#[test]
fn two_environments_take_turns() {
    let folder = Folder::new();
    let mut mock = folder.utlegg("mock").start();
    let said = mock.until_it_says("/status/TEST_SAK_BESLUTTET");
    let base = said
        .lines()
        .find_map(|line| line.strip_prefix("UTLEGG_BASE_URL="))
        .unwrap();
    let settings =
        format!("environments:\n  a: {{ base_url: \"{base}\" }}\n  b: {{ base_url: \"{base}\" }}\n");
    let folder = Folder::new()
        .file("quick.yaml", QUICK)
        .file("utlegg.yaml", settings);
    let run = folder
        .utlegg("load quick.yaml --users 1 --iterations 10 --env a --against b --rounds 2 -q")
        .run();
    let run = run.exits_with(7);
    assert!(
        run.stdout.to_lowercase().contains("inconclusive"),
        "{}",
        run.stdout
    );
    let results = folder
        .all_files()
        .into_iter()
        .filter(|file| file.ends_with("load.json"));
    let mut environments: Vec<String> = results
        .map(|file| std::fs::read_to_string(file).unwrap())
        .map(|text| serde_json::from_str::<serde_json::Value>(&text).unwrap())
        .map(|result| result["run"]["environment"]["name"].as_str().unwrap().to_owned())
        .collect();
    environments.sort();
    assert_eq!(environments, ["a", "a", "b", "b"]);
}
