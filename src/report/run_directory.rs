//! The folder of one run, and how a run is found again.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

/// The journal's name within a run's folder.
const JOURNAL: &str = "run.jsonl";
/// The result's name within the folder of a load run: a folder that was handed on may hold nothing else.
const LOAD: &str = "load.json";
/// What leads to the newest run: a symbolic link, or where that is impossible a file holding the run's id.
const LATEST: &str = "latest";
/// How many runs may begin in the same second with the same seed.
const ATTEMPTS: u16 = 1000;

/// Why there is no folder for a run, or no such run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunDirectoryError {
    /// The folder or a file in it could not be made.
    #[error(
        "cannot write reports to {path}: {source}; make the folder writable, or name another one with `--reports`"
    )]
    Unwritable {
        /// What could not be made.
        path: String,
        /// The cause.
        source: io::Error,
    },
    /// A file is where the folder should be.
    #[error(
        "cannot write reports to {path}: that is a file; name a folder with `--reports`, or move the file"
    )]
    NotAFolder {
        /// The file.
        path: String,
    },
    /// No run has this name.
    #[error(
        "there is no run `{run}`: neither a folder nor a journal of that name, nor a run in {root}{known}"
    )]
    NotFound {
        /// What was asked for.
        run: String,
        /// Where runs are kept.
        root: String,
        /// The newest runs there are, as the end of the sentence.
        known: String,
    },
}

/// The folder of one run: `reports/<run-id>/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunDirectory {
    root: PathBuf,
    id: String,
}

impl RunDirectory {
    /// Makes the folder for a run that begins `now`, with the journal in it, and points `latest` at it.
    ///
    /// The id is the time and four digits from the seed, `20261123T215500Z-3f9a`; where that is taken, the next free ones.
    /// Called before anything runs, so that an unwritable folder costs nobody a run.
    ///
    /// # Errors
    /// [`RunDirectoryError::Unwritable`], [`RunDirectoryError::NotAFolder`].
    pub fn create(root: &Path, now: Timestamp, seed: u64) -> Result<(Self, File), RunDirectoryError> {
        let unwritable = |path: &Path| {
            let path = path.display().to_string();
            move |source| RunDirectoryError::Unwritable { path, source }
        };
        if root.is_file() {
            let path = root.display().to_string();
            return Err(RunDirectoryError::NotAFolder { path });
        }
        fs::create_dir_all(root).map_err(unwritable(root))?;
        for attempt in 0..ATTEMPTS {
            let directory = Self {
                root: root.to_owned(),
                id: run_id(now, seed, attempt),
            };
            match fs::create_dir(directory.path()) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(unwritable(&directory.path())(error)),
                Ok(()) => {
                    let journal = directory.journal();
                    let file = File::create_new(&journal).map_err(unwritable(&journal))?;
                    directory.point_latest().map_err(unwritable(&root.join(LATEST)))?;
                    return Ok((directory, file));
                }
            }
        }
        Err(unwritable(root)(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "no free run id",
        )))
    }

    /// The run's id, which is its folder's name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The folder.
    pub fn path(&self) -> PathBuf {
        self.root.join(&self.id)
    }

    /// The journal.
    pub fn journal(&self) -> PathBuf {
        self.path().join(JOURNAL)
    }

    /// Points `latest` at this run; replaced in one step, so that it never points nowhere.
    fn point_latest(&self) -> io::Result<()> {
        let latest = self.root.join(LATEST);
        let new = self.root.join(format!(".{LATEST}-{}", self.id));
        if link(&self.id, &new).is_err() {
            fs::write(&new, format!("{}\n", self.id))?;
        }
        fs::rename(&new, &latest).inspect_err(|_| drop(fs::remove_file(&new)))
    }
}

