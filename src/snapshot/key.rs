//! Which snapshot: model, scenario, case and step, and the file they name.

use std::path::PathBuf;

use unicode_normalization::UnicodeNormalization;

/// The longest name taken over as it is, in characters; file systems allow 255 bytes with all suffixes.
const LONGEST: usize = 50;

/// What a snapshot belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SnapshotKey {
    /// The information model (`v2`).
    pub model: String,
    /// The scenario's id.
    pub scenario: String,
    /// The case's id, for a scenario with a table of cases.
    pub case: Option<String>,
    /// The step's id.
    pub step: String,
}

impl SnapshotKey {
    /// `<model>/<scenario>/<case>/<step>.snap`, with `/` on every system; the name in the embedded folder too.
    ///
    /// No part can leave the folder: what is not a letter, digit, `-`, `_` or `.` becomes `-`.
    pub fn relative_path(&self) -> String {
        let parts = [
            Some(&self.model),
            Some(&self.scenario),
            self.case.as_ref(),
            Some(&self.step),
        ];
        let names: Vec<_> = parts.into_iter().flatten().map(|part| file_name(part)).collect();
        format!("{}.snap", names.join("/"))
    }

    pub(super) fn path_below(&self, root: &std::path::Path) -> PathBuf {
        self.relative_path()
            .split('/')
            .fold(root.to_owned(), |path, name| path.join(name))
    }
}

/// A name for a file; one that had to be changed gets a hash, so that two different names never meet.
fn file_name(part: &str) -> String {
    let composed: String = part.nfc().collect();
    let mut name: String = composed
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '-'
            }
        })
        .take(LONGEST)
        .collect();
    if name.starts_with('.') {
        name.replace_range(..1, "-");
    }
    if name.is_empty() || name != composed {
        name.push_str(&format!("-{:08x}", fnv(&composed)));
    }
    name
}

/// FNV-1a: the standard library's hasher may change with the compiler, file names must not.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::{Component, Path};

    fn key(scenario: &str, case: Option<&str>) -> SnapshotKey {
        SnapshotKey {
            model: "v2".into(),
            scenario: scenario.into(),
            case: case.map(Into::into),
            step: "submit".into(),
        }
    }

    #[test]
    fn usual_names_stand_as_they_are() {
        assert_eq!(
            key("submit-poll", None).relative_path(),
            "v2/submit-poll/submit.snap"
        );
        assert_eq!(
            key("æøå_1.2", Some("KRAV")).relative_path(),
            "v2/æøå_1.2/KRAV/submit.snap"
        );
    }

    #[test]
    fn names_that_were_changed_stay_apart() {
        let paths = ["a/b", "a\\b", "a-b", "a:b", "..", ".", ""].map(|name| key(name, None).relative_path());
        let different: std::collections::BTreeSet<_> = paths.iter().collect();
        assert_eq!(different.len(), paths.len(), "{paths:?}");
    }

    proptest! {
        #[test]
        fn no_name_leaves_the_folder(scenario in "\\PC{0,300}", case in "[./\\\\a-c\0]{0,20}") {
            let path = key(&scenario, Some(&case)).path_below(Path::new("root"));
            let parts: Vec<_> = path.components().collect();
            prop_assert_eq!(parts.len(), 5);
            prop_assert!(parts.iter().all(|part| matches!(part, Component::Normal(name) if name.len() < 240)));
        }
    }
}
