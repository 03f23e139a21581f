//! Tests of the settings as a whole: a file in, values or diagnostics out.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::*;

fn load_text(text: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("utlegg.yaml");
    std::fs::write(&path, text).unwrap();
    let variables = variables
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect::<BTreeMap<_, _>>();
    load(Some(&path), &variables).map_err(|problems| crate::source::render_all(&problems, false))
}

#[test]
fn a_variable_beats_the_file_and_says_so() {
    let settings = load_text("jobs: 3\nreports: out\n", &[("UTLEGG_JOBS", "7")]).unwrap();
    let jobs = settings.jobs.unwrap();
    assert_eq!(jobs.value, 7);
    assert_eq!(jobs.origin.to_string(), "variable UTLEGG_JOBS");
    assert!(settings.reports.origin.to_string().ends_with("utlegg.yaml:2:10"));
    assert!(settings.reports.value.ends_with("out"));
}

#[test]
fn every_mistake_is_named_at_once() {
    let shown = load_text(
        "job: 3\nreports: [1]\nenvironments:\n  test:\n    base_url: https://utleggsbegjaering.api.skatteetaten.no/v2\n    timeout: soon\n",
        &[("UTLEGG_JOBS", "many")],
    )
    .unwrap_err();
    for expected in [
        "unknown key `job` in `settings`",
        "did you mean `jobs`?",
        "`reports` must be text, not a list",
        "is production",
        "`timeout` must be a duration",
        "UTLEGG_JOBS must be a whole number",
    ] {
        assert!(shown.contains(expected), "{expected} missing in:\n{shown}");
    }
}

#[test]
fn an_unquoted_organisation_number_is_explained() {
    let shown = load_text("guard:\n  own_organisations: [310844136]\n", &[]).unwrap_err();
    assert!(shown.contains("write \"310844136\""), "{shown}");
}

#[test]
fn simultaneous_calls_never_exceed_five() {
    let settings = load_text(
        "environments:\n  test:\n    base_url: https://api-test.example\n    simultaneous_calls: 50\n",
        &[],
    )
    .unwrap();
    assert_eq!(
        settings.environments["test"].simultaneous_calls,
        NonZeroUsize::new(5)
    );
}
