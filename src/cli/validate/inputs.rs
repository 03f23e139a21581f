//! From what was typed to texts: files, folders, standard input.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Input;
use crate::cli::problem::Problem;
use crate::report::ExitCode;
use crate::source::{Diagnostic, SourceFile, parse_json};

/// The largest request that is read, in bytes: far above ten thousand claims.
const MAX_BYTES: u64 = 64 << 20;

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads everything named, folders in the order of their names; what cannot be read is kept with the reason.
///
/// # Errors
/// A usage problem when a folder holds no JSON file, or standard input is named twice.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<Input>, Problem> {
    let usage = |message: String| Problem::new(ExitCode::Usage, message);
    if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(usage("standard input can be read once only".to_owned()));
    }
    let mut inputs = Vec::new();
    for path in paths {
        if is_standard_input(path) {
            inputs.push(standard_input());
        } else if path.is_dir() {
            let mut files = Vec::new();
            let unreadable = |error| usage(format!("cannot read the folder {}: {error}", path.display()));
            collect(path, &mut files).map_err(unreadable)?;
            if files.is_empty() {
                return Err(usage(format!("{} holds no .json file", path.display())));
            }
            inputs.extend(files.iter().map(|file| file_at(file)));
        } else {
            inputs.push(file_at(path));
        }
    }
    Ok(inputs)
}

/// The request that a change replaces.
///
/// # Errors
/// When it cannot be read or is not JSON.
pub(super) fn previous(path: &Path) -> Result<serde_json::Value, Problem> {
    let file = SourceFile::read_up_to(path, MAX_BYTES)?;
    Ok(parse_json(&file)?.root.to_json())
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

fn file_at(path: &Path) -> Input {
    SourceFile::read_up_to(path, MAX_BYTES).map_err(|problem| (path.display().to_string(), problem))
}

fn standard_input() -> Input {
    let name = "<stdin>";
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
    let fail = |problem| (name.to_owned(), problem);
    match read {
        Err(error) => Err(fail(Diagnostic::error(format!(
            "cannot read standard input: {error}"
        )))),
        Ok(_) if bytes.len() as u64 > MAX_BYTES => Err(fail(Diagnostic::error(format!(
            "standard input has more than {MAX_BYTES} bytes"
        )))),
        Ok(_) => SourceFile::of_bytes(name, bytes).map_err(fail),
    }
}

/// Every `.json` file below `folder`; links to folders are not followed, so that the search ends.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        {
            files.push(path);
        }
    }
    Ok(())
}
