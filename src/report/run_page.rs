//! `report.html` of a functional run.

use std::io::{self, Write};

use indexmap::IndexMap;
use serde::Serialize;

use super::ExitCode;
use super::html::{
    Fact, Page, ProblemView, Section, Table, Tile, Verdict as Standing, environment_facts, render,
};
use super::markdown::outcome;
use super::terminal::{headline, note_kind};
use super::units::{counted, duration};
use crate::outcome::{Completion, Obligation, Summary, TestSummary, Verdict};

/// What the template is given.
#[derive(Serialize)]
struct RunPage {
    #[serde(flatten)]
    page: Page,
    attention: Vec<Attention>,
    obligations: Table,
    scenarios: Vec<Scenario>,
    measured: Table,
    notes: Vec<String>,
    surroundings: Vec<Fact>,
    command: String,
}

/// A test that failed, had a warning or could not be judged.
#[derive(Serialize)]
struct Attention {
    id: String,
    verdict: &'static str,
    class: &'static str,
    headline: String,
    open: bool,
    facts: Vec<Fact>,
    problems: Vec<ProblemView>,
    omitted: u64,
}

#[derive(Serialize)]
struct Scenario {
    name: String,
    title: String,
    tests: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    verdict: &'static str,
    class: &'static str,
    reason: String,
    checks: u64,
    requests: u64,
    time: String,
}

/// Writes the page.
pub(super) fn write(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let (attention, notes) = (attention(summary), notes(summary));
    let present = |id: &str| match id {
        "measured" => !summary.measures.is_empty(),
        "notes" => !notes.is_empty(),
        _ => true,
    };
    let sections = [
        ("attention", "What needs attention"),
        ("obligations", "By obligation"),
        ("tests", "All tests"),
        ("measured", "Measured"),
        ("notes", "Notes"),
        ("run", "Surroundings"),
    ];
    let sections = sections.into_iter().filter(|(id, _)| present(id));
    let page = RunPage {
        page: frame(
            summary,
            sections.map(|(id, heading)| Section { id, heading }).collect(),
        ),
        attention,
        obligations: obligations(summary),
        scenarios: scenarios(summary),
        measured: measured(summary),
        notes,
        surroundings: surroundings(summary),
        command: summary.run.command.clone(),
    };
    out.write_all(render("run.html", &page)?.as_bytes())
}

fn frame(summary: &Summary, sections: Vec<Section>) -> Page {
    let run = &summary.run;
    let target = if run.environment.mock {
        "the embedded mock"
    } else {
        &run.environment.name
    };
    Page {
        version: run.tool_version.clone(),
        eyebrow: format!(
            "Run {} · {} · models {}",
            run.run_id,
            run.started_at.strftime("%Y-%m-%d %H:%M UTC"),
            run.environment.models.join(", "),
        ),
        title: format!("Conformance of {target}"),
        overview: standing(summary),
        exit_code: summary.exit_code,
        sentences: sentences(summary),
        tiles: tiles(summary),
        sections,
    }
}

fn standing(summary: &Summary) -> Standing {
    let (class, mark, word) = match ExitCode::from_code(summary.exit_code) {
        Some(ExitCode::Conforms) => ("good", "✓", "passed"),
        Some(ExitCode::DoesNotConform) => ("bad", "✗", "does not conform"),
        Some(ExitCode::Interrupted) => ("open", "?", "interrupted"),
        Some(ExitCode::Invalid) => ("open", "?", "nothing judged"),
        _ => ("open", "?", "not all judged"),
    };
    let meaning = ExitCode::from_code(summary.exit_code).map_or("unknown", ExitCode::meaning);
    let reason = match summary.completion {
        Completion::CutOff => "the run was cut off: its journal has no end",
        Completion::Finished | Completion::Interrupted => meaning,
    };
    Standing {
        class,
        mark,
        word: word.to_owned(),
        reason: reason.to_owned(),
    }
}

fn sentences(summary: &Summary) -> Vec<String> {
    let checks = &summary.checks;
    let total = checks.passed + checks.failed;
    let mut sentences = vec![format!("{}.", capitalised(&outcome(summary)))];
    if total > 0 {
        sentences.push(format!(
            "{} in {}; {} did not hold, and {} rest on reconstructed facts, not on documentation.",
            counted(total, "check"),
            counted(summary.requests, "request"),
            checks.failed,
            checks.reconstructed,
        ));
    }
    if summary.counts.error > 0 {
        sentences.push(
            "What could not be judged says nothing about whether the system under test conforms.".to_owned(),
        );
    }
    if summary.completion != Completion::Finished {
        sentences.push("The run did not come to its end; this is what had finished.".to_owned());
    }
    sentences
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn tiles(summary: &Summary) -> Vec<Tile> {
    let counts = &summary.counts;
    let tile = |label: &'static str, count: usize, aside: &str| Tile {
        label,
        figure: count.to_string(),
        aside: aside.to_owned(),
    };
    vec![
        tile(
            "Passed",
            counts.passed,
            &format!("of {}", counted(summary.run.tests as u64, "test")),
        ),
        tile("Failed", counts.failed, "do not conform"),
        tile("Warnings", counts.warning, "should or may"),
        tile("Not judged", counts.error, "no finding"),
        tile(
            "Not run",
            counts.not_applicable + counts.not_run,
            &format!("{} not applicable", counts.not_applicable),
        ),
    ]
}

