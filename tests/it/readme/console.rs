//! The console blocks of a page, typed in one folder after the other, as a reader would.

use std::path::Path;
use std::process::Command;

use super::page::Fence;

/// What a reader types for `utlegg` from a checkout.
const FROM_SOURCE: &str = "cargo run --release -- ";

/// One command of a block with the output shown below it.
struct Typed<'a> {
    arguments: &'a str,
    /// The file that what it prints goes to (`> file`).
    into: Option<&'a str>,
    shown: Vec<&'a str>,
}

/// Runs the commands of a block; what is wrong with them. Each must end with 0, or with the code that the note `exit` states. The note `with`
/// adds arguments that narrow what would take long; what is shown holds with and without them.
pub fn run(folder: &Path, fence: &Fence<'_>) -> Vec<String> {
    let expected = fence.note("exit").map_or(0, |code| code.parse::<i32>().unwrap());
    let mut problems = Vec::new();
    for typed in commands(&fence.text) {
        let output = Command::new(env!("CARGO_BIN_EXE_utlegg"))
            .args(typed.arguments.split_whitespace())
            .args(fence.note("with").unwrap_or_default().split_whitespace())
            .current_dir(folder)
            .env_remove("CI")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "110")
            .output()
            .unwrap();
        if let Some(file) = typed.into {
            std::fs::write(folder.join(file), &output.stdout).unwrap();
        }
        let printed = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let at = format!("line {}: utlegg {}", fence.line, typed.arguments);
        if output.status.code() != Some(expected) {
            problems.push(format!(
                "{at} ended with {}, not {expected}:\n{printed}",
                output.status
            ));
        }
        let lines: Vec<String> = printed.lines().map(normal).collect();
        let missing = typed.shown.iter().filter(|line| !lines.contains(&normal(line)));
        for line in missing.filter(|line| !line.trim().is_empty() && line.trim() != "…") {
            problems.push(format!("{at} does not print:\n{line}\nbut:\n{printed}"));
        }
    }
    problems
}

fn commands(text: &str) -> Vec<Typed<'_>> {
    let mut commands: Vec<Typed<'_>> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => {
                let arguments = command
                    .strip_prefix("utlegg ")
                    .or_else(|| command.strip_prefix(FROM_SOURCE));
                let arguments = arguments
                    .unwrap_or_else(|| panic!("a console block may only call utlegg, not: {command}"));
                let (arguments, into) = match arguments.split_once(" > ") {
                    Some((arguments, file)) => (arguments, Some(file)),
                    None => (arguments, None),
                };
                commands.push(Typed {
                    arguments,
                    into,
                    shown: Vec::new(),
                });
            }
            (None, Some(command)) => command.shown.push(line),
            (None, None) => panic!("a console block begins with a command, not: {line}"),
        }
    }
    commands
}

/// A line without what differs from run to run: numbers, times, hexadecimal ids, the widths of columns.
fn normal(line: &str) -> String {
    let volatile = regex::Regex::new(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{8}T\d{6}Z-[0-9a-f]{4}|\d[\d.]*( (ms|µs|s|m)\b)?",
    )
    .unwrap();
    let line = volatile.replace_all(line, "#");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
