//! One file's text, with the table that turns byte offsets into lines and columns.

use std::path::Path;
use std::sync::Arc;

use super::{Diagnostic, MAX_BYTES};

/// A text the user wrote, kept whole so that any diagnostic can quote it.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// Takes the name as the user would type it (a relative path, or `<stdin>`) and the text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Arc::new(Self {
            name: name.into(),
            text,
            line_starts,
        })
    }

    /// Reads a file that a user named.
    ///
    /// # Errors
    /// A diagnostic when the file cannot be read, is larger than [`MAX_BYTES`] or is not UTF-8.
    pub fn read(path: &Path) -> Result<Arc<Self>, Diagnostic> {
        Self::read_up_to(path, MAX_BYTES)
    }

    /// The same with a limit of one's own, in bytes.
    ///
    /// # Errors
    /// As [`SourceFile::read`].
    pub fn read_up_to(path: &Path, limit: u64) -> Result<Arc<Self>, Diagnostic> {
        let shown = path.display();
        let fail = |error: std::io::Error| Diagnostic::error(format!("cannot read {shown}: {error}"));
        let size = std::fs::metadata(path).map_err(fail)?.len();
        if size > limit {
            return Err(Diagnostic::error(format!(
                "{shown} has {size} bytes; files above {limit} are not read"
            )));
        }
        let bytes = std::fs::read(path).map_err(fail)?;
        Self::of_bytes(shown.to_string(), bytes)
    }

    /// Takes bytes that were read elsewhere.
    ///
    /// # Errors
    /// A diagnostic when they are not UTF-8.
    pub fn of_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Arc<Self>, Diagnostic> {
        let shown = name.into();
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(shown, text)),
            Err(error) => Err(Diagnostic::error(format!(
                "{shown} is not UTF-8: byte {} begins no character",
                error.utf8_error().valid_up_to()
            ))
            .help("save the file as UTF-8")),
        }
    }

    /// The name as the user would type it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column, both from 1, the column counted in characters; an offset past the end is the end.
    pub fn line_and_column(&self, offset: usize) -> (u32, u32) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset) - 1;
        let column = self.text[self.line_starts[line]..offset].chars().count();
        (to_u32(line + 1), to_u32(column + 1))
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let file = SourceFile::new("a.yaml", "æøå: x\nb: y");
        assert_eq!(file.line_and_column(0), (1, 1));
        assert_eq!(file.line_and_column("æøå".len()), (1, 4));
        assert_eq!(file.line_and_column("æøå: x\nb".len()), (2, 2));
        assert_eq!(file.line_and_column(1000), (2, 5));
    }
}