/// The word for a verdict, with the class that gives it its colour.
fn word(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Passed => ("✓ passed", "is-good"),
        Verdict::Warning => ("! warning", "is-open"),
        Verdict::Failed => ("✗ failed", "is-bad"),
        Verdict::Error => ("? not judged", "is-open"),
        Verdict::NotApplicable => ("not applicable", "note"),
        Verdict::NotRun => ("not run", "note"),
    }
}

/// The tests that need attention, failures first; the first one is open.
fn attention(summary: &Summary) -> Vec<Attention> {
    let of = |verdict: Verdict| summary.tests.iter().filter(move |test| test.verdict == verdict);
    let tests = [Verdict::Failed, Verdict::Error, Verdict::Warning]
        .into_iter()
        .flat_map(of);
    let view = |(i, test): (usize, &TestSummary)| {
        let (verdict, class) = word(test.verdict);
        let mut facts = vec![Fact::new(
            "Scenario",
            format!("{} ({})", test.title, obligation(test.obligation)),
        )];
        facts.extend(
            test.place
                .as_ref()
                .map(|place| Fact::new("Written at", place.to_string())),
        );
        facts.extend(
            test.reason
                .as_ref()
                .map(|reason| Fact::new("Reason", reason.clone())),
        );
        facts.extend(
            test.rerun
                .as_ref()
                .map(|rerun| Fact::code("Run it again", rerun.clone())),
        );
        Attention {
            id: test.id.to_string(),
            verdict,
            class,
            headline: headline(test),
            open: i == 0,
            facts,
            problems: test
                .problems
                .iter()
                .map(|problem| ProblemView::new(problem, Vec::new()))
                .collect(),
            omitted: test.problems_omitted,
        }
    };
    tests.enumerate().map(view).collect()
}

fn obligation(obligation: Obligation) -> &'static str {
    match obligation {
        Obligation::Must => "must",
        Obligation::Should => "should",
        Obligation::May => "may",
    }
}

fn obligations(summary: &Summary) -> Table {
    let verdicts = [
        (Verdict::Passed, "passed"),
        (Verdict::Warning, "warning"),
        (Verdict::Failed, "failed"),
        (Verdict::Error, "not judged"),
        (Verdict::NotApplicable, "not applicable"),
        (Verdict::NotRun, "not run"),
    ];
    let row = |it: Obligation| {
        let of = || summary.tests.iter().filter(move |test| test.obligation == it);
        let counts = verdicts
            .iter()
            .map(|(verdict, _)| of().filter(|test| test.verdict == *verdict).count());
        let cells = [obligation(it).to_owned(), of().count().to_string()];
        cells.into_iter().chain(counts.map(|n| n.to_string())).collect()
    };
    let head = ["obligation", "tests"]
        .into_iter()
        .chain(verdicts.map(|(_, name)| name));
    Table {
        caption: "Tests of each obligation by how they ended".to_owned(),
        head: head.map(str::to_owned).collect(),
        rows: [Obligation::Must, Obligation::Should, Obligation::May]
            .map(row)
            .to_vec(),
    }
}

fn scenarios(summary: &Summary) -> Vec<Scenario> {
    let mut scenarios: IndexMap<&str, Scenario> = IndexMap::new();
    for test in &summary.tests {
        let (verdict, class) = word(test.verdict);
        let scenario = scenarios.entry(&test.id.scenario).or_insert_with(|| Scenario {
            name: test.id.scenario.clone(),
            title: test.title.clone(),
            tests: Vec::new(),
        });
        let untold = matches!(test.verdict, Verdict::NotApplicable | Verdict::NotRun);
        scenario.tests.push(Row {
            id: test.id.to_string(),
            verdict,
            class,
            reason: test.reason.clone().filter(|_| untold).unwrap_or_default(),
            checks: test.checks.passed + test.checks.failed,
            requests: test.requests,
            time: duration(test.elapsed_us),
        });
    }
    scenarios.into_values().collect()
}

fn measured(summary: &Summary) -> Table {
    let clock = if summary.run.environment.mock {
        ", waiting on the mock's clock"
    } else {
        ""
    };
    let rows = summary.measures.iter().map(|it| {
        let times = [it.min_us, it.median_us, it.max_us].map(duration);
        [vec![it.name.clone(), it.count.to_string()], times.to_vec()].concat()
    });
    Table {
        caption: format!("What the scenarios measure{clock}"),
        head: ["", "values", "min", "median", "max"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn notes(summary: &Summary) -> Vec<String> {
    let note = |it: &crate::outcome::NoteGroup| {
        format!(
            "{}: {} ({}×, first in {})",
            note_kind(it.kind),
            it.text,
            it.count,
            it.test
        )
    };
    let more = (summary.notes_omitted > 0).then(|| format!("and {} more", summary.notes_omitted));
    summary.notes.iter().map(note).chain(more).collect()
}

fn surroundings(summary: &Summary) -> Vec<Fact> {
    let run = &summary.run;
    let mut facts = environment_facts(&run.environment, "");
    facts.extend([
        Fact::new("utlegg", run.tool_version.clone()),
        Fact::new("Seed", run.seed.to_string()),
        Fact::new("At a time", counted(run.jobs as u64, "test")),
    ]);
    facts.extend(summary.elapsed_us.map(|us| Fact::new("Time", duration(us))));
    if !run.guard_exceptions.is_empty() {
        facts.push(Fact::list(
            "Exceptions from the identity guard",
            run.guard_exceptions.clone(),
        ));
    }
    facts
}
