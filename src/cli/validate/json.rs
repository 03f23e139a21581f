//! Findings as one JSON object. Messages are masked: such files end up in logs of others.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::finding::{Finding, Judged, Report};
use crate::begjaering::Phase;
use crate::masking::mask;
use crate::source::{Place, Severity};

/// Raised when a reader of the old form would be misled.
const SCHEMA_VERSION: u32 = 1;

/// Writes the object, indented.
pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let object = json!({
        "schema_version": SCHEMA_VERSION,
        "tool_version": env!("CARGO_PKG_VERSION"),
        "model": report.model,
        "phase": phase(report.phase),
        "files": report.files.iter().map(file).collect::<Vec<_>>(),
        "not_judged": report.unjudged,
    });
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

/// How the phase is written.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::New => "new",
        Phase::Change => "change",
    }
}

/// How a severity is written, in SARIF's words.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn file(judged: &Judged) -> Value {
    json!({
        "file": judged.name,
        "valid": judged.is_valid(),
        "fits_better": judged.fits_better,
        "findings": judged.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    let parameters = finding.parameters.iter();
    let parameters: Map<String, Value> = parameters
        .map(|(name, value)| ((*name).to_owned(), mask(value).into()))
        .collect();
    json!({
        "kind": finding.kind,
        "level": level(finding.kind.severity()),
        "code": finding.code,
        "title": finding.title,
        "message": mask(&finding.message),
        "trigger": finding.trigger,
        "pointer": finding.pointer,
        "region": finding.place.as_ref().map(region),
        "certainty": finding.certainty,
        "provenance": finding.provenance,
        "rule": finding.rule,
        "parameters": parameters,
        "help": finding.help,
    })
}

/// Lines and columns from 1, columns in characters; the end is one past the last character.
pub(super) fn region(place: &Place) -> Value {
    let (start_line, start_column) = place.file.line_and_column(place.span.start);
    let (end_line, end_column) = place.file.line_and_column(place.span.end);
    json!({
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
    })
}
