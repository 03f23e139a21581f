//! Where files come from: the disk, or what is embedded in the binary.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::source::{Diagnostic, SourceFile};

/// The largest file that is sent as a part of a body, in bytes.
const MAX_ATTACHMENT: u64 = 64 << 20;

/// The most files one directory may hold, so that a slip such as `/` ends soon.
const MAX_FILES: usize = 10_000;

/// The deepest folder that is looked into.
const MAX_DEPTH: usize = 16;

/// Reads the files that scenarios name.
pub trait Files: Send + Sync {
    /// The text of a file; `None` when there is none.
    fn read(&self, path: &Path) -> Option<Result<Arc<SourceFile>, Diagnostic>>;

    /// The bytes of a file; `None` when there is none.
    fn read_bytes(&self, path: &Path) -> Option<Result<Arc<[u8]>, Diagnostic>>;

    /// Files of step groups that every scenario may use, besides those in the files loaded.
    fn groups(&self) -> Vec<Arc<SourceFile>> {
        Vec::new()
    }
}

/// Files on disk and nothing else.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> Option<Result<Arc<SourceFile>, Diagnostic>> {
        path.is_file().then(|| SourceFile::read(path))
    }

    fn read_bytes(&self, path: &Path) -> Option<Result<Arc<[u8]>, Diagnostic>> {
        let size = path.metadata().ok().filter(std::fs::Metadata::is_file)?.len();
        let shown = path.display();
        if size > MAX_ATTACHMENT {
            let message = format!("{shown} has {size} bytes; files above {MAX_ATTACHMENT} are not sent");
            return Some(Err(Diagnostic::error(message)));
        }
        let read = std::fs::read(path).map(Arc::from);
        Some(read.map_err(|error| Diagnostic::error(format!("cannot read {shown}: {error}"))))
    }
}

/// The places where a file named in `by` may be: each folder above `by`, nearest first, then the name by itself.
pub(super) fn candidates(by: &SourceFile, name: &str) -> Vec<PathBuf> {
    let name = Path::new(name);
    if name.is_absolute() {
        return vec![name.to_owned()];
    }
    let file = Path::new(by.name());
    let folder = file.parent().unwrap_or(Path::new(""));
    let climbs = folder
        .components()
        .any(|part| matches!(part, Component::ParentDir | Component::CurDir));
    let mut found: Vec<PathBuf> = if climbs {
        vec![folder.join(name)]
    } else {
        folder.ancestors().map(|above| above.join(name)).collect()
    };
    if let Ok(start) = std::path::absolute(folder) {
        let above = start.canonicalize().unwrap_or(start);
        found.extend(above.ancestors().map(|above| above.join(name)));
    }
    found.push(name.to_owned());
    found
}

/// The file called `name` in `by`: in its folder, in one above it, or where `files` has it otherwise.
pub fn find(files: &dyn Files, by: &SourceFile, name: &str) -> Option<Result<Arc<SourceFile>, Diagnostic>> {
    candidates(by, name).iter().find_map(|path| files.read(path))
}

/// The files that a user's paths mean: files as given, folders with all `*.yaml` and `*.yml` in them, sorted.
///
/// # Errors
/// A diagnostic for each path that does not exist, cannot be read, or is a folder without such files.
pub fn discover(paths: &[PathBuf]) -> Result<Vec<Arc<SourceFile>>, crate::source::Diagnostics> {
    let mut problems = crate::source::Diagnostics::default();
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut inside = Vec::new();
            if let Err(problem) = list(path, 0, &mut inside) {
                problems.push(problem);
            } else if inside.is_empty() {
                problems.push(
                    Diagnostic::error(format!("{} holds no scenario", path.display()))
                        .help("scenarios are files that end in .yaml or .yml"),
                );
            }
            inside.sort();
            found.append(&mut inside);
        } else {
            found.push(path.clone());
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|path| seen.insert(path.clone()));
    let mut files = Vec::new();
    for path in found {
        match SourceFile::read(&path) {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(problem.help("name a scenario file, or a folder with some")),
        }
    }
    if problems.has_errors() {
        Err(problems)
    } else {
        Ok(files)
    }
}

fn list(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Diagnostic> {
    let fail =
        |error: std::io::Error| Diagnostic::error(format!("cannot read {}: {error}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let kind = entry.file_type().map_err(fail)?;
        if kind.is_dir() && !hidden && depth < MAX_DEPTH {
            list(&path, depth + 1, found)?;
        } else if !kind.is_dir()
            && !hidden
            && path.extension().is_some_and(|end| end == "yaml" || end == "yml")
        {
            found.push(path);
        }
        if found.len() > MAX_FILES {
            return Err(Diagnostic::error(format!(
                "{} holds more than {MAX_FILES} YAML files",
                folder.display()
            )));
        }
    }
    Ok(())
}
