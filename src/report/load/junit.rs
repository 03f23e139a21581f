//! JUnit XML of a load run: a case for each threshold, one for the run's end, one for the injector, one for the checks.

use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::figures::{counted, share};
use super::overview::{early, overview};
use crate::outcome::load::{Ending, FailureGroup, LoadResult, ThresholdOutcome, ThresholdResult};
use crate::report::ExitCode;

/// How many groups of failures the text of the checks' case names.
const GROUPS: usize = 10;

/// Writes `result` as JUnit XML.
///
/// A missed threshold is a *failure*; what keeps the run from being judged (it was cut short, the injector did not keep
/// up) is an *error*. Failed checks fail their case where a threshold on errors or codes was missed; where the plan
/// allows them they stand in the output.
pub(super) fn write(result: &LoadResult, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new("utlegg");
    report.timestamp = result.run.started_at.to_string().parse().ok();
    report.time = Some(Duration::from_micros(result.measured_us));
    let mut suite = TestSuite::new(result.run.plan.name.as_str());
    let run = &result.run;
    suite.add_properties([
        ("run", run.run_id.as_str()),
        ("seed", &run.seed.to_string()),
        ("environment", &run.environment.name),
        ("models", &run.environment.models.join(" ")),
        ("tool_version", &run.tool_version),
        ("exit_code", &result.exit_code.to_string()),
    ]);
    suite.set_time(Duration::from_micros(result.measured_us));
    let mut cases: Vec<TestCase> = result.thresholds.iter().map(threshold).collect();
    cases.push(ending(result));
    cases.push(health(result));
    cases.extend(checks(result));
    for case in &mut cases {
        case.set_classname(run.plan.name.as_str());
    }
    suite.add_test_cases(cases);
    report.add_test_suite(suite);
    report.serialize(out).map_err(io::Error::other)
}

fn threshold(it: &ThresholdResult) -> TestCase {
    let said = match it.outcome {
        ThresholdOutcome::Met | ThresholdOutcome::Missed => format!("{}: it was {}", it.text, it.actual),
        ThresholdOutcome::NoSample => format!("{}: no sample to judge it by", it.text),
    };
    let aborted = if it.aborted {
        "; it ended the run early"
    } else {
        ""
    };
    let place = format!("{said}{aborted}\nwritten at {}", it.place);
    let status = match it.outcome {
        ThresholdOutcome::Met => TestCaseStatus::success(),
        ThresholdOutcome::Missed => non_success(NonSuccessKind::Failure, "threshold-missed", &said, &place),
        ThresholdOutcome::NoSample => non_success(NonSuccessKind::Failure, "no-sample", &said, &place),
    };
    let mut case = TestCase::new(it.text.as_str(), status);
    case.add_property(("actual", it.actual.as_str()));
    case.add_property(("place", it.place.as_str()));
    case
}

fn ending(result: &LoadResult) -> TestCase {
    let unjudged = matches!(
        ExitCode::from_code(result.exit_code),
        Some(ExitCode::NotJudged | ExitCode::Invalid | ExitCode::Interrupted)
    );
    let status = if result.ending == Ending::Finished && !unjudged {
        TestCaseStatus::success()
    } else {
        let why = early(result).unwrap_or_else(|| overview(result).reason);
        non_success(NonSuccessKind::Error, "not-finished", &why, &why)
    };
    TestCase::new("the run came to its end", status)
}

fn health(result: &LoadResult) -> TestCase {
    let lines: Vec<String> = result
        .health
        .limits
        .iter()
        .map(|it| {
            let kept = if it.kept { "kept" } else { "not kept" };
            format!("{}: {} (limit: {}; {kept})", it.name, it.found, it.limit)
        })
        .collect();
    let status = if result.health.healthy {
        TestCaseStatus::success()
    } else {
        let message = "the injector did not keep its own limits; nothing is concluded about the service";
        non_success(
            NonSuccessKind::Error,
            "injector-unhealthy",
            message,
            &lines.join("\n"),
        )
    };
    let mut case = TestCase::new("injector health", status);
    case.set_system_out(lines.join("\n"));
    case
}

/// The case of the checks; none where nothing failed.
fn checks(result: &LoadResult) -> Option<TestCase> {
    let failed = result.failures.iter().map(|group| group.count).sum::<u64>() + result.failures_omitted;
    if failed == 0 {
        return None;
    }
    let calls = result.traffic.requests + result.traffic.polls;
    let message = format!(
        "{} ({} of the calls)",
        counted(failed, "failure"),
        share(failed, calls)
    );
    let text = groups(&result.failures);
    let forbidden = result.thresholds.iter().any(|it| {
        it.outcome != ThresholdOutcome::Met && (it.text.starts_with("errors") || it.text.starts_with("codes"))
    });
    let mut case = if forbidden {
        let status = non_success(NonSuccessKind::Failure, "checks-failed", &message, &text);
        TestCase::new("every check held", status)
    } else {
        let mut case = TestCase::new("every check held", TestCaseStatus::success());
        case.set_system_out(format!("WARNING: {message}; the thresholds allow them\n\n{text}"));
        case
    };
    case.set_assertions(usize::try_from(result.checked.checks).unwrap_or(usize::MAX));
    Some(case)
}

fn groups(failures: &[FailureGroup]) -> String {
    let mut lines: Vec<String> = failures
        .iter()
        .take(GROUPS)
        .map(|it| format!("{} × {}: {}", it.count, it.row, it.shape))
        .collect();
    if failures.len() > GROUPS {
        lines.push(format!("and {} more kinds", failures.len() - GROUPS));
    }
    lines.join("\n")
}

fn non_success(kind: NonSuccessKind, name: &str, message: &str, text: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(name);
    status.set_message(message);
    status.set_description(text);
    status
}
