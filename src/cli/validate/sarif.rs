//! Findings as SARIF 2.1.0 (OASIS), for editors and code scanning. Messages are masked, as in the JSON form.

use std::io::{self, Write};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::finding::{Finding, Judged, Kind, Report};
use super::json::{level, region};
use crate::masking::mask;

/// What a relative reference of RFC 3986 must not carry as it is.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Writes one log with one run.
pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let rules = Rules::of(report);
    let results: Vec<Value> = report
        .files
        .iter()
        .flat_map(|file| file.findings.iter().map(|finding| rules.result(file, finding)))
        .collect();
    let unread = |finding: &Finding| matches!(finding.kind, Kind::Unreadable | Kind::NotJson);
    let read = !report.files.iter().flat_map(|file| &file.findings).any(unread);
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "utlegg",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.0.iter().map(|first| rule(first)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": read,
                "toolExecutionNotifications": notifications(report),
            }],
            "results": results,
            "properties": { "model": report.model, "phase": super::json::phase(report.phase) },
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// The first finding of each code; a rule's index is its place here.
struct Rules<'a>(Vec<&'a Finding>);

impl<'a> Rules<'a> {
    fn of(report: &'a Report) -> Self {
        let mut rules: Vec<&Finding> = Vec::new();
        for finding in report.files.iter().flat_map(|file| &file.findings) {
            if rules.iter().all(|rule| rule.code != finding.code) {
                rules.push(finding);
            }
        }
        Self(rules)
    }

    fn result(&self, file: &Judged, finding: &Finding) -> Value {
        let index = self.0.iter().position(|rule| rule.code == finding.code);
        let mut physical = json!({ "artifactLocation": { "uri": uri(&file.name) } });
        if let Some(place) = &finding.place {
            physical["region"] = region(place);
        }
        let mut location = json!({ "physicalLocation": physical });
        if let Some(pointer) = &finding.pointer {
            location["logicalLocations"] = json!([{ "fullyQualifiedName": pointer, "kind": "member" }]);
        }
        json!({
            "ruleId": finding.code,
            "ruleIndex": index,
            "level": level(finding.kind.severity()),
            "message": { "text": mask(&finding.message) },
            "locations": [location],
            "properties": { "kind": finding.kind, "certainty": finding.certainty, "provenance": finding.provenance },
        })
    }
}

fn rule(first: &Finding) -> Value {
    let trigger = first.trigger.as_deref().unwrap_or(&first.title);
    let help = match first.kind {
        Kind::Schema | Kind::Condition => format!("{trigger} `utlegg explain {}` says more.", first.code),
        Kind::UnknownField => {
            "The service passes over fields it does not know; check the spelling.".to_owned()
        }
        Kind::DuplicateKey => "Readers of JSON disagree on which value counts; remove one.".to_owned(),
        Kind::Unreadable | Kind::NotJson => "A request is one JSON object in UTF-8.".to_owned(),
    };
    json!({
        "id": first.code,
        "shortDescription": { "text": first.title },
        "fullDescription": { "text": trigger },
        "help": { "text": help },
        "defaultConfiguration": { "level": level(first.kind.severity()) },
    })
}

/// What could not be judged, as notifications of the run.
fn notifications(report: &Report) -> Vec<Value> {
    let text = |group: &super::unjudged::Unjudged| {
        let what = if group.partly {
            "judged in part"
        } else {
            "not judged"
        };
        format!("{what}: {}: {}", group.codes.join(", "), group.reason)
    };
    let groups = report.unjudged.iter();
    groups
        .map(|group| json!({ "level": "note", "message": { "text": text(group) } }))
        .collect()
}

fn uri(name: &str) -> String {
    let name = if name == "<stdin>" { "stdin" } else { name };
    utf8_percent_encode(&name.replace('\\', "/"), PATH).to_string()
}