#[cfg(unix)]
fn link(to: &str, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_: &str, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The time to the second and four hexadecimal digits that the seed decides.
fn run_id(now: Timestamp, seed: u64, attempt: u16) -> String {
    let folded = seed ^ (seed >> 32);
    let digits = u16::try_from((folded ^ (folded >> 16)) & 0xffff)
        .unwrap_or_default()
        .wrapping_add(attempt);
    format!("{}-{digits:04x}", now.strftime("%Y%m%dT%H%M%SZ"))
}

/// The journal of `run`: a run's folder, a journal, the id of a run in `root`, or `latest`; of a load run without a
/// journal its `load.json`.
///
/// # Errors
/// [`RunDirectoryError::NotFound`], with the newest runs in `root`.
pub fn find_run(root: &Path, run: &str) -> Result<PathBuf, RunDirectoryError> {
    let journal_in = |path: PathBuf| {
        let files = if path.is_dir() {
            vec![path.join(JOURNAL), path.join(LOAD)]
        } else {
            vec![path]
        };
        files.into_iter().find(|file| file.is_file())
    };
    let in_folder = |file: &PathBuf| file.ends_with(JOURNAL) || file.ends_with(LOAD);
    let by_id = |id: &str| journal_in(root.join(id)).filter(in_folder);
    let named_by_file = || by_id(fs::read_to_string(root.join(run)).ok()?.trim());
    // `latest` first means the run, not a file of that name in the current folder.
    let found = if run == LATEST {
        let linked = fs::read_link(root.join(LATEST)).ok();
        linked
            .and_then(|id| by_id(id.to_str()?))
            .or_else(|| by_id(LATEST))
            .or_else(named_by_file)
    } else {
        None
    };
    found
        .or_else(|| journal_in(PathBuf::from(run)))
        .or_else(|| by_id(run))
        .ok_or_else(|| RunDirectoryError::NotFound {
            run: run.to_owned(),
            root: root.display().to_string(),
            known: newest(root),
        })
}

/// The newest runs in `root`, as the end of a sentence.
fn newest(root: &Path) -> String {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let mut ids: Vec<String> = entries
        .filter(|entry| entry.path().join(JOURNAL).is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != LATEST)
        .collect();
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.truncate(3);
    if ids.is_empty() {
        ", which holds none".to_owned()
    } else {
        format!("; the newest there: {}", ids.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T21:55:00.5Z".parse().unwrap()
    }

    #[test]
    fn two_runs_of_one_second_and_seed_do_not_share_a_folder() {
        let root = tempfile::tempdir().unwrap();
        let (first, _) = RunDirectory::create(root.path(), now(), 42).unwrap();
        let (second, _) = RunDirectory::create(root.path(), now(), 42).unwrap();
        assert_eq!(first.id(), "20261123T215500Z-002a");
        assert_eq!(second.id(), "20261123T215500Z-002b");
        assert!(first.journal().is_file() && second.journal().is_file());
        assert_eq!(run_id(now(), u64::MAX, 0), "20261123T215500Z-0000");
        assert_eq!(run_id(now(), 0xffff, 1), "20261123T215500Z-0000");
    }

    #[test]
    fn runs_are_found_by_folder_journal_id_and_latest() {
        let root = tempfile::tempdir().unwrap();
        let (first, _) = RunDirectory::create(root.path(), now(), 1).unwrap();
        let (second, _) = RunDirectory::create(root.path(), now(), 2).unwrap();
        for name in [first.path(), first.journal(), PathBuf::from(first.id())] {
            let found = find_run(root.path(), name.to_str().unwrap()).unwrap();
            assert_eq!(found, first.journal());
        }
        let latest = find_run(root.path(), "latest").unwrap();
        assert_eq!(
            latest.canonicalize().unwrap(),
            second.journal().canonicalize().unwrap()
        );
    }

    #[test]
    fn latest_may_be_a_file_that_names_the_run() {
        let root = tempfile::tempdir().unwrap();
        let (run, _) = RunDirectory::create(root.path(), now(), 1).unwrap();
        fs::remove_file(root.path().join(LATEST)).unwrap();
        fs::write(root.path().join(LATEST), format!("{}\n", run.id())).unwrap();
        assert_eq!(find_run(root.path(), "latest").unwrap(), run.journal());
    }

    #[test]
    fn an_unknown_run_is_answered_with_the_known_ones() {
        let root = tempfile::tempdir().unwrap();
        let error = find_run(root.path(), "nope").unwrap_err().to_string();
        assert!(
            error.contains("no run `nope`") && error.ends_with("which holds none"),
            "{error}"
        );
        RunDirectory::create(root.path(), now(), 1).unwrap();
        let error = find_run(root.path(), "nope").unwrap_err().to_string();
        assert!(
            error.ends_with("the newest there: 20261123T215500Z-0001"),
            "{error}"
        );
    }

    #[test]
    fn a_root_that_cannot_be_written_is_an_error_that_names_it() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("reports");
        fs::write(&file, "not a folder").unwrap();
        let error = RunDirectory::create(&file, now(), 1).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("cannot write reports to {}: ", file.display())),
            "{error}"
        );
    }
}
