//! JUnit XML, for CI servers: one suite per scenario, one case per test.

use std::io::{self, Write};
use std::time::Duration;

use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::terminal::{headline, problem_text};
use crate::outcome::{Summary, TestSummary, Verdict};

/// Writes `summary` as JUnit XML.
///
/// What failed is a *failure*, what could not be judged an *error*, what was not run or does not apply *skipped* with its
/// reason. JUnit knows no warning: such a test passes, and its output says so.
pub(super) fn write(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new("utlegg");
    report.timestamp = summary.run.started_at.to_string().parse().ok();
    report.time = summary.elapsed_us.map(Duration::from_micros);
    let mut scenarios: IndexMap<&str, Vec<&TestSummary>> = IndexMap::new();
    for test in &summary.tests {
        scenarios.entry(&test.id.scenario).or_default().push(test);
    }
    for (scenario, tests) in scenarios {
        report.add_test_suite(suite(scenario, &tests, summary));
    }
    report.serialize(out).map_err(io::Error::other)
}

fn suite(scenario: &str, tests: &[&TestSummary], summary: &Summary) -> TestSuite {
    let mut suite = TestSuite::new(scenario);
    let run = &summary.run;
    let models = run.environment.models.join(" ");
    let properties = [
        ("run", run.run_id.as_str()),
        ("seed", &run.seed.to_string()),
        ("environment", &run.environment.name),
        ("models", &models),
        ("tool_version", &run.tool_version),
    ];
    suite.add_properties(properties);
    let exceptions = run.guard_exceptions.iter();
    suite.add_properties(exceptions.map(|exception| ("guard_exception", exception.as_str())));
    suite.set_time(Duration::from_micros(
        tests.iter().map(|test| test.elapsed_us).sum(),
    ));
    suite.add_test_cases(tests.iter().map(|test| case(test)));
    suite
}

fn case(test: &TestSummary) -> TestCase {
    let mut case = TestCase::new(test.id.to_string(), status(test));
    case.set_classname(test.id.scenario.as_str());
    case.set_time(Duration::from_micros(test.elapsed_us));
    case.set_assertions(usize::try_from(test.checks.passed + test.checks.failed).unwrap_or(usize::MAX));
    if let Some(place) = &test.place {
        case.extra.insert("file".into(), place.file.as_str().into());
        case.extra.insert("line".into(), place.line.to_string().into());
    }
    case.add_property(("model", test.id.model.as_str()));
    if let Some(rerun) = &test.rerun {
        case.add_property(("rerun", rerun.as_str()));
    }
    for measure in &test.measures {
        case.add_property((format!("measure_us.{}", measure.name), measure.us.to_string()));
    }
    if test.verdict == Verdict::Warning {
        case.set_system_out(format!("WARNING: {}\n\n{}", headline(test), problem_text(test)));
    }
    case
}

fn status(test: &TestSummary) -> TestCaseStatus {
    let (mut status, kind) = match test.verdict {
        Verdict::Passed | Verdict::Warning => return TestCaseStatus::success(),
        Verdict::Failed => (
            TestCaseStatus::non_success(NonSuccessKind::Failure),
            "does-not-conform",
        ),
        Verdict::Error => (
            TestCaseStatus::non_success(NonSuccessKind::Error),
            "could-not-be-judged",
        ),
        Verdict::NotApplicable => (TestCaseStatus::skipped(), "not-applicable"),
        Verdict::NotRun => (TestCaseStatus::skipped(), "not-run"),
    };
    status.set_message(headline(test));
    status.set_type(kind);
    if !problem_text(test).is_empty() {
        status.set_description(problem_text(test));
    }
    status
}
