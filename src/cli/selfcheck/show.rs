//! The check as a table.

use std::fmt::Write;

use super::Selfcheck;
use crate::load::selfcheck::{Attempt, Finding, Outcome, Part, Unit};

/// Every part with its numbers, and the verdict.
pub(super) fn table(checked: &Selfcheck) -> String {
    let mut text = String::new();
    for part in &checked.parts {
        show(&mut text, part);
    }
    if let (Some(cpu), Some(memory)) = (checked.mock_cpu_s, checked.mock_peak_memory) {
        let _ = writeln!(
            text,
            "The mock, in a process of its own, used {cpu:.2} s of CPU and {} MiB at most.",
            memory >> 20
        );
    }
    text.push_str(match checked.outcome {
        Outcome::Holds => "What the load tester reports is what was served.\n",
        Outcome::Off => "A number is wrong: do not trust what the load tester reports on this machine.\n",
        Outcome::Inconclusive => {
            "Inconclusive: the injector was in no state to tell. Try again when the machine is less busy.\n"
        }
    });
    text
}

fn show(text: &mut String, part: &Part) {
    let outcome = match part.outcome {
        Outcome::Holds => "holds",
        Outcome::Off => "off",
        Outcome::Inconclusive => "inconclusive",
    };
    let _ = writeln!(text, "{}: {outcome}{}", part.title, tried(part.attempts.len()));
    let Some(attempt) = part.decisive() else {
        return;
    };
    let _ = writeln!(
        text,
        "  {:<52}{:>12}{:>12}{:>12}{:>10}{:>12}",
        "", "right", "reported", "error", "", "allowed"
    );
    for finding in &attempt.findings {
        line(text, finding);
    }
    disturbances(text, attempt);
    text.push('\n');
}

fn tried(times: usize) -> String {
    match times {
        0 | 1 => String::new(),
        times => format!(" ({times} attempts)"),
    }
}

fn line(text: &mut String, finding: &Finding) {
    let mark = if finding.held { ' ' } else { '✗' };
    let show = |value: f64| shown(finding.unit, value);
    let (error, share) = match finding.unit {
        Unit::YesNo => (String::new(), String::new()),
        _ => (
            format!(
                "{}{}",
                if finding.error() < 0.0 { "-" } else { "+" },
                show(finding.error().abs())
            ),
            format!("{:+.2} %", finding.error() / finding.expected * 100.0),
        ),
    };
    let allowed = match (finding.unit, finding.tolerance) {
        (Unit::YesNo, _) => String::new(),
        (_, Some(tolerance)) => show(tolerance),
        (_, None) => "only shown".to_owned(),
    };
    let _ = writeln!(
        text,
        "{mark} {:<52}{:>12}{:>12}{error:>12}{share:>10}{allowed:>12}",
        finding.what,
        show(finding.expected),
        show(finding.reported),
    );
}

fn disturbances(text: &mut String, attempt: &Attempt) {
    for disturbance in &attempt.disturbances {
        let _ = writeln!(text, "  the injector: {disturbance}");
    }
}

fn shown(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Micros => format!("{:.2} ms", value / 1000.0),
        Unit::Count => format!("{value:.0}"),
        Unit::PerSecond => format!("{value:.1}/s"),
        Unit::YesNo => if value > 0.0 { "yes" } else { "no" }.to_owned(),
    }
}
