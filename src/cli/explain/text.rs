//! The explanation as text.

use super::provocation::Provocation;
use crate::begjaering::{self, Phase};
use crate::contract::{Certainty, CodeEntry, CodeKind, Knowledge};

/// Width of the column of names.
const NAMES: usize = 12;

/// Width that text is wrapped to.
const WIDTH: usize = 100;

/// Everything known of a code.
pub(super) fn explanation(entry: &CodeEntry, provocation: Option<&Provocation>, colour: bool) -> String {
    let code = if colour {
        format!("\u{1b}[1m{}\u{1b}[0m", entry.code)
    } else {
        entry.code.clone()
    };
    let mut text = format!("{code}: {}\n\n", entry.title);
    row(&mut text, "kind", kind(entry.kind));
    row(
        &mut text,
        "trigger",
        entry.trigger.as_deref().unwrap_or(&entry.title),
    );
    if let Some(condition) = begjaering::condition(&entry.code).filter(|_| entry.kind == CodeKind::Condition)
    {
        row(&mut text, "judged here", condition.doc);
        row(&mut text, "phases", phases(condition.phases));
    }
    row(&mut text, "certainty", certainty(entry.certainty));
    if let Some(pointer) = &entry.pointer {
        row(&mut text, "place", pointer);
    }
    if !entry.parameters.is_empty() {
        row(
            &mut text,
            "message",
            &format!("names {}", entry.parameters.join(", ")),
        );
    }
    row(&mut text, "needs", &needs(entry));
    let statuses: Vec<String> = entry.statuses.iter().map(u16::to_string).collect();
    row(&mut text, "status", &statuses.join(", "));
    row(&mut text, "operations", &entry.operations.join(", "));
    row(&mut text, "models", &entry.models.join(", "));
    row(&mut text, "listed in", &entry.place.to_string());
    text.push('\n');
    match provocation {
        Some(found) => provoked(&mut text, found),
        None => text.push_str("no bundled scenario provokes it\n"),
    }
    text
}

fn provoked(text: &mut String, found: &Provocation) {
    row(
        text,
        "provoked by",
        &format!("{} ({})", found.scenario, found.place),
    );
    row(text, "try it", &format!("utlegg run {}", found.scenario));
    if !found.set.is_empty() {
        text.push_str("\nwith these values in its request:\n");
        found
            .set
            .iter()
            .for_each(|line| text.push_str(&format!("  {line}\n")));
    }
    if !found.patch.is_empty() {
        text.push_str("\nby this patch on its request (RFC 6902):\n");
        let patch = found.patch.iter();
        patch.for_each(|operation| text.push_str(&format!("  {operation}\n")));
    }
}

fn kind(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Kb => "an error code of the service",
        CodeKind::Das => "an error code of the gateway in front of the service",
        CodeKind::Condition => "a condition (vilkår) on requests",
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Documented => "the trigger is documented",
        Certainty::Inferred => "the trigger is inferred; the documentation does not say it",
    }
}

fn phases(phases: &[Phase]) -> &'static str {
    match (phases.contains(&Phase::New), phases.contains(&Phase::Change)) {
        (true, true) => "new requests and changes",
        (true, false) => "new requests only",
        _ => "changes only",
    }
}

fn needs(entry: &CodeEntry) -> String {
    let words = |needs: &[Knowledge]| {
        needs
            .iter()
            .map(|knowledge| name(*knowledge))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (entry.kind, entry.needs.is_empty(), entry.partly_needs.is_empty()) {
        (CodeKind::Kb | CodeKind::Das, ..) => "the service itself".to_owned(),
        (_, true, true) => "the request alone, so `utlegg validate` judges it".to_owned(),
        (_, true, false) => format!(
            "the request; `utlegg validate` judges it without {}, which may reveal more",
            words(&entry.partly_needs)
        ),
        _ => words(&entry.needs),
    }
}

fn name(knowledge: Knowledge) -> &'static str {
    match knowledge {
        Knowledge::Token => "the token (`utlegg validate --authenticated`)",
        Knowledge::PreviousRequest => "the request that is replaced (`utlegg validate --previous`)",
        Knowledge::CaseState => "the state of the case",
        Knowledge::Submissions => "the requests sent in before",
        Knowledge::Attachments => "the attachments uploaded before",
        Knowledge::PartyRegister => "the party register",
    }
}

/// A name and its text, wrapped beside it.
fn row(text: &mut String, name: &str, value: &str) {
    let mut line = format!("{name:NAMES$}");
    let mut used = false;
    for word in value.split_whitespace() {
        if used && line.chars().count() + word.chars().count() + 1 > WIDTH {
            text.push_str(line.trim_end());
            text.push('\n');
            line = " ".repeat(NAMES);
        }
        line.push(' ');
        line.push_str(word);
        used = true;
    }
    text.push_str(line.trim_end());
    text.push('\n');
}
