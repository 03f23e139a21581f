//! The files of a load run.

use std::fs;

use utlegg::outcome::load::LoadResult;
use utlegg::report::load::{LoadFormat, is_load_run, read, write_all};

use super::sample;

fn rendered(result: &LoadResult, format: LoadFormat) -> String {
    let mut out = Vec::new();
    format.write(result, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn all() -> [LoadResult; 5] {
    [
        sample::passed(),
        sample::missed(),
        sample::empty(),
        sample::inconclusive(),
        sample::hostile(),
    ]
}

#[test]
fn every_file_comes_out_the_same_from_load_json_alone() {
    for result in all() {
        let folder = tempfile::tempdir().unwrap();
        let written = write_all(&result, folder.path()).unwrap();
        assert_eq!(written.len(), LoadFormat::ALL.len());
        let stored = is_load_run(folder.path()).unwrap();
        let again = read(&stored).unwrap();
        assert_eq!(again, result);
        for (path, format) in written.iter().zip(LoadFormat::ALL) {
            assert_eq!(
                fs::read_to_string(path).unwrap(),
                rendered(&again, format),
                "{format:?}"
            );
        }
    }
}

#[test]
fn a_folder_that_vanished_is_an_error_that_names_the_file() {
    let folder = std::path::Path::new("/nonexistent/folder");
    let error = write_all(&sample::passed(), folder).unwrap_err().to_string();
    assert!(error.starts_with("/nonexistent/folder/load.json: "), "{error}");
}

#[test]
fn what_is_no_result_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("load.json");
    let good = rendered(&sample::passed(), LoadFormat::Json);
    let cases = [
        (
            good.replacen("\"schema_version\": 1", "\"schema_version\": 2", 1),
            ": was written in form 2, and this version reads form 1; use the utlegg that wrote it",
        ),
        (
            good[..200].to_owned(),
            ":9:11: is not the result of a load run: EOF while parsing a string;",
        ),
        (
            good.replacen("\"finished\"", "\"exploded\"", 1),
            "unknown variant `exploded`",
        ),
        ("[]".to_owned(), ":1:"),
    ];
    for (text, expected) in cases {
        fs::write(&path, &text).unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(
            error.starts_with(path.to_str().unwrap()) && error.contains(expected),
            "{error}"
        );
    }
    fs::remove_file(&path).unwrap();
    assert!(read(&path).unwrap_err().to_string().starts_with("cannot read "));
    assert_eq!(is_load_run(folder.path()), None);
}

#[test]
fn junit() {
    let xml = rendered(&sample::missed(), LoadFormat::Junit);
    insta::assert_snapshot!(xml);
    assert!(
        xml.contains(r#"tests="8" skipped="0" failures="3" errors="0""#),
        "{xml}"
    );
}

#[test]
fn junit_of_what_cannot_be_judged_is_an_error_not_a_failure() {
    let xml = rendered(&sample::inconclusive(), LoadFormat::Junit);
    assert!(xml.contains(r#"failures="0" errors="1""#), "{xml}");
    let xml = rendered(&sample::empty(), LoadFormat::Junit);
    assert!(xml.contains(r#"failures="1" errors="1""#), "{xml}");
    assert!(
        xml.contains("the service refused 50 connections in a row"),
        "{xml}"
    );
}

#[test]
fn failures_that_the_thresholds_allow_do_not_fail_in_junit() {
    let mut result = sample::missed();
    result.thresholds.retain(|it| !it.text.starts_with("codes"));
    let xml = rendered(&result, LoadFormat::Junit);
    assert!(xml.contains(r#"failures="1" errors="0""#), "{xml}");
    assert!(
        xml.contains("WARNING: 17 failures (0.07 % of the calls); the thresholds allow them"),
        "{xml}"
    );
}

#[test]
fn markdown() {
    insta::assert_snapshot!(rendered(&sample::missed(), LoadFormat::Markdown));
}

#[test]
fn text_from_outside_stays_text() {
    let hostile = sample::hostile();
    let markdown = rendered(&hostile, LoadFormat::Markdown);
    assert!(!markdown.contains("<script") && !markdown.contains("<img") && !markdown.contains('\u{1b}'));
    let xml = rendered(&hostile, LoadFormat::Junit);
    assert!(
        !xml.contains("<script") && !xml.contains("<img") && !xml.contains('\u{1b}'),
        "{xml}"
    );
}
