//! The files that the binary carries, so that it works in an empty folder; a file on disk wins over its embedded twin.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::scenario::{Disk, Files};
use crate::source::{Diagnostic, SourceFile};

static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");
static PLANS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/load");
static REQUESTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/requests");
static SNAPSHOTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/snapshots");

/// All bundled scenario files, sorted by name.
pub(super) fn scenarios() -> Vec<Arc<SourceFile>> {
    sorted("scenarios", &SCENARIOS)
}

/// All bundled load plans, sorted by name.
pub(super) fn plans() -> Vec<Arc<SourceFile>> {
    sorted("load", &PLANS)
}

fn sorted(name: &str, folder: &Dir<'_>) -> Vec<Arc<SourceFile>> {
    let mut files = Vec::new();
    collect(name, folder, &mut files);
    files.sort_by(|a, b| a.name().cmp(b.name()));
    files
}

fn collect(name: &str, folder: &Dir<'_>, files: &mut Vec<Arc<SourceFile>>) {
    for file in folder.files() {
        let is_yaml = file
            .path()
            .extension()
            .is_some_and(|extension| extension == "yaml");
        if let (true, Some(text)) = (is_yaml, file.contents_utf8()) {
            files.push(SourceFile::new(format!("{name}/{}", file.path().display()), text));
        }
    }
    folder.dirs().for_each(|folder| collect(name, folder, files));
}

/// The text of a bundled snapshot, by its path below `snapshots/`.
pub(super) fn snapshot(path: &Path) -> Option<&'static str> {
    SNAPSHOTS.get_file(path)?.contents_utf8()
}

/// Files on disk, and the bundled ones behind them.
pub(super) struct DiskAndEmbedded;

impl Files for DiskAndEmbedded {
    fn read(&self, path: &Path) -> Option<Result<Arc<SourceFile>, Diagnostic>> {
        Disk.read(path).or_else(|| {
            let text = std::str::from_utf8(embedded(path)?).ok()?;
            Some(Ok(SourceFile::new(path.display().to_string(), text)))
        })
    }

    fn read_bytes(&self, path: &Path) -> Option<Result<Arc<[u8]>, Diagnostic>> {
        Disk.read_bytes(path).or_else(|| Some(Ok(embedded(path)?.into())))
    }

    fn groups(&self) -> Vec<Arc<SourceFile>> {
        let mut files = scenarios();
        files.retain(|file| file.name().starts_with("scenarios/groups/"));
        files
    }
}

fn embedded(path: &Path) -> Option<&'static [u8]> {
    let path: PathBuf = path
        .components()
        .filter(|component| !matches!(component, Component::CurDir))
        .collect();
    let folders = [
        ("requests", &REQUESTS),
        ("scenarios", &SCENARIOS),
        ("load", &PLANS),
    ];
    let found = folders.iter().find_map(|(name, folder)| {
        let below = path.strip_prefix(name).ok()?;
        folder.get_file(below)
    });
    Some(found?.contents())
}
