//! The answer against its snapshot.

use std::path::PathBuf;

use super::{Check, Subject};
use crate::scenario::SnapshotSpec;
use crate::snapshot::SnapshotResult;

pub(super) fn check(spec: &SnapshotSpec, result: &SnapshotResult) -> Check {
    let expected = "the same as its snapshot";
    let of = |holds, actual: &str| Check::new(Subject::Snapshot, holds, expected, actual).at(&spec.place);
    match result {
        SnapshotResult::Matches => of(true, "the same"),
        SnapshotResult::Missing { written } => {
            of(false, "no snapshot yet").detail(what_to_do(written.as_ref()))
        }
        SnapshotResult::Differs { diff, written } => {
            of(false, "differs").detail(format!("{}\n{}", diff.trim_end(), what_to_do(written.as_ref())))
        }
    }
}

fn what_to_do(written: Option<&PathBuf>) -> String {
    match written {
        Some(path) => format!(
            "{} was written; `utlegg snapshots review` shows it and accepts or rejects it",
            path.display()
        ),
        None => "nothing is written in CI; run it on your machine, then `utlegg snapshots review`, and commit the result"
            .to_owned(),
    }
}
