//! Coverage: what counts, what does not, and how it is shown.

use serde_json::json;
use utlegg::contract::Contract;
use utlegg::coverage::{Collector, Reach, Report, markdown, terminal};
use utlegg::outcome::{Event, StepKind};

use crate::command::Folder;
use crate::report::sample::{Run, Test, step};

/// A small contract: what it lists is what there is to cover.
const SMALL: &str = include_str!("data/coverage-contract.yaml");

fn small() -> Contract {
    let file = utlegg::source::SourceFile::new("small.yaml", SMALL);
    Contract::load(&[file], &std::collections::BTreeMap::new()).expect("a contract")
}

/// A test that got these answers: operation, status, error code, conditions.
fn answered(id: &str, answers: &[(&str, u16, Option<&str>, &[&str])]) -> Test {
    let mut test = Test::new(id);
    for (operation, status, code, conditions) in answers {
        test = test.step(step(operation, operation, *status), |step| {
            let response = step
                .exchange
                .as_mut()
                .and_then(|exchange| exchange.response.as_mut());
            let response = response.expect("an answer");
            response.code = code.map(str::to_owned);
            response.conditions = conditions.iter().map(|&code| code.to_owned()).collect();
        });
    }
    test
}

fn raw(id: &str, method: &str, url: &str, status: u16, code: &str) -> Test {
    Test::new(id).step(step("raw", "raw", status), |step| {
        step.kind = StepKind::Raw;
        step.operation = None;
        let exchange = step.exchange.as_mut().expect("an exchange");
        method.clone_into(&mut exchange.request.method);
        url.clone_into(&mut exchange.request.url);
        exchange.response.as_mut().expect("an answer").code = Some(code.to_owned());
    })
}

fn covered(contract: &Contract, events: &[Event]) -> Report {
    let mut collector = Collector::new([contract]);
    for event in events {
        collector.on_event(event);
    }
    collector.report()
}

fn base(events: &[Event]) -> String {
    let Some(Event::RunStarted(run)) = events.first() else {
        panic!("a run begins with its beginning");
    };
    run.environment.base_urls[0].1.clone()
}

fn example() -> (Contract, Vec<Event>) {
    let base = base(&Run::new().events());
    let run = Run::new()
        .test(answered(
            "conditions",
            &[
                ("submit", 422, None, &["KRAV_IKKE_BENYTTET"]),
                ("submit", 200, None, &[]),
            ],
        ))
        .test(answered(
            "fault",
            &[
                ("submit", 503, Some("KB-001"), &[]),
                ("submit", 418, Some("XX-1"), &[]),
            ],
        ))
        .test(raw("malformed", "POST", &format!("{base}/?x=1"), 400, "KB-006"))
        .test(raw(
            "unknown",
            "GET",
            &format!("{base}/finnes/ikke"),
            404,
            "KB-003",
        ));
    (small(), run.events())
}

#[test]
fn what_a_run_reached_as_the_terminal_shows_it() {
    let (contract, events) = example();
    let report = covered(&contract, &events);
    let shown = terminal(&report, false, true);
    assert!(shown.lines().all(|line| line.chars().count() <= 110), "{shown}");
    insta::assert_snapshot!(shown);
    assert!(terminal(&report, true, false).contains("\u{1b}[31mMISS\u{1b}[0m"));
}

#[test]
fn what_a_run_reached_as_a_page() {
    let (contract, events) = example();
    insta::assert_snapshot!(markdown(&covered(&contract, &events)));
}

#[test]
fn a_reached_cell_counts_whatever_excuses_it_and_an_excused_one_counts_apart() {
    let (contract, events) = example();
    let report = covered(&contract, &events);
    let model = &report.models[0];
    let reach = |operation: Option<&str>, answer: &str| {
        let cell = model
            .matrices()
            .into_iter()
            .find_map(|matrix| matrix.cell(operation, answer));
        cell.map(|cell| cell.reach)
    };
    assert_eq!(
        reach(Some("submit"), "503"),
        Some(Reach::Reached),
        "by a scripted fault"
    );
    assert_eq!(reach(Some("messages"), "503"), Some(Reach::Unreachable));
    assert_eq!(
        reach(Some("submit"), "KB-006"),
        Some(Reach::Reached),
        "by a raw step to its address"
    );
    assert_eq!(reach(Some("submit"), "KB-003"), Some(Reach::Unreachable));
    assert_eq!(
        reach(None, "KB-003"),
        Some(Reach::Reached),
        "outside all operations"
    );
    assert_eq!(reach(Some("messages"), "KRAV_IKKE_BENYTTET"), None, "not listed");
    let unlisted: Vec<&str> = model.unlisted.iter().map(|cell| cell.answer.as_str()).collect();
    assert_eq!(unlisted, ["418", "XX-1"]);
}

#[test]
fn expectations_reach_nothing() {
    let contract = small();
    let run = Run::new().test(
        Test::new("unanswered").step(step("submit", "submit", 200), |step| {
            step.exchange.as_mut().expect("an exchange").response = None;
        }),
    );
    let report = covered(&contract, &run.events());
    assert_eq!(report.counts.reached, 0);
    assert!(report.counts.missed > 0);
}

#[test]
fn the_json_form_is_what_the_committed_schema_says() {
    let validator = crate::report::schemas::strict(include_str!("../../schema/coverage.schema.json"));
    let (contract, events) = example();
    let report = covered(&contract, &events);
    let written = serde_json::to_value(&report).expect("JSON");
    let problems: Vec<String> = validator
        .iter_errors(&written)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(
        serde_json::from_value::<Report>(written.clone()).expect("the same"),
        report
    );
    let mut wrong = written;
    wrong["models"][0]["statuses"]["cells"][0]["reach"] = json!("nearly");
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn an_entry_without_a_reason_or_with_an_unknown_name_is_refused() {
    for (from, to, words) in [
        ("    reason: only a fault\n", "", "has no `reason`"),
        (
            "code: KB-003\n    outside",
            "code: KB-033\n    outside",
            "unknown `KB-033`",
        ),
    ] {
        let file = utlegg::source::SourceFile::new("small.yaml", SMALL.replacen(from, to, 1));
        let problems = Contract::load(&[file], &std::collections::BTreeMap::new()).expect_err("a mistake");
        assert!(problems.to_string().contains(words), "{problems}");
    }
}

#[test]
fn the_command_reads_the_latest_run_and_fails_below_what_is_required() {
    let folder = Folder::new();
    folder.utlegg("run KB-003 --ci").run().exits_with(0);
    folder
        .utlegg("coverage")
        .run()
        .exits_with(0)
        .says(&["model v2: ", "KB-003"]);
    folder
        .utlegg("coverage --require 100 --format json")
        .run()
        .exits_with(1)
        .complains(&["100 % is required"]);
    folder
        .utlegg("coverage --require 0 --format markdown")
        .run()
        .exits_with(0);
    folder
        .utlegg("coverage --model v9")
        .run()
        .exits_with(2)
        .complains(&["only v1, v2"]);
    folder.utlegg("coverage --require 101").run().exits_with(2);
    folder
        .utlegg("coverage nowhere")
        .run()
        .exits_with(3)
        .complains(&["there is no run `nowhere`"]);
}
