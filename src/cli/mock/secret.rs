//! Files that only their owner can read.

use std::path::Path;

use crate::cli::problem::Problem;

/// Writes one, also where it was there before and others could read it.
///
/// # Errors
/// A problem that names the file, when it cannot be written.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Problem> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|file| restrict(&file).map(|()| file))
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| Problem::invalid(format!("cannot write {}: {error}", path.display())))
}

#[cfg(unix)]
fn restrict(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

/// Elsewhere the folder's own protection has to do.
#[cfg(not(unix))]
fn restrict(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
