//! The folder of snapshots: compares answers with what is stored, writes what is new.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json_path::JsonPath;

use super::content::Content;
use super::redaction::Redaction;
use super::{Metadata, SnapshotKey, SnapshotResult, difference, file};
use crate::http::Body;
use crate::source::Diagnostic;

/// Whether anything may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nothing is ever written: CI.
    Check,
    /// A missing snapshot and a difference write a `.snap.new` beside, for review.
    WriteNew,
}

/// Gives the text of a snapshot that is not on disk, by its path below the root (`v2/scenario/step.snap`).
type Fallback = dyn Fn(&str) -> Option<Cow<'static, str>> + Send + Sync;

/// A folder of snapshots. Tests that write different files may do so at the same time.
pub struct Store {
    pub(super) root: PathBuf,
    mode: Mode,
    fallback: Option<Box<Fallback>>,
    pub(super) redaction: Redaction,
    parsed: Mutex<HashMap<String, Arc<Content>>>,
}

/// An answer to compare with its snapshot.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// Which snapshot.
    pub key: &'a SnapshotKey,
    /// What stands above a new one.
    pub metadata: &'a Metadata,
    /// The answer's status.
    pub status: u16,
    /// The answer's body.
    pub body: &'a Body,
    /// RFC 6901 pointers of fields that the contract does not know: taken out before comparing.
    pub unknown_fields: &'a [String],
    /// Further paths to redact.
    pub redact: &'a [&'a JsonPath],
}

impl Store {
    /// The snapshots below `root`, which need not exist.
    pub fn new(root: impl Into<PathBuf>, mode: Mode) -> Self {
        Self {
            root: root.into(),
            mode,
            fallback: None,
            redaction: Redaction::new(),
            parsed: Mutex::default(),
        }
    }

    /// Adds snapshots that come into play where the folder has none: the embedded ones.
    #[must_use]
    pub fn with_fallback(
        mut self,
        fallback: impl Fn(&str) -> Option<Cow<'static, str>> + Send + Sync + 'static,
    ) -> Self {
        self.fallback = Some(Box::new(fallback));
        self
    }

    /// Compares an answer with its snapshot, by structure and after redaction.
    ///
    /// # Errors
    /// A diagnostic when the snapshot cannot be read, or a new one not be written: the answer cannot be judged then.
    pub fn compare(&self, answer: &Comparison) -> Result<SnapshotResult, Diagnostic> {
        let mut content = Content::of(answer.status, answer.body);
        content.remove(answer.unknown_fields);
        self.redaction.apply(&mut content, answer.redact);
        let path = answer.key.path_below(&self.root);
        let Some(stored) = self.stored(answer.key, &path)? else {
            let written = self.write_new(&path, answer.metadata, &content)?;
            return Ok(SnapshotResult::Missing { written });
        };
        let mut stored = Cow::Borrowed(stored.as_ref());
        if !answer.redact.is_empty() {
            self.redaction.apply(stored.to_mut(), answer.redact);
        }
        if *stored == content {
            self.forget_new(&path);
            return Ok(SnapshotResult::Matches);
        }
        let diff = difference::unified(&stored.to_text(), &content.to_text());
        let written = self.write_new(&path, answer.metadata, &content)?;
        Ok(SnapshotResult::Differs { diff, written })
    }

    /// The stored content, redacted, parsed once.
    fn stored(&self, key: &SnapshotKey, path: &Path) -> Result<Option<Arc<Content>>, Diagnostic> {
        let name = key.relative_path();
        let parsed = || self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(content) = parsed().get(&name) {
            return Ok(Some(Arc::clone(content)));
        }
        let Some(text) = self.text(&name, path)? else {
            return Ok(None);
        };
        let mut content = Content::parse(&text);
        self.redaction.apply(&mut content, &[]);
        let content = Arc::new(content);
        parsed().insert(name, Arc::clone(&content));
        Ok(Some(content))
    }

    /// The content of the file, or of the embedded one.
    pub(super) fn text(&self, name: &str, path: &Path) -> Result<Option<String>, Diagnostic> {
        if let Some(text) = file::read(path)? {
            return Ok(Some(text));
        }
        let embedded = self.fallback.as_ref().and_then(|fallback| fallback(name));
        embedded.map(|text| file::parse(name, &text)).transpose()
    }

    fn write_new(
        &self,
        path: &Path,
        metadata: &Metadata,
        content: &Content,
    ) -> Result<Option<PathBuf>, Diagnostic> {
        if self.mode == Mode::Check {
            return Ok(None);
        }
        let new = path.with_extension("snap.new");
        let text = file::render(metadata, &content.to_text());
        let folder = path.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&new, text))
            .map_err(|error| cannot("write", &new, &error))?;
        Ok(Some(new))
    }

    /// An answer that is as stored again leaves nothing to review. Whether there was something does not matter.
    fn forget_new(&self, path: &Path) {
        if self.mode == Mode::WriteNew {
            let _ = std::fs::remove_file(path.with_extension("snap.new"));
        }
    }
}

pub(super) fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot {what} {}: {error}", path.display()))
        .help("see whether the folder and its rights are as they should be")
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("root", &self.root)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}
