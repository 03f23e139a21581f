//! Findings for people, with the lines they speak of.

use std::io::{self, Write};

use super::finding::{Finding, Judged, Kind, Report};
use crate::begjaering::Phase;
use crate::contract::{Certainty, Provenance};
use crate::source::{Diagnostic, Severity, render};

/// Width that notes are wrapped to.
const WIDTH: usize = 110;

/// Writes every finding, a line for each input, and what could not be judged.
pub(super) fn write(report: &Report, colour: bool, out: &mut impl Write) -> io::Result<()> {
    for file in &report.files {
        for finding in &file.findings {
            writeln!(out, "{}\n", render(&diagnostic(file, finding), colour))?;
        }
    }
    for file in &report.files {
        writeln!(out, "{}", verdict(report, file))?;
    }
    if report.files.iter().any(|file| !is_unread(file)) {
        unjudged(report, out)?;
    }
    Ok(())
}

fn diagnostic(file: &Judged, finding: &Finding) -> Diagnostic {
    let is_coded = matches!(finding.kind, Kind::Schema | Kind::Condition);
    let title = match finding.kind {
        Kind::Schema | Kind::Condition => format!("{}: {}", finding.code, finding.title),
        Kind::UnknownField => finding.title.clone(),
        Kind::Unreadable | Kind::NotJson | Kind::DuplicateKey => finding.message.clone(),
    };
    let mut diagnostic = match finding.kind.severity() {
        Severity::Error => Diagnostic::error(title),
        Severity::Warning => Diagnostic::warning(title),
        Severity::Note => Diagnostic::remark(title),
    };
    diagnostic.place.clone_from(&finding.place);
    diagnostic.related.clone_from(&finding.related);
    diagnostic.help.clone_from(&finding.help);
    if is_coded || finding.kind == Kind::UnknownField {
        diagnostic.label = Some(finding.message.clone());
    }
    if let Some(pointer) = finding.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
        diagnostic.notes.push(format!("at {pointer}"));
    }
    if finding.certainty == Some(Certainty::Inferred) {
        let note = "when this condition fires is inferred, not documented";
        diagnostic.notes.push(note.to_owned());
    }
    if let (Some(Provenance::Reconstructed), Some(rule)) = (finding.provenance, &finding.rule) {
        let note = format!("the rule is reconstructed, not published: {rule}");
        diagnostic.notes.push(note);
    }
    if finding.place.is_none() && file.name == "<stdin>" {
        diagnostic.notes.push("from standard input".to_owned());
    }
    diagnostic
}

fn is_unread(file: &Judged) -> bool {
    let unread = |finding: &Finding| matches!(finding.kind, Kind::Unreadable | Kind::NotJson);
    file.findings.iter().any(unread)
}

fn verdict(report: &Report, file: &Judged) -> String {
    let Judged { name, .. } = file;
    if is_unread(file) {
        return format!("{name}: could not be read as JSON");
    }
    let of = |kind: Kind| {
        file.findings
            .iter()
            .filter(|finding| finding.kind == kind)
            .count()
    };
    let counted = [
        counted(
            of(Kind::Schema),
            "violation of the schema",
            "violations of the schema",
        ),
        counted(of(Kind::Condition), "violated condition", "violated conditions"),
        counted(of(Kind::DuplicateKey), "key given twice", "keys given twice"),
        counted(of(Kind::UnknownField), "unknown field", "unknown fields"),
    ];
    let counted: Vec<String> = counted.into_iter().flatten().collect();
    let what = match report.phase {
        Phase::New => "new request",
        Phase::Change => "change",
    };
    let verdict = if file.is_valid() { "valid" } else { "not valid" };
    let mut line = format!("{name}: {verdict} as a {what} of model {}", report.model);
    if !counted.is_empty() {
        line.push_str(&format!(": {}", counted.join(", ")));
    }
    if of(Kind::Schema) > 0 && of(Kind::Condition) > 0 {
        line.push_str("\n  the service judges conditions only once the schema holds");
    }
    if let Some(model) = &file.fits_better {
        line.push_str(&format!("\n  it fits model {model} better: try --model {model}"));
    }
    line
}

fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
}

fn unjudged(report: &Report, out: &mut impl Write) -> io::Result<()> {
    for (partly, heading) in [
        (false, "not judged offline:"),
        (true, "judged by what the request itself says only:"),
    ] {
        let groups = || report.unjudged.iter().filter(|group| group.partly == partly);
        if groups().next().is_none() {
            continue;
        }
        writeln!(out, "\n{heading}")?;
        for group in groups() {
            writeln!(out, "  {}", group.reason)?;
            for line in wrapped(&group.codes) {
                writeln!(out, "    {line}")?;
            }
        }
    }
    Ok(())
}

fn wrapped(codes: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for code in codes {
        match lines.last_mut() {
            Some(line) if line.chars().count() + code.chars().count() + 6 <= WIDTH => {
                line.push_str(", ");
                line.push_str(code);
            }
            last => {
                if let Some(line) = last {
                    line.push(',');
                }
                lines.push(code.clone());
            }
        }
    }
    lines
}
