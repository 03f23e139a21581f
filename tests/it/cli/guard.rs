//! Numbers that could be somebody's never leave the machine, and nothing secret is left on it.

use std::io::Write;

use utlegg::identity::find_real;

use super::raw_server::{RawServer, json};
use crate::command::Folder;

/// The beginning and the end of an official test vector whose birth date lies in the future.
const VECTOR: [&str; 2] = ["020132", "99997"];

#[test]
fn a_possible_real_person_is_not_sent() {
    let server = RawServer::start(|request, stream| {
        let body = if request.path == "/half" {
            format!("{{\"half\":\"{}\"}}", VECTOR[0])
        } else {
            "{}".to_owned()
        };
        write!(stream, "{}", json(200, &body))
    });
    let [_, end] = VECTOR;
    let scenario = format!(
        "scenario: leak
title: Puts a number together that nobody wrote down
as: none
steps:
  - raw: {{ method: GET, path: /half }}
    expect: {{ status: 200 }}
    capture: {{ half: \"$.half\" }}
  - raw: {{ method: POST, path: /leak, body: \"person ${{half}}{end}\" }}
    expect: {{ status: 200 }}
---
scenario: fine
title: Sends nothing of the kind
as: none
steps:
  - raw: {{ method: GET, path: /fine }}
    expect: {{ status: 200 }}
"
    );
    let folder = Folder::new()
        .file("utlegg.yaml", server.settings())
        .file("s.yaml", scenario);
    folder.utlegg("lint s.yaml").run().exits_with(0);
    let output = folder.utlegg("run s.yaml --env live -vv").run().exits_with(4);
    let output = output.says(&["possible real", "1 passed, 1 could not be judged"]);
    let paths: Vec<String> = server.arrived().into_iter().map(|it| it.path).collect();
    assert!(!paths.contains(&"/leak".to_owned()), "{paths:?}");
    assert!(
        server
            .arrived()
            .iter()
            .all(|it| it.method == "GET" && it.body.is_empty())
    );
    nobody_is_named(&folder, &[&output.stdout, &output.stderr]);
}

#[test]
fn a_possible_real_person_in_a_file_is_found_by_lint() {
    let number = VECTOR.concat();
    let folder = Folder::new().file(
        "s.yaml",
        format!(
            "scenario: leak\ntitle: T\nas: none\nsteps:\n  - raw: {{ method: POST, path: /, body: \"{number}\" }}\n    \
             expect: {{ status: 200 }}\n"
        ),
    );
    let lint = folder.utlegg("lint s.yaml").run().exits_with(3);
    lint.says(&[
        "possible real person",
        "--> s.yaml:5:",
        "use a synthetic identifier",
    ]);
}

#[test]
fn nothing_secret_is_left_behind() {
    let folder = Folder::new();
    let run = folder.utlegg("run -vv --ci").run().exits_with(0);
    nobody_is_named(&folder, &[&run.stdout, &run.stderr]);
}

#[test]
fn nothing_secret_is_in_the_log_either() {
    let folder = Folder::new();
    let run = folder.utlegg("run -vv conditions-claims/duplicate-references");
    let run = run.variable("UTLEGG_LOG", "trace").run().exits_with(0);
    assert!(run.stderr.contains("TRACE"), "the log was on");
    nobody_is_named(&folder, &[&run.stdout, &run.stderr]);
}

#[test]
fn every_report_tells_what_the_guard_lets_pass() {
    let number = VECTOR.concat();
    let settings =
        format!("guard:\n  allow:\n    - {{ value: \"{number}\", reason: agreed test creditor }}\n");
    let folder = Folder::new().file("utlegg.yaml", settings);
    let told = "(agreed test creditor)";
    let run = folder.utlegg("run --ci unknown-url").run().exits_with(0);
    run.says(&["identity guard: exception for", told]);
    let files = folder.all_files();
    for name in ["run.jsonl", "summary.json", "junit.xml", "summary.md"] {
        let mut found = files.iter().filter(|path| path.ends_with(name));
        let text = std::fs::read_to_string(found.next().expect(name)).unwrap();
        assert!(text.contains(told), "{name}: {text}");
        assert!(!text.contains(&number), "{name}");
    }
    let quiet = folder.utlegg("run --ci --quiet unknown-url").run().exits_with(0);
    quiet.says(&["identity guard: exception for", told]);
}

/// Neither a token, nor a key, nor a whole national identity number, synthetic ones included.
#[track_caller]
fn nobody_is_named(folder: &Folder, printed: &[&str]) {
    let files = folder.all_files();
    let produced = files
        .iter()
        .filter(|path| path.starts_with(folder.path("reports")));
    let mut texts: Vec<String> = produced
        .map(|path| std::fs::read_to_string(path).expect("text"))
        .collect();
    assert!(texts.len() >= 4, "{files:?}");
    texts.extend(printed.iter().map(|text| (*text).to_owned()));
    for text in &texts {
        for secret in ["eyJ", "PRIVATE KEY"] {
            let context = text.find(secret).map(|at| &text[at.saturating_sub(80)..at]);
            assert_eq!(context, None, "{secret}");
        }
        assert!(!text.contains(&VECTOR.concat()), "a person");
        let real = find_real(text).into_iter().filter(|found| found.span.len() == 11);
        assert_eq!(real.count(), 0);
        let persons: Vec<&str> = numbers(text).filter(|digits| is_person(digits)).collect();
        assert_eq!(persons, Vec::<&str>::new());
    }
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() == 11 && word.bytes().all(|b| b.is_ascii_digit()))
}

/// Both check digits are right, and the first six digits are a date as the registers write it.
fn is_person(text: &str) -> bool {
    let digits: Vec<u32> = text.bytes().map(|b| u32::from(b - b'0')).collect();
    let rest = |weights: &[u32]| weights.iter().zip(&digits).map(|(w, d)| w * d).sum::<u32>() % 11;
    let (day, month) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]);
    rest(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) == 0
        && rest(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0
        && matches!(day, 1..=31 | 41..=71)
        && matches!(month % 40, 1..=12)
}
