//! `utlegg snapshots`: works through new and changed snapshots without a Cargo project.

use std::io::{self, IsTerminal, Write};

use console::{Key, Term};

use super::arguments::{SnapshotAction, Snapshots};
use super::colour::Colour;
use super::printing::unless_closed;
use super::problem::Problem;
use crate::report::ExitCode;
use crate::snapshot::{Mode, Pending, Store};

/// Lists, shows, accepts or rejects.
pub(super) fn main(arguments: &Snapshots, colour: Colour) -> Result<ExitCode, Problem> {
    let store = Store::new(arguments.snapshots.clone(), Mode::Check)
        .with_fallback(|path| super::embedded::snapshot(path.as_ref()).map(Into::into));
    let pending = store.pending()?;
    let mut out = io::stdout().lock();
    if pending.is_empty() {
        say(&mut out, "no snapshot is pending")?;
        return Ok(ExitCode::Conforms);
    }
    match &arguments.action {
        SnapshotAction::List => list(&mut out, &pending)?,
        SnapshotAction::Review => review(&mut out, &store, &pending, colour)?,
        SnapshotAction::Accept { part } => {
            for pending in matching(&pending, part.as_deref())? {
                store.accept(pending)?;
                say(&mut out, &format!("accepted {}", pending.name))?;
            }
        }
        SnapshotAction::Reject { part } => {
            for pending in matching(&pending, part.as_deref())? {
                store.reject(pending)?;
                say(&mut out, &format!("rejected {}", pending.name))?;
            }
        }
    }
    Ok(ExitCode::Conforms)
}

fn list(out: &mut impl Write, pending: &[Pending]) -> Result<(), Problem> {
    for pending in pending {
        let kind = if pending.target.exists() { "changed" } else { "new" };
        say(out, &format!("{kind:8} {}", pending.name))?;
    }
    Ok(())
}

fn matching<'a>(pending: &'a [Pending], part: Option<&str>) -> Result<Vec<&'a Pending>, Problem> {
    let part = part.unwrap_or_default();
    let found: Vec<&Pending> = pending
        .iter()
        .filter(|pending| pending.name.contains(part))
        .collect();
    if found.is_empty() {
        let message =
            format!("no pending snapshot has `{part}` in its path; `utlegg snapshots list` names them");
        return Err(Problem::new(ExitCode::Usage, message));
    }
    Ok(found)
}

/// Shows each difference and takes one key: accept, reject, skip, quit.
fn review(out: &mut impl Write, store: &Store, pending: &[Pending], colour: Colour) -> Result<(), Problem> {
    let terminal = Term::stdout();
    let asks = io::stdin().is_terminal() && terminal.is_term();
    for (number, pending) in pending.iter().enumerate() {
        say(
            out,
            &format!(
                "\n[{}/{}] {}",
                number + 1,
                store.pending()?.len().max(number + 1),
                pending.name
            ),
        )?;
        say(out, &painted(&store.diff(pending)?, colour.stdout))?;
        if !asks {
            continue;
        }
        say(out, "(a)ccept  (r)eject  (s)kip  (q)uit")?;
        match key(&terminal)? {
            'a' => store.accept(pending)?,
            'r' => store.reject(pending)?,
            'q' => return Ok(()),
            _ => {}
        }
    }
    if !asks {
        say(
            out,
            "this is no terminal, so nothing was asked: use `utlegg snapshots accept` or `reject`",
        )?;
    }
    Ok(())
}

/// The next key that means something; an interruption means to quit.
fn key(terminal: &Term) -> Result<char, Problem> {
    loop {
        match terminal.read_key() {
            Ok(Key::Char(c @ ('a' | 'r' | 's' | 'q'))) => return Ok(c),
            Ok(Key::Escape | Key::CtrlC) => return Ok('q'),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok('q'),
            Err(error) => return Err(Problem::invalid(format!("cannot read the keyboard: {error}"))),
        }
    }
}

fn painted(diff: &str, colour: bool) -> String {
    if !colour {
        return diff.to_owned();
    }
    let lines = diff.lines().map(|line| match line.as_bytes().first() {
        Some(b'+') => format!("\u{1b}[32m{line}\u{1b}[0m"),
        Some(b'-') => format!("\u{1b}[31m{line}\u{1b}[0m"),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn say(out: &mut impl Write, line: &str) -> Result<(), Problem> {
    unless_closed(writeln!(out, "{line}"))
}
