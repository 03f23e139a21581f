//! Working through what is new: list, show, accept, reject.

use std::path::{Path, PathBuf};

use super::content::Content;
use super::store::{Store, cannot};
use super::{difference, file};
use crate::source::{Diagnostic, SourceFile};

/// A `.snap.new` that waits for somebody to look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The snapshot it would become, below the root, with `/`: `v2/scenario/step.snap`.
    pub name: String,
    /// The file.
    pub new: PathBuf,
    /// What it becomes when it is accepted.
    pub target: PathBuf,
}

impl Store {
    /// Everything that waits, by name; nothing where the folder does not exist.
    ///
    /// # Errors
    /// A diagnostic when a folder cannot be read.
    pub fn pending(&self) -> Result<Vec<Pending>, Diagnostic> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(cannot("read", &folder, &error)),
            };
            for entry in entries {
                let entry = entry.map_err(|error| cannot("read", &folder, &error))?;
                // Links are not followed, so that the search ends.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(entry.path());
                } else if let Some(pending) = self.as_pending(entry.path()) {
                    found.push(pending);
                }
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    fn as_pending(&self, new: PathBuf) -> Option<Pending> {
        let name = new.file_name()?.to_str()?;
        let target = new.with_file_name(format!("{}.snap", name.strip_suffix(".snap.new")?));
        let below = target.strip_prefix(&self.root).ok()?;
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        Some(Pending {
            name: parts.join("/"),
            new,
            target,
        })
    }

    /// What would change: a unified diff from the snapshot, or from nothing, to the new one.
    ///
    /// # Errors
    /// A diagnostic when one of the two cannot be read.
    pub fn diff(&self, pending: &Pending) -> Result<String, Diagnostic> {
        let old = self.text(&pending.name, &pending.target)?;
        let old = old
            .map(|text| Content::parse(&text).to_text())
            .unwrap_or_default();
        let new = file::read(&pending.new)?.ok_or_else(|| gone(&pending.new))?;
        Ok(difference::unified(&old, &new))
    }

    /// Makes the new one the snapshot.
    ///
    /// # Errors
    /// A diagnostic when it cannot be read or the files not be changed.
    pub fn accept(&self, pending: &Pending) -> Result<(), Diagnostic> {
        file::read(&pending.new)?.ok_or_else(|| gone(&pending.new))?;
        let text = for_keeps(&SourceFile::read(&pending.new)?)?;
        std::fs::write(&pending.target, text).map_err(|error| cannot("write", &pending.target, &error))?;
        remove(&pending.new)
    }

    /// Throws the new one away.
    ///
    /// # Errors
    /// A diagnostic when the file cannot be removed.
    pub fn reject(&self, pending: &Pending) -> Result<(), Diagnostic> {
        remove(&pending.new)
    }
}

/// The text as it is kept: the line number that insta's macros put into a pending file is left out, as insta does.
fn for_keeps(file: &std::sync::Arc<SourceFile>) -> Result<String, Diagnostic> {
    let (header, content) = file::split(file)?;
    let header: String = header
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("assertion_line:"))
        .collect();
    Ok(format!("---\n{header}---\n{content}"))
}

fn remove(path: &Path) -> Result<(), Diagnostic> {
    std::fs::remove_file(path).map_err(|error| cannot("remove", path, &error))
}

fn gone(path: &Path) -> Diagnostic {
    Diagnostic::error(format!("{} is no longer there", path.display()))
        .help("list the pending snapshots again")
}
