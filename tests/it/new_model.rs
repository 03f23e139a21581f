//! A further information model needs files, not code: a fixture model is served, run and judged from two of them.

use super::command::Folder;

const CONTRACT: &str = include_str!("data/v9/contract.yaml");
const SCENARIOS: &str = include_str!("data/v9/scenarios.yaml");

#[test]
fn a_model_from_files_is_served_run_and_judged() {
    let output = Folder::new()
        .file("v9.yaml", CONTRACT)
        .file("scenarios.yaml", SCENARIOS)
        .utlegg("run --ci --seed 1 --contract v9.yaml scenarios.yaml")
        .run()
        .exits_with(0);
    assert!(
        output.stdout.contains("4 tests with model v9"),
        "{}",
        output.stdout
    );
    assert!(output.stdout.contains("4 passed"), "{}", output.stdout);
}

#[test]
fn its_rules_are_its_own() {
    // The condition is not among the codes of this model, so nobody objects to a request without claims.
    let without = CONTRACT
        .lines()
        .filter(|line| !line.contains("code: MANGLER_KRAV"))
        .collect::<Vec<_>>()
        .join("\n");
    let scenario = "scenario: s\ntitle: x\nmodels: [v9]\nsteps:\n  - call: submit\n    \
                    body: { nyttFelt: x, begjaeringsdato: '2026-01-01' }\n    expect: { status: success }\n";
    Folder::new()
        .file("v9.yaml", without)
        .file("s.yaml", scenario)
        .utlegg("run --ci --seed 1 --contract v9.yaml s.yaml")
        .run()
        .exits_with(0);
    Folder::new()
        .file("v9.yaml", CONTRACT)
        .file("s.yaml", scenario)
        .utlegg("run --ci --seed 1 --contract v9.yaml s.yaml")
        .run()
        .exits_with(1);
}
