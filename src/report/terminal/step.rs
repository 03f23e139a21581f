//! The lines that `-v` and `-vv` add: each step, and each of its checks.

use super::block::subject;
use super::palette::{Palette, Tone};
use crate::outcome::{CheckResult, StepOutcome, StepRecord};
use crate::report::units::{counted, duration, printable};

/// One line for a step; with `checks`, one more for each check.
pub(super) fn step_lines(step: &StepRecord, checks: bool, palette: Palette) -> String {
    let (mark, tone) = match step.outcome {
        StepOutcome::Passed => ("✓", Tone::Good),
        StepOutcome::Failed => ("✗", Tone::Bad),
        StepOutcome::Error => ("!", Tone::Unjudged),
        StepOutcome::NotRun => ("-", Tone::Dim),
    };
    let status = step
        .exchange
        .as_ref()
        .and_then(|it| it.response.as_ref())
        .map(|it| it.status.to_string());
    let detail = format!(
        "{}{} {}, {}",
        step.operation.as_deref().unwrap_or("raw"),
        status.map(|it| format!(" → {it},")).unwrap_or_default(),
        counted(step.checks.len() as u64, "check"),
        counted(u64::from(step.attempts), "request"),
    );
    let time = palette.paint(Tone::Dim, &format!("{:>9}", duration(step.elapsed_us)));
    let detail = palette.paint(Tone::Dim, &printable(&detail));
    let mark = palette.paint(tone, mark);
    let mut lines = format!("      {mark} {time}    {}  {detail}\n", printable(&step.step));
    if checks {
        for check in &step.checks {
            let (mark, tone) = match check.result {
                CheckResult::Passed => ("✓", Tone::Good),
                CheckResult::Failed => ("✗", Tone::Bad),
            };
            let path = check
                .path
                .as_deref()
                .map(|path| format!(" {path}"))
                .unwrap_or_default();
            let what = printable(&format!("{}{path}: {}", subject(check.subject), check.expected));
            let first = what.lines().next().unwrap_or_default();
            lines.push_str(&format!(
                "                       {} {first}\n",
                palette.paint(tone, mark)
            ));
        }
    }
    lines
}
