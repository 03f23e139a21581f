//! The tables that say how the program is made: modules, exit codes, the mock's limits.

use utlegg::mock::Limits;
use utlegg::report::ExitCode;

use super::page::root;
use crate::architecture::table::TABLE;

/// Every module that exists, its sentence, and what it may name.
pub fn modules() -> String {
    let mut text = String::from("| Module | One sentence | May name |\n|---|---|---|\n");
    let rows = TABLE.iter().map(|(name, names)| (*name, names.join(", ")));
    for (name, names) in rows.chain([("cli", "all".to_owned())]) {
        if let Some(sentence) = sentence(name) {
            let names = if names.is_empty() { "–" } else { &names };
            text.push_str(&format!(
                "| `{name}` | {} | {names} |\n",
                sentence.replace('|', "\\|")
            ));
        }
    }
    text
}

/// Rows of the design's table that have no module yet.
pub fn later_modules() -> String {
    let later: Vec<String> = TABLE
        .iter()
        .filter(|(name, _)| sentence(name).is_none())
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    if later.is_empty() {
        return "All rows of the design's table have their module.".to_owned();
    }
    format!(
        "In the table of the design, and kept a place by the test, but not built yet: {}.",
        later.join(", ")
    )
}

/// The exit codes.
pub fn exit_codes() -> String {
    let codes = (0..=u8::MAX).filter_map(ExitCode::from_code);
    let rows = codes.map(|code| format!("| {} | {} |\n", code.code(), code.meaning()));
    format!("| Code | Meaning |\n|--:|---|\n{}", rows.collect::<String>())
}

/// The mock's bounds.
pub fn limits() -> String {
    let limits = Limits::default();
    let mebibytes = |bytes: usize| format!("{} MiB", bytes >> 20);
    let rows = [
        (
            "cases remembered; the oldest are forgotten first",
            limits.cases.to_string(),
        ),
        ("bytes of their requests remembered", mebibytes(limits.case_bytes)),
        (
            "attachments remembered (never their bytes)",
            limits.attachments.to_string(),
        ),
        ("scripts remembered", limits.scripts.to_string()),
        ("requests in the journal", limits.journal.to_string()),
        ("largest body taken", mebibytes(limits.body)),
        ("open connections at a time", limits.connections.to_string()),
        ("silence on a connection", format!("{} s", limits.idle.as_secs())),
        (
            "time for a body to arrive",
            format!("{} s", limits.body_arrival.as_secs()),
        ),
    ];
    let rows = rows.iter().map(|(what, bound)| format!("| {what} | {bound} |\n"));
    format!("| What | Bound |\n|---|--:|\n{}", rows.collect::<String>())
}

/// The first paragraph of a module's `//!`, if there is such a module.
fn sentence(name: &str) -> Option<String> {
    let text = std::fs::read_to_string(root().join(format!("src/{name}/mod.rs"))).ok()?;
    let paragraph = text.lines().map_while(|line| line.strip_prefix("//! "));
    Some(paragraph.collect::<Vec<_>>().join(" "))
}
