//! A comparison for a pull request.

use super::cells::{NUMBERS, numbers, rules, sentences, verdict, word};
use crate::outcome::comparison::{ComparedRun, Comparison, Judgement};
use crate::report::markdown::escaped;

/// The verdict first, since a pull request shows the beginning; the numbers folded away.
pub fn markdown(comparison: &Comparison) -> String {
    let mut text = format!(
        "### utlegg compare: {}\n\n{}\n",
        verdict(comparison.verdict),
        capital(&escaped(&comparison.sentence))
    );
    let all = sentences(comparison).into_iter().map(escaped);
    let notes = comparison
        .notes
        .iter()
        .map(|note| format!("Note: {}", escaped(note)));
    let listed: Vec<String> = all
        .chain(notes)
        .map(|sentence| format!("- {sentence}\n"))
        .collect();
    if !listed.is_empty() {
        text.push('\n');
        text.push_str(&listed.concat());
    }
    text.push_str("\n<details><summary>The numbers</summary>\n\n");
    text.push_str(&format!("| row | | {} | |\n", NUMBERS.join(" | ")));
    text.push_str("|---|---|--:|--:|--:|--:|--:|---|\n");
    for finding in &comparison.findings {
        let judgement = word(finding.judgement);
        let judgement = match finding.judgement {
            Judgement::Regression => format!("**{judgement}**"),
            _ => judgement.to_owned(),
        };
        text.push_str(&format!(
            "| {} | {} | {} | {judgement} |\n",
            escaped(finding.subject.name()),
            finding.statistic,
            numbers(finding).join(" | ")
        ));
    }
    text.push_str(&format!(
        "\n{}\n\nPlan {}; base {}; head {}.\n\n</details>\n",
        rules(comparison),
        escaped(&comparison.plan),
        runs(&comparison.base),
        runs(&comparison.head)
    ));
    text
}

fn runs(runs: &[ComparedRun]) -> String {
    let run = |run: &ComparedRun| format!("{} against {}", escaped(&run.run_id), escaped(&run.environment));
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

fn capital(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
